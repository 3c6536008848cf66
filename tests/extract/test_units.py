"""Units behind numbers."""

from __future__ import annotations

import pytest

from plantrack.datafile import load, rules_path
from plantrack.extract import Units

UNITS = load(rules_path("units.yaml"), Units)


@pytest.mark.parametrize(
    "unit",
    [
        "%", "‰", "个百分点", "元", "亿元", "万亿元", "万元/人", "元/人年", "万人", "亿人次", "万标箱",
        "微克/立方米", "人/亿元", "件", "个/万人", "万亩", "平方公里", "吨标准煤", "亿立方米", "万千瓦",
        "亿千瓦时", "美元", "亿美元", "台(套)", "场次", "岁", "年", "天", "P", "万P", "平方米", "立方米/日",
        "亿m³", "万m2", "km²", "m³/s", "万m³/d", "μg/m³", "ug/m3", "微克/m³", "t/d", "万tce", "kgce/t", "dB(A)", "℃",
    ],
)  # fmt: skip
def test_units_are_taken_whole(unit: str) -> None:
    assert UNITS.match(unit + "，增长", 0, len(unit) + 3) == unit


def test_no_unit_is_empty() -> None:
    assert UNITS.match("左右", 0, 2) == ""


@pytest.mark.parametrize("suffix", ["千伏", "英寸", "级", "吨级", "亿级", "号"])
def test_technical_suffixes_are_longer_than_any_unit(suffix: str) -> None:
    assert UNITS.technical_at(suffix, 0, len(suffix)) == len(suffix)
    assert len(UNITS.match(suffix, 0, len(suffix))) < len(suffix)


@pytest.mark.parametrize(
    ("unit", "base"),
    [("万亿元", "元"), ("亿元", "元"), ("%", "%"), ("万人", "人"), ("万标箱", "标箱")],
)
def test_base(unit: str, base: str) -> None:
    assert UNITS.base(unit) == base
