"""plantrack's nouns as frozen types; see docs/semantics.md for what they mean."""

from plantrack.model.assessment import (
    Assessment,
    Board,
    Flag,
    FlagEvent,
    FlagKind,
    FlagState,
    Metrics,
    Status,
)
from plantrack.model.base import Text
from plantrack.model.document import (
    Cell,
    Conflict,
    Document,
    DocumentKind,
    Outlook,
    Section,
    SectionKind,
    Table,
)
from plantrack.model.figure import Candidate, Figure, FigureKind
from plantrack.model.goal import (
    AverageRate,
    External,
    Goal,
    Grade,
    Hold,
    Multiply,
    Parity,
    Positive,
    Range,
    Reach,
    Total,
)
from plantrack.model.indicator import (
    Dimension,
    Direction,
    Indicator,
    Measure,
    PathShape,
    Scope,
    Series,
)
from plantrack.model.observation import Observation, Vintage
from plantrack.model.period import Period, PeriodKind
from plantrack.model.place import Block, BlockKind, Place
from plantrack.model.provenance import Source
from plantrack.model.quantity import Comparator, Quantity
from plantrack.model.row import ColumnRole, IndicatorRow, RowValue
from plantrack.model.span import Span
from plantrack.model.target import Baseline, Nature, PathSpec, Plan, Point, Reading, Target
from plantrack.model.tracing import Aspect, Decision, Ground, Refusal, Trace, Way

__all__ = [
    "Aspect",
    "Assessment",
    "AverageRate",
    "Baseline",
    "Block",
    "BlockKind",
    "Board",
    "Candidate",
    "Cell",
    "ColumnRole",
    "Comparator",
    "Conflict",
    "Decision",
    "Dimension",
    "Direction",
    "Document",
    "DocumentKind",
    "External",
    "Figure",
    "FigureKind",
    "Flag",
    "FlagEvent",
    "FlagKind",
    "FlagState",
    "Goal",
    "Grade",
    "Ground",
    "Hold",
    "Indicator",
    "IndicatorRow",
    "Measure",
    "Metrics",
    "Multiply",
    "Nature",
    "Observation",
    "Outlook",
    "Parity",
    "PathShape",
    "PathSpec",
    "Period",
    "PeriodKind",
    "Place",
    "Plan",
    "Point",
    "Positive",
    "Quantity",
    "Range",
    "Reach",
    "Reading",
    "Refusal",
    "RowValue",
    "Scope",
    "Section",
    "SectionKind",
    "Series",
    "Source",
    "Span",
    "Status",
    "Table",
    "Target",
    "Text",
    "Total",
    "Trace",
    "Vintage",
    "Way",
]
