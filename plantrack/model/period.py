"""Periods of time: year, half, quarter, month, span and date."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache, total_ordering
from typing import Self

from pydantic import GetJsonSchemaHandler, model_serializer, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from plantrack.model.base import Model

_WHOLES = {
    (1, 12): "",
    (1, 6): "H1",
    (7, 12): "H2",
    (1, 3): "Q1",
    (4, 6): "Q2",
    (7, 9): "Q3",
    (10, 12): "Q4",
}
_MONTHS = {"half": 6, "quarter": 3, "month": 1}
_WRITTEN = re.compile(
    r"(?P<year>\d{4})"
    r"(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?"
)


class PeriodKind(StrEnum):
    """What sort of period it is."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    SPAN = "span"  # several years, or several months
    DATE = "date"


@total_ordering
class Period(Model):
    """A stretch of time from the day `first` to the day `last`, both included.

    Written, in text and JSON alike, as `2024`, `2024H1`, `2024Q1`, `2024-11`, `2024-03-05`,
    `2026/2030` or `2024-01/2024-08`. Ordered by first day, then by last day.
    Raises ValueError for any other writing.
    """

    kind: PeriodKind
    first: date
    last: date

    @model_validator(mode="before")
    @classmethod
    def _from_written(cls, data: object) -> object:
        if isinstance(data, int) and not isinstance(data, bool):
            data = str(data)
        if isinstance(data, date):
            return {"kind": PeriodKind.DATE, "first": data, "last": data}
        return _parse(data.strip()) if isinstance(data, str) else data

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"a period cannot end ({self.last}) before it begins ({self.first})")
        return self

    @model_serializer
    def _written(self) -> str:
        return str(self)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        day = r"\d{4}(H[12]|Q[1-4]|-\d{2}(-\d{2})?)?"
        span = r"\d{4}/\d{4}|\d{4}-\d{2}/\d{4}-\d{2}"
        return {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": f"^({day}|{span})$"}]}

    @classmethod
    def parse(cls, written: str | int) -> Period:
        """The period that `written` stands for; ValueError where it stands for none."""
        return _cached(str(written))

    @classmethod
    def years(cls, first: int, last: int | None = None) -> Period:
        """One year, or the span of years from `first` to `last`."""
        return _cached(str(first) if last in (None, first) else f"{first}/{last}")

    @classmethod
    def months(cls, year: int, first: int, last: int) -> Period:
        """The months of a year from `first` to `last`: the month, quarter, half or year that they are, else a span."""
        whole = f"-{first:02d}" if first == last else _WHOLES.get((first, last))
        span = f"-{first:02d}/{year}-{last:02d}"
        return _cached(f"{year}{span if whole is None else whole}")

    @property
    def year(self) -> int:
        """The year in which the period ends."""
        return self.last.year

    @property
    def length_in_years(self) -> float:
        """Length in years: 1.0 for a year, 0.25 for a quarter, 5.0 for 2026/2030."""
        return self.t - self.opening

    @property
    def opening(self) -> float:
        """The moment the period begins, in years: 2024.0 for 2025."""
        return _begin_of(self.first)

    @property
    def t(self) -> float:
        """The moment the period ends, in years; a whole number at the end of a year.

        2025 → 2025.0, 2025H1 → 2024.5, 2026/2030 → 2030.0.
        """
        return _end_of(self.last)

    def contains(self, other: Period) -> bool:
        """Whether the whole of `other` lies in this period."""
        return self.first <= other.first and other.last <= self.last

    def shift(self, by: int) -> Period:
        """Move by `by` times its own length: 2024Q4.shift(1) is 2025Q1, 2026/2030.shift(-1) is 2021/2025."""
        if self.kind is PeriodKind.DATE:
            day = self.first + timedelta(days=by)
            return Period(kind=self.kind, first=day, last=day)
        years = self.last.year - self.first.year
        return self._shift_months((years * 12 + self.last.month - self.first.month + 1) * by)

    def shift_years(self, by: int) -> Period:
        """The same period `by` years later (earlier where negative); 29 February becomes the 28th."""
        if self.kind is PeriodKind.DATE:
            day = self.first
            moved = date(
                day.year + by,
                day.month,
                min(day.day, calendar.monthrange(day.year + by, day.month)[1]),
            )
            return Period(kind=self.kind, first=moved, last=moved)
        return self._shift_months(12 * by)

    def _shift_months(self, by: int) -> Period:
        return Period(
            kind=self.kind,
            first=_add_months(self.first, by),
            last=_month_end(_add_months(self.last, by)),
        )

    def __hash__(self) -> int:
        return hash((self.first, self.last))

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Period):
            return NotImplemented
        # The kind last, so that 2024 and 2024/2024, which are not equal, have an order too.
        return (self.first, self.last, self.kind) < (other.first, other.last, other.kind)

    def __str__(self) -> str:
        first, last = self.first, self.last
        match self.kind:
            case PeriodKind.YEAR:
                return f"{first.year:04d}"
            case PeriodKind.HALF:
                return f"{first.year:04d}H{(first.month + 5) // 6}"
            case PeriodKind.QUARTER:
                return f"{first.year:04d}Q{(first.month + 2) // 3}"
            case PeriodKind.MONTH:
                return f"{first.year:04d}-{first.month:02d}"
            case PeriodKind.DATE:
                return first.isoformat()
            case PeriodKind.SPAN:
                if first.month == 1 and last.month == 12:
                    return f"{first.year:04d}/{last.year:04d}"
                return f"{first.year:04d}-{first.month:02d}/{last.year:04d}-{last.month:02d}"


@lru_cache(maxsize=4096)
def _cached(written: str) -> Period:
    return Period.model_validate(written)


@lru_cache(maxsize=4096)
def _begin_of(day: date) -> float:
    """The moment a day begins, in years."""
    if day.day == 1:
        return day.year - 1 + (day.month - 1) / 12
    days = 366 if calendar.isleap(day.year) else 365
    return day.year - 1 + (day.timetuple().tm_yday - 1) / days


@lru_cache(maxsize=4096)
def _end_of(day: date) -> float:
    """The moment a day ends, in years; boards ask for it at every turn."""
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return day.year - 1 + day.month / 12
    days = 366 if calendar.isleap(day.year) else 365
    return day.year - 1 + day.timetuple().tm_yday / days


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _parse(written: str) -> dict[str, object]:
    head, slash, tail = written.partition("/")
    if slash:
        a, b = _parse(head), _parse(tail)
        kinds = {a["kind"], b["kind"]}
        if kinds not in ({PeriodKind.YEAR}, {PeriodKind.MONTH}):
            raise ValueError(f"a span joins two years or two months, found {written!r}")
        return {"kind": PeriodKind.SPAN, "first": a["first"], "last": b["last"]}
    found = _WRITTEN.fullmatch(written)
    if not found:
        raise ValueError(
            f"{written!r} is no period; write 2024, 2024H1, 2024Q1, 2024-11, 2024-03-05 or 2026/2030"
        )
    try:
        return _named(found)
    except ValueError as error:
        raise ValueError(f"{written!r} is no period: {error}") from error


def _named(found: re.Match[str]) -> dict[str, object]:
    year = int(found["year"])
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return {"kind": PeriodKind.DATE, "first": day, "last": day}
    for name, months in _MONTHS.items():
        if found[name]:
            first = date(year, (int(found[name]) - 1) * months + 1, 1)
            last = _month_end(_add_months(first, months - 1))
            return {"kind": PeriodKind(name), "first": first, "last": last}
    return {"kind": PeriodKind.YEAR, "first": date(year, 1, 1), "last": date(year, 12, 31)}
