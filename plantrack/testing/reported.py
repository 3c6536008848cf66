"""Whether a value has been reported for a series and a period, and what there is instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plantrack.assess.goals import Family, family_of, measures_of
from plantrack.assess.matching import Known, in_unit, same_indicator
from plantrack.assess.status import unit_of
from plantrack.errors import IncomparableError
from plantrack.model import Observation, Period, Series, Target
from plantrack.show.words import observed_text
from plantrack.testing.messages import Row, bare, lines, named, sentence
from plantrack.testing.standards import shipped

__tracebackhide__ = True  # a failing test shows its own line, none of these

_SHOWN = 5  # values that are there instead


def missing(
    what: Series | Target, period: Period, observations: Sequence[Observation]
) -> str | None:
    """That there is no value for the period, and what there is instead; None where there is one.

    IncomparableError where all values for it are in units that cannot be turned into the target's.
    """
    series = what.series if isinstance(what, Target) else what
    measures = measures_of(what) if isinstance(what, Target) else (series.measure,)
    known = Known(observations, region=series.scope, as_of=period)
    of_series = known.of(series, *measures)
    found = [o for o in of_series if _days(o.period) == _days(period)]
    if found:
        _comparable(what, found)
        return None
    name = named(what) if isinstance(what, Target) else bare(series.indicator)
    rows = list(_instead(series, of_series, observations))
    return "\n".join([f"{name}: no value for {period} is reported", *lines(rows)])


def _instead(
    series: Series, of_series: Sequence[Observation], observations: Sequence[Observation]
) -> Iterator[Row]:
    yield "要求 Expected", _told(series)
    if of_series:
        for i, one in enumerate(reversed(of_series[-_SHOWN:])):
            yield "" if i else "已有 Reported", f"{observed_text(one)} {sentence(one.source)}"
        return
    near = [o for o in observations if same_indicator(o.series, series)]
    for i, one in enumerate(near[-_SHOWN:]):
        told = f"{_told(one.series)}: {observed_text(one)} {sentence(one.source)}"
        yield "" if i else "相近 Similar", told
    if not near:
        count = len(observations)
        yield "已有 Reported", f"{count} 项数据中没有该指标 / none of {count} values is of it"


def _told(series: Series) -> str:
    scope = "" if series.scope is None else f" · {series.scope.name}"
    return f"{series.indicator} · {series.measure}{scope}"


def _days(period: Period) -> tuple[object, object]:
    return period.first, period.last


def _comparable(what: Series | Target, found: Sequence[Observation]) -> None:
    """A grade is compared by its scale and a series asks for no unit; all else needs the target's."""
    if not isinstance(what, Target) or family_of(what) is Family.GRADE:
        return
    unit = unit_of(what, family_of(what))
    if all(in_unit(o.quantity, unit, shipped().grades) is None for o in found):
        written = ", ".join(dict.fromkeys(observed_text(o) for o in found))
        raise IncomparableError(
            f"{named(what)} is set in '{unit}', but what is reported cannot be turned into that: "
            f"{bare(written)}. Check the unit of the target and of the report.",
            target_id=what.id,
            unit=unit,
        )
