"""What all charts share: Altair as an extra, paper and ink, fonts, wrapped titles, labels that keep apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from types import ModuleType
from typing import Any

import pandas as pd

from plantrack.assess.render import number
from plantrack.errors import MissingExtraError, UsageError
from plantrack.model import Measure, Series, Status, Text
from plantrack.show.labels import indicator_words
from plantrack.show.language import say
from plantrack.show.theme import THEMES, Theme, ThemeName
from plantrack.show.words import status_text

FONTS = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif"
"""Font families with Chinese glyphs, those of free systems first."""

TITLE, TEXT, SMALL = 15, 12, 11  # font sizes in px
_TAG = re.compile(r"<(?=[/!?A-Za-z])")
_LATIN = 0.56  # width of a Latin letter or digit as a share of a Chinese one


def altair() -> ModuleType:
    """Altair; MissingExtraError where it is not installed."""
    try:
        import altair
    except ImportError:
        raise MissingExtraError("charts", "Drawing a chart") from None
    return altair


def theme_of(name: ThemeName) -> Theme:
    """The theme of that name; UsageError for any other."""
    try:
        return THEMES[name]
    except KeyError:
        raise UsageError(
            f"There is no theme {name!r}. Choose one of {', '.join(THEMES)}.", theme=name
        ) from None


def finish(theme: Theme, alt_text: Text) -> dict[str, Any]:
    """What a finished chart has: its alt text in the language in force, paper, colours and fonts."""
    plain: dict[str, object] = {"labelColor": theme.muted, "titleColor": theme.muted}
    plain |= {"labelFontSize": SMALL, "titleFontSize": SMALL, "titleFontWeight": "normal"}
    lines = {"domainColor": theme.line, "tickColor": theme.line, "gridColor": theme.line}
    config = {
        "font": FONTS,
        "padding": 12,
        "view": {"stroke": None},
        "axis": plain | lines | {"gridOpacity": 0.6, "labelFlush": False},
        "legend": plain | {"titleAnchor": "start", "symbolStrokeWidth": 2},
        "header": {"labelColor": theme.ink, "labelFontSize": TEXT, "labelAnchor": "start"},
        "title": {
            "color": theme.ink,
            "fontSize": TITLE,
            "fontWeight": "bold",
            "anchor": "start",
            "subtitleColor": theme.muted,
            "subtitleFontSize": TEXT,
            "offset": 12,
        },
    }
    return {"description": inert(say(alt_text, "\n")), "background": theme.paper, "config": config}


def inert(text: str) -> str:
    """A text that no page takes for markup: Altair writes a chart's data into a script as it is.

    An invisible word joiner after each < that could open a tag; the text looks the same.
    """
    return _TAG.sub("<\u2060", text)


def inert_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame whose texts are inert; the one given stays as it was."""
    texts = frame.select_dtypes(include=["string", "object"])
    return frame.assign(
        **{name: texts[name].map(inert, na_action="ignore") for name in map(str, texts)}
    )


def amount(value: float) -> str:
    """A number for a label: at most two decimals, thousands set off: 33,790.5."""
    return f"{Decimal(number(value)):,f}"


def wrapped(text: str, width: float, size: int = TITLE) -> list[str]:
    """A text in lines of at most `width` px, broken at blanks and after Chinese characters."""
    lines, line, word = [], "", ""
    for sign in inert(text):
        word += sign
        if not (sign.isspace() or _is_wide(sign)):
            continue
        if line and _width(line + word, size) > width:
            lines.append(line.rstrip())
            line = ""
        line, word = line + word, ""
    if line and _width(line + word, size) > width:
        lines.append(line.rstrip())
        line = ""
    return [*lines, line + word]


def _width(text: str, size: int) -> float:
    return size * sum(1.0 if _is_wide(sign) else _LATIN for sign in text)


def _is_wide(sign: str) -> bool:
    return sign >= "\u2e80"


def apart(places: Sequence[float], least: float) -> list[float]:
    """Places moved as little as it takes for any two to be `least` apart, their order kept.

    Pool-adjacent-violators: less its rank times `least`, each place may only grow.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    pools: list[list[float]] = []
    for rank, i in enumerate(order):
        pools.append([places[i] - rank * least])
        while len(pools) > 1 and _mean(pools[-2]) > _mean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    levels = [_mean(pool) for pool in pools for _ in pool]
    moved = [0.0] * len(places)
    for rank, i in enumerate(order):
        moved[i] = levels[rank] + rank * least
    return moved


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def status_scale(theme: Theme, statuses: Iterable[Status]) -> tuple[list[str], list[str]]:
    """Names of statuses with sign, and their colours, for a scale; in the order of Status."""
    shown = set(statuses)
    kept = [s for s in Status if s in shown]
    return [status_text(s) for s in kept], [theme.status(s) for s in kept]


def with_names(frame: pd.DataFrame) -> pd.DataFrame:
    """A board or target frame with a column `name`: each row's indicator in the language in force.

    Names that would be the same are told apart by scope, then by horizon, then by id.
    """
    ids = "target_id" if "target_id" in frame else "id"
    named = frame.assign(name=[_name(row) for row in frame.to_dict("records")])
    for extra in ("scope", "horizon", ids):
        # Of each name, how many targets have it, and how many of them this would tell apart.
        targets = named.groupby("name")[ids].transform("nunique")
        kinds = named.groupby("name")[extra].transform("nunique", dropna=False)
        again = (targets > 1) & (kinds > 1) & named[extra].notna()
        named.loc[again, "name"] += " · " + named.loc[again, extra].astype(str)
    return named


def _name(row: dict[Any, Any]) -> str:
    indicator_id = row.get("indicator_id")
    series = Series(
        indicator=row["indicator"],
        indicator_id=None if pd.isna(indicator_id) else indicator_id,
        measure=Measure(row["measure"]),
    )
    return say(indicator_words(series))


def needs(frame: pd.DataFrame, columns: Iterable[str], made_by: str) -> None:
    """UsageError where a frame lacks columns; `made_by` names the function that makes such frames."""
    missing = [name for name in columns if name not in frame]
    if missing:
        raise UsageError(
            f"The frame has no column {', '.join(missing)}. Make it with {made_by}.",
            missing=missing,
        )


def cut(text: str, width: float, size: int = SMALL) -> str:
    """A text of at most `width` px, with … where something was left out."""
    if _width(text, size) <= width:
        return text
    kept = text
    while kept and _width(kept + "…", size) > width:
        kept = kept[:-1]
    return kept + "…"
