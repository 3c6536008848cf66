"""What one target of a plan states, in comparable form: numbers in one unit, its way, its good side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from plantrack.assess.goals import SIDES, Family, direction_of, family_of
from plantrack.assess.matching import RATES, RATIO, Known, in_unit
from plantrack.assess.status import unit_of
from plantrack.model import (
    Comparator,
    Direction,
    Indicator,
    Measure,
    Multiply,
    PathShape,
    Period,
    Plan,
    Point,
    Quantity,
    Target,
    Text,
)
from plantrack.model.goal import quantity_of
from plantrack.paths import build, nominal
from plantrack.show.words import quantity_text
from plantrack.testing.standards import Standards


class WrongWay(NamedTuple):
    """A goal on the bad side of its indicator; `than` says worse than what, where it is a value."""

    up: bool
    goal: str
    than: Text = Text(zh="", en="")


@dataclass(frozen=True)
class Facts:
    """A target with its plan and the rules it is compared by."""

    target: Target
    plan: Plan
    standards: Standards

    @cached_property
    def family(self) -> Family:
        """How its goal is judged."""
        return family_of(self.target)

    @cached_property
    def indicator(self) -> Indicator | None:
        """Its indicator in the lexicon, where it has one."""
        return self.standards.indicators.get(self.target.series.indicator_id or "")

    @cached_property
    def unit(self) -> str:
        """The unit its values are in, `:` for a ratio."""
        return unit_of(self.target, self.family)

    @property
    def level(self) -> bool:
        """Whether it goes from one level to another."""
        return self.family is Family.LEVEL and self.target.series.measure is Measure.LEVEL

    @cached_property
    def tolerance(self) -> Decimal:
        """The share by which 左右 widens its goal."""
        if self.target.tolerance is not None:
            return self.target.tolerance
        return self.standards.rules.tolerance.of(self.target.nature)

    def key(self) -> object:
        """What no two targets of a plan may share: series, horizon and kind of goal."""
        series, region = self.target.series, self.plan.region
        whose = series.model_copy(update={"scope": series.scope or region})
        return whose.key, self.target.horizon, self.family

    def points(self) -> list[Point]:
        """Its milestones, and the points of the path it states, in order of time."""
        stated = () if self.target.path is None else self.target.path.points
        points = dict.fromkeys((*stated, *self.target.milestones))
        return sorted(points, key=lambda point: point.period.t)

    def way(self) -> list[Decimal]:
        """Baseline, points and goal of a level or a sum; empty where there are no points."""
        points = self.points()
        if not points or not (self.level or self.family is Family.TOTAL):
            return []
        first = Decimal(0) if self.family is Family.TOTAL else self.baseline()
        way = [first, *(point.value for point in points), self.goal()]
        return [number for number in way if number is not None]

    def goal(self) -> Decimal | None:
        """The number its goal asks for, in its unit; of an interval the end that must be reached."""
        if isinstance(self.target.goal, Multiply):
            base = self.baseline()
            known = base is not None and self.target.goal.base_year is None
            return base * self.target.goal.factor if known and base is not None else None
        quantity = quantity_of(self.target.goal)
        if quantity is None:
            return None
        wanted = nominal(quantity, self.target.direction or self._lexicon_direction)
        if wanted is None or quantity.ratio is not None:
            return wanted
        return self.number(Quantity(value=wanted, unit=quantity.unit))

    def baseline(self) -> Decimal | None:
        """The number it starts from, in its unit."""
        stated = self.target.baseline
        return None if stated is None else self.number(stated.quantity)

    def number(self, quantity: Quantity) -> Decimal | None:
        """A quantity in its unit; None where it cannot be turned into that."""
        found = in_unit(quantity, self.unit, self.standards.grades)
        return None if found is None else found[0]

    def quantities(self) -> Iterator[tuple[str, str, Quantity]]:
        """What has to be in its unit, named in Chinese and English: the goal, a level's baseline."""
        goal, baseline = quantity_of(self.target.goal), self.target.baseline
        if goal is not None:
            yield "目标", "goal", goal
        if baseline is not None and self.level:
            yield "基期值", "baseline", baseline.quantity

    def comparable(self, quantity: Quantity, unit: str) -> bool:
        """Whether a quantity can be turned into a unit; one without a unit is taken to be in it."""
        if RATIO in (unit, RATIO if quantity.ratio is not None else ""):
            return (quantity.ratio is not None) == (unit == RATIO) or not quantity.unit
        return not (quantity.unit and unit) or self.convertible(quantity.unit, unit)

    def convertible(self, unit: str, to: str) -> bool:
        """Whether two units are of the same kind."""
        one, other = (normalize("NFKC", written) for written in (unit, to))  # 条（个）, 条(个)
        return self.standards.grades.convert(Decimal(1), one, other) is not None

    def units_of_indicator(self) -> tuple[str, ...]:
        """The units its values may be in; empty where nothing says which."""
        rates = self.standards.consistency.rates
        measure = self.target.series.measure
        if measure in RATES or self.family is Family.RATE:
            return rates
        silent = self.indicator is None or not self.indicator.units
        if silent or self.family is Family.GRADE or measure is Measure.MULTIPLE:
            return ()
        units = () if self.indicator is None or self.unit == RATIO else self.indicator.units
        return (*units, *rates) if units and measure is Measure.CUMULATIVE else units

    def wrong_way(self) -> Iterator[WrongWay]:
        """The bounds and goals that lie on the bad side of what is known to be good."""
        direction = self.target.direction or self._lexicon_direction
        quantity = quantity_of(self.target.goal)
        if direction in (None, Direction.HOLD) or quantity is None or self._counts_a_reduction:
            return
        up, goal = direction is Direction.UP, quantity_text(quantity)
        side = SIDES.get(quantity.cmp)
        if side is not None and side is not direction:
            yield WrongWay(up, goal)
        wanted, start = self.goal(), self.baseline()
        if side is None and self.level and wanted is not None and start is not None:
            about = quantity.cmp is Comparator.APPROX
            slack = abs(wanted) * self.tolerance if about else Decimal(0)
            if (start - wanted if up else wanted - start) > slack:
                told = f"{start:f}{'' if self.unit == RATIO else self.unit}"
                than = Text(zh=f"，比基期{told}差", en=f", worse than the baseline of {told}")
                yield WrongWay(up, goal, than)

    def starts_somewhere(self) -> bool:
        """Whether its progress can only be told from a baseline."""
        return self.level and not self.target.ambiguous

    def opening_observed(self) -> bool:
        """Whether the plan states the value from which it starts as an observation."""
        goal, series = self.target.goal, self.target.series
        base = goal.base_year if isinstance(goal, Multiply) else None
        opening = self.target.horizon.opening if base is None else Period.years(base).t
        return any(o.period.t == opening for o in self._known.of(series, series.measure))

    def path_trouble(self) -> Text | None:
        """Why the path it states cannot be drawn."""
        spec, goal, baseline = self.target.path, self.goal(), self.baseline()
        if spec is None or goal is None:
            return None
        start = self.target.horizon.opening
        if self.target.baseline is not None:
            start = self.target.baseline.period.t
        end = self.target.horizon.t
        if spec.steepness is not None and spec.steepness <= 0:
            return Text(
                zh=f"陡度{spec.steepness}不大于零",
                en=f"its steepness {spec.steepness} is not above zero",
            )
        if spec.midpoint is not None and not start <= spec.midpoint <= end:
            return Text(
                zh=f"中点{spec.midpoint}不在{start:g}与{end:g}之间",
                en=f"its midpoint {spec.midpoint} does not lie between {start:g} and {end:g}",
            )
        if (
            spec.shape is PathShape.GEOMETRIC
            and min(goal, goal if baseline is None else baseline) <= 0
        ):
            return Text(
                zh="几何路径的两端须大于零", en="a geometric path needs two ends above zero"
            )
        drawn = build(
            self.target,
            self.standards.paths,
            goal=goal,
            baseline=baseline,
            indicator=self.indicator,
        )
        if drawn is None:
            return Text(
                zh="没有位于期末之前的基期值", en="there is no baseline before the horizon's end"
            )
        return None

    @property
    def _lexicon_direction(self) -> Direction | None:
        return None if self.indicator is None else self.indicator.direction

    @property
    def _counts_a_reduction(self) -> bool:
        """下降14% of what should fall is good when high, whatever the lexicon says of the level."""
        target = self.target.model_copy(update={"direction": None})
        reductions = self.standards.paths.reductions
        phrase = target.series.indicator.rstrip("（()） %％")
        return (
            phrase.endswith(reductions) and direction_of(target, None, reductions) is Direction.UP
        )

    @cached_property
    def _known(self) -> Known:
        return Known(self.plan.observations, region=self.plan.region, as_of=self.target.horizon)
