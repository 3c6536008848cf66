"""What a number is, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from plantrack.extract.periods import Time
from plantrack.model.figure import FigureKind
from plantrack.model.indicator import Measure
from plantrack.model.period import Period
from plantrack.model.quantity import Quantity
from plantrack.model.tracing import Ground


class Grounds(NamedTuple):
    """Why kind, measure and period are what they are."""

    kind: Ground
    measure: Ground
    period: Ground


@dataclass(slots=True, frozen=True)
class Role:
    """Kind, measure, period and quantity of one reading, and the grounds of the first three.

    `time` is the time that holds for it, `horizon` the period that its passage speaks of.
    """

    kind: FigureKind
    measure: Measure
    period: Period | None
    quantity: Quantity
    grounds: Grounds
    time: Time | None
    horizon: Period | None
