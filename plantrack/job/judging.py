"""Targets judged anew where new values touch them: assessments kept, statuses compared, flags moved.

Everything happens in the unit (one transaction) that the values themselves are written in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from plantrack import flow
from plantrack.assess.matching import same_indicator, same_scope
from plantrack.job.flagging import Step, explained, flag_rules, revision
from plantrack.model import (
    Assessment,
    FlagKind,
    Observation,
    Parity,
    Period,
    Plan,
    Scope,
    Series,
    Status,
    Target,
    Text,
    Vintage,
)

if TYPE_CHECKING:
    from plantrack.assess import RuleSet
    from plantrack.flow import Tools
    from plantrack.store import Counting, Unit


class Changed(NamedTuple):
    """A target whose status is another one than before; `step` is what that did to its flag."""

    plan: str
    target: str
    was: Status | None
    now: Status
    step: Step | None


class _Asks(NamedTuple):
    """A target that wants to hear of a series."""

    plan: str
    target: str
    series: Series
    region: Scope | None


@dataclass(slots=True)
class Plans:
    """The plans of a store, and which of their targets a value touches; made anew when they change."""

    plans: dict[str, Plan]
    state: int
    _asking: dict[str, list[_Asks]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for plan in self.plans.values():
            for target in plan.targets:
                for series in series_of(target):
                    for name in names(series):
                        self._asking[name].append(_Asks(plan.id, target.id, series, plan.region))

    @property
    def regions(self) -> tuple[Scope, ...]:
        """The regions of the plans, each once."""
        found = {p.region.code or p.region.name: p.region for p in self.plans.values() if p.region}
        return tuple(found.values())

    @property
    def indicators(self) -> set[str]:
        """All names and lexicon ids that targets go by."""
        return set(self._asking)

    def touched(self, observations: Iterable[Observation]) -> dict[str, list[str]]:
        """Targets by plan that speak of the indicator and place of one of the observations."""
        hit: dict[str, dict[str, None]] = defaultdict(dict)
        series = {o.series.key: o.series for o in observations}
        for one in series.values():
            for name in names(one):
                for asks in self._asking.get(name, ()):
                    if same_indicator(one, asks.series) and same_scope(
                        one.scope, asks.series.scope, asks.region
                    ):
                        hit[asks.plan][asks.target] = None
        return {plan: list(targets) for plan, targets in hit.items()}

    def subset(self, plan: str, targets: Collection[str]) -> Plan:
        """A plan with some of its targets and those they are parts of, without values: the store has those."""
        whole = self.plans[plan]
        parents = {t.id: t.parent for t in whole.targets}
        wanted: set[str] = set()
        for target in targets:
            above: str | None = target
            while above is not None and above not in wanted:
                wanted.add(above)
                above = parents[above]
        kept = tuple(t for t in whole.targets if t.id in wanted)
        return whole.model_copy(update={"targets": kept, "observations": ()})


class _Part:
    """Some targets of a plan, and where their values are found."""

    def __init__(self, plan: Plan) -> None:
        series = [s for t in plan.targets for s in series_of(t)]
        self.plan = plan
        self.names = {name for s in series for name in names(s)}
        self.scopes = {s.scope or plan.region for s in series}
        self._places = {
            place for scope in self.scopes if scope for place in (scope.code, scope.name) if place
        }

    def own(self, observations: Iterable[Observation]) -> Iterator[Observation]:
        """Those of the places that the targets speak of, or of none."""
        for one in observations:
            scope = one.series.scope
            if scope is None or not self._places.isdisjoint((scope.code, scope.name)):
                yield one


@dataclass(slots=True)
class Judge:
    """Judges targets by what the store holds, on one day, by one rule set."""

    made: Tools
    rules: RuleSet
    rules_id: str
    today: date
    run: str
    channels: tuple[str, ...]
    _plans: Plans | None = None

    def plans(self, unit: Unit) -> Plans:
        """The plans as they stand."""
        state = unit.plans.state()
        if self._plans is None or self._plans.state != state:
            kept = {one.key: one.plan for one in unit.plans.current()}
            self._plans = Plans(kept, state)
        return self._plans

    def revised(self, unit: Unit, observations: Sequence[Observation]) -> tuple[Observation, ...]:
        """The observations, those that restate an earlier value with another one marked as revised."""
        before = unit.observations.counting(observations)
        return tuple(_revised(o, before.get((o.series.key, str(o.period)))) for o in observations)

    def on(
        self, unit: Unit, observations: Sequence[Observation], cause: int | None
    ) -> list[Changed]:
        """Judge the targets that new observations touch; they are in the store already."""
        return self._judge(unit, self.plans(unit).touched(observations), cause)

    def targets(self, unit: Unit, plan: str, targets: Collection[str]) -> list[Changed]:
        """Judge some targets of a plan, keep the assessments and move their flags."""
        return self._judge(unit, {plan: targets}, None)

    def _judge(
        self, unit: Unit, wanted: Mapping[str, Collection[str]], cause: int | None
    ) -> list[Changed]:
        """Judge targets of several plans, each once; all values they rest on are read together."""
        plans = self.plans(unit)
        parts = {plan: _Part(plans.subset(plan, targets)) for plan, targets in wanted.items()}
        known = unit.observations.current(
            {name for part in parts.values() for name in part.names},
            scopes={scope for part in parts.values() for scope in part.scopes},
        )
        as_of = Period.parse(self.today.isoformat())
        changed: list[Changed] = []
        for plan, part in parts.items():
            board = flow.assess(
                part.plan, part.own(known), as_of=as_of, rules=self.rules, made=self.made
            )
            before = unit.assessments.standing(plan, [t.id for t in part.plan.targets])
            rows = unit.assessments.add(
                plan, board, as_of=as_of, rules=self.rules_id, run=self.run, cause=cause
            )
            changed += self._moved(unit, plan, board.assessments, before, rows)
        return changed

    def _moved(
        self,
        unit: Unit,
        plan: str,
        assessments: Iterable[Assessment],
        before: dict[str, tuple[int, Status]],
        rows: dict[str, int],
    ) -> Iterator[Changed]:
        for one in assessments:
            last, was = before.get(one.target.id, (None, None))
            if one.status is not was:
                seen = None if last is None else unit.assessments.get(last).observed
                revised = revision(seen, one.observed)
                step = self._flag(unit, plan, one, was, rows[one.target.id], revised)
                yield Changed(plan, one.target.id, was, one.status, step)

    def _flag(
        self,
        unit: Unit,
        plan: str,
        one: Assessment,
        was: Status | None,
        row: int,
        revised: Text | None,
    ) -> Step | None:
        target, now = one.target.id, one.status
        flag = unit.flags.get(plan, target, FlagKind.WORSE)
        step = flag_rules().step(
            was, now, None if flag is None else flag.state, None if flag is None else flag.now
        )
        if step is None:
            return None
        as_of, reason = Period.parse(self.today.isoformat()), explained(one, revised)
        if step is Step.RESOLVE and flag is not None:
            unit.flags.resolve(
                flag.id,
                by="",
                now=now,
                as_of=as_of,
                reason=reason,
                assessment=row,
                run=self.run,
                channels=self.channels,
            )
        else:
            unit.flags.raised(
                plan,
                target,
                FlagKind.WORSE,
                was=was,
                now=now,
                as_of=as_of,
                reason=reason,
                assessment=row,
                run=self.run,
                channels=self.channels,
            )
        return step


def names(series: Series) -> Iterator[str]:
    """Under which names the store finds a series: the phrase without blanks, and the lexicon's id."""
    yield series.indicator.replace(" ", "")
    if series.indicator_id is not None:
        yield series.indicator_id


def series_of(target: Target) -> Iterator[Series]:
    """All series a target is judged by: its own, and the one it is compared with."""
    yield target.series
    if isinstance(target.goal, Parity):
        yield target.goal.series


def _revised(new: Observation, old: Counting | None) -> Observation:
    final = (Vintage.REPORTED, Vintage.REVISED)
    if old is None or old.vintage not in final or new.vintage is not Vintage.REPORTED:
        return new
    same = (old.written, old.unit) == (new.quantity.written, new.quantity.unit)
    if same or old.doc == new.source.doc:
        return new
    return Observation(  # model_copy takes several times as long, and nearly all are restated
        series=new.series,
        period=new.period,
        quantity=new.quantity,
        vintage=Vintage.REVISED,
        known_on=new.known_on,
        source=new.source,
    )
