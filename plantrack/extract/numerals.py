"""Numbers as they are written: digits, Chinese numerals, ranges, ratios, fractions.

All patterns run over a folded copy of the text (`fold`) that has the same length, so every
offset is an offset into the source.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

_WIDE = "０１２３４５６７８９．％，：；（）［］＋－−／＜＞＝～　∶︰﹪"
_NARROW = "0123456789.%,:;()[]+--/<>=~ ::%"
_BULLETS = "●•◆◇◉■□▪▫▶►➢➤❖✓✔"  # before items of a list, never part of a name
_FOLDS = (*zip(_WIDE, _NARROW, strict=True), *((bullet, " ") for bullet in _BULLETS))
_ALL_WIDE = frozenset(_WIDE + _BULLETS)
_FOOTNOTE = re.compile(
    # but 新增就业[18]万人 is a value
    r"(?<=[一-鿿])\[\d{1,2}\](?![万亿千百%个人元吨件户家项公亩平])(?P<words>[一-鿿]{0,20})"
)
_SHORT = 60  # letters; in a longer text each sign is faster looked for by itself

# thousands parted by blanks only within a sentence (长度42 690公里): in a table they part numbers
_PARTED = r"(?<=[一-鿿])\d{1,3}(?: \d{3}){1,3}(?=\.\d|[一-鿿])"
_INTEGER = rf"\d{{1,3}}(?:,\d{{3}})+(?![\d,])|{_PARTED}|\d+"
_DIGITS = rf"(?:{_INTEGER})(?:\.\d+)?"
_NUMBER = re.compile(rf"(?=\d){_DIGITS}")  # the digit is looked for first: most letters are none
# Chinese numerals count as values only where a unit or a magnitude makes them one (see units).
_HAN = "零〇一二两三四五六七八九十百千"
_PERCENT_OF = re.compile(rf"百分之([{_HAN}]+(?:点[{_HAN}]+)?|{_DIGITS})")
# bounded on both sides, or a long run of digits would be tried from each of its places
_FRACTION_OF = re.compile(
    rf"((?<![{_HAN}])[{_HAN}]{{1,8}}|(?<!\d)\d{{1,15}})分之([{_HAN}]{{1,8}}|\d{{1,15}})"
)
_RANGE_MARK = re.compile(r"\s?(?:[—–\-~至到]|——)\s?")
_SHARED_UNIT = re.compile(r"%|‰|[十百千万亿]{1,2}")  # written with both ends: 300万—400万千瓦
_RATIO_MARK = re.compile(r"\s?:\s?")

_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000}

# A number longer than this is an identifier, not a value.
MOST_DIGITS = 15


class Form(StrEnum):
    """How a number is written."""

    SINGLE = "single"
    RANGE = "range"
    RATIO = "ratio"


class Numeral(NamedTuple):
    """A number at `[start, end)`: one value, the ends of a range, or the parts of a ratio.

    `unit` is filled where the writing itself holds it; `written_from` then is where that writing
    begins (百分之五).
    """

    start: int
    end: int
    form: Form
    values: tuple[Decimal, ...]
    unit: str = ""
    written_from: int = -1

    @property
    def signed(self) -> bool:
        """Whether a sign stands before its digits: +5.8."""
        return 0 <= self.written_from == self.start - 1

    @property
    def lead(self) -> int:
        """Where the words of the number begin."""
        return self.start if self.written_from < 0 else self.written_from


def fold(text: str) -> str:
    """A copy of equal length in which full-width digits and signs are half-width, and bullets blanks."""
    if len(text) < _SHORT and _ALL_WIDE.isdisjoint(text):
        return text  # as nearly every cell
    for wide, narrow in _FOLDS:  # far faster than str.translate, which looks at each letter
        if wide in text:
            text = text.replace(wide, narrow)
    return text


def without_notes(text: str) -> str:
    """A copy of equal length without the marks of footnotes: 三次产业[3]比为20.4 → 三次产业比为␣␣␣20.4.

    What follows a mark moves up to it, as far as the next digit or mark of a clause, so that no value moves.
    """
    return _FOOTNOTE.sub(_closed, text) if "[" in text else text


def _closed(noted: re.Match[str]) -> str:
    return noted["words"].ljust(len(noted[0]))


def decimal(digits: str) -> Decimal:
    """The value of digits as written, thousands separators removed."""
    return Decimal(digits.replace(",", "").replace(" ", ""))


def han_number(written: str) -> int | None:
    """The value of a Chinese numeral below ten thousand (两百五十 → 250, 二〇三五 → 2035); None if it is none."""
    if not written or any(c not in _HAN for c in written):
        return None
    if not any(c in _HAN_UNITS for c in written):
        return int("".join(str(_HAN_DIGITS[c]) for c in written))
    total, digit, last = 0, -1, 10_000
    for c in written:
        if c in _HAN_UNITS:
            unit = _HAN_UNITS[c]
            if unit >= last:
                return None
            total += (1 if digit < 0 else digit) * unit
            digit, last = -1, unit
        else:
            if digit > 0:
                return None
            digit = _HAN_DIGITS[c]
    return total + max(digit, 0)


def write_han(number: int) -> str:
    """The Chinese numeral of a number from 0 to 9999: the inverse of `han_number`."""
    if not 0 <= number <= 9999:
        raise ValueError(f"only 0 to 9999 are written in Chinese numerals, found {number}")
    if number == 0:
        return "零"
    out, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            out += ("零" if zero else "") + "零一二三四五六七八九"[digit] + sign
            zero = False
        elif out and number:
            zero = True
    return out.removeprefix("一") if out.startswith("一十") else out


def _han_decimal(written: str) -> Decimal | None:
    whole, point, rest = written.partition("点")
    value = han_number(whole)
    if value is None or (point and any(c not in _HAN_DIGITS for c in rest)):
        return None
    return Decimal(f"{value}.{''.join(str(_HAN_DIGITS[c]) for c in rest)}" if point else value)


def scan(folded: str, start: int, end: int) -> list[Numeral]:
    """All numbers written in digits between two offsets, ranges and ratios joined, in order.

    百分之N and M分之N are read with either kind of numeral. Digits longer than MOST_DIGITS are
    left out. Linear in the length.
    """
    found: list[Numeral] = []
    special: list[re.Match[str]] = []
    if folded.find("分之", start, end) >= 0:  # in few sentences
        special += _PERCENT_OF.finditer(folded, start, end)
        special += (
            m
            for m in _FRACTION_OF.finditer(folded, start, end)
            if not m[1].endswith(("百", "千")) or m[1][0].isdigit()
        )
    special.sort(key=lambda m: -m.start())  # the nearest last
    at = start
    while at < end:
        m = _NUMBER.search(folded, at, end)
        while special and special[-1].start() < at:
            special.pop()
        if special and (m is None or special[-1].start() <= m.start()):
            numeral = _special(special.pop())
            if numeral is not None:
                found.append(numeral)
                at = numeral.end
            continue
        if m is None:
            break
        numeral, at = _compound(folded, m, end)
        if numeral is not None:
            found.append(numeral)
    return found


def _special(m: re.Match[str]) -> Numeral | None:
    def value(written: str) -> Decimal | None:
        return decimal(written) if written[0].isdigit() else _han_decimal(written)

    if m.re is _PERCENT_OF:
        percent = value(m[1])
        if percent is None:
            return None
        return Numeral(m.start(1), m.end(1), Form.SINGLE, (percent,), "%", m.start())
    below, above = value(m[1]), value(m[2])
    if not below or above is None:
        return None
    return Numeral(m.start(), m.end(), Form.RATIO, (above, below))


def _compound(folded: str, m: re.Match[str], end: int) -> tuple[Numeral | None, int]:
    """The number at `m` with the ratio or range it begins, and where to read on."""
    if len(m[0]) > MOST_DIGITS:
        return None, m.end()
    first = decimal(m[0])
    stop = m.end()
    parts = [first]
    while (colon := _RATIO_MARK.match(folded, stop, end)) and (
        after := _NUMBER.match(folded, colon.end(), end)
    ):
        if len(after[0]) > MOST_DIGITS:
            break
        parts.append(decimal(after[0]))
        stop = after.end()
    if len(parts) > 1:
        return Numeral(m.start(), stop, Form.RATIO, tuple(parts)), stop
    dated = folded[m.start() - 1 : m.start()] == "/"
    if (
        not dated
        and folded[stop : stop + 1] == "/"
        and (after := _NUMBER.match(folded, stop + 1, end))
    ):
        if folded.startswith("10万", stop + 1):  # 孕产妇死亡率16/10万: 万 makes it a unit
            return Numeral(m.start(), m.end(), Form.SINGLE, (first,)), m.end()
        small = first < 100 and len(after[0]) <= 3 and "." not in m[0] + after[0]
        if small and folded[after.end() : after.end() + 1] != "/":
            return Numeral(
                m.start(), after.end(), Form.RATIO, (first, decimal(after[0]))
            ), after.end()
    unit = _SHARED_UNIT.match(folded, stop, end)
    shared = unit[0] if unit else ""
    mark = _RANGE_MARK.match(folded, stop + len(shared), end)
    if mark and (after := _NUMBER.match(folded, mark.end(), end)) and len(after[0]) <= MOST_DIGITS:
        second = decimal(after[0])
        coded = after[0][0] == "0" and after[0][1:2].isdigit()  # 索引号：2022-04417
        if first < second and not coded and folded.startswith(shared, after.end(), end):
            return Numeral(m.start(), after.end(), Form.RANGE, (first, second)), after.end()
    return Numeral(m.start(), m.end(), Form.SINGLE, (first,)), m.end()
