"""The rules of how pages are laid out: rules/layout.yaml as a frozen model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Annotated

from pydantic import Field, WrapValidator

from plantrack.datafile import compiling, load, rules_path
from plantrack.model.base import Model

Pattern = Annotated[re.Pattern[str], WrapValidator(compiling())]
Share = Annotated[float, Field(gt=0, le=1)]
Length = Annotated[float, Field(gt=0)]
Count = Annotated[int, Field(gt=0)]


class WebRules(Model):
    """What of a web page is furniture."""

    no_text: frozenset[str]
    inline: frozenset[str]
    furniture: frozenset[str]
    words: frozenset[str]
    most_of_page: Share
    linked: Share
    linked_at_most: Count
    line_at_most: Count
    begins: tuple[Pattern, ...]
    holds: tuple[Pattern, ...]
    note_signs: Pattern
    note_marks: Pattern
    note_numbers: Pattern
    powers_of: Pattern

    @cached_property
    def saying(self) -> re.Pattern[str]:
        """What begins with any of `begins` or holds any of `holds`, among lines each after a line end."""
        begins, holds = ("|".join(p.pattern for p in each) for each in (self.begins, self.holds))
        return re.compile(f"\n(?:{begins})|{holds}", re.MULTILINE)


class PageRules(Model):
    """What of a PDF's pages is furniture."""

    margin: Share
    repeated: Share
    repeated_least: Count
    repeated_outermost: Count
    pieces: Count
    number: Pattern
    same_height: Length
    unreadable: Share


class LineRules(Model):
    """How the pieces of a PDF's lines lie, in letters."""

    wide_gap: Length
    back: Length
    narrow: Length
    narrow_latin: Length
    same_line: Length
    below: Share


class ColumnRules(Model):
    """What makes two columns of a page: shares, and a number of lines."""

    begin: Share
    end: Share
    lines: Count
    share: Share
    crossing: Share
    long_lines: Share
    long: Share


class ParagraphRules(Model):
    """Where a paragraph ends: in letters, shares and distances of lines."""

    indent: Length
    outdent: Length
    gap: Length
    leading: Length
    sizes: Share
    slack: Length
    nearly: Share
    widths: Mapping[str, Length]
    latin: Length
    some: Share
    few: Count
    far: Length


class DrawnTableRules(Model):
    """How tables stand on a PDF's page: points, letters and numbers of rules and rows."""

    long: Length
    rules: Count
    same: Length
    beside: Length
    header_share: Share
    loose_rows: Count
    alike: Length


class LayoutRules(Model):
    """All of rules/layout.yaml; the file says what each entry means."""

    longest_cell: Count
    web: WebRules
    pages: PageRules
    lines: LineRules
    columns: ColumnRules
    paragraphs: ParagraphRules
    drawn_tables: DrawnTableRules


@lru_cache(maxsize=1)
def layout_rules() -> LayoutRules:
    """The rules that ship with plantrack, read once."""
    return load(rules_path("layout.yaml"), LayoutRules)
