"""The shipped rules that assertions compare with, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from plantrack.assess import Grades, RuleSet
from plantrack.model import Dimension, Indicator
from plantrack.model.base import Model
from plantrack.paths import PathRules


class ConsistencyRules(Model):
    """rules/consistency.yaml; its head says what the keys mean."""

    additive: tuple[Dimension, ...]
    rates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standards:
    """Lexicon, units, paths, the default rule set, and what holds a plan together."""

    indicators: Mapping[str, Indicator]
    grades: Grades
    paths: PathRules
    rules: RuleSet
    consistency: ConsistencyRules


@lru_cache(maxsize=1)
def shipped() -> Standards:
    """The shipped rules."""
    from plantrack.assess import load_rules
    from plantrack.datafile import load, rules_path
    from plantrack.link import Lexicon

    return Standards(
        indicators=Lexicon.load().indicators,
        grades=load(rules_path("grades.yaml"), Grades),
        paths=load(rules_path("paths.yaml"), PathRules),
        rules=load_rules("default"),
        consistency=load(rules_path("consistency.yaml"), ConsistencyRules),
    )
