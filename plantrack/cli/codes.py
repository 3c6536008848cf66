"""What the command line's exit codes mean, and what --fail-on takes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum


class ExitCode(IntEnum):
    """How a command ended; where several fit, the largest of them is given."""

    DONE = 0
    LAGGING = 1  # done, and a target is as bad as --fail-on names, or worse
    UNUSABLE = 2  # bad usage, unreadable input or unwritable output; nothing was done
    PARTIAL = 3  # done for some of the inputs; what is wrong with the others is on standard error
    DEFECT = 70  # a mistake in plantrack itself; the traceback is on standard error


class FailOn(StrEnum):
    """The mildest status that makes `assess` end with exit code 1; the order is that of Status."""

    LAGGING = "lagging"
    OFF_TRACK = "off_track"
    MISSED = "missed"

    def hit_by(self, statuses: Iterable[str]) -> bool:
        """Whether one of the statuses is this one or a graver one."""
        from plantrack.model import Status

        found = map(Status, statuses)
        return any(status.judged and Status(self).at_least(status) for status in found)
