"""The three boards of `plantrack demo`: seed plans judged by seed reports, read the usual way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from plantrack.model import Board


class Story(NamedTuple):
    """A plan, the year it is judged in, and the reports it is judged by."""

    plan: str
    as_of: int
    reports: tuple[str, ...] = ()


STORIES = (
    # at its end, by a report on the five years
    Story("jiulongpo-13.yaml", 2020, ("jiulongpo-2020.txt",)),
    # by the text of the year's report
    Story("chongqing-2025.yaml", 2025, ("chongqing-2025.txt",)),
    # at its start: what it takes each year from the baseline
    Story("chongqing-15.yaml", 2025),
)


def boards() -> Iterator[Board]:
    """The boards one after the other, each as soon as it is judged."""
    from plantrack import flow
    from plantrack.datafile import seeds_path
    from plantrack.model import Period

    for story in STORIES:
        plan = flow.read_plan(seeds_path("plans", story.plan))
        seen = [
            observation
            for name in story.reports
            for observation in flow.read_report(seeds_path("reports", name))
        ]
        yield flow.assess(plan, seen, as_of=Period.years(story.as_of))
