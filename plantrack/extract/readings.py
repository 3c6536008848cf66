"""One sentence read: each value with its phrase, clause and time."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from plantrack.extract.clause import MARKS, Clause, Relation
from plantrack.extract.clauses import Clauses
from plantrack.extract.constructions import Constructions
from plantrack.extract.dated import aside, dates, of_event, put_behind, same_clause, year_by_year
from plantrack.extract.deeds import Deeds
from plantrack.extract.mentions import Mention
from plantrack.extract.naming import Namer
from plantrack.extract.periods import Time
from plantrack.extract.phrases import RATE_ENDS, Phrases
from plantrack.extract.qualifiers import Qualifiers
from plantrack.extract.said import Ask, Said
from plantrack.extract.units import Units, alternatives
from plantrack.extract.words import Cues
from plantrack.model.period import Period, PeriodKind
from plantrack.model.quantity import Comparator
from plantrack.model.tracing import Refusal

_BLANKS = " \t\u3000、—-\n"
_SUMMED = "累计"  # a time may end so
_CHANGES = ("增", "减")
_LOOK_BACK = 200  # letters before a number that can be its clause
_LOOK_AHEAD = 24  # letters behind a number that tell whether a change begins at it


class Reading(NamedTuple):
    """A mention understood: its phrase and clause, the time that holds for it, how the phrase was found.

    `refused` says why it is no value after all; its phrase is empty then. `near` says that the time
    stands in its own clause.
    """

    mention: Mention
    phrase: str
    clause: Clause
    time: Time | None
    how: str
    refused: Refusal | None = None
    near: bool = False


class _Sentence(NamedTuple):
    """A sentence `[start, end)` of the folded text with its times and all its numbers."""

    text: str
    start: int
    end: int
    mentions: list[Mention]
    times: list[Time]
    starts: list[int]  # of the numbers

    def before(self, m: Mention) -> Mention | None:
        """The number before a number, of those that are no times."""
        i = bisect_left(self.starts, m.start)
        earlier = (e for e in reversed(self.mentions[:i]) if e.named is not Refusal.TIME)
        return next(earlier, None)

    def next_to(self, m: Mention) -> Mention | None:
        """The number behind a number."""
        i = bisect_right(self.starts, m.start)
        return self.mentions[i] if i < len(self.mentions) else None


class Reader:
    """Reads sentences; holds the rules and nothing of any text."""

    def __init__(
        self,
        cues: Cues,
        constructions: Constructions,
        units: Units,
        clauses: Clauses,
        phrases: Phrases,
    ) -> None:
        self._benchmarks = (*cues.compare.benchmarks, "目标值")
        self._cues, self._patterns, self._units = cues, constructions, units
        self._clauses, self._phrases = clauses, phrases
        self._deeds = Deeds(cues, constructions, units, phrases)
        self._namer = Namer(cues, constructions, units, phrases, self._deeds)
        self._qualifiers = Qualifiers(cues, constructions, units, clauses, phrases)
        changes = (v for v in cues.predicates.up | cues.predicates.down if len(v) > 1)
        # right behind an amount: it sizes things (50亿至100亿元项目)
        self._noun = re.compile(
            rf"(?!{alternatives(cues.unit_links)}|人民币)[\u4e00-\u9fff]{{2,8}}\d"
        )
        # what may stand between two numbers of one list: 7%、超9%; 11%和减少7.2%
        self._joins = re.compile(
            rf"(?:、|和|与|及|以及|/)?-?(?:每(?:人每)?[年月])?(?P<verb>{alternatives(changes)})?(?:{alternatives(cues.before)})?"
        )

    def read(
        self,
        text: str,
        start: int,
        end: int,
        mentions: list[Mention],
        times: list[Time],
        said: Said,
    ) -> list[Reading]:
        """What the mentions of the sentence `[start, end)` say that may be values, in order.

        `said` is what the sentences before left behind in the paragraph; it is brought up to date.
        """
        sentence = _Sentence(text, start, end, mentions, times, [m.start for m in mentions])
        groups = self._groups(text, [m for m in mentions if m.named in (None, Refusal.ORDINAL)])
        stops = [*(group[0].start for group in groups[1:]), end]
        out: list[Reading] = []
        for group, stop in zip(
            groups, stops, strict=False
        ):  # one stop is left where there is no group
            out += self._group(sentence, group, stop, said)
        for m in mentions:
            if m.named is Refusal.OWN_PART:
                self._deeds.count(text, m, end, said)
        return out

    def _groups(self, text: str, values: list[Mention]) -> list[list[Mention]]:
        """Neighbouring numbers joined only by list marks."""
        groups: list[list[Mention]] = []
        for m in values:
            if groups and self._goes_on(text, groups[-1][-1], m):
                groups[-1].append(m)
            else:
                groups.append([m])
        return groups

    def _goes_on(self, text: str, before: Mention, m: Mention) -> bool:
        """Whether a number goes on the list of the one before; with a verb of its own only in the same unit."""
        if before.named or m.named:
            return False
        if before.stop == m.numeral.lead and m.unit != before.unit:
            return False  # 10亿元以上7个
        sized = m.stop > m.unit_end or self._noun.match(text, m.stop)
        amount = sized and m.unit.endswith(self._units.money)
        if amount and m.unit != before.unit:
            return False  # 50亿元以上项目22个、100亿元以上7个
        joint = self._joins.fullmatch(text, before.stop, m.numeral.lead)
        if joint is None or not joint["verb"]:
            return joint is not None
        # 比上年同期的13亿元增收2亿元 is no list
        return m.unit == before.unit and not joint[0].startswith(joint["verb"])

    def _group(
        self, sentence: _Sentence, group: list[Mention], nearest: int, said: Said
    ) -> list[Reading]:
        """The readings of one group; `nearest` is where the next group begins."""
        text, first, final = sentence.text, group[0], group[-1]
        earlier = sentence.before(first)
        if earlier is not None and earlier.named is Refusal.OWN_PART:
            self._deeds.remember(text, earlier, first.start, said)
        floor = max(sentence.start, said.consumed)
        of_goal = self._of_goal(text, floor, sentence.start, said) or text.startswith(")的", floor)
        if of_goal or self._past_goal(text, sentence.start, floor, first):
            floor = sentence.start  # 完成五年目标(7万人)的49%: the goal lies within the clause
        left = self._clauses.left(text, max(floor, first.start - _LOOK_BACK), first.start)
        passed = text[floor:left]
        left = self._without_time(text, left, sentence.times)
        ahead = text[final.stop : final.stop + _LOOK_AHEAD]
        clause = self._clauses.peel(text, left, first, sentence.times, ahead)
        if said.then and left == said.consumed:
            clause.since = clause.since or said.then  # 较2020年的52.1亿元净增34.3亿元
        said.then = str(clause.then.period) if clause.then else ""
        if clause.relation is Relation.RANK or first.named:
            return self._rank(first, clause, said)
        if first.start in said.told:
            return [Reading(m, "", clause, None, "", Refusal.NARROWS) for m in group]
        self._chain(text, left, clause, said)
        right = self._clauses.right(text, final.stop, sentence.end)
        if refused := self._only_qualifies(sentence, left, group, clause, right):
            if refused is Refusal.FRAMES:
                self._deeds.remember(text, final, right, said)
            return [Reading(m, "", clause, None, "", refused) for m in group]
        following = text[final.stop : min(right, nearest)]
        told = clause.then and following.startswith(_CHANGES)  # 比上年同期的13亿元增收2亿元
        if told or ("目标" in clause.words and self._patterns.goal_share.match(following)):
            following = ""  # 完成全年1.8万亿元任务目标的91.8%
        if passed:
            self._pass_by(passed, said)
        if kinds := self._patterns.by_kind.match(clause.subject):  # 八大类中衣着类上涨1%
            said.pass_by(kinds[0])
            clause.subject = clause.subject[kinds.end() :]
        ask = Ask(
            clause=clause,
            group=group,
            raw=clause.subject,
            subject=self._phrases.clean(clause.subject),
            following=following,
            rest=text[final.stop : right],
            passed=passed,
        )
        clause.base = ask.subject or said.last
        if not said.whole and ask.bare.startswith("其中"):
            counted = self._units.counts(first.unit) and said.counted.get(first.unit)
            said.whole = counted or said.base  # 项目316个，总投资1174亿元，其中亿元以上项目215个
        phrases, how = self._namer.name(ask, said)
        taken = 0
        if how == "object":
            taken = self._phrases.object(following, done_for=self._deeds.served(ask))[1]
        said.consumed, said.began = final.stop + taken, first.start
        if taken and "中" in ask.rest and self._patterns.of_counted.match(ask.rest):
            self._deeds.remember(text, final, right, said)
        said.told = range(final.stop + ask.told[0], final.stop + ask.told[1])
        said.linked = bool(taken) and text.startswith("的", said.consumed)
        said.count = len(group)
        moments = self._times(sentence, group, clause, alike=len({*phrases}) == 1)
        since = moments[0].end if moments[0] is not None else first.start
        alone = not any(since <= m.start < first.start and not m.named for m in sentence.mentions)
        return [
            self._reading(text, ask, m, phrase, time, how, said, first=alone and m is first)
            for m, phrase, time in zip(group, phrases, moments, strict=True)
        ]

    def _pass_by(self, passed: str, said: Said) -> None:
        """Take up what the clauses without a number say of those that follow."""
        said.pass_by(passed)
        whole = self._patterns.of_whole.search(passed)
        if whole and not self._patterns.by_kind.search(passed):
            noun = self._phrases.clean(whole["whole"])
            if self._phrases.head(noun) or self._phrases.ends_known(noun):
                said.go_into(noun)

    def _reading(
        self,
        text: str,
        ask: Ask,
        m: Mention,
        phrase: str,
        time: Time | None,
        how: str,
        said: Said,
        *,
        first: bool,
    ) -> Reading:
        """One number of a group, with what is its own: bound, verb, and a rate its name ends in.

        `first` says that no value stands between it and its time.
        """
        clause, group = ask.clause, ask.group
        own = clause if len(group) == 1 else replace(clause, words={*clause.words})
        own.cmp = m.cmp or clause.cmp or self._shared(text, m, group[-1])
        if m is not group[0] and (verb := self._own_verb(text, group[group.index(m) - 1], m)):
            own.predicate, own.relation = verb, self._clauses.relation(verb)
        rate = self._patterns.rate.search(phrase, max(0, len(phrase) - RATE_ENDS))
        if rate and rate.start() > 1 and not self._phrases.known(phrase):
            phrase = phrase[: rate.start()].removesuffix("的")
            own.is_rate(rate)
        if phrase and clause.relation is not Relation.COMPARE:
            aside = said.base if ask.bare.startswith(self._cues.asides) else ""
            said.say(phrase, clause.base if how == "share" else aside or ask.base or phrase)
            parts = phrase.endswith(self._cues.own_parts) and m.unit in self._cues.own_part_units
            if parts and not own.told:  # 预期性指标18项，完成12项
                self._deeds.total(phrase, m.unit, said)
            said.relation, said.unit, said.rate = own.relation, m.unit, "增长率" in own.words
            if m.unit not in self._units.shares:
                said.by_unit[self._units.alike(m.unit)] = phrase
                said.counted[m.unit] = ask.base or phrase
                among = said.among.get(m.unit, "").endswith(self._cues.own_parts)
                if among and not own.told and not phrase.endswith(self._cues.own_parts):
                    said.among.pop(m.unit)  # 主要指标中33项…; 重大项目102项已开工87项
        beside = time is not None and same_clause(text, time.end, m.start)
        if time is not None and beside and text.endswith(_SUMMED, time.start, time.end):
            own.words.add(_SUMMED)  # 两年累计减贫12.4万人
        near = time is not None and (beside or first) and not put_behind(text, time.end, m.start)
        return Reading(m, phrase, own, time, how, near=near)

    def _only_qualifies(
        self, sentence: _Sentence, left: int, group: list[Mention], clause: Clause, right: int
    ) -> Refusal | None:
        """Why a number that is true measures nothing here; None where it does."""
        first, later = group[0], sentence.next_to(group[-1])
        if self._qualifiers.frames(sentence.text, left, first, right):
            return Refusal.FRAMES
        if later is not None and later.start >= right:
            later = None
        if self._qualifiers.provides(sentence.text, left, first, group[-1]):
            return Refusal.PROVISION
        if self._qualifiers.sizes(sentence.text, sentence.start, first, clause):
            return Refusal.SIZE
        single = len(group) == 1
        if single and self._qualifiers.narrows(sentence.text, first, clause, later, right):
            return Refusal.NARROWS
        return None

    def _of_goal(self, text: str, floor: int, start: int, said: Said) -> bool:
        """Whether what comes next is a share of the goal told before it: 完成五年目标7万人的49%."""
        share = (
            None
            if text[floor : floor + 1] in MARKS
            else self._patterns.goal_share.match(text, floor)
        )
        goal = self._patterns.goal_of_share.search(text, start, said.began) if share else None
        # 完成年度20件实事中的18件 names no goal
        return bool(share and goal and (not goal["year"] or share[0] != "的"))

    def _past_goal(self, text: str, start: int, floor: int, m: Mention) -> bool:
        """Whether a number says by how much a goal in brackets was passed: 超过规划目标(25件)6.5件."""
        if not text.startswith(")", floor) or m.numeral.lead != floor + 1:
            return False
        at = text.rfind("(", start, floor)
        return at > 0 and text.endswith(self._benchmarks, start, at)

    def _own_verb(self, text: str, before: Mention, m: Mention) -> str:
        """The verb of change that stands right before a later number of a list; empty where none does."""
        joint = self._joins.fullmatch(text, before.stop, m.numeral.lead)
        return (joint["verb"] or "") if joint else ""

    def _shared(self, text: str, m: Mention, final: Mention) -> Comparator | None:
        """The bound behind the last number of a list (95%、98%以上) holds for all in its unit."""
        listed = text.startswith(self._cues.unit_links, m.stop) and m.unit == final.unit
        return final.cmp if listed and final.stop > final.unit_end else None

    def _chain(self, text: str, left: int, clause: Clause, said: Said) -> None:
        """A list goes on (建成甲150个、乙1000个): what was done to the first holds for the next."""
        joined = left <= said.consumed + 1 and text.startswith(self._cues.links, said.consumed)
        said.joined, said.chained = joined, bool(said.lead) and joined and not clause.predicate
        clause.lead = said.lead if said.chained else clause.subject
        done = not clause.predicate or clause.predicate in self._cues.doing
        said.lead = clause.lead + clause.predicate if done else ""

    def _without_time(self, text: str, left: int, times: list[Time]) -> int:
        """Skip marks, headings that run into it (【财政金融】, 2.) and times that open the clause."""
        while True:
            near = text[left : left + 40]
            at = left + len(near) - len(near.lstrip(_BLANKS))
            if heading := self._patterns.run_in.match(text, at):
                left = heading.end()
                continue
            own = (t for t in times if not (t.reference or t.opening))
            time = next((t for t in own if t.start <= at + 1 <= t.end), None)
            if time is None or time.end <= left or text.startswith(self._cues.equals, at):
                return at
            left = time.end

    def _rank(self, m: Mention, clause: Clause, said: Said) -> list[Reading]:
        if clause.relation is not Relation.RANK:
            return [Reading(m, "", clause, None, "", Refusal.ORDINAL)]
        phrase = (
            self._phrases.clean(self._patterns.ranked_among.sub("", clause.subject)) or said.last
        )
        return [Reading(m, phrase, clause, None, "rank")]

    def _times(
        self, sentence: _Sentence, group: list[Mention], clause: Clause, *, alike: bool
    ) -> list[Time | None]:
        """The time that holds for each number: a list of times one each, else the nearest before it;
        `alike` says that all measure one thing.
        """
        at = group[0].start
        if clause.then is not None:
            return [clause.then._replace(reference=False, opening=True)] * len(group)
        own = [t for t in sentence.times if t.end <= at and not t.reference]
        if not own:
            return [None] * len(group)
        own = [t for t in own if not aside(sentence.text, t.end, at) or dates(sentence.text, t, at)]
        own = [
            t for t in own if not of_event(sentence.text, sentence.start, t, at, sentence.mentions)
        ]
        own = [t for t in own if not t.own or same_clause(sentence.text, t.end, at)]
        if not clause.opening:
            own = [t for t in own if not t.opening]
        if clause.relation is Relation.COMPARE:  # 离2025年的目标尚有5个百分点差距 speaks of now
            own = [t for t in own if t.start < at - len(clause.predicate)]
        if clause.share_of:  # 恢复到2019年的1.2倍 speaks of now
            own = [t for t in own if sentence.text[t.start : t.end] not in clause.share_of]
        listed = own[-len(group) :]
        if len(group) > 1 and len(listed) == len(group) and self._joined(sentence.text, listed):
            return list(listed)
        if alike and own and 1 < len(group) == own[-1].period.length_in_years:
            between = sentence.text[own[-1].end : at]  # 2021—2022年分别完成1012亿元、1174亿元
            if any(word in between for word in self._cues.distribute):
                return [*year_by_year(own[-1])]
        if len(group) == 1 and len(own) > 1 and self._run(sentence.text, own[-2:], at):
            span = Period.years(own[-2].period.year, own[-1].period.year)
            return [own[-1]._replace(period=span)]
        return [own[-1] if own else None] * len(group)

    def _run(self, text: str, times: list[Time], at: int) -> bool:
        """Whether two years that follow each other open the clause of one number (2024年、2025年再建设…)."""
        first, second = (t.period for t in times)
        years = first.kind is second.kind is PeriodKind.YEAR and second.year == first.year + 1
        near = same_clause(text, times[0].start, at)
        return (
            years
            and near
            and self._joined(text, times)
            and text[times[0].end : times[1].start] != ""
        )

    def _joined(self, text: str, times: list[Time]) -> bool:
        """Whether nothing but list marks stands between the times (2022年、2023年分别…)."""
        return all(text[a.end : b.start] in self._cues.links for a, b in pairwise(times))
