"""Numbers of a sentence with unit and bounds, and which of them are no values at all."""

from __future__ import annotations

import re
from string import ascii_letters
from typing import NamedTuple

from plantrack.extract.constructions import Constructions
from plantrack.extract.edges import Endings
from plantrack.extract.numerals import Form, Numeral, scan
from plantrack.extract.periods import Time
from plantrack.extract.units import Units, alternatives
from plantrack.extract.words import Cues
from plantrack.model.quantity import Comparator
from plantrack.model.tracing import Refusal

_LETTER = frozenset(ascii_letters)
_LIST_NUMBER = re.compile(r"\s{0,8}[(\[]?\d{1,3}(?:[.、)\]．](?!\d)|\s)")
_QUOTED = re.compile(r"“[^“”]{0,40}”|《[^《》]{0,80}》|〔[^〔〕]{0,10}〕|「[^「」]{0,40}」")
_OPEN_QUOTES = "“《〔「"
_CLOCK = re.compile(r"[0-2]\d:[0-5]\d(?!\d)")
_LETTERS = re.compile(r"[A-Za-z]+")
_NAME_GOES_ON = re.compile(r"\s?[A-Za-z0-9\u4e00-\u9fff-]")
_JOINED = frozenset("+×*")


class Mention(NamedTuple):
    """A number that may be a value: where it stands, its unit, and the bounds right around the unit.

    `start` to `end` are the digits; `unit_end` is where the unit ends, `stop` where the bounds
    behind it end. `named` says why it is no value (None for a value).
    """

    numeral: Numeral
    start: int
    end: int
    unit: str
    unit_end: int
    stop: int
    cmp: Comparator | None = None
    named: Refusal | None = None


class Mentions:
    """Finds mentions; holds the rules and nothing of any text."""

    def __init__(self, cues: Cues, constructions: Constructions, units: Units) -> None:
        self._cues, self._patterns, self._units = cues, constructions, units
        self._verbs, self._levels = Endings(cues.predicates.all), Endings(cues.predicates.level)
        self._bounds, self._reckoned = Endings(cues.before), tuple(cues.reckoned)
        self._stretches = (*cues.times_measured, *cues.in_fact, "目标")
        magnitudes, inside = alternatives(units.magnitudes), alternatives(cues.inside)
        self._inside = re.compile(rf"(?P<magnitude>{magnitudes})??(?P<word>{inside})")
        self._behind = re.compile(alternatives(cues.after))
        self._naming = tuple(word for word in cues.naming if word != "第")
        self._audience = re.compile(rf"[^,、。;]{{0,3}}(?:{'|'.join(cues.audience)})")
        self._parts_units = cues.own_part_units | cues.grouping_units
        parts = "|".join(cues.own_parts)
        self._own_part = re.compile(
            rf"[^,、。;:]{{0,4}}(?:{parts})(?!{parts}|{'|'.join(cues.own_parts_told)})"
        )

    def find(self, text: str, start: int, end: int, times: list[Time]) -> list[Mention]:
        """All numbers of the sentence `[start, end)` of the folded text, names and dates marked as such."""
        numerals = scan(text, start, end)
        if not numerals:
            return []
        quoted = any(text.find(mark, start, end) >= 0 for mark in _OPEN_QUOTES)
        quotes = [m.span() for m in _QUOTED.finditer(text, start, end)] if quoted else []
        timed = [(t.start, t.end) for t in times]
        found: list[Mention] = []
        for n in numerals:
            if not found or n.start >= found[-1].unit_end:  # 8.2/10万: the 10 is of the unit
                found.append(self._mention(text, n, start, end, quotes, timed))
        return self._share_units(text, found)

    def _mention(
        self,
        text: str,
        n: Numeral,
        start: int,
        end: int,
        quotes: list[tuple[int, int]],
        timed: list[tuple[int, int]],
    ) -> Mention:
        unit, unit_end, cmp = self._unit(text, n, end)
        stop = unit_end
        if behind := self._behind.match(text, unit_end, end):
            stop, cmp = behind.end(), self._cues.after[behind[0]]
        sign = text[n.start - 1 : n.start]
        if sign in ("-", "+") and self._signed(text[max(start, n.start - 6) : n.start]):
            values = tuple(-v for v in n.values) if sign == "-" else n.values
            n = n._replace(values=values, written_from=n.start - 1)
        mention = Mention(n, n.start, n.end, unit, unit_end, stop, cmp)
        named = self._named(text, mention, start, end, quotes, timed)
        return mention._replace(named=named) if named else mention

    def _unit(self, text: str, n: Numeral, end: int) -> tuple[str, int, Comparator | None]:
        """The unit, where it ends, and a bound inside it (1600余台, 1万余场次)."""
        if n.unit:
            return n.unit, n.end, None
        if m := self._inside.match(text, n.end, end):
            magnitude = m["magnitude"] or ""
            unit = self._units.match(text, m.end(), end)
            if magnitude or unit:
                return magnitude + unit, m.end() + len(unit), self._cues.inside[m["word"]]
        space = 1 if text[n.end : n.end + 1] == " " else 0
        unit = self._units.match(text, n.end + space, end)
        stop = n.end + (space + len(unit) if unit else 0)
        if unit in self._units.alone and text[stop : stop + 1] == " ":  # 41万 平方米
            base = self._units.match(text, stop + 1, end)
            if base in self._units.dimension:
                return unit + base, stop + 1 + len(base), None
        if unit and text.startswith(self._units.silent, stop):
            stop += len(next(w for w in self._units.silent if text.startswith(w, stop)))
        return unit, stop, None

    def _named(
        self,
        text: str,
        m: Mention,
        start: int,
        end: int,
        quotes: list[tuple[int, int]],
        timed: list[tuple[int, int]],
    ) -> Refusal | None:
        """Why the number names, dates or orders something; None where it is a value."""
        before, after = text[max(start, m.start - 6) : m.start], text[m.end : min(end, m.end + 8)]
        month = after.startswith("月") and not m.unit  # of a year that nothing tells
        if month or any(a < m.end and m.start < b for a, b in timed):
            return Refusal.TIME
        if not text[start : m.start].strip() and _LIST_NUMBER.match(text, start, end):
            return Refusal.LIST_NUMBER
        if self._patterns.caption.search(before):
            return Refusal.LIST_NUMBER
        for a, b in quotes:
            if a < m.start and m.end < b:
                whole = text[a:b]
                value = whole[0] == "“" and self._patterns.quoted_value.fullmatch(whole)
                if not value or not m.unit:
                    return Refusal.QUOTED_NAME
        if text[m.start] == "0" and text[m.start + 1 : m.start + 2].isdigit():
            return Refusal.CODE
        sized = text.startswith("×", m.unit_end, end)  # 1200mm×1000mm
        ahead = "" if m.numeral.signed else before[-1:]  # 同比+5.8%
        if sized or ahead == "-" or {ahead, after[:1]} & _JOINED:
            return Refusal.JOINED_NAME
        if before[-1:] in _LETTER and not before.endswith(self._cues.lettered):
            return Refusal.LETTERED_NAME
        if before and before[-1] in ".〔#":
            return Refusal.LETTERED_NAME
        if after[:1] in _LETTER and not m.unit:
            return Refusal.LETTERED_NAME
        goes_on = m.stop == m.unit_end and _NAME_GOES_ON.match(text, m.unit_end, end)
        if goes_on and _LETTERS.fullmatch(m.unit):  # but 2000P以上
            return Refusal.LETTERED_NAME
        if m.unit.endswith("人") and after.startswith("员", len(m.unit)):
            return Refusal.NARROWS  # 4050人员
        if m.unit in self._units.alone and self._audience.match(text, m.unit_end, end):
            return Refusal.ADDRESSED
        if m.unit in self._cues.policy_units and before.endswith(self._cues.policies):
            return Refusal.POLICY
        if m.unit in self._parts_units and self._own_part.match(text, m.unit_end, end):
            return Refusal.OWN_PART
        if before.endswith("第"):
            return Refusal.ORDINAL
        if before.endswith("前") and m.unit in self._cues.order_units:
            return Refusal.ORDINAL
        if before.endswith(self._naming):
            word = next(w for w in self._naming if before.endswith(w))
            if word not in self._cues.naming_times or self._units.is_time(m.unit):
                return Refusal.NAMING
        if self._units.technical_at(text, m.end, end) > m.unit_end - m.end:
            return Refusal.TECHNICAL
        aged = m.unit.endswith(self._units.ages) and self._patterns.age.match(text, m.unit_end, end)
        told = self._predicated(before) or self._changes(text, m.start, timed)
        if aged and not told:
            return Refusal.NARROWS
        # 三次产业比由22:45:33调整为18:41:41
        ratio = before.endswith(("由", "从", "比")) or self._predicated(before)
        if _CLOCK.match(text, m.start, end) and not ratio:
            return Refusal.CLOCK
        if self._patterns.step.match(text, m.end, end):
            return Refusal.STEP
        if self._patterns.rate_base.match(text, m.end, end):
            return Refusal.RATE_BASE
        if not m.unit and self._patterns.index_base.search(text, start, m.start):
            return Refusal.RATE_BASE
        if m.unit in self._cues.attendants and self._patterns.attending.search(
            text, max(start, m.start - 16), m.start
        ):
            return Refusal.ATTENDANCE
        stretch = self._units.is_time(m.unit) and m.unit not in self._units.counted_times
        if stretch and not told:
            return Refusal.TIME_UNIT
        return None

    def _signed(self, before: str) -> bool:
        """Whether the stroke or cross before a number is its sign: behind a predicate (为-7.8‰) it is."""
        listed = self._patterns.behind_rate.search(before) is not None
        begins = before[:-1].endswith(("由", "从", "("))
        reckoned = before[:-1].endswith(self._reckoned)  # 同比-13.2%
        return listed or begins or reckoned or bool(self._verbs.of(before[:-1]))

    def _predicated(self, before: str) -> bool:
        """Whether a predicate, a bound or a noun for a stretch of time stands right before the number."""
        return bool(
            before.endswith(self._stretches) or self._levels.of(before) or self._bounds.of(before)
        )

    def _changes(self, text: str, at: int, timed: list[tuple[int, int]]) -> bool:
        """Whether a change begins at a number: (由2020年的)8.1年提高到11年."""
        behind = at - text.endswith("的", 0, at)
        return any(b == behind and text.endswith(("由", "从"), 0, a) for a, b in timed)

    def _share_units(self, text: str, found: list[Mention]) -> list[Mention]:
        """Give the unit of the last number of a list to those before it that broke theirs off.

        0.7个、7.5个百分点: both in 个百分点; 20、30万元: both in 万元.
        """
        out = list(found)
        for i in range(len(out) - 2, -1, -1):
            m, following = out[i], out[i + 1]
            if (
                m.named
                or following.named
                or text[m.stop : following.numeral.lead] not in self._cues.unit_links
            ):
                continue
            broken = m.unit != following.unit and following.unit.startswith(m.unit)
            if following.unit and broken and m.numeral.form is not Form.RATIO:
                out[i] = m._replace(unit=following.unit)
        return out
