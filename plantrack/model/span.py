"""Places in a text."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from plantrack.model.base import Model, assembled


class Span(Model):
    """Half-open piece `[start, end)` of a document's decoded text, in Python string offsets.

    An empty span (start == end) is allowed: it marks a place. Raises ValueError where
    start is negative or end lies before it.
    """

    start: int
    end: int

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, found {self.start}..{self.end}")
        return self

    @classmethod
    def sure(cls, start: int, end: int) -> Span:
        """A span of ends known to be in order: nothing is validated."""
        return assembled(Span, {"start": start, "end": end})

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __len__(self) -> int:
        return self.end - self.start

    def __bool__(self) -> bool:
        return True

    def of(self, text: str) -> str:
        """The quotation: `text[start:end]`."""
        return text[self.start : self.end]

    def contains(self, other: Span | int) -> bool:
        """Whether an offset, or the whole of another span, lies inside."""
        if isinstance(other, int):
            return self.start <= other < self.end
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def shift(self, by: int) -> Span:
        """The same length, moved by `by` characters."""
        return Span(start=self.start + by, end=self.end + by)
