"""When a pass begins: in the time zone that is stated, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from plantrack.errors import UsageError
from plantrack.job.schedule import trigger

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


def times(when, begin: datetime, count: int) -> list[datetime]:
    """The next times a trigger names, each asked for just after the one before."""
    found, last = [], None
    now = begin
    for _ in range(count):
        last = when.get_next_fire_time(last, now)
        now = last.astimezone(UTC) + timedelta(microseconds=1)  # apart from the zone's own jumps
        found.append(last)
    return found


def test_a_time_of_day_is_meant_in_the_stated_zone():
    [first] = times(trigger("02:00", None, None, SHANGHAI), datetime(2026, 3, 1, tzinfo=UTC), 1)
    assert first.astimezone(UTC) == datetime(2026, 3, 1, 18, tzinfo=UTC)


def test_a_cron_line_counts_its_weekdays_as_cron_does():
    begin = datetime(2026, 3, 1, 12, tzinfo=SHANGHAI)  # a Sunday
    found = times(trigger(None, "0 2 * * 1-5", None, SHANGHAI), begin, 6)
    assert [t.strftime("%a") for t in found] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Mon"]
    for sunday in ("0", "7", "sun"):
        [first] = times(trigger(None, f"30 4 * * {sunday}", None, SHANGHAI), begin, 1)
        assert (first.strftime("%a %H:%M"), first.day) == ("Sun 04:30", 8)
    [first] = times(trigger(None, "0 0 1 1 *", None, SHANGHAI), begin, 1)
    assert first.date().isoformat() == "2027-01-01"


@pytest.mark.parametrize(
    ("written", "seconds"), [("90s", 90), ("30m", 1800), ("6h", 21600), ("1d", 86400)]
)
def test_an_interval_is_as_long_as_it_says(written, seconds):
    first, second = times(trigger(None, None, written, SHANGHAI), datetime.now(UTC), 2)
    assert (second - first).total_seconds() == seconds


@pytest.mark.parametrize("day", [datetime(2026, 3, 28), datetime(2026, 10, 24)])
@pytest.mark.parametrize("at", ["02:00", "02:30", "03:00", "01:30"])
def test_daylight_saving_leaves_no_night_out(day, at):
    """The nights in which Berlin has no 02:30, or has it twice: then a second pass finds nothing to do."""
    found = times(trigger(at, None, None, BERLIN), day.replace(tzinfo=BERLIN), 4)
    nights = [t.date().day - day.day for t in found]
    twice = day.month == 10 and at.startswith("02")
    assert nights == ([0, 1, 1, 2] if twice else [0, 1, 2, 3])
    gaps = [later.astimezone(UTC) - earlier.astimezone(UTC) for earlier, later in pairwise(found)]
    assert max(gaps) <= timedelta(hours=25)


@pytest.mark.parametrize(
    ("at", "cron", "every", "message"),
    [
        (None, None, None, "exactly one"),
        ("02:00", None, "1h", "exactly one"),
        ("25:00", None, None, "no time of day"),
        ("2 Uhr", None, None, "like 02:00"),
        (None, "0 2 * *", None, "five fields"),
        (None, "", None, "five fields"),
        (None, "61 2 * * *", None, "no cron line"),
        (None, None, "0m", "90s, 30m, 6h or 1d"),
        (None, None, "5 minutes", "90s, 30m, 6h or 1d"),
    ],
)
def test_what_cannot_be_understood_is_named(at, cron, every, message):
    with pytest.raises(UsageError, match=message):
        trigger(at, cron, every, SHANGHAI)
