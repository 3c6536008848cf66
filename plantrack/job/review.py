"""What a person decides about a doubtful figure or phrase, and what follows from it at once."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from plantrack.errors import UsageError
from plantrack.job.doubts import Correction, Question
from plantrack.job.judging import Changed
from plantrack.job.learned import forget_tools, learn
from plantrack.job.reading import observed
from plantrack.job.session import Session
from plantrack.model import Comparator, Figure, Measure, Period, Quantity

if TYPE_CHECKING:
    from plantrack.store import ReviewItem, ReviewState, Unit

_RANGE, _RATIO = "~", ":"


def accept(
    at_work: Session, item: int, *, by: str, note: str = "", indicator: str | None = None
) -> list[Changed]:
    """Accept a figure as it was read, or a phrase as another name of `indicator` (the likeliest, where none is named).

    The figure counts from now on as from the day its document was known; the name is learned, and
    documents that have the phrase are read again by `reread`. UsageError where there is no such
    item or it is decided already.
    """
    from plantrack.store import ReviewKind, ReviewState

    found = _open(at_work, item)
    if found.kind is ReviewKind.ALIAS:
        question = Question.model_validate(found.payload)
        chosen = indicator or question.candidates[0].indicator_id
        learn(at_work.workspace.lexicon, question.phrase, at_work.made.lexicon[chosen])
        forget_tools()
        at_work.change(
            lambda unit: unit.review.decide(
                item, ReviewState.ACCEPTED, by=by, note=note, value={"indicator": chosen}
            )
        )
        return []
    if indicator is not None:
        return correct(at_work, item, Correction(indicator=indicator), by=by, note=note)
    return at_work.change(
        lambda unit: _counted(at_work, unit, found, ReviewState.ACCEPTED, Correction(), by, note)
    )


def correct(
    at_work: Session, item: int, said: Correction, *, by: str, note: str = ""
) -> list[Changed]:
    """Have a figure count with other facts: value, unit, period, measure or indicator as `said`.

    UsageError where one of them makes no sense, or the item is a phrase.
    """
    from plantrack.store import ReviewKind, ReviewState

    found = _open(at_work, item)
    if found.kind is not ReviewKind.FIGURE:
        raise UsageError(f"item {item} is a phrase. Accept it for an indicator, or reject it.")
    if said == Correction():
        raise UsageError("Say what is right: --value, --unit, --period, --measure or --indicator.")
    if said.indicator is not None:
        at_work.made.lexicon[said.indicator]  # UsageError for an unknown one
    return at_work.change(
        lambda unit: _counted(at_work, unit, found, ReviewState.CORRECTED, said, by, note)
    )


def reject(at_work: Session, item: int, *, by: str, note: str = "") -> None:
    """Have a figure or a phrase stay out for good; it is not asked about again."""
    from plantrack.store import ReviewState

    _open(at_work, item)
    at_work.change(lambda unit: unit.review.decide(item, ReviewState.REJECTED, by=by, note=note))


def corrected(figure: Figure, said: Correction) -> Figure:
    """A figure with the facts a person gave in the place of those it was read with.

    UsageError where one of them cannot be understood.
    """
    read = figure.quantity
    changes: dict[str, object] = {}
    if said.value is not None or said.unit is not None:
        right = quantity(
            read.written if said.value is None else said.value,
            read.unit if said.unit is None else said.unit,
        )
        changes["quantity"] = right.model_copy(update={"estimated": read.estimated})
    try:
        if said.period is not None:
            changes["period"] = Period.parse(said.period)
        if said.measure is not None:
            changes["measure"] = Measure(said.measure)
    except ValueError as error:
        raise UsageError(f"the correction cannot be understood: {error}.") from error
    if said.indicator is not None:
        changes["indicator_id"] = said.indicator
    return figure.model_copy(update=changes)


def quantity(written: str, unit: str, cmp: Comparator = Comparator.EQ) -> Quantity:
    """A number (5.3), an interval (5~5.5) or a ratio (2.2:1) as a quantity; UsageError for anything else."""
    try:
        if _RANGE in written:
            low, high = (Decimal(part.strip()) for part in written.split(_RANGE))
            return Quantity(low=low, high=high, unit=unit, cmp=Comparator.RANGE)
        if _RATIO in written:
            return Quantity(ratio=tuple(Decimal(p.strip()) for p in written.split(_RATIO)), cmp=cmp)
        value = Decimal(written.strip())
        if not value.is_finite():
            raise ValueError("not a finite number")
        return Quantity(value=value, unit=unit, cmp=cmp)
    except (InvalidOperation, ValueError) as error:
        raise UsageError(
            f"'{written}' is no value. Write a number (5.3), an interval (5~5.5) or a ratio (2.2:1)."
        ) from error


def _open(at_work: Session, item: int) -> ReviewItem:
    from plantrack.store import ReviewState

    found = at_work.look(lambda unit: unit.review.get(item))
    if found.state is not ReviewState.OPEN:
        raise UsageError(
            f"item {item} was {found.state.value} by {found.by or 'somebody'} already. "
            "`plantrack review` lists what is open."
        )
    return found


def _counted(
    at_work: Session,
    unit: Unit,
    item: ReviewItem,
    state: ReviewState,
    said: Correction,
    by: str,
    note: str,
) -> list[Changed]:
    """Decide, let the figure count, and judge what it touches: in one transaction."""
    source = item.source
    if source is None:
        raise UsageError(
            f"the figure of item {item.id} is not in the database any more. Reject it."
        )
    sha256 = Question.model_validate(item.payload).sha256
    figure = corrected(source, said)
    unit.review.decide(item.id, state, by=by, note=note, value=said.model_dump(exclude_none=True))
    known = unit.documents.known(sha256)
    day = at_work.today if known is None else known.at.astimezone(at_work.zone).date()
    seen = observed(unit.documents.get(sha256), [figure], at_work.made, day)
    seen = at_work.judge.revised(unit, seen)
    unit.observations.add(seen, reading=item.reading, run=at_work.judge.run)
    return at_work.judge.on(unit, seen, item.reading)
