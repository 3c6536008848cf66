"""The years of texts that no title and no heading dates: what a careful reader hears them speak of."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.model import DocumentKind, Period
from plantrack.read import structure_rules
from plantrack.read.evidence import Evidence, Horizon
from plantrack.read.spoken import (
    cited_title,
    named_most,
    now_in,
    opening_month,
    spoken_goals,
    spoken_years,
    this_year,
)

RULES = structure_rules()
FILLER = "各部门认真抓好落实，工作有序推进。"


def seen(
    text: str,
    *,
    title: str = "",
    kind: DocumentKind = DocumentKind.OTHER,
    published: date | None = None,
) -> Evidence:
    """A text as all that is known of it; its title, where it has one, stands before its body."""
    whole = f"{title}\n{text}" if title else text
    body = len(title) + 1 if title else 0
    return Evidence(whole, title, body, text.splitlines(), (), "", kind, published)


def reviewed(text: str, published: date | None = None) -> str | None:
    """What the text looks back on; it never plans."""
    found = spoken_years(seen(text, published=published), RULES)
    assert found == Horizon(reviewed=found.reviewed)
    return None if found.reviewed is None else str(found.reviewed)


def planned(text: str, title: str = "", published: date | None = None) -> str | None:
    """What the text sets goals for; it never looks back."""
    found = spoken_goals(seen(text, title=title, published=published), RULES)
    assert found == Horizon(planned=found.planned)
    return None if found.planned is None else str(found.planned)


# ------------------------------------------------------------------ what a text looks back on


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("“十三五”期间，全县建成公园12个。", "2016/2020"),
        ("“十二五”时期，全县改造旧房3200套。", "2011/2015"),
        (
            "全县公园有40个，与“十三五”末相比净增9个。",
            "2021/2025",
        ),  # measured against the one before
        ("2023年6月份，规模以上工业增加值增长5%。", "2023-06"),
        ("2023年1—8月，全县用电量8亿千瓦时。", "2023-01/2023-08"),
        ("2023年上半年，全县用电量5亿千瓦时。", "2023H1"),
        ("截至2023年11月底，全县有公园40个。", "2023-11"),
        ("2023年，全县新建公园3个。", "2023"),
        ("2022年，全县新建公园2个。2023年，新建公园3个。2023年，植树900亩。", "2023"),
        ("全县2021年新建公园2个，2022年新建公园3个。", "2022"),  # both alike: the newer
        ("二〇二三年，全县新建公园3个。", "2023"),
    ],
)
def test_what_a_text_looks_back_on(text: str, period: str) -> None:
    assert reviewed(text) == period


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n", FILLER, "全县有公园40个。"),
        "到2030年，全县公园达到60个。",
        "公园数比2019年增加5个。",  # a basis of comparison
        "落实《江州市2021年工作要点》精神。",
        "2025年力争新建公园3个。",  # an aim
        "按2020年价格计算。",
        "客服电话20231234。",
    ],
)
def test_what_looks_back_on_nothing(text: str) -> None:
    assert reviewed(text) is None


def test_a_plan_gone_by_with_an_aim_is_not_looked_back_on() -> None:
    assert reviewed("“十四五”期间，全县力争建成公园12个。") is None


def test_what_the_opening_says_counts_for_all_that_follows() -> None:
    """One mention in it is worth three further on: with three the newer year decides, with four the number."""
    text = "2021年，全县新建公园3个。" + FILLER * 20
    later = "2020年，植树900亩。"
    assert reviewed(text + later * 3) == "2021"
    assert reviewed(text + later * 4) == "2020"


@pytest.mark.parametrize(
    "far",
    ["“十三五”期间，全县建成公园12个。", "\n2023年6月份，规模以上工业增加值增长5%。"],
)
def test_plans_and_months_are_heard_in_the_opening_alone(far: str) -> None:
    assert reviewed(far) in ("2016/2020", "2023-06")
    assert reviewed(FILLER * 20 + far) in (None, "2023")


def test_the_opening_is_the_body_s() -> None:
    """A long title takes none of the room."""
    long = "长" * 450
    found = seen("2023年6月份，工业增加值增长5%。", title=long)
    assert str(opening_month(found, RULES)) == "2023-06"
    found = seen("“十三五”期间，全县建成公园12个。", title=long)
    assert spoken_years(found, RULES).reviewed == Period.years(2016, 2020)
    found = seen("2021年，新建公园3个。" + FILLER * 20 + "2020年，植树900亩。" * 2, title=long)
    assert named_most(found, RULES.told_years) == 2021
    found = seen("《江州市养老服务规划》提出，床位6000张。", title=long)
    assert cited_title(found, RULES) == "江州市养老服务规划"


def test_no_text_looks_back_on_a_year_to_come() -> None:
    text = "2024年新建公园3个，2024年植树900亩，2023年新建公园2个。"
    assert reviewed(text) == "2024"
    assert reviewed(text, published=date(2024, 12, 31)) == "2024"
    assert reviewed(text, published=date(2023, 12, 31)) == "2023"
    assert reviewed(text, published=date(2022, 12, 31)) is None


@pytest.mark.parametrize(
    "text", ["", "6月份，全县用电量8亿千瓦时。", "2023年13月，无此月。", "2023年，全县"]
)
def test_an_opening_without_a_month_of_a_year(text: str) -> None:
    assert opening_month(seen(text), RULES) is None


# ------------------------------------------------------------------ what it sets goals for


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2015年预期目标为：生产总值增长9%。", "2015"),
        (FILLER * 20 + "2015年全县经济社会发展主要目标是：增长9%。", "2015"),
        ("2015年主要目标\n生产总值增长9%。", "2015"),
        ("2015年，全县将新建公园3个。", "2015"),
        ("2015年要实现以下目标。", "2015"),
    ],
)
def test_the_year_whose_goals_a_text_announces(text: str, period: str) -> None:
    assert planned(text) == period


@pytest.mark.parametrize(
    "text",
    [
        *("", FILLER, "今年以来，全县新建公园3个。"),
        "2015年，全县新建公园3个。",
        "2015年完成了预期目标，植树900亩。",
        FILLER * 20 + "2015年，全县将新建公园3个。",  # too far on to announce anything
        "今年发展目标是增长9%。",  # and nothing says which year that is
    ],
)
def test_what_announces_no_goals(text: str) -> None:
    assert planned(text) is None


def test_what_a_title_says_is_not_guessed_from_the_opening() -> None:
    text = "2015年，全县将新建公园3个。"
    assert planned(text, title="江州县公园建设情况") is None
    announced = "2015年预期目标为：生产总值增长9%。"
    assert planned(announced, title="江州县公园建设情况") == "2015"


def test_goals_for_this_year_are_for_the_year_of_the_text() -> None:
    text = "今年全县发展目标是：增长9%。"
    assert planned(text, published=date(2019, 2, 3)) == "2019"
    assert planned(text + "2018年全县增长8%。") == "2018"  # the only year it names
    assert planned(text, title="江州县概况", published=date(2019, 2, 3)) is None


# ------------------------------------------------------------------ which year 今年 is


def test_this_year_is_the_date_s_before_the_issue_s_before_an_event_s() -> None:
    text = "2021年第3期\n今年是改革开放40周年，全县有公园40个。"
    assert this_year(text, date(2022, 5, 1), RULES) == 2022
    assert this_year(text, None, RULES) == 2021
    assert this_year(text.partition("\n")[2], None, RULES) == 2018
    assert this_year("全县有公园40个。", None, RULES) is None


def test_events_of_two_years_tell_no_year() -> None:
    assert this_year("迎接新中国成立70周年，纪念改革开放40周年", None, RULES) is None


def test_an_event_is_a_memory_where_the_text_knows_of_a_later_one() -> None:
    assert this_year("纪念改革开放40周年", None, RULES) == 2018
    assert this_year("自纪念改革开放40周年以来，落实党的二十大精神", None, RULES) is None


def test_an_issue_named_far_down_is_another_paper_s() -> None:
    assert this_year(FILLER * 200 + "2021年第3期", None, RULES) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("今年增长9%。去年，即2018年，增长8%。", 2018),
        (
            "今年增长9%，公园数比2018年增加5个，较2017年增加6个。",
            2019,
        ),  # one after the newest basis
        ("今年增长9%，到2018年底已有公园40个。", 2019),
        ("今年增长9%。", None),
        ("", None),
    ],
)
def test_the_year_that_a_text_without_a_title_calls_this_one(text: str, year: int | None) -> None:
    assert now_in(seen(text), RULES) == year


def test_under_a_title_the_years_that_sentences_name_do_not_say_what_this_year_is() -> None:
    assert now_in(seen("2018年增长8%。", title="江州县概况"), RULES) is None
    assert now_in(seen("今年是改革开放40周年。", title="江州县概况"), RULES) == 2018


# ------------------------------------------------------------------ which plan news tell of


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("近日，江州市印发《江州市公园建设三年行动方案》，到2026年建成公园60个。", "江州市公园建设三年行动方案"),
        ("《江州市公园建设三年行动方案（2024—2026年）》提出，建成公园60个。", "江州市公园建设三年行动方案（2024—2026年）"),
        ("《江州市养老服务规划》（以下简称《规划》）明确，床位6000张。", "江州市养老服务规划"),
        ("近日，市政府发布了《关于印发江州市养老服务规划的通知》。", "江州市养老服务规划"),
    ],
)  # fmt: skip
def test_the_plan_that_news_opens_with(text: str, title: str) -> None:
    assert cited_title(seen(text), RULES) == title


@pytest.mark.parametrize(
    "text",
    [
        *("", FILLER, "《》提出", "《" * 300, "《规划》提出，建成公园60个。"),
        "《江州日报》提出，建成公园60个。",
        "认真学习《江州市养老服务规划》。",
        FILLER * 40 + "《江州市养老服务规划》提出，床位6000张。",
    ],
)
def test_news_without_a_plan(text: str) -> None:
    assert cited_title(seen(text), RULES) == ""


def test_a_report_is_not_called_by_a_plan_that_it_cites() -> None:
    text = "《江州市养老服务规划》提出，床位6000张。"
    assert cited_title(seen(text, kind=DocumentKind.REPORT), RULES) == ""
    for kind in (DocumentKind.PLAN, DocumentKind.PROPOSAL):
        assert cited_title(seen(text, kind=kind), RULES) == "江州市养老服务规划"


# ------------------------------------------------------------------ what holds for all

WORDS = st.lists(
    st.sampled_from(
        ["2019年", "2021年", "6月份", "上半年", "“十三五”", "期间，", "末相比", "今年", "目标", "为：", "全县", "，", "。", "\n", "《", "规划》提出", "截至", "底"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@given(WORDS, st.sampled_from(["", "江州县概况"]), st.sampled_from([None, date(2020, 7, 1)]))
def test_a_year_found_is_one_that_the_text_or_its_date_names(
    text: str, title: str, published: date | None
) -> None:
    evidence = seen(text, title=title, published=published)
    most = named_most(evidence, RULES.told_years)
    assert most is None or f"{most}年" in text
    assert most is None or published is None or most <= published.year
    goals = spoken_goals(evidence, RULES).planned
    assert goals is None or goals.year in {2018, 2019, 2020, 2021, 2022}
    back = spoken_years(evidence, RULES).reviewed
    assert back is None or back.year in {2019, 2021} or back in PLANS
    assert cited_title(evidence, RULES) in text


PLANS = {Period.years(2016, 2020), Period.years(2021, 2025)}


@given(st.text("公园全县有个，。；\n“”《》 、甲乙丙%0123456789", max_size=80))
def test_a_text_without_a_year_speaks_of_none(text: str) -> None:
    evidence = seen(text)
    assert spoken_years(evidence, RULES) == Horizon()
    assert spoken_goals(evidence, RULES) == Horizon()


@given(st.text(max_size=120))
def test_any_text_can_be_asked(text: str) -> None:
    evidence = seen(text)
    spoken_years(evidence, RULES)
    spoken_goals(evidence, RULES)
    now_in(evidence, RULES)
    cited_title(evidence, RULES)
