"""What is measured, how, and whose figure it is."""

from __future__ import annotations

from enum import StrEnum

from plantrack.model.base import Model


class Direction(StrEnum):
    """Which way is good."""

    UP = "up"
    DOWN = "down"
    HOLD = "hold"  # staying where it is, or inside a bound, is good


class Dimension(StrEnum):
    """What sort of number an indicator is; it decides units and the default path."""

    MONEY = "money"
    PEOPLE = "people"
    COUNT = "count"
    SHARE = "share"  # part of a whole, in % or ‰
    RATE = "rate"  # growth or reduction, in %
    RATIO = "ratio"  # a : b, or a per b without a unit
    INDEX = "index"
    INTENSITY = "intensity"  # something per person, per unit of output, per area
    AREA = "area"
    LENGTH = "length"
    MASS = "mass"
    VOLUME = "volume"
    ENERGY = "energy"
    POWER = "power"
    CONCENTRATION = "concentration"
    TIME = "time"
    GRADE = "grade"  # an ordinal scale


class Measure(StrEnum):
    """How an indicator is measured."""

    LEVEL = "level"
    GROWTH = "growth"  # year on year, in %
    AVG_GROWTH = "avg_growth"  # mean yearly growth over several years, in %
    MULTIPLE = "multiple"  # 增长6.2倍
    CUMULATIVE = "cumulative"  # a total over several years


class PathShape(StrEnum):
    """The form of the way from baseline to goal."""

    LINEAR = "linear"
    GEOMETRIC = "geometric"  # constant yearly growth; both ends positive
    CONSTANT = "constant"  # a hold or a yearly rate
    ACCUMULATE = "accumulate"  # a sum from zero
    STEP = "step"  # baseline until the horizon ends, then the goal
    LOGISTIC = "logistic"  # slow, fast, slow
    MILESTONES = "milestones"  # given points, monotone between them
    TABLE = "table"  # given values only


class Indicator(Model):
    """What is measured: one entry of the lexicon.

    `path` is the default shape where a target states none; `standard` names where the
    definition comes from (a statistical standard, or the plans that use it).
    """

    id: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    dimension: Dimension
    direction: Direction
    path: PathShape
    field: str = ""
    standard: str = ""


class Scope(Model):
    """Whose figure it is: a region with its administrative code, or a named part of one."""

    name: str
    code: str | None = None  # GB/T 2260, six digits


class Series(Model):
    """Indicator + measure + scope: what can be compared over time.

    `indicator` is the phrase; two series are the same where `key` is the same: it uses the
    lexicon id where there is one and the phrase otherwise.
    """

    indicator: str
    indicator_id: str | None = None
    measure: Measure = Measure.LEVEL
    scope: Scope | None = None

    @property
    def key(self) -> tuple[str, Measure, str]:
        """What makes two series comparable: (id or phrase, measure, region code or name)."""
        scope = "" if self.scope is None else self.scope.code or self.scope.name
        return self.indicator_id or self.indicator, self.measure, scope
