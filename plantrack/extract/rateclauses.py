"""How fast what a clause tells of moves, where more than its verb says so."""

from __future__ import annotations

from plantrack.extract.clause import Clause, Relation
from plantrack.extract.constructions import Constructions
from plantrack.extract.mentions import Mention
from plantrack.extract.units import Units
from plantrack.extract.words import Cues


class RateClauses:
    """Peels rates off clauses; holds the rules and nothing of any text."""

    def __init__(self, cues: Cues, constructions: Constructions, units: Units) -> None:
        self._cues, self._patterns, self._units = cues, constructions, units

    def at(self, clause: Clause, mention: Mention, following: str) -> None:
        """以年均15%以上的速度增长: how fast it grows stands before the verb."""
        if mention.unit not in self._units.rates:
            return
        m = self._patterns.at_rate.search(clause.subject)
        grows = self._patterns.at_rate_of.match(following) if m else None
        if m is None or grows is None:
            return
        clause.relation = Relation.DOWN if grows["falls"] else Relation.UP
        clause.words.update(filter(None, ["增长率", m["mean"] and "年均"]))
        clause.subject = clause.subject[: m.start()]

    def each_year(self, clause: Clause) -> None:
        """接待人数年增长25%以上: it grows so every year."""
        grows = clause.relation in (Relation.UP, Relation.DOWN) and clause.subject.endswith("年")
        if grows and (each := self._patterns.each_year.search(clause.subject)):
            clause.words.add("年均")
            clause.subject = clause.subject[: each.start()]

    def contributes(self, clause: Clause, mention: Mention) -> None:
        """投资拉动经济增长2.2个百分点: no change of growth but a part of it, named with its verb."""
        if mention.unit not in self._units.percentage_points or clause.relation is not Relation.UP:
            return
        if any(verb in clause.subject for verb in self._cues.contributing):
            clause.subject += clause.predicate
            clause.predicate, clause.relation = "拉动", Relation.VALUE
