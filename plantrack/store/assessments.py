"""Assessments: every judgement is kept, with the observations it rests on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, bindparam, or_, select, update

from plantrack.errors import UsageError
from plantrack.model import Assessment, Board, Observation, Period, Status, Text
from plantrack.store.convert import json_text, metrics_of, metrics_text, number_text, texts
from plantrack.store.kept import KeptAssessment, Standing
from plantrack.store.observations import Observations
from plantrack.store.plans import Plans
from plantrack.store.tables import (
    AssessmentRow,
    EvidenceRow,
    ObservationRow,
    PlanRow,
    PlanVersionRow,
    table,
)
from plantrack.store.work import Work, chunks, needed

_assessment, _evidence = table(AssessmentRow), table(EvidenceRow)
_plan, _version = table(PlanRow), table(PlanVersionRow)
_OUTDATED = (
    update(_assessment)
    .where(
        _assessment.c.plan_id == bindparam("plan"),
        _assessment.c.target_id.in_(bindparam("targets", expanding=True)),
        _assessment.c.current,
    )
    .values(current=False)
)


class Assessments:
    """The assessments of a unit of work."""

    def __init__(self, work: Work, plans: Plans, observations: Observations) -> None:
        self._work = work
        self._plans = plans
        self._observations = observations

    def add(
        self,
        plan: str,
        board: Board | Iterable[Assessment],
        *,
        as_of: Period,
        rules: str,
        run: str | None,
        cause: int | None = None,
    ) -> dict[str, int]:
        """Keep judgements of a plan's targets; the row of each by target id. They are the last ones now.

        `rules` names the rules with their version, `cause` the reading that led to it. UsageError
        where one rests on an observation that this unit has neither read nor written.
        """
        made = list(board.assessments if isinstance(board, Board) else board)
        number, version = self._plans.number(plan), self._plans.version_number(plan)
        evidence = [list(map(self._work.number_of, a.observations)) for a in made]
        if any(None in numbers for numbers in evidence):
            self._observations.of_plan(version)  # the plan may have been read in another unit
            evidence = [list(map(self._known, a.observations)) for a in made]
        for some in chunks(a.target.id for a in made):
            self._work.connection.execute(_OUTDATED, {"plan": number, "targets": some})
        rows = [
            {
                "plan_id": number,
                "plan_version_id": version,
                "target_id": one.target.id,
                "current": True,
                "as_of": str(as_of),
                "status": one.status.value,
                "label": one.label,
                "rule": one.rule,
                "rules": rules,
                **texts(one.reason),
                "value": number_text(one.metrics.value),
                "expected": number_text(one.metrics.expected),
                "gap": number_text(one.metrics.gap),
                "metrics": metrics_text(one.metrics),
                "flags": json_text(list(one.flags)),
                "observed_id": None if one.observed is None else self._known(one.observed),
                "cause_id": cause,
                "at": self._work.now,
                "run": run,
            }
            for one in made
        ]
        numbers = self._work.insert(_assessment, rows)
        rests_on = [
            {"assessment_id": assessment, "place": place, "observation_id": observation}
            for assessment, observations in zip(numbers, evidence, strict=True)
            for place, observation in enumerate(dict.fromkeys(observations))
        ]
        if rests_on:
            self._work.write(_evidence, rests_on)
        return dict(zip((a.target.id for a in made), numbers, strict=True))

    def standing(self, plan: str, target_ids: Iterable[str]) -> dict[str, tuple[int, Status]]:
        """Row and status of the last judgement of each target that has one, by target id."""
        asked = select(_assessment.c.target_id, _assessment.c.id, _assessment.c.status).where(
            _assessment.c.plan_id == self._plans.number(plan), _assessment.c.current
        )
        rows = self._work.rows_in(asked, _assessment.c.target_id, target_ids)
        return {row.target_id: (row.id, Status(row.status)) for row in rows}

    def last(self, plan: str, target_ids: Iterable[str] | None = None) -> dict[str, KeptAssessment]:
        """The last judgement of each target, by target id; of those asked for, or of all."""
        statement = _joined().where(_plan.c.key == plan, _assessment.c.current)
        if target_ids is None:
            rows = list(self._work.rows(statement.order_by(_assessment.c.id)))
        else:
            rows = list(self._work.rows_in(statement, _assessment.c.target_id, target_ids))
        return {one.target_id: one for one in self._kept(rows)}

    def history(self, plan: str, target_id: str | None = None) -> tuple[KeptAssessment, ...]:
        """All judgements of a target, or of all targets of a plan, the oldest first."""
        statement = _joined().where(_plan.c.key == plan).order_by(_assessment.c.id)
        if target_id is not None:
            statement = statement.where(_assessment.c.target_id == target_id)
        return tuple(self._kept(self._work.rows(statement)))

    def get(self, number: int) -> KeptAssessment:
        """The judgement of that row; UsageError where there is none."""
        row = self._work.first(_joined().where(_assessment.c.id == number))
        row = needed(row, f"assessment {number}", "Take the number from the history.")
        return self._kept([row])[0]

    def evidence(self, number: int) -> tuple[int, ...]:
        """The rows of the observations that a judgement rests on, in its order."""
        rows = self._work.rows(
            select(_evidence.c.observation_id)
            .where(_evidence.c.assessment_id == number)
            .order_by(_evidence.c.place)
        )
        return tuple(row.observation_id for row in rows)

    def without_new_value(self, before: date) -> tuple[Standing, ...]:
        """The targets of current plans whose last judgement rests on no value known on `before` or later.

        Those that were never judged are not among them.
        """
        newest = table(ObservationRow)
        rows = self._work.rows(
            select(_plan.c.key, _assessment.c.target_id, newest.c.period, newest.c.known_from)
            .join(_version, _version.c.id == _assessment.c.plan_version_id)
            .join(_plan, _plan.c.id == _assessment.c.plan_id)
            .outerjoin(newest, newest.c.id == _assessment.c.observed_id)
            .where(
                _assessment.c.current,
                _version.c.current,
                or_(newest.c.id.is_(None), newest.c.known_from < before),
            )
            .order_by(_assessment.c.plan_id, _assessment.c.target_id)
        )
        return tuple(
            Standing(
                plan=row.key,
                target_id=row.target_id,
                newest_period=None if row.period is None else Period.parse(row.period),
                newest_known_on=row.known_from,
            )
            for row in rows
        )

    def _known(self, one: Observation) -> int:
        number = self._work.number_of(one)
        if number is None:
            raise UsageError(
                f"An assessment rests on an observation that is not in the store "
                f"({one.series.indicator}, {one.period}, {one.source.doc}). Keep the observation "
                "first, or take it from the store in the same unit of work."
            )
        return number

    def _kept(self, rows: Iterable[Row[Any]]) -> list[KeptAssessment]:
        rows = list(rows)
        observed = self._observations.by_id(r.observed_id for r in rows if r.observed_id)
        return [
            KeptAssessment(
                id=row.id,
                plan=row.key,
                number=row.number,
                target_id=row.target_id,
                as_of=Period.parse(row.as_of),
                at=row.at,
                run=row.run,
                cause=row.cause_id,
                status=Status(row.status),
                label=row.label,
                rule=row.rule,
                rules=row.rules,
                reason=Text(zh=row.reason_zh, en=row.reason_en),
                metrics=metrics_of(row.metrics),
                flags=tuple(json.loads(row.flags)),
                observed=observed.get(row.observed_id),
            )
            for row in rows
        ]


def _joined() -> Select[Any]:
    return (
        select(_assessment, _plan.c.key, _version.c.number)
        .join(_plan, _plan.c.id == _assessment.c.plan_id)
        .join(_version, _version.c.id == _assessment.c.plan_version_id)
    )
