"""What can be compared with what: ordinal scales and units (rules/grades.yaml)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from plantrack.model import Quantity
from plantrack.model.base import Model

_MAGNITUDES = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10**4),
    "亿": Decimal(10**8),
}


class GradeName(Model):
    """One grade of a scale: its name, how a figure writes it, and other writings."""

    id: str
    number: Decimal
    also: tuple[str, ...] = ()


class Scale(Model):
    """Grades from best to worst, and the units in which a figure of the scale is written."""

    id: str
    zh: str
    en: str
    source: str
    units: tuple[str, ...]
    grades: tuple[GradeName, ...]

    @model_validator(mode="after")
    def _unique(self) -> Self:
        names = Counter(n for g in self.grades for n in (g.id, *g.also))
        numbers = Counter(g.number for g in self.grades)
        twice = [str(x) for x, n in (*names.items(), *numbers.items()) if n > 1]
        if twice:
            raise ValueError(f"a name or number stands for two grades: {', '.join(twice)}")
        return self

    def rank(self, name: str) -> int | None:
        """How far the named grade is from the best (0); None where the scale has no such grade."""
        wanted = name.strip().replace(" ", "")
        places = (i for i, g in enumerate(self.grades) if wanted in (g.id, *g.also))
        return next(places, None)

    def rank_of(self, quantity: Quantity) -> int | None:
        """The rank of a figure such as 2 with the unit 类; None where it is not of this scale."""
        if quantity.unit not in ("", *self.units):
            return None
        return next((i for i, g in enumerate(self.grades) if g.number == quantity.value), None)


class Derived(Model):
    """A unit that is so many times another: 公斤 is 1000 克."""

    times: Decimal = Field(gt=0)
    of: str


class Grades(Model):
    """The comparisons that are data: ordinal scales, equal units, derived units, words that only count.

    `whole` are units that begin with a magnitude's word and must not be cut (百分点).
    """

    scales: tuple[Scale, ...]
    equal: tuple[tuple[str, ...], ...]
    derived: dict[str, Derived]
    counters: tuple[str, ...]
    whole: tuple[str, ...]

    @model_validator(mode="after")
    def _scales_once(self) -> Self:
        twice = [i for i, n in Counter(s.id for s in self.scales).items() if n > 1]
        if twice:
            raise ValueError(f"two scales have the same id: {', '.join(twice)}")
        return self

    @cached_property
    def _named(self) -> dict[str, str]:
        """Each name of a unit that has several, with the first of them: m³ → 立方米."""
        return {name: names[0] for names in self.equal for name in names}

    def scale(self, name: str) -> Scale | None:
        """The scale with that id or Chinese name."""
        return next((s for s in self.scales if name in (s.id, s.zh)), None)

    def scale_of(self, name: str, grade: str) -> Scale | None:
        """The scale with that name; without a name the first that knows the grade."""
        if name:
            return self.scale(name)
        return next((s for s in self.scales if s.rank(grade) is not None), None)

    def convert(self, number: Decimal, unit: str, to: str) -> Decimal | None:
        """`number` of `unit` in the unit `to`; None where the two cannot be compared.

        Magnitudes (万元 and 亿元), equal names (公里 and km), derived units (吨 and 公斤), each
        also under a stroke (元/人 and 万元/人). Counting words (个, 家, 项) count as one unit.
        """
        if unit == to:
            return number
        top, bottom = self._parts(unit)
        to_top, to_bottom = self._parts(to)
        if top[1] != to_top[1] or bottom[1] != to_bottom[1]:
            return None
        return _plain(number * top[0] * to_bottom[0] / (bottom[0] * to_top[0]))

    def _parts(self, unit: str) -> tuple[tuple[Decimal, str], tuple[Decimal, str]]:
        top, _, bottom = unit.replace("％", "%").replace(" ", "").partition("/")
        return self._base(top), self._base(bottom)

    def _base(self, unit: str) -> tuple[Decimal, str]:
        """A unit as so many times a base unit: 万吨 → (10^10, 克)."""
        factor = Decimal(1)
        while (unit := self._named.get(unit, unit)) not in self.whole:
            if unit in self.derived:
                more = self.derived[unit]
                factor, unit = factor * more.times, more.of
            elif unit and unit[0] in _MAGNITUDES:
                factor, unit = factor * _MAGNITUDES[unit[0]], unit[1:]
            else:
                break
        return factor, "" if unit in self.counters else unit


def _plain(number: Decimal) -> Decimal:
    """Without the zeros that a change of magnitude leaves: 3.20000 → 3.2, 3E+4 → 30000."""
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()
