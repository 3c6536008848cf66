"""Places where running text turns ahead or back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model import Outlook, SectionKind
from plantrack.read import parse

HEAD = "云溪区2023年科技工作总结\n"
DONE = "2023年，高新技术企业达到210家。\n"
AHEAD = "下一步，力争高新技术企业达到260家。\n"
BACK = "过去一年，技术合同成交额8.8亿元。\n"
PLAIN = "同时，建设孵化器5家。\n"


def test_a_turn_is_an_item_with_the_clause_it_opens_with() -> None:
    text = HEAD + DONE + AHEAD + PLAIN + BACK
    (item,) = [s for s in parse(text, "x").sections if s.kind is SectionKind.ITEM]
    assert (item.title, item.outlook) == ("下一步", Outlook.PLAN)
    assert item.span.of(text) == AHEAD + PLAIN
    assert item.heading.of(text) == "下一步"


@pytest.mark.parametrize(
    ("sentence", "outlook"),
    [
        ("2024年，力争新增企业30家。", "plan"),
        ("按照部署，2024年将新增企业30家。", "plan"),
        ("到2025年，企业达到300家。", "plan"),
        ("今年将新增企业30家。", "plan"),
        # A year alone looks ahead only where the document plans that year.
        ("2024年，新增企业30家。", "review"),
        # Up to the end of the year reviewed is the past.
        ("到2023年，企业达到210家。", "review"),
        ("2024年3月1日起施行，涉及企业30家。", "review"),
        ("下半年，新增企业30家。", "review"),
    ],
)
def test_what_turns_ahead(sentence: str, outlook: str) -> None:
    text = HEAD + DONE + "创新平台更加完善。\n" + sentence
    assert parse(text, "x").outlook_at(text.index(sentence)).value == outlook


def test_a_heading_ends_a_turn() -> None:
    text = HEAD + "一、主要成效\n" + DONE + AHEAD + "二、其他情况\n平台12个。\n"
    document = parse(text, "x")
    assert document.outlook_at(text.index("260")) is Outlook.PLAN
    assert document.outlook_at(text.index("12个")) is Outlook.REVIEW


def test_what_was_reached_is_an_aside_in_a_plan() -> None:
    text = "和谷县林业发展规划（2024—2030年）\n2023年，森林覆盖率61%。\n造林5万亩。\n"
    document = parse(text, "x")
    assert document.outlook_at(text.index("61%")) is Outlook.REVIEW
    assert document.outlook_at(text.index("5万亩")) is Outlook.PLAN


@given(st.lists(st.sampled_from([DONE, AHEAD, BACK, PLAIN, "一、工作情况\n"]), max_size=12))
def test_items_stay_in_order_inside_the_text_and_apart(pieces: list[str]) -> None:
    text = HEAD + "".join(pieces)
    sections = parse(text, "x").sections
    items = [s for s in sections if s.kind is SectionKind.ITEM]
    assert [s.span.start for s in sections] == sorted(s.span.start for s in sections)
    assert all(s.span.end <= len(text) and s.span.contains(s.heading) for s in items)
    assert all(a.span.end <= b.span.start for a, b in pairwise(items))
    ahead = [s for s in items if s.outlook is Outlook.PLAN]
    assert bool(ahead) == (AHEAD in pieces)
