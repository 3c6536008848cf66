"""Strategies draw what is valid and reach all there is; what they find shrinks to little."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from decimal import Decimal
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

import plantrack as pt
from plantrack import model
from plantrack.model import FigureKind, Flag, FlagState, Goal, Parity, PathShape, PeriodKind, Scope
from plantrack.model.base import Model
from plantrack.read.plandump import dump_plan
from plantrack.read.planfile import parse_plan
from plantrack.testing import assert_consistent, assert_reported, strategies

NOUNS = sorted(set(strategies.__all__) - {"phrases", "decimals"})
QUICK = settings(max_examples=25)
# Deep enough to reach every status, and the same every time; what is found is not shrunk.
SEARCH = settings(
    max_examples=3000,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("name", NOUNS)
@QUICK
@given(data=st.data())
def test_what_is_drawn_passes_its_own_validation(name, data):
    drawn = data.draw(getattr(strategies, name)())
    again = type(drawn).model_validate_json(drawn.model_dump_json())
    assert again == drawn


def strategy_of(noun: type[Model]) -> st.SearchStrategy[Model]:
    """The public strategy for a type: named for it, or `goals` with its kind."""
    if noun in get_args(get_args(Goal)[0]):
        return strategies.goals(kinds=[noun.model_fields["kind"].default])
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", noun.__name__).lower()
    plural = {"series": "series", "metrics": "metrics"}.get(name)
    return getattr(strategies, plural or re.sub(r"y$", "ie", name) + "s")()


TYPES = [
    noun
    for noun in map(vars(model).get, model.__all__)
    if isinstance(noun, type) and issubclass(noun, Model)
]


@pytest.mark.parametrize("noun", TYPES)
@settings(max_examples=3)
@given(data=st.data())
def test_every_type_of_the_model_has_its_strategy(noun, data):
    assert type(data.draw(strategy_of(noun))) is noun


@given(plan=strategies.plans())
def test_plans_do_not_contradict_themselves_and_can_be_written_out(plan):
    assert_consistent(plan)
    same = parse_plan(dump_plan(plan), "plan.yaml")
    assert [t.goal for t in same.targets] == [placed(t, plan.region) for t in plan.targets]
    assert same.period == plan.period


def placed(target: pt.Target, region: Scope | None) -> Goal:
    """A goal as it comes back from a file: a series it names is placed where its target's is."""
    goal = target.goal
    if not isinstance(goal, Parity) or goal.series.scope is not None:
        return goal
    here = goal.series.model_copy(update={"scope": target.series.scope or region})
    return goal.model_copy(update={"series": here})


@given(board=strategies.boards(["default", "opensdg", "eurostat", "un-progress", "sdsn"]))
def test_boards_are_judged(board):
    assert [a.target for a in board.assessments] == list(board.plan.targets)
    for assessment in board.assessments:
        assert assessment.rule.startswith(f"{board.rules}/")
        assert assessment.reason.zh
        assert assessment.reason.en
        over = board.as_of.t >= assessment.target.horizon.t
        assert assessment.metrics.horizon_over == over


def test_every_status_is_reached():
    missing = set(pt.Status)

    def none_is_left(board: pt.Board) -> bool:
        missing.difference_update(a.status for a in board.assessments)
        return not missing

    find(strategies.boards(), none_is_left, settings=SEARCH)
    assert missing == set()


@pytest.mark.parametrize("kind", get_args(get_args(Goal)[0]))
def test_every_goal_is_reached_alone_and_in_a_target(kind):
    assert type(find(strategies.goals(), lambda g: isinstance(g, kind), settings=SEARCH)) is kind
    named = kind.model_fields["kind"].default
    target = find(strategies.targets(kinds=(named,)), lambda t: True, settings=SEARCH)
    assert type(target.goal) is kind


@pytest.mark.parametrize("kind", PeriodKind)
@QUICK
@given(data=st.data())
def test_periods_are_of_the_kinds_and_years_asked_for(kind, data):
    period = data.draw(strategies.periods([kind], first=2020, last=2022))
    assert period.kind is kind
    assert 2020 <= period.first.year <= period.last.year <= 2022
    assert pt.Period.parse(str(period)) == period


@given(data=st.data(), places=st.integers(0, 3))
def test_decimals_keep_to_their_bounds_and_places(data, places):
    low, high = sorted(data.draw(st.lists(st.integers(-300, 300), min_size=2, max_size=2)))
    number = data.draw(strategies.decimals(Decimal(low) / 100, Decimal(high) / 100, places=places))
    assert Decimal(low) / 100 <= number <= Decimal(high) / 100
    assert -number.as_tuple().exponent <= max(2, places)


@given(data=st.data(), length=st.integers(1, 9))
def test_spans_lie_in_their_text(data, length):
    span = data.draw(strategies.spans(length, empty=False))
    assert 0 <= span.start < span.end <= length
    assert data.draw(strategies.spans(length)).end <= length


@given(document=strategies.documents())
def test_documents_fit_together(document):
    text = document.text
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert all(a.end <= b.start for a, b in pairwise(document.sentences))
    for sentence in document.sentences:
        assert sentence.of(text).strip()
        assert document.sentence_at(sentence.start) == sentence
    for table in document.tables:
        assert [cell.span.of(text) for cell in table.cells] == [cell.text for cell in table.cells]
    assert document.sections[0].heading.of(text) == document.title
    assert all(a.span.end <= b.span.start for a, b in pairwise(document.blocks))
    for sentence in document.sentences:
        assert document.block_at(sentence.end - 1).span.start < sentence.end


@given(data=st.data())
def test_figures_stand_where_they_say(data):
    document = data.draw(strategies.documents(min_sentences=1))
    figure = data.draw(strategies.figures(document))
    assert figure.span.of(document.text) == figure.text
    assert figure.sentence.contains(figure.span)
    assert Decimal(figure.text) == figure.quantity.value
    assert figure.doc == document.name


@given(source=strategies.sources())
def test_a_source_with_a_span_quotes_the_number_in_its_sentence(source):
    if source.span is not None:
        start = source.span.start - source.sentence.start
        number = source.quote[start : start + len(source.span)]
        assert Decimal(number) >= 0
        assert len(source.quote) == len(source.sentence)


@given(target=strategies.targets(), data=st.data())
def test_an_observation_of_a_target_reports_on_it(target, data):
    seen = data.draw(strategies.observations(target, first=2026, last=2030))
    if target.goal.kind != "grade":
        assert_reported(target, seen.period, [seen])
    assert seen.quantity.unit == target.unit


@given(flag=strategies.flags())
def test_flags_get_worse_and_have_a_life(flag):
    assert flag.now in pt.Status.failing()
    assert flag.was is None or flag.was.at_least(flag.now)
    moments = [event.at for event in flag.history]
    assert moments == sorted(moments)
    assert flag.history[0].state == "open"
    for before, after in pairwise(event.state for event in flag.history):
        assert (before is FlagState.RESOLVED) == (after is FlagState.REOPENED)


@given(trace=strategies.traces())
def test_traces_are_plantracks_own_reading(trace):
    assert (trace.figure is None) == (trace.refused is not None)
    assert trace.figure is None or trace.figure.text == trace.text
    assert bool(trace.decisions) == (trace.figure is not None)


@pytest.mark.parametrize("shape", PathShape)
def test_paths_of_every_shape_have_their_points_in_order(shape):
    path = find(strategies.path_specs(2021, 2025), lambda p: p.shape is shape)
    moments = [point.period.t for point in path.points]
    assert moments == sorted(set(moments))


@given(row=strategies.indicator_rows())
def test_a_row_has_its_values_or_the_ways_to_read_them(row):
    assert bool(row.values) != bool(row.readings)
    for value in [*row.values, *(value for reading in row.readings for value in reading)]:
        assert len(value.span) == len(value.text)
        assert value.quantity is None or value.quantity.written == value.text


def test_what_is_found_shrinks_to_little():
    number = find(strategies.quantities(), lambda q: q.value is not None and q.value > 5)
    assert (number.value, number.estimated, number.price_basis) == (6, False, None)
    document = find(strategies.documents(), lambda d: bool(d.tables))
    assert len(document.sentences) == 1 + 2
    flag: Flag = find(strategies.flags(), lambda f: True)
    assert len(flag.history) == 1
    assert find(strategies.figures(), lambda f: f.kind is FigureKind.RANK).text == "0"
    assert find(strategies.spans(), lambda s: len(s) > 1) == pt.Span(start=0, end=2)
    assert find(strategies.periods(), lambda p: True) == pt.Period.years(2016)


@pytest.mark.slow
def test_plans_that_are_found_shrink_to_little():
    plan = find(strategies.plans(), lambda p: True)
    assert len(plan.targets) == 1
    assert plan.observations == ()


def test_without_hypothesis_the_extra_is_named():
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from plantrack.errors import MissingExtraError\n"
        "try:\n    import plantrack.testing.strategies\n"
        "except MissingExtraError as error:\n    print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'plantrack[testing]'" in done.stdout
