"""Documents to figures and to the rows of their indicator tables."""

from plantrack.extract.constructions import Constructions
from plantrack.extract.figures import Extractor
from plantrack.extract.scopes import Scopes
from plantrack.extract.units import Units
from plantrack.extract.words import Confidence, Cues, Cutter

__all__ = ["Confidence", "Constructions", "Cues", "Cutter", "Extractor", "Scopes", "Units"]
