"""Evaluation reports of plans as officials write them, in Markdown and Word.

The names are loaded when they are first used: the command line asks this package for its help.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plantrack.show.evaluation.content import evaluation
    from plantrack.show.evaluation.groups import Forms, shipped_forms
    from plantrack.show.evaluation.kinds import EvaluationKind
    from plantrack.show.evaluation.markdown import to_markdown
    from plantrack.show.evaluation.word import to_word

__all__ = ["EvaluationKind", "Forms", "evaluation", "shipped_forms", "to_markdown", "to_word"]

_MODULES = {
    "EvaluationKind": "kinds",
    "Forms": "groups",
    "evaluation": "content",
    "shipped_forms": "groups",
    "to_markdown": "markdown",
    "to_word": "word",
}


if not TYPE_CHECKING:  # or a type checker would believe in any name

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
