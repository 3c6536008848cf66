"""Goals that a higher authority sets, once a person knows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plantrack.errors import UsageError
from plantrack.job.judging import Changed
from plantrack.job.plans import find_target
from plantrack.job.review import quantity
from plantrack.job.session import Session
from plantrack.model import Comparator, Direction, External, Range, Reach, Target

if TYPE_CHECKING:
    from plantrack.store import Unit

_WRITTEN = re.compile(r"(?P<sign>≥|>=|≤|<=|>|<|≈)?\s*(?P<number>[-−+\d.~:]{1,80})\s*(?P<unit>.*)")
_SIGNS = {
    "≥": Comparator.GE,
    ">=": Comparator.GE,
    "≤": Comparator.LE,
    "<=": Comparator.LE,
    ">": Comparator.GT,
    "<": Comparator.LT,
    "≈": Comparator.APPROX,
}


def resolve(at_work: Session, wanted: str, value: str, *, by: str, note: str = "") -> list[Changed]:
    """Give a target the goal that its authority set, and judge it.

    UsageError where there is no such target, its goal is known already, or the value makes no sense.
    """
    plans = at_work.look(lambda unit: list(at_work.judge.plans(unit).plans.values()))
    plan, target_id = find_target(plans, wanted)
    target = plan.target(target_id)
    if not isinstance(target.goal, External) and not target.ambiguous:
        raise UsageError(
            f"the goal of {plan.id}/{target_id} is known: {target.goal.text or target.goal.kind}. "
            "Only a goal that a higher authority sets, or a row with several readings, is resolved."
        )
    lower = at_work.made.lexicon.indicators.get(target.series.indicator_id or "")
    goal = goal_from(value, target, None if lower is None else lower.direction)
    unit_written = goal.quantity.unit

    def change(unit: Unit) -> list[Changed]:
        unit.plans.resolve(
            plan.id,
            target_id,
            goal,
            by=by,
            note=note,
            unit=unit_written or None,
            run=at_work.judge.run,
        )
        return at_work.judge.targets(unit, plan.id, [target_id])

    return at_work.change(change)


def goal_from(written: str, target: Target, direction: Direction | None) -> Reach | Range:
    """The goal a value stands for: a sign before it counts; without one the good direction says which side."""
    found = _WRITTEN.fullmatch(written.strip())
    if not found:
        raise UsageError(
            f"'{written}' is no goal. Write a value, with a sign where it is a bound: "
            "'≥90%', '≤31.5', '5~5.5%', '2.1:1'."
        )
    unit = found["unit"] or target.unit
    number = found["number"].replace("−", "-")
    if "~" in number:
        return Range(quantity=quantity(number, unit), text=written)
    good = target.direction or direction
    side = {Direction.UP: Comparator.GE, Direction.DOWN: Comparator.LE}.get(
        good or Direction.HOLD, Comparator.EQ
    )
    cmp = _SIGNS[found["sign"]] if found["sign"] else side
    return Reach(quantity=quantity(number, unit, cmp), text=written)
