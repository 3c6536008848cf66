"""What the calendar changes, values that are overdue, revisions and the life of flags."""

from __future__ import annotations

from datetime import date

import pytest

from plantrack.job.boards import boards
from plantrack.job.review import quantity
from plantrack.job.session import session
from plantrack.model import FlagKind, FlagState, Status
from tests.job.conftest import report


def flag(desk, target="gdp", kind=FlagKind.WORSE):
    return desk.ask(lambda unit: unit.flags.get("chongqing-15", target, kind))


def test_a_flag_is_raised_worsened_resolved_and_reopened_but_never_doubled(watched):
    states = []
    for year, gdp in ((2026, "3.40"), (2027, "3.35"), (2028, "3.9"), (2029, "3.95"), (2030, "4.0")):
        watched.at(f"{year + 1}-03-01")
        watched.put(f"{year}.txt", report(year, gdp, "75"))
        watched.run()
        states.append((watched.statuses()["gdp"], flag(watched).state.value))
    assert states == [
        ("lagging", "open"),
        ("off_track", "open"),
        ("on_track", "resolved"),
        ("lagging", "reopened"),
        ("missed", "open"),
    ]
    found = flag(watched)
    assert [event.state.value for event in found.history] == [
        "open",
        "open",
        "resolved",
        "reopened",
        "open",
    ]
    assert [event.now.value for event in found.history] == [
        "lagging",
        "off_track",
        "on_track",
        "lagging",
        "missed",
    ]


def test_the_same_again_says_nothing(watched):
    watched.put("a.txt", report(2026, "3.40", "74"))
    watched.run()
    before = flag(watched)
    watched.put("b.txt", report(2026, "3.40", "74", "另外，全市民生改善。"))
    assert watched.run().changed == []
    assert flag(watched) == before


def test_an_acknowledged_flag_stays_in_its_owners_hands_until_it_gets_worse(watched):
    watched.put("a.txt", report(2026, "3.40", "74"))
    watched.run()
    with session(watched.workspace, watched.world, "ack") as at_work:
        at_work.change(
            lambda unit: unit.flags.acknowledge(flag(watched).id, by="李", note="已约谈", run="ack")
        )
    watched.put("b.txt", report(2026, "3.41", "74"))
    watched.run()
    assert flag(watched).state is FlagState.ACKNOWLEDGED
    watched.at("2028-04-01")
    watched.put("c.txt", report(2027, "3.36", "75"))
    watched.run()
    assert (flag(watched).state, flag(watched).now) == (FlagState.OPEN, Status.OFF_TRACK)
    assert [event.by for event in flag(watched).history] == ["", "李", ""]


def test_a_revision_that_flips_a_status_says_so_in_the_flag(watched):
    watched.at("2027-03-01")
    watched.put("a.txt", report(2026, "3.48", "74"))
    watched.run()
    assert flag(watched) is None
    watched.at("2027-09-01")
    watched.put("b.txt", report(2026, "3.40", "74", "以上为最终核实数。"))
    watched.run()
    reason = flag(watched).reason
    assert reason.zh.startswith("2026年数据由3.48万亿元修订为3.40万亿元（a.txt → b.txt）")
    assert "revised from 3.48万亿元 to 3.40万亿元" in reason.en


def test_the_board_can_be_shown_as_it_was_known_on_an_earlier_day(watched):
    watched.at("2027-03-01")
    watched.put("a.txt", report(2026, "3.48", "74"))
    watched.run()
    watched.at("2027-09-01")
    watched.put("b.txt", report(2026, "3.40", "74", "以上为最终核实数。"))
    watched.run()

    def gdp(day):
        def look(unit):
            [board] = boards(watched.workspace, unit, known_on=day)
            one = board["gdp"]
            return one.status.value, one.observed and str(one.observed.quantity.value)

        return watched.ask(look)

    assert gdp(date(2027, 8, 31)) == ("on_track", "3.48")
    assert gdp(date(2027, 9, 1)) == ("lagging", "3.40")


def test_the_newer_of_two_values_wins_also_where_the_older_arrives_late(watched):
    watched.at("2027-09-01")
    watched.put("new.csv", hand("2027-08-01", "3.40"))
    watched.run()
    watched.put("late.csv", hand("2027-03-01", "3.48"))
    watched.run()
    assert watched.statuses()["gdp"] == "lagging"
    assert flag(watched).reason.zh.startswith("2026年")


def hand(known_on: str, value: str) -> str:
    return f"indicator,scope,period,value,unit,known_on\n地区生产总值,重庆市,2026,{value},万亿元,{known_on}\n"


def test_a_value_that_is_overdue_has_a_flag_of_its_own(watched):
    watched.at("2027-03-01")
    watched.put("a.txt", report(2026, "3.48", "74"))
    watched.run()
    assert flag(watched, kind=FlagKind.STALE) is None
    watched.at("2028-06-29")
    assert watched.run().stale == 1  # pm25, of which nothing was ever heard
    watched.at("2028-06-30")
    assert watched.run().stale == 2
    assert watched.run().stale == 0
    stale = flag(watched, kind=FlagKind.STALE)
    assert stale.state is FlagState.OPEN
    assert "18个月没有新数据" in stale.reason.zh
    watched.put("b.txt", report(2027, "3.67", "75"))
    watched.run()
    assert flag(watched, kind=FlagKind.STALE).state is FlagState.RESOLVED


def test_a_new_year_is_judged_without_any_document(watched):
    """A value for the last year of the horizon is known before that is over: the end decides."""
    watched.at("2030-12-01")
    watched.put("a.csv", hand("2030-12-01", "4.1").replace("2026,", "2030,"))
    watched.run()
    assert watched.statuses()["gdp"] == "no_data"
    watched.at("2030-12-31")
    assert watched.run().changed == []
    watched.at("2031-01-01")
    assert [(c.target, c.now.value) for c in watched.run().changed] == [("gdp", "missed")]
    before = len(watched.ask(lambda unit: unit.assessments.history("chongqing-15", "gdp")))
    watched.run()
    assert len(watched.ask(lambda unit: unit.assessments.history("chongqing-15", "gdp"))) == before


@pytest.mark.parametrize(
    ("written", "shown"), [("5.3", "5.3"), ("-2", "-2"), ("5~5.5", "5~5.5"), ("2.2:1", "2.2:1")]
)
def test_a_quantity_is_read_as_the_outputs_write_it(written, shown):
    assert quantity(written, "").written == shown
