"""The flat forms in which people write quantities, scopes, dates and observations by hand.

Plan files and observation files share them. Each form checks itself as it is read, so that an
error keeps its place in the file, and then turns into the model type it stands for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Annotated, Self, TypeVar

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StrictBool,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from plantrack.model.base import Model
from plantrack.model.indicator import Measure, Scope, Series
from plantrack.model.observation import Observation, Vintage
from plantrack.model.period import Period
from plantrack.model.provenance import Source
from plantrack.model.quantity import Comparator, Quantity

T = TypeVar("T")
_COLON = re.compile(r"\s{0,9}[:：∶]\s{0,9}")
_NUMBER = r"[-+]?[0-9]+(\.[0-9]+)?"


def _read_value(written: object) -> object:
    """A number, or the parts of a ratio written as text ("2.21:1")."""
    if isinstance(written, (tuple, list)):
        return tuple(written)
    if isinstance(written, bool) or not isinstance(written, (int, Decimal, str)):
        raise ValueError('a value is a number, or a ratio in quotes such as "2.21:1"')
    if not isinstance(written, str):
        return Decimal(written)
    parts = _COLON.split(written.strip())
    if not all(re.fullmatch(_NUMBER, part) for part in parts):
        raise ValueError(
            f'{written!r} is no value; write a number such as 5.3, or a ratio such as "2.21:1"'
        )
    numbers = tuple(Decimal(part) for part in parts)
    return numbers if len(numbers) > 1 else numbers[0]


def _read_scope(written: object) -> object:
    return {"name": written} if isinstance(written, str) else written


def _check_code(scope: Scope) -> Scope:
    if scope.code is not None and not re.fullmatch("[0-9]{6}", scope.code):
        raise ValueError(f"the administrative code '{scope.code}' does not have six digits")
    return scope


def _read_date(written: object) -> object:
    if isinstance(written, (str, date)):
        return written
    raise ValueError(f"{written} is no date; write year, month and day: 2026-02-12")


Value = Annotated[
    Decimal | tuple[Decimal, ...],
    BeforeValidator(_read_value),
    WithJsonSchema(
        {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^{_NUMBER}(:{_NUMBER})*$"}]}
    ),
]
Region = Annotated[
    Scope,
    BeforeValidator(_read_scope),
    AfterValidator(_check_code),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {
                        "name": {"type": "string"},
                        "code": {
                            "type": "string",
                            "pattern": "^[0-9]{6}$",
                            "description": "administrative code, GB/T 2260",
                        },
                    },
                    "required": ["name"],
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
Day = Annotated[date, BeforeValidator(_read_date)]


def checked(build: Callable[[], T]) -> T:
    """What `build` makes; what its model type finds wrong becomes one plain ValueError."""
    try:
        return build()
    except ValidationError as e:
        message = e.errors(include_url=False)[0]["msg"]
    raise ValueError(message.removeprefix("Value error, "))


class QuantityEntry(Model):
    """A quantity as written by hand: `value`, or `low` with `high`; the unit may come from around it."""

    value: Value | None = Field(None, description='the number, or a ratio such as "2.21:1"')
    low: Decimal | None = Field(None, description="lower end of an interval")
    high: Decimal | None = Field(None, description="upper end of an interval")
    cmp: Comparator | None = Field(
        None,
        description="how the value is bounded: eq (default), ge 以上/不低于, gt 超过/突破, "
        "le 以内/不超过, lt 低于, approx 左右/约; range goes with low and high",
    )
    unit: str | None = Field(None, description="the unit, where it is not the target's")
    estimated: StrictBool = Field(False, description="预计, 初步核算")
    averaged: StrictBool = Field(False, description="a mean over the years of the period (*)")
    summed: StrictBool = Field(False, description="a sum over the years of the period (【】)")
    price_basis: int | None = Field(None, description="the year of the prices: 2020年价 → 2020")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.value, self.low, self.high) != (None, None, None):
            checked(lambda: self.quantity(""))
        return self

    def quantity(self, unit: str) -> Quantity:
        """The quantity, in `unit` where the entry names none; a ratio has no unit."""
        ratio = self.value if isinstance(self.value, tuple) else None
        interval = self.value is None and (self.low, self.high) != (None, None)
        return Quantity(
            value=self.value if isinstance(self.value, Decimal) else None,
            ratio=ratio,
            low=self.low,
            high=self.high,
            cmp=self.cmp or (Comparator.RANGE if interval else Comparator.EQ),
            unit=self.unit if self.unit is not None else "" if ratio else unit,
            estimated=self.estimated,
            averaged=self.averaged,
            summed=self.summed,
            price_basis=self.price_basis,
        )


class DueEntry(QuantityEntry):
    """A quantity that must be there."""

    @model_validator(mode="after")
    def _there(self) -> Self:
        if (self.value, self.low, self.high) == (None, None, None):
            raise ValueError("a value is missing; give value, or low and high")
        return self


class ResultEntry(DueEntry):
    """The value of a known series for a period."""

    period: Period = Field(description="2024, 2024H1, 2024Q1, 2024-11 or 2021/2025")
    vintage: Vintage | None = Field(
        None,
        description="how final it is; by default reported, or estimated where estimated is true",
    )
    known_on: Day | None = Field(None, description="the day from which it was known")
    quote: str = Field("", description="a few words of the source, at most")
    source: Source | None = Field(
        None, description="the exact place, where a program wrote the file"
    )

    def of_series(
        self, series: Series, unit: str, source: Source, known_on: date | None
    ) -> Observation:
        """The observation of `series` that this entry states."""
        default = Vintage.ESTIMATED if self.estimated else Vintage.REPORTED
        return Observation(
            series=series,
            period=self.period,
            quantity=self.quantity(unit),
            vintage=self.vintage or default,
            known_on=self.known_on or known_on,
            source=self.source or source.model_copy(update={"quote": self.quote}),
        )


class ObservationEntry(ResultEntry):
    """The value of a series, with the series."""

    indicator: str = Field(min_length=1, description="what is measured, in the source's words")
    indicator_id: str | None = Field(None, description="its id in the lexicon, where it has one")
    measure: Measure = Field(Measure.LEVEL, description="how it is measured")
    scope: Region | None = Field(
        None, description="whose figure it is; by default the file's region"
    )

    def observation(
        self, source: Source, scope: Scope | None, known_on: date | None
    ) -> Observation:
        """The observation; `scope` and `known_on` are the file's, for an entry that has none."""
        series = Series(
            indicator=self.indicator,
            indicator_id=self.indicator_id,
            measure=self.measure,
            scope=self.scope or scope,
        )
        return self.of_series(series, "", source, known_on)
