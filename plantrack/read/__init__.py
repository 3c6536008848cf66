"""Bytes to Document: text files, and the plan and observation files that people write."""

from plantrack.read.plain import read
from plantrack.read.rules import StructureRules, structure_rules
from plantrack.read.structure import parse

__all__ = ["StructureRules", "parse", "read", "structure_rules"]
