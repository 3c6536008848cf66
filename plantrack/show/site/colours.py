"""The colours of statuses in the style sheet, made from those of tables and charts.

For each status three: `solid` for bars, `tint` behind words, `ink` for the words on it. The ink
is the status's own colour, moved towards black or white until it can be read (WCAG AA, 4.5:1).
"""

from __future__ import annotations

from plantrack.show.theme import THEMES, Theme
from plantrack.show.words import LOOKS

READABLE = 4.5
_TINT = 0.13  # so much of the colour is in its tint
_STEP = 0.06

Rgb = tuple[float, ...]


def status_colours(theme: Theme, card: str) -> str:
    """The declarations of one theme's status colours, for words on `card` (#rrggbb)."""
    lines = []
    for status in LOOKS:
        colour, paper = _rgb(theme.status(status)), _rgb(card)
        tint = _mixed(colour, paper, _TINT)
        ink, end = colour, _rgb("#000000" if theme.name == "light" else "#ffffff")
        while contrast(_hex(ink), _hex(tint)) < READABLE:
            ink = _mixed(end, ink, _STEP)
        name = f"--{status.value}"
        lines.append(
            f"{name}-solid: {_hex(colour)}; {name}-tint: {_hex(tint)}; {name}-ink: {_hex(ink)};"
        )
    return "\n".join(lines)


def themed(style: str) -> str:
    """A style sheet with `/* light statuses */` and `/* dark statuses */` filled in."""
    light = status_colours(THEMES["light"], CARDS["light"])
    dark = status_colours(THEMES["dark"], CARDS["dark"])
    return style.replace("/* light statuses */", light).replace("/* dark statuses */", dark)


CARDS = {"light": "#ffffff", "dark": "#18202a"}
"""What words stand on: `--card` of the style sheet."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2.2 defines it, from 1 to 21."""
    lighter, darker = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _rgb(written: str) -> Rgb:
    return tuple(int(written[i : i + 2], 16) / 255 for i in (1, 3, 5))


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(255 * c):02x}" for c in colour)


def _mixed(one: Rgb, other: Rgb, share: float) -> Rgb:
    return tuple(share * a + (1 - share) * b for a, b in zip(one, other, strict=True))
