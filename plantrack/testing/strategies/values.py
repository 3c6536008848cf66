"""The small values: phrases, numbers, periods, spans, quantities, and what is measured where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from math import ceil, floor

from hypothesis import strategies as st

from plantrack.model import (
    Comparator,
    Dimension,
    Direction,
    Indicator,
    Measure,
    PathShape,
    Period,
    PeriodKind,
    Quantity,
    Scope,
    Series,
    Span,
)

UNITS = ("亿元", "万人", "公里", "%")
"""Units that are drawn where none is asked for."""

_SIGNS = "产值面积人口里程市区林水业"
_BOUNDS = tuple(cmp for cmp in Comparator if cmp is not Comparator.RANGE)
_LONGEST = 1000  # offsets of a span


def phrases(min_size: int = 1, max_size: int = 6) -> st.SearchStrategy[str]:
    """A few Chinese signs, as indicators and places are named."""
    return st.text(_SIGNS, min_size=min_size, max_size=max_size)


def decimals(
    low: Decimal | int = 0, high: Decimal | int = 10_000, *, places: int = 2
) -> st.SearchStrategy[Decimal]:
    """Numbers from `low` to `high` as plans print them: whole, or with so many decimal places.

    Shrinks to whole numbers near `low`.
    """
    first, last, step = Decimal(low), Decimal(high), Decimal(1).scaleb(-places)
    parts = st.integers(0, int((last - first) / step)).map(lambda n: first + n * step)
    least, most = ceil(first), floor(last)
    return st.integers(least, most).map(Decimal) | parts if least <= most else parts


@st.composite
def periods(
    draw: st.DrawFn,
    kinds: Collection[PeriodKind] = tuple(PeriodKind),
    *,
    first: int = 2016,
    last: int = 2035,
) -> Period:
    """A period of one of `kinds` that lies in the years from `first` to `last`."""
    kind = draw(st.sampled_from([kind for kind in PeriodKind if kind in kinds]))
    year, month = st.integers(first, last), st.integers(1, 12)
    match kind:
        case PeriodKind.YEAR:
            return Period.years(draw(year))
        case PeriodKind.HALF:
            return Period.parse(f"{draw(year)}H{draw(st.integers(1, 2))}")
        case PeriodKind.QUARTER:
            return Period.parse(f"{draw(year)}Q{draw(st.integers(1, 4))}")
        case PeriodKind.MONTH:
            return Period.parse(f"{draw(year)}-{draw(month):02d}")
        case PeriodKind.DATE:
            day = draw(st.dates(date(first, 1, 1), date(last, 12, 31)))
            return Period.parse(day.isoformat())
        case _:
            begin = draw(year)
            if draw(st.booleans()):  # from a month of that year on
                months = sorted([draw(month), draw(month)])
                return Period.parse(f"{begin}-{months[0]:02d}/{begin}-{months[1]:02d}")
            return Period.parse(f"{begin}/{draw(st.integers(begin, last))}")


@st.composite
def spans(draw: st.DrawFn, length: int = _LONGEST, *, empty: bool = True) -> Span:
    """A place in a text of `length` characters; without `empty` it holds at least one of them."""
    start = draw(st.integers(0, length if empty else length - 1))
    end = draw(st.integers(start if empty else start + 1, length))
    return Span(start=start, end=end)


@st.composite
def quantities(
    draw: st.DrawFn,
    units: Sequence[str] = UNITS,
    *,
    numbers: st.SearchStrategy[Decimal] | None = None,
    intervals: bool = True,
    ratios: bool = True,
) -> Quantity:
    """A value, an interval or a ratio, with any comparator that fits and any remark."""
    numbers = decimals() if numbers is None else numbers
    forms = ["value", *(["interval"] if intervals else []), *(["ratio"] if ratios else [])]
    remarks = {
        "estimated": draw(st.booleans()),
        "averaged": draw(st.booleans()),
        "summed": draw(st.booleans()),
        "price_basis": draw(st.none() | st.integers(2000, 2030)),
    }
    match draw(st.sampled_from(forms)):
        case "interval":
            low, high = sorted([draw(numbers), draw(numbers)])
            unit = draw(st.sampled_from(units))
            return Quantity(low=low, high=high, unit=unit, cmp=Comparator.RANGE, **remarks)
        case "ratio":
            parts = draw(st.lists(decimals(1, 10), min_size=2, max_size=3))
            return Quantity(ratio=tuple(parts), cmp=draw(st.sampled_from(_BOUNDS)), **remarks)
        case _:
            return Quantity(
                value=draw(numbers),
                unit=draw(st.sampled_from(units)),
                cmp=draw(st.sampled_from(_BOUNDS)),
                **remarks,
            )


def scopes() -> st.SearchStrategy[Scope]:
    """A place, with a code of six digits or without."""
    codes = st.none() | st.integers(110_000, 659_999).map(str)
    return st.builds(Scope, name=phrases().map(lambda name: f"{name}市"), code=codes)


def series(
    measures: Sequence[Measure] = tuple(Measure), scope: Scope | None = None
) -> st.SearchStrategy[Series]:
    """What is measured and how; of `scope`, or of any place where that is None."""
    where = st.none() | scopes() if scope is None else st.just(scope)
    return st.builds(Series, indicator=phrases(), measure=st.sampled_from(measures), scope=where)


def indicators() -> st.SearchStrategy[Indicator]:
    """An entry of a lexicon; its id and names are nobody else's only by chance."""
    return st.builds(
        Indicator,
        id=st.from_regex(r"[a-z]{1,8}(-[a-z]{1,8})?", fullmatch=True),
        zh=phrases(),
        en=st.from_regex(r"[A-Z][a-z]{1,9}", fullmatch=True),
        aliases=st.lists(phrases(), max_size=2, unique=True).map(tuple),
        units=st.lists(st.sampled_from(UNITS), max_size=2, unique=True).map(tuple),
        dimension=st.sampled_from(Dimension),
        direction=st.sampled_from(Direction),
        path=st.sampled_from([PathShape.LINEAR, PathShape.GEOMETRIC, PathShape.CONSTANT]),
    )
