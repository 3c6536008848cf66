"""Charts: each from an object and from its frame, with alt text, in the language asked for."""

from __future__ import annotations

import json
import subprocess
import sys

import pandas as pd
import pytest

from plantrack import flow
from plantrack.datafile import seeds_path
from plantrack.errors import UsageError
from plantrack.model import Board, Period, Plan, Quantity, Reach, Series, Status, Text
from plantrack.show import charts
from plantrack.show.courses import course_frame
from plantrack.show.drawing import amount, apart, inert, inert_frame, wrapped
from plantrack.show.frames import to_frame
from plantrack.show.language import using
from plantrack.show.words import LOOKS


@pytest.fixture(scope="module")
def district() -> Board:
    """Jiulongpo's 13th plan at its end."""
    plan = flow.read_plan(seeds_path("plans", "jiulongpo-13.yaml"))
    return flow.assess(
        plan, flow.read_report(seeds_path("reports", "jiulongpo-2020.txt")), as_of=2020
    )


@pytest.fixture(scope="module")
def history(district) -> list[Board]:
    earlier = flow.assess(district.plan, (), as_of=2018)
    return [earlier, district]


def spec(chart) -> dict:
    return json.loads(json.dumps(chart.to_dict()))


def data(chart) -> list[dict]:
    return [row for rows in spec(chart)["datasets"].values() for row in rows]


def texts(node) -> list[str]:
    """Every text in a specification."""
    if isinstance(node, str):
        return [node]
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [text for each in inner for text in texts(each)]


FEW = ["gdp-growth", "investment", "patents"]
MAKERS = {
    "trajectory": (lambda b: charts.trajectory(b["investment"]), lambda b: charts.trajectory(course_frame(b["investment"]))),
    "small_multiples": (lambda b: charts.small_multiples(b, only=FEW), lambda b: charts.small_multiples(course_frame(b[i] for i in FEW))),
    "gap_bars": (charts.gap_bars, lambda b: charts.gap_bars(to_frame(b))),
    "overview of a board": (charts.overview, lambda b: charts.overview(to_frame(b))),
    "overview of a plan": (lambda b: charts.overview(b.plan), lambda b: charts.overview(to_frame(b.plan))),
    "status_strip": (lambda b: charts.status_strip([b]), lambda b: charts.status_strip(to_frame([b]))),
}  # fmt: skip


@pytest.mark.parametrize("name", MAKERS)
def test_an_object_and_its_frame_give_the_same_picture(name, district):
    of_object, of_frame = (make(district) for make in MAKERS[name])
    assert data(of_object) == data(of_frame)
    assert of_object.description == of_frame.description


@pytest.mark.parametrize("name", MAKERS)
def test_alt_text_speaks_the_language_in_force(name, district):
    make = MAKERS[name][0]
    with using("zh"):
        chinese = make(district).description
    with using("en"):
        english = make(district).description
    assert any(sign >= "一" for sign in chinese)
    assert chinese != english
    assert make(district).description == f"{chinese}\n{english}" or name != "trajectory"
    assert len(chinese) > 20


def test_the_alt_text_of_a_trajectory_says_what_and_why(district):
    with using("en"):
        said = charts.trajectory(district["investment"]).description
    assert said.startswith("Course of Investment in fixed assets. ")
    assert district["investment"].reason.en in said


@pytest.mark.parametrize("name", MAKERS)
def test_colours_are_those_of_the_paper(name, district):
    make = MAKERS[name][0]
    assert spec(make(district))["background"] == "#ffffff"


def test_dark_paper_has_the_statuses_dark_colours(district):
    dark = spec(charts.gap_bars(district, theme="dark"))
    assert dark["background"] == "#0d1117"
    said = texts(dark)
    assert LOOKS[Status.MISSED].dark in said
    assert LOOKS[Status.MISSED].web not in said


def test_a_theme_that_is_not_there_is_refused(district):
    with pytest.raises(UsageError, match=r"no theme 'sepia'\. Choose one of light, dark"):
        charts.gap_bars(district, theme="sepia")


def test_a_trajectory_names_its_ends(district):
    with using("zh"):
        shown = [
            row["text"] for row in data(charts.trajectory(district["investment"])) if "text" in row
        ]
    assert "目标 4000亿元" in shown
    assert "3,500" in shown


def test_status_is_told_by_sign_and_word_beside_the_colour(district):
    with using("en"):
        title = spec(charts.trajectory(district["investment"]))["title"]
    assert title["subtitle"] == "✗ missed · Unit 亿元"
    assert title["subtitleColor"] == LOOKS[Status.MISSED].web


def test_a_trajectory_is_of_one_target_that_has_something_to_draw(district):
    with pytest.raises(UsageError, match="shows one target, this frame holds 28"):
        charts.trajectory(course_frame(district))
    nothing = next(a for a in district.assessments if course_frame(a).empty)
    with pytest.raises(UsageError, match="nothing to draw: the target has no goal with a number"):
        charts.trajectory(nothing)


def test_small_multiples_say_how_many_are_left_out(district):
    with using("en"):
        assert spec(charts.small_multiples(district))["title"]["subtitle"] == (
            "28 targets; 2 more have no number to draw"
        )
        some = charts.small_multiples(district, only=["investment", "patents"])
        assert spec(some)["title"]["subtitle"] == "2 targets"
        assert len(spec(some)["concat"]) == 2
    with pytest.raises(UsageError, match="nothing to draw"):
        charts.small_multiples(district, only=[])


def test_gaps_are_listed_worst_first_whichever_way_is_good(district):
    rows = {row["name"]: row for row in data(charts.gap_bars(district)) if "told" in row}
    by_share = sorted(rows.values(), key=lambda row: row["share"])
    assert by_share[0]["told"] == "−50.8亿元"
    for row in rows.values():
        assert row["share"] == pytest.approx(100 * row["gap"] / abs(row["expected"]))
    order = spec(charts.gap_bars(district))["layer"][0]["encoding"]["y"]["sort"]
    assert order == [row["name"] for row in by_share]


def test_the_strip_has_a_cell_for_each_target_and_date(history):
    cells = [row for row in data(charts.status_strip(history)) if "sign" in row]
    assert len(cells) == 2 * len(history[0].assessments)
    assert {row["as_of"] for row in cells} == {"2018", "2020"}
    signs = {row["sign"] for row in cells if row["as_of"] == "2020"}
    assert signs == {LOOKS[s].sign for s in history[1].counts()}


def test_one_board_of_a_history_twice_is_refused(district):
    with pytest.raises(UsageError, match="same plan, date and rules"):
        charts.status_strip([district, district])


def test_the_overview_counts_every_target_once(district):
    counted = [row["n"] for row in data(charts.overview(district)) if "n" in row]
    assert sum(counted) == len(district.assessments)
    by_nature: dict[str, int] = {}
    for row in data(charts.overview(district.plan)):
        by_nature[row["kind"]] = by_nature.get(row["kind"], 0) + row["n"]
    assert sum(by_nature.values()) == len(district.plan.targets)


def test_targets_of_one_name_are_told_apart(district):
    again = district["investment"].target
    twin = again.model_copy(update={"id": "twin", "horizon": Period.years(2016, 2018)})
    board = flow.assess(
        district.plan.model_copy(update={"targets": (again, twin), "observations": ()}),
        district["investment"].observations,
        as_of=2020,
    )
    names = {row["name"] for row in data(charts.status_strip([board]))}
    assert names == {f"{again.series.indicator} Investment in fixed assets · {h}" for h in ("2016/2020", "2016/2018")}  # fmt: skip


@pytest.mark.parametrize(
    ("draw", "wrong"),
    [
        (charts.trajectory, "course_frame"),
        (charts.gap_bars, "to_frame"),
        (charts.status_strip, "to_frame"),
        (charts.overview, "to_frame"),
    ],
)
def test_a_frame_of_something_else_says_how_to_make_one(draw, wrong):
    with pytest.raises(UsageError, match=f"no column .* Make it with {wrong}"):
        draw(pd.DataFrame({"a": [1]}))


def test_nothing_to_draw_is_said(district):
    empty = Plan(id="p", title="p", period=Period.years(2026, 2030))
    with pytest.raises(UsageError, match="nothing to draw"):
        charts.overview(empty)
    with pytest.raises(UsageError, match="nothing to draw: no target has a value"):
        charts.gap_bars(
            flow.assess(district.plan.model_copy(update={"observations": ()}), (), as_of=2016)
        )


HOSTILE = "</script><script>alert(1)</script><!--<img src=x>"


@pytest.mark.parametrize(
    "draw",
    [
        charts.overview,
        charts.gap_bars,
        charts.small_multiples,
        lambda b: charts.trajectory(b["missed"]),
        lambda b: charts.status_strip([b]),
        lambda b: charts.overview(b.plan),
        lambda b: charts.gap_bars(to_frame(b)),
    ],
)
def test_hostile_texts_stay_data_even_in_altair_s_own_page(board, draw):
    bad = tuple(
        a.model_copy(
            update={
                "reason": Text(zh=HOSTILE, en=HOSTILE),
                "target": a.target.model_copy(
                    update={
                        "series": Series(indicator=HOSTILE),
                        "group": HOSTILE,
                        "unit": HOSTILE,
                        "goal": Reach(quantity=Quantity(value=1, unit=HOSTILE), text=HOSTILE),
                    }
                ),
            }
        )
        for a in board.assessments
    )
    plan = board.plan.model_copy(update={"title": HOSTILE, "targets": tuple(a.target for a in bad)})
    chart = draw(board.model_copy(update={"plan": plan, "assessments": bad}))
    page, harmless = chart.to_html(), charts.overview(board).to_html()
    for tag in ("<script", "</script", "<!--", "<img"):
        assert page.count(tag) == harmless.count(tag)
    assert any(HOSTILE in text.replace("\u2060", "") for text in texts(spec(chart)))
    assert "expr" not in json.dumps(spec(chart))  # nothing that Vega would evaluate


def test_what_only_looks_like_a_sign_stays_as_it_is():
    assert inert("PM2.5 < 28, <3件, a<=b") == "PM2.5 < 28, <3件, a<=b"
    frame = pd.DataFrame({"a": ["</b>", None], "b": [1, 2]})
    assert list(inert_frame(frame)["a"][:1]) == ["<\u2060/b>"]
    assert list(frame["a"][:1]) == ["</b>"]


@pytest.mark.parametrize(
    ("places", "moved"),
    [
        ([], []),
        ([5.0], [5.0]),
        ([0.0, 10.0], [0.0, 10.0]),
        ([5.0, 5.0], [4.5, 5.5]),
        ([1.0, 0.0, 0.5], [1.5, -0.5, 0.5]),
    ],
)
def test_labels_keep_apart_and_in_order(places, moved):
    assert apart(places, 1.0) == pytest.approx(moved)


def test_titles_are_broken_where_a_reader_would():
    assert wrapped("人均地区生产总值", 45, 15) == ["人均地", "区生产", "总值"]
    assert wrapped("Gross regional product", 130, 15) == ["Gross regional", "product"]
    assert wrapped("短", 100) == ["短"]


@pytest.mark.parametrize(
    ("value", "text"),
    [(33790.5, "33,790.5"), (5.0, "5"), (2.654, "2.65"), (0.012345, "0.012"), (-0.0, "0")],
)
def test_numbers_are_as_long_as_a_label_needs(value, text):
    assert amount(value) == text


def test_without_the_extra_the_error_names_it(tmp_path):
    code = (
        "import sys\nsys.modules['altair'] = None\n"
        "from plantrack.errors import MissingExtraError\n"
        "from plantrack.show.drawing import altair\n"
        "try:\n    altair()\nexcept MissingExtraError as e:\n    print(e)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    assert "pip install 'plantrack[charts]'" in done.stdout
