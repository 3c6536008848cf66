"""Plans with their versions, and goals that people supply."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from store.samples import COUNTY, OTHER, V1, observation, plan, quantity, target

from plantrack.errors import UsageError
from plantrack.model import Comparator, External, Reach
from plantrack.store import KnownAs

GOAL = Reach(quantity=quantity("65", "%", cmp=Comparator.GE), text="65%以上")


def save(store, made, **more):
    with store.begin() as unit:
        return unit.plans.save(made, run=None, **more)


def test_a_plan_comes_back_as_it_was(store):
    saved = save(store, plan(), version=V1, text="规划全文")
    assert (saved.key, saved.number, saved.new) == ("county-14", 1, True)
    with store.view() as unit:
        (kept,) = unit.plans.current()
        assert unit.plans.get("county-14") == kept
    assert kept.plan == plan()
    assert (kept.number, kept.known_from) == (1, date(2021, 3, 1))


def test_the_same_plan_again_is_no_new_version(store):
    save(store, plan())
    again = save(store, plan())
    assert (again.number, again.new) == (1, False)


def test_versions_stand_one_after_the_other_and_by_day(store):
    mid_term = plan(target()).model_copy(update={"published": date(2023, 7, 1)})
    save(store, plan())
    assert save(store, mid_term).number == 2
    with store.view() as unit:
        assert unit.plans.get("county-14").plan == mid_term
        assert [v.plan for v in unit.plans.versions("county-14")] == [plan(), mid_term]
        assert unit.plans.get("county-14", known_on=date(2023, 6, 30)).plan == plan()
        assert unit.plans.get("county-14", known_on=date(2023, 7, 1)).plan == mid_term
        assert unit.plans.current(known_on=date(2020, 1, 1)) == ()


def test_an_id_belongs_to_one_region(store):
    save(store, plan())
    with pytest.raises(UsageError, match="belongs to a plan of 某县 already; this one is of 邻县"):
        save(store, plan(region=OTHER))
    with store.view() as unit:
        assert unit.plans.get("county-14").plan.region == COUNTY


def test_a_goal_that_a_person_supplies_is_used_from_then_on_and_kept_as_history(store, clock):
    save(store, plan())
    with store.begin() as unit:
        before = unit.plans.state()
        unit.plans.resolve("county-14", "trees", GOAL, by="王", note="市里下达", unit="%")
    clock.at += timedelta(days=10)
    with store.begin() as unit:
        assert unit.plans.state() != before
        other = GOAL.model_copy(update={"text": "再调整"})
        unit.plans.resolve("county-14", "trees", other, by="李")
    with store.view() as unit:
        now = unit.plans.get("county-14").plan.target("trees")
        then = unit.plans.get("county-14", known_on=date(2026, 3, 1)).plan.target("trees")
        never = unit.plans.get("county-14", known_on=date(2026, 2, 28)).plan.target("trees")
        first, second = unit.plans.resolutions("county-14", "trees")
        assert unit.plans.resolutions("county-14", "gdp") == ()
        assert isinstance(unit.plans.versions("county-14")[0].plan.targets[1].goal, External)
    assert (now.goal, then.goal, then.unit) == (other, GOAL, "%")
    assert isinstance(never.goal, External)
    assert (first.by, first.note, first.goal, second.by) == ("王", "市里下达", GOAL, "李")


def test_a_goal_for_a_target_that_a_later_version_lacks_is_kept_and_does_no_harm(store):
    save(store, plan())
    with store.begin() as unit:
        unit.plans.resolve("county-14", "trees", GOAL, by="王")
    save(store, plan(target()))
    with store.view() as unit:
        assert unit.plans.get("county-14").plan == plan(target())
        assert len(unit.plans.resolutions()) == 1


def test_the_values_of_a_plan_count_for_it_alone(store):
    save(store, plan())
    with store.view() as unit:
        (kept,) = unit.plans.current()
        assert unit.observations.id_of(kept.plan.observations[0]) is not None
        assert unit.observations.current(["gdp"]) == ()
    with store.begin() as unit:
        unit.observations.add([observation("80", period="2020")], run=None)
        assert unit.observations.current(["gdp"]) == (observation("80", period="2020"),)


def test_the_content_of_a_plan_is_known(store):
    save(store, plan())
    with store.view() as unit:
        known = unit.documents.known(plan().sha256)
    assert (known.state, known.name) == (KnownAs.PLAN, "county-14")


def test_what_is_not_there_is_named_with_what_is(store):
    save(store, plan())
    with store.begin() as unit:
        with pytest.raises(UsageError, match=r"no plan 'x'. Plans here: county-14\."):
            unit.plans.get("x")
        with pytest.raises(UsageError, match="no plan 'x'"):
            unit.plans.versions("x")
        with pytest.raises(UsageError, match=r"no target 'x'. Its targets: gdp, trees\."):
            unit.plans.resolve("county-14", "x", GOAL, by="王")
