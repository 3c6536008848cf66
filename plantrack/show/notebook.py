"""Boards, plans, targets, assessments and documents show themselves in Jupyter and other notebooks.

The model types know nothing of display, so it is given to them from here. In a running IPython
it is registered with the formatters by the types' names: nothing is imported until a thing is
really shown. `import plantrack` does it; `%load_ext plantrack` does it by hand. For whatever
else asks a value for its HTML, the front door gives the types `_repr_html_` when it first hands
out one of them, or a function that makes them.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple


class _Display(NamedTuple):
    """Where the functions for HTML and for a line of text stand."""

    module: str
    html: str
    plain: tuple[str, ...]


_DISPLAYS = {
    ("plantrack.model.assessment", "Board"): _Display(
        "plantrack.show.board", "html_table", ("heading", "counts_text")
    ),
    ("plantrack.model.assessment", "Assessment"): _Display(
        "plantrack.show.cards", "assessment_html", ("assessment_line",)
    ),
    ("plantrack.model.target", "Plan"): _Display(
        "plantrack.show.cards", "plan_html", ("plan_heading", "plan_counts")
    ),
    ("plantrack.model.target", "Target"): _Display(
        "plantrack.show.cards", "target_html", ("target_line",)
    ),
    ("plantrack.model.document", "Document"): _Display(
        "plantrack.show.cards", "document_html", ("document_heading",)
    ),
}


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401  IPython is not a dependency
    """Register the displays with a running IPython shell."""
    formatters = shell.display_formatter.formatters
    for (module, name), display in _DISPLAYS.items():
        formatters["text/html"].for_type_by_name(module, name, _html(display))
        formatters["text/plain"].for_type_by_name(module, name, _plain(display))


def give_html() -> None:
    """Give the types `_repr_html_`, the method by which notebooks ask a value for its HTML."""
    for (module, name), display in _DISPLAYS.items():
        getattr(import_module(module), name)._repr_html_ = _html(display)


def _html(display: _Display) -> Callable[[Any], str]:
    def html(thing: Any) -> str:  # noqa: ANN401
        made: str = getattr(import_module(display.module), display.html)(thing)
        return made

    return html


def _plain(display: _Display) -> Callable[[Any, Any, bool], None]:
    def plain(thing: Any, printer: Any, cycle: bool) -> None:  # noqa: ANN401
        module = import_module(display.module)
        printer.text("\n".join(getattr(module, name)(thing) for name in display.plain))

    return plain
