"""The tables of the store.

    document ─< reading ─< figure                   plan ─< plan_version ─< target
       one content  │ what one reader and  ▲          │  ▲ resolution
                    │ one set of rules saw │          │
                    └──────< observation ──┘          └──< assessment ─< evidence >─ observation
                               │ series                        │
                    document_text (once a text)         flag ─< flag_event ─< message
    run, quarantine, review_item, lease

Numbers of the field (values, goals, gaps) are texts as written: no column turns them into floats.
Closed choices are the values of the model's enums. Nothing is deleted: what no longer counts is
marked (`current`, `retired`, `superseded_on`) and stays as history.
"""

from __future__ import annotations

from plantrack.store.columns import metadata, table
from plantrack.store.inputs import (
    DocumentRow,
    FigureRow,
    LeaseRow,
    ObservationRow,
    PlanRow,
    PlanVersionRow,
    ReadingRow,
    ResolutionRow,
    RunRow,
    SeriesRow,
    TargetRow,
    TextRow,
)
from plantrack.store.outcomes import (
    AssessmentRow,
    EvidenceRow,
    FlagEventRow,
    FlagRow,
    MessageRow,
    QuarantineRow,
    ReviewRow,
)

__all__ = [
    "AssessmentRow",
    "DocumentRow",
    "EvidenceRow",
    "FigureRow",
    "FlagEventRow",
    "FlagRow",
    "LeaseRow",
    "MessageRow",
    "ObservationRow",
    "PlanRow",
    "PlanVersionRow",
    "QuarantineRow",
    "ReadingRow",
    "ResolutionRow",
    "ReviewRow",
    "RunRow",
    "SeriesRow",
    "TargetRow",
    "TextRow",
    "metadata",
    "table",
]
