"""Values of a series as they became known."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from plantrack.model.base import Model
from plantrack.model.indicator import Series
from plantrack.model.period import Period
from plantrack.model.provenance import Source
from plantrack.model.quantity import Quantity


class Vintage(StrEnum):
    """How final a value is, the least final first."""

    ESTIMATED = "estimated"  # 预计
    PRELIMINARY = "preliminary"  # 初步核算, 快报
    REPORTED = "reported"
    REVISED = "revised"  # a later document restates it


class Observation(Model):
    """The value of a series for a period, with its source and vintage.

    `known_on` is the date from which it was known; of two values for one period the one
    known later wins, where the dates do not tell the more final vintage, then the one that comes
    later in the input.
    """

    series: Series
    period: Period
    quantity: Quantity
    vintage: Vintage = Vintage.REPORTED
    known_on: date | None = None
    source: Source

    def __hash__(self) -> int:
        # Of a part that tells nearly all apart: boards put thousands of them into dictionaries.
        span = self.source.span
        start = None if span is None else span.start
        return hash((self.series.indicator, self.period.first, self.quantity.value, start))
