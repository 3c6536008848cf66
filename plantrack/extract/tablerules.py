"""The rules of indicator tables: rules/tables.yaml as a frozen model."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from pydantic import WrapValidator

from plantrack.datafile import compiling, load, rules_path
from plantrack.extract.units import Units
from plantrack.model import Comparator
from plantrack.model.base import Model

_PIECES = {"{year}": r"(?:19|20)\d\d", "{dash}": r"[—–\-－~～至到]{1,2}"}


Pattern = Annotated[re.Pattern[str], WrapValidator(compiling(_PIECES))]


class Names(StrEnum):
    """What a header cell names."""

    NUMBER = "number"
    INDICATOR = "indicator"
    UNIT = "unit"
    NATURE = "nature"
    GROUP = "group"
    REMARK = "remark"
    RATE = "rate"
    VALUE = "value"
    PROGRESS = "progress"


VALUES = (Names.VALUE, Names.RATE, Names.PROGRESS)  # what has a number in each row


class RoleWord(StrEnum):
    """What a value header's words say of its column."""

    BASELINE = "baseline"
    RESULT = "result"
    REACHED = "reached"
    GOAL = "goal"


class Meaning(StrEnum):
    """What a mark beside a value means."""

    NO_DATA = "no_data"
    EXTERNAL = "external"
    SUMMED = "summed"
    AVERAGED = "averaged"
    ESTIMATED = "estimated"


class HeaderRule(Model):
    """A writing of header cells and what they name."""

    names: Names
    pattern: Pattern


class RoleRule(Model):
    """A word of value headers and the role it gives."""

    role: RoleWord
    pattern: Pattern


class SignRule(Model):
    """A writing of a comparator."""

    cmp: Comparator
    pattern: Pattern


class MeaningRule(Model):
    """Words of a note and what they make of its mark."""

    means: Meaning
    pattern: Pattern


class NatureWords(Model):
    """How the two natures are written."""

    binding: Pattern
    expected: Pattern


class Branches(Model):
    """What is measured of the branches of the economy in a table of this whole."""

    whole: Pattern
    measured: str


class StatisticsRules(Model):
    """The headers of tables that tell what was reached and what it grew by."""

    name: Pattern
    unit: Pattern
    level: Pattern
    month: Pattern
    up_to_month: Pattern
    share: Pattern
    stock: Pattern
    residents: Pattern
    branch: Pattern
    branches: tuple[Branches, ...]
    growth: Pattern
    units: Pattern

    def of_branches(self, whole: str) -> str:
        """What is measured of the branches in a table, or below a row, of this name; empty where it says nothing."""
        return next((b.measured for b in self.branches if b.whole.search(whole)), "")


class RegionRules(Model):
    """Tables whose rows are regions: their headers, rows and titles."""

    name: Pattern
    row: Pattern
    whole: Pattern
    time: Pattern
    skipped: Pattern
    sum: Pattern
    grown: Pattern
    title_frame: Pattern


class TableRules(Model):
    """All of rules/tables.yaml; the file says what each entry means."""

    header: tuple[HeaderRule, ...]
    roles: tuple[RoleRule, ...]
    estimated_header: Pattern
    mean_header: Pattern
    growth_header: Pattern
    growth_beside: Pattern
    sum_header: Pattern
    review_title: Pattern
    no_data: Pattern
    nature: NatureWords
    estimated: Pattern
    before: tuple[SignRule, ...]
    after: tuple[SignRule, ...]
    falls: Pattern
    frame: Pattern
    words: Pattern
    goal_words: Pattern
    marks: Pattern
    brackets: tuple[str, ...]
    default_meaning: dict[str, Meaning]
    child: Pattern
    group: Pattern
    price_basis: Pattern
    said_in_bracket: Pattern
    standalone: Pattern
    rate_end: Pattern
    rate_of_its_own: Pattern
    tail: Pattern
    prefix: Pattern
    whole: Pattern
    mean_phrase: Pattern
    sum_phrase: Pattern
    span_phrase: Pattern
    stock_phrase: Pattern
    reduction_phrase: Pattern
    reduction_units: tuple[str, ...]
    progress_name: str
    clause_cut: Pattern
    clause_number: Pattern
    meanings: tuple[MeaningRule, ...]
    sign_in_note: Pattern
    statistics: StatisticsRules
    regions: RegionRules


@lru_cache(maxsize=1)
def table_rules() -> TableRules:
    """The rules that ship with plantrack, read once."""
    return load(rules_path("tables.yaml"), TableRules)


@lru_cache(maxsize=1)
def table_units() -> Units:
    """The units that ship with plantrack, read once."""
    return load(rules_path("units.yaml"), Units)
