"""Words looked up at the edges of a text: those it ends with, those it begins with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar


class _AtAnEdge:
    """Words found by their letters at one edge and the few lengths that words with these can have."""

    _edge: ClassVar[slice]

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        sizes: dict[str, set[int]] = {}
        for word in self._words:
            sizes.setdefault(word[self._edge], set()).add(len(word))
        self._sizes = {letters: sorted(each, reverse=True) for letters, each in sizes.items()}

    def __contains__(self, word: str) -> bool:
        return word in self._words


class Beginnings(_AtAnEdge):
    """Words that a text may begin with; of two letters and more, as one alone begins many others."""

    _edge = slice(2)

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(word for word in words if len(word) >= 2)

    def of(self, text: str) -> str:
        """The longest of the words that the text begins with; empty where there is none."""
        for n in self._sizes.get(text[:2], ()):
            if (word := text[:n]) in self._words:
                return word
        return ""


class Endings(_AtAnEdge):
    """Words that a text may end with."""

    _edge = slice(-1, None)

    def of(self, text: str) -> str:
        """The longest of the words that the text ends with; empty where there is none."""
        for n in self._sizes.get(text[-1:], ()):
            if (word := text[-n:]) in self._words:
                return word
        return ""
