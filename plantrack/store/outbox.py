"""Messages waiting to be sent: each step of a flag once a channel, whatever the number of senders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, and_, or_, select, update

from plantrack.store.flags import Flags
from plantrack.store.kept import Message, MessageState
from plantrack.store.tables import FlagEventRow, MessageRow, table
from plantrack.store.work import Work, chunks, needed

_message, _event = table(MessageRow), table(FlagEventRow)


class Outbox:
    """The messages of a unit of work."""

    def __init__(self, work: Work, flags: Flags) -> None:
        self._work = work
        self._flags = flags

    def due(
        self, limit: int = 100, *, hold: timedelta = timedelta(minutes=5)
    ) -> tuple[Message, ...]:
        """At most `limit` messages whose time has come, the oldest first, kept from other senders for `hold`.

        A sender that dies leaves them to the next one once that time is over.
        """
        now = self._work.now
        free = and_(
            _message.c.state == MessageState.WAITING.value,
            _message.c.next_try <= now,
            or_(
                _message.c.held_until.is_(None),
                _message.c.held_until <= now,
                _message.c.held_until > now + hold,  # the clock was set back since
            ),
        )
        rows = list(self._work.rows(_joined().where(free).order_by(_message.c.id).limit(limit)))
        for some in chunks(row.id for row in rows):
            self._work.connection.execute(
                update(_message).where(_message.c.id.in_(some)).values(held_until=now + hold)
            )
        return self._messages(rows)

    def sent(self, number: int) -> None:
        """Note that a message went out."""
        self._close(number, state=MessageState.SENT.value, sent_at=self._work.now, error="")

    def failed(self, number: int, *, error: str, next_try: datetime | None) -> None:
        """Note that a message did not go out, and when to try again; None gives it up. `error` holds no secret."""
        if next_try is None:
            self._close(number, state=MessageState.GIVEN_UP.value, error=error)
        else:
            self._close(number, next_try=next_try, error=error)

    def list(self, state: MessageState | None = None) -> tuple[Message, ...]:
        """All messages, or those in one state, the oldest first."""
        statement = _joined().order_by(_message.c.id)
        if state is not None:
            statement = statement.where(_message.c.state == state.value)
        return self._messages(self._work.rows(statement))

    def _close(self, number: int, **columns: object) -> None:
        row = self._work.first(select(_message.c.attempts).where(_message.c.id == number))
        attempts = needed(row, f"message {number}", "Take the number from due().").attempts + 1
        self._work.connection.execute(
            update(_message)
            .where(_message.c.id == number)
            .values(attempts=attempts, held_until=None, **columns)
        )

    def _messages(self, rows: Iterable[Row[Any]]) -> tuple[Message, ...]:
        rows, made = [*rows], []
        flags = self._flags.among({row.flag_id for row in rows})  # many may be of one
        for row in rows:
            flag = flags[row.flag_id]
            made.append(
                Message(
                    id=row.id,
                    channel=row.channel,
                    state=MessageState(row.state),
                    attempts=row.attempts,
                    created=row.created,
                    flag=flag,
                    event=flag.history[row.number - 1],
                    event_number=row.number,
                    error=row.error,
                )
            )
        return tuple(made)


def _joined() -> Select[Any]:
    return select(_message, _event.c.flag_id, _event.c.number).join(
        _event, _event.c.id == _message.c.flag_event_id
    )
