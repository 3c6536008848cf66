"""What plantrack keeps: documents, figures, observations, plans, judgements and flags, in SQLite or PostgreSQL.

Needs the extra `job`; PostgreSQL needs `postgres` too.
"""

from __future__ import annotations

from importlib.util import find_spec

from plantrack.errors import MissingExtraError

if any(find_spec(name) is None for name in ("alembic", "sqlmodel", "tenacity")):
    raise MissingExtraError("job", "Keeping results in a database")

from plantrack.store.kept import (
    Counting,
    Held,
    Holding,
    KeptAssessment,
    KeptDocument,
    KeptObservation,
    KeptPlan,
    KeptReading,
    Known,
    KnownAs,
    Message,
    MessageState,
    Quarantined,
    Resolution,
    ReviewItem,
    ReviewKind,
    ReviewState,
    Run,
    SavedPlan,
    Standing,
    Step,
    Trace,
    Version,
)
from plantrack.store.store import Clock, Store, Unit, Waits

__all__ = [
    "Clock",
    "Counting",
    "Held",
    "Holding",
    "KeptAssessment",
    "KeptDocument",
    "KeptObservation",
    "KeptPlan",
    "KeptReading",
    "Known",
    "KnownAs",
    "Message",
    "MessageState",
    "Quarantined",
    "Resolution",
    "ReviewItem",
    "ReviewKind",
    "ReviewState",
    "Run",
    "SavedPlan",
    "Standing",
    "Step",
    "Store",
    "Trace",
    "Unit",
    "Version",
    "Waits",
]
