"""Normal forms of phrases."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from plantrack.datafile import load, rules_path
from plantrack.link import Lexicon
from plantrack.link.aliases import Normaliser, NormalRules, Replacement

RULES = load(rules_path("lexicon", "normalise.yaml"), NormalRules)
NORMALISER = Normaliser(RULES)

PIECES = st.sampled_from(
    [
        *"占比的（）()%#“”年万每人口各下降率量数优好于类ⅢIiGDPR&D2.5 、",
        *{s for family in RULES.families for s in family},
        *RULES.lead,
        *RULES.tail,
        *("全市", "我区", "其中", "全社会", "经费", "投入", "支出", "拥有量", "居民", "浓度"),
        *("(亿元)", "（%", "(2020年价)", "74个", "增加值", "达到或", "e", "\u0301", "①", "﷽", "ß"),
    ]
)


@given(st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=20))
@example("万人口人口")
@example("占比重占比")
@example("全全市市地区生产总值")
def test_normalising_twice_is_normalising_once(text: str):
    once = NORMALISER.normal(text)
    assert NORMALISER.normal(once) == once


@given(
    st.sampled_from(
        sorted(n for i in Lexicon.load().indicators.values() for n in (i.zh, *i.aliases))
    )
)
def test_a_core_is_its_own_core(name: str):
    core = NORMALISER.core(NORMALISER.normal(name))
    assert list(NORMALISER.cuts(core)) == [(core, False)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("规模以上工业增加值", "规上工业增加值"),
        ("限额以上单位网络零售额", "限上网络零售额"),
        ("地区生产总值（GDP）", "生产总值"),
        ("数字经济核心产业增加值占ＧＤＰ的比重", "数字经济核心产业增加值占地区生产总值比例"),
        ("研究与试验发展（R&D）经费投入强度", "全社会研发投入强度"),
        ("R&D经费支出占地区生产总值比重(%", "研发投入占GDP的比重"),
        ("万人发明专利拥有量", "每万人口发明专利拥有量（件）"),
        ("每万名常住人口发明专利", "每万人拥有发明专利"),
        ("细颗粒物（PM2.5）年均浓度", "PM2.5浓度"),
        ("地表水达到或好于Ⅲ类比例", "地表水达到或优于III类比例"),
        ("居民人均可支配收入", "全体居民人均可支配收入"),
        ("农村常住居民人均可支配收入", "农村居民人均可支配收入"),
        ("万元GDP能耗下降率", "单位地区生产总值能源消耗降低"),
        ("人均地区生产总值(万元,2020年价)", "人均GDP"),
        ("#其中：全市市场主体", "各类经营主体"),
        ("民营经济增加值占全市经济比重", "民营经济增加值占GDP的比重"),
        ("战略性新兴产业增加值占规模以上工业比重", "战新产业增加值占规上工业增加值比重"),
        ("74个国控断面水质优良比例", "国控断面水质优良比例"),
    ],
)
def test_spellings_of_one_name_have_one_form(one: str, other: str):
    assert NORMALISER.normal(one) == NORMALISER.normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("规上工业增加值", "工业增加值"),
        ("农村居民人均可支配收入", "居民人均可支配收入"),
        ("全国地区生产总值", "全市地区生产总值"),
        ("人均地区生产总值", "地区生产总值"),
        ("民间投资(不含房地产)", "民间投资"),
        ("一般公共预算收入(区域收入)", "一般公共预算收入"),
        ("单位地区生产总值能耗", "单位地区生产总值能耗降低"),
        ("74个国控断面", "国控断面"),
        ("新增城镇就业", "城镇就业"),
    ],
)
def test_what_changes_the_meaning_stays(one: str, other: str):
    assert NORMALISER.normal(one) != NORMALISER.normal(other)


@pytest.mark.parametrize(
    ("phrase", "core", "grows"),
    [
        ("城镇新增就业人数", "城镇新增就业", False),
        ("进出口总值", "进出口", False),
        ("gdp年均增速", "gdp", True),
        ("gdp总量", "gdp", False),
        ("一般公共预算收入同比增长", "一般公共预算收入", True),
        ("出口额", "出口额", False),  # nothing is cut below three letters
        ("增长率", "增长率", False),
        ("gdp预计", "gdp", False),
        ("科技型中小企业截至", "科技型中小企业", False),
        ("高新技术企业数量翻一番", "高新技术企业", False),
    ],
)
def test_cores(phrase: str, core: str, grows: bool):
    *_, last = NORMALISER.cuts(phrase)
    assert last == (core, grows)
    assert NORMALISER.core(phrase) == core


def test_cuts_take_one_word_after_another():
    cuts = [form for form, _ in NORMALISER.cuts("累计进出口总额同比增长")]
    assert cuts == ["累计进出口总额同比增长", "累计进出口总额", "进出口总额", "进出口"]


@pytest.mark.parametrize(
    ("unit", "ends"),
    [
        ("万亿元", "元"),
        ("万元/人", "元"),
        ("个百分点", "百分点"),
        ("亿千瓦时", "千瓦时"),
        ("万千瓦", "千瓦"),
    ],
)
def test_units_are_classed_by_their_ending(unit: str, ends: str):
    found = NORMALISER.unit_class(unit)
    assert found is not None
    assert ends in found.ends


@pytest.mark.parametrize("unit", ["", "/", "P", "批次"])
def test_other_units_have_no_class(unit: str):
    assert NORMALISER.unit_class(unit) is None


@pytest.mark.parametrize("find", ["(", "(a)", "a*", "GDP"])
def test_a_pattern_that_cannot_work_is_refused(find: str):
    with pytest.raises(ValidationError):
        Replacement(find=find)
