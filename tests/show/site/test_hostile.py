"""Hostile texts on every page of a site, in a real browser: they do no harm and are shown as they are."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from plantrack.model import (
    Assessment,
    Block,
    BlockKind,
    Board,
    Cell,
    Document,
    Figure,
    FigureKind,
    Flag,
    FlagEvent,
    FlagState,
    Measure,
    Metrics,
    Nature,
    Observation,
    Period,
    Place,
    Plan,
    Quantity,
    Reach,
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
)
from plantrack.show.site import Paper, Story, publish, site_files

HARM = (
    "<script>window.harmed=1</script>",
    "\"><img src=x onerror='window.harmed=1'>",
    "</script><script>window.harmed=1</script>",
    "<!--<script>",
    "]]></style><style>*{display:none}</style>",
    "javascript:window.harmed=1",
    "{{ 7*7 }}{% raw %}",
    "' onmouseover='window.harmed=1' x='",
    "&lt;b&gt; &amp;quot;",
    "\u202e7.5%\u202c \u2066\u200f",
    "\u2028\u2029\x00\x1b\x08",
    "</p></section></article><table><tr><td>",
)


LOOK = """() => {
    const all = [...document.querySelectorAll("*")];
    const scripts = [...document.querySelectorAll("script:not([type])")];
    return {
        harmed: window.harmed !== undefined,
        foreign: document.querySelectorAll("img, table table, iframe, object, style ~ style").length,
        shown: document.querySelector("main").getBoundingClientRect().height > 0,
        scripts: scripts.map(s => s.textContent).filter(t => !t.includes('"use strict";')),
        attributes: all.flatMap(e => e.getAttributeNames()).filter(n => n.startsWith("on")),
        links: [...new Set([...document.links].map(a => a.protocol))],
    };
}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in which every text that strangers could have written is an attack."""
    text = "\n".join(HARM) + "\n" + "宽" * 200_000 + "\n第一章 " + HARM[0] + "\n增长7.5%。"
    place = text.rindex("7.5")
    span = Span(start=place, end=place + 3)
    sentence = Span(start=place - 2, end=place + 5)
    name = "../<b>'\"&.txt"
    bad = "".join(HARM)
    figure = Figure(
        doc=name,
        span=span,
        text="7.5",
        kind=FigureKind.ACTUAL,
        indicator=bad,
        measure=Measure.LEVEL,
        quantity=Quantity(value=Decimal("7.5"), unit=HARM[0]),
        period=Period.years(2025),
        scope=Scope(name=bad),
        sentence=sentence,
    )
    heading = text.index("第一章")
    chapter = Section(
        kind=SectionKind.CHAPTER,
        title=HARM[0],
        heading=Span(start=heading, end=heading + 4),
        span=Span(start=heading, end=len(text)),
    )
    attack = Span(start=0, end=len(HARM[0]))
    document = Document(
        name=name, text=text, sha256="0" * 64, title=bad, issuer=bad, sections=(chapter,)
    )
    assessments, flags = [], []
    for number, harm in enumerate(HARM):
        source = Source(doc=name, span=span, sentence=sentence, quote=harm)
        series = Series(indicator=harm, scope=Scope(name=harm))
        quantity = Quantity(value=Decimal("7.5"), unit=harm)
        target = Target(
            id=f"{harm}/../{number}",
            series=series,
            unit=harm,
            goal=Reach(quantity=quantity, text=harm),
            horizon=Period.years(2025),
            nature=Nature.BINDING,
            group=harm,
            responsible=harm,
            notes=(harm,),
            source=Source(doc=name, span=attack, quote=harm),
        )
        seen = Observation(
            series=series, period=Period.years(2025), quantity=quantity, source=source
        )
        assessments.append(
            Assessment(
                target=target,
                status=list(Status)[number % 8],
                label=harm,
                rule=harm,
                reason=Text(zh=harm, en=f"{harm} "),
                metrics=Metrics(value=Decimal("7.5")),
                observed=seen,
                observations=(seen,),
                flags=(harm,),
            )
        )
        event = FlagEvent(
            at=datetime(2025, 1, 1, tzinfo=UTC), state=FlagState.OPEN, by=harm, note=harm
        )
        flags.append(
            Flag(
                target_id=target.id,
                was=None,
                now=Status.MISSED,
                as_of=Period.years(2025),
                reason=Text(zh=harm, en=harm),
                history=(event,),
            )
        )
    plan = Plan(
        id=bad,
        title=bad,
        period=Period.years(2025),
        region=Scope(name=bad),
        targets=tuple(a.target for a in assessments),
    )
    board = Board(plan=plan, as_of=Period.years(2025), rules=bad, assessments=tuple(assessments))
    folder = tmp_path_factory.mktemp("hostile")
    papers = [Paper(document, (figure,)), Paper(rich(name))]
    publish(site_files([Story(board, flags=tuple(flags))], papers), folder)
    return folder


def rich(name: str) -> Document:
    """The attacks as the cells of a table, as a sheet's name and as what was left out."""
    text = "\n".join(HARM)
    spans, at = [], 0
    for harm in HARM:
        spans.append(Span(start=at, end=at + len(harm)))
        at += len(harm) + 1
    cells = tuple(
        Cell(text=harm, span=span, row=row, column=0)
        for row, (harm, span) in enumerate(zip(HARM[1:], spans[1:], strict=True))
    )
    whole = Span(start=spans[1].start, end=len(text))
    place = Place(sheet="".join(HARM))
    return Document(
        name=name,
        text=text,
        sha256="1" * 64,
        title=HARM[2],
        tables=(Table(title=HARM[0], span=whole, cells=cells),),
        layout=(
            Block(kind=BlockKind.PARAGRAPH, span=spans[0], place=place, left_out=True),
            Block(kind=BlockKind.TABLE, span=whole, place=place),
        ),
    )


def test_hostile_texts_do_no_harm_on_any_page(tabs, hostile: Path):
    pages = sorted(hostile.rglob("*.html"))
    assert len(pages) == 4 + 2 + len(HARM)
    page = tabs((hostile / "index.html").as_uri())
    # both languages stand in every page: of each kind of page one is looked at in the other too
    others = {
        path.parent.relative_to(hostile).parts[:1]: path for path in pages if path.parent != hostile
    }
    twice = {*others.values(), *hostile.glob("*.html")}
    addresses = [f"{path.as_uri()}?lang=zh" for path in pages]
    for address in (*addresses, *(f"{path.as_uri()}?lang=en" for path in sorted(twice))):
        page.goto(address)
        assert page.evaluate(LOOK) == {
            "harmed": False,
            "foreign": 0,
            "shown": True,
            "scripts": [],
            "attributes": [],
            "links": ["file:"],
        }
    assert page.troubles == []


def test_hostile_texts_are_shown_as_they_are_written(tabs, hostile: Path):
    plain, table = sorted(
        (hostile / "documents").glob("*.html"), key=lambda p: -len(p.read_bytes())
    )
    cells = tabs(table.as_uri())
    assert cells.locator("article tr").count() == len(HARM) - 1
    assert cells.locator("article .left-out").text_content() == HARM[0]
    assert cells.locator("article th").text_content() == HARM[1]
    page = tabs(plain.as_uri())
    shown = page.locator("article").text_content()
    for harm in HARM[:9]:
        assert harm in shown
    assert "⟦U+202E⟧7.5%⟦U+202C⟧" in shown
    assert "␀␛␈" in shown
    assert not re.search("[\x00\u202e\u2066]", shown)
    page.hover("a.m[data-m]:has-text('7.5')")
    assert page.locator("[data-panel] h2").text_content().startswith(HARM[0])
    assert page.locator("[data-panel] script").count() == 0
    page.keyboard.press("Escape")
    expect(page.locator("[data-shut]")).to_be_hidden()
    assert page.troubles == cells.troubles == []
