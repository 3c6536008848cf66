"""What a run did, in numbers: kept with the run, logged, and shown by `status`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from plantrack.job.judging import Changed

if TYPE_CHECKING:
    from plantrack.store.kept import Json


@dataclass(slots=True)
class Summary:
    """The counts of one run; `changed` names each target whose status moved."""

    run: str
    files: int = 0  # looked at
    read: int = 0  # new ones whose effects are in the database
    known: int = 0  # contents that were there before
    unfinished: int = 0  # left for the next pass
    quarantined: int = 0
    unmoved: int = 0  # effects kept, but the file could not be put away
    figures: int = 0
    linked: int = 0  # with an indicator of the lexicon
    doubtful: int = 0  # waiting for a person
    observations: int = 0
    flags: int = 0  # raised, worsened, reopened or resolved
    stale: int = 0  # without a new value for too long, found out in this run
    sent: int = 0
    unsent: int = 0  # notices that wait for another try
    seconds: float = 0.0
    month: str = ""  # up to which the calendar's own changes have been judged
    changed: list[Changed] = field(default_factory=list)

    @property
    def in_part(self) -> bool:
        """Whether something could not be done."""
        return bool(self.quarantined or self.unmoved)

    def note(self, changed: list[Changed]) -> None:
        """Count what a judgement changed."""
        self.changed += changed
        self.flags += sum(one.step is not None for one in changed)

    def counts(self) -> dict[str, Json]:
        """The summary as plain numbers."""
        return self.record() | {"changed": len(self.changed)}

    def record(self) -> dict[str, Json]:
        """The summary as plain values."""
        known = asdict(self)
        known["changed"] = [
            {
                "plan": one.plan,
                "target": one.target,
                "was": None if one.was is None else one.was.value,
                "now": one.now.value,
            }
            for one in self.changed
        ]
        return known
