"""What a clause compares its number with: an earlier time, the value of one, how much more was done than then."""

from __future__ import annotations

from plantrack.extract.clause import Clause, Relation
from plantrack.extract.constructions import Constructions
from plantrack.extract.periods import Time


class Comparisons:
    """Peels comparisons off clauses; holds the rules and nothing of any text."""

    def __init__(self, constructions: Constructions) -> None:
        self._patterns = constructions

    def before_change(self, clause: Clause, start: int, times: list[Time], following: str) -> bool:
        """较“十二五”末的1640亿元净增637亿元: the number is the value of the time named before it."""
        if not self._patterns.changed.match(following):
            return False
        end = start + len(clause.subject.removesuffix("的"))
        time = next((t for t in times if t.end == end and t.start >= start), None)
        if time is None or not time.reference:
            return False
        mark = self._patterns.compared.search(clause.subject[: time.start - start].rstrip("“"))
        if mark is None:
            return False
        clause.subject = clause.subject[: mark.start()]
        clause.opening, clause.then = True, time
        return True

    def since(self, clause: Clause) -> None:
        """Take 较…, 比… off the subject and note what is compared with."""
        m = self._patterns.since.search(clause.subject)
        if not m:
            return
        clause.since, clause.subject = m["other"], clause.subject[: m.start()]

    def more(self, clause: Clause) -> None:
        """比上年多收5亿元, 同比少用3亿度: a verb that says how much more or less was done than before."""
        tail = clause.subject[-3:]
        if clause.predicate or ("多" not in tail and "少" not in tail):
            return
        m = self._patterns.more_than.search(clause.subject)
        if m is None:
            return
        clause.relation = Relation.UP if m["more"] else Relation.DOWN
        clause.predicate, clause.since = m[0], m["other"] or ""
        clause.subject = clause.subject[: m.start()]
