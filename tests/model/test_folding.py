"""Copies of a text that read more smoothly: they are as long as it, and no digit of a value moves in them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model.folding import close_up, smooth, unbroken

FULL = "全县上下坚持稳中求进，统筹推进各项工作，经济运行平稳向好，"  # 29 characters


def solid(text: str) -> str:
    """All that is no blank, in order."""
    return "".join(text.split())


# ------------------------------------------------------------------ dates


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("2018 年，全市", "2018年 ，全市"),
        ("2018 年 3 月 5 日发布", "2018年3月5日     发布"),
        ("2018　年 3 月印发", "2018年3月   印发"),
        ("2018年 3月印发", "2018年3月 印发"),
        ("1—8 月，全区", "1—8月 ，全区"),
        ("1 — 8 月，全区", "1—8月   ，全区"),
        ("1 至 11 月", "1至11月   "),
        ("截至 12 月末", "截至 12月末 "),
        ("2020 年底，", "2020年底 ，"),
        ("2018\u3000年\u30003\u3000月", "2018年3月\u3000\u3000\u3000".replace("\u3000", " ")),
        ("2018  年", "2018年  "),
        ("（2018 年）与（2019 年）", "（2018年 ）与（2019年 ）"),
    ],
)
def test_blanks_in_a_date_stand_behind_it(text: str, closed: str) -> None:
    assert close_up(text) == closed


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "年", "月", "2018年3月5日", "1—8月"),
        "2018 3 年",  # two numbers
        "12018 年",  # five digits are no year
        "3018 年",
        "服务期 120 个月",
        "3.5 月",  # a decimal's digits are no month
        "2018   年",  # farther apart than a line of type sets them
        "2018\n年 度",  # never across lines
        "新增 350 公里， 3 个",
        "岁月 静好，年 年有余",
    ],
)
def test_what_is_no_date_keeps_its_blanks(text: str) -> None:
    assert close_up(text) == text


DATED = st.text("年月日至-—.0123456789 \u3000\xa0\n到全", max_size=60)
BETWEEN = st.sampled_from(["", " ", "  ", "\u3000", "\xa0"])


@given(DATED)
def test_closing_up_moves_blanks_alone(text: str) -> None:
    closed = close_up(text)
    assert len(closed) == len(text)
    assert solid(closed) == solid(text)
    assert closed.count("\n") == text.count("\n")
    assert close_up(closed) == closed


@given(st.integers(1900, 2099), st.integers(1, 12), st.integers(1, 28), st.tuples(*[BETWEEN] * 4))
def test_every_way_to_space_a_date_reads_alike(
    year: int, month: int, day: int, gaps: tuple[str, str, str, str]
) -> None:
    a, b, c, d = gaps
    spaced = f"{year} 年{a}{month}{b}月{c}{day}{d}日"
    assert close_up(f"自{spaced}起").startswith(f"自{year}年{month}月{day}日")


@given(st.decimals("0.1", "9999", places=1), DATED)
def test_a_value_behind_a_date_stays_where_it_was(value: object, text: str) -> None:
    whole = f"{text}。投资{value}亿元，2018 年 3 月"
    place = whole.index(f"投资{value}亿元")
    assert close_up(whole)[place:].startswith(f"投资{value}亿元，2018年3月")


# ------------------------------------------------------------------ broken paragraphs


def test_a_paragraph_of_lines_of_one_width_is_one_line_again() -> None:
    text = "\n".join(
        [
            "2024年，全县上下坚持稳中求进，统筹推进各项工作，年末户籍",
            "人口达到31.6万人，出生人口2150人。全年完成固定资产投资86亿",
            "元，增长5.2%，其中工业投资占比达到四成，比上年继续提高，较快",
            "增长。城镇新增就业6300人，城镇居民人均可支配收入达到32150",
            "元，农村居民人均可支配收入稳步提高，收入差距继续缩小，全县",
            "森林覆盖率46.2%。",
        ]
    )
    copy = unbroken(text)
    assert "\n" not in copy
    assert len(copy) == len(text)
    assert "年末户籍人口达到 31.6万人" in copy
    assert "固定资产投资86亿元，增长 5.2%，" in copy
    assert "达到32150元，农村居民人均可支配收入稳步提高" in copy
    for value in ("31.6", "2150人", "86", "5.2", "6300", "32150", "46.2"):
        assert copy.index(value) == text.index(value)


def test_two_breaks_without_a_digit_between_them_part_no_word() -> None:
    text = "\n".join(
        [
            *["全县经济运行保持平稳，各项社会事业继续发展，人民生活水平不"] * 4,
            "断提高，城乡面貌明显改善，基础设施建设加快推进，固定资产投",
            "资增长5.6%。",
        ]
    )
    for written in (text, text.replace("\n", "\r\n"), text.replace("\n", "  \n")):
        copy = unbroken(written)
        assert len(copy) == len(written)
        assert "固定资产投资增长" in copy
        assert "水平不断提高" in copy
        assert copy.index("5.6") == written.index("5.6")


def test_a_break_between_digits_joins_none() -> None:
    """Two numbers never become one: a blank stays where the break was."""
    text = "\n".join(
        [FULL] * 5 + ["全县经济总量保持平稳增长，完成固定资产投资总额达到约12", "34项工程"]
    )
    assert unbroken(text).endswith("12 34项工程")


def broken(*tail: str) -> str:
    """Lines of one width, so that only the tail is in question."""
    return "\n".join([FULL] * 5 + list(tail))


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("全县经济运行总体平稳，社会大局和谐稳定，民生继续改善提高。", "全年投资增长5%。"),
        ("全县经济运行总体平稳，社会大局和谐稳定，民生继续改善提高；", "全年投资增长5%。"),
        ("全县经济运行总体平稳，社会大局和谐稳定，主要的任务是以下：", "全年投资增长5%。"),
        *(
            ("全县经济运行总体平稳，社会大局和谐稳定，民生继续改善提高", begins)
            for begins in (
                *("一、工业", "（二）农业", "3.服务业", "4、消费", "第五章 外贸"),
                *("— 投资", "●就业", "| 指标 | 数值 |"),
            )
        ),
        ("全县经济运行总体平稳，社会大局和谐稳定，民生继续改善提高", ""),
        ("全县经济运行总体平稳，社会大局和谐稳定，民生|继续改善提高", "全年投资"),
        ("全县经济运行总体平稳，社会大局和谐稳定，民生\t继续改善提高", "全年投资"),
        ("一句短话", "另一句"),  # not filled: the writer broke it
    ],
)
def test_a_break_that_was_meant_stays(before: str, behind: str) -> None:
    copy = unbroken(broken(before, behind))
    assert copy.endswith(f"\n{behind}")
    assert FULL * 2 in copy  # the filled lines over it are joined all the same


def test_a_decimal_opens_no_item() -> None:
    """3.服务业 is an item, 3.5% goes on."""
    filled = "2024年全县经济运行平稳，社会大局和谐稳定，城镇调查失业率为"
    tail = unbroken(broken(filled, "3.5%，下降。")).partition(filled)[2]
    assert (tail.strip(" "), "\n" in tail) == ("3.5%，下降。", False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\n" * 50,
        " \n" * 50,
        "一行",
        "\n".join([FULL] * 4),  # too few lines to tell a width
        "\n".join([FULL] * 9 + ["长" * 61]),  # a long line: nothing broke them by width
        "\n".join(["长" * 61] * 9),
        "\n".join(["指标", "单位", "2020年", "万人"] * 9),  # a table, one cell a line
        "\n".join(["a line of some text"] * 9),  # too narrow
    ],
)
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert unbroken(text) == text


def test_lines_of_the_greatest_width_are_joined() -> None:
    assert "\n" not in unbroken("\n".join(["长" * 60] * 9))


PIECES = (
    "全县经济运行平稳，",
    "投资",
    "增长5.2%，",
    "31.6万人",
    "。",
    " ",
    "\u3000",
    "\t",
    "|",
    "一、",
    "7",
)
LINES = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
TEXTS = st.lists(st.one_of(st.sampled_from([FULL, f" {FULL}"]), LINES), max_size=16).map("\n".join)


@given(TEXTS)
def test_joining_lines_moves_blanks_alone(text: str) -> None:
    copy = unbroken(text)
    assert len(copy) == len(text)
    assert solid(copy) == solid(text)


@given(TEXTS)
def test_no_digit_moves_when_lines_are_joined(text: str) -> None:
    found = [(m.start(), m[0]) for m in re.finditer(r"[\d.]*\d", text)]
    copy = unbroken(text)
    assert [copy[at : at + len(said)] for at, said in found] == [said for _, said in found]


@given(TEXTS)
def test_a_break_goes_or_stays_where_it_was(text: str) -> None:
    """No break appears where the text has none."""
    breaks = {m.start() for m in re.finditer("\n", text)}
    assert {m.start() for m in re.finditer("\n", unbroken(text))} <= breaks


RUN_ON = "会议听取了报告，审议了有关事项，并对下一步工作提出了意见和建议。" * 12


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        (
            "现报告如下： 一、财政收支情况 （一）预算收入 全年收入18.6亿元。 二、下一步工作 1.抓收入",
            ["现报告如下：", "一、财政收支情况", "（一）预算收入", "全年收入18.6亿元。", "二、下一步工作", "1.抓收入"],
        ),
        ("增长5%。  三、存在问题  一是税源不足。", ["增长5%。", "三、存在问题", "一是税源不足。"]),
        ("完成计划； 2.新建学校3所。 粮食 12万吨。", ["完成计划；", "2.新建学校3所。 粮食 12万吨。"]),
    ],
)  # fmt: skip
def test_a_page_run_into_one_line_is_cut_at_its_headings(page: str, lines: list[str]) -> None:
    copy = smooth(RUN_ON + page)
    assert [line.strip() for line in copy.removeprefix(RUN_ON).splitlines()] == lines


def test_a_line_that_is_no_page_keeps_its_blanks() -> None:
    assert smooth("完成。 二、收入 全年18亿元。") == "完成。 二、收入 全年18亿元。"


@given(
    st.lists(st.sampled_from((*PIECES, "。 二、", "（一）收入 ", "1.抓好", RUN_ON)), max_size=12)
)
def test_cutting_a_page_moves_no_letter(pieces: list[str]) -> None:
    text = "".join(pieces)
    copy = smooth(text)
    assert len(copy) == len(text)
    assert solid(copy) == solid(text)
    assert all(a == b or (a in " \u3000" and b == "\n") for a, b in zip(text, copy, strict=True))


@given(st.text(max_size=200))
def test_any_text_can_be_folded(text: str) -> None:
    copy = close_up(smooth(text))
    assert len(copy) == len(text)
    assert solid(copy) == solid(text)


# ------------------------------------------------------------------ half-width signs


@pytest.mark.parametrize(
    ("text", "wide"),
    [
        ('打造"一村一品"示范村', "打造“一村一品”示范村"),
        ("高质量完成'十四五'规划", "高质量完成“十四五”规划"),
        ("完成‘十四五’规划", "完成“十四五”规划"),
        (
            "入住率46.5%.日间照料中心87个.\n覆盖率68%.",
            "入住率46.5%。日间照料中心87个。\n覆盖率68%。",
        ),
    ],
)
def test_signs_typed_half_as_wide_are_the_chinese_ones(text: str, wide: str) -> None:
    assert smooth(text) == wide


@pytest.mark.parametrize(
    "text",
    [
        "一.目标",  # numbers a heading
        "1.目标",
        "增长8.5%，达到3.2万元",
        '他说："今年形势向好，增速加快。"',  # what somebody says
        "PM2.5浓度、U.S.",
    ],
)
def test_other_signs_stay(text: str) -> None:
    assert smooth(text) == text
