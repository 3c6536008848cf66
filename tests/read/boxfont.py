"""A font made here in which every letter is the same box, and pages whose letters no font draws."""

from __future__ import annotations

import struct
from itertools import accumulate, pairwise

from read.hostile import one_page, pdf, stream

_EM = 1000
_BLANKS = (0x20, 0x7F, 0xA0, 0x3000, 0x10000)  # and what ends the letters
_GB = 1 << 18  # says that a font has the letters of GB 2312


def font() -> bytes:
    """A TrueType font with every letter but blanks, as large as real ones: Chinese letters whole, ASCII half as wide."""
    glyphs = [b"", _box(_EM // 2, 0, 700), _box(_EM, -120, 900)]
    places = list(accumulate(map(len, glyphs), initial=0))
    groups = [(a + 1, b - 1, 1 if b <= 0x7F else 2) for a, b in pairwise(_BLANKS)]
    table = struct.pack(">HHIII", 13, 0, 16 + 12 * len(groups), 0, len(groups))
    table += b"".join(struct.pack(">III", *group) for group in groups)
    tables = {
        b"OS/2": struct.pack(">HhHHH", 1, _EM, 400, 5, 0).ljust(78, b"\0") + struct.pack(">II", _GB, 0),
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + table,
        b"glyf": b"".join(glyphs),
        b"head": struct.pack(">IIIIHH16xhhhhHHhhh", 1 << 16, 1 << 16, 0, 0x5F0F3CF5, 0, _EM, 0, -120, _EM, 900, 0, 8, 2, 1, 0),
        b"hhea": struct.pack(">IhhhH", 1 << 16, 900, -120, 0, _EM).ljust(34, b"\0") + struct.pack(">H", 3),
        b"hmtx": struct.pack(">HhHhHh", _EM, 0, _EM // 2, 0, _EM, 0),
        b"loca": struct.pack(f">{len(places)}I", *places),
        b"maxp": struct.pack(">IHHH", 1 << 16, 3, 4, 1).ljust(32, b"\0"),
        b"name": _names("Box", "Regular"),
        b"post": struct.pack(">I", 3 << 16).ljust(32, b"\0"),
    }  # fmt: skip
    head, body = struct.pack(">IHHHH", 1 << 16, len(tables), 128, 3, 32), b""
    for tag, data in tables.items():
        head += tag + struct.pack(">III", 0, 12 + 16 * len(tables) + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + body


def _box(width: int, bottom: int, top: int) -> bytes:
    """The outline of a letter."""
    high = top - bottom
    head = struct.pack(">5hHH", 1, 0, bottom, width, top, 3, 0)
    return head + b"\1" * 4 + struct.pack(">8h", 0, width, 0, -width, bottom, 0, high, 0)


def _names(family: str, style: str) -> bytes:
    texts = [name.encode("utf-16-be") for name in (family, style)]
    starts = accumulate(map(len, texts), initial=0)
    records = b"".join(
        struct.pack(">6H", 3, 1, 0x409, number, len(text), start)
        for number, (text, start) in enumerate(zip(texts, starts, strict=False), start=1)
    )
    return struct.pack(">HHH", 0, 2, 6 + len(records)) + records + b"".join(texts)


# what the numbers of letters mean: Unicode up to 0x9FFF, 0xA000 is a letter beyond the basic plane
_ROWS = b"".join(b"<%02x00><%02xff><%02x00>" % (row, row, row) for row in range(0xA0))
_MEANS = (
    b"begincmap 1 begincodespacerange <0000><ffff> endcodespacerange 160 beginbfrange "
    + _ROWS
    + b" endbfrange 1 beginbfchar <a000><d842dfb7> endbfchar endcmap"
)


def said(text: str, x: float = 72, y: float = 700) -> bytes:
    """A text of its own at its place, its letters numbered as in Unicode."""
    numbers = text.encode("utf-16-be").hex().encode()
    return b"BT /F 12 Tf 1 0 0 1 %d %d Tm <%s>Tj ET " % (x, y, numbers)


def unseen(contents: bytes, *drawings: bytes, explained: bool = True) -> bytes:
    """A PDF of one page set in a font that it holds, of which no letter has an outline: as OCR lays text over pictures.

    `drawings` are numbered from 9, and the first is drawn as /X. A font that is not `explained` does
    not say which letters its numbers are.
    """
    says = b"/ToUnicode 8 0 R" if explained else b""
    return pdf([
        *one_page(stream(contents))[:2],
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>/XObject<</X 9 0 R>>>>>>",
        stream(contents),
        b"<</Type/Font/Subtype/Type0/BaseFont/Unseen/Encoding/Identity-H/DescendantFonts[<<"
        b"/Type/Font/Subtype/CIDFontType2/BaseFont/Unseen/DW 1000/FontDescriptor 6 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]" + says + b">>",
        b"<</Type/FontDescriptor/FontName/Unseen/Flags 4/FontFile2 7 0 R>>",
        stream(font()),
        stream(_MEANS),
        *drawings,
    ])  # fmt: skip
