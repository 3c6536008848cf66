"""Goals that a clause tells a value by: how far from one it is, which share of one it makes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from plantrack.extract.clause import MARKS, Clause, Relation
from plantrack.extract.constructions import Constructions
from plantrack.extract.mentions import Mention
from plantrack.extract.numerals import Form
from plantrack.extract.units import Units

_GOAL_BEFORE = 80  # letters before a clause in which a goal that is moved is spoken of
_SHORT_OF = 60  # letters before a number that can tell how far from a goal it is
_SHORT_ENDS = frozenset("差距口缺有为达约近")  # the last of them
_OFF_ENDS = frozenset("高多快低少慢出了约近")  # and of those where its number stands between
_GOAL_ENDS = frozenset("的均")  # before a goal's number: 低于规划确定的, 低于纲要提出的年均
_RATE_OF_RATE = re.compile(r"的\d")
# the last letters of a goal that a share is told of
_SHARE_ENDS = frozenset("标划务算值数长降低高少资年度初")


class GoalClauses:
    """Peels goals off clauses; holds the rules and nothing of any text."""

    def __init__(
        self, constructions: Constructions, units: Units, predicates: Mapping[str, Relation]
    ) -> None:
        self._patterns, self._units, self._predicates = constructions, units, predicates

    def short_of(
        self, clause: Clause, text: str, start: int, mention: Mention, following: str
    ) -> bool:
        """距目标缺口14万千瓦, 距2.9人的目标尚差0.6人: how far from a goal, whose number may stand between."""
        last = clause.subject[-1:]
        near = max(0, mention.start - _SHORT_OF), mention.start
        if last in _OFF_ENDS and (m := self._patterns.off_goal.search(text, *near)):
            short = not m["more"]
        elif last in _SHORT_ENDS and (m := self._patterns.short_of.search(text, *near)):
            short = True
            if (m["has"] or m["still"]) and not self._patterns.shortfall.match(following):
                return False
        else:
            return False
        clause.relation, clause.predicate, clause.short = Relation.COMPARE, m[0], short
        clause.subject = text[start : max(start, m.start())]
        return True

    def against(self, clause: Clause, following: str) -> bool:
        """较规划预期的6%左右低1.7个百分点: the number is the goal that the subject is compared with."""
        if following[:1] in MARKS or not self._patterns.difference.match(following):
            return False
        m = self._patterns.goal_against.search(clause.subject)
        if m is None:
            return False
        clause.words.add("目标")
        clause.subject = clause.subject[: m.start()]
        return True

    def beyond(self, clause: Clause, mention: Mention, following: str) -> bool:
        """低于规划确定的5.5%: the number is the goal that the subject lies beyond."""
        if clause.subject[-1:] not in _GOAL_ENDS or self._units.is_point(mention.unit):
            return False
        m = self._patterns.beyond_goal.search(clause.subject)
        if m is None or self._patterns.of_goal.match(following):
            return False
        clause.beyond = True
        clause.words.update(("目标", "年均") if m["mean"] else ("目标",))
        clause.subject = clause.subject[: m.start()]
        return True

    def of_share(self, clause: Clause, mention: Mention, following: str) -> bool:
        """占五年目标30万人的63%: the number is the goal that the one behind it is a share of."""
        if clause.subject[-1:] not in _SHARE_ENDS:
            return False
        goal = self._patterns.goal_of_share.search(clause.subject)
        if goal is None:
            return False
        change = goal["change"] or goal["before"]
        share = self._patterns.goal_share.match(following)
        if change or goal["year"]:
            if share is None or not following[share.end() : share.end() + 1].isdigit():
                return False
            if not goal["change"] and share[0] == "的":
                return False  # 完成增长8%的58.3亿元: no word for a goal
            if change:
                clause.predicate, clause.relation = change, self._predicates[change]
        elif not following.startswith("的"):
            return False
        elif mention.unit in self._units.rates and not _RATE_OF_RATE.match(following):
            return False  # 完成目标20.5%的66.3% tells a goal, 完成目标的66.3% none
        clause.words.add("目标")
        clause.subject = clause.subject[: goal.start()]
        return True

    def spoken(self, moved: re.Match[str], text: str, start: int, mention: Mention) -> bool:
        """Whether what is moved is a goal: it is raised or lowered by decision, or the sentence says so; but
        the structure of industries adjusts by itself.
        """
        if mention.numeral.form is Form.RATIO:
            return False
        spoken = self._patterns.goal_spoken.search
        begins = max(text.rfind("。", 0, start) + 1, start - _GOAL_BEFORE, 0)
        return bool(moved["only"] or spoken(text, begins, start + 24))
