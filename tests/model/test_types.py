"""What all model types share: frozen, closed, JSON without loss."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
from pydantic import TypeAdapter, ValidationError

import plantrack.model as model
from plantrack.errors import UsageError
from plantrack.model import (
    Aspect,
    Assessment,
    AverageRate,
    Baseline,
    Block,
    BlockKind,
    Board,
    Candidate,
    Cell,
    ColumnRole,
    Comparator,
    Conflict,
    Decision,
    Dimension,
    Direction,
    Document,
    DocumentKind,
    External,
    Figure,
    FigureKind,
    Flag,
    FlagEvent,
    FlagState,
    Goal,
    Grade,
    Ground,
    Hold,
    Indicator,
    IndicatorRow,
    Measure,
    Metrics,
    Multiply,
    Nature,
    Observation,
    Outlook,
    Parity,
    PathShape,
    PathSpec,
    Period,
    Place,
    Plan,
    Point,
    Positive,
    Quantity,
    Range,
    Reach,
    Reading,
    Refusal,
    RowValue,
    Scope,
    Section,
    SectionKind,
    Series,
    Source,
    Span,
    Status,
    Table,
    Target,
    Text,
    Total,
    Trace,
    Vintage,
    Way,
)
from plantrack.model.base import Model

YEAR = Period.years(2025)
SPAN = Span(start=0, end=3)
REGION = Scope(name="重庆市", code="500000")
SERIES = Series(indicator="地区生产总值", indicator_id="gdp", measure=Measure.GROWTH, scope=REGION)
FIVE = Quantity(value=D("5.30"), unit="%", estimated=True, price_basis=2020)
INTERVAL = Quantity(low=D(5), high=D("5.5"), unit="%", cmp=Comparator.RANGE, averaged=True)
RATIO = Quantity(ratio=(D("2.10"), D(1)), cmp=Comparator.APPROX)
SOURCE = Source(
    doc="004.txt", span=SPAN, sentence=Span(start=0, end=9), quote="增长5.3%", table_row=1
)
GOALS: list[Goal] = [
    Reach(quantity=RATIO, text="2.1∶1左右"),
    Range(quantity=INTERVAL),
    AverageRate(quantity=INTERVAL, text="5—5.5*"),
    Total(quantity=FIVE),
    Hold(quantity=FIVE),
    Parity(series=SERIES, cmp=Comparator.GE),
    Positive(text="正增长"),
    Multiply(factor=2.0, base_year=2020),
    Grade(scale="water", grade="Ⅱ类"),
    External(authority="国家", provisional=FIVE, text="达到国家考核目标"),
]
TARGET = Target(
    id="gdp",
    series=SERIES,
    unit="%",
    baseline=Baseline(period=YEAR, quantity=FIVE),
    goal=GOALS[2],
    horizon=Period.years(2026, 2030),
    nature=Nature.EXPECTED,
    direction=Direction.UP,
    path=PathSpec(shape=PathShape.LOGISTIC, midpoint=2027.5, steepness=0.8),
    milestones=(Point(period=Period.years(2027), value=D("4.0")),),
    tolerance=D("0.05"),
    source=SOURCE,
    ambiguous=(Reading(says="a", goal=GOALS[0]),),
)
OBSERVATION = Observation(
    series=SERIES,
    period=Period.parse("2023Q1"),
    quantity=FIVE,
    vintage=Vintage.PRELIMINARY,
    known_on=date(2023, 4, 20),
    source=SOURCE,
)
PLAN = Plan(
    id="p",
    title="t",
    published=date(2026, 2, 12),
    region=REGION,
    period=Period.years(2026, 2030),
    targets=(TARGET, TARGET.model_copy(update={"id": "part", "parent": "gdp"})),
    observations=(OBSERVATION,),
    conflicts=(Conflict(about="period", found="十四五", used="十五五", span=SPAN),),
)
TEXT = Text(zh="完成", en="done")
ASSESSMENT = Assessment(
    target=TARGET,
    status=Status.ON_TRACK,
    rule="default/on_track",
    reason=TEXT,
    metrics=Metrics(value=D("5.30"), progress=0.1, goal_met=False),
    observed=OBSERVATION,
    observations=(OBSERVATION,),
    flags=("estimated",),
)
CELL = Cell(text="a", span=SPAN, row=0, column=1)
VALUE = RowValue(
    role=ColumnRole.GOAL, period=YEAR, text="5*", span=SPAN, quantity=FIVE, marks=("*",)
)
SAMPLES: list[Model] = [
    *GOALS,
    TARGET,
    PLAN,
    Indicator(
        id="gdp",
        zh="地区生产总值",
        en="GDP",
        dimension=Dimension.MONEY,
        direction=Direction.UP,
        path=PathShape.GEOMETRIC,
    ),
    Document(
        name="a.txt",
        text="甲乙。\r\n",
        sha256="0",
        kind=DocumentKind.REPORT,
        published=date(2025, 1, 19),
        planned=YEAR,
        sections=(
            Section(
                kind=SectionKind.PART, title="一", heading=SPAN, span=SPAN, outlook=Outlook.PLAN
            ),
        ),
        tables=(Table(title="表", span=SPAN, cells=(CELL,), notes=(CELL,)),),
        sentences=(SPAN,),
        layout=(
            Block(kind=BlockKind.PARAGRAPH, span=SPAN, place=Place(page=12, element="body/p[3]")),
        ),
    ),
    Figure(
        doc="a.txt",
        span=SPAN,
        text="5.3",
        kind=FigureKind.ACTUAL,
        indicator="增长",
        candidates=(Candidate(indicator_id="gdp", score=0.5),),
        measure=Measure.GROWTH,
        quantity=FIVE,
        period=None,
        sentence=SPAN,
    ),
    Trace(
        doc="a.txt",
        span=SPAN,
        text="5",
        refused=Refusal.TIME,
        way=Way.ROW,
        decisions=(Decision(aspect=Aspect.KIND, result="actual", ground=Ground.NOW),),
    ),
    IndicatorRow(
        table="表",
        number=1,
        indicator="x",
        values=(VALUE,),
        readings=((VALUE,),),
        nature=Nature.BINDING,
        horizon=YEAR,
        span=SPAN,
    ),
    Board(plan=PLAN, as_of=YEAR, rules="default", assessments=(ASSESSMENT,)),
    Flag(
        target_id="gdp",
        was=Status.ON_TRACK,
        now=Status.LAGGING,
        as_of=YEAR,
        reason=TEXT,
        history=(FlagEvent(at=datetime(2026, 1, 1, 8, tzinfo=UTC), state=FlagState.OPEN, by="a"),),
    ),
]
NAMES = [type(sample).__name__ for sample in SAMPLES]


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_json_round_trip(sample: Model) -> None:
    back = type(sample).model_validate_json(sample.model_dump_json())
    assert back == sample
    assert back.model_dump_json() == sample.model_dump_json()
    assert type(sample).model_validate(sample.model_dump()) == sample


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_frozen_and_hashable(sample: Model) -> None:
    name = next(iter(type(sample).model_fields))
    with pytest.raises(ValidationError, match="frozen"):
        setattr(sample, name, None)
    assert hash(sample) == hash(sample.model_copy())


@pytest.mark.parametrize("sample", SAMPLES, ids=NAMES)
def test_closed(sample: Model) -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        type(sample).model_validate({**sample.model_dump(), "unknown_key": 1})


@pytest.mark.parametrize("name", [n for n in model.__all__ if n != "Goal"])
def test_every_type_has_a_docstring_and_a_sample_or_is_part_of_one(name: str) -> None:
    kind = getattr(model, name)
    assert kind.__doc__
    if issubclass(kind, Model) and kind is not Period:
        assert any(f"{name}(" in repr(sample) for sample in SAMPLES)


@pytest.mark.parametrize("goal", GOALS, ids=[g.kind for g in GOALS])
def test_goals_are_told_apart_by_their_kind(goal: Goal) -> None:
    read = TypeAdapter(Goal).validate_python
    assert type(read(goal.model_dump())) is type(goal)
    with pytest.raises(ValidationError):
        read({**goal.model_dump(), "kind": "unheard"})


def test_goals_refuse_the_wrong_form() -> None:
    with pytest.raises(ValidationError, match="'range', not 'reach'"):
        Reach(quantity=INTERVAL)
    with pytest.raises(ValidationError, match="needs low and high"):
        Range(quantity=FIVE)
    with pytest.raises(ValidationError, match="greater than 0"):
        Multiply(factor=0)


def test_paths_are_complete() -> None:
    with pytest.raises(ValidationError, match="needs points"):
        PathSpec(shape=PathShape.TABLE)
    with pytest.raises(ValidationError, match="midpoint and a steepness"):
        PathSpec(shape=PathShape.LOGISTIC, midpoint=2027)


def test_series_key() -> None:
    assert SERIES.key == ("gdp", Measure.GROWTH, "500000")
    assert Series(indicator="x", scope=Scope(name="渝东北")).key == ("x", Measure.LEVEL, "渝东北")
    assert Series(indicator="x").key == ("x", Measure.LEVEL, "")


def test_plans_refuse_doubled_ids_and_orphans() -> None:
    with pytest.raises(ValidationError, match="found twice: gdp"):
        Plan(id="p", title="t", period=YEAR, targets=(TARGET, TARGET))
    orphan = TARGET.model_copy(update={"parent": "nobody"})
    with pytest.raises(ValidationError, match="no such parent target for: gdp"):
        Plan(id="p", title="t", period=YEAR, targets=(orphan,))


def test_a_plan_finds_and_resolves_targets() -> None:
    assert PLAN.target("gdp") is TARGET
    with pytest.raises(UsageError, match="Its targets: gdp, part"):
        PLAN.target("gpd")
    resolved = PLAN.resolve("gdp", GOALS[3], unit="亿元")
    assert resolved.target("gdp").goal == GOALS[3]
    assert resolved.target("gdp").unit == "亿元"
    assert resolved.target("gdp").ambiguous == ()
    assert resolved.target("part") is PLAN.target("part")
    assert PLAN.target("gdp").goal == GOALS[2]
    assert PLAN.resolve("gdp", GOALS[3]).target("gdp").unit == "%"


def test_a_board_counts_and_finds() -> None:
    board = Board(plan=PLAN, as_of=YEAR, rules="default", assessments=(ASSESSMENT,))
    assert board.counts() == {Status.ON_TRACK: 1}
    assert board["gdp"] is ASSESSMENT
    with pytest.raises(KeyError):
        board["part"]


def test_statuses_have_words_in_both_languages() -> None:
    assert len({status.zh for status in Status}) == len(Status)
    assert Status.ON_TRACK.en == "on track"


def test_a_flag_has_the_state_of_its_last_event() -> None:
    flag = SAMPLES[-1]
    assert isinstance(flag, Flag)
    closed = FlagEvent(at=datetime(2026, 2, 1, tzinfo=UTC), state=FlagState.RESOLVED)
    assert flag.state is FlagState.OPEN
    assert flag.model_copy(update={"history": (*flag.history, closed)}).state is FlagState.RESOLVED


def test_a_document_knows_sentences_and_sections() -> None:
    first, second = Span(start=0, end=3), Span(start=5, end=8)
    outer = Section(
        kind=SectionKind.PART,
        title="a",
        heading=SPAN,
        span=Span(start=0, end=9),
        outlook=Outlook.REVIEW,
    )
    inner = Section(kind=SectionKind.ITEM, title="b", heading=SPAN, span=second)
    document = Document(
        name="a", text="012345678", sha256="", sentences=(first, second), sections=(outer, inner)
    )
    assert document.sentence_at(0) == first
    assert document.sentence_at(3) is None
    assert document.sentence_at(5) == second
    assert document.sentence_at(8) is None
    assert document.sections_at(6) == (outer, inner)
    assert document.outlook_at(6) is Outlook.REVIEW
    assert document.outlook_at(9) is Outlook.NEUTRAL


def test_statuses_are_ordered_from_best_to_worst_and_the_unjudged_have_no_place():
    order = ["achieved", "ahead", "on_track", "lagging", "off_track", "missed"]
    judged = [status for status in Status if status.judged]
    assert judged == order
    for i, one in enumerate(judged):
        assert [one.at_least(other) for other in judged] == [i <= j for j in range(len(order))]
        for nothing in (Status.NO_DATA, Status.UNRESOLVED):
            with pytest.raises(ValueError, match="no order"):
                one.at_least(nothing)
            with pytest.raises(ValueError, match="no order"):
                nothing.at_least(one)
    assert Status.failing() == (Status.LAGGING, Status.OFF_TRACK, Status.MISSED)
