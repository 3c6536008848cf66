"""Whose figure a number is: regions and areas named in the phrase, the clause or the heading."""

from __future__ import annotations

import re
from collections.abc import Iterable

from plantrack.model.document import Document, SectionKind
from plantrack.model.indicator import Scope

# Names that far more often open another name (西部陆海新通道, 全国重点实验室) than say whose figure it is.
_TOO_WIDE = frozenset({"全国", "我国", "中国", "西部", "东部", "中部", "中西部"})


_PARTS_AT_MOST = (SectionKind.PART, SectionKind.NOTE)
_NUMBERING = re.compile(r"^(?:专栏\s*\d+|第.{1,3}[章节]|\d+[.．、]|[(（].{1,3}[)）])\s*")
_OPENING_WORDS = 6  # letters of verbs that may open a heading before the area's name
_WHOLE = re.compile(r"(?<=[^占])全[市省区县州盟旗](?![场域])")  # 医疗保险全市参保


class Scopes:
    """Finds scope names; `names` are the regions and areas to look for, `own` words that mean the document's own region,
    `inner` the areas that are parts of one region.
    """

    def __init__(
        self, names: Iterable[str], own: Iterable[str] = (), inner: Iterable[str] = ()
    ) -> None:
        listed = sorted({n for n in names if len(n) >= 2} - _TOO_WIDE, key=lambda n: (-len(n), n))
        self._names = frozenset(listed)
        self._longest = max(map(len, listed), default=0)
        self._own = frozenset(own)
        self._inner = frozenset(inner)

    def of(self, phrase: str, said: str, document: Document, at: int) -> tuple[Scope | None, str]:
        """The scope of a figure (None for the document's own region) and the phrase without it."""
        own = self._own | self._mine(document)
        rest = _WHOLE.sub("", phrase)
        while name := self._leading(rest, own):
            shorter = rest[len(name) :].lstrip("的")
            if len(shorter) < 2 or shorter[0] in "与和、及":
                break
            if name in own:
                rest = shorter
                continue
            return Scope(name=name), shorter
        opening = said.lstrip(" \t\u3000—、,")
        name = self._leading(opening, own)
        if name and name not in own and opening[len(name) : len(name) + 1] not in "、和与":
            return Scope(name=name), rest
        return self._governing(document, at, own), rest

    def _governing(self, document: Document, at: int, own: frozenset[str]) -> Scope | None:
        """The area that the innermost heading around a place is about (增强中心城区发展能级)."""
        for section in reversed(document.sections_at(at)):
            if section.kind in _PARTS_AT_MOST:
                continue
            title = _NUMBERING.sub("", section.title)
            for start in range(min(len(title), _OPENING_WORDS)):
                name = self._leading(title[start:], own)
                if (
                    name
                    and name not in own
                    and (name in self._inner or (start == 0 and len(name) >= 4))
                ):
                    return Scope(name=name)
        return None

    def _mine(self, document: Document) -> frozenset[str]:
        if document.region is None:
            return frozenset()
        name = document.region.name
        short = name[:-1] if len(name) > 2 else name
        return frozenset({name, short})

    def _leading(self, text: str, own: frozenset[str]) -> str:
        """The longest scope name at the start of the text."""
        for n in range(min(self._longest, len(text)), 1, -1):
            if text[:n] in self._names or text[:n] in own:
                return text[:n]
        return ""
