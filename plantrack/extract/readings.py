"""One sentence read: each value with its phrase, clause and time."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from plantrack.extract.clauses import Clause, Clauses, Relation
from plantrack.extract.mentions import Mention
from plantrack.extract.periods import Time
from plantrack.extract.phrases import Phrases
from plantrack.extract.units import Units
from plantrack.extract.words import Cues
from plantrack.model.quantity import Comparator

_THRESHOLDS = ("元", "岁", "年", "平方米", "周岁")  # 50万元以上豪华车: the bound narrows the noun
_OF_GOAL = re.compile(r"的?(?:规划|预期|中期|年度|年初|进度|约束性)*(?:目标|要求)(?:值|任务)?")
_EACH = re.compile(r"[^,、]{0,6}每[百千万]?(?:人|户|名|个)[^,、]{0,10}?(?:拥有|有)")
_RATE = re.compile(r"(?P<mean>年均|年平均|平均)?(?:复合)?(?:增长率|增速|增幅|增长速度|涨幅)$")


@dataclass(slots=True, frozen=True)
class Reading:
    """A mention understood: its phrase and clause, the time that holds for it, how the phrase was found."""

    mention: Mention
    phrase: str
    clause: Clause
    time: Time | None
    how: str


@dataclass(slots=True)
class _Said:
    """What earlier numbers of the paragraph left behind for those that leave things out."""

    phrases: list[tuple[int, str]]  # (clause number, phrase), oldest first
    clause: int = 0
    prefix: str = ""
    lead: str = ""
    stop: int = 0
    linked: bool = False
    chained: bool = False
    count: int = 0  # how many numbers the group before had
    by_unit: dict[str, str] = field(default_factory=dict)  # the last phrase measured in a unit
    part: str = ""  # the measured noun of which parts are told (其中)
    consumed: int = 0

    @property
    def last(self) -> str:
        return self.phrases[-1][1] if self.phrases else ""

    def recent(self, count: int) -> list[str]:
        """The last `count` phrases if they stand in one clause group."""
        return [p for _, p in self.phrases[-count:]] if len(self.phrases) >= count else []


class Reader:
    """Reads sentences; holds the rules and nothing of any text."""

    def __init__(self, cues: Cues, units: Units, clauses: Clauses, phrases: Phrases) -> None:
        self._units = units
        self._cues, self._clauses, self._phrases = cues, clauses, phrases
        bounds = "|".join(sorted(map(re.escape, cues.before), key=len, reverse=True))
        changes = cues.predicates.up | cues.predicates.down
        verbs = "|".join(
            sorted((re.escape(v) for v in changes if len(v) > 1), key=len, reverse=True)
        )
        # what may stand between two numbers of one list: 7%、超9%; 11%和减少7.2%
        self._joins = re.compile(rf"(?:、|和|与|及|以及)?(?P<verb>{verbs})?(?:{bounds})?")

    def read(
        self,
        text: str,
        start: int,
        end: int,
        mentions: list[Mention],
        times: list[Time],
        before: str,
    ) -> list[Reading]:
        """The values among the mentions of the sentence `[start, end)`, in order.

        `before` is the phrase the sentence before left, for a sentence that begins with its predicate.
        """
        said = _Said(phrases=[(0, before)] if before else [], consumed=start)
        out: list[Reading] = []
        values = [m for m in mentions if not m.named or m.named == "ordinal"]
        groups = self._groups(text, values)
        for i, group in enumerate(groups):
            nearest = groups[i + 1][0].start if i + 1 < len(groups) else end
            out += self._group(text, start, min(nearest, end), end, group, times, said, mentions)
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
        joint = self._joins.fullmatch(text, before.stop, m.numeral.lead)
        return joint is not None and (not joint["verb"] or m.unit == before.unit)

    def _group(
        self,
        text: str,
        start: int,
        nearest: int,
        end: int,
        group: list[Mention],
        times: list[Time],
        said: _Said,
        mentions: list[Mention],
    ) -> list[Reading]:
        first, final = group[0], group[-1]
        left = self._clauses.left(text, max(start, said.consumed), first.start)
        left = self._without_time(text, left, times)
        ceiling = min(len(text), first.stop + 24)
        clause = self._clauses.peel(text, left, first, times, text[first.stop : ceiling])
        if clause.relation is Relation.RANK or first.named:
            return self._rank(first, clause, times, said)
        self._chain(text, left, clause, said)
        right = self._clauses.right(text, final.stop, end)
        following = text[final.stop : min(right, nearest)]
        if self._frames(text, left, first, right):
            return []
        if self._qualifies(text, first, nearest, right, clause, group, mentions):
            return []
        passed = text[max(start, said.consumed) : left]
        phrases, how = self._name(clause, group, following, text[final.stop : right], said)
        if how == "elided" and clause.predicate in self._cues.doing:
            # …全面实施个人养老金，覆盖421万人: what is covered stands in the clause before
            topic = self._phrases.topic(re.split(r"[,;。、]", passed.rstrip(",;、 "))[-1])
            phrases = [topic + clause.predicate] * len(group) if topic else phrases
        if said.chained and (each := _EACH.match(clause.lead.lstrip(" 、"))):
            phrases = [each[0] + p.removeprefix(each[0]) for p in phrases]
        if said.chained and (kept := self._phrases.kept(clause.lead.lstrip(" 、"))):
            phrases = [p if self._phrases.kept(p) else kept + p for p in phrases]
        taken = self._phrases.object(following)[1] if how == "object" else 0
        said.consumed = said.stop = final.stop + taken
        said.linked = bool(taken) and text[said.stop : said.stop + 1] == "的"
        moments = self._times(text, start, group, times, clause)
        out = []
        for m, phrase, time in zip(group, phrases, moments, strict=True):
            own = replace(clause, cmp=m.cmp or clause.cmp or self._shared(text, m, final))
            if m is not first and (verb := self._own_verb(text, group, m)):
                own.predicate, own.relation = verb, self._clauses.relation(verb)
            if (
                (rate := _RATE.search(phrase))
                and rate.start() > 1
                and not self._phrases.known(phrase)
            ):
                phrase = phrase[: rate.start()].removesuffix("的")
                own.words.update({"增长率", *filter(None, [rate["mean"]])})
            out.append(Reading(m, phrase, own, time, how))
            if phrase and clause.relation is not Relation.COMPARE:
                said.phrases.append((said.clause, phrase))
                if m.unit not in ("%", "‰"):
                    said.by_unit[m.unit] = phrase
        said.clause += 1
        said.count = len(group)
        return out

    def _own_verb(self, text: str, group: list[Mention], m: Mention) -> str:
        """The verb of change that stands right before a later number of a list; empty where none does."""
        before = group[group.index(m) - 1]
        joint = self._joins.fullmatch(text, before.stop, m.numeral.lead)
        return (joint["verb"] or "") if joint else ""

    def _shared(self, text: str, m: Mention, final: Mention) -> Comparator | None:
        """The bound behind the last number of a list (95%、98%以上) holds for all in its unit."""
        listed = text[m.stop : m.stop + 1] in ("、", "和", "与")
        return (
            final.cmp if listed and m.unit == final.unit and final.stop > final.unit_end else None
        )

    def _chain(self, text: str, left: int, clause: Clause, said: _Said) -> None:
        """A list goes on (建成甲150个、乙1000个): what was done to the first holds for the next."""
        joined = left <= said.stop + 1 and text[said.stop : said.stop + 1] in (
            "、",
            "和",
            "与",
            "及",
        )
        chained = said.lead and joined and not clause.predicate
        said.chained = bool(chained)
        clause.lead = said.lead if chained else clause.subject
        done = not clause.predicate or clause.predicate in self._cues.doing
        said.lead = clause.lead + clause.predicate if done else ""

    def _without_time(self, text: str, left: int, times: list[Time]) -> int:
        """Skip marks and times that open the clause."""
        while True:
            skip = len(text[left : left + 40]) - len(
                text[left : left + 40].lstrip(" \t\u3000、—-\n")
            )
            time = next((t for t in times if t.start <= left + skip + 1 <= t.end), None)
            if time is None or time.end <= left:
                lead = re.match(
                    r"(?:在|到|至|截至|截止|以来|时期|期间|我市|全市|,)+",
                    text[left + skip : left + skip + 8],
                )
                if lead and any(t.start == left + skip + lead.end() for t in times):
                    left += skip + lead.end()
                    continue
                return left + skip
            left = time.end

    def _rank(self, m: Mention, clause: Clause, times: list[Time], said: _Said) -> list[Reading]:
        if clause.relation is not Relation.RANK:
            return []
        phrase = self._phrases.clean(clause.subject) or said.last
        return [Reading(m, phrase, clause, None, "rank")]

    def _qualifies(
        self,
        text: str,
        m: Mention,
        nearest: int,
        right: int,
        clause: Clause,
        group: list[Mention],
        mentions: list[Mention],
    ) -> bool:
        """Whether the number only narrows what another number measures.

        74个国控断面水质优良比例达100%, 经营收入10万元以上的村占比超过90%, 5000人以上大型演出79场.
        """
        if len(group) > 1:
            return False
        threshold = m.stop > m.unit_end and m.unit.endswith(_THRESHOLDS)
        threshold = threshold and text[m.stop : m.stop + 1] != "("
        if threshold and self._phrases.object(text[m.stop : min(right, nearest)])[0]:
            return True
        if nearest >= right:
            return False
        later = next(o for o in mentions if o.start == nearest) if nearest < right else None
        if later is None or later.named:
            return False
        between = text[m.stop : nearest]
        if "、" in between or not between.strip():
            return False
        narrowing = clause.predicate or "bound" in clause.words
        if between.startswith("的") and narrowing and clause.subject.strip():
            return True
        if m.stop > m.unit_end and between[0] not in ",;:()":
            return True
        noun, used = self._phrases.object(between)
        predicated = self._clauses.peel(text, m.stop, later, [])
        reaches = len(noun) >= 3 and used >= len(predicated.subject.strip())
        return (
            reaches
            and later.unit in ("%", "‰")
            and (not clause.predicate)
            and bool(self._phrases.head(noun) or noun.endswith(("率", "比重", "占比", "比例")))
        )

    def _frames(self, text: str, left: int, m: Mention, right: int) -> bool:
        """在…的20种产品中: the number only says out of how many."""
        if "在" not in text[left : m.start]:
            return False
        noun, used = self._phrases.object(text[m.stop : right])
        return noun.endswith("中") or text.startswith("中", m.stop + used)

    def _name(
        self, clause: Clause, group: list[Mention], following: str, rest: str, said: _Said
    ) -> tuple[list[str], str]:
        """The phrase of each number of the group, and how it was found."""
        raw, count = clause.subject, len(group)
        fresh = clause.predicate if clause.predicate in self._cues.kept else ""
        listed = bool(clause.words & self._cues.distribute) or (count > 1 and "、" in raw)
        listed = (
            listed
            or "分别" in raw
            or (count > 1 and any(name in raw for name in self._cues.together))
        )
        if count > 1 and raw.strip() and listed:
            head, middle, tail = raw.partition("分别")
            items = self._phrases.items(head if middle else raw, count)
            if items and middle:
                items = [p + tail for p in items]
            if items:
                return [self._owned(p, said) for p in items], "list"
        subject = self._phrases.clean(raw)
        if clause.share_of and group[0].unit == "倍":
            recent = (
                said.recent(count) if count > 1 and clause.words & self._cues.distribute else []
            )
            return recent or [subject or said.last] * count, "elided"
        if clause.share_of:
            shared = self._share(subject or said.last, clause)
            return [shared] * count, "share"
        if clause.predicate == "占" and not subject:
            return [f"{said.last}占比"] * count, "elided"
        if (
            count > 1
            and (not subject or subject in self._cues.rates)
            and (clause.words & self._cues.distribute or said.count == count)
        ):
            recent = said.recent(count)
            if recent:
                return [
                    self._phrases.without_kept(p) if "累计" in clause.words else p for p in recent
                ], "recent list"
        if fresh and subject:
            return [fresh + self._owned(subject, said)] * count, "subject"
        if not subject and self._phrases.is_head(raw.strip(" 、")):
            return [self._owned(raw.strip(" 、"), said)] * count, "subject"
        takes_object = (
            not clause.predicate or fresh or (not subject and clause.predicate in self._cues.doing)
        )
        if (takes_object and clause.relation is Relation.VALUE and "bound" not in clause.words) or (
            takes_object and not subject
        ):
            noun, _ = self._phrases.object(following)
            if not noun and not subject and not clause.predicate:
                noun = self._phrases.deed(following)
            if noun:
                raw += fresh
                return [
                    self._with_object(raw, subject, noun, following, rest, said)
                ] * count, "object"
        if (goal := self._cues.goal_word(subject)) or _OF_GOAL.match(following):
            clause.words.add("目标")
            rest = subject.removesuffix(goal).removesuffix("的")
            if goal or not rest or not self._phrases.head(rest):
                return [rest if goal and rest else said.last] * count, "elided"
        if subject in self._cues.rates:
            clause.words.add("增长率")
        if subject in self._cues.rates or (
            subject and subject.removeprefix("其") in self._cues.rates
        ):
            return [said.last] * count, "elided"
        bare = raw.strip(" 、,;")
        if not subject and bare in self._cues.verbs and not clause.predicate and said.last:
            return [bare + self._phrases.core(said.last)] * count, "elided"
        if not subject:
            last = said.last
            if "累计" in clause.words or raw.strip("、 ").endswith("累计"):
                last = self._phrases.without_kept(last)
            return [last] * count, "elided"
        if not clause.predicate and self._parallel(subject, raw, group[0], said):
            return [subject + self._phrases.head(said.by_unit[group[0].unit])] * count, "parallel"
        if self._part(subject, raw, clause, said):
            return [subject + said.part] * count, "parallel"
        return [self._owned(subject, said)] * count, "subject"

    def _parallel(self, subject: str, raw: str, m: Mention, said: _Said) -> bool:
        """第一产业增加值58亿元；第二产业198亿元: the second names only whose it is, in the same unit."""
        head = self._phrases.head(said.by_unit.get(m.unit, ""))
        return bool(head and m.unit) and not self._units.counts(m.unit) and self._bare(subject, raw)

    def _part(self, subject: str, raw: str, clause: Clause, said: _Said) -> bool:
        """居民消费价格上涨0.4%，其中食品类上涨0.9%，居住类下降0.1%: parts of what was measured before."""
        if clause.relation not in (Relation.UP, Relation.DOWN) or not self._bare(subject, raw):
            return False
        if raw.strip(" 、,;").startswith("其中"):
            said.part = self._phrases.head(said.last)
        return bool(said.part)

    def _bare(self, subject: str, raw: str) -> bool:
        """Whether a subject is the whole of what was said, short, and names nothing that is measured."""
        whole = raw.strip(" 、,;").removeprefix("其中").lstrip(",").removeprefix("对") == subject
        return whole and len(subject) <= 6 and not self._phrases.head(subject)

    def _owned(self, phrase: str, said: _Said) -> str:
        """A bare measured noun gets the owner that stood before."""
        if said.last and phrase.removeprefix("其") in self._cues.of_all:
            return self._phrases.own(phrase, self._phrases.without_kept(said.last))
        if said.last and self._phrases.is_head(phrase):
            return self._phrases.own(phrase, self._phrases.owner(said.last))
        return phrase

    def _share(self, subject: str, clause: Clause) -> str:
        """The name of a share: 甲占乙比重; of a plan or an earlier value: 甲完成年度计划的比例."""
        verb, whole = clause.share_verb, clause.share_of
        if verb != "占" or whole.endswith(("目标", "计划", "任务", "预算", "进度")):
            return f"{subject}{verb}{whole}的比例"
        if "比重" in whole or "比例" in whole:
            return f"{subject}占{whole}"
        whole = whole.removesuffix("的")
        return f"{subject}占{whole}比重" if subject else f"占{whole}比重"

    def _with_object(
        self, raw: str, subject: str, noun: str, following: str, rest: str, said: _Said
    ) -> str:
        """The thing counted after the number, with what before the number belongs to its name."""
        kept = self._phrases.kept(raw.strip("、 ") + "#")
        if said.linked and raw.strip() == "的":
            return said.prefix + noun if said.prefix else f"{said.last}的{noun}"
        if raw.endswith("的") and subject:
            return f"{subject}的{noun}"
        enumerated = raw.rstrip().endswith(("等", "、")) or self._phrases.only_leads(raw)
        said.prefix = "" if enumerated else subject
        if noun in self._cues.generic or len(noun) <= 2:
            used = self._phrases.object(following)[1]
            deed = self._phrases.deed(rest[used:])
            if deed:
                return deed + noun
        if kept and not enumerated:
            return kept + noun
        reaching = raw.strip(" 、,")
        if not subject and reaching in self._cues.reaching and said.last:
            said.prefix = said.last + reaching
            return said.prefix + noun
        if not subject or enumerated:
            return noun
        return subject + noun

    def _times(
        self, text: str, start: int, group: list[Mention], times: list[Time], clause: Clause
    ) -> list[Time | None]:
        """The time that holds for each number: a list of times one each, else the nearest before it."""
        own = [t for t in times if start <= t.start and t.end <= group[0].start and not t.reference]
        if not clause.opening:
            own = [t for t in own if not t.opening]
        if clause.share_of:  # 恢复到2019年的1.2倍 speaks of now
            own = [t for t in own if text[t.start : t.end] not in clause.share_of]
        if len(group) > 1 and len(own) == len(group):
            return list(own)
        return [own[-1] if own else None] * len(group)
