"""Web pages as saved from a browser: what the reader of the page came for, and the rest set aside."""

from __future__ import annotations

import email
import re

from plantrack.errors import MissingExtraError, ReadError
from plantrack.model import Conflict
from plantrack.read.base import decode
from plantrack.read.formats import is_web_archive
from plantrack.read.layoutrules import layout_rules
from plantrack.read.limits import Limits
from plantrack.read.markup import check_markup
from plantrack.read.pieces import Pieces
from plantrack.read.webmarks import set_apart
from plantrack.read.webwalk import BREAK, Walk

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?([\w-]{1,24})", re.IGNORECASE)
_DECLARED = {"utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "cp950"}  # fmt: skip
_FEW = 1_000  # letters of which one may be broken


def read_webpage(data: bytes, name: str, limits: Limits) -> Pieces:
    """The blocks of an HTML page, or of the page in a web archive (MHTML).

    Nothing that the page refers to is fetched, no script is run. Menus, share bars, footers and
    their like are marked as left out. MissingExtraError without the extra html; ReadError for an
    unknown encoding, and where the page has more nodes or deeper nesting than the limits allow.
    """
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise MissingExtraError("html", "Reading web pages") from None
    data = _page_of(data)
    text, encoding, conflicts = _decoded(data, name)
    tags = check_markup(text, name, limits)
    layout = layout_rules()
    page = LexborHTMLParser(data if encoding == "utf-8" and not conflicts else text)
    page.strip_tags(sorted(layout.web.no_text & tags - {"head"}))
    if not tags.isdisjoint(("br", "/br")):
        for node in page.css("br"):
            node.replace_with(BREAK)
    if "sup" in tags:
        set_apart(page)
    body = page.body
    if body is None:
        return Pieces((), encoding, conflicts)
    walk = Walk(body, layout.web, layout.longest_cell, name, limits)
    return Pieces(walk.blocks(), encoding, conflicts)


def _page_of(data: bytes) -> bytes:
    """The HTML of a web archive, else the bytes as they are."""
    if not is_web_archive(data):
        return data
    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return page if isinstance(page, bytes) else b""
    return data


def _decoded(data: bytes, name: str) -> tuple[str, str, tuple[Conflict, ...]]:
    """The page's text and encoding; a few broken letters are borne where the page names its encoding."""
    try:
        raw = decode(data, name)
    except ReadError:
        said = _CHARSET.search(data[:4096])
        encoding = _DECLARED.get(said[1].decode().lower()) if said else None
        if encoding is None:
            raise
        text = data.decode(encoding, "replace")
        broken = text.count("\ufffd")
        if broken * _FEW > len(text):
            raise
        found = Conflict(
            about="encoding", found=f"{broken} letters that are no {encoding}", used="\ufffd"
        )
        return text, encoding, (found,)
    return raw.text, raw.encoding, ()
