"""Any file to its Document: the format is told, its reader called, its pieces put together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from pathlib import Path

from plantrack.errors import UsageError
from plantrack.model import Document
from plantrack.read.assemble import assemble
from plantrack.read.base import load_bytes
from plantrack.read.formats import Format, format_of
from plantrack.read.limits import Limits, limits
from plantrack.read.pdf import read_pdf
from plantrack.read.pieces import Piece, Pieces
from plantrack.read.plain import read_text
from plantrack.read.rules import StructureRules, structure_rules
from plantrack.read.sheet import read_csv, read_workbook
from plantrack.read.webpage import read_webpage
from plantrack.read.word import read_word

Reader = Callable[[bytes, str, Limits], Pieces]
READERS: dict[Format, Reader] = {
    Format.HTML: read_webpage,
    Format.WORD: read_word,
    Format.PDF: read_pdf,
    Format.WORKBOOK: read_workbook,
    Format.CSV: read_csv,
}
_HEAD = 40  # blocks at the top of a web page that its following pages repeat


def read(
    path: Path | str, rules: StructureRules | None = None, bounds: Limits | None = None
) -> Document:
    """The Document in a file: plain text, Markdown, HTML, Word, PDF, Excel or CSV.

    The text of a plain text file is what was decoded, untouched. Any other format gives the
    texts of its blocks, and `layout` says where each stands in the file. MissingExtraError where
    the format's extra is not installed; ReadError for a missing file, a folder, an unknown format
    or encoding, a damaged file, and whatever exceeds `bounds` (by default rules/limits.yaml).
    """
    rules, bounds = rules or structure_rules(), bounds or limits()
    name = str(path)
    data = load_bytes(Path(path), bounds.file_bytes)
    sha256 = hashlib.sha256(data).hexdigest()
    kind = format_of(data, name, bounds)
    if kind is Format.TEXT:
        return read_text(data, name, sha256, rules)
    return assemble(READERS[kind](data, name, bounds), name, sha256, rules, bounds)


def read_pages(
    paths: Sequence[Path | str],
    rules: StructureRules | None = None,
    bounds: Limits | None = None,
) -> Document:
    """One Document of the saved pages of a web page that goes on over several (下一页), in their order.

    Its name is the first file's; `page` in the places tells which of them. What the head of a
    later page repeats of the first one's is left out. UsageError where no file is given or one is
    no web page; raises as `read` does otherwise.
    """
    rules, bounds = rules or structure_rules(), bounds or limits()
    if not paths:
        raise UsageError("No pages are given. Name the files of one document, in their order.")
    digest = hashlib.sha256()
    all_: list[Piece] = []
    first: Pieces | None = None
    for number, path in enumerate(paths, start=1):
        data = load_bytes(Path(path), bounds.file_bytes)
        if format_of(data, str(path), bounds) is not Format.HTML:
            raise UsageError(
                f"{path}: it is no web page, and only web pages are put together. "
                "Name files of other formats one by one.",
                file=str(path),
            )
        digest.update(data)
        found = read_webpage(data, str(path), bounds)
        head = {p.text for p in first.blocks[:_HEAD] if not p.rows} if first else frozenset[str]()
        first = first or found
        all_ += _numbered(found.blocks, number, head)
    assert first is not None
    joined = Pieces(all_, first.encoding, first.conflicts)
    return assemble(joined, str(paths[0]), digest.hexdigest(), rules, bounds)


def _numbered(blocks: Iterable[Piece], page: int, head: frozenset[str] | set[str]) -> list[Piece]:
    """The blocks of one page with its number; those of its head that are in `head` too are left out."""
    blocks = list(blocks)
    again = sum(1 for _ in takewhile(lambda p: p.left_out or p.text in head, blocks))
    return [p._replace(page=page, left_out=p.left_out or i < again) for i, p in enumerate(blocks)]
