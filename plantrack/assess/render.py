"""Numbers, periods and goals as a reader expects them, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from plantrack.assess.matching import RATES
from plantrack.model import Comparator, Measure, Period, PeriodKind, Quantity, Text
from plantrack.model.quantity import plain
from plantrack.paths import significant

_PUBLISHED = 4  # statistics come with four decimals at most
_APART = 6
_ONE = Decimal(1)
_QUARTERS = "一二三四"
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]

_AS_IT_IS, _FALL = ("{}", "{}"), ("下降{}", "a fall of {}")
_BOUNDED = {
    Comparator.GE: ("{}以上", "at least {}"),
    Comparator.GT: ("超过{}", "more than {}"),
    Comparator.LE: ("{}以内", "at most {}"),
    Comparator.LT: ("低于{}", "less than {}"),
    Comparator.APPROX: ("{}左右", "about {}"),
}
_FALLS = {
    Comparator.LE: ("下降{}以上", "a fall of at least {}"),
    Comparator.LT: ("下降超过{}", "a fall of more than {}"),
    Comparator.GE: ("下降{}以内", "a fall of at most {}"),
    Comparator.GT: ("下降不到{}", "a fall of less than {}"),
    Comparator.APPROX: ("下降{}左右", "a fall of about {}"),
}


@lru_cache(maxsize=4096, typed=True)  # a sentence says a number twice, in Chinese and in English
def number(value: Decimal | float, places: int = 2) -> str:
    """A number with at most `places` decimals and no trailing zeros; one below 0.1 keeps two digits."""
    exact = value if isinstance(value, Decimal) else significant(value)
    rounded = round(exact, places)
    if exact and abs(exact) < _ONE.scaleb(1 - places):
        rounded = significant(exact, 2)
    text = plain(rounded)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def percent(share: float) -> str:
    """A share of 1 in %: 0.123 → 12.3%."""
    return f"{number(100 * share, 1)}%"


def period_zh(period: Period) -> str:
    """2025年, 2023年一季度, 2024年11月, 2026—2030年, 2024年1—8月, 2024年3月5日."""
    return _spoken(period).zh


def period_en(period: Period) -> str:
    """2025, Q1 2023, November 2024, 2026–2030, January–August 2024, 5 March 2024."""
    return _spoken(period).en


@lru_cache(maxsize=1024)
def _spoken(period: Period) -> Text:
    first, last = period.first, period.last
    y, m = first.year, first.month
    month, until = _MONTHS[m - 1], _MONTHS[last.month - 1]
    match period.kind:
        case PeriodKind.YEAR:
            return Text(zh=f"{y}年", en=f"{y}")
        case PeriodKind.HALF:
            half = m // 6
            return Text(zh=f"{y}年{'上下'[half]}半年", en=f"H{half + 1} {y}")
        case PeriodKind.QUARTER:
            quarter = m // 3
            return Text(zh=f"{y}年{_QUARTERS[quarter]}季度", en=f"Q{quarter + 1} {y}")
        case PeriodKind.MONTH:
            return Text(zh=f"{y}年{m}月", en=f"{month} {y}")
        case PeriodKind.DATE:
            return Text(zh=f"{y}年{m}月{first.day}日", en=f"{first.day} {month} {y}")
        case PeriodKind.SPAN if (m, last.month) == (1, 12):
            return Text(zh=f"{y}—{last.year}年", en=f"{y}–{last.year}")
        case PeriodKind.SPAN if y == last.year:
            return Text(zh=f"{y}年{m}—{last.month}月", en=f"{month}–{until} {y}")
        case PeriodKind.SPAN:
            zh = f"{y}年{m}月—{last.year}年{last.month}月"
            return Text(zh=zh, en=f"{month} {y}–{until} {last.year}")


def bounded(text: str, cmp: Comparator) -> Text:
    """An amount with its bound as people say it: 73%左右, 5.5%以内; about 73%, at most 5.5%."""
    return _filled(_BOUNDED.get(cmp, _AS_IT_IS), text)


@dataclass(frozen=True)
class Style:
    """How a target's numbers are written: their unit, whether they are a:1, a growth, or a grade."""

    unit: str
    ratio: bool = False
    growth: bool = False
    grades: tuple[str, ...] = ()
    places: int = 2

    @classmethod
    def of(
        cls, unit: str, measure: Measure, sample: Quantity | None, grades: tuple[str, ...] = ()
    ) -> Style:
        """The style of a target whose goal is `sample`."""
        ratio = sample is not None and sample.ratio is not None
        given = () if sample is None else (sample.value, sample.low, sample.high)
        places = max((_decimals(x) for x in given if x is not None), default=2)
        rate = measure in RATES
        return cls(unit, ratio, rate, grades, max(2, places))

    def amount(self, value: Decimal | float) -> str:
        """A value with its unit: 2.65%, 1.92:1, Ⅱ类."""
        if self.grades:
            return self.grades[int(value)]
        text = number(value, self.places)
        return f"{text}:1" if self.ratio else f"{text}{self.unit}"

    def published(self, value: Decimal) -> str:
        """A value as it was published, with all its decimals; a division's endless ones are rounded."""
        given = _decimals(value)
        if self.places < given <= _PUBLISHED:
            return replace(self, places=given).amount(value)
        return self.amount(value)

    def apart(self, value: Decimal, other: Decimal) -> str:
        """The size of a value, with as many decimals as it takes to tell it from `other`: 4.995%, not 5%."""
        places = self.places
        while places < _APART and value != other and number(value, places) == number(other, places):
            places += 1
        return replace(self, places=places).amount(abs(value))

    def exact(self, value: Decimal) -> str:
        """A bound, which two decimals could move: 2.205:1."""
        text = number(value, 6)
        return f"{text}:1" if self.ratio else f"{text}{self.unit}"

    def change_zh(self, value: Decimal | float) -> str:
        """A difference; of percentages in points: 0.05个百分点."""
        points = {"%": "个百分点", "‰": "个千分点", "百分点": "个百分点"}.get(self.unit, self.unit)
        return f"{number(_size(value), self.places)}{points}"

    def change_en(self, value: Decimal | float) -> str:
        """A difference; of percentages in points: 0.05 percentage points."""
        text = number(_size(value), self.places)
        points = {
            "%": "percentage points",
            "百分点": "percentage points",
            "个百分点": "percentage points",
        }
        unit = points.get(self.unit, self.unit)
        if text == "1" and unit == "percentage points":
            return "1 percentage point"
        return f"{text} {unit}" if unit in points.values() else f"{text}{unit}"

    def reading(self, value: Decimal, *, estimated: bool, cmp: Comparator = Comparator.EQ) -> Text:
        """What a figure says: 为2.65%, 预计2.65%, 增长5.3%, 为72%以上; 2.65%, growth of 5.3%, at least 72%."""
        falls = self.growth and value < 0
        size = bounded(self.published(abs(value) if self.growth else value), cmp)
        plain = not estimated and cmp not in (Comparator.GT, Comparator.LT)
        verb = ("下降" if falls else "增长") if self.growth else "为" if plain else ""
        en = f"{'a fall' if falls else 'growth'} of {size.en}" if self.growth else size.en
        return Text(
            zh=f"{'预计' if estimated else ''}{verb}{size.zh}",
            en=f"{en} (estimated)" if estimated else en,
        )

    def goal(self, quantity: Quantity) -> Text:
        """A goal as people say it: 73%左右, 5.5%以内, 5%—5.5%; about 73%, at most 5.5%."""
        if quantity.low is not None and quantity.high is not None:
            low, high = self.amount(quantity.low), self.amount(quantity.high)
            return Text(zh=f"{low}—{high}", en=f"{low} to {high}")
        value = quantity.number
        if value is None:
            return Text(zh=quantity.written, en=quantity.written)
        if self.growth and value < 0:
            return _fall(quantity.cmp, self.amount(abs(value)))
        return bounded(f"{quantity.written}{'' if quantity.ratio else self.unit}", quantity.cmp)


def _fall(cmp: Comparator, size: str) -> Text:
    """A goal to fall by so much; at most −2.5 is a fall of at least 2.5."""
    return _filled(_FALLS.get(cmp, _FALL), size)


def _filled(wording: tuple[str, str], amount: str) -> Text:
    zh, en = wording
    return Text(zh=zh.format(amount), en=en.format(amount))


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _size(value: Decimal | float) -> Decimal | float:
    return -value if value < 0 else value
