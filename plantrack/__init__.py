"""plantrack reads targets out of government plans and says how each of them stands.

    import plantrack as pt

    plan = pt.read_plan("plan.txt")
    board = pt.assess(plan, pt.read_report("report.txt"), as_of=2025)
    pt.to_frame(board)

The names below are loaded when they are first used: importing plantrack costs next to nothing.
Everything else has its place in a sub-package; docs/semantics.md says what the words mean.

PYTEST_DONT_REWRITE: the plug-in that comes along has nothing for pytest to rewrite, and a program
that imports plantrack before pytest is not to be warned of that.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plantrack.errors import PlantrackError
    from plantrack.flow import assess, explain, figures, read_plan, read_plans, read_report
    from plantrack.flow import read as read_document
    from plantrack.model import (
        Assessment,
        AverageRate,
        Board,
        Comparator,
        Document,
        Figure,
        Hold,
        Indicator,
        Measure,
        Observation,
        Period,
        Plan,
        Quantity,
        Range,
        Reach,
        Series,
        Source,
        Span,
        Status,
        Target,
        Total,
    )
    from plantrack.show.frames import to_frame
    from plantrack.show.language import set_language
    from plantrack.show.notebook import load_ipython_extension
    from plantrack.show.unframed import from_frame

__version__ = "0.1.0"

__all__ = [
    "Assessment",
    "AverageRate",
    "Board",
    "Comparator",
    "Document",
    "Figure",
    "Hold",
    "Indicator",
    "Measure",
    "Observation",
    "Period",
    "Plan",
    "PlantrackError",
    "Quantity",
    "Range",
    "Reach",
    "Series",
    "Source",
    "Span",
    "Status",
    "Target",
    "Total",
    "__version__",
    "assess",
    "explain",
    "figures",
    "from_frame",
    "load_ipython_extension",
    "read_document",
    "read_plan",
    "read_plans",
    "read_report",
    "set_language",
    "to_frame",
]

_ELSEWHERE = {
    "PlantrackError": ("plantrack.errors", "PlantrackError"),
    "assess": ("plantrack.flow", "assess"),
    "explain": ("plantrack.flow", "explain"),
    "figures": ("plantrack.flow", "figures"),
    "from_frame": ("plantrack.show.unframed", "from_frame"),
    "load_ipython_extension": ("plantrack.show.notebook", "load_ipython_extension"),
    "read_document": ("plantrack.flow", "read"),
    "read_plan": ("plantrack.flow", "read_plan"),
    "read_plans": ("plantrack.flow", "read_plans"),
    "read_report": ("plantrack.flow", "read_report"),
    "set_language": ("plantrack.show.language", "set_language"),
    "to_frame": ("plantrack.show.frames", "to_frame"),
}


class _FrontDoor(ModuleType):
    """Keeps `plantrack.assess` the function, although a sub-package bears the same name.

    Importing a sub-package binds it as an attribute of its parent; that binding is refused
    for public names. `from plantrack.assess import …` goes by sys.modules and is not concerned.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (isinstance(value, ModuleType) and name in __all__):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _FrontDoor


if not TYPE_CHECKING:  # or a type checker would believe in any name

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module 'plantrack' has no attribute {name!r}")
        module, attribute = _ELSEWHERE.get(name, ("plantrack.model", name))
        value = getattr(import_module(module), attribute)
        if module in ("plantrack.model", "plantrack.flow"):  # they know nothing of display
            import_module("plantrack.show.notebook").give_html()
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _greet_notebook() -> None:
    """Where IPython is already running, have boards shown as tables; costs nothing elsewhere."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        import_module("plantrack.show.notebook").load_ipython_extension(shell)


_greet_notebook()
