"""What a number takes from those told before it: parts from their whole, rates from what they are rates of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from plantrack.extract.readings import Reading
from plantrack.extract.role import Grounds, Role
from plantrack.extract.words import Cues
from plantrack.model.figure import Figure
from plantrack.model.indicator import Measure
from plantrack.model.period import Period, PeriodKind
from plantrack.model.tracing import Ground


class Beside:
    """Mends roles by what stands beside; holds the rules and nothing of any text."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues

    def of_part(self, role: Role, whole: Role, reading: Reading) -> Role:
        """A part told behind 其中 counts over the years that its whole counts over."""
        clause = reading.clause
        told = clause.predicate and clause.predicate not in self._cues.doing
        stock = role.measure is Measure.LEVEL and whole.measure is Measure.CUMULATIVE
        own = reading.time not in (None, whole.time)
        summed = role.measure is whole.measure is Measure.CUMULATIVE
        by_then = reading.time is not None and reading.time.period.kind is not PeriodKind.SPAN
        within = role.period and whole.period and whole.period.contains(role.period)
        if own and by_then and summed and role.period and whole.period and within:
            since = Period.years(whole.period.first.year, role.period.last.year)
            return replace(role, period=since)  # 其中2023年前开工41个: since the whole began
        over = reading.time.period if own and reading.time and not by_then else None
        stage = over is not None and over.length_in_years > 1  # 其中近期820亿元
        if not stock or told or (own and not stage) or role.kind is not whole.kind:
            return role
        return replace(
            role,
            measure=whole.measure,
            period=over if stage else whole.period,
            quantity=role.quantity.model_copy(update={"summed": True}),
            grounds=Grounds(role.grounds.kind, Ground.OF_WHOLE, Ground.OF_WHOLE),
        )

    def of_same(self, role: Role, told: Figure, reading: Reading) -> Role:
        """A multiple of what was told right before (投资612亿元，是“十二五”的1.7倍) is of the same years."""
        if role.measure is not Measure.MULTIPLE or reading.near or role.kind is not told.kind:
            return role
        return _in(told.period, role)

    def of_share(self, role: Role, told: Figure, reading: Reading) -> Role:
        """A share of what was planned (投资612亿元，为规划总投资的45%) is of the years of the sum told right before."""
        planned = reading.clause.share_of.endswith(self._cues.planned + self._cues.whole_sums)
        if not planned or reading.near or role.kind is not told.kind:
            return role
        if told.measure is not Measure.CUMULATIVE or told.period is None:
            return role
        return _in(told.period, role)

    def of_change(self, role: Role, told: Sequence[Figure]) -> Role:
        """A mean rate behind a change from year to year (由2012年的3657亿元增长到2021年的4716亿元，年均增长5%) is of the years between."""
        begun, reached = (figure.period for figure in told)
        if role.measure is not Measure.AVG_GROWTH or begun is None or reached is None:
            return role
        if begun.kind is not PeriodKind.YEAR or reached.kind is not PeriodKind.YEAR:
            return role
        if role.period not in (None, reached) or not begun.year + 1 < reached.year:
            return role
        return _in(Period.years(begun.year + 1, reached.year), role)


def _in(period: Period | None, role: Role) -> Role:
    """The role in the period of what was told right before."""
    return replace(role, period=period, grounds=role.grounds._replace(period=Ground.OF_SAME))
