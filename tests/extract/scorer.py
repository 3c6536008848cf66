"""Scores figures against labelled numbers: what was found, and what was wholly right."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

from plantrack import flow
from plantrack.model import Document, Figure, FigureKind

STATED = {FigureKind.ACTUAL, FigureKind.TARGET}


@cache
def read_once(text: Path) -> tuple[Document, tuple[Figure, ...]]:
    """A text with its figures; each is read once in a process."""
    document = flow.read(text)
    return document, flow.figures(document)


def plain(text: str | None) -> str:
    """A phrase or unit without what does not change its meaning."""
    folded = (
        (text or "").replace("％", "%").replace("规模以上", "规上").replace("地区生产总值", "GDP")
    )
    return re.sub(r"[\s“”\"'《》（）()、的，,#*\[\]【】]", "", folded)


def same_phrase(a: str, b: str) -> bool:
    """Whether two phrases name the same: one holds the other's better half, or most letter pairs agree."""
    a, b = plain(a), plain(b)
    if not a or not b:
        return False
    if a in b or b in a:
        return min(len(a), len(b)) >= max(len(a), len(b)) / 2
    x, y = (Counter(s[i : i + 2] for i in range(len(s) - 1)) for s in (a, b))
    return 2 * (x & y).total() >= 0.75 * (x.total() + y.total())


def right(label: dict[str, str], figure: Figure) -> bool:
    """Whether kind, value with unit, measure, period and phrase all agree with the label."""
    quantity = figure.quantity
    written = label["value"].replace("∶", ":").replace("：", ":").replace("—", "~")
    period = label["period"].replace("-", "/") if len(label["period"]) == 9 else label["period"]
    counted = {"个", ""}
    units = {plain(label["unit"]), plain(quantity.unit)}
    return (
        figure.kind == label["kind"]
        and [float(x) for x in re.split("[~:]", written)]
        == [float(x) for x in re.split("[~:]", quantity.written)]
        and (len(units) == 1 or units <= counted or len({u.lstrip("个") for u in units}) == 1)
        and figure.measure == label["measure"]
        and str(figure.period or "") == period
        and same_phrase(label["indicator"], figure.indicator)
    )


def count(labels: Path, figures: tuple[Figure, ...]) -> Counter[str]:
    """due, found, wrong (printed but no figure) and strict of one text."""
    with labels.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    total: Counter[str] = Counter()
    for row in rows:
        start, end = int(row["start"]), int(row["end"])
        hit = next(
            (f for f in figures if f.kind in STATED and f.span.start < end and start < f.span.end),
            None,
        )
        if row["kind"] in STATED:
            total["due"] += 1
            total["found"] += hit is not None
            total["strict"] += hit is not None and right(row, hit)
        elif hit is not None and row["kind"] != "part":
            total["wrong"] += 1
    return total


def f1(total: Counter[str], key: str) -> float:
    """The harmonic mean of precision and recall for `found` or `strict`."""
    return 2 * total[key] / (total["found"] + total["wrong"] + total["due"])


def sureness(labels: Path, figures: tuple[Figure, ...]) -> list[tuple[float, bool]]:
    """Of each stated figure on a labelled number: how sure it was, and whether it was wholly right."""
    with labels.open(encoding="utf-8", newline="") as lines:
        rows = [r for r in csv.DictReader(lines, delimiter="\t") if r["kind"] != "part"]
    out = []
    for figure in figures:
        row = next(
            (
                r
                for r in rows
                if int(r["start"]) < figure.span.end and figure.span.start < int(r["end"])
            ),
            None,
        )
        if figure.kind in STATED and row is not None:
            out.append((figure.confidence, row["kind"] in STATED and right(row, figure)))
    return out


def calibration_error(sure: list[tuple[float, bool]]) -> float:
    """The expected calibration error over ten equal bins of confidence."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, ok in sure:
        bins.setdefault(min(int(confidence * 10), 9), []).append((confidence, ok))
    off = (abs(sum(c for c, _ in each) - sum(ok for _, ok in each)) for each in bins.values())
    return sum(off) / len(sure)
