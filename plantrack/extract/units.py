"""Units behind a number: rules/units.yaml read and matched."""

from __future__ import annotations

import re
from functools import cached_property

from plantrack.model.base import Model


class Units(Model):
    """The units of rules/units.yaml; see its head for what each list means."""

    magnitudes: dict[str, int]
    alone: tuple[str, ...]
    bases: dict[str, tuple[str, ...]]
    others: tuple[str, ...]
    points: tuple[str, ...]
    percentage_points: frozenset[str]
    shares: frozenset[str]
    multiples: frozenset[str]
    doublings: frozenset[str]
    rates: frozenset[str]
    technical: tuple[str, ...]
    silent: tuple[str, ...]
    time_units: tuple[str, ...]
    counted_times: frozenset[str]
    ages: tuple[str, ...]
    money: tuple[str, ...]
    counted_as: dict[str, str]

    @cached_property
    def dimension(self) -> dict[str, str]:
        """Base unit → dimension."""
        return {unit: name for name, units in self.bases.items() for unit in units}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        magnitude = alternatives(self.magnitudes)
        base = alternatives([u for units in self.bases.values() for u in units])
        one = rf"(?:{base}|(?:{magnitude})(?:{base}))"
        whole = rf"{one}(?:[/每]{one}){{0,2}}(?:\((?:{alternatives(self.others)})\))?"
        return re.compile(rf"(?P<unit>{whole}|{alternatives(self.alone)})")

    @cached_property
    def _technical(self) -> re.Pattern[str]:
        return re.compile(
            rf"(?:{alternatives(self.magnitudes)})?(?:{alternatives(self.technical)})"
        )

    def match(self, folded: str, at: int, end: int) -> str:
        """The unit that begins at `at`, as written; empty where there is none."""
        m = self._pattern.match(folded, at, end)
        return m["unit"] if m else ""

    def is_unit(self, folded: str) -> bool:
        """Whether all of a text is one unit."""
        return folded in self.dimension or (
            bool(folded) and self.match(folded, 0, len(folded)) == folded
        )

    def technical_at(self, folded: str, at: int, end: int) -> int:
        """Length of the technical unit or naming suffix (千伏, 英寸, 级) at `at`; 0 where there is none."""
        m = self._technical.match(folded, at, end)
        return len(m[0]) if m else 0

    def base(self, unit: str) -> str:
        """A written unit without its magnitude: 万亿元 → 元."""
        if unit in self.dimension:
            return unit
        unit = unit.partition("(")[0] or unit  # 批(次)
        if unit in self.dimension:
            return unit
        for n in (2, 1):
            if unit[:n] in self.magnitudes and unit[n:]:
                return unit[n:]
        return unit

    def kind(self, unit: str) -> str:
        """What the unit measures (money, count, …); of an unlisted unit itself without its magnitude."""
        base = self.base(unit)
        return self.dimension.get(base, base)

    def alike(self, unit: str) -> str:
        """The unit in which parts and whole may be told: without magnitude, but 万元 is no 亿元."""
        base = self.base(unit)
        return unit if base.endswith(self.money) else base

    def counts(self, unit: str) -> bool:
        """Whether the unit counts things or people one by one (家, 万人), rather than measures."""
        return self.dimension.get(self.base(unit)) in ("count", "people", "household")

    def names(self, unit: str) -> bool:
        """Whether the unit may as well be part of a name (5G, 2000P): letters of electricity or data."""
        return self.dimension.get(unit) == "grid"

    def is_time(self, unit: str) -> bool:
        """Whether the unit measures a stretch of time."""
        return unit in self.time_units

    def is_point(self, unit: str) -> bool:
        """Whether the unit is that of a difference between shares."""
        return unit in self.points


def alternatives(words: object) -> str:
    """A regular expression for any of the words, the longest first."""
    listed = sorted({str(w) for w in words}, key=lambda w: (-len(w), w))  # type: ignore[attr-defined]
    return "|".join(re.escape(w) for w in listed)
