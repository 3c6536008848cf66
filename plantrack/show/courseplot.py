"""One target's course as a layered chart, from the rows of `course_frame`.

Lines tell what was due, what was seen, where it is heading and what is needed; the right margin
names the ends. Positions of texts are computed here, so that no two stand on each other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from plantrack.model import Status, Text, Vintage
from plantrack.show.courses import Row, due_at, span_of
from plantrack.show.drawing import SMALL, TEXT, altair, amount, apart, wrapped
from plantrack.show.labels import label, vintage_words
from plantrack.show.language import say
from plantrack.show.theme import Theme
from plantrack.show.words import status_text

_ROOM, _TIGHT = 0.12, 0.24  # of the span of values, left free above and below
_SHAPES = {
    Vintage.ESTIMATED: "circle",
    Vintage.PRELIMINARY: "triangle-up",
    Vintage.REPORTED: "circle",
    Vintage.REVISED: "square",
}
_DASHES = {"path": [1, 0], "mean": [8, 3], "projection": [2, 3], "required": [6, 4]}
_LINES = tuple(_DASHES)


@dataclass(frozen=True)
class Size:
    """A drawing area in px, and whether there is only room for the essentials."""

    width: int
    height: int
    small: bool = False


def course_plot(rows: pd.DataFrame, theme: Theme, size: Size, **more: object) -> Any:  # noqa: ANN401
    """The layers of one target's chart, titled with its name and how it stands; `more` as `finish` gives it."""
    plot = _Plot(rows, theme, size)
    drawn = (
        plot.band(),
        plot.interval(),
        plot.lines(),
        plot.level(),
        plot.goal_interval(),
        plot.thread(),
        plot.points(),
        plot.marks(),
        *plot.right(),
        *plot.beside(),
    )
    layers = [layer for layer in drawn if layer is not None]
    # In one call: what is set afterwards makes Altair copy the whole chart each time.
    return altair().layer(*layers, width=size.width, height=size.height, title=plot.title(), **more)


class _Plot:
    def __init__(self, rows: pd.DataFrame, theme: Theme, size: Size) -> None:
        self.alt = altair()
        self.rows, self.theme, self.size = rows, theme, size
        self.head = rows.iloc[0]
        self.unit = "" if pd.isna(self.head["unit"]) else str(self.head["unit"])
        self.low, self.high = span_of(rows, _TIGHT if size.small else _ROOM)
        self.last = math.ceil(rows["t"].max())
        self.first = min(math.floor(rows["t"].min()), self.last - 1)
        years = self.last - self.first
        ticks = list(range(self.first, self.last + 1))
        step = max(1, math.ceil(len(ticks) / (5 if size.small else 12)))
        self.x = self.alt.X(
            "t:Q",
            title=None,
            scale={
                "domain": [self.first - 0.03 * years, self.last + 0.01 * years],
                "nice": False,
                "zero": False,
            },
            axis={"values": ticks[::-step][::-1], "format": "d", "grid": False},
        )
        self.scale = {"domain": [self.low, self.high], "nice": False, "zero": False}
        self.y = self.alt.Y(
            "value:Q",
            title=None,
            scale=self.scale,
            axis={
                "tickCount": 3 if size.small else 5,
                "format": ",.6~f",
                "domain": False,
                "ticks": False,
            },
        )

    def part(self, *names: str) -> pd.DataFrame:
        return self.rows[self.rows["part"].isin(names)]

    def chart(self, rows: Any) -> Any:  # noqa: ANN401
        frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows)
        return self.alt.Chart(frame)

    def title(self) -> Any:  # noqa: ANN401
        theme, small = self.theme, self.size.small
        name = Text(zh=self.head["indicator_zh"], en=self.head["indicator_en"])
        status = Status(self.head["status"])
        facts = [status_text(status)]
        if self.unit:
            facts.append(f"{label('unit')} {self.unit}")
        return {
            "text": wrapped(say(name), self.size.width, TEXT if small else 15),
            "subtitle": " · ".join(facts),
            "subtitleColor": theme.status(status),
            "subtitleFontWeight": "bold",
            "fontSize": TEXT if small else 15,
            "subtitleFontSize": SMALL if small else TEXT,
            "offset": 8,
            "frame": "group" if small else "bounds",
        }

    def band(self) -> Any:  # noqa: ANN401
        rows = self.part("band")
        if rows.empty:
            return None
        area = self.chart(rows[["t", "low", "high"]]).mark_area(
            color=self.theme.band, clip=True, opacity=0.9
        )
        return area.encode(
            x=self.x, y=self.alt.Y("low:Q", scale=self.scale, title=None), y2="high:Q"
        )

    def interval(self) -> Any:  # noqa: ANN401
        """The wedge from the value now to the ends of the projection's interval."""
        ends, now = self.part("projection"), self.part("now")
        if ends.empty or now.empty or pd.isna(ends.iloc[0]["low"]):
            return None
        start, end = now.iloc[0], ends.iloc[0]
        rows = [
            {"t": start["t"], "low": start["value"], "high": start["value"]},
            {"t": end["t"], "low": end["low"], "high": end["high"]},
        ]
        area = self.chart(rows).mark_area(color=self.theme.accent, opacity=0.14, clip=True)
        return area.encode(
            x=self.x, y=self.alt.Y("low:Q", scale=self.scale, title=None), y2="high:Q"
        )

    def lines(self) -> Any:  # noqa: ANN401
        now = self.part("now")
        dots = [
            {"t": r["t"], "value": r["value"], "line": r["part"]}
            for r in self.part("path", "mean", "required").to_dict("records")
        ]
        for end in self.part("projection").to_dict("records"):
            if not now.empty:
                dots.append(
                    {"t": now.iloc[0]["t"], "value": now.iloc[0]["value"], "line": "projection"}
                )
                dots.append({"t": end["t"], "value": end["value"], "line": "projection"})
        if not dots:
            return None
        theme = self.theme
        colours = {
            "path": theme.muted,
            "mean": theme.accent,
            "projection": theme.accent,
            "required": theme.need,
        }
        names = {line: label("projected" if line == "projection" else line) for line in _LINES}
        shown = [names[line] for line in _LINES if any(d["line"] == line for d in dots)]
        domain = list(names.values())  # the same for all, so that charts side by side may share it
        legend = (
            None
            if self.size.small
            else {
                "title": None,
                "orient": "bottom",
                "symbolType": "stroke",
                "symbolSize": 300,
                "values": shown,
            }
        )
        colour = {"domain": domain, "range": [colours[line] for line in _LINES]}
        dash = {"domain": domain, "range": [_DASHES[line] for line in _LINES]}
        return (
            self.chart([d | {"line": names[d["line"]]} for d in dots])
            .mark_line(strokeWidth=2, clip=True)
            .encode(
                x=self.x,
                y=self.y,
                color=self.alt.Color("line:N", scale=colour, legend=legend),
                strokeDash=self.alt.StrokeDash("line:N", scale=dash, legend=legend),
            )
        )

    def level(self) -> Any:  # noqa: ANN401
        """The goal as a level to hold the values against, where no path leads to it."""
        goal = self.part("goal")
        if goal.empty or not self.part("path").empty:
            return None
        rule = self.chart(goal[["value"]]).mark_rule(
            color=self.theme.muted, strokeDash=[2, 2], opacity=0.8
        )
        return rule.encode(y=self.y)

    def goal_interval(self) -> Any:  # noqa: ANN401
        goal = self.part("goal").dropna(subset=["low", "high"])
        if goal.empty:
            return None
        bar = self.chart(goal[["t", "low", "high"]]).mark_rule(
            color=self.theme.ink, strokeWidth=4, strokeCap="round", opacity=0.55
        )
        return bar.encode(
            x=self.x, y=self.alt.Y("low:Q", scale=self.scale, title=None), y2="high:Q"
        )

    def points(self) -> Any:  # noqa: ANN401
        """Baseline, milestones and goal: what the plan itself states."""
        rows = self.part("baseline", "milestone", "goal")[["t", "value"]]
        if rows.empty:
            return None
        return (
            self.chart(rows)
            .mark_point(
                shape="diamond",
                size=60 if self.size.small else 90,
                color=self.theme.ink,
                fill=self.theme.paper,
                strokeWidth=1.6,
                opacity=1,
            )
            .encode(x=self.x, y=self.y)
        )

    def current(self) -> pd.DataFrame:
        """The values seen that no later one has replaced, in order of time."""
        marks = self.part("mark")
        old = marks["superseded"].fillna(value=False).astype(bool)
        return marks[~old].sort_values("t", kind="stable")

    def thread(self) -> Any:  # noqa: ANN401
        """A thin line through the values seen."""
        rows = self.current()[["t", "value"]]
        if len(rows) < 2:
            return None
        thin = self.chart(rows).mark_line(color=self.theme.accent, strokeWidth=1, opacity=0.6)
        return thin.encode(x=self.x, y=self.y)

    def marks(self) -> Any:  # noqa: ANN401
        """Values seen: filled, an estimate hollow; one that was replaced is faint."""
        rows = self.part("mark")
        if rows.empty:
            return None
        alt, theme = self.alt, self.theme
        names = {v.value: say(vintage_words(v)) for v in Vintage}
        kinds = rows["vintage"].astype(str).map(names)
        shown = [name for name in names.values() if (kinds == name).any()]
        legend = (
            None
            if self.size.small
            else {"title": None, "orient": "bottom", "padding": 3, "values": shown}
        )
        shape = {"domain": list(names.values()), "range": [_SHAPES[v] for v in Vintage]}
        edge = {"domain": list(names.values()), "range": [theme.accent] * len(names)}
        fill = {"domain": list(names.values()), "range": [_fill(v, theme) for v in Vintage]}
        return (
            self.chart(rows[["t", "value", "superseded", "period"]].assign(vintage=kinds))
            .mark_point(size=40 if self.size.small else 70, strokeWidth=1.8, opacity=1)
            .encode(
                x=self.x,
                y=self.y,
                shape=alt.Shape("vintage:N", scale=shape, legend=legend),
                fill=alt.Fill("vintage:N", scale=fill, legend=legend),
                stroke=alt.Stroke("vintage:N", scale=edge, legend=legend),
                opacity=alt.condition(alt.datum.superseded, alt.value(0.3), alt.value(1)),
                tooltip=["period:N", "value:Q", "vintage:N"],
            )
        )

    def right(self) -> list[Any]:
        """The names of the ends, on the right margin."""
        ends: list[tuple[float, str, str, str]] = []
        needed = self.part("required").dropna(subset=["text"])
        for row in () if self.size.small else needed.to_dict("records"):
            text = f"{label('needed')} {row['text']}"
            ends.append((row["value"], text, self.theme.need, "normal"))
        for row in self.part("goal").to_dict("records"):
            text = row["text"] if row["text"] and not pd.isna(row["text"]) else amount(row["value"])
            ends.append((row["value"], f"{label('goal')} {text}", self.theme.ink, "bold"))
        for row in self.part("projection").to_dict("records"):
            text = f"{label('projected')} {amount(row['value'])}"
            ends.append((row["value"], text, self.theme.accent, "normal"))
        if not ends:
            return []
        per_px = (self.high - self.low) / self.size.height
        places = apart([min(max(v, self.low), self.high) for v, *_ in ends], 16 * per_px)
        rows = [
            {"t": self.last, "value": place, "text": text, "ink": ink, "weight": weight}
            for place, (_, text, ink, weight) in zip(places, ends, strict=True)
        ]
        font = {"fontSize": SMALL if self.size.small else TEXT, "baseline": "middle"}
        return [
            self.inked(
                self.chart([row for row in rows if row["weight"] == weight]).mark_text(
                    align="left", dx=10, fontWeight=weight, **font
                )
            )
            for weight in dict.fromkeys(row["weight"] for row in rows)
        ]

    def inked(self, texts: Any) -> Any:  # noqa: ANN401
        """Texts in the ink that their rows name."""
        ink = self.alt.Color("ink:N", scale=None, legend=None)
        return texts.encode(x=self.x, y=self.y, text="text:N", color=ink)

    def beside(self) -> list[Any]:
        """Numbers beside the baseline, the milestones and the newest value."""
        path = self.part("path")
        rising = path.empty or path.iloc[-1]["value"] >= path.iloc[0]["value"]
        found: list[tuple[float, float, str, str, int]] = []
        for row in self.part("baseline").to_dict("records"):
            text = amount(row["value"])
            text = text if self.size.small else f"{label('baseline')} {text}"
            found.append((row["t"], row["value"], text, self.theme.muted, 16 if rising else -14))
        for row in () if self.size.small else self.part("mean").head(1).to_dict("records"):
            text = f"{label('mean')} {amount(row['value'])}"
            found.append((row["t"], row["value"], text, self.theme.accent, -12))
        for row in () if self.size.small else self.part("milestone").to_dict("records"):
            text = amount(row["value"])
            found.append((row["t"], row["value"], text, self.theme.ink, -14 if rising else 16))
        for row in self.current().tail(1).to_dict("records"):
            due = due_at(path, row["t"])
            below = due is not None and row["value"] < due
            found.append(
                (
                    row["t"],
                    row["value"],
                    amount(row["value"]),
                    self.theme.accent,
                    16 if below else -14,
                )
            )
        sides: dict[tuple[str, int], list[Row]] = {}
        for t, value, text, ink, dy in found:
            told: Row = {"t": t, "value": value, "text": text, "ink": ink}
            sides.setdefault((self.align(t), dy), []).append(told)
        return [layer for side, rows in sides.items() for layer in self.on_side(*side, rows)]

    def align(self, t: float) -> str:
        """Where a text beside a point begins, so that it stays inside the drawing."""
        years = self.last - self.first
        if t - self.first < years / 8:
            return "left"
        return "right" if self.last - t < years / 16 else "center"

    def on_side(self, align: str, dy: int, rows: list[Row]) -> list[Any]:
        """Texts above or below their points, on a halo that keeps lines off them."""
        base = self.chart(rows)
        font = {"fontSize": SMALL, "align": align, "dy": dy, "baseline": "middle"}
        halo = base.mark_text(**font, stroke=self.theme.paper, strokeWidth=3, strokeJoin="round")
        return [
            halo.encode(x=self.x, y=self.y, text="text:N"),
            self.inked(base.mark_text(**font)),
        ]


def _fill(vintage: Vintage, theme: Theme) -> str:
    """An estimate is hollow."""
    return theme.paper if vintage is Vintage.ESTIMATED else theme.accent
