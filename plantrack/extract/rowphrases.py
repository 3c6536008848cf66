"""Indicator cells: name, unit and price basis apart, and sub-indicators made self-contained."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from plantrack.extract.cells import flat, mark
from plantrack.extract.numerals import fold
from plantrack.extract.phrases import join
from plantrack.extract.tablerules import TableRules
from plantrack.extract.units import Units

_FOOTNOTE = re.compile(r"[\[［【〔]\d{1,2}[\]］】〕]$")
# The last bracket of the cell, closed or cut off.
_LAST_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]?$")

_NUMBERING = re.compile(
    r"^\s*(?:[(（]?(\d{1,2})[)）.．、][.．、]?(?!\d)|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}、(?=.{2}))"
)


@dataclass(frozen=True, slots=True)
class Label:
    """An indicator cell as read: `child` where it carries a sub-indicator's mark."""

    name: str
    unit: str = ""
    price_basis: int | None = None
    child: bool = False
    marks: tuple[str, ...] = ()


def number_of(text: str) -> str:
    """The number of its row that an indicator cell opens with (14.空气质量优良天数比率); else empty."""
    opens = _NUMBERING.match(text)
    return (opens[1] or "") if opens else ""


def read_label(text: str, rules: TableRules, units: Units) -> Label:
    """The name, unit and price basis in an indicator cell; the unit may be cut off at its bracket."""
    name = _FOOTNOTE.sub("", _NUMBERING.sub("", "".join(text.split())))
    opens = rules.child.match(fold(name))
    child = opens is not None
    if opens:
        name = name[opens.end() :].lstrip(":：,，")
    marks: tuple[str, ...] = ()
    unit, price = "", None
    while name:
        if rules.marks.fullmatch(name[-1]):
            marks = (*marks, mark(name[-1]))
            name = name[:-1]
            continue
        bracket = _LAST_BRACKET.search(name)
        read = _bracket(bracket[1], rules, units) if bracket else None
        if bracket is not None and read is None and (last := _unit_last(bracket[1], units)):
            rest, unit = last  # 农用化肥（折纯，万吨）
            name = f"{name[: bracket.start()]}（{rest}）"
            break
        if bracket is None or read is None:
            break
        unit, price = read[0] or unit, read[1] or price
        name = name[: bracket.start()]
    return Label(name, unit, price, child, marks)


def _bracket(inside: str, rules: TableRules, units: Units) -> tuple[str, int | None] | None:
    """Unit and price basis in a bracket; None where it holds anything else."""
    unit, price = "", None
    for piece in re.split(r"[,，、;；]", inside):
        basis = rules.price_basis.fullmatch(flat(piece))
        if basis:
            price = int(basis["year"])
        elif is_unit(piece, units):
            unit = piece.strip()
        elif rules.said_in_bracket.fullmatch(flat(piece)):
            continue
        else:
            return None
    return unit, price


def _unit_last(inside: str, units: Units) -> tuple[str, str] | None:
    """What a bracket says before the unit it ends in, and the unit; None where it ends in none."""
    rest, mark, last = fold(inside).rpartition(",")
    return (rest, last.strip()) if mark and is_unit(last, units) else None


def is_unit(text: str, units: Units) -> bool:
    """Whether the whole text is a unit of measure."""
    return units.is_unit(flat(text))


def parts(labels: Sequence[Label]) -> list[str]:
    """For each label of a table the name of the row that it is a part of, where it stands under several.

    公路 under 客运量 and again under 货运量 is a part of both, and so is 铁路(发送量) beside it; the
    others are parts of none, which is an empty name.
    """
    bare = [label.name.split("(")[0].split("（")[0] for label in labels]
    told = Counter(name for label, name in zip(labels, bare, strict=True) if not label.child)
    out, parent = [], ""
    for label, name in zip(labels, bare, strict=True):
        part = name != "" and told[name] > 1 and parent != "" and not label.child
        part = part and name[-2:] not in parent  # 国内过夜游客 says itself what is measured
        out.append(parent if part else "")
        parent = parent if part or label.child else label.name
    return out


def repeated(labels: Sequence[Label], groups: Sequence[str]) -> frozenset[str]:
    """The names that rows of several groups have: 在校生数 under 九年义务教育 and again under 高中阶段教育."""
    under: dict[str, set[str]] = {}
    for label, group in zip(labels, groups, strict=True):
        if group and not label.child:
            under.setdefault(label.name, set()).add(group)
    return frozenset(name for name, each in under.items() if len(each) > 1)


def complete(name: str, parent: str, rules: TableRules) -> str:
    """A sub-indicator's phrase made self-contained from its parent's.

    化学需氧量 under 主要污染物排放总量减少 → 化学需氧量排放总量减少; 农村 under
    居民人均可支配收入 → 农村居民人均可支配收入; 火电 under 发电量 → 火电发电量. A phrase that stands on its own stays.
    """
    tail = rules.tail.search(parent)
    if rules.prefix.match(name):
        return join(name, rules.whole.sub("", parent))
    if rules.standalone.search(name):
        # 工业投资 under 固定资产投资增长 still lacks what is said of it.
        rate = rules.rate_end.search(parent)
        return name + rate[0] if rate and not rules.rate_of_its_own.search(name) else name
    if tail and tail[0]:
        return name + tail[0]
    return name
