"""Bytes to Document: texts, web pages, Word, PDF, sheets; and the files that people write by hand."""

from plantrack.read.files import read, read_pages
from plantrack.read.rules import StructureRules, structure_rules
from plantrack.read.structure import parse

__all__ = ["StructureRules", "parse", "read", "read_pages", "structure_rules"]
