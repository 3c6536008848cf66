"""Flags and their life. A step and the messages that tell of it are written together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, Select, func, select, update

from plantrack.errors import UsageError
from plantrack.model import Flag, FlagEvent, FlagKind, FlagState, Period, Status, Text
from plantrack.store.convert import Columns, period_of, texts, written
from plantrack.store.kept import MessageState
from plantrack.store.plans import Plans
from plantrack.store.tables import FlagEventRow, FlagRow, MessageRow, PlanRow, table
from plantrack.store.work import Work

_flag, _event, _message = table(FlagRow), table(FlagEventRow), table(MessageRow)
_plan = table(PlanRow)


class Flags:
    """The flags of a unit of work; there is at most one for a plan, a target and a kind."""

    def __init__(self, work: Work, plans: Plans) -> None:
        self._work = work
        self._plans = plans

    def get(self, plan: str, target_id: str, kind: FlagKind) -> Flag | None:
        """The flag of a target, whatever its state; None where none was ever raised."""
        statement = _joined().where(
            _plan.c.key == plan, _flag.c.target_id == target_id, _flag.c.kind == kind.value
        )
        found = self._found(self._work.rows(statement))
        return found[0] if found else None

    def by_id(self, number: int) -> Flag:
        """The flag of that number; UsageError where there is none."""
        found = self._found(self._work.rows(_joined().where(_flag.c.id == number)))
        if not found:
            raise UsageError(f"There is no flag {number}. See them with: plantrack flags.")
        return found[0]

    def among(self, numbers: Iterable[int]) -> dict[int, Flag]:
        """The flags of these numbers, each by its own."""
        rows = self._work.rows_in(_joined(), _flag.c.id, numbers)
        return {flag.id: flag for flag in self._found(rows)}

    def list(
        self, *, plan: str | None = None, states: Iterable[FlagState] | None = None
    ) -> tuple[Flag, ...]:
        """The flags of a plan, or of all, in one of the states, or in any, in the order of raising."""
        statement = _joined().order_by(_flag.c.id)
        if plan is not None:
            statement = statement.where(_plan.c.key == plan)
        if states is not None:
            statement = statement.where(_flag.c.state.in_([state.value for state in states]))
        return self._found(self._work.rows(statement))

    def raised(
        self,
        plan: str,
        target_id: str,
        kind: FlagKind,
        *,
        was: Status | None,
        now: Status,
        as_of: Period,
        reason: Text,
        assessment: int | None = None,
        run: str | None = None,
        channels: Iterable[str] = (),
    ) -> Flag:
        """Raise the flag of a target, or raise it again.

        A resolved one is reopened; one that is up goes on to `now` where that is another status,
        and is left alone where it is the same: nothing is raised twice.
        """
        matter = {"was": was and was.value, "now": now.value, "as_of": str(as_of), **texts(reason)}
        flag = self.get(plan, target_id, kind)
        state = FlagState.OPEN
        if flag is None:
            number = self._work.insert_one(
                _flag,
                plan_id=self._plans.number(plan),
                target_id=target_id,
                kind=kind.value,
                state=state.value,
                **matter,
            )
        elif flag.state is FlagState.RESOLVED:
            number, state = flag.id, FlagState.REOPENED
        elif flag.now is now:
            return flag
        else:
            number = flag.id
        self._set(number, **matter)
        return self._step(number, state, matter, assessment, run, channels)

    def acknowledge(
        self,
        number: int,
        *,
        by: str,
        note: str = "",
        run: str | None = None,
        channels: Iterable[str] = (),
    ) -> Flag:
        """Note that somebody has taken the matter on. UsageError where it is resolved."""
        self._must_be_up(number)
        who = {"by": by, "note": note}
        return self._step(number, FlagState.ACKNOWLEDGED, who, None, run, channels)

    def resolve(
        self,
        number: int,
        *,
        by: str = "",
        note: str = "",
        now: Status | None = None,
        as_of: Period | None = None,
        reason: Text | None = None,
        assessment: int | None = None,
        run: str | None = None,
        channels: Iterable[str] = (),
    ) -> Flag:
        """Close the matter: by a person, or because the target stands at `now`. UsageError where it is resolved."""
        was = self._must_be_up(number).now
        said: Columns = {"by": by, "note": note, "as_of": written(as_of), **texts(reason)}
        if now is not None:
            said |= {"was": was.value, "now": now.value}
        return self._step(number, FlagState.RESOLVED, said, assessment, run, channels)

    def _must_be_up(self, number: int) -> Flag:
        flag = self.by_id(number)
        if flag.state is FlagState.RESOLVED:
            raise UsageError(
                f"Flag {number} was resolved on {flag.history[-1].at.date()}. It opens again by "
                "itself where the target gets worse."
            )
        return flag

    def _step(
        self,
        number: int,
        state: FlagState,
        said: Columns,
        assessment: int | None,
        run: str | None,
        channels: Iterable[str],
    ) -> Flag:
        last = self._work.connection.execute(
            select(func.max(_event.c.number)).where(_event.c.flag_id == number)
        ).scalar()
        empty = {"by": "", "note": "", "was": None, "now": None, "as_of": None, **texts(None)}
        event = self._work.insert_one(
            _event,
            flag_id=number,
            number=(last or 0) + 1,
            state=state.value,
            **{**empty, **said},
            assessment_id=assessment,
            at=self._work.now,
            run=run,
        )
        self._set(number, state=state.value)
        messages = [
            {
                "flag_event_id": event,
                "channel": channel,
                "state": MessageState.WAITING.value,
                "attempts": 0,
                "created": self._work.now,
                "next_try": self._work.now,
                "held_until": None,
                "sent_at": None,
                "error": "",
            }
            for channel in dict.fromkeys(channels)
        ]
        self._work.insert(_message, messages)
        return self.by_id(number)

    def _set(self, number: int, **columns: str | None) -> None:
        self._work.connection.execute(update(_flag).where(_flag.c.id == number).values(**columns))

    def _found(self, rows: Iterable[Row[Any]]) -> tuple[Flag, ...]:
        flags = [*rows]
        events: dict[int, list[FlagEvent]] = defaultdict(list)
        for row in sorted(
            self._work.rows_in(select(_event), _event.c.flag_id, [f.id for f in flags]),
            key=lambda row: row.number,
        ):
            events[row.flag_id].append(_event_of(row))
        return tuple(
            Flag(
                id=row.id,
                plan_id=row.key,
                target_id=row.target_id,
                kind=FlagKind(row.kind),
                was=row.was and Status(row.was),
                now=Status(row.now),
                as_of=Period.parse(row.as_of),
                reason=Text(zh=row.reason_zh, en=row.reason_en),
                history=tuple(events[row.id]),
            )
            for row in flags
        )


def _joined() -> Select[Any]:
    return select(_flag, _plan.c.key).join(_plan, _plan.c.id == _flag.c.plan_id)


def _event_of(row: Row[Any]) -> FlagEvent:
    reason = None if row.reason_zh is None else Text(zh=row.reason_zh, en=row.reason_en)
    return FlagEvent(
        at=row.at,
        state=FlagState(row.state),
        by=row.by,
        note=row.note,
        was=row.was and Status(row.was),
        now=row.now and Status(row.now),
        as_of=period_of(row.as_of),
        reason=reason,
    )
