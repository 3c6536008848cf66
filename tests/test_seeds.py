"""The seeds: plans as typed data with their exact figures, reports in words of our own."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from plantrack.datafile import parse, read_text, rules_path, seeds_path
from plantrack.model import (
    External,
    Goal,
    Hold,
    Measure,
    Nature,
    Parity,
    Plan,
    Quantity,
    Reach,
    Target,
    Total,
)
from plantrack.read.plandump import dump_plan
from plantrack.read.planfile import load_plan, parse_plan

PLANS = {p.stem: p for p in sorted(seeds_path("plans").glob("*.yaml"))}
REPORTS = {p.stem: p for p in sorted(seeds_path("reports").glob("*.txt"))}
# plan: rows of its table, targets at least, source file
EXPECTED = {
    "chongqing-15": (24, 24 + 60, "004"),
    "chongqing-15-proposal": (0, 4, "000"),
    "chongqing-2025": (0, 60, "001"),
    "jiulongpo-13": (25, 25, "002"),
    "jiulongpo-14": (24, 24 + 10, "002"),
}


@pytest.fixture(scope="module", params=EXPECTED)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def plan(name: str) -> Plan:
    return load_plan(PLANS[name])


def target(plan: str, key: str) -> Target:
    return load_plan(PLANS[plan]).target(key)


def goal_value(goal: Goal) -> tuple[str, str]:
    """A goal's comparator and number as the labels write them."""
    quantity = getattr(goal, "quantity", None)
    if isinstance(quantity, Quantity):
        return quantity.cmp.value, quantity.written
    return "", goal.series.indicator if isinstance(goal, Parity) else goal.text


# Plans --------------------------------------------------------------------------------------


def test_no_seed_is_forgotten() -> None:
    assert set(PLANS) == set(EXPECTED)
    assert set(REPORTS) == {
        "chongqing-2023q1",
        "chongqing-2024",
        "chongqing-2025",
        "jiulongpo-2020",
    }


def test_counts(name: str, plan: Plan) -> None:
    rows, least, _ = EXPECTED[name]
    assert plan.id == name
    assert len(plan.targets) >= least
    printed = {t.source.table_row for t in plan.targets} - {None}
    assert printed == set(range(1, rows + 1))


def test_each_says_where_it_comes_from(plan: Plan) -> None:
    assert plan.title
    assert plan.issuer
    assert re.fullmatch("[0-9a-f]{64}", plan.sha256)
    assert plan.region is not None
    assert plan.region.code is not None
    for t in plan.targets:
        assert t.group
        assert len(t.source.quote) <= 40


def test_the_source_is_the_one_it_names(name: str, plan: Plan, shared: Path) -> None:
    (source,) = (shared / "seeds").glob(f"{EXPECTED[name][2]}_*.txt")
    assert hashlib.sha256(source.read_bytes()).hexdigest() == plan.sha256


def test_goals_stand_in_the_source(name: str, plan: Plan, shared: Path) -> None:
    (source,) = (shared / "seeds").glob(f"{EXPECTED[name][2]}_*.txt")
    text = source.read_text(encoding="utf-8").replace("∶", ":")
    for t in plan.targets:
        for quantity in (getattr(t.goal, "quantity", None), t.baseline and t.baseline.quantity):
            for number in re.findall(r"\d+(?:\.\d+)?", quantity.written if quantity else ""):
                assert re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.]*\d)", text), (
                    t.id,
                    number,
                )


def test_units_go_with_numbers(plan: Plan) -> None:
    for t in plan.targets:
        quantity = getattr(t.goal, "quantity", None)
        if isinstance(t.goal, Total):
            assert t.series.measure is Measure.CUMULATIVE, t.id
        if quantity is not None and quantity.ratio is None:
            assert quantity.unit == t.unit, t.id


def test_dumped_and_read_again(plan: Plan) -> None:
    name = plan.targets[0].source.doc
    assert parse_plan(dump_plan(plan), name) == plan


def test_indicators_are_in_the_lexicon() -> None:
    known = {
        record["id"]
        for path in rules_path("lexicon").glob("*.yaml")
        for record in parse(read_text(path), path.name).value.get("indicators", ())
    }
    plans = [load_plan(path) for path in PLANS.values()]
    for plan in plans:
        for t in plan.targets:
            assert t.series.indicator_id is None or t.series.indicator_id in known, t.id
            if isinstance(t.goal, Parity):
                assert t.goal.series.indicator_id in known, t.id
    linked = [t.series.indicator_id is not None for plan in plans for t in plan.targets]
    assert sum(linked) >= 0.8 * len(linked)


def test_the_table_of_the_fifteenth_plan_is_exact(shared: Path) -> None:
    labels = list(csv.DictReader(read_text(shared / "gold/targets_004.csv").splitlines()))
    rows = [t for t in load_plan(PLANS["chongqing-15"]).targets if t.source.table_row is not None]
    assert len(rows) == len(labels) == 24
    for t, label in zip(rows, labels, strict=True):
        baseline = t.baseline.quantity if t.baseline else None
        cmp, number = goal_value(t.goal)
        assert {
            "row": str(t.source.table_row),
            "indicator": t.series.indicator,
            "unit": t.unit,
            "baseline_period": str(t.baseline.period) if t.baseline else "2025",
            "baseline": baseline.written if baseline else "",
            "baseline_cmp": baseline.cmp.value if baseline else "",
            "baseline_estimated": str(baseline.estimated).lower() if baseline else "",
            "goal_kind": t.goal.kind,
            "goal_cmp": cmp,
            "goal": number,
            "horizon": str(t.horizon),
            "nature": t.nature.value if t.nature else "",
        } == label


def test_the_thirteenth_plan_of_jiulongpo() -> None:
    plan = load_plan(PLANS["jiulongpo-13"])
    results = {o.series.key: o.quantity.written for o in plan.observations}
    assert len(results) == len(plan.observations) == 28
    known = {
        "gdp-growth": ("approx", "10", "6.5"),
        "investment": ("eq", "4000", "3500"),
        "patents": ("eq", "18", "25.8"),
        "income-ratio": ("eq", "1.85:1", "1.92:1"),
        "good-air-share": ("gt", "80", "83.8"),
        "pm25-reduction": ("eq", "10", "43"),
        "nox-reduction": ("eq", "9.4", "31.9"),
        "service-trade": ("eq", "6.5", "14.7"),
        "elderly-beds": ("eq", "35", "32"),
    }
    for key, (cmp, goal, result) in known.items():
        t = plan.target(key)
        assert (*goal_value(t.goal), results[t.series.key]) == (cmp, goal, result)
    assert plan.target("service-trade").parent == "trade-total"
    assert Counter(t.nature for t in plan.targets) == {Nature.EXPECTED: 18, Nature.BINDING: 12}


@pytest.mark.parametrize(
    ("plan", "key", "readings"),
    [
        ("jiulongpo-13", "carbon-intensity-reduction", 2),
        ("jiulongpo-13", "schooling-years", 2),
        ("jiulongpo-14", "schooling-years", 2),
    ],
)
def test_rows_that_cannot_be_told_apart_are_not_filled(plan: str, key: str, readings: int) -> None:
    t = target(plan, key)
    assert isinstance(t.goal, External)
    assert t.baseline is None
    assert len(t.ambiguous) == readings
    others = {x.id for x in load_plan(PLANS[plan]).targets if x.ambiguous}
    assert key in others


def test_goals_of_the_text_have_the_kind_their_words_say() -> None:
    kinds: dict[str, type] = {
        "manufacturing-share": Hold,
        "china-europe-trains": Hold,
        "adult-obesity": Hold,
        "new-urban-jobs": Total,
        "old-estates": Total,
        "retail-sales": Reach,
        "income-national-average": Parity,
    }
    for key, kind in kinds.items():
        assert isinstance(target("chongqing-15", key).goal, kind), key


def test_the_plan_for_2025() -> None:
    known = {
        "gdp-growth": ("approx", "6"),
        "income-growth": ("approx", "6"),
        "rd-intensity": ("eq", "2.7"),
        "urbanisation": ("approx", "73"),
        "unemployment": ("le", "5.5"),
        "energy-intensity": ("le", "-2.5"),
        "accident-deaths": ("le", "0.019"),
        "research-platforms-new": ("range", "1~2"),
    }
    for key, value in known.items():
        assert goal_value(target("chongqing-2025", key).goal) == value
    natures = Counter(t.nature for t in load_plan(PLANS["chongqing-2025"]).targets)
    assert natures[Nature.BINDING] == 8


def test_the_proposals_title_and_text_disagree_and_the_text_counts() -> None:
    plan = load_plan(PLANS["chongqing-15-proposal"])
    assert str(plan.period) == "2026/2030"
    assert "十四" in plan.conflicts[0].found


# Reports ------------------------------------------------------------------------------------


def folded(text: str) -> str:
    """Text without spaces, punctuation made one width."""
    return re.sub(r"\s", "", text).translate(str.maketrans("，；：（）％∶“”", ',;:()%:""'))


@pytest.fixture(scope="module")
def indicator_names() -> tuple[str, ...]:
    """The lexicon's names and the sources' titles, longest first: those may stand in both."""
    names = {
        name
        for path in rules_path("lexicon").glob("*.yaml")
        for record in parse(read_text(path), path.name).value.get("indicators", ())
        for name in (record["zh"], *record.get("aliases", ()))
    }
    titles = {load_plan(path).title for path in PLANS.values()}
    return tuple(sorted((folded(n) for n in names | titles), key=len, reverse=True))


@pytest.mark.parametrize("report", REPORTS)
def test_no_sentence_is_the_sources(
    report: str, indicator_names: tuple[str, ...], shared: Path
) -> None:
    text = folded(REPORTS[report].read_text(encoding="utf-8"))
    # A name becomes one sign of its own, which the sources do not hold: it ends a common piece.
    pieces = re.split("|".join(map(re.escape, indicator_names)), text)
    sources = [folded(p.read_text(encoding="utf-8")) for p in (shared / "seeds").glob("*.txt")]
    assert len(sources) == 5
    length = 20
    windows = {p[i : i + length] for p in pieces for i in range(len(p) - length + 1)}
    assert [w for w in windows if any(w in source for source in sources)] == []


@pytest.mark.parametrize(
    ("report", "source", "numbers"),
    [
        ("chongqing-2023q1", "003", 25),
        ("chongqing-2024", "001", 60),
        ("chongqing-2025", "004", 30),
        ("jiulongpo-2020", "002", 30),
    ],
)
def test_the_figures_of_a_report_stand_in_its_source(
    report: str, source: str, numbers: int, shared: Path
) -> None:
    (path,) = (shared / "seeds").glob(f"{source}_*.txt")
    theirs = set(re.findall(r"\d+(?:\.\d+)?", path.read_text(encoding="utf-8")))
    text = re.sub(r"20\d\d(?=[年—])", "", REPORTS[report].read_text(encoding="utf-8"))
    ours = re.findall(r"\d+(?:\.\d+)?", text)
    assert len(ours) >= numbers
    assert set(ours) - theirs == set()


@pytest.mark.parametrize(
    ("report", "sayings"),
    [
        ("chongqing-2025", ["增长5.3%", "增长4.7%", "预计为2.65%", "73.02%", "2.21∶1", "为31微克"]),
        ("jiulongpo-2020", ["3500亿元", "1244.0亿元", "753.7亿元", "52.2亿元", "25.8件", "1.92:1", "43%"]),
    ],
)  # fmt: skip
def test_the_figures_that_the_demo_needs_are_there(report: str, sayings: list[str]) -> None:
    text = REPORTS[report].read_text(encoding="utf-8")
    assert [s for s in sayings if s not in text] == []


def test_exact_decimals() -> None:
    baseline = target("chongqing-15", "gdp-per-capita").baseline
    assert baseline is not None
    assert baseline.quantity.value == Decimal("10.59")
