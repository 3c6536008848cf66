"""Charts as SVG and PNG without a browser (extra `charts`), with Chinese glyphs that are really there.

A renderer without a font for Chinese writes a picture without text and says nothing. So the font
is looked for first, and tried: a Chinese character has to come out as something, and as something
else than another one. Where no font passes, MissingFontError says what to install.
"""

from __future__ import annotations

import os
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from plantrack.errors import MissingExtraError, MissingFontError, OutputError
from plantrack.show.drawing import FONTS
from plantrack.show.export import write_bytes

FONT_FOLDER = "PLANTRACK_FONT_DIR"
"""Environment variable that names a folder with fonts of one's own."""

_PROBES = ("国", "评")
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    '<text x="4" y="32" font-size="30" font-family="{font}">{sign}</text></svg>'
)


def to_svg(chart: Any) -> str:  # noqa: ANN401  any Altair chart
    """A chart as an SVG whose text stays text, with its alt text as title for screen readers.

    Raises MissingExtraError without the extra `charts`, MissingFontError without a Chinese font.
    """
    font = cjk_font()
    spec = chart.to_dict()
    svg: str = _renderer().vegalite_to_svg(_in_font(spec, font))
    said = escape(str(spec.get("description", "")), quote=True)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{said}" ', 1).replace(
        ">", f"><title>{said}</title>", 1
    )


def to_png(chart: Any, scale: float = 2.0) -> bytes:  # noqa: ANN401
    """A chart as PNG, `scale` pixels for each px of the chart. Raises as `to_svg` does."""
    font = cjk_font()
    spec = _in_font(chart.to_dict(), font)
    picture: bytes = _renderer().vegalite_to_png(spec, scale=scale)
    return picture


def save(chart: Any, path: str | Path, *, scale: float = 2.0) -> Path:  # noqa: ANN401
    """Write a chart to a file, by its ending: .svg or .png. OutputError where that cannot be done."""
    path = Path(path)
    match path.suffix.lower():
        case ".svg":
            content = to_svg(chart).encode("utf-8")
        case ".png":
            content = to_png(chart, scale)
        case ending:
            raise OutputError(
                str(path), f"no picture has the ending '{ending}'", "Name it .svg or .png."
            )
    write_bytes(path, content)
    return path


@lru_cache(maxsize=1)
def cjk_font() -> str:
    """The first font family that has Chinese glyphs here; MissingFontError where none does.

    Fonts of the system, and of the folder that PLANTRACK_FONT_DIR names.
    """
    renderer = _renderer()
    folder = os.environ.get(FONT_FOLDER)
    if folder and Path(folder).is_dir():
        renderer.register_font_directory(folder)
    families = [name.strip() for name in FONTS.split(",")]
    for family in families:
        if _draws(renderer, family):
            return family
    raise MissingFontError(families[:-1], FONT_FOLDER)


def _draws(renderer: Any, family: str) -> bool:  # noqa: ANN401  as _renderer gives it
    """Whether Chinese characters come out as pictures of their own in this family."""
    seen = [renderer.svg_to_png(_PROBE.format(font=family, sign=sign)) for sign in (*_PROBES, " ")]
    return len(set(seen)) == len(seen)


def _in_font(spec: dict[str, Any], font: str) -> dict[str, Any]:
    """A chart's specification, with the font that was found at the head of the others."""
    config = spec.get("config", {})
    return spec | {"config": config | {"font": f"{font}, {FONTS}"}}


def _renderer() -> Any:  # noqa: ANN401  vl-convert has no types of its own
    try:
        import vl_convert
    except ImportError:
        raise MissingExtraError("charts", "Making a picture of a chart") from None
    return vl_convert
