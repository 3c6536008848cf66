"""Regions, areas and words that point back."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.datafile import rules_path
from plantrack.errors import DataError
from plantrack.link import Regions
from plantrack.link.regions import Level
from plantrack.model import Scope

REGIONS = Regions.load()
CHONGQING = Scope(name="重庆市", code="500000")
JIULONGPO = Scope(name="九龙坡区")


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("重庆市", None, "500000"),
        ("重庆", None, "500000"),
        ("渝", None, "500000"),
        ("广西壮族自治区", None, "450000"),
        ("新疆", None, "650000"),
        ("成都市", None, "510100"),
        ("成都", CHONGQING, "510100"),
        ("恩施", None, "422800"),
        ("九龙坡区", None, "500107"),
        ("万州", CHONGQING, "500101"),
        ("石柱", CHONGQING, "500240"),
        ("忠县", CHONGQING, "500233"),
        ("江北区", CHONGQING, "500105"),
        ("江北区", JIULONGPO, "500105"),
        ("江北区", Scope(name="宁波市"), "330205"),
        ("鼓楼区", Scope(name="南京市"), "320106"),
        ("鼓楼区", Scope(name="福建省"), "350102"),
        ("江苏省南京市鼓楼区", None, "320106"),
        ("重庆九龙坡区", None, "500107"),
        ("“ 渝 北 区 ”", None, "500112"),
        ("全市", CHONGQING, "500000"),
        ("全市", JIULONGPO, "500000"),
        ("全区", JIULONGPO, "500107"),
        ("我市", Scope(name="成都市"), "510100"),
        ("全省", Scope(name="成都市"), "510000"),
        ("全域", JIULONGPO, "500107"),
    ],
)
def test_names_with_a_code(name: str, within: Scope | None, code: str):
    scope = REGIONS.scope(name, within)
    assert scope.code == code
    assert scope.name == REGIONS[code].name


@pytest.mark.parametrize(
    ("name", "within"),
    [
        ("鼓楼区", None),  # four regions bear the name
        ("鼓楼区", Scope(name="江苏省")),  # two of them in this province
        ("江北区", None),
        ("万州", None),  # short names of counties count only near home
        ("合作", CHONGQING),  # a common word, and a town far away
        ("全市", None),
        ("全省", CHONGQING),
        ("火星", CHONGQING),
        ("", CHONGQING),
    ],
)
def test_names_without_a_code_stay_as_written(name: str, within: Scope | None):
    assert REGIONS.scope(name, within) == Scope(name=name)


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("渝东北", "渝东北三峡库区城镇群"),
        ("川渝", "川渝地区"),
        ("中国（重庆）自由贸易试验区", "重庆自贸试验区"),
        ("西部（重庆）科学城", "西部(重庆)科学城"),
        ("重庆两江新区", "两江新区"),
        ("我国", "全国"),
        ("东部", "东部地区"),
    ],
)
def test_areas_have_one_name_and_no_code(name: str, canonical: str):
    assert REGIONS.scope(name, CHONGQING) == Scope(name=canonical)


def test_areas_know_the_regions_they_lie_in():
    area = REGIONS.area("成渝双城经济圈")
    assert area is not None
    assert area.within == ("500000", "510000")
    assert REGIONS.area("两江新区") is REGIONS.area("重庆两江新区")
    assert REGIONS.area("重庆市") is None


def test_the_data_is_whole():
    assert len(REGIONS) > 3000
    levels = [region.level for region in REGIONS]
    assert levels.count(Level.PROVINCE) == 34
    assert levels.count(Level.PREFECTURE) == 333
    assert levels.count(Level.COUNTY) > 2800
    assert all(code in REGIONS for area in REGIONS.areas() for code in area.within)


CODES = st.sampled_from([region.code for region in REGIONS])


@given(CODES)
def test_every_full_name_is_found_inside_the_region_above(code: str):
    region = REGIONS[code]
    above = REGIONS[region.parent] if region.parent else None
    within = Scope(name=above.name, code=above.code) if above else None
    assert REGIONS.scope(region.name, within) == Scope(name=region.name, code=code)


@given(CODES)
def test_every_lineage_ends_at_a_province(code: str):
    *_, top = REGIONS.lineage(code)
    assert top.level is Level.PROVINCE
    assert next(REGIONS.lineage(code)).code == code


def test_regions_travel_to_another_process():
    copy = pickle.loads(pickle.dumps(REGIONS))
    assert copy.scope("万州", CHONGQING) == REGIONS.scope("万州", CHONGQING)
    assert len(copy) == len(REGIONS)


def test_no_lineage_for_an_unknown_code():
    assert list(REGIONS.lineage("999999")) == []


def test_names_to_look_for():
    everywhere = set(REGIONS.names())
    at_home = set(REGIONS.names(CHONGQING))
    assert {"成渝地区双城经济圈", "渝东北", "四川", "四川省", "九龙坡区", "浦东新区"} <= everywhere
    assert {"万州", "九龙坡", "忠县"} <= at_home - everywhere
    assert not {"渝", "高县", "城区", "矿区", "合作", "全市"} & at_home
    assert {"全市", "我区", "全省"} <= set(REGIONS.relatives())


def test_titles_of_a_region_are_longest_first():
    assert REGIONS.titles(CHONGQING) == ("重庆市", "重庆")
    assert REGIONS.titles(JIULONGPO) == ("九龙坡区", "九龙坡")
    assert REGIONS.titles(Scope(name="渝东北"))[-1] == "渝东北"
    assert REGIONS.titles(Scope(name="火星")) == ("火星",)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("5000,某县,county,500000", "six digits"),
        ("500000,某县,county,500000", "twice"),
        ("500999,某县,village,500000", "no level"),
        ("500999,某县,county,990000", "does not stand above"),
        ("500999,,county,500000", "name is missing"),
        ("500999,某县,county", "3 cells"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, says: str):
    path = tmp_path / "regions.csv"
    head = "# a note\ncode,name,level,parent\n500000,重庆市,province,\n"
    path.write_text(head + line + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=says) as caught:
        Regions.read(path, rules_path("areas.csv"))
    assert f"{path}:4:1" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,kind\n", "wrong columns"),
        ("name,kind,within,aliases\n甲,place,,\n", "no kind"),
        ("name,kind,within,aliases\n甲,area,,乙\n乙,area,,\n", "already in line 2"),
        ("name,kind,within,aliases\n甲,area,999999,\n", "999999"),
    ],
)
def test_a_wrong_area_is_named(tmp_path: Path, text: str, says: str):
    path = tmp_path / "areas.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=says):
        Regions.read(rules_path("regions.csv"), path)
