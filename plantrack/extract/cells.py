"""The small grammar of a table's value cells: 预计≥10, 5—5.5*, 【13.5】, 2.1∶1左右, 达到国家考核目标."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from plantrack.extract.numerals import decimal, fold
from plantrack.extract.tablerules import SignRule, TableRules
from plantrack.extract.units import Units
from plantrack.model import Cell, Comparator, Quantity, Span

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?P<unit>%|‰|个?百分点)?"
_VALUE = re.compile(
    rf"(?P<minus>[-－−](?=\d))?(?P<a>{_NUMBER})\s*{_UNIT}"
    rf"(?:\s*(?P<sep>[—–\-~～至到]{{1,2}}|[:∶：])\s*(?P<b>{_NUMBER})\s*(?P<unit2>%|‰|个?百分点)?)?"
)
_UNIT_IN_BRACKETS = re.compile(rf"\(\s*{_UNIT[:-1]}\s*\)")  # 6左右(%)


def flat(text: str) -> str:
    """A cell's text, half-width and without blanks."""
    return "".join(fold(text).split())


def mark(sign: str) -> str:
    """A mark in its usual form: full-width stars and hashes made half-width."""
    return {"＊": "*", "※": "*", "＃": "#"}.get(sign, sign)


class CellKind(StrEnum):
    """What a value cell holds."""

    NUMBER = "number"
    WORDS = "words"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Value:
    """One value cell as read: its number if it has one, its marks, and the span of its digits.

    `estimated`, `mean` and `total` come from the cell's own words and brackets.
    """

    kind: CellKind
    text: str
    span: Span
    number: Quantity | None = None
    marks: tuple[str, ...] = ()
    estimated: bool = False
    mean: bool = False
    total: bool = False


def read_value(cell: Cell, rules: TableRules, units: Units | None = None) -> Value:
    """What a value cell holds; words and cells without data have no number.

    A cell is a number where, its marks and brackets set aside, only comparators, estimates and
    a unit stand around one number, range or ratio: a rate's, or with `units` any that cells may hold
    (4.48万吨). Everything else is words, kept as written.
    """
    folded = fold(cell.text)
    bare = flat(cell.text)
    if not bare or rules.no_data.fullmatch(bare):
        return Value(CellKind.NO_DATA, cell.text, cell.span)
    brackets = tuple(b for b in rules.brackets if b[0] in cell.text and b[1] in cell.text)
    marks = tuple(dict.fromkeys(mark(m[0]) for m in rules.marks.finditer(folded)))
    match = _VALUE.search(folded)
    number = _quantity(match, folded, rules, units) if match else None
    if match is None or number is None:
        return Value(CellKind.WORDS, cell.text, cell.span, marks=marks)
    start = cell.span.start
    return Value(
        CellKind.NUMBER,
        cell.text,
        Span(start=start + match.start("a"), end=start + match.end("b" if match["b"] else "a")),
        number,
        marks=marks + tuple("【】" for _ in brackets[:1]),
        estimated=bool(rules.estimated.search(folded)),
        mean="年均" in folded,
        total="累计" in folded,
    )


def _quantity(
    match: re.Match[str], folded: str, rules: TableRules, units: Units | None
) -> Quantity | None:
    before, after = folded[: match.start()], folded[match.end() :]
    cmp, rest_before = _comparator(before, rules.before)
    cmp_after, rest_after = _comparator(after, rules.after)
    cmp = cmp_after if cmp is Comparator.EQ else cmp
    apart = _UNIT_IN_BRACKETS.search(rest_after)
    if apart:
        rest_after = rest_after[: apart.start()] + rest_after[apart.end() :]
    own = rest_after.strip()
    if own and units is not None and units.is_unit(own):
        rest_after = ""
    else:
        own = ""
    falls = bool(rules.falls.match(rest_before))
    if not _only_frame(rest_before, rules) or not _only_frame(rest_after, rules):
        return None
    unit = match["unit2"] or match["unit"] or (apart["unit"] if apart else own)
    a = decimal(match["a"])
    if match["b"] is None:
        value = -a if match["minus"] or falls else a
        return Quantity(value=value, unit=unit, cmp=cmp)
    b = decimal(match["b"])
    if match["sep"] in ":∶：":
        return Quantity(ratio=(a, b), cmp=cmp)
    low, high = (a, b) if a <= b else (b, a)
    return Quantity(low=low, high=high, unit=unit, cmp=Comparator.RANGE)


def _comparator(around: str, signs: tuple[SignRule, ...]) -> tuple[Comparator, str]:
    for sign in signs:
        match = sign.pattern.search(around)
        if match:
            return sign.cmp, around[: match.start()] + around[match.end() :]
    return Comparator.EQ, around


def _only_frame(rest: str, rules: TableRules) -> bool:
    """Whether nothing is left beside a number but marks, brackets and the words of a frame."""
    for pattern in (rules.estimated, rules.marks, rules.falls, rules.frame):
        rest = pattern.sub("", rest)
    return rest == ""
