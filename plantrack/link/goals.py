"""Targets and plans: the goals of a document's tables and of its text, put together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from plantrack.link.goalrules import GoalRules, goal_rules
from plantrack.link.goalwords import Identify, Words
from plantrack.link.rowtargets import RowTargets, unique
from plantrack.link.texttargets import TextTargets
from plantrack.model import (
    Conflict,
    Document,
    DocumentKind,
    External,
    Figure,
    Goal,
    Indicator,
    IndicatorRow,
    Measure,
    Observation,
    Period,
    Plan,
    Point,
    Quantity,
    Target,
)
from plantrack.model.goal import quantity_of


@dataclass(slots=True)
class _Draft:
    """A plan in the making: the targets of one horizon."""

    title: str
    targets: list[Target] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def targets(
    document: Document,
    rows: Sequence[IndicatorRow],
    figures: Iterable[Figure],
    identify: Identify,
    indicators: Mapping[str, Indicator] | None = None,
    rules: GoalRules | None = None,
) -> tuple[Plan, ...]:
    """The plans of a document: one per horizon of its tables, and the one its text speaks of.

    `figures` are linked figures; `identify(phrase, unit, measure)` finds a lexicon id or None.
    Text goals join the plan of the document's own period. One that restates a table row or an
    earlier text goal is not doubled; where its number differs from the table's both stand and
    the plan has a Conflict. One for an earlier year becomes a milestone where the plan
    has a level goal for the series in the same unit, and a target with its own horizon
    otherwise. Plans come with the document's own period last. A document without goals has none.
    """
    rules = rules or goal_rules()
    words = Words(rules, identify, document.region)
    by_rows = RowTargets(document, rules, identify, words)
    drafts: dict[Period, _Draft] = {}
    for row in rows:
        drafts.setdefault(row.horizon, _Draft(row.table))
    for horizon, draft in drafts.items():
        own = [row for row in rows if row.horizon == horizon]
        draft.targets.extend(by_rows.of(own))
        draft.observations.extend(by_rows.observations(own))
    if document.planned is not None:
        draft = drafts.pop(document.planned, _Draft(document.title))
        draft.title = document.title
        drafts[document.planned] = draft
        by_text = TextTargets(document, rules, identify, words, indicators or {})
        listed = len(draft.targets)
        # Numbers first: words that only repeat their series (增长与经济同步) then add nothing.
        _join(draft, (*by_text.of_figures(figures), *by_text.in_words()), document.planned)
        draft.targets[listed:] = sorted(draft.targets[listed:], key=_place)
    return tuple(
        _plan(document, horizon, draft) for horizon, draft in drafts.items() if draft.targets
    )


def _plan(document: Document, horizon: Period, draft: _Draft) -> Plan:
    own = horizon == document.planned
    stem = PurePath(document.name).stem
    return Plan(
        id=f"{stem}-{str(horizon).replace('/', '-')}",
        title=draft.title or document.title,
        kind=document.kind if own else DocumentKind.PLAN,
        issuer=document.issuer,
        number=document.number,
        published=document.published,
        region=document.region,
        period=horizon,
        sha256=document.sha256,
        targets=tuple(draft.targets),
        observations=tuple(draft.observations),
        conflicts=(*document.conflicts, *draft.conflicts) if own else (),
    )


def _place(target: Target) -> int:
    return target.source.span.start if target.source.span is not None else 0


# ------------------------------------------------------------------- text joins tables


def _join(draft: _Draft, found: Iterable[Target], planned: Period) -> None:
    """Adds text goals to a plan: restated ones merged, earlier ones as milestones."""
    ids = {t.id for t in draft.targets}
    for target in found:
        rivals = [
            i
            for i, other in enumerate(draft.targets)
            if _key(other) == _key(target) and other.horizon == target.horizon
        ]
        same = next((i for i in rivals if _agree(draft.targets[i], target)), None)
        if same is not None:
            kept = draft.targets[same]
            update = {"nature": kept.nature or target.nature}
            draft.targets[same] = kept.model_copy(update=update)
            continue
        draft.conflicts.extend(_conflicts([draft.targets[i] for i in rivals], target))
        point = None if target.horizon == planned else _milestone(draft.targets, target, planned)
        if point is not None:
            i, due = point
            points = sorted((*draft.targets[i].milestones, due), key=lambda p: p.period)
            draft.targets[i] = draft.targets[i].model_copy(update={"milestones": tuple(points)})
            continue
        wanted = target.id
        if target.horizon != planned:
            wanted = f"{target.id}-{str(target.horizon).replace('/', '-')}"
        draft.targets.append(target.model_copy(update={"id": unique(wanted, ids)}))


def _key(target: Target) -> tuple[str, str, str]:
    """A series for comparing goals: yearly and mean yearly growth set the same over a plan."""
    name, measure, scope = target.series.key
    rates = (Measure.AVG_GROWTH, Measure.GROWTH)
    return name, "growth" if measure in rates else measure.value, scope


def _agree(kept: Target, new: Target) -> bool:
    """Whether a goal only restates another of its series: the same number, or words beside one.

    A table's unit may be fuller than the text's (万元/人 and 万元), so there the number decides.
    """
    x, y = _quantity(kept.goal), _quantity(new.goal)
    if x is None or y is None:
        return True
    if (x.value, x.low, x.high, x.ratio) != (y.value, y.low, y.high, y.ratio):
        return False
    table = kept.source.table_row is not None
    return table or x.unit == y.unit or not (x.unit and y.unit)


def _quantity(goal: Goal) -> Quantity | None:
    return goal.provisional if isinstance(goal, External) else quantity_of(goal)


def _conflicts(rivals: Iterable[Target], target: Target) -> Iterable[Conflict]:
    """Where the text gives another number than the table for what seems the same goal."""
    new = _quantity(target.goal)
    for kept in rivals:
        old = _quantity(kept.goal)
        in_table = kept.source.table_row is not None and not kept.ambiguous
        if in_table and new is not None and old is not None and old.unit == new.unit:
            yield Conflict(
                about=f"goal of {kept.id}",
                found=f"the text also says {new.written}{new.unit}",
                used=f"both stand; the table says {old.written}{old.unit}",
                span=target.source.span,
            )


def _milestone(
    targets: Sequence[Target], target: Target, planned: Period
) -> tuple[int, Point] | None:
    """Where an earlier goal of a series belongs on the way to a level goal of the plan."""
    quantity = _quantity(target.goal)
    if quantity is None or quantity.value is None or target.series.measure is not Measure.LEVEL:
        return None
    if not planned.contains(target.horizon) or target.horizon.length_in_years > 1:
        return None
    for i, other in enumerate(targets):
        level = other.horizon == planned and other.series.key == target.series.key
        if level and other.unit == target.unit and _quantity(other.goal) is not None:
            return i, Point(period=target.horizon, value=quantity.value)
    return None
