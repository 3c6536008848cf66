"""The XML of Word and Excel files, read so that nothing in it can reach out or explode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plantrack.errors import MissingExtraError, ReadError
from plantrack.read.limits import Limits, too_much

if TYPE_CHECKING:
    from lxml.etree import _Element

_HINT = "Save it again with the program that wrote it, or save it as PDF."


def parse_xml(
    data: bytes, name: str, part: str, limits: Limits, *, extra: str = "word"
) -> _Element:
    """The root element of a part.

    Entities are not resolved and nothing is fetched. MissingExtraError without `extra`;
    ReadError for what is no XML, for a document type (where entities are declared; Office writes
    none) and for more nodes or deeper nesting than the limits allow.
    """
    try:
        from lxml import etree
    except ImportError:
        raise MissingExtraError(extra, "Reading Word and Excel files") from None
    nodes = data.count(b"<") - data.count(b"</")
    if nodes > limits.xml_nodes:
        raise too_much(name, f"nodes in {part}", nodes, limits.xml_nodes, "xml_nodes")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as e:
        raise ReadError(name, f"its part {part} is no sound XML ({e})", _HINT) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise document_type(name, part)
    return root


def document_type(name: str, part: str) -> ReadError:
    """The error of a part with a document type, where entities that explode or reach out are declared."""
    found = f"its part {part} declares a document type, which may hide entities"
    return ReadError(name, found, "Do not trust this file: no Office program writes that.")
