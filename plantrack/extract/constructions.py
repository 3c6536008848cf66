"""The constructions of rules/constructions.yaml: turns of phrase that no word list can say."""

from __future__ import annotations

import re
import sys
from typing import Annotated

from pydantic import WrapValidator

from plantrack.datafile import compiling
from plantrack.model.base import Model

_HAN_YEAR = "[〇零一二三四五六七八九]{4}"
_PART = (
    r"(?:第?(?P<quarter>[一二三四1-4])季度[底末]?|(?P<half>[上下])半年|(?P<three>前三季度)"
    r"|(?<!提)前(?P<first>\d{1,2}|十一|[二两三四五六七八九十])个月"
    r"|(?P<month>\d{1,2})(?:月份?)?(?:[-—–~至](?P<to>\d{1,2}))?月份?(?:\d{1,2}日[电讯]?|[底末])?)"
)
_PIECES = {
    "{part}": _PART,
    "{bare}": _PART.replace("?P<", "?P<bare_"),
    "{han_year}": _HAN_YEAR,
    "{dash}": "[-—–~至]",
}
Pattern = Annotated[re.Pattern[str], WrapValidator(compiling(_PIECES))]


class AtEnd(Model):
    """A pattern that holds only up to the end of a text, of which the last letter is then one of `last`.

    Looking at that letter spares nearly every text the search.
    """

    last: str
    pattern: Pattern

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match in `text[start:end]`; None where there is none."""
        last = text[end - 1 : end] if end <= len(text) else text[-1:]
        return self.pattern.search(text, start, end) if last and last in self.last else None

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match that is all of the text; None where it is none."""
        return self.pattern.fullmatch(text) if text and text[-1] in self.last else None

    def without(self, text: str) -> str:
        """The text without its match."""
        return self.pattern.sub("", text) if text and text[-1] in self.last else text


class Constructions(Model):
    """All of rules/constructions.yaml; the file says with an example what each entry means."""

    # mentions
    quoted_value: Pattern
    behind_rate: Pattern
    age: Pattern
    of_age: Pattern
    step: Pattern
    caption: Pattern
    rate_base: Pattern
    index_base: Pattern
    attending: Pattern

    # clauses
    running: AtEnd
    share_ahead: Pattern
    since: Pattern
    more_than: Pattern
    short_of: Pattern
    shortfall: Pattern
    off_goal: Pattern
    goal_against: Pattern
    beyond_goal: Pattern
    difference: Pattern
    since_mark: Pattern
    each_year: Pattern
    at_rate: Pattern
    at_rate_of: Pattern
    listed_before: Pattern
    task_told: AtEnd
    carried_over: Pattern
    compared: Pattern
    changed: Pattern
    done_of: Pattern
    earlier: Pattern
    goal_ahead: AtEnd
    goal_of_share: Pattern
    goal_share: Pattern
    approved: Pattern
    who_plans: Pattern
    planned_within: AtEnd
    over_years: Pattern
    per: AtEnd
    ranked: Pattern
    opening: Pattern
    from_words: Pattern
    on_that: Pattern
    called: Pattern
    rough: AtEnd
    change_goes_on: Pattern
    reaches: AtEnd
    goal_moves: Pattern
    goal_spoken: Pattern

    # deeds
    among: Pattern
    since_when: Pattern
    being_done: Pattern
    sibling: Pattern

    # qualifiers
    out_of: Pattern
    ranked_of: Pattern
    except_for: Pattern
    of_counted: Pattern
    of_these: Pattern
    standard: Pattern
    of_such: Pattern
    granting: Pattern
    granted: Pattern
    grant: Pattern
    granted_behind: Pattern
    granted_each: Pattern
    how_often: Pattern
    meetings: Pattern
    named_project: Pattern
    section: Pattern
    of_examples: Pattern
    portion: Pattern

    # readings
    ranked_among: Pattern

    # phrases
    measured: Pattern
    measured_tail: Pattern
    bare_rate: AtEnd
    counted: Pattern
    of_plan: Pattern
    laid_down: Pattern
    called_together: Pattern
    no_examples: Pattern

    # naming
    rate: AtEnd
    produced: Pattern
    produced_as: str
    of_goal: Pattern
    goal_is: Pattern
    met_goal: Pattern
    each_has: Pattern
    ratio_to: Pattern
    per_head: Pattern
    share: Pattern
    run_in: Pattern
    share_of_whole: Pattern
    kinds_ahead: Pattern
    people_do: Pattern
    lead_told: Pattern
    summed_investment: AtEnd
    undertaken: Pattern
    shared_noun: Pattern
    stage_ahead: Pattern
    rough_share: Pattern
    without: Pattern
    reckoned: Pattern
    per_person: Pattern
    limits: Pattern
    all_kinds: Pattern
    share_named: AtEnd
    of_whole: Pattern
    by_kind: Pattern

    # times
    times: tuple[Pattern, ...]
    time_sign: Pattern
    time_begins: Pattern
    time_links: Pattern
    reference_before: Pattern
    reference_after: Pattern
    then_measured: Pattern
    changed_into: Pattern
    goal_of_time: Pattern
    meeting: Pattern
    change_since: Pattern
    until: Pattern
    until_after: Pattern
    up_to: Pattern
    expected_by: Pattern
    names_plan: Pattern
    plan_itself: Pattern
    plan_says: Pattern
    stage: Pattern

    # measures and periods
    yearly: Pattern
    per_many: Pattern
    laid_down_things: Pattern
    early: Pattern

    # scopes
    of_everyone: Pattern
    whole: Pattern
