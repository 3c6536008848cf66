"""Markdown that says what the text says, read back by a Markdown reader."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from plantrack.show.evaluation import to_markdown
from plantrack.show.evaluation.blocks import Facts, Grid, Heading, Paragraph
from plantrack.show.hidden import shown

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TEXTS = st.text(min_size=1, max_size=30) | st.sampled_from(
    [
        "<script>",
        "[a](b)",
        "1. x",
        "# x",
        "- x",
        "a|b",
        "**b**",
        "&lt;",
        "~~x~~",
        "![a](b)",
        "===",
        "+ x",
        "> x",
        "x #",
        "##",
        "R&D",
    ]
)


def words(markdown: str) -> list[str]:
    """The texts that a reader sees, and nothing of the markup around them."""
    found = []
    for token in READER.parse(markdown):
        if token.type == "inline":
            assert {child.type for child in token.children} <= {
                "text",
                "strong_open",
                "strong_close",
                "text_special",
            }
            found.append("".join(child.content for child in token.children))
    return found


def plain(text: str) -> str:
    return " ".join(shown(text).split())


@given(TEXTS.filter(plain))
def test_a_text_comes_back_as_it_was_wherever_it_stands(text):
    blocks = [
        Heading(text, 2),
        Paragraph(text),
        Grid((text, "b"), ((text, text),), numbers=(1,), strong=(0,)),
        Facts(((text, text),)),
    ]
    said = plain(text)
    found = words(to_markdown(blocks))
    assert found == [said, said, said, "b", said, said, f"{said} {said}"]


def test_a_report_looks_like_this():
    blocks = [
        Heading("标题", 0),
        Paragraph("一段。"),
        Grid(("甲", "乙"), (("a", "1"),), (1,)),
        Facts((("名", "值"),)),
    ]
    assert to_markdown(blocks) == (
        "# 标题\n\n一段。\n\n| 甲 | 乙 |\n| --- | ---: |\n| a | 1 |\n\n- **名** 值\n"
    )
