"""Figures to series: each figure gets its indicator and its region, and what was reached becomes an observation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from plantrack.link.lexicon import Lexicon
from plantrack.link.regions import Regions
from plantrack.model import (
    Candidate,
    Document,
    Figure,
    FigureKind,
    Measure,
    Observation,
    Scope,
    Series,
    Source,
    Span,
    Vintage,
)
from plantrack.model.base import assembled

_DIFFERENCES = (FigureKind.DELTA, FigureKind.COMPARE, FigureKind.RANK)
_QUOTE = 80  # letters; about two printed lines, enough to recognise the place
STOPS = "，。；！？,;!?、\n"


def link(
    figures: Iterable[Figure],
    lexicon: Lexicon,
    regions: Regions,
    region: Scope | None,
    *,
    doubt: float = 1.0,
    suggest: bool = True,
) -> tuple[Figure, ...]:
    """The figures with `indicator_id` or `candidates`, and with the code of their scope.

    Phrases stay as the text has them. A scope that is the document's own region becomes None; one
    that is known keeps its written name and gets its code. Linking twice changes nothing. `doubt` is the
    share of a figure's doubt that is left once the lexicon knows its phrase. Candidates are looked for where
    they are to `suggest` what a phrase may mean: that costs a look at all names.
    """
    linked = []
    own = regions.titles(region) if region else ()
    for figure in figures:
        update: dict[str, object] = {}
        scope = _scope(figure.scope, regions, region)
        if scope != figure.scope:
            update["scope"] = scope
        if figure.indicator_id is None:
            titles = (*own, *regions.titles(figure.scope)) if figure.scope else own
            found, candidates = _indicator(figure, titles, lexicon, suggest)
            if found is not None or candidates != figure.candidates:
                update |= {"indicator_id": found, "candidates": candidates}
            if found is not None:
                update["confidence"] = round(1 - doubt * (1 - figure.confidence), 4)
        linked.append(assembled(Figure, {**vars(figure), **update}) if update else figure)
    return tuple(linked)


def identify(
    phrase: str,
    lexicon: Lexicon,
    regions: Regions,
    *scopes: Scope | None,
    unit: str = "",
    measure: Measure | None = None,
) -> str | None:
    """The id a phrase names, also where it begins with the name of one of the `scopes` (重庆市地区生产总值)."""
    titles = [title for scope in scopes if scope for title in regions.titles(scope)]
    return _named(phrase, titles, lexicon, unit, measure)


def series_of(figure: Figure, region: Scope | None, regions: Regions | None = None) -> Series:
    """The series a figure belongs to; its scope is `region` where the figure names none.

    With `regions` a named area gets the one name under which all its writings compare
    (渝东北 and 渝东北地区).
    """
    scope = figure.scope or region
    if regions is not None and scope is not None and scope.code is None:
        scope = regions.scope(scope.name, region)
    return Series(
        indicator=figure.indicator,
        indicator_id=figure.indicator_id,
        measure=figure.measure,
        scope=scope,
    )


def observations(
    document: Document, figures: Iterable[Figure], regions: Regions | None = None
) -> tuple[Observation, ...]:
    """The figures that say what was reached in a known period, as observations in document order.

    A value that the document gives twice (same series, period and quantity) gives one observation,
    with the first place as its source; another value for the same period is kept beside it.
    """
    seen = set()
    found: list[Observation] = []
    for figure in figures:
        if figure.kind is not FigureKind.ACTUAL or figure.period is None:
            continue
        series = series_of(figure, document.region, regions)
        key = (series.key, figure.period, figure.quantity)
        if key in seen:
            continue
        seen.add(key)
        found.append(
            Observation(
                series=series,
                period=figure.period,
                quantity=figure.quantity,
                vintage=Vintage.ESTIMATED if figure.quantity.estimated else Vintage.REPORTED,
                known_on=document.published,
                source=source_of(document, figure),
            )
        )
    return tuple(found)


def source_of(document: Document, figure: Figure) -> Source:
    """The place of a figure, with the piece of its sentence that proves it."""
    return Source(
        doc=document.name,
        span=figure.span,
        sentence=figure.sentence,
        quote=_quote(document.text, figure),
        table_row=figure.table_row,
        place=figure.place,
    )


def _indicator(
    figure: Figure, titles: Sequence[str], lexicon: Lexicon, suggest: bool
) -> tuple[str | None, tuple[Candidate, ...]]:
    # the unit of a difference or a rank is not the indicator's
    unit = "" if figure.kind in _DIFFERENCES else figure.quantity.unit
    found = _named(figure.indicator, titles, lexicon, unit, figure.measure)
    if found is not None:
        return found, ()
    if not suggest:
        return None, figure.candidates
    return None, lexicon.candidates(figure.indicator, unit=unit, measure=figure.measure)


def _named(
    phrase: str, titles: Iterable[str], lexicon: Lexicon, unit: str, measure: Measure | None
) -> str | None:
    """The id a phrase names, as it is or behind one of the titles of its region."""
    found = lexicon.identify(phrase, unit=unit, measure=measure)
    if found is not None:
        return found
    shorter = (phrase[len(t) :] for t in titles if phrase.startswith(t) and phrase != t)
    named = (lexicon.identify(each, unit=unit, measure=measure) for each in shorter)
    return next(filter(None, named), None)


def _scope(scope: Scope | None, regions: Regions, region: Scope | None) -> Scope | None:
    if scope is None:
        return None
    known = scope if scope.code is not None else regions.scope(scope.name, region)
    if region is not None:
        own = region if region.code is not None else regions.scope(region.name)
        if known == own or (known.code is not None and known.code == own.code):
            return None
    return scope if scope.code == known.code else scope.model_copy(update={"code": known.code})


def _quote(text: str, figure: Figure) -> str:
    sentence, number = figure.sentence, figure.span
    if figure.table_row is not None and len(sentence) <= len(number) + 8:
        # a cell says nothing without its row
        return f"{figure.indicator} {_plain(sentence.of(text))}"
    if len(sentence) <= _QUOTE or not sentence.contains(number):
        return _plain(sentence.of(text))
    start, end = _clauses(text, sentence, number)
    before = "…" if start > sentence.start else ""
    after = "…" if end < sentence.end else ""
    return f"{before}{_plain(text[start:end])}{after}"


def _clauses(text: str, sentence: Span, number: Span) -> tuple[int, int]:
    """The clauses around the number, added one by one, those before it first, while there is room."""
    stops = [
        i + 1
        for i in range(sentence.start, sentence.end)
        if text[i] in STOPS and not number.contains(i)
    ]
    starts = [i for i in (sentence.start, *stops) if i <= number.start]
    ends = [i for i in (*stops, sentence.end) if i >= number.end]
    start, end = starts.pop(), ends[0]
    while starts and end - starts[-1] <= _QUOTE:
        start = starts.pop()
    for stop in ends:
        if stop - start <= _QUOTE:
            end = stop
    return max(start, number.start - _QUOTE), min(end, number.end + _QUOTE)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
