"""`watch`: one process that begins a pass at stated times, in a stated time zone.

| what happens | answer |
| --- | --- |
| a pass takes longer than the time to the next | the next waits; what was missed meanwhile is made up for once |
| the machine slept, or the clock jumped ahead | the passes missed are made up for once, if the last lies less than the grace back |
| an hour that daylight saving leaves out | the pass begins an hour later |
| an hour that it repeats | a second pass begins, and finds nothing to do |
| a pass fails | it is logged, and the next one begins as planned |
"""

from __future__ import annotations

import re
import signal
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from plantrack.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

GRACE = timedelta(hours=6)
_AT = re.compile(r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)")
_EVERY = re.compile(r"(?P<number>[1-9]\d{0,4})\s*(?P<unit>[smhd])")
_WEEKDAY = re.compile(r"(?<![\w/])[0-7](?!\w)")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def trigger(at: str | None, cron: str | None, every: str | None, zone: ZoneInfo) -> Any:  # noqa: ANN401  APScheduler has no types
    """An APScheduler trigger from exactly one of `at` ("02:00"), `cron` (five fields) and `every` ("30m").

    UsageError where none or several are given, or where one cannot be understood.
    """
    given = [one for one in (at, cron, every) if one is not None]
    if len(given) != 1:
        raise UsageError("Say when to begin with exactly one of --at, --cron and --every.")
    if at is not None:
        return _at(at, zone)
    return _cron(cron, zone) if cron is not None else _every(every or "", zone)


def watch(
    work: Callable[[], object],
    when: Any,  # noqa: ANN401  APScheduler has no types
    zone: ZoneInfo,
    *,
    also: Callable[[], object] | None = None,
    minutes: int = 5,
    ready: Callable[[], object] = lambda: None,
) -> None:
    """Begin `work` whenever the trigger says, in this process and thread, until it is told to end.

    `also` is done every so many `minutes` between. `ready` is called once the signals that end it
    (SIGTERM, Ctrl-C) are understood; a pass that runs is finished first.
    """
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.blocking import BlockingScheduler

    # One worker: passes never overlap, nor does what is done between them.
    scheduler = BlockingScheduler(timezone=zone, executors={"default": ThreadPoolExecutor(1)})
    options = {"coalesce": True, "max_instances": 1}
    grace = int(GRACE.total_seconds())
    scheduler.add_job(work, when, id="pass", misfire_grace_time=grace, **options)
    if also is not None:
        scheduler.add_job(
            also, "interval", minutes=minutes, id="between", misfire_grace_time=60, **options
        )
    before = _on_signals(lambda: scheduler.shutdown(wait=True))
    scheduler.add_listener(lambda _: ready(), 1)  # EVENT_SCHEDULER_STARTED
    try:
        scheduler.start()
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _on_signals(end: Callable[[], object]) -> dict[signal.Signals, Any]:
    """Have SIGTERM and Ctrl-C call `end` from a thread of its own, where the scheduler's locks are free."""

    def asked(_: int, __: object) -> None:
        threading.Thread(target=end, daemon=True).start()

    signs = [signal.SIGINT, signal.SIGTERM]
    if hasattr(signal, "SIGBREAK"):  # Windows' way to end a process of a group
        signs.append(signal.SIGBREAK)
    return {sign: signal.signal(sign, asked) for sign in signs}


def _at(written: str, zone: ZoneInfo) -> Any:  # noqa: ANN401
    found = _AT.fullmatch(written.strip())
    if not found:
        raise UsageError(f"--at: '{written}' is no time of day. Write one like 02:00.", at=written)
    cron, _ = _triggers()
    return cron(hour=int(found["hour"]), minute=int(found["minute"]), timezone=zone)


def _cron(written: str, zone: ZoneInfo) -> Any:  # noqa: ANN401
    cron_trigger, _ = _triggers()
    *fields, weekday = written.split() or [""]
    # cron counts from Sunday, APScheduler from Monday: names mean the same to both
    named = _WEEKDAY.sub(lambda day: _WEEKDAYS[int(day[0])], weekday)
    try:
        return cron_trigger.from_crontab(" ".join([*fields, named]), timezone=zone)
    except ValueError as error:
        raise UsageError(
            f"--cron: '{written}' is no cron line ({error}). "
            "Write five fields: minute hour day month weekday, as in '0 2 * * 1-5'.",
            cron=written,
        ) from error


def _every(written: str, zone: ZoneInfo) -> Any:  # noqa: ANN401
    found = _EVERY.fullmatch(written.strip())
    if not found:
        raise UsageError(
            f"--every: '{written}' is no length of time. Write one like 90s, 30m, 6h or 1d.",
            every=written,
        )
    step = {_UNITS[found["unit"]]: int(found["number"])}
    _, interval = _triggers()
    return interval(timezone=zone, **step)


def _triggers() -> tuple[Any, Any]:
    try:
        from apscheduler.triggers.cron import CronTrigger
        from apscheduler.triggers.interval import IntervalTrigger
    except ImportError as error:
        raise MissingExtraError("job", "`plantrack watch`") from error
    return CronTrigger, IntervalTrigger
