"""Pictures hold the text they should: Chinese glyphs are really drawn, or an error says what to install."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
import zlib
from xml.etree import ElementTree

import pytest

from plantrack import flow
from plantrack.datafile import seeds_path
from plantrack.errors import MissingFontError, OutputError
from plantrack.show import charts, pictures
from plantrack.show.language import using

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", autouse=True)
def font() -> str:
    try:
        return pictures.cjk_font()
    except MissingFontError as error:
        pytest.skip(f"needs a font with Chinese glyphs: {error}")


@pytest.fixture(scope="module")
def chart():
    plan = flow.read_plan(seeds_path("plans", "jiulongpo-13.yaml"))
    with using("zh"):
        return charts.overview(plan)


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and the unfiltered bytes of an 8-bit RGBA PNG."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, packed, size = 8, b"", (0, 0)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            *size, depth, colour = struct.unpack(">IIBB", body[:10])
            assert (depth, colour) == (8, 6)
        packed += body if kind == b"IDAT" else b""
        at += 12 + length
    return size[0], size[1], zlib.decompress(packed)


def drawn(text: str, font: str) -> bytes:
    """A text alone, drawn as charts are, as a PNG."""
    import altair as alt
    import pandas as pd

    mark = alt.Chart(pd.DataFrame({"text": [text]})).mark_text(fontSize=40)
    return pictures.to_png(mark.encode(text="text:N").properties(width=90, height=60), 1.0)


def test_chinese_characters_are_glyphs_of_their_own(font):
    seen = {text: drawn(text, font) for text in ("国", "评", "测", "口", " ", "\U000f0000")}
    assert len(set(seen.values())) == len(seen)


def test_a_glyph_has_the_shape_it_should(font):
    """一 is one stroke across the middle: ink in few rows, and wide."""
    width, height, raw = pixels(drawn("一", font))
    rows = [raw[y * (4 * width + 1) + 1 : (y + 1) * (4 * width + 1)] for y in range(height)]
    plain = rows[5]
    inked = [y for y in range(20, height - 20) if rows[y] != plain]
    assert 1 <= len(inked) <= 14
    assert height / 3 < sum(inked) / len(inked) < 2 * height / 3


def test_svg_keeps_text_as_text_and_tells_screen_readers_what_it_shows(chart, font):
    root = ElementTree.fromstring(pictures.to_svg(chart))
    assert root.get("role") == "img"
    assert root.get("aria-label") == chart.description
    assert root.findtext(f"{SVG}title") == chart.description
    words = ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]
    assert words[-1].startswith("规划指标概览重庆市九龙坡区")
    assert "约束性" in words
    families = {t.get("font-family") for t in root.iter(f"{SVG}text")}
    assert all(family.startswith(font) for family in families)


def test_svg_escapes_what_strangers_wrote(board):
    svg = pictures.to_svg(charts.overview(board))
    root = ElementTree.fromstring(svg)
    assert "<script" not in svg
    assert not list(root.iter(f"{SVG}script"))
    words = "".join(root.itertext()).replace("\u2060", "")
    assert "<script>alert(1)</script>" in words


def test_a_png_is_as_large_as_it_is_asked_to_be(chart):
    (w1, h1, _), (w2, h2, _) = (pixels(pictures.to_png(chart, scale)) for scale in (1.0, 2.0))
    assert abs(w2 - 2 * w1) <= 1
    assert abs(h2 - 2 * h1) <= 1


def test_files_are_written_by_their_ending(chart, tmp_path):
    assert pictures.save(chart, tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert pictures.save(chart, tmp_path / "a.svg").read_text("utf-8").startswith("<svg")
    with pytest.raises(OutputError, match=r"no picture has the ending '\.gif'"):
        pictures.save(chart, tmp_path / "a.gif")


NO_FONT = """
from plantrack.errors import MissingFontError
from plantrack.show import pictures
try:
    print("found", pictures.cjk_font())
except MissingFontError as error:
    print(error)
"""


def test_without_a_chinese_font_the_error_says_what_to_install(tmp_path):
    """A system with no fonts but one that knows Latin only, by fontconfig's own means."""
    latin = tmp_path / "fonts"
    latin.mkdir()
    conf = tmp_path / "fonts.conf"
    conf.write_text(f"<?xml version='1.0'?><fontconfig><dir>{latin}</dir></fontconfig>", "utf-8")
    env = {k: v for k, v in os.environ.items() if k != pictures.FONT_FOLDER}
    done = subprocess.run(
        [sys.executable, "-c", NO_FONT],
        env=env | {"FONTCONFIG_FILE": str(conf), "HOME": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    assert "apt-get install fonts-noto-cjk" in done.stdout
    assert pictures.FONT_FOLDER in done.stdout
