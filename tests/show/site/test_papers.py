"""A document's page: all of its text, each figure where it stands, both ways."""

from __future__ import annotations

import html
import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from plantrack.model import (
    Document,
    Figure,
    FigureKind,
    Measure,
    Quantity,
    Section,
    SectionKind,
    Source,
    Span,
)
from plantrack.show.site.blocks import text_of
from plantrack.show.site.papers import data_of, marks_of, titles_of
from plantrack.show.site.parts import Contents, Leaf, Paper

TEXTS = st.text(st.sampled_from("a增5.<&\"'\n \u3000"), min_size=1, max_size=60)


def document(text: str, **more) -> Document:
    return Document(name="a.txt", text=text, sha256="0" * 64, **more)


def figure(start: int, end: int, sentence: Span | None = None) -> Figure:
    span = Span(start=start, end=end)
    return Figure(
        doc="a.txt",
        span=span,
        text="",
        kind=FigureKind.ACTUAL,
        indicator="增长",
        measure=Measure.GROWTH,
        quantity=Quantity(value=Decimal(5)),
        period=None,
        sentence=sentence or span,
    )


def leaf_of(text: str, *figures: Figure, **more) -> tuple[Leaf, Contents]:
    contents = Contents.of((), (Paper(document(text, **more), figures),))
    return contents.leaves[0], contents


def page(text: str, *figures: Figure, **more) -> str:
    leaf, contents = leaf_of(text, *figures, **more)
    return str(text_of(leaf.paper.document, marks_of(leaf, contents), "../"))


def bare(written: str) -> str:
    """The text of a page: tags off, line ends of paragraphs back."""
    joined = re.sub(r"</(?:p|h\d)>\n?(?:</section><section class=\"part\">\n?)?", "\n", written)
    return html.unescape(re.sub(r"<[^>]*>", "", joined))


@given(TEXTS, st.data())
def test_no_character_is_lost_whatever_is_highlighted(text, data):
    places = st.integers(0, len(text))
    ends = data.draw(st.lists(st.tuples(places, places), max_size=8))
    figures = [figure(min(pair), max(pair)) for pair in ends if pair[0] != pair[1]]
    lines = [line.strip() for line in bare(page(text, *figures)).split("\n")]
    kept = [line for line in lines if line]
    assert kept == [line.strip() for line in text.split("\n") if line.strip()]


@given(TEXTS, st.data())
def test_every_highlight_has_its_place_once_and_says_its_words(text, data):
    places = st.integers(0, len(text))
    ends = data.draw(st.lists(st.tuples(places, places), max_size=8, unique=True))
    spans = {(min(pair), max(pair)) for pair in ends if pair[0] != pair[1]}
    written = page(text, *(figure(*span) for span in spans))
    for number, (start, end) in enumerate(sorted(spans)):
        assert written.count(f'id="at-{start}-{end}"') == 1
        pieces = re.findall(r'<a[^>]*data-m="([\d ]+)">(.*?)</a>', written, re.DOTALL)
        own = "".join(said for covers, said in pieces if str(number) in covers.split())
        assert html.unescape(own) == text[start:end]


def test_a_sentence_is_marked_without_its_indent_over_all_its_lines():
    written = page("　　增长\n5%。后", figure(5, 6, Span(start=0, end=8)))
    assert re.findall(r'<span class="s" data-s="1">(.*?)</span>', written) == [
        "增长",
        '<a id="at-5-6" class="m k-actual" href="#at-5-6" data-m="0">5</a>%。',
    ]


def test_headings_that_begin_a_line_are_headings():
    text = "前言\n　第一章 总则\n正文"
    at = text.index("第一章")
    chapter = Section(
        kind=SectionKind.CHAPTER,
        title="总则",
        heading=Span(start=at, end=at + 6),
        span=Span(start=at, end=len(text)),
    )
    assert f'<h2 id="part-{at}">' in page(text, sections=(chapter,))
    assert titles_of(document(text, sections=(chapter,))) == [(f"part-{at}", "总则")]
    inside = chapter.model_copy(update={"heading": Span(start=1, end=2)})
    assert titles_of(document(text, sections=(inside,))) == []


def test_a_span_beyond_the_text_is_no_highlight():
    leaf, contents = leaf_of("增长5%", figure(2, 99))
    assert marks_of(leaf, contents) == []


def test_figures_and_targets_know_each_other(story, paper):
    contents = Contents.of((story,), (paper,))
    (leaf,) = contents.leaves
    marks = marks_of(leaf, contents)
    assert {id(f) for mark in marks for f in mark.figures} == {id(f) for f in paper.figures}
    linked = {e.assessment.target.id: mark for mark in marks for e in mark.values}
    for entry in contents.entries:
        seen = entry.assessment.observed
        if seen is None or seen.source.doc != paper.document.name:
            continue
        mark = linked[entry.assessment.target.id]
        assert mark.span == seen.source.span
        assert contents.place(seen.source) == f"{leaf.page}#{mark.name}"
    told = data_of(marks, "../")
    assert [each["id"] for each in told] == [mark.name for mark in marks]
    assert sum(bool(each["targets"]) for each in told) == len({m.name for m in linked.values()})


def test_of_two_documents_with_one_name_the_one_that_has_the_words_is_the_proof():
    first, second = (
        document("增长5%。"),
        document("增长6%。").model_copy(update={"sha256": "1" * 64}),
    )
    contents = Contents.of((), (Paper(first), Paper(second), Paper(first)))
    assert len(contents.leaves) == 2
    span, sentence = Span(start=2, end=3), Span(start=0, end=5)
    for leaf, quote in zip(contents.leaves, ("增长5%。", "增长6%。"), strict=True):
        source = Source(doc="a.txt", span=span, sentence=sentence, quote=quote)
        assert contents.place(source) == f"{leaf.page}#at-2-3"
        assert contents.told(source).zh == "a.txt，第1行"
    by_hand = Source(doc="a.txt", table_row=2)
    assert contents.place(by_hand) == contents.leaves[0].page
    assert contents.place(Source(doc="b.txt", span=span)) == ""
