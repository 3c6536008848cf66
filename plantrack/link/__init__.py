"""From figures to series: which indicator a phrase names, whose figure it is, and what was observed."""

from plantrack.link.lexicon import Lexicon
from plantrack.link.regions import Regions
from plantrack.link.series import identify, link, observations, series_of

__all__ = ["Lexicon", "Regions", "identify", "link", "observations", "series_of"]
