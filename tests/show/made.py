"""Any figure, observation, target and board that the model allows, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from plantrack.model import (
    Assessment,
    AverageRate,
    Baseline,
    Board,
    Candidate,
    Comparator,
    Direction,
    External,
    Figure,
    FigureKind,
    Grade,
    Hold,
    Measure,
    Metrics,
    Multiply,
    Nature,
    Observation,
    Parity,
    PathShape,
    PathSpec,
    Period,
    Plan,
    Point,
    Positive,
    Quantity,
    Range,
    Reach,
    Reading,
    Scope,
    Series,
    Source,
    Span,
    Status,
    Target,
    Text,
    Total,
    Vintage,
)

# Also what a spreadsheet, a data frame or JSON could take for something else.
texts = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
    st.sampled_from(
        ["", "nan", "NA", "None", "=1+1", "-3", "5~5.5", "1:2", "真", "\t", "<NA>", "0"]
    ),
)
names = texts.filter(bool)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(
    lambda d: abs(d.adjusted()) < 40 and len(d.as_tuple().digits) < 40
)
years = st.integers(1950, 2100)
periods = st.one_of(
    years.map(Period.years),
    st.tuples(years, st.integers(1, 9)).map(lambda y: Period.years(y[0], y[0] + y[1])),
    st.sampled_from(["2024H1", "2024Q3", "2024-11", "2024-03-05", "2024-01/2024-08"]).map(
        Period.parse
    ),
)
scopes = st.none() | st.builds(Scope, name=texts, code=st.none() | st.just("500000"))
series = st.builds(
    Series,
    indicator=texts,
    indicator_id=st.none() | names,
    measure=st.sampled_from(Measure),
    scope=scopes,
)
spans = st.tuples(st.integers(0, 10**6), st.integers(0, 99)).map(
    lambda s: Span(start=s[0], end=s[0] + s[1])
)
sources = st.builds(
    Source,
    doc=texts,
    span=st.none() | spans,
    sentence=st.none() | spans,
    quote=texts,
    table_row=st.none() | st.integers(1, 99),
)
_flags = {name: st.booleans() for name in ("estimated", "averaged", "summed")}
_more = {"unit": texts, "price_basis": st.none() | years, **_flags}
_one_sided = st.sampled_from([c for c in Comparator if c is not Comparator.RANGE])
scalars = st.builds(Quantity, value=numbers, cmp=_one_sided, **_more)
ratios = st.builds(
    Quantity,
    ratio=st.lists(numbers.filter(bool), min_size=2, max_size=3).map(tuple),
    cmp=_one_sided,
    **_more,
)


@st.composite
def _intervals(draw: st.DrawFn) -> Quantity:
    low, high = sorted((draw(numbers), draw(numbers)))
    more = {name: draw(strategy) for name, strategy in _more.items()}
    return Quantity(low=low, high=high, cmp=Comparator.RANGE, **more)


intervals = _intervals()
quantities = scalars | ratios | intervals
goals = st.one_of(
    st.builds(Reach, quantity=scalars | ratios, text=texts),
    st.builds(Range, quantity=intervals, text=texts),
    *(st.builds(kind, quantity=quantities, text=texts) for kind in (AverageRate, Total, Hold)),
    st.builds(Parity, series=series, cmp=st.sampled_from(Comparator), text=texts),
    st.builds(Positive, text=texts),
    st.builds(
        Multiply, factor=numbers.map(abs).filter(bool), base_year=st.none() | years, text=texts
    ),
    st.builds(Grade, scale=texts, grade=texts, text=texts),
    st.builds(External, authority=texts, provisional=st.none() | quantities, text=texts),
)
baselines = st.none() | st.builds(Baseline, period=periods, quantity=quantities)
_point = st.builds(Point, period=periods, value=numbers)
points = st.lists(_point, max_size=2).map(tuple)
paths = st.none() | st.builds(
    PathSpec,
    shape=st.sampled_from(PathShape),
    points=st.lists(_point, min_size=1, max_size=2).map(tuple),
    midpoint=st.floats(1950, 2100),
    steepness=st.floats(0.1, 9),
)
targets = st.builds(
    Target,
    id=names,
    series=series,
    unit=texts,
    baseline=baselines,
    goal=goals,
    horizon=periods,
    nature=st.none() | st.sampled_from(Nature),
    direction=st.none() | st.sampled_from(Direction),
    path=paths,
    milestones=points,
    tolerance=st.none() | numbers,
    group=texts,
    responsible=texts,
    notes=st.lists(texts, max_size=2).map(tuple),
    source=sources,
    ambiguous=st.lists(
        st.builds(Reading, says=texts, baseline=baselines, goal=st.none() | goals), max_size=2
    ).map(tuple),
)
observations = st.builds(
    Observation,
    series=series,
    period=periods,
    quantity=quantities,
    vintage=st.sampled_from(Vintage),
    known_on=st.none() | st.dates(),
    source=sources,
)
figures = st.builds(
    Figure,
    doc=texts,
    span=spans,
    text=texts,
    kind=st.sampled_from(FigureKind),
    indicator=texts,
    indicator_id=st.none() | names,
    candidates=st.lists(
        st.builds(Candidate, indicator_id=names, score=st.floats(0, 1)), max_size=2
    ).map(tuple),
    measure=st.sampled_from(Measure),
    quantity=quantities,
    period=st.none() | periods,
    scope=scopes,
    sentence=spans,
    table_row=st.none() | st.integers(1, 99),
    confidence=st.floats(0, 1),
)
_floats = st.none() | st.floats(allow_nan=False)
_amounts = st.none() | numbers
metrics = st.builds(
    Metrics,
    **dict.fromkeys(
        (
            "value",
            "expected",
            "gap",
            "goal_distance",
            "projected",
            "projected_low",
            "projected_high",
        ),
        _amounts,
    ),
    **dict.fromkeys(
        ("lead", "progress", "time_share", "attainment", "pace", "ratio", "trend", "age"), _floats
    ),
    required_rate=_floats,
    required_unit=texts,
    goal_met=st.none() | st.booleans(),
    horizon_over=st.booleans(),
)
assessments = st.builds(
    Assessment,
    target=targets,
    status=st.sampled_from(Status),
    label=texts,
    rule=texts,
    reason=st.builds(Text, zh=texts, en=texts),
    metrics=metrics,
    observed=st.none() | observations,
    observations=st.lists(observations, max_size=2).map(tuple),
    flags=st.lists(names, max_size=2).map(tuple),
)


@st.composite
def _boards(draw: st.DrawFn) -> Board:
    judged = draw(st.lists(assessments, max_size=3, unique_by=lambda a: a.target.id))
    stated = draw(st.booleans())
    plan = Plan(
        id=draw(texts),
        title=draw(texts),
        number=draw(texts),
        published=draw(st.none() | st.dates()),
        region=draw(scopes),
        period=draw(periods),
        targets=tuple(a.target for a in judged) if stated else (),
        observations=tuple(draw(st.lists(observations, max_size=1))),
    )
    return Board(plan=plan, as_of=draw(periods), rules=draw(names), assessments=tuple(judged))


boards = _boards()
