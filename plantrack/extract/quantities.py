"""The value of a number with all that is said of it: bound, estimate, mean, sum, and which way it goes."""

from __future__ import annotations

from plantrack.extract.clause import Relation
from plantrack.extract.numerals import Form
from plantrack.extract.readings import Reading
from plantrack.extract.words import Cues
from plantrack.model.base import assembled
from plantrack.model.figure import FigureKind
from plantrack.model.indicator import Measure
from plantrack.model.quantity import Comparator, Quantity


class Quantities:
    """Tells quantities; holds the rules and nothing of any text."""

    def __init__(self, cues: Cues) -> None:
        self._cues, self._down = cues, tuple(cues.predicates.down)

    def of(self, reading: Reading, unit: str, kind: FigureKind, measure: Measure) -> Quantity:
        """The value as written; negative where it falls, or falls short of what it is compared with."""
        numeral, clause = reading.mention.numeral, reading.clause
        changing = kind is FigureKind.DELTA or measure in (Measure.GROWTH, Measure.AVG_GROWTH)
        falling = changing and clause.relation is Relation.DOWN
        below = kind is FigureKind.COMPARE and (
            clause.short
            or clause.predicate.startswith(self._cues.compare.below)
            or clause.predicate.endswith(self._down)  # 比目标低4个百分点
        )
        bettered = clause.predicate in self._cues.betters
        falling = falling or (bettered and reading.phrase.endswith(self._cues.better_low))
        values = numeral.values
        if falling:  # 降幅收窄至-5.9%: the minus says again that it falls
            values = tuple(-abs(v) for v in values)
        elif below:
            values = tuple(-v for v in values)
        estimated = bool(clause.words & self._cues.estimates)
        averaged = measure is Measure.AVG_GROWTH
        summed = measure is Measure.CUMULATIVE
        if numeral.form is Form.RATIO:
            return Quantity(ratio=values, cmp=clause.cmp or Comparator.EQ, estimated=estimated)
        if numeral.form is Form.RANGE:
            low, high = sorted(values)
            return Quantity(
                low=low,
                high=high,
                unit=unit,
                cmp=Comparator.RANGE,
                estimated=estimated,
                averaged=averaged,
                summed=summed,
            )
        return assembled(
            Quantity,
            {
                "value": values[0],
                "low": None,
                "high": None,
                "ratio": None,
                "unit": unit,
                "cmp": clause.cmp or Comparator.EQ,
                "estimated": estimated,
                "averaged": averaged,
                "summed": summed,
                "price_basis": None,
            },
        )
