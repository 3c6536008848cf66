"""Whether the parts of a target fit into it.

A part (其中, #) need not be the only one: by default parts may only not exceed their whole. Named
as complete, they have to add up to it. Bounds are taken as the intervals they are: 不低于5 may
be more. A number written with decimals was rounded, by half of its last place at most; whole
numbers are taken as exact; 左右 widens as in the default rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from plantrack.assess.goals import Family
from plantrack.errors import IncomparableError
from plantrack.model import Comparator, Measure, Quantity, Target, Text
from plantrack.model.goal import quantity_of
from plantrack.testing.facts import Facts
from plantrack.testing.messages import bare

__tracebackhide__ = True  # a failing test shows its own line, none of these

_UNBOUNDED = Decimal("Infinity")


class _Room(NamedTuple):
    """Between what a goal may be, rounding included."""

    low: Decimal
    high: Decimal


def parts(facts: Sequence[Facts], whole: Collection[str]) -> Iterator[tuple[Target, Text]]:
    """What is wrong with parts and wholes. IncomparableError where the parts of one of `whole`
    cannot be added up."""
    yield from _loops(facts)
    for one in facts:
        below = [f for f in facts if f.target.parent == one.target.id and f is not one]
        room = _room(one) if below or one.target.id in whole else None
        rooms = [_room_in(part, one) for part in below]
        complete = one.target.id in whole
        if complete:
            _refuse(one, below, room, rooms)
        known = [r for r in rooms if r is not None]
        if room is None or not known:
            continue
        low, high = (sum(ends) for ends in zip(*known, strict=True))
        if low > room.high or (complete and high < room.low):
            names = " + ".join(
                f"{part.target.id} {_said(part)}"
                for part, r in zip(below, rooms, strict=True)
                if r is not None
            )
            sign_zh, sign_en = ("超过", "exceed") if low > room.high else ("不足", "fall short of")
            yield (
                one.target,
                Text(
                    zh=f"各部分之和{sign_zh}总量{_said(one)}：{names}",
                    en=f"the parts {sign_en} the whole of {_said(one)}: {names}",
                ),
            )


def _loops(facts: Sequence[Facts]) -> Iterator[tuple[Target, Text]]:
    above = {one.target.id: one.target.parent for one in facts}
    for one in facts:
        seen: list[str] = []
        here: str | None = one.target.id
        while here is not None and here not in seen:
            seen.append(here)
            here = above.get(here)
        if here == one.target.id:
            told = " → ".join([*seen, here])
            yield (
                one.target,
                Text(zh=f"是自身的一部分：{told}", en=f"it is a part of itself: {told}"),
            )


def _room(one: Facts) -> _Room | None:
    """The room of a goal whose parts add up; None for all others."""
    quantity = quantity_of(one.target.goal)
    dimension = one.standards.paths.dimension(one.unit, one.indicator)
    adds_up = (
        one.family in (Family.LEVEL, Family.TOTAL)
        and one.target.series.measure in (Measure.LEVEL, Measure.CUMULATIVE)
        and dimension in one.standards.consistency.additive
    )
    if quantity is None or quantity.ratio is not None or not adds_up:
        return None
    low = quantity.value if quantity.low is None else quantity.low
    high = quantity.value if quantity.high is None else quantity.high
    return None if low is None or high is None else _bounded(one, quantity.cmp, low, high)


def _bounded(one: Facts, cmp: Comparator, low: Decimal, high: Decimal) -> _Room:
    share = one.tolerance if cmp is Comparator.APPROX else Decimal(0)
    return _Room(
        Decimal(0)
        if cmp in (Comparator.LE, Comparator.LT)
        else low - _rounding(low) - abs(low) * share,
        _UNBOUNDED
        if cmp in (Comparator.GE, Comparator.GT)
        else high + _rounding(high) + abs(high) * share,
    )


def _rounding(number: Decimal) -> Decimal:
    """Half of the last decimal place that is written."""
    exponent = number.as_tuple().exponent
    places = exponent if isinstance(exponent, int) and exponent < 0 else None
    return Decimal(0) if places is None else Decimal(5).scaleb(places - 1)


def _room_in(part: Facts, one: Facts) -> _Room | None:
    """A part's room in the unit of its whole; None where the two cannot be compared."""
    room = _room(part)
    same = (part.family, part.target.horizon) == (one.family, one.target.horizon)
    if room is None or not same:
        return None
    numbers = [
        end if end.is_infinite() else one.number(Quantity(value=end, unit=_unit(part)))
        for end in room
    ]
    low, high = numbers
    return None if low is None or high is None else _Room(low, high)


def _unit(one: Facts) -> str:
    quantity = quantity_of(one.target.goal)
    return one.unit if quantity is None or not quantity.unit else quantity.unit


def _refuse(
    one: Facts, below: Sequence[Facts], room: _Room | None, rooms: Sequence[_Room | None]
) -> None:
    alien = [p.target.id for p, r in zip(below, rooms, strict=True) if r is None]
    if below and room is not None and not alien:
        return
    if not below:
        why = "no target names it as its parent"
    elif room is None:
        why = "it is not of a kind whose parts add up (rules/consistency.yaml)"
    else:
        why = f"these parts are of another kind, unit or horizon: {', '.join(alien)}"
    raise IncomparableError(
        bare(f"whole: the parts of '{one.target.id}' cannot be added up, {why}. Leave it out."),
        target_id=one.target.id,
        parts=alien,
    )


def _said(one: Facts) -> str:
    quantity = quantity_of(one.target.goal)
    return "" if quantity is None else f"{quantity.written}{_unit(one)}"
