"""Plans, their versions, and the goals that people supplied."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, bindparam, func, select, update

from plantrack.errors import UsageError
from plantrack.model import Goal, Plan, Target
from plantrack.store.convert import scope_columns
from plantrack.store.documents import keep_text
from plantrack.store.kept import KeptPlan, Resolution, SavedPlan, Version
from plantrack.store.observations import Observations
from plantrack.store.tables import PlanRow, PlanVersionRow, ResolutionRow, TargetRow, table
from plantrack.store.work import Work, needed

_plan, _version = table(PlanRow), table(PlanVersionRow)
_target, _resolution = table(TargetRow), table(ResolutionRow)
_GOAL: TypeAdapter[Goal] = TypeAdapter(Goal)
_NUMBER = select(_plan.c.id).where(_plan.c.key == bindparam("plan"))
_NEWEST = select(_version.c.id).where(_version.c.plan_id == bindparam("plan"), _version.c.current)
_STATE = select(
    select(func.count()).select_from(_version).scalar_subquery()
    + select(func.count()).select_from(_resolution).scalar_subquery()
)


class Plans:
    """The plans of a unit of work; a plan is known by its id, here called its key."""

    def __init__(self, work: Work, observations: Observations) -> None:
        self._work = work
        self._observations = observations
        self._numbers: dict[str, int] = {}

    def save(
        self, plan: Plan, *, run: str | None, version: Version | None = None, text: str = ""
    ) -> SavedPlan:
        """Keep a plan as the newest version of its id, unless the newest one says the same.

        `version` is what read it, `text` what it was read from. UsageError where the id belongs
        to a plan of another region.
        """
        number = self._number(plan)
        last = self._work.first(
            select(_version).where(_version.c.plan_id == number, _version.c.current)
        )
        digest = hashlib.sha256(plan.model_dump_json().encode()).hexdigest()
        if last is not None and last.digest == digest:
            return SavedPlan(plan.id, last.number, new=False)
        self._work.connection.execute(
            update(_version).where(_version.c.plan_id == number).values(current=False)
        )
        version = version or Version()
        following = 1 if last is None else last.number + 1
        row = self._work.insert_one(
            _version,
            plan_id=number,
            number=following,
            current=True,
            sha256=plan.sha256,
            digest=digest,
            body=plan.model_dump_json(exclude={"targets", "observations"}),
            text_sha256=keep_text(self._work, text) if text else None,
            reader=version.reader,
            rules=version.rules,
            known_from=plan.published or self._work.today,
            at=self._work.now,
            run=run,
        )
        self._work.insert(_target, [_target_row(row, i, t) for i, t in enumerate(plan.targets)])
        self._observations.add_of_plan(plan.observations, row, run)
        return SavedPlan(plan.id, following, new=True)

    def current(self, *, known_on: date | None = None) -> tuple[KeptPlan, ...]:
        """The newest version of each plan, now or as known on a day, with the goals people supplied by then."""
        return tuple(self._resolved(row, known_on) for row in self._rows(known_on))

    def get(self, plan: str, *, known_on: date | None = None) -> KeptPlan:
        """The newest version of one plan, as in `current`; UsageError where there is none."""
        rows = [row for row in self._rows(known_on) if row.key == plan]
        if not rows:
            raise self._unknown(plan)
        return self._resolved(rows[0], known_on)

    def versions(self, plan: str) -> tuple[KeptPlan, ...]:
        """All versions of a plan as they were saved, the oldest first."""
        rows = self._work.rows(_versions().where(_plan.c.key == plan).order_by(_version.c.id))
        if not rows:
            raise self._unknown(plan)
        return tuple(self._kept(row) for row in rows)

    def state(self) -> int:
        """A number that changes whenever a plan or a goal is saved."""
        return int(self._work.connection.execute(_STATE).scalar_one())

    def resolve(
        self,
        plan: str,
        target_id: str,
        goal: Goal,
        *,
        by: str,
        note: str = "",
        unit: str | None = None,
        run: str | None = None,
    ) -> int:
        """Keep the goal a person supplies for a target; the newest one counts. UsageError where there is no such target."""
        self.get(plan).plan.target(target_id)
        return self._work.insert_one(
            _resolution,
            plan_id=self.number(plan),
            target_id=target_id,
            goal=_GOAL.dump_json(goal).decode(),
            unit=unit,
            by=by,
            note=note,
            known_from=self._work.today,
            at=self._work.now,
            run=run,
        )

    def resolutions(
        self, plan: str | None = None, target_id: str | None = None
    ) -> tuple[Resolution, ...]:
        """The goals people supplied, the oldest first."""
        statement = (
            select(_resolution, _plan.c.key)
            .join(_plan, _plan.c.id == _resolution.c.plan_id)
            .order_by(_resolution.c.id)
        )
        if plan is not None:
            statement = statement.where(_plan.c.key == plan)
        if target_id is not None:
            statement = statement.where(_resolution.c.target_id == target_id)
        return tuple(_resolution_of(row) for row in self._work.rows(statement))

    def number(self, plan: str) -> int:
        """The row of a plan; UsageError, with the plans there are, where there is none."""
        if plan not in self._numbers:
            found = self._work.connection.execute(_NUMBER, {"plan": plan}).scalar()
            if found is None:
                raise self._unknown(plan)
            self._numbers[plan] = found
        return self._numbers[plan]

    def version_number(self, plan: str) -> int:
        """The row of the newest version of a plan."""
        row = self._work.connection.execute(_NEWEST, {"plan": self.number(plan)}).first()
        return int(needed(row, f"version of the plan '{plan}'", "Save the plan first.").id)

    def target_of(self, plan_version: int, target_id: str) -> Target:
        """The target as that version of the plan has it, without the goal a person supplied."""
        row = self._work.first(
            select(_target.c.body).where(
                _target.c.plan_version_id == plan_version, _target.c.target_id == target_id
            )
        )
        row = needed(row, f"target '{target_id}' in that version", "See `plantrack targets`.")
        return Target.model_validate_json(row.body)

    def _number(self, plan: Plan) -> int:
        found = self._work.first(select(_plan).where(_plan.c.key == plan.id))
        region = scope_columns(plan.region, "region")
        if found is None:
            return self._work.insert_one(_plan, key=plan.id, **region)
        if _place(found.region_name, found.region_code) != _place(*region.values()):
            raise UsageError(
                f"The id '{plan.id}' belongs to a plan of {found.region_name or 'no region'} "
                f"already; this one is of {region['region_name'] or 'no region'}. Give it another "
                "id: the name of the file, or `id` in a plan written by hand."
            )
        return int(found.id)

    def _rows(self, known_on: date | None) -> list[Row[Any]]:
        if known_on is None:
            return list(self._work.rows(_versions().where(_version.c.current).order_by(_plan.c.id)))
        known = self._work.rows(
            _versions().where(_version.c.known_from <= known_on).order_by(_version.c.id)
        )
        return sorted({row.plan_id: row for row in known}.values(), key=lambda row: row.plan_id)

    def _kept(self, row: Row[Any]) -> KeptPlan:
        targets = self._work.rows(
            select(_target.c.body)
            .where(_target.c.plan_version_id == row.id)
            .order_by(_target.c.place)
        )
        plan = Plan.model_validate(
            {
                **json.loads(row.body),
                "targets": [Target.model_validate_json(t.body) for t in targets],
                "observations": self._observations.of_plan(row.id),
            }
        )
        return KeptPlan(row.key, row.number, plan, row.known_from, row.at)

    def _resolved(self, row: Row[Any], known_on: date | None) -> KeptPlan:
        kept = self._kept(row)
        statement = select(_resolution).where(_resolution.c.plan_id == row.plan_id)
        if known_on is not None:
            statement = statement.where(_resolution.c.known_from <= known_on)
        plan, ids = kept.plan, {target.id for target in kept.plan.targets}
        for one in self._work.rows(statement.order_by(_resolution.c.id)):
            if one.target_id in ids:  # a later version may not have it any more
                goal = _GOAL.validate_json(one.goal)
                plan = plan.resolve(one.target_id, goal, unit=one.unit)
        return KeptPlan(kept.key, kept.number, plan, kept.known_from, kept.at)

    def _unknown(self, plan: str) -> UsageError:
        known = ", ".join(row.key for row in self._work.rows(select(_plan.c.key))) or "none yet"
        return UsageError(f"There is no plan '{plan}'. Plans here: {known}.", plan=plan)


def _versions() -> Any:  # noqa: ANN401  a Select of a version's columns and its plan's key
    return select(_version, _plan.c.key).join(_plan, _plan.c.id == _version.c.plan_id)


def _target_row(version: int, place: int, target: Target) -> dict[str, Any]:
    series = target.series
    return {
        "plan_version_id": version,
        "place": place,
        "target_id": target.id,
        "indicator": series.indicator,
        "indicator_id": series.indicator_id,
        "measure": series.measure.value,
        **scope_columns(series.scope),
        "horizon": str(target.horizon),
        "nature": None if target.nature is None else target.nature.value,
        "goal_kind": target.goal.kind,
        "body": target.model_dump_json(),
    }


def _resolution_of(row: Row[Any]) -> Resolution:
    return Resolution(
        id=row.id,
        plan=row.key,
        target_id=row.target_id,
        goal=_GOAL.validate_json(row.goal),
        unit=row.unit,
        by=row.by,
        note=row.note,
        at=row.at,
    )


def _place(name: str | None, code: str | None) -> str | None:
    return code or name
