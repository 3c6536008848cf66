"""Short texts for people: goals, values, sources and statuses, as tables show them."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import PurePath
from typing import NamedTuple

from plantrack.model import (
    Assessment,
    AverageRate,
    Baseline,
    Board,
    Comparator,
    External,
    Goal,
    Grade,
    Hold,
    Measure,
    Multiply,
    Observation,
    Parity,
    Period,
    Positive,
    Quantity,
    Range,
    Reach,
    Source,
    Status,
    Text,
    Total,
)
from plantrack.model.quantity import plain
from plantrack.paths import significant
from plantrack.show.language import Language, current_language, say, using

_SIGNS = {
    Comparator.EQ: "",
    Comparator.GE: "≥",
    Comparator.GT: ">",
    Comparator.LE: "≤",
    Comparator.LT: "<",
    Comparator.APPROX: "≈",
    Comparator.RANGE: "",
}
_BEFORE, _AFTER = 24, 12  # most characters of a quotation that are shown around its number
_STOPS = r"[，。；：！？、,;!?\n]"
_LONGEST = 300  # characters of a quotation: a sentence, not a page
NOTHING = "–"
_WHOLE = 1000  # rates from here on are shown whole
_BASE = Text(zh="基期", en="base")
_ESTIMATED = Text(zh="预计", en="est.")
_ROW = Text(zh="表行", en="row")


class Look(NamedTuple):
    """How a status looks: a sign that needs no colour, a terminal colour, a colour on white and on dark."""

    sign: str
    terminal: str
    web: str
    dark: str


LOOKS = {
    Status.ACHIEVED: Look("✓", "bold green", "#34814d", "#38c793"),
    Status.AHEAD: Look("▲", "green", "#07596f", "#7ff0e6"),
    Status.ON_TRACK: Look("●", "cyan", "#14278c", "#5b8dff"),
    Status.LAGGING: Look("▽", "yellow", "#8b6000", "#f7dc5f"),
    Status.OFF_TRACK: Look("▼", "bold dark_orange", "#843a00", "#fb8f2d"),
    Status.MISSED: Look("✗", "bold red", "#6a0826", "#f0486a"),
    Status.NO_DATA: Look("–", "dim", "#60666c", "#858b93"),
    Status.UNRESOLVED: Look("?", "magenta", "#a637d0", "#c3a2f7"),
}


def status_text(status: Status) -> str:
    """Sign and word: `✗ 未完成 missed`, or one of the two words by the language in force."""
    return f"{LOOKS[status].sign} {say(Text(zh=status.zh, en=status.en))}"


def counts_text(board: Board) -> str:
    """How many targets stand how: `✓ 已完成 achieved 12 · ✗ 未完成 missed 3`."""
    return " · ".join(f"{status_text(s)} {n}" for s, n in board.counts().items()) or NOTHING


def quantity_text(quantity: Quantity) -> str:
    """A quantity with its sign and unit: `≥2.99亿立方米`, `≈2.1:1`, `5~5.5%`."""
    return f"{_SIGNS[quantity.cmp]}{quantity.written}{quantity.unit}"


def goal_text(goal: Goal, measure: Measure = Measure.LEVEL) -> str:
    """A goal in a few signs, told as growth where the target is one: `增长 growth ≈6%`.

    For a goal without a number, the words of the plan.
    """
    if current_language() is not Language.BOTH:
        return say(goal_words(goal, measure))
    words, rest = _goal(goal, measure)
    return " ".join(part for part in (*map(say, words), rest) if part)


def goal_words(goal: Goal, measure: Measure = Measure.LEVEL) -> Text:
    """The same in each language by itself: `增长≈6%` and `growth ≈6%`."""
    words, rest = _goal(goal, measure)
    zh = "".join(word.zh for word in words)
    en = " ".join(word.en for word in words)
    return Text(zh=f"{zh}{rest}", en=f"{en} {rest}".strip())


_GROWTH = Text(zh="增长", en="growth")


def _goal(goal: Goal, measure: Measure) -> tuple[list[Text], str]:
    """The words before a goal, in order, and what follows them."""
    words, rest = _kind(goal)
    numbered = isinstance(goal, Reach | Range | Hold)
    return ([_GROWTH, *words] if measure is Measure.GROWTH and numbered else words), rest


def _kind(goal: Goal) -> tuple[list[Text], str]:
    match goal:
        case AverageRate():
            return [Text(zh="年均", en="avg")], quantity_text(goal.quantity)
        case Total():
            return [Text(zh="累计", en="total")], quantity_text(goal.quantity)
        case Hold():
            return [Text(zh="保持", en="hold")], quantity_text(goal.quantity)
        case Parity():
            return [], f"{_SIGNS[goal.cmp] or '='} {goal.series.indicator}"
        case Positive():
            return [], "> 0"
        case Multiply():
            since = f" ({goal.base_year})" if goal.base_year else ""
            return [], f"×{plain(goal.factor)}{since}"
        case Grade():
            return [], f"≥ {goal.grade}"
        case External():
            elsewhere = Text(zh="由上级确定", en="set elsewhere")
            return ([], goal.text) if goal.text else ([elsewhere], "")
        case _:
            return [], quantity_text(goal.quantity)


def observed_text(observation: Observation) -> str:
    """A value with its period, and whether it is an estimate: `2.65% (2025 预计 est.)`."""
    return _dated(observation.quantity, observation.period)


def period_text(period: Period) -> str:
    """A period as people write it: `2016–2020`."""
    return str(period).replace("/", "–")


def baseline_text(baseline: Baseline | None, *, mark: bool = True) -> str:
    """Where a target starts: `基期 base 2.65% (2025)`, or without the words where the column says so."""
    if baseline is None:
        return NOTHING
    base = f"{say(_BASE)} " if mark else ""
    return f"{base}{_dated(baseline.quantity, baseline.period)}"


def _dated(quantity: Quantity, period: Period) -> str:
    estimated = f" {say(_ESTIMATED)}" if quantity.estimated else ""
    return f"{quantity_text(quantity)} ({period}{estimated})"


def required_text(assessment: Assessment) -> str:
    """What is needed from now on, a year: `+5.9%`; empty where there is nothing to need."""
    words = required_words(assessment)
    return words.en if current_language() is Language.EN else words.zh


def required_words(assessment: Assessment) -> Text:
    """The same in each language by itself: `+0.17个百分点/年` and `+0.17 percentage points a year`."""
    metrics = assessment.metrics
    if metrics.required_rate is None:
        return Text(zh="", en="")
    rate = metrics.required_rate
    said = Decimal(round(rate)) if abs(rate) >= _WHOLE else significant(rate, 3)
    unit = metrics.required_unit or "%"
    en = unit.replace("个百分点", " percentage points").replace("/年", " a year")
    return Text(zh=f"{said:+f}{unit}", en=f"{said:+f}{en}")


def place_text(source: Source) -> str:
    """Where a value stands: `report.txt:120-124`, the row of a table, or its place in a file with pages.

    A document goes by its file's name alone; records have it as it was given.
    """
    place = PurePath(source.doc).name
    if source.place is not None:
        return f"{place} {say(source.place)}"
    if source.span is not None:
        place += f":{source.span.start}-{source.span.end}"
    if source.table_row is not None:
        place += f" {say(_ROW)} {source.table_row}"
    return place


def place_words(source: Source) -> Text:
    """The same in each language by itself."""
    with using("zh"):
        zh = place_text(source)
    with using("en"):
        return Text(zh=zh, en=place_text(source))


def source_text(source: Source) -> str:
    """The place and the words that prove a value: `report.txt:120-124 「研发投入强度达到2.65%」`."""
    quote = _excerpt(source)
    return f"{place_text(source)} 「{quote}」" if quote else place_text(source)


def sentence_text(source: Source) -> str:
    """The place and the whole sentence that stands there, at most 300 characters of it."""
    quote = " ".join(source.quote.split())
    if len(quote) > _LONGEST:
        quote = f"{quote[:_LONGEST]}…"
    return f"{place_text(source)} 「{quote}」" if quote else place_text(source)


def _excerpt(source: Source) -> str:
    """The clause of the quotation that holds the number, or its beginning where that is not known."""
    quote, start, end = source.quote, 0, 0
    if source.span is not None and source.sentence is not None:
        start = source.span.start - source.sentence.start
        end = source.span.end - source.sentence.start
    before, after = quote[max(0, start - _BEFORE) : start], quote[end : end + _AFTER]
    clause = re.split(_STOPS, before)[-1]
    if clause == before and start > _BEFORE:
        clause = f"…{clause}"
    rest = re.split(_STOPS, after, maxsplit=1)[0]
    if rest == after and end + _AFTER < len(quote):
        rest = f"{rest}…"
    number = quote[start:end]
    if len(number) > _BEFORE:  # a goal in words
        number, rest = number[:_BEFORE], "…"
    return " ".join(f"{clause}{number}{rest}".split())
