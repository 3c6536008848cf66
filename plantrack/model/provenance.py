"""Where a value comes from."""

from __future__ import annotations

from plantrack.model.base import Model, Text
from plantrack.model.span import Span


class Source(Model):
    """The place that proves a value: a document, the span in it and the sentence around it.

    `quote` is the sentence or table row as it stands there; `table_row` counts from 1 inside
    its table; `place` is the one in a file that has pages, tables or sheets. A value written by
    hand names the file as `doc` and has no span.
    """

    doc: str
    span: Span | None = None
    sentence: Span | None = None
    quote: str = ""
    table_row: int | None = None
    place: Text | None = None
