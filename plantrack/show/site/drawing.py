"""The course of a target as SVG: classes and attributes only, so that it obeys the page's policy and its colours.

The size of letters is the style sheet's, which makes them larger on small screens.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from plantrack.model import Vintage
from plantrack.paths import significant
from plantrack.show.curves import Curve, Dot, Mark
from plantrack.show.hidden import shown

WIDTH, HEIGHT = 680, 350
_RIGHT, _TOP, _BOTTOM = 34, 30, 44
_LETTER = 12  # the width of a digit where letters are largest
_TICKS = 5
_MOST_YEARS = 7
_AIR = 0.2  # of the height is left free above and below
_HUGE = 1e18  # no figure of a plan; beyond it an axis means nothing
_SMALL = 1e-6  # no figure of a plan is finer
_NEAR = 40  # two labels closer than this go to different sides


class _Scale:
    """From moments and values to places on the sheet, with the ticks of both axes."""

    def __init__(self, moments: list[float], values: list[float]) -> None:
        self.t0 = math.floor(min(moments) + 1e-9)
        self.t1 = max(math.ceil(max(moments) - 1e-9), self.t0 + 1)
        low, high = min(values), max(values)
        size = max(abs(low), abs(high), _SMALL)
        if high - low < size * _SMALL:  # as good as one value: a tenth of it to either side
            low, high = low - size / 10, high + size / 10
        air = (high - low) * _AIR
        self.v0 = 0.0 if 0 <= low < air else low - air
        self.v1 = high + air
        step = _round_step((self.v1 - self.v0) / _TICKS)
        first, last = math.ceil(self.v0 / step), math.floor(self.v1 / step)
        self.values = [step * i for i in range(first, last + 1)]
        digits = max(0, -math.floor(math.log10(step) + 1e-9))
        self.labels = [f"{value:,.{digits}f}" for value in self.values]
        self.left = 20 + _LETTER * max(map(len, self.labels))
        gap = math.ceil((self.t1 - self.t0) / _MOST_YEARS)
        self.years = list(range(self.t1, self.t0 - 1, -gap))[::-1]

    def x(self, t: float) -> float:
        return self.left + (WIDTH - self.left - _RIGHT) * (t - self.t0) / (self.t1 - self.t0)

    def y(self, value: float) -> float:
        return (
            HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * (value - self.v0) / (self.v1 - self.v0)
        )

    def place(self, dot: Dot) -> tuple[float, float]:
        return self.x(dot[0]), self.y(dot[1])


def draw(course: Curve, opening: float, title: str) -> Markup | None:
    """The SVG element, from the `opening` of the horizon on; None where there is nothing to draw.

    `title` is what a screen reader says of it.
    """
    moments, values = [opening, *_moments(course)], _values(course)
    if not course.drawable or not values or max(map(abs, (*values, *moments))) > _HUGE:
        return None
    scale = _Scale(moments, values)
    parts = [*_axes(scale, course.unit), *_ways(course, scale), *_marks(course, scale)]
    return Markup(
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{_text(title)}">{"".join(parts)}</svg>'
    )


def lasting(course: Curve) -> bool:
    """Whether the goal is due all along, so that its line is its path."""
    return course.goal is not None and {value for _, value in course.path} == {course.goal.value}


def _dots(course: Curve) -> Iterator[Dot]:
    if course.baseline is not None:
        yield course.baseline
    if course.goal is not None:
        yield course.goal.t, course.goal.value
    for line in (course.path, course.milestones, course.mean, course.required):
        yield from line
    yield from ((mark.t, mark.value) for mark in course.marks)
    if course.projection is not None:
        yield course.projection[:2]


def _moments(course: Curve) -> list[float]:
    return [t for t, _ in _dots(course)]


def _values(course: Curve) -> list[float]:
    found = [value for _, value in _dots(course)]
    if course.goal is not None:
        found += [v for v in (course.goal.low, course.goal.high) if v is not None]
    if course.projection is not None:
        found += [v for v in course.projection[2:] if v is not None]
    return found


def _axes(scale: _Scale, unit: str) -> Iterable[str]:
    left, right, floor = scale.left, WIDTH - _RIGHT, HEIGHT - _BOTTOM
    for value, label in zip(scale.values, scale.labels, strict=True):
        y = scale.y(value)
        yield f'<line class="grid" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="tick end" x="{left - 8}" y="{y + 4:.1f}">{label}</text>'
    yield f'<line class="axis" x1="{left}" x2="{right}" y1="{floor}" y2="{floor}"/>'
    for year in scale.years:
        x = scale.x(year)
        yield f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{floor}" y2="{floor + 5}"/>'
        yield f'<text class="tick middle" x="{x:.1f}" y="{floor + 26}">{year}</text>'
    if unit:
        yield f'<text class="tick end" x="{left - 8}" y="{_TOP - 10}">{_text(unit)}</text>'


def _ways(course: Curve, scale: _Scale) -> Iterable[str]:
    goal = course.goal
    if course.band:
        upper = [scale.place((t, high)) for t, _, high in course.band]
        lower = [scale.place((t, low)) for t, low, _ in course.band]
        yield f'<polygon class="band" points="{_points([*upper, *lower[::-1]])}"/>'
    if goal is not None:
        begin = course.path[0][0] if lasting(course) else scale.t0
        for value in dict.fromkeys(v for v in (goal.low, goal.high, goal.value) if v is not None):
            yield _line("aim", [scale.place((begin, value)), scale.place((goal.t, value))])
    if not lasting(course):
        yield _line("path", map(scale.place, course.path))
    seen = [*([course.baseline] if course.baseline else []), *_counting(course)]
    yield _line("seen", map(scale.place, seen))
    yield _line("mean", map(scale.place, course.mean))
    yield _line("needed", map(scale.place, course.required))
    if course.projection is not None and course.now is not None:
        yield _line("outlook", [scale.place(course.now), scale.place(course.projection[:2])])


def _marks(course: Curve, scale: _Scale) -> Iterable[str]:
    if course.projection is not None:
        t, value, low, high = course.projection
        if low is not None and high is not None:
            yield _line("outlook-span", [scale.place((t, low)), scale.place((t, high))])
        x, y = scale.place((t, value))
        yield f'<circle class="outlook-end" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
    for milestone in course.milestones:
        yield _diamond("milestone", *scale.place(milestone), 5)
    start, goal, counting = course.baseline, course.goal, _counting(course)
    newest = counting[-1] if counting else None
    if start is not None:
        x, y = scale.place(start)
        yield f'<rect class="baseline" x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10"/>'
        if newest is None or newest[0] > start[0]:
            yield _label(scale, start, _said(start[1], course), below=True)
    for mark in course.marks:
        yield _mark(mark, scale, course)
    if newest is not None:
        below = goal is not None and goal.value >= newest[1]
        yield _label(scale, newest, _said(newest[1], course), below=below, strong=True)
    if goal is not None:
        aim = (goal.t, goal.value)
        yield _diamond("goal", *scale.place(aim), 7)
        near = newest is not None and abs(scale.y(newest[1]) - scale.y(goal.value)) < _NEAR
        below = newest is not None and near and newest[1] > goal.value
        top = max(v for v in (goal.value, goal.high, goal.low) if v is not None)
        yield _label(scale, aim if below else (goal.t, top), goal.text, below=below)


def _counting(course: Curve) -> list[Dot]:
    """The values that were not replaced by later ones."""
    return [(mark.t, mark.value) for mark in course.marks if not mark.superseded]


def _mark(mark: Mark, scale: _Scale, course: Curve) -> str:
    x, y = scale.place((mark.t, mark.value))
    estimated = mark.vintage is Vintage.ESTIMATED
    kind = "replaced" if mark.superseded else "estimated" if estimated else "value"
    title = f"<title>{_text(f'{mark.period}: {_said(mark.value, course)}')}</title>"
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="5.5">{title}</circle>'


def _label(scale: _Scale, dot: Dot, said: str, *, below: bool, strong: bool = False) -> str:
    x, y = scale.place(dot)
    across = (x - scale.left) / (WIDTH - scale.left - _RIGHT)
    side = "start" if across < 0.12 else "end" if across > 0.88 else "middle"
    y = y + 24 if below else y - 12
    kind = f"label {side}{' strong' if strong else ''}"
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{_text(said)}</text>'


def _line(kind: str, points: Iterable[tuple[float, float]]) -> str:
    joined = _points(points)
    return f'<polyline class="{kind}" points="{joined}"/>' if " " in joined else ""


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _diamond(kind: str, x: float, y: float, r: float) -> str:
    corners = [(x, y - r), (x + r, y), (x, y + r), (x - r, y)]
    return f'<polygon class="{kind}" points="{_points(corners)}"/>'


def _said(value: float, course: Curve) -> str:
    return f"{significant(value, 6):f}{course.unit}"


def _text(written: str) -> Markup:
    return escape(shown(written))


def _round_step(wanted: float) -> float:
    """The nearest of 1, 2, 5 times a power of ten that is not smaller."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= wanted * (1 - 1e-9))
