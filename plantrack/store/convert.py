"""The model's types as rows and back. Numbers are texts as written.

What comes back was validated before it was kept. Observations and quantities, which come back by
the thousands, are not validated again; all else is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Row

from plantrack.model import (
    Comparator,
    Document,
    Figure,
    Measure,
    Metrics,
    Observation,
    Period,
    Quantity,
    Scope,
    Series,
    Source,
    Span,
    Text,
    Vintage,
)
from plantrack.model.base import assembled
from plantrack.model.quantity import plain

Columns = dict[str, Any]
SERIES = ("indicator", "indicator_id", "measure", "scope_name", "scope_code")
"""The columns a series is made of."""
QUANTITY = ("amount", "unit", "cmp", "estimated", "averaged", "summed", "price_basis")
"""The columns a quantity is made of."""
OBSERVATION = (
    *("period", "vintage", "known_on", *QUANTITY),
    *("doc", "span_start", "span_end", "sentence_start", "sentence_end", "quote", "table_row"),
    *("place_zh", "place_en"),
)
"""The columns an observation is made of beside its series; a row has as much again about its life."""

_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_COMPARATORS = {one.value: one for one in Comparator}
_VINTAGES = {one.value: one for one in Vintage}


def json_text(value: object) -> str:
    """JSON on one line with sorted keys, letters as they are: the same for the same value."""
    return _JSON.encode(value)


def written(period: Period | None) -> str | None:
    """A period as its column holds it."""
    return None if period is None else str(period)


def period_of(column: str | None) -> Period | None:
    """The period a column holds."""
    return None if column is None else Period.parse(column)


def scope_columns(scope: Scope | None, prefix: str = "scope") -> Columns:
    """Name and code of a scope, both None where there is none."""
    name, code = (None, None) if scope is None else (scope.name, scope.code)
    return {f"{prefix}_name": name, f"{prefix}_code": code}


def scope_of(name: str | None, code: str | None) -> Scope | None:
    """The scope with that name and code; None where there is no name."""
    return None if name is None else Scope(name=name, code=code)


def texts(text: Text | None, prefix: str = "reason") -> Columns:
    """The columns of a text in both languages, both None where there is none."""
    zh, en = (None, None) if text is None else (text.zh, text.en)
    return {f"{prefix}_zh": zh, f"{prefix}_en": en}


def text_of(zh: str | None, en: str | None) -> Text | None:
    """The text in both languages; None where there is none."""
    return None if zh is None or en is None else Text(zh=zh, en=en)


def quantity_columns(quantity: Quantity) -> Columns:
    """The columns of a quantity."""
    if quantity.value is not None:
        amount = str(quantity.value)
    elif quantity.ratio is not None:
        amount = ":".join(map(str, quantity.ratio))
    else:
        amount = f"{quantity.low}~{quantity.high}"
    return {
        "amount": amount,
        "unit": quantity.unit,
        "cmp": quantity.cmp.value,
        "estimated": quantity.estimated,
        "averaged": quantity.averaged,
        "summed": quantity.summed,
        "price_basis": quantity.price_basis,
    }


def written_amount(amount: str) -> str:
    """The number of a row as `Quantity.written` has it, without exponents."""
    sign = next((sign for sign in ":~" if sign in amount), None)
    return (sign or ":").join(plain(Decimal(part)) for part in amount.split(sign))


def quantity_of(row: Sequence[Any]) -> Quantity:
    """The quantity of the columns QUANTITY."""
    amount, unit, cmp, estimated, averaged, summed, price_basis = row
    value = low = high = ratio = None
    if ":" in amount:
        ratio = tuple(map(Decimal, amount.split(":")))
    elif "~" in amount:
        low, high = map(Decimal, amount.split("~"))
    else:
        value = Decimal(amount)
    return assembled(
        Quantity,
        {
            "value": value,
            "low": low,
            "high": high,
            "ratio": ratio,
            "unit": unit,
            "cmp": _COMPARATORS[cmp],
            "estimated": estimated,
            "averaged": averaged,
            "summed": summed,
            "price_basis": price_basis,
        },
    )


def series_columns(series: Series) -> Columns:
    """The columns of a series; `key` tells apart every two that differ in anything."""
    scope = series.scope
    key = [
        series.indicator,
        series.indicator_id,
        series.measure.value,
        None if scope is None else [scope.name, scope.code],
    ]
    return {
        "key": json_text(key),
        "indicator": series.indicator,
        "phrase": series.indicator.replace(" ", ""),
        "indicator_id": series.indicator_id,
        "measure": series.measure.value,
        **scope_columns(scope),
    }


@lru_cache(maxsize=4096)
def series_of(
    indicator: str,
    indicator_id: str | None,
    measure: str,
    scope_name: str | None,
    scope_code: str | None,
) -> Series:
    """The series of the columns SERIES; the same few come again and again."""
    return Series(
        indicator=indicator,
        indicator_id=indicator_id,
        measure=Measure(measure),
        scope=scope_of(scope_name, scope_code),
    )


def observation_columns(one: Observation) -> Columns:
    """The columns of an observation that it brings itself."""
    source = one.source
    return {
        **quantity_columns(one.quantity),
        "period": str(one.period),
        "vintage": one.vintage.value,
        "known_on": one.known_on,
        "doc": source.doc,
        **_span_columns(source.span, source.sentence),
        "quote": source.quote,
        "table_row": source.table_row,
        **texts(source.place, "place"),
    }


def observation_of(row: Sequence[Any], series: Series) -> Observation:
    """The observation of the columns OBSERVATION."""
    period, vintage, known_on, *quantity, doc, start, end, begin, stop, quote, line, zh, en = row
    source = {
        "doc": doc,
        "span": _span(start, end),
        "sentence": _sentence(begin, stop),
        "quote": quote,
        "table_row": line,
        "place": text_of(zh, en),
    }
    return assembled(
        Observation,
        {
            "series": series,
            "period": Period.parse(period),
            "quantity": quantity_of(quantity),
            "vintage": _VINTAGES[vintage],
            "known_on": known_on,
            "source": assembled(Source, source),
        },
    )


def figure_columns(figure: Figure) -> Columns:
    """The columns of a figure that it brings itself; its document's name stands with the reading."""
    found = figure.candidates
    return {
        **quantity_columns(figure.quantity),
        **_span_columns(figure.span, figure.sentence),
        "text": figure.text,
        "kind": figure.kind.value,
        "indicator": figure.indicator,
        "indicator_id": figure.indicator_id,
        "candidates": json_text([[c.indicator_id, c.score] for c in found]) if found else "",
        "measure": figure.measure.value,
        "period": written(figure.period),
        **scope_columns(figure.scope),
        "table_row": figure.table_row,
        **texts(figure.place, "place"),
        "confidence": figure.confidence,
    }


def figure_of(row: Row[Any], doc: str) -> Figure:
    """The figure of a row, read from the document `doc`."""
    candidates = json.loads(row.candidates) if row.candidates else ()
    return Figure.model_validate(
        {
            "doc": doc,
            "span": _span(row.span_start, row.span_end),
            "text": row.text,
            "kind": row.kind,
            "indicator": row.indicator,
            "indicator_id": row.indicator_id,
            "candidates": [{"indicator_id": i, "score": score} for i, score in candidates],
            "measure": row.measure,
            "quantity": quantity_of([getattr(row, name) for name in QUANTITY]),
            "period": period_of(row.period),
            "scope": scope_of(row.scope_name, row.scope_code),
            "sentence": _span(row.sentence_start, row.sentence_end),
            "table_row": row.table_row,
            "place": text_of(row.place_zh, row.place_en),
            "confidence": row.confidence,
        }
    )


def document_columns(document: Document) -> Columns:
    """The columns of a reading that its document brings; the text has a table of its own."""
    return {
        "name": document.name,
        "title": document.title,
        "kind": document.kind.value,
        "issuer": document.issuer,
        "number": document.number,
        "published": document.published,
        **scope_columns(document.region, "region"),
        "planned": written(document.planned),
        "reviewed": written(document.reviewed),
        "encoding": document.encoding,
        "structure": _structure_text(document),
    }


def document_of(row: Row[Any], sha256: str, content: str) -> Document:
    """The document as a reading has it; sentences, and the tables of a plain text, are not kept."""
    structure = json.loads(row.structure) if row.structure else {}
    return Document.model_validate(
        {
            "name": row.name,
            "text": content,
            "sha256": sha256,
            "encoding": row.encoding,
            "title": row.title,
            "kind": row.kind,
            "issuer": row.issuer,
            "number": row.number,
            "published": row.published,
            "region": scope_of(row.region_name, row.region_code),
            "planned": period_of(row.planned),
            "reviewed": period_of(row.reviewed),
            **structure,
        }
    )


def _structure_text(document: Document) -> str | None:
    """What a document is made of, as JSON; None where it has nothing of the kind."""
    parts = ("sections", *(("tables", "layout") if document.layout else ()))
    kept = document.model_dump(mode="json", include=set(parts), exclude_defaults=True)
    return json_text(kept) if kept else None


def metrics_text(metrics: Metrics) -> str:
    """What is known of the metrics, as JSON; numbers are texts, so that none changes and inf is one."""
    known = {k: v for k, v in vars(metrics).items() if v is not None and v != ""}
    return json_text({k: v if isinstance(v, bool | str) else str(v) for k, v in known.items()})


def metrics_of(column: str) -> Metrics:
    """The metrics of such a text."""
    return Metrics.model_validate(json.loads(column))


def number_text(number: Decimal | None) -> str | None:
    """A number as its column holds it."""
    return None if number is None else str(number)


def _span_columns(span: Span | None, sentence: Span | None) -> Columns:
    return {
        "span_start": None if span is None else span.start,
        "span_end": None if span is None else span.end,
        "sentence_start": None if sentence is None else sentence.start,
        "sentence_end": None if sentence is None else sentence.end,
    }


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span.sure(start, end)


_sentence = lru_cache(maxsize=4096)(_span)  # one sentence often holds several values
