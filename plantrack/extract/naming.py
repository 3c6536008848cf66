"""Which phrase a number measures: said before it, behind it, in a list, or left out and said earlier."""

from __future__ import annotations

import re
from collections.abc import Callable

from plantrack.extract.clause import Clause, Relation
from plantrack.extract.constructions import Constructions
from plantrack.extract.deeds import Deeds
from plantrack.extract.edges import Endings
from plantrack.extract.elided import Elided
from plantrack.extract.lists import Lists
from plantrack.extract.owners import Owners
from plantrack.extract.parallel import Parallel
from plantrack.extract.phrases import Phrases
from plantrack.extract.said import MARKS, Ask, Said
from plantrack.extract.units import Units, alternatives
from plantrack.extract.words import Cues

_PULLS = "拉动"  # what a part of growth is told with
_Names = list[str] | None


class Namer:
    """Names numbers: one way after the other, the first that fits decides."""

    def __init__(
        self,
        cues: Cues,
        constructions: Constructions,
        units: Units,
        phrases: Phrases,
        deeds: Deeds,
    ) -> None:
        self._cues, self._patterns = cues, constructions
        self._units, self._phrases, self._deeds = units, phrases, deeds
        self._stages, self._stage_words = Endings(cues.stages), tuple(cues.stages)
        self._again = Endings(cues.generic)
        self._projects = re.compile(rf"[^,;。:\d]{{2,40}}(?:{alternatives(cues.project_ends)})")
        self._lists = Lists(cues, constructions, phrases)
        self._owners = Owners(cues, constructions, phrases)
        self._elided = Elided(cues, constructions, units, phrases, self._owners)
        self._parallel = Parallel(cues, constructions, units, phrases)
        self._ways: tuple[tuple[str, Callable[[Ask, Said], _Names]], ...] = (
            ("object", self._some),
            ("list", self._list),
            ("share", self._share),
            ("recent list", self._recent),
            ("subject", self._added),
            ("elided", self._elided.restated),
            ("object", self._object),
            ("elided", self._elided.repeated),
            ("parallel", self._parallel.names),
        )

    def name(self, ask: Ask, said: Said) -> tuple[list[str], str]:
        """The phrase of each number of the group, and the way it was found."""
        found = ((how, names) for how, way in self._ways if (names := way(ask, said)))
        how, names = next(found, ("subject", [self._owned(ask, said)] * ask.count))
        names = self._distributed(ask, names, said)
        alone = not said.here and self._phrases.is_head(names[0])
        if ask.count == 1 and (alone or names[0] in self._cues.dependent):
            names = [self._elided.under(ask, names[0])]
        return [self._produced(name, ask.group[0].unit) for name in names], how

    def _produced(self, name: str, unit: str) -> str:
        """What is produced is told by its output: 生产汽车99.8万辆 is 汽车产量."""
        made = unit in self._units.shares or unit.endswith(self._cues.made_in)
        if not made or self._phrases.known(name):
            return name
        return self._patterns.produced.sub(self._patterns.produced_as, name)

    def _owned(self, ask: Ask, said: Said) -> str:
        """The subject with its owner; what is summed of a project's investment says so (…累计完成投资)."""
        if project := self._project_before(ask, said):
            return project + ask.subject
        name = self._owners.owned(ask.subject, said)
        summed = self._patterns.summed_investment.search(ask.bare)
        if summed is None or name == ask.subject or not name.endswith(ask.subject):
            return name
        return name.removesuffix(ask.subject) + summed[0]

    def _project_before(self, ask: Ask, said: Said) -> str:
        """The project that the clause before opens with, where a bare measure of it is the first that its
        sentence tells: 县福利中心二期，新增床位500张; 引水工程通过审查，静态总投资330亿元. Else empty.
        """
        measured = self._phrases.without_kept(ask.subject)
        if said.here or said.project or not self._phrases.is_head(measured):
            return ""
        opening = ask.passed.strip(MARKS).partition(",")[0]
        named = self._projects.match(opening)
        return self._phrases.clean(named[0]) if named else ""

    def _list(self, ask: Ask, said: Said) -> _Names:
        """甲、乙、丙分别…: each number its own item."""
        raw = ask.raw
        told = bool(ask.clause.words & self._cues.distribute) or "分别" in raw
        if told and len(said.listed) == ask.count and self._phrases.is_head(ask.subject):
            return [item + ask.subject for item in said.listed]  # 甲、乙2个集群分别实现产值…
        if ask.count < 2 or not raw.strip():
            return None
        if not (told or "、" in raw or any(name in raw for name in self._cues.together)):
            return None
        whole = ask.clause.share_of
        apart = whole and "占" in raw  # 甲占乙比重、丙占丁比重分别…: the last share is its own
        raw += f"占{whole}" if apart else ""
        head, middle, tail = raw.partition("分别")
        rates = all(m.unit in self._units.rates for m in ask.group)  # 3.6倍、87.4%
        alike = rates or len({self._units.kind(m.unit) for m in ask.group if m.unit}) == 1
        items = self._lists.items(head if middle else raw, ask.count, alike=alike)
        if not items:
            return None
        items = [p + tail for p in items] if middle else items
        if owner := self._owner_of_all(items):
            items = [self._phrases.own(p, owner) for p in items]
        names = [self._owners.owned(p, said) for p in items]
        names = self._parallel.of_kinds(names, ask, said)
        if not whole or apart:
            return names
        last = self._says_share(whole) and names[0] in raw and self._phrases.complete(names[0])
        return [
            self._part_of(p, ask.clause) if not last or n == ask.count else p
            for n, p in enumerate(names, 1)
        ]

    def _owner_of_all(self, items: list[str]) -> str:
        """Whose measured nouns a list tells, where only the first of them says it: 火灾起数、死亡人数; else empty."""
        first, *others = items
        if self._phrases.is_head(first) or not all(map(self._phrases.is_head, others)):
            return ""
        return self._phrases.owner(first) if self._phrases.head(first) else ""

    def _some(self, ask: Ask, said: Said) -> _Names:
        """12项达到预期, of 26项指标; 约束性指标9项全部达标."""
        if some := self._deeds.of_some(ask, said):
            return [some]
        own = ask.subject.endswith(self._cues.own_parts)
        if not own or ask.count > 1 or ask.group[0].unit not in self._cues.own_part_units:
            return None
        said.among[ask.group[0].unit] = ask.subject
        if not ask.rest.startswith(self._cues.own_parts_told):
            return None
        told = self._deeds.of_thing(ask, ask.subject, ask.rest)
        return [told] if told else None

    def _share(self, ask: Ask, said: Said) -> _Names:
        """甲占乙比重; of a plan 甲完成年度计划比例; a multiple keeps its own name."""
        clause = ask.clause
        subject, whole = ask.subject or said.thing, clause.share_of
        own = self._patterns.share_named.search(whole or ask.bare)
        if own and self._phrases.known(own["name"]):
            return [own["name"]] * ask.count
        each = ask.count > 1 and not ask.subject and clause.words & self._cues.distribute
        if clause.predicate == "占" and each and not whole and (parts := said.recent(ask.count)):
            return [f"{part}占比" for part in parts]  # 甲7项、乙18项，分别占25%、64%
        if clause.predicate == "占" and not whole and subject:
            if ask.opens_parts:
                said.part = said.part or said.base
            among = said.whole or said.part
            named = among not in ("", subject)
            return [f"{subject}占{among}比重" if named else f"{subject}占比"] * ask.count
        if not whole:
            return None
        parts = (said.recent(ask.count) if each else []) or [subject] * ask.count
        if ask.group[0].unit in self._units.multiples:
            return parts
        names = [self._part_of(part, clause) for part in parts]
        said.shares.update(zip(names, parts, strict=True))
        return names

    def _part_of(self, part: str, clause: Clause) -> str:
        """甲 of 乙: 甲占乙比重; of a plan 甲完成年度计划比例; of an earlier value 甲恢复到2019年的比例."""
        whole = clause.share_of
        if whole.endswith(self._cues.planned) and clause.share_verb != "占":
            return f"{part}完成{whole}比例"
        if clause.share_verb != "占" or whole.endswith(self._cues.planned):
            return f"{part}{clause.share_verb}{whole}的比例"
        return f"{part}占{whole if self._says_share(whole) else whole.removesuffix('的') + '比重'}"

    def _says_share(self, whole: str) -> bool:
        return "比重" in whole or "比例" in whole

    def _recent(self, ask: Ask, said: Said) -> _Names:
        """…分别达110个、370万平方米，分别增长2.8%、4.5%: the items of the list before."""
        rate = self._patterns.rate.fullmatch(ask.subject)
        if ask.subject in self._cues.of_two:  # 甲317列、乙1426列，前者下降2%，后者增长6%
            before = said.recent(3)
            between = len(before) > 2 and before[0] == before[2]  # 前者 was told in between
            first = ask.subject == self._cues.of_two[0] or between
            return said.recent(2)[:1] if first else said.recent(1) or None
        if ask.count > 1 and ask.subject in self._cues.same_all:
            return said.recent(ask.count) or None  # 去年这两项指标分别为65%和3%
        if ask.clause.predicate == _PULLS and ask.count == said.count:
            # 三次产业贡献率分别为…，分别拉动经济增长…
            what = _PULLS + ask.subject.removeprefix("分别").removeprefix(_PULLS)
            pulls = (p.partition("对")[0].removesuffix("增加值") for p in said.recent(ask.count))
            return [who + what for who in pulls] or None
        if ask.count < 2 or (ask.subject and not rate):
            return None
        if listed := self._listed_before(ask):
            if rate:
                ask.clause.is_rate(rate)
            return listed
        grows = ask.clause.relation in (Relation.UP, Relation.DOWN) and said.here >= ask.count
        apart = ask.clause.words & self._cues.distribute or said.count == ask.count
        if not (apart or (grows and not ask.subject)):
            return None  # but 收入204亿元，利润11亿元，同比增长12%、-2%
        recent = said.recent(ask.count)
        if rate and recent:
            ask.clause.is_rate(rate)
        anew = "累计" in ask.clause.words
        return [self._phrases.without_kept(p) if anew else p for p in recent]

    def _listed_before(self, ask: Ask) -> list[str]:
        """汽车、食品两个行业增加值增势较好，分别增长…: the items of the clause before; else empty."""
        clause = ask.passed.strip(MARKS).rpartition(",")[2]
        told = self._patterns.listed_before.match(clause)
        items = self._lists.items(told["list"], ask.count) if told else None
        if told is None or items is None:
            return []
        noun = told["noun"] or ""
        return [item if self._phrases.head(item) else item + noun for item in items]

    def _added(self, ask: Ask, said: Said) -> _Names:
        """市场主体新增7.5万户 is 新增市场主体; a bare measured noun gets its owner."""
        if self._fresh(ask) and ask.subject and not ask.clause.since:
            if ask.subject.endswith(self._cues.rhythms) and said.last:  # 日均新增27户
                noun = self._phrases.without_kept(said.last)
                return [ask.subject + self._fresh(ask) + noun] * ask.count
            return [self._fresh(ask) + self._owners.owned(ask.subject, said)] * ask.count
        if ask.bare in self._cues.rhythms and said.last and not self._fresh(ask):
            noun = self._phrases.without_kept(said.base).removeprefix(ask.bare)
            return [ask.bare + noun] * ask.count  # 生产总值达1640亿元，人均突破7.5万元
        if ask.subject in self._cues.contributions and _PULLS in said.last:
            who, _, what = said.last.partition(_PULLS)  # 工业拉动经济增长1.5个百分点，贡献率为23%
            return [f"{who}对{what}{ask.subject}"] * ask.count
        if ask.clause.predicate == _PULLS:  # 消费拉动经济增长2.2个百分点
            owner = (
                said.last.removesuffix("增加值")
                if ask.bare.startswith(self._cues.contributing)
                else ""
            )
            return [owner + ask.bare] * ask.count
        if staged := self._staged(ask, said):
            return [staged] * ask.count
        if reached := self._reached(ask, said):
            return [reached] * ask.count
        if not ask.subject and self._phrases.is_head(ask.bare):
            return [self._owners.owned(ask.bare, said)] * ask.count
        if said.last and self._patterns.ratio_to.fullmatch(ask.bare):
            return [
                said.last + ask.bare
            ] * ask.count  # R&D经费支出240亿元，与地区生产总值之比为1.67%
        if (
            said.last
            and self._patterns.per_head.fullmatch(ask.subject)
            and ask.clause.predicate in self._cues.having
        ):
            return [f"{ask.subject}拥有{self._phrases.core(said.last)}"] * ask.count
        return None

    def _staged(self, ask: Ask, said: Said) -> str:
        """签约项目23个、开工19个: what has become of the things counted before; else empty."""
        if ask.clause.predicate or not said.last:
            return ""
        # 重点项目94项，已开工项目61项: the end of the thing's name is said again
        again = self._again.of(ask.bare)
        stage = self._stages.of(ask.bare.removesuffix(again))
        if not stage or (again and self._phrases.kept(ask.bare)):
            return ""  # 新开工项目 are told of their own
        before = ask.bare.removesuffix(again).removesuffix(stage)
        if self._patterns.stage_ahead.fullmatch(before) is None:
            return ""
        if self._phrases.object(ask.following)[0]:
            return ""  # 累计落地129个项目
        if topic := self._elided.furthered(ask):  # 推进改善项目，目前已开工57个
            ask.base = topic
            return stage + topic if topic.endswith(self._cues.planned_things) else ""
        unit = ask.group[0].unit
        thing = self._phrases.core(said.among.get(unit) or said.counted.get(unit, said.base))
        if again and (thing == again or not thing.endswith(again)):
            return ""
        ask.base = thing
        ask.clause.words.add("已")
        return thing if thing.startswith(stage) else stage + thing

    def _reached(self, ask: Ask, said: Said) -> str:
        """改造小区42个，惠及居民5600户: whom a thing reaches belongs to the thing said before; else empty."""
        verb = next((v for v in self._cues.reaching if v in ask.bare), "")
        before, _, noun = ask.bare.partition(verb) if verb else ("", "", "")
        noun = noun.lstrip(MARKS)
        if not verb or ask.clause.predicate or not 1 < len(noun) <= 8 or len(before) == 1:
            return ""
        if self._cues.goal_word(noun):
            return ""  # 森林覆盖率目标
        if self._phrases.known(noun) or self._phrases.object(ask.following)[0]:
            return ""  # 通道覆盖全球119个国家: what is reached stands behind the number
        owner = self._phrases.clean(before) if before else self._phrases.without_kept(said.last)
        if not owner or (not before and not said.here):
            return ""
        return owner + verb + noun

    def _fresh(self, ask: Ask) -> str:
        verb = ask.clause.predicate
        return verb if verb in self._cues.kept else ""

    def _people(self, ask: Ask) -> str:
        """年末共有207万人参加失业保险: so many people do something; else empty."""
        verb = ask.clause.predicate
        if ask.subject or (verb and verb not in self._cues.having):
            return ""
        counted = self._units.counted_as.get(self._units.kind(ask.group[0].unit))
        does = self._patterns.people_do.match(ask.following) if counted else None
        return f"{does[0]}{counted}" if does else ""

    def _object(self, ask: Ask, said: Said) -> _Names:
        """建成3个产业园: the thing counted stands behind the number."""
        clause, verb = ask.clause, ask.clause.predicate
        if people := self._people(ask):
            return [people]
        served = self._deeds.served(ask)
        left = verb in self._cues.remaining and not ask.subject
        done = served or left or verb in self._cues.doing
        takes = not verb or self._fresh(ask) or (not ask.subject and done)
        valued = clause.relation is Relation.VALUE and "bound" not in clause.words
        if not takes or (ask.subject and not valued):
            return None
        if self._patterns.on_that.match(ask.following):
            return None  # 在现有30条基础上增加到40条
        noun, used = "", 0
        if ask.group[0].unit in self._cues.own_part_units:
            noun, used = self._deeds.own(ask.following)
        if not noun:
            noun, used = self._phrases.object(ask.following, done_for=served)
        if "中" in noun and (counted := self._patterns.of_counted.match(ask.following)):
            noun, used = counted["noun"], counted.end("noun")  # 23个建设项目中有17个投产
        if not noun and not ask.subject and not verb:
            noun = self._deeds.alone(ask.following)
        if not noun and ask.subject and not verb:
            thing = self._phrases.without_kept(ask.subject)
            told = self._deeds.of_thing(ask, thing, ask.rest)  # 新增县区2个通高速
            return [self._phrases.kept(ask.subject) + told] if told else None
        if not noun or (clause.opening and noun.endswith(self._cues.into)):
            return None  # 航道由10米浚深至12米
        unit = ask.group[0].unit
        if noun in self._stage_words and (what := said.among.get(unit) or said.counted.get(unit)):
            ask.base = self._phrases.core(what)
            return [noun + ask.base] * ask.count  # 在建97个，尚有28个未开工
        if noun.endswith("级") and (shared := self._patterns.shared_noun.match(ask.rest, used)):
            noun += shared["noun"]  # 2个千亿级、6个百亿级产业集群
        clause.behind = ask.rest[used:]
        deed = clause.behind.strip(" ,;")
        if unit in self._units.shares and not ask.subject and not verb and deed:
            return [f"{noun}{deed}比例"]  # 80%以上的农田实现节水灌溉
        return [self._with_object(ask, noun, clause.behind, said)] * ask.count

    def _with_object(self, ask: Ask, noun: str, behind: str, said: Said) -> str:
        """The thing counted, with what belongs to its name from before the number and from behind it."""
        raw, subject = ask.raw + self._fresh(ask), ask.subject
        if said.linked and raw.strip() == "的":
            return said.prefix + noun if said.prefix else f"{said.last}的{noun}"
        if raw.endswith("的") and subject:
            return f"{subject}的{noun}"
        listing = raw.rstrip().endswith(("等", "、", "和", "及"))
        enumerated = listing or self._phrases.only_leads(raw)
        if listed := self._listed(ask, subject):
            said.listed = [item + noun for item in listed]
            enumerated, raw = True, self._phrases.kept(ask.bare + "#")
        said.prefix = "" if enumerated else subject
        if told := self._deeds.of_thing(ask, noun, behind):
            return told
        if enumerated:
            return noun
        if kept := self._phrases.kept(raw.strip("、 ") + "#"):
            return kept + noun
        if not subject and said.last:
            reaching = {ask.bare, ask.clause.predicate} & self._cues.reaching
            if reaching and (ask.bare or said.here):
                said.prefix = subject = said.last + min(reaching)
        return subject + noun

    def _listed(self, ask: Ask, subject: str) -> list[str]:
        """The items before a number that counts them (城北、滨江2个园区); else empty."""
        values = ask.group[0].numeral.values
        items = subject.split("、")
        return items if len(items) > 1 and list(values) == [len(items)] else []

    def _distributed(self, ask: Ask, names: list[str], said: Said) -> list[str]:
        """What opens a list holds for all of it: 新培育甲32家、乙4家; 每百户拥有甲31辆、乙224部."""
        if not said.chained:
            return names
        lead = ask.clause.lead.lstrip(" 、")
        if each := self._patterns.each_has.match(lead):
            names = [self._phrases.clean(each[0] + p.removeprefix(each[0])) for p in names]
        if kept := self._phrases.kept(lead):
            own = (self._phrases.kept(p) or p.startswith(self._stage_words) for p in names)
            names = [p if mine else kept + p for p, mine in zip(names, own, strict=True)]
        return names
