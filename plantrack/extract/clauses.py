"""What stands before and behind a number: predicate, bounds, adverbs, comparison, subject, object.

A clause is peeled from the number outwards, longest word first; whatever is left is the subject.
"""

from __future__ import annotations

import re

from plantrack.extract.clause import Clause, Relation
from plantrack.extract.comparisons import Comparisons
from plantrack.extract.constructions import Constructions
from plantrack.extract.edges import Endings
from plantrack.extract.goalclauses import GoalClauses
from plantrack.extract.mentions import Mention
from plantrack.extract.periods import Time
from plantrack.extract.rateclauses import RateClauses
from plantrack.extract.units import Units, alternatives
from plantrack.extract.words import Cues, Cutter
from plantrack.model.tracing import Refusal

# the comma inside 3,500 parts no clauses
_BREAK = re.compile(r"[,;:。!?\n](?!(?<=\d,)\d{3}(?!\d))")
_ORDER = re.compile(r"[第前]\d{1,3}[位名]?、[^,、。;]{0,8}$")  # an order before another of the same
_BEFORE_TIME = ("到", "至", "于")
_REACH = 12  # letters at the end of a subject that may say how wide it reaches
_OF_SHARE = ("占", "同", "环")  # before 比 they make a word of it


class Clauses:
    """Peels clauses; holds the cues and nothing of any text."""

    def __init__(
        self, cues: Cues, constructions: Constructions, units: Units, cutter: Cutter
    ) -> None:
        self._cues, self._patterns = cues, constructions
        self._units, self._cutter = units, cutter
        levels, ups, downs = cues.predicates.level, cues.predicates.up, cues.predicates.down
        self._predicates = dict.fromkeys(levels, Relation.VALUE)
        self._predicates |= dict.fromkeys(ups, Relation.UP) | dict.fromkeys(downs, Relation.DOWN)
        self._comparisons = Comparisons(constructions)
        self._rates = RateClauses(cues, constructions, units)
        self._goals = GoalClauses(constructions, units, self._predicates)
        self._verbs, self._adverbs = Endings(self._predicates), Endings(cues.adverbs)
        self._falls = tuple(verb for verb in downs if len(verb) > 1)
        told, when = alternatives(cues.own_parts_told), constructions.since_when.pattern
        self._parts_that = re.compile(
            rf"(?P<which>[ ,、;]{{0,2}}(?:其中,?)?(?:{when}|略|有){{0,2}}(?:{told})[^。;]{{0,40}}的)(?P<having>有?)"
        )
        # a measured noun that ends in a verb is none: 收入总计
        self._nouns = Endings(h for h in cues.heads if self._verbs.of(h) not in ("", h))
        self._bounds, self._carriers = Endings(cues.before), Endings(cues.carriers)
        self._rank_heads, self._shares = Endings(cues.rank_heads), Endings(cues.shares)
        self._elsewhere = (*cues.elsewhere, *cues.averages)
        self._hedges = tuple(sorted(cues.estimates | cues.aims_opening))
        earlier = alternatives(cues.compare.earlier)
        verbs, marks = alternatives(cues.compare.verbs), alternatives(cues.compare.benchmarks)
        goals = alternatives(cues.planned)
        self._compare = re.compile(
            rf"(?<![占同环或])(?!比[重例率值价])(?P<verb>{verbs})(?!(?!年初(?:{goals}))(?:{earlier})|20\d\d年(?!{goals})|[由从])(?P<other>[^,、]{{0,14}}(?:{marks})[^,、]{{0,6}})$"
        )

    def relation(self, verb: str) -> Relation:
        """What a predicate makes of its number."""
        return self._predicates[verb]

    def left(self, text: str, floor: int, at: int) -> int:
        """Where the clause that ends at `at` begins: behind the last mark outside brackets, not before `floor`."""
        depth = 0
        for i in range(at - 1, floor - 1, -1):
            c = text[i]
            if c in ")”》":
                depth += 1
            elif c in "(“《":
                if depth == 0 and c == "(":
                    return i + 1
                depth -= 1
            elif depth <= 0 and c in ",;:。!?\n" and _BREAK.match(text, i):
                return i + 1
        return floor

    def right(self, text: str, at: int, ceiling: int) -> int:
        """Where what follows a number ends: at the next mark, not behind `ceiling`."""
        m = _BREAK.search(text, at, ceiling)
        return m.start() if m else ceiling

    def peel(
        self, text: str, start: int, mention: Mention, times: list[Time], following: str = ""
    ) -> Clause:
        """The clause in `text[start:mention.start]`, peeled from the number to its subject.

        `following` is what comes after the number: it tells whether a change begins at it.
        """
        before = text[start : max(start, mention.numeral.lead)]
        clause = Clause(subject=self._patterns.called.sub("", before))
        if mention.cmp is not None:
            clause.cmp = mention.cmp
        if mention.named is Refusal.ORDINAL and self._rank(clause):
            return clause
        if self._which_are(clause, mention) or self._goals.against(clause, following):
            return clause
        if self._goals.beyond(clause, mention, following):
            return clause
        m = self._compare.search(clause.subject)
        counted = m and m["other"].endswith("的") and self._units.counts(mention.unit)
        if m and not counted and self._begins(m):  # but 快于预期进度的28项
            clause.relation, clause.predicate = Relation.COMPARE, m[0]
            clause.subject = clause.subject[: m.start()]
            return clause
        if self._goals.short_of(clause, text, start, mention, following):
            return clause
        if self._goals.of_share(clause, mention, following):
            return clause
        if self._comparisons.before_change(clause, start, times, following):
            return clause
        self._rates.at(clause, mention, following)
        task = self._patterns.task_told.search(clause.subject)
        if task and mention.unit and mention.unit not in self._cues.own_part_units:
            clause.words.add("目标")  # 农村改厕任务38283座
            clause.subject = task["thing"]
        if self._patterns.goal_ahead.search(text, max(0, start - 8), start):  # 目标值(600万标箱)
            clause.words.add("目标")
        clause.subject = self._patterns.per.without(clause.subject)
        clause.subject = self._patterns.on_that.sub("", clause.subject)
        self._outer(clause, start, times)
        self._predicate(clause, start, times)
        clause.subject = self._patterns.rough.without(clause.subject)
        self._rates.each_year(clause)
        self._carried(clause, mention)
        if self._done_of(clause, text[start : mention.start], mention):
            return clause
        if self._patterns.change_goes_on.match(following):
            self._opening(clause)
            moved = self._patterns.goal_moves.match(following)
            told = self._cues.goal_word(clause.subject) or (
                moved and self._goals.spoken(moved, text, start, mention)
            )
            if clause.opening and told:
                clause.opening = False  # 目标由10%调整为8%: both are goals
                clause.words.add("目标")
        if m := self._patterns.share_ahead.search(clause.subject):
            goal = self._cues.goal_word(m["whole"])  # 数字经济占生产总值比重目标由45%调整为40%
            clause.words.update({"目标"} if goal else ())
            clause.share_of = m["whole"].removesuffix(goal)
            clause.subject = clause.subject[: m.start()]
            clause.predicate = clause.predicate or "占"
            self._outer(clause, start, times)
        self._rates.contributes(clause, mention)
        if (moved := self._patterns.goal_moves.fullmatch(clause.predicate)) and self._goals.spoken(
            moved, text, start, mention
        ):
            clause.words.add("目标")
        self._comparisons.more(clause)
        self._comparisons.since(clause)
        sized = clause.predicate in self._cues.dimensions and not clause.since
        if sized and self._units.kind(mention.unit) == "length":
            clause.relation = Relation.VALUE  # 大坝高128米
        if clause.predicate in self._cues.kept:  # 较年初新增3户
            clause.since = clause.since or min(clause.words & self._cues.reckoned, default="")
        whole = len(clause.subject)
        self._opened(clause)
        self._after_time(clause, start + whole - len(clause.subject), times)
        if wide := self._patterns.reaches.search(
            clause.subject, max(0, len(clause.subject) - _REACH)
        ):
            clause.subject = clause.subject[: wide.start()] + wide["verb"]
        self._lowered(clause, mention)
        return clause

    def _lowered(self, clause: Clause, mention: Mention) -> None:
        """压减一般性支出5%: the verb of change stands before what it changes; 上年同期为增长4%: there is no subject."""
        subject = clause.subject.strip(" ,、")
        if subject in self._cues.in_fact:
            clause.words.add(subject)  # 目标年均增长12%，实际由431亿元增加到558亿元
            clause.subject = ""
        elif subject in self._predicates:
            clause.subject = ""
        elif not clause.predicate and mention.unit in self._units.shares:
            verb = next((v for v in self._falls if subject.startswith(v)), "")
            if verb and len(subject) > len(verb) + 1:
                clause.relation, clause.predicate = Relation.DOWN, verb
                clause.subject = subject[len(verb) :]

    def _carried(self, clause: Clause, mention: Mention) -> None:
        """实施森林质量提升80万亩: behind a verb of doing the verb of change belongs to the name."""
        if clause.relation is Relation.VALUE or mention.unit in self._units.rates:
            return
        each = clause.subject.endswith(self._cues.each)
        if each or any(word in self._cues.carried for word in self._cutter.cut(clause.subject)):
            clause.subject += clause.predicate
            clause.predicate, clause.relation = "", Relation.VALUE

    def _done_of(self, clause: Clause, before: str, mention: Mention) -> bool:
        """完成年度计划的98%, 恢复到2019年的1.2倍: the number is a share or a multiple of something named."""
        if mention.unit not in self._units.rates:
            return False
        m = self._patterns.done_of.search(before)
        if m is None:
            return False
        verb = m["verb"] or m["back"] or m["did"] or m["bare_verb"]
        whole = m["whole"] or m["then"] or m["bare"]
        whole = whole or (m["rate"] or "") + m["goal"]
        if m["back"] and mention.unit not in self._units.multiples and not m["again"]:
            if whole.endswith(self._cues.averages):
                verb = "占"  # 相当于全省平均水平的45%
            elif not self._patterns.earlier.search(whole):
                return False  # but 为2021年的62.5%
        if mention.unit in self._units.multiples and any(mark in whole for mark in self._elsewhere):
            clause.relation, clause.subject = Relation.COMPARE, before[: m.start()]
            return True
        clause.predicate, clause.share_of, clause.share_verb = verb, whole, verb
        clause.subject = before[: m.start()]
        self._outer(clause, 0, [])
        return True

    def _opened(self, clause: Clause) -> None:
        """A hedge or an aim that opens the clause (预计全年…, 力争…) holds for its number."""
        opening = clause.subject.lstrip(" 、—-“")
        if m := self._patterns.over_years.match(opening):
            clause.words.add("累计")
            clause.subject = opening[m.end() :]
            return
        if m := self._patterns.goal_is.match(opening):
            clause.words.add("目标")
            clause.subject = opening[m.end() :]
            return
        if "批准的" in opening and (m := self._patterns.approved.match(opening)):
            clause.words.add("目标")
            clause.subject = opening[m.end() :]
            return
        if self._patterns.planned_within.search(clause.subject):
            clause.words.add("计划")
        opening = self._patterns.who_plans.sub("", opening)
        if opening.startswith(self._hedges):
            clause.words.add(next(word for word in self._hedges if opening.startswith(word)))

    def _after_time(self, clause: Clause, start: int, times: list[Time]) -> None:
        """The subject begins behind a time inside it, or ends before one at its end."""
        end = start + len(clause.subject)
        for time in reversed(times):
            if start <= time.start and time.end <= end:
                if "累计" in clause.subject[time.start - start : time.end - start]:
                    clause.words.add("累计")
                rest = clause.subject[time.end - start :].strip(" ,、的在内间")
                rest = rest.removeprefix("前") if time.closing else rest  # 2023年前开工41个
                before = clause.subject[: time.start - start]
                if self._patterns.carried_over.match(rest):
                    clause.subject = clause.subject[time.start - start :]  # 上年结转结余
                    break
                # 城镇化率2025年目标, 口岸全年过货量
                alone = self._only_goal(rest) or before.endswith(self._cues.facilities)
                # “安全生态水系建设”项目截至11月底已完成投资…
                alone = alone or before.endswith(self._cues.planned_things)
                clause.subject = before + rest if alone else rest or before
                # 企业截至2023年底3120家
                clause.subject = self._patterns.up_to.sub("", clause.subject)
                break

    def _only_goal(self, words: str) -> bool:
        """Whether words say nothing but that a goal is told, perhaps one of a change: 目标, 降低目标."""
        goal = self._cues.goal_word(words)
        change = words.removesuffix(goal).removesuffix("的")
        return bool(goal) and (not change or change in self._predicates)

    def _begins(self, m: re.Match[str]) -> bool:
        """Whether a comparing verb of one character is a word of its own (超 in 超大城市 is none)."""
        verb, other = m["verb"], m["other"]
        return len(verb) > 1 or self._cutter.cut(m[0])[0] in (verb, verb + other)  # 超预算

    def _which_are(self, clause: Clause, mention: Mention) -> bool:
        """提前完成2025年目标的有7项: so many parts of the document did what stands before, whatever it says."""
        if mention.unit not in self._cues.own_part_units:
            return False
        m = self._parts_that.fullmatch(clause.subject)
        if m is None:
            return False
        clause.subject, clause.predicate = m["which"], m["having"]
        return True

    def _rank(self, clause: Clause) -> bool:
        before = clause.subject.removesuffix("第").removesuffix("前")
        if another := _ORDER.search(before):  # 列全省第1、全国第6
            before = before[: another.start()]
        ranked, head = self._patterns.ranked.search(before), self._rank_heads.of(before)
        if not head and not ranked:
            return False
        clause.relation = Relation.RANK
        clause.subject = before[: ranked.start() if ranked else -len(head)]
        return True

    def _outer(self, clause: Clause, start: int, times: list[Time]) -> None:
        """Peel bounds, adverbs, hedges and times off the end of the subject."""
        while True:
            clause.subject = clause.subject.rstrip(" \t“、" if clause.predicate else " \t“")
            told = clause.predicate or clause.words
            if told and (running := self._patterns.running.search(clause.subject)):
                clause.subject = clause.subject[: running.start()]
                if "平均" in clause.words:  # 两年平均增长
                    clause.words.add("年均")
                continue
            ends = {start + len(clause.subject), start + len(clause.subject.removesuffix("的"))}
            time = next((t for t in times if t.end in ends and t.start >= start), None)
            named = self._adverb(clause.subject)
            if time is not None and clause.predicate and len(named) < time.end - time.start:
                clause.subject = clause.subject[: time.start - start]
                alone = not self._adverb(clause.subject)  # as 截至 is
                if alone and clause.subject.endswith(_BEFORE_TIME):  # 森林覆盖率到2025年达到60%
                    clause.subject = clause.subject[:-1]
                if m := self._patterns.since_mark.search(clause.subject):
                    clause.subject = clause.subject[: m.start()]
                    clause.since = str(time.period)
                continue
            word = self._bounds.of(clause.subject)
            if word and not self._inside(clause.subject, word):
                clause.cmp = clause.cmp or self._cues.before[word]
                clause.words.update(("bound", word))
            else:
                word = named
            if not word or self._inside(clause.subject, word):
                return
            if word == "均" and clause.subject.endswith(self._cues.each):
                return
            clause.words.add(word)
            clause.subject = clause.subject[: -len(word)]

    def _adverb(self, subject: str) -> str:
        """The adverb that the subject ends with: none in 占比去年, though 比去年 is one."""
        word = "" if self._nouns.of(subject) else self._adverbs.of(subject)
        if not word and subject[-1:] in self._cues.adverbs_alone:
            last = self._cutter.cut(subject[-8:])[-1]
            return last if len(last) == 1 else ""
        before = subject[: len(subject) - len(word)]
        return "" if word.startswith("比") and before.endswith(_OF_SHARE) else word

    def _inside(self, subject: str, word: str) -> bool:
        """Whether the word is only the tail of a longer predicate or verb (约 in 节约, 签约)."""
        if len(self._verbs.of(subject)) > len(word):
            return True
        return len(word) == 1 and self._cutter.cut(subject[-8:])[-1] in self._cues.verbs

    def _predicate(self, clause: Clause, start: int, times: list[Time]) -> None:
        """Peel the predicate, then what stands between it and the subject."""
        subject = self._before_time(clause.subject, start, times)
        verb = self._verbs.of(subject)
        into = len(verb) > 1 and verb.endswith(self._cues.into)
        clause.subject = subject if into else clause.subject
        if not into:
            verb = self._verbs.of(clause.subject)
        if not verb:
            return
        # 比2021年少6亿元: a time before it sets it apart
        apart = any(t.end == start + len(clause.subject) - 1 for t in times)
        if len(verb) == 1 and not apart and not self._whole(clause.subject):
            return
        if self._nouns.of(clause.subject):
            return
        if len(verb) == 1 and clause.subject.endswith(self._cues.times_measured):
            return  # 时长
        clause.predicate = verb
        clause.relation = self._predicates[verb]
        clause.subject = clause.subject[: -len(verb)]
        self._outer(clause, start, times)
        if clause.relation is Relation.VALUE:
            if into and (m := self._patterns.from_words.search(clause.subject)):
                clause.subject = clause.subject[: m.start()]
            return
        carrier = self._carriers.of(clause.subject)
        if len(carrier) > 1 or (carrier and self._whole(clause.subject)):  # but 扭转了2016年下降8%
            clause.subject = clause.subject[: -len(carrier)]
            self._outer(clause, start, times)
            if m := self._patterns.from_words.search(clause.subject):  # 由上年的增长转为下降1.6%
                clause.subject = clause.subject[: m.start()]

    def _before_time(self, subject: str, start: int, times: list[Time]) -> str:
        """The subject without a time at its end: 增至2030年的."""
        end = start + len(subject.removesuffix("的"))
        time = next((t for t in times if t.end == end and t.start >= start), None)
        return subject if time is None else subject[: time.start - start]

    def _whole(self, subject: str) -> bool:
        """Whether the last character is a word of its own (达 in 通达 is none)."""
        last = self._cutter.cut(subject[-8:])[-1]
        adverb = last[:-1] in self._cues.adverbs  # 均达, 仅为
        shared = bool(self._shares.of(subject[:-1]))  # 占比达
        return len(last) == 1 or last in self._predicates or adverb or shared

    def _opening(self, clause: Clause) -> None:
        """由…, 从… at the end of a subject: the number is where a change began."""
        m = self._patterns.opening.search(clause.subject)
        if m:
            clause.opening, clause.subject = True, clause.subject[: m.start()]
