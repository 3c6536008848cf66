"""Lists of names, cut at the marks and words that join their items."""

from __future__ import annotations

import re

_GROUPED = re.compile(r"\([^()]*\)|“[^“”]*”|《[^《》]*》")


def split_list(raw: str, count: int) -> list[str] | None:
    """`raw` cut at list marks into `count` parts; marks in brackets and quotes do not cut."""
    covered = [m.span() for m in _GROUPED.finditer(raw)]

    def cuts(pattern: str) -> list[tuple[int, int]]:
        return [
            m.span()
            for m in re.finditer(pattern, raw)
            if not any(a <= m.start() < b for a, b in covered)
        ]

    commas = [c for c in cuts(r"、") if raw[c[1] :].strip()]
    missing = count - 1 - len(commas)
    if missing < 0:
        commas, missing = commas[-missing:], 0
    if missing:
        last = commas[-1][1] if commas else 0
        links = [c for c in cuts(r"以及|和|与|及(?!其)") if c[0] > last and raw[c[1] :].strip()]
        links = links or [c for c in cuts(r"以及|和|与|及(?!其)") if c[0] > 0]
        if len(links) < missing:
            return None
        commas = sorted(commas + links[-missing:])
    parts, at = [], 0
    for a, b in commas:
        parts.append(raw[at:a])
        at = b
    return [*parts, raw[at:]]
