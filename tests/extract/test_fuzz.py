"""Damaged and hostile texts: no exception, valid spans, work in proportion to the text."""

from __future__ import annotations

import random
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from extract.fuzzing import KEPT, check, mutated, seeds, smaller
from extract.mutations import MUTATIONS
from hypothesis import given
from hypothesis import strategies as st

from plantrack import flow
from plantrack.errors import ReadError
from plantrack.read import parse, read

CASES = sorted(KEPT.glob("*.txt"))
PIECES = st.sampled_from(
    [
        *"，。；：、！？\n\r\t 　()（）“”《》【】[]|#*%‰~—-∶:.,+≥<第年月日至到占比由从",
        *("2025年", "1—6月", "“十五五”", "其中：", "分别", "亿元", "个百分点", "万人次", "30", "0.5"),
        *("地区生产总值", "增长", "达到", "控制在", "以内", "翻一番", "三分之二", "第二十", "１２", "百万"),
        *("专栏1 主要指标\n", "| 指标 | 2025年 | 2030年 |\n", "| --- | --- |\n", "\n一、", "注：*为年均"),
        *("\x00", "\ud83d", "\u202e", "\ufeff", "\u2028", "²", "①", "Ⅲ", "٣", "𝟗", "零", "〇", "两"),
    ]
)  # fmt: skip


def test_the_seeds_are_real_texts_of_some_length() -> None:
    assert len(seeds()) >= 50
    assert check(seeds()[1]) > 40


@pytest.mark.parametrize("damage", MUTATIONS, ids=lambda d: d.__name__)
def test_every_damage_on_a_report(damage) -> None:
    dice = random.Random(damage.__name__)
    text = damage(seeds()[1][:2_500], dice)
    assert text != seeds()[1][:2_500]
    check(text)


@pytest.mark.parametrize("number", range(16))
def test_mutated_texts(number: int) -> None:
    check(mutated(number, seeds()[:50]))


@given(st.lists(PIECES, max_size=60).map("".join))
def test_heaps_of_words_numbers_and_signs(text: str) -> None:
    check(text)


@given(st.text(max_size=120))
def test_arbitrary_text(text: str) -> None:
    check(text)


@pytest.mark.parametrize("path", CASES, ids=[p.stem for p in CASES])
def test_what_was_found_stays_mended(path: Path) -> None:
    with suppress(ReadError):
        read(path)
    check(path.read_bytes().decode("utf-8", "surrogatepass"))


def test_the_corpus_tells_of_each_case_why_it_is_there() -> None:
    assert CASES
    told = (KEPT / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in CASES if f"`{path.name}`" not in told] == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bytes")


@given(data=st.binary(max_size=400))
def test_bytes_are_a_document_or_an_error_of_reading(folder: Path, data: bytes) -> None:
    path = folder / "report.txt"
    path.write_bytes(data)
    try:
        document = read(path)
    except ReadError:
        return
    assert all(s.end <= len(document.text) for s in document.sentences)


HOSTILE = {
    "no punctuation": lambda n: "全市推进产业发展提高质量效益" * (n // 14),
    "no punctuation, with numbers": lambda n: "全市产值增长5.7%投资3亿元" * (n // 16),
    "brackets opened": lambda n: "（" * n,
    "brackets opened and closed": lambda n: "(" * (n // 2) + "3%" + ")" * (n // 2),
    "quotes": lambda n: "“" * n,
    "digits": lambda n: "9" * n,
    "digits with thousands": lambda n: "9" + ",000" * (n // 4),
    "numbers with points": lambda n: "1." * (n // 2),
    "Chinese digits": lambda n: "九百" * (n // 2),
    "其中": lambda n: "其中：" * (n // 3),
    "其中 with numbers": lambda n: "其中：3个，" * (n // 6),
    "percent signs": lambda n: "%" * n,
    "one indicator": lambda n: "地区生产总值" * (n // 6),
    "one indicator with a number": lambda n: "地区生产总值3亿元" * (n // 9),
    "a list": lambda n: "水泥、" * (n // 3) + "分别增长" + "3%、" * 50,
    "a list of numbers": lambda n: "产值分别增长" + "3%、" * (n // 3),
    "dashes": lambda n: "1—" * (n // 2),
    "years": lambda n: "2025年" * (n // 5),
    "blanks": lambda n: " " * n,
    "lines": lambda n: "\n" * n,
    "pipes": lambda n: "|" * n,
    "rows": lambda n: "| 指标 | 2025年 | 2030年 |\n" + "| 产值 | 3 | 4 |\n" * (n // 14),
    "tabs": lambda n: "3\t" * (n // 2),
    "headings": lambda n: "一、目标\n" * (n // 5),
    "titles": lambda n: "第一章 目标\n" * (n // 7),
    "numbered": lambda n: "".join(f"{k % 90 + 1}. 目标\n" for k in range(n // 8)),
    "one letter": lambda n: "占" * n,
    "shares": lambda n: "占比重" * (n // 3),
}


def calls(text: str) -> int:
    """How many calls of functions it takes to read the figures of a text: the same on every machine."""
    counted = count()

    def counting(frame, event, arg) -> None:
        if event == "call":
            next(counted)

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        flow.figures(parse(text, "hostile"))
    finally:
        sys.setprofile(before)
    return next(counted)


@pytest.mark.parametrize("shape", HOSTILE)
def test_twice_a_hostile_text_takes_about_twice_the_calls(shape: str) -> None:
    make = HOSTILE[shape]
    flow.figures(parse(make(200), "warm"))
    once, twice = calls(make(2_500)), calls(make(5_000))
    assert twice < 2.6 * once + 2_000


def test_what_fails_is_cut_down_to_what_it_takes() -> None:
    assert smaller("abcXdefYghi" * 3, lambda t: "X" in t and "Y" in t[t.index("X") :]) == "XY"
