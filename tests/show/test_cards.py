"""Plans, targets, assessments and documents in a notebook: whole, escaped, in the language asked for."""

from __future__ import annotations

import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from plantrack.model import (
    Baseline,
    Conflict,
    Document,
    Metrics,
    Period,
    Plan,
    Point,
    Section,
    SectionKind,
    Source,
    Span,
    Status,
)
from plantrack.show.board import html_table
from plantrack.show.cards import (
    assessment_html,
    assessment_line,
    document_heading,
    document_html,
    plan_counts,
    plan_html,
    target_html,
    target_line,
)
from plantrack.show.language import using
from plantrack.show.markup import Cell, table

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


class Shape(HTMLParser):
    """Elements, attributes and texts; elements have to close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def document() -> Document:
    return Document(
        name="dir/report.txt",
        text="重" * 12_345,
        sha256="0" * 64,
        title="报告",
        issuer="统计局",
        reviewed=Period.years(2025),
        sections=tuple(
            Section(
                kind=SectionKind.CHAPTER,
                title=f"第{i}章",
                heading=Span(start=i, end=i + 1),
                span=Span(start=i, end=i + 1),
            )
            for i in range(70)
        ),
        conflicts=(Conflict(about="year", found="2024", used="2025"),),
    )


def test_a_plan_is_a_table_of_its_targets_with_their_natures_counted(full_target, bare_target):
    plan = Plan(
        id="p",
        title="规划",
        issuer="某市",
        period=Period.years(2026, 2030),
        targets=(full_target, bare_target),
    )
    shape = Shape(plan_html(plan))
    assert shape.tags.count("tr") == 3
    for said in ("规划 · 2026/2030", "某市", "gdp-growth", "5.3% (2025 预计 est.)", "经济发展"):
        assert said in shape.text
    assert "有歧义 ambiguous" in shape.text
    with using("en"):
        assert plan_counts(plan) == "Targets 2: expected 1 · unstated 1"


def test_a_target_shows_all_that_is_known_of_it(full_target, bare_target):
    known = full_target.model_copy(
        update={
            "milestones": (Point(period=Period.years(2027), value=5),),
            "responsible": "发展改革委",
            "notes": ("年均", "可比价"),
            "source": Source(doc="plan.txt", quote="增长5—5.5"),
        }
    )
    text = Shape(target_html(known)).text
    for said in ("年均 avg 5~5.5%", "5% (2027)", "发展改革委", "可比价", "增长5—5.5", "重庆市"):
        assert said in text
    assert "first is the goal" in Shape(target_html(bare_target)).text
    with using("en"):
        assert target_line(known) == "Gross regional product: avg 5~5.5% (2026/2030)"


def test_an_assessment_shows_reason_rule_metrics_and_every_value_with_its_place(board):
    judged = board["missed"]
    judged = judged.model_copy(update={"observations": (judged.observed,)})
    text = Shape(assessment_html(judged)).text
    for said in ("✗ 未完成 missed", "default/missed", "2.7%", "-0.05个百分点", "50%", "+5.91%"):
        assert said in text
    assert text.count("report.txt:120-124 「达到2.65%」") == 2
    assert assessment_line(judged).startswith("✗ 未完成 missed · ")


def test_an_assessment_of_which_nothing_is_known_is_shown_all_the_same(board):
    bare = board["no_data"].model_copy(update={"metrics": Metrics(), "flags": ()})
    shape = Shape(assessment_html(bare))
    assert "– 暂无数据 no data" in shape.text
    assert "details" not in shape.tags


def test_a_document_shows_what_was_understood_of_it(document):
    shape = Shape(document_html(document))
    for said in ("报告 · other", "统计局", "2025", "12,345", "2024 → 2025", "… 另有 more 10"):
        assert said in shape.text
    assert shape.tags.count("li") == 61
    untitled = document.model_copy(update={"title": ""})
    assert document_heading(untitled) == "dir/report.txt · other"


def test_whatever_strangers_wrote_is_text(board, full_target, document, observation):
    bad_source = Source(doc=HOSTILE, quote=HOSTILE)
    bad = full_target.model_copy(
        update={
            "id": HOSTILE,
            "series": full_target.series.model_copy(
                update={"indicator": HOSTILE, "indicator_id": None}
            ),
            "group": HOSTILE,
            "responsible": HOSTILE,
            "notes": (HOSTILE,),
            "unit": HOSTILE,
            "source": bad_source,
        }
    )
    judged = board["missed"].model_copy(
        update={
            "target": bad,
            "rule": HOSTILE,
            "flags": (HOSTILE,),
            "observations": (observation.model_copy(update={"source": bad_source}),),
        }
    )
    plan = board.plan.model_copy(update={"title": HOSTILE, "issuer": HOSTILE, "targets": (bad,)})
    paper = document.model_copy(
        update={
            "title": HOSTILE,
            "issuer": HOSTILE,
            "sections": (document.sections[0].model_copy(update={"title": HOSTILE}),),
            "conflicts": (Conflict(about=HOSTILE, found=HOSTILE, used=HOSTILE),),
        }
    )
    shown = board.model_copy(update={"plan": plan, "assessments": (judged,)})
    for html in (
        plan_html(plan),
        target_html(bad),
        assessment_html(judged),
        document_html(paper),
        html_table(shown),
    ):
        shape = Shape(html)
        assert "img" not in shape.tags
        assert shape.tags.count("script") <= 1
        assert HOSTILE in shape.text
        assert {name for name, _ in shape.attributes} <= {"class", "scope", "data-key"}
        assert not re.search(r"(?:src|href|url)\s*[=(]", html.replace("&lt;img src=", ""))


def test_what_a_column_sorts_by_stands_in_its_cells():
    html = table(["c"], ["a"], [[Cell("x", key=2.5)], [Cell("y")]])
    assert '<td data-key="2.5">x</td>' in html
    assert "<td>y</td>" in html


@pytest.fixture
def page(chromium):
    page = chromium.new_page()
    page.problems = []
    page.on("console", lambda message: page.problems.append(message.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    yield page
    assert page.problems == []
    page.close()


def column(page, number: int) -> list[str]:
    return page.eval_on_selector_all(
        f".plantrack-board tbody td:nth-child({number})", "cells => cells.map(c => c.innerText)"
    )


def test_columns_sort_by_mouse_and_by_keyboard(page, board):
    turned = board.model_copy(update={"assessments": board.assessments[::-1]})
    with using("en"):
        page.set_content(html_table(turned))
    best_first = [f"{sign} {s.en}" for s, sign in zip(Status, "✓▲●▽▼✗–?", strict=True)]
    assert column(page, 1) == best_first[::-1]
    head = page.locator("thead th").first
    head.click()
    assert column(page, 1) == best_first
    assert head.get_attribute("aria-sort") == "ascending"
    head.press("Enter")
    assert column(page, 1) == best_first[::-1]
    page.locator("thead th").nth(1).press(" ")
    assert head.get_attribute("aria-sort") == "none"


def test_numbers_sort_as_numbers_and_nothing_comes_last(page, board, full_target):
    values = ["10", "9", "100"]
    targets = tuple(
        full_target.model_copy(
            update={
                "id": v,
                "baseline": Baseline(
                    period=Period.years(2025),
                    quantity=full_target.baseline.quantity.model_copy(update={"value": Decimal(v)}),
                ),
            }
        )
        for v in values
    )
    none = full_target.model_copy(update={"id": "none", "baseline": None})
    page.set_content(plan_html(board.plan.model_copy(update={"targets": (none, *targets)})))
    page.locator("thead th").nth(1).click()
    assert [text.split("%")[0] for text in column(page, 2)] == ["9", "10", "100", "–"]


def test_two_tables_on_one_page_sort_by_themselves(page, board):
    page.set_content(html_table(board) + html_table(board))
    page.locator(".plantrack-board").nth(1).locator("thead th").first.click(click_count=2)
    states = page.eval_on_selector_all(
        "thead tr th:first-child", "heads => heads.map(h => h.ariaSort)"
    )
    assert states == ["none", "descending"]


@pytest.mark.parametrize(
    ("system", "notebook", "paper"),
    [
        ("light", None, "rgb(255, 255, 255)"),
        ("dark", None, "rgb(13, 17, 23)"),
        ("dark", "true", "rgb(255, 255, 255)"),
        ("light", "false", "rgb(13, 17, 23)"),
    ],
)
def test_light_and_dark_follow_the_notebook_then_the_system(page, board, system, notebook, paper):
    page.emulate_media(color_scheme=system)
    theme = "" if notebook is None else f' data-jp-theme-light="{notebook}"'
    page.set_content(f"<body{theme}>{html_table(board)}</body>")
    background = "e => getComputedStyle(e).backgroundColor"
    assert page.eval_on_selector(".plantrack-frame", background) == paper


def test_hostile_texts_do_nothing_in_a_browser(page, board):
    bad = board.plan.model_copy(update={"title": HOSTILE, "issuer": HOSTILE})
    page.on("dialog", lambda dialog: page.problems.append(dialog.message))
    page.set_content(html_table(board.model_copy(update={"plan": bad})) + plan_html(bad))
    assert page.locator("img").count() == 0
    assert HOSTILE in page.locator("caption").first.inner_text()
