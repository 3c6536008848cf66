"""Plans as plan files: what a program read out of a text, for people to correct by hand."""

from __future__ import annotations

from typing import Any

from plantrack import datafile
from plantrack.model.goal import External, Goal, Grade, Multiply, Parity, Positive
from plantrack.model.indicator import Measure, Scope, Series
from plantrack.model.observation import Observation, Vintage
from plantrack.model.period import Period, PeriodKind
from plantrack.model.provenance import Source
from plantrack.model.quantity import Comparator, Quantity, plain
from plantrack.model.target import Baseline, Plan, Point, Target

Fields = dict[str, Any]


def dump_plan(plan: Plan) -> str:
    """The plan as YAML in the form of a plan file; `parse_plan` reads it back as an equal plan.

    A source without a span counts as written by hand: its `doc` becomes the new file's name.
    A series without a scope comes back with the plan's region, which is what it means.
    """
    results: dict[str, list[Observation]] = {target.id: [] for target in plan.targets}
    other: list[Observation] = []
    for observation in plan.observations:
        owner = next((t for t in plan.targets if _states(t, observation)), None)
        (other if owner is None else results[owner.id]).append(observation)
    return datafile.dump(
        _kept(
            plan=plan.id,
            title=plan.title,
            kind=plan.kind.value,
            issuer=plan.issuer,
            number=plan.number,
            published=plan.published and plan.published.isoformat(),
            region=_scope(plan.region),
            period=_period(plan.period),
            sha256=plan.sha256,
            targets=[_target(t, plan, results[t.id]) for t in plan.targets],
            observations=[_series(o.series, plan.region) | _result(o, "", None) for o in other],
            conflicts=[c.model_dump(mode="json", exclude_defaults=True) for c in plan.conflicts],
        )
        | {"title": plan.title}
    )


def _states(target: Target, observation: Observation) -> bool:
    return target.series == observation.series and target.source.doc == observation.source.doc


def _target(target: Target, plan: Plan, results: list[Observation]) -> Fields:
    unit, scope = target.unit, target.series.scope or plan.region
    return {"id": target.id} | _kept(
        **_series(target.series, plan.region),
        unit=unit,
        baseline=_baseline(target.baseline, unit),
        goal=_goal(target.goal, unit, scope),
        horizon=None if target.horizon == plan.period else _period(target.horizon),
        nature=target.nature and target.nature.value,
        direction=target.direction and target.direction.value,
        path=target.path and _path(target.path.model_dump(), target.path.points),
        milestones=_points(target.milestones),
        tolerance=target.tolerance,
        parent=target.parent,
        group=target.group,
        responsible=target.responsible,
        results=[_result(o, unit, target.source) for o in results],
        **_source(target.source),
        notes=target.notes,
        ambiguous=[
            {"says": r.says}
            | _kept(
                baseline=_baseline(r.baseline, unit),
                goal=None if r.goal is None else _goal(r.goal, unit, scope),
            )
            for r in target.ambiguous
        ],
    )


def _goal(goal: Goal, unit: str, scope: Scope | None) -> Fields:
    match goal:
        case Parity(series=series):
            said = _kept(
                series=series.indicator,
                series_id=series.indicator_id,
                measure=None if series.measure is Measure.GROWTH else series.measure.value,
                scope=None if series.scope == scope else _scope(series.scope),
                cmp=None if goal.cmp is Comparator.APPROX else goal.cmp.value,
            )
        case Multiply():
            said = _kept(factor=goal.factor, base_year=goal.base_year)
        case Grade():
            said = {"scale": goal.scale, "grade": goal.grade}
        case External():
            number = None if goal.provisional is None else _quantity(goal.provisional, unit)
            said = _kept(authority=goal.authority, provisional=number)
        case Positive():
            said = {}
        case _:
            said = _quantity(goal.quantity, unit)
    return {"kind": goal.kind} | said | _kept(text=goal.text)


def _quantity(quantity: Quantity, unit: str) -> Fields:
    """The keys that say `quantity` where the surroundings say `unit`."""
    default = Comparator.EQ if quantity.low is None else Comparator.RANGE
    said = _kept(
        value=":".join(map(plain, quantity.ratio)) if quantity.ratio else quantity.value,
        low=quantity.low,
        high=quantity.high,
        cmp=None if quantity.cmp is default else quantity.cmp.value,
        estimated=quantity.estimated,
        averaged=quantity.averaged,
        summed=quantity.summed,
        price_basis=quantity.price_basis,
    )
    usual = "" if quantity.ratio else unit
    return said if quantity.unit == usual else said | {"unit": quantity.unit}


def _result(observation: Observation, unit: str, around: Source | None) -> Fields:
    default = Vintage.ESTIMATED if observation.quantity.estimated else Vintage.REPORTED
    vintage, source = observation.vintage, observation.source
    by_hand = source.span is None and source.sentence is None
    same_row = source.table_row == (around.table_row if around else None)
    value = _quantity(observation.quantity, unit)
    return (
        {"period": _period(observation.period)}
        | value
        | _kept(
            vintage=None if vintage is default else vintage.value,
            known_on=observation.known_on and observation.known_on.isoformat(),
            **({"quote": source.quote} if by_hand and same_row else _exact(source)),
        )
    )


def _source(source: Source) -> Fields:
    if source.span is None and source.sentence is None:
        return {"row": source.table_row, "quote": source.quote}
    return _exact(source)


def _exact(source: Source) -> Fields:
    return {"source": source.model_dump(mode="json", exclude_defaults=True)}


def _baseline(baseline: Baseline | None, unit: str) -> Fields | None:
    if baseline is None:
        return None
    return {"period": _period(baseline.period)} | _quantity(baseline.quantity, unit)


def _series(series: Series, region: Scope | None) -> Fields:
    return {"indicator": series.indicator} | _kept(
        indicator_id=series.indicator_id,
        measure=None if series.measure is Measure.LEVEL else series.measure.value,
        scope=None if series.scope == region else _scope(series.scope),
    )


def _path(spec: Fields, points: tuple[Point, ...]) -> Fields:
    return _kept(**spec | {"shape": spec["shape"].value, "points": _points(points)})


def _points(points: tuple[Point, ...]) -> list[Fields]:
    return [{"period": _period(p.period), "value": p.value} for p in points]


def _scope(scope: Scope | None) -> str | Fields | None:
    if scope is None:
        return None
    if scope.code is None:
        return scope.name
    return {"name": scope.name, "code": scope.code}


def _period(period: Period) -> int | str:
    return period.year if period.kind is PeriodKind.YEAR else str(period)


def _kept(**fields: Any) -> Fields:  # noqa: ANN401 - plain values of many kinds
    """The fields that say something: those with their default value are left out."""
    return {k: v for k, v in fields.items() if not (v is None or v is False or v in ("", [], ()))}
