"""Lists of names, cut at the marks and words that join their items, and what their items share."""

from __future__ import annotations

import re

from plantrack.extract.constructions import Constructions
from plantrack.extract.phrases import Phrases, join, trim
from plantrack.extract.units import alternatives
from plantrack.extract.words import Cues

_BRACKET_BEHIND = re.compile(r"(?<=.)\([^()]*\)$")
_GROUPED = re.compile(r"\([^()]*\)|“[^“”]*”|《[^《》]*》")


def split_list(raw: str, count: int) -> list[str] | None:
    """`raw` cut at list marks into `count` parts; marks in brackets and quotes do not cut."""
    covered = [m.span() for m in _GROUPED.finditer(raw)]

    def cuts(pattern: str) -> list[tuple[int, int]]:
        return [
            m.span()
            for m in re.finditer(pattern, raw)
            if not any(a <= m.start() < b for a, b in covered)
        ]

    commas = [c for c in cuts(r"、") if raw[c[1] :].strip()]
    missing = count - 1 - len(commas)
    if missing < 0:
        commas, missing = commas[-missing:], 0
    if missing:
        last = commas[-1][1] if commas else 0
        links = [c for c in cuts(r"以及|和|与|及(?!其)") if c[0] > last and raw[c[1] :].strip()]
        links = links or [c for c in cuts(r"以及|和|与|及(?!其)") if c[0] > 0]
        if len(links) < missing:
            return None
        commas = sorted(commas + links[-missing:])
    parts, at = [], 0
    for a, b in commas:
        parts.append(raw[at:a])
        at = b
    return [*parts, raw[at:]]


class Lists:
    """Makes the items of lists complete; holds the rules and nothing of any text."""

    def __init__(self, cues: Cues, constructions: Constructions, phrases: Phrases) -> None:
        self._cues, self._patterns, self._phrases = cues, constructions, phrases
        self._kinds = (*cues.classes, *cues.kept_kinds)
        places = alternatives((*cues.places, *cues.levels))
        self._place = re.compile(rf"[^、和与及]{{0,8}}?(?:{places})")

    def items(self, raw: str, count: int, *, alike: bool = True) -> list[str] | None:
        """`raw` as a list of `count` phrases, each complete in itself; None where it is no such list.

        `alike` says that all are measured in one unit: only then they share a noun that the last carries.
        """
        for name, series in self._cues.together.items():
            rest = raw.replace(name, "")
            if (
                len(series) == count
                and name in raw
                and not any(mark in rest for mark in "、和与及")
            ):
                return [self._phrases.clean(raw.replace(name, one)) for one in series]
        called = self._patterns.called_together.search(raw)
        parts = split_list(raw[: called.start()] if called else raw, count)
        if parts is None:
            return None
        parts = [trim(p) for p in parts]
        if not all(parts):
            return None
        parts[-1] = self._without_class(parts[-1])
        parts[0] = self._phrases.clean(parts[0]) or parts[0]
        lead = "对" if trim(raw).startswith("对") else ""
        if self._opposite(parts[0], parts[-1]):
            parts[:-1] = [p + parts[-1][1:] if len(p) == 1 else p for p in parts[:-1]]
        of_age = self._patterns.of_age
        if aged := of_age.match(parts[-1]):  # 15岁以下、60岁以上人口
            whose = parts[-1][aged.end() :]
            parts[:-1] = [p + whose if of_age.fullmatch(p) else p for p in parts[:-1]]
        if called:
            parts.append(called["noun"])
        measured = alike or self._phrases.head(parts[-1]) in self._cues.any_unit
        out: list[str] = []
        tail = self._tail(parts) if measured else ""
        for n in reversed(range(count)):
            if not self._whole(_BRACKET_BEHIND.sub("", parts[n])):
                out.insert(0, join(parts[n], tail))
                continue
            out.insert(0, parts[n])
            if measured and n < count - 1:  # 粮食、烤烟产量和茶园面积
                tail = self._tail(parts[: n + 1]) or tail
        if lead:  # 对日本、韩国出口, but 对东盟进出口、一般公共预算收入
            own = [n > 0 and self._whole(part) for n, part in enumerate(parts)]
            out = [p if own[n] else lead + p.removeprefix(lead) for n, p in enumerate(out)]
        return out

    def _opposite(self, first: str, last: str) -> bool:
        """Whether a list begins with one letter of a pair that the last part opens with: 轻、重工业."""
        pairs = self._cues.opposites if len(first) == 1 and len(last) > 2 else ()
        return any(first in pair and last[0] in pair for pair in pairs)

    def _whole(self, part: str) -> bool:
        """Whether an item of a list says itself what is measured."""
        named = self._phrases.known(part) and not part.endswith(self._cues.classes)
        return (
            named or self._phrases.is_head(part) or self._patterns.measured.search(part) is not None
        )

    def _without_class(self, part: str) -> str:
        """The last of a list without the class it ends in: 巴西等新兴市场进出口 → 巴西进出口."""
        at = part.find("等")
        if at < 1 or self._patterns.no_examples.match(part, at):
            return part
        head = self._phrases.head(part[at + 1 :])
        return part[:at] + head if head else part

    def _tail(self, parts: list[str]) -> str:
        """The measured noun that only the last part of a list carries (汽车、手机、机电产品出口值)."""
        final = _BRACKET_BEHIND.sub("", parts[-1])
        measured = self._patterns.measured_tail
        ending = measured.search(final)
        head = self._phrases.head(final) or (ending[0] if ending else "")
        others = parts[:-1]
        if others and all(map(self._place.fullmatch, others)):
            place = self._place.match(final)
            if place and (head or len(final) - place.end() > 1):
                return final[place.end() :]  # 甲区、乙县财政收入
        if head in ("", final) or all(map(self._phrases.head, others)):
            return ""
        if all(self._phrases.known(p + final[len(p) :]) for p in others):
            return final[len(parts[0]) :]  # 常住和户籍人口城镇化率
        alike = final.rfind(parts[0][-2:]) + 2 if len(parts[0]) > 2 else 0
        if alike <= 2 and final[:2] == parts[0][:2] and not final[:2].isascii():
            alike = len(parts[0])  # 营运车辆、营运船舶单位运输周转量碳排放强度
        if alike > 2 and (self._phrases.head(final[alike:]) or measured.search(final, alike)):
            return final[alike:]  # 城镇居民、农村居民人均可支配收入
        base = final[: -len(head)]
        kinds = () if base.endswith(self._cues.no_class) else self._kinds  # 社会保障和就业支出
        kind = next((k for k in kinds if base.endswith(k) and len(base) > len(k)), "")
        classed = any(p.endswith(self._cues.classes) for p in others)
        return head if classed else kind + head
