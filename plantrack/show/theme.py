"""Colours of paper, ink and lines, light and dark; those of statuses stand in `words.LOOKS`.

Statuses keep a contrast of 4.5:1 and more on their paper (WCAG AA) and stay apart for people
who do not see red, green or blue; tests compute both. No colour ever stands alone: a sign and a
word say the same.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from plantrack.model import Status
from plantrack.show.words import LOOKS

ThemeName: TypeAlias = Literal["light", "dark"]


class Theme(NamedTuple):
    """Colours as #rrggbb: `accent` for values seen, `need` for what is needed, `line` for axes, `band` for areas."""

    name: ThemeName
    paper: str
    ink: str
    muted: str
    line: str
    accent: str
    need: str
    band: str

    def status(self, status: Status) -> str:
        """The colour of a status on this paper."""
        look = LOOKS[status]
        return look.web if self.name == "light" else look.dark


THEMES: dict[ThemeName, Theme] = {
    "light": Theme(
        "light",
        paper="#ffffff",
        ink="#1f2328",
        muted="#59636e",
        line="#d1d9e0",
        accent="#1f3fae",
        need="#9a4a00",
        band="#dfe5ee",
    ),
    "dark": Theme(
        "dark",
        paper="#0d1117",
        ink="#f0f6fc",
        muted="#9198a1",
        line="#3d444d",
        accent="#79a3ff",
        need="#fbb36b",
        band="#252d38",
    ),
}
"""The two papers."""
