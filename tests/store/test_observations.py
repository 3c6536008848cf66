"""Vintages: which value counts, now and as known on an earlier day, exactly as written."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Select, select
from store.samples import COUNTY, GDP, OTHER, TREES, V1, V2, document, observation

from plantrack.model import (
    Comparator,
    Measure,
    Observation,
    Period,
    Quantity,
    Scope,
    Series,
    Source,
    Vintage,
)
from plantrack.store import Store
from plantrack.store.tables import AssessmentRow, ObservationRow, table
from plantrack.store.vintages import _slot, counts


def add(store: Store, *observations: Observation) -> tuple[int, ...]:
    with store.begin() as unit:
        return unit.observations.add(observations, run=None)


def current(store: Store, *names: str, **filters: object) -> tuple[Observation, ...]:
    with store.view() as unit:
        return unit.observations.current(names, **filters)


def test_a_restated_value_counts_and_the_one_it_replaced_comes_before_it(store):
    first, second = observation("100", known_on=date(2025, 1, 20)), observation("104.5")
    second = second.model_copy(update={"known_on": date(2025, 6, 1), "vintage": Vintage.REVISED})
    add(store, first)
    add(store, second)
    assert current(store, "gdp") == (first, second)


def test_as_known_on_an_earlier_day(store):
    first = observation("100", known_on=date(2025, 1, 20))
    second = observation("104.5", known_on=date(2025, 6, 1))
    add(store, first, second)
    assert current(store, "gdp", known_on=date(2025, 1, 19)) == ()
    assert current(store, "gdp", known_on=date(2025, 1, 20)) == (first,)
    assert current(store, "gdp", known_on=date(2025, 5, 31)) == (first,)
    assert current(store, "gdp", known_on=date(2025, 6, 1)) == (first, second)


def test_without_a_day_of_its_own_a_value_is_known_from_the_day_it_was_stored(store, clock):
    undated = observation(known_on=None)
    add(store, undated)
    assert current(store, "gdp", known_on=clock.at.date()) == (undated,)
    assert current(store, "gdp", known_on=clock.at.date() - timedelta(days=1)) == ()


def test_a_document_that_arrives_late_does_not_win(store):
    newer = observation("104.5", known_on=date(2025, 6, 1))
    older = observation("100", known_on=date(2025, 1, 20))
    add(store, newer)
    add(store, older)
    assert set(current(store, "gdp")) == {newer, older}
    assert current(store, "gdp", known_on=date(2025, 5, 31)) == (older,)


def test_on_one_day_the_more_final_value_counts_then_the_later_stored(store):
    day = date(2025, 1, 20)
    values = [
        observation("3", known_on=day, vintage=Vintage.REVISED),
        observation("1", known_on=day, vintage=Vintage.ESTIMATED),
        observation("2", known_on=day, vintage=Vintage.PRELIMINARY),
    ]
    for one in values:
        add(store, one)
    with store.view() as unit:
        vintages = unit.observations.vintages(GDP, Period.parse("2024"))
    assert [v.observation.quantity.written for v in vintages] == ["1", "2", "3"]
    assert [v.superseded_on for v in vintages] == [day, day, None]


def test_the_same_amount_again_replaces_nothing_but_counts(store):
    first = observation("100", known_on=date(2025, 1, 1))
    again = observation("100.0", known_on=date(2025, 2, 1))
    add(store, first, again)
    assert current(store, "gdp") == (again,)


def test_other_units_and_forms_stand_beside_each_other(store):
    values = (
        observation("100", unit="亿元"),
        observation("14", unit="亿美元"),
        observation().model_copy(
            update={
                "quantity": Quantity(
                    low=Decimal(99), high=Decimal(101), unit="亿元", cmp=Comparator.RANGE
                )
            }
        ),
    )
    add(store, *values)
    assert current(store, "gdp") == values


def test_series_are_found_by_id_by_phrase_and_by_scope(store):
    elsewhere = observation(series=GDP.model_copy(update={"scope": OTHER}))
    nowhere = observation(series=GDP.model_copy(update={"scope": None}))
    unnamed = observation(series=Series(indicator="地区 生产总值", scope=Scope(name="某县")))
    trees = observation("60", series=TREES, unit="%")
    add(store, observation(), elsewhere, nowhere, unnamed, trees)
    assert current(store, "gdp") == (observation(), elsewhere, nowhere)
    assert current(store, "地区生产总值") == (observation(), elsewhere, nowhere, unnamed)
    assert current(store, "gdp", scopes=[COUNTY]) == (observation(), nowhere)
    assert current(store, "地区生产总值", scopes=[COUNTY]) == (observation(), nowhere, unnamed)
    assert current(store, "gdp", scopes=[None]) == (nowhere,)
    assert current(store, "森林覆盖率") == (trees,)
    assert current(store) == ()


def test_many_names_and_scopes_are_no_obstacle(store):
    scopes = [Scope(name=f"县{i}", code=f"{i:06d}") for i in range(1200)]
    values = [observation(series=GDP.model_copy(update={"scope": scope})) for scope in scopes]
    add(store, *values)
    names = ["gdp", *(f"指标{i}" for i in range(1200))]
    assert current(store, *names, scopes=scopes) == tuple(values)


def test_a_value_that_is_retired_gives_way_to_the_one_before(store):
    first = observation("100", known_on=date(2025, 1, 20))
    (_, second) = add(store, first, observation("999", known_on=date(2025, 6, 1)))
    with store.begin() as unit:
        unit.observations.retire([second])
    assert current(store, "gdp") == (first,)


def test_two_documents_read_again_leave_one_vintage_each(store):
    for number, value in ((1, "100"), (2, "110")):
        seen = observation(value, known_on=date(2025, number, 1))
        for version in (V1, V2):
            with store.begin() as unit:
                unit.documents.add(document(number), [], [seen], version=version, run=None)
    with store.view() as unit:
        vintages = unit.observations.vintages(GDP, Period.parse("2024"))
    assert [(v.observation.quantity.written, v.retired) for v in vintages] == [
        ("100", True),
        ("110", True),
        ("100", False),
        ("110", False),
    ]
    counting = [v.id for v in vintages if v.superseded_on is None and not v.retired]
    assert counting == [vintages[-1].id]


def test_a_unit_knows_which_row_an_observation_is(store):
    (number,) = add(store, observation())
    with store.view() as unit:
        (one,) = unit.observations.current(["gdp"])
        assert unit.observations.id_of(one) == number
        assert unit.observations.id_of(observation()) == number
        assert unit.observations.id_of(observation("7")) is None


decimals = st.decimals(allow_nan=False, allow_infinity=False) | st.from_regex(
    r"-?[0-9]{1,40}\.[0-9]{1,40}", fullmatch=True
).map(Decimal)
units = st.sampled_from(["", "亿元", "%", "个百分点"])
quantities = st.one_of(
    st.builds(
        Quantity,
        value=decimals,
        unit=units,
        cmp=st.sampled_from([c for c in Comparator if c is not Comparator.RANGE]),
        estimated=st.booleans(),
        averaged=st.booleans(),
        summed=st.booleans(),
        price_basis=st.none() | st.integers(1950, 2100),
    ),
    st.tuples(decimals, decimals).map(
        lambda ends: Quantity(low=min(ends), high=max(ends), cmp=Comparator.RANGE)
    ),
    st.lists(decimals, min_size=2, max_size=4).map(lambda parts: Quantity(ratio=tuple(parts))),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(quantities, min_size=1, max_size=5))
def test_numbers_come_back_digit_for_digit(store, values):
    given_ = [observation().model_copy(update={"quantity": one}) for one in values]
    numbers = add(store, *given_)
    with store.view() as unit:
        back = unit.observations.by_id(numbers)
    for number, one in zip(numbers, given_, strict=True):
        assert back[number] == one
        # equal decimals may differ in digits: 5.3 and 5.30
        assert str(back[number].quantity) == str(one.quantity)


days = st.integers(0, 6).map(lambda n: date(2025, 1, 1) + timedelta(days=n))
restated = st.builds(
    lambda value, day, vintage, period: observation(
        value, known_on=day, vintage=vintage, period=period
    ),
    st.sampled_from(["1", "2", "2.0", "3"]),
    days,
    st.sampled_from(list(Vintage)),
    st.sampled_from(["2023", "2024"]),
)


def expected(stored: list[Observation], known_on: date | None) -> list[Observation]:
    """What counts, worked out from the whole history: in each period the last by day, finality
    and storing, and the last before it that has another amount."""
    finality = list(Vintage).index
    known = [i for i, o in enumerate(stored) if known_on is None or o.known_on <= known_on]
    known.sort(key=lambda i: (stored[i].known_on, finality(stored[i].vintage), i))
    found = []
    for period in {o.period for o in stored}:
        mine = [i for i in known if stored[i].period == period]
        last = stored[mine[-1]].quantity.value if mine else None
        others = [i for i in mine if stored[i].quantity.value != last]
        found += mine[-1:] + others[-1:]
    return [stored[i] for i in sorted(found)]


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(restated, max_size=4), max_size=5), day=days, retire=st.booleans())
def test_whatever_the_order_of_arrival_the_same_values_count(store, batches, day, retire):
    place = Scope(name=uuid4().hex)  # every example in a place of its own
    stored: list[Observation] = []
    numbers: list[int] = []
    for batch in batches:
        here = [
            o.model_copy(
                update={
                    "series": GDP.model_copy(update={"scope": place}),
                    "source": Source(doc=f"{len(stored) + i}.txt"),
                }
            )
            for i, o in enumerate(batch)
        ]
        numbers += add(store, *here)
        stored += here
    if retire:
        with store.begin() as unit:
            unit.observations.retire(numbers[::3])
        stored = [o for i, o in enumerate(stored) if i % 3]
    assert list(current(store, "gdp", scopes=[place])) == expected(stored, None)
    assert list(current(store, "gdp", scopes=[place], known_on=day)) == expected(stored, day)


def test_what_counts_is_found_for_the_series_and_periods_of_others_in_any_writing(store):
    other = GDP.model_copy(update={"indicator": "生产总值"})  # the same indicator, and another row
    add(store, observation("100", doc="a.txt"), observation("2E+3", period="2023"))
    add(store, observation("104", doc="b.txt", series=other, vintage=Vintage.REVISED))
    asked = observation("7"), observation("7", period="2022"), observation("7", series=TREES)
    with store.view() as unit:
        found = unit.observations.counting(asked)
        earlier = unit.observations.counting([observation("7", period="2023")])
    assert found == {(GDP.key, "2024"): ("104", "亿元", Vintage.REVISED, "b.txt")}
    assert earlier[GDP.key, "2023"].written == observation("2E+3").quantity.written == "2000"


def test_measures_of_one_name_come_together(store):
    growth = observation("5.3", series=GDP.model_copy(update={"measure": Measure.GROWTH}), unit="%")
    add(store, observation(), growth)
    assert current(store, "gdp") == (observation(), growth)
    with store.view() as unit:
        (only,) = unit.observations.vintages(growth.series, growth.period)
    assert only.observation == growth


def test_an_observation_that_never_was_kept_has_no_vintages(store):
    with store.view() as unit:
        assert unit.observations.vintages(GDP, Period.parse("2024")) == ()
    with pytest.raises(ValueError, match="is no period"):
        Period.parse("24")


@pytest.mark.parametrize("seed", range(3))
def test_rows_put_between_their_neighbours_stand_as_in_a_slot_sorted_anew(store, seed):
    dice = random.Random(seed)
    with store.begin() as unit:
        for _ in range(12):
            unit.observations.add(
                [
                    observation(
                        dice.choice(["105.30", "105.3", "106", "107"]),
                        known_on=date(2025, 1, dice.randint(1, 3)),
                        vintage=dice.choice(list(Vintage)),
                    )
                    for _ in range(dice.randint(1, 3))
                ],
                reading=None,
                run=None,
            )
        vintages, written = unit.observations._vintages, []
        vintages._write = written.extend
        slots = {_slot(row._mapping) for row in vintages._slots({(1, "2024")})}
        assert len(slots) == 1
        vintages.sort(slots)
    assert written == []


def test_the_vintages_stand_in_the_order_of_the_alphabet_by_which_an_index_keeps_them():
    assert [vintage.value for vintage in Vintage] == sorted(vintage.value for vintage in Vintage)


def plan_of(store: Store, statement: Select[Any]) -> str:
    """How SQLite goes about a statement."""
    with store._database.reading() as connection:
        sql = str(statement.compile(connection, compile_kwargs={"literal_binds": True}))
        return " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}"))


def test_what_is_asked_for_each_document_is_found_by_an_index_that_leaves_out_what_counts_no_longer(
    tmp_path, clock
):
    """SQLite takes such an index only for a question with the same words: here it must."""
    one, judged = table(ObservationRow), table(AssessmentRow)
    winners = select(one.c.id).where(
        *counts(None), one.c.plan_version_id.is_(None), one.c.series_id.in_([1, 2])
    )
    last = select(judged.c.id).where(
        judged.c.plan_id == 1, judged.c.target_id.in_(["a"]), judged.c.current
    )
    with Store.open(tmp_path / "plantrack.db", now=clock) as store:
        assert "ix_observation_winner" in plan_of(store, winners)
        assert "ix_observation_winner" in plan_of(store, winners.where(one.c.period.in_(["2024"])))
        assert "ux_assessment_current" in plan_of(store, last)
