"""The rules of reading: rules/structure.yaml as a frozen model.

Patterns are compiled when the file is loaded, so a faulty one is reported with its place and
not met in the middle of a text.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Annotated

from pydantic import Field, WrapValidator

from plantrack.datafile import any_of, compiling, load, rules_path
from plantrack.model import DocumentKind, Outlook, SectionKind
from plantrack.model.base import Model
from plantrack.read.lines import number

_DIGITS = "一二三四五六七八九"
_SHORT = rf"(?=[“\"十])[“\"]?(?<![二三四五六七八九第])(?P<NAME>十[{_DIGITS}]?)五(?:[”\"]|(?=时期|规划|期间|末|以来|开局|收官|计划))"
_PIECES = {
    "{n}": rf"[{_DIGITS}十百零〇\d]{{1,6}}",
    "{year}": r"(?:(?:19|20)\d\d|二[〇○零O][〇○零O一二三四五六七八九]{2})",
    "{dash}": r"\s?[—–\-－~～至到]{1,2}\s?",
    "{part}": r"(?:上半年|下半年|前三季度|第?[一二三四1-4]季度|1\s?月?[—–\-－~～至到]{1,2}\s?(?:1[0-2]|[2-9])月(?:份)?|前\s?(?:1[01]|[2-9]|[二两三四五六七八九十])\s?个月)",
    "{month}": r"(?:1[0-2]|[1-9])月份?(?!\s?\d)",
    "{aim}": r"(?:力争|确保|争取|计划(?!(?:执行|完成)情况)|将(?!近)|(?<![重主必首紧摘纪需])要(?!素)|拟|努力|预期(?![转向])|目标(?!完成|实现|进度)|安排|着力|继续)",
    "{plan}": _SHORT.replace("NAME", "plan"),
    "{did}": _SHORT.replace("NAME", "did"),
    "{topic}": r"(?:(?:现在|下面|首先|接下来|[一二]是)?[，,]?(?:我?先|再)?(?:说说?|讲讲?|谈谈?|看看?|回顾|回首|回望|回眸|总结|报告|汇报|展望|关于)(?:一下)?)",
}


Pattern = Annotated[re.Pattern[str], WrapValidator(compiling(_PIECES))]
Patterns = tuple[Pattern, ...]


class Marker(Model):
    """A mark that opens a heading: 第一章, （一）, 专栏1.

    With `continues` the next line may go on with the title; what an `in_line` one opens is over with
    its line, if that says more than the mark (注：本表为初步数). The title of a `within` one ends with
    its bracket (【主要目标】).
    """

    kind: SectionKind
    rank: Annotated[int, Field(ge=0, le=9)]
    pattern: Pattern
    continues: bool = False
    in_line: bool = False
    within: bool = False


class KindRule(Model):
    """How a title of this kind of document ends."""

    kind: DocumentKind
    pattern: Pattern


class FirstPlan(Model):
    """A five-year plan whose first year is known."""

    number: int
    year: int


class Midterm(Model):
    """What a mid-term review calls itself, and which first years of its plan it looks at."""

    pattern: Pattern
    years: Annotated[int, Field(ge=1, le=5)]
    span: Pattern
    part: Pattern
    expected: Pattern
    opens: Pattern
    written: Pattern
    data: Pattern
    told: Pattern
    stands: Pattern
    as_of: Pattern
    early: Pattern
    ahead: Pattern
    cut: Patterns


class DatedEvent(Model):
    """Words that belong to one year only; of a numbered event (第七次人口普查) the one `number` was in `year`."""

    says: Pattern
    year: int
    source: str
    number: int = 0
    every: Annotated[int, Field(ge=1)] = 1

    def year_in(self, text: str) -> int | None:
        """The year of the event that a text speaks of first; None where it speaks of none."""
        said = self.says.search(text)
        if said is None:
            return None
        n = said.groupdict().get("n")
        return self.year + self.every * (number(n) - self.number) if n else self.year


class KnownSince(Model):
    """An event that a text can mention from this year on."""

    says: Pattern
    year: int


class BlankKinds(Model):
    """The header cells of tables whose columns are apart by a single blank."""

    number: Pattern
    name: Pattern
    unit: Pattern
    value: Pattern
    bare_unit: Pattern
    nature: Pattern
    behind: Pattern


class ToldCells(Model):
    """The headers of columns whose cells tell in sentences what is to be done, and what became of it."""

    tasks: Pattern
    deeds: Pattern


class TableRules(Model):
    """How a table that was flattened to text looks."""

    max_cell: int
    header_start: Pattern
    header_cell: Pattern
    told: ToldCells
    group_row: Pattern
    min_header: int
    min_values: int
    value: Pattern
    words: Pattern
    title_hint: Pattern
    unit_line: Pattern
    note: Pattern
    note_goes_on: Pattern
    min_columns: Annotated[int, Field(ge=2)]
    min_rows: int
    blank: BlankKinds

    def blank_kind(self, word: str) -> str:
        """What a header cell of a table apart by single blanks is: number, name, unit, value or behind; else empty."""
        kinds = self.blank
        told = (
            ("number", kinds.number),
            ("name", kinds.name),
            ("unit", kinds.unit),
            ("behind", kinds.behind),
            ("value", kinds.value),
        )
        return next((kind for kind, pattern in told if pattern.fullmatch(word)), "")


class StructureRules(Model):
    """All of rules/structure.yaml; the file says what each entry means."""

    headings: tuple[Marker, ...]
    markdown: Pattern
    max_title: int
    max_unmarked_title: int
    dateline: Pattern
    sentence_ends: str
    closing: str
    not_title_end: str
    looks_back: Patterns
    looks_ahead: Patterns
    achieved: Patterns
    still_to_do: Pattern
    carried_out: Pattern
    intended: Pattern
    intends: int
    intends_over: int
    reached_in_text: Pattern
    turn_sign: Pattern
    turn_within: int
    turns_ahead: Patterns
    turns_back: Patterns
    stage: Pattern
    list_item: Pattern
    default_outlook: dict[DocumentKind, Outlook]
    head_lines: int
    furniture: Patterns
    kinds: tuple[KindRule, ...]
    title_suffix: Pattern
    headline: Pattern
    title_goes_on: Pattern
    title_footnote: Pattern
    record_title: Pattern
    notice: Pattern
    issuer: Patterns
    number: Pattern
    published: Patterns
    region_before: Pattern
    region_after: Pattern
    region_of_assembly: Pattern
    region_suffixes: tuple[tuple[str, ...], ...]
    province_mentions: int
    provinces: tuple[str, ...]
    own_region: dict[str, str]
    short_plan: Pattern
    first_plan: FirstPlan
    title_periods: Patterns
    subtitle: Pattern
    delivered: Pattern
    heading_periods: Patterns
    body_parts: Patterns
    title_part: Pattern
    body_years: Patterns
    opening_plans: Patterns
    opening_months: Pattern
    cited: Pattern
    told_years: Pattern
    any_years: Pattern
    goals_now: Pattern
    goals_of_year: Pattern
    opening_goals: Pattern
    announced_plan: Pattern
    announced_year: Pattern
    announced_rest: Pattern
    issue: Pattern
    body_plans: Patterns
    own_plan: Pattern
    far: Annotated[int, Field(ge=5)]
    long: Annotated[int, Field(ge=5)]
    first_stage: Pattern
    goal_years: Pattern
    goal_years_within: Pattern
    base_years: Pattern
    mean_since: Pattern
    term_told: Pattern
    paired_years: Pattern
    data_until: Pattern
    term_reviewed: Pattern
    term_expected: Pattern
    term_planned: Pattern
    section_periods: Patterns
    midterm: Midterm
    surveys: tuple[DatedEvent, ...]
    dated_events: tuple[DatedEvent, ...]
    known_since: tuple[KnownSince, ...]
    tables: TableRules

    @cached_property
    def marks(self) -> re.Pattern[str]:
        """Where a line is a heading by its mark: the group's name is `n` and the marker's number."""
        patterns = (marker.pattern.pattern for marker in self.headings)
        return re.compile("|".join(f"(?P<n{n}>{pattern})" for n, pattern in enumerate(patterns)))

    def marker(self, mark: re.Match[str]) -> Marker:
        """The marker that a match of `marks` is of."""
        assert mark.lastgroup is not None  # each alternative is a named group
        return self.headings[int(mark.lastgroup[1:])]

    @cached_property
    def back(self) -> re.Pattern[str]:
        """Where a title looks back."""
        return any_of(self.looks_back)

    @cached_property
    def ahead(self) -> re.Pattern[str]:
        """Where a title looks ahead."""
        return any_of(self.looks_ahead)

    @cached_property
    def reached(self) -> re.Pattern[str]:
        """Where a title says what was reached."""
        return any_of(self.achieved)

    @cached_property
    def furnishing(self) -> re.Pattern[str]:
        """Where a line is furniture."""
        return any_of(self.furniture)

    @cached_property
    def turns(self) -> re.Pattern[str]:
        """Where a sentence may turn ahead or back, or to a stage of a plan."""
        return any_of((*self.turns_ahead, *self.turns_back, self.stage))


@lru_cache(maxsize=1)
def structure_rules() -> StructureRules:
    """The rules that ship with plantrack, read once."""
    return load(rules_path("structure.yaml"), StructureRules)
