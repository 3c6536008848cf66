"""The rules of page furniture: rules/layout.yaml as a frozen model."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Annotated

from pydantic import BeforeValidator

from plantrack.datafile import compiling, load, rules_path
from plantrack.model.base import Model

Pattern = Annotated[re.Pattern[str], BeforeValidator(compiling(str))]


class WebRules(Model):
    """What of a web page is furniture."""

    no_text: frozenset[str]
    inline: frozenset[str]
    furniture: frozenset[str]
    words: frozenset[str]
    most_of_page: float
    linked: float
    linked_at_most: int
    line_at_most: int
    begins: tuple[Pattern, ...]
    holds: tuple[Pattern, ...]
    note_signs: Pattern
    note_marks: Pattern
    note_numbers: Pattern
    powers_of: Pattern

    @cached_property
    def beginning(self) -> re.Pattern[str]:
        """Any of `begins`."""
        return re.compile("|".join(f"(?:{each.pattern})" for each in self.begins))


class PageRules(Model):
    """What of a PDF's pages is furniture."""

    margin: float
    repeated: float
    repeated_least: int
    repeated_outermost: int
    number: Pattern


class LayoutRules(Model):
    """All of rules/layout.yaml; the file says what each entry means."""

    longest_cell: int
    web: WebRules
    pages: PageRules


@lru_cache(maxsize=1)
def layout_rules() -> LayoutRules:
    """The rules that ship with plantrack, read once."""
    return load(rules_path("layout.yaml"), LayoutRules)
