"""What a reason is told from, and the clauses that several sentences share."""

from __future__ import annotations

from dataclasses import dataclass

from plantrack.assess.evidence import Evidence
from plantrack.assess.goals import Family
from plantrack.assess.matching import Refusal
from plantrack.assess.metrics import Case
from plantrack.assess.render import Style, number, period_en, period_zh
from plantrack.model import Metrics, Observation, Target, Text

NOTHING = Text(zh="", en="")


@dataclass(frozen=True)
class Story:
    """What a reason is told from. `goal` is the goal in words; `other` names a parity's other series;
    `trouble` says why the goal could not be made a number, where it could not."""

    target: Target
    case: Case
    metrics: Metrics
    style: Style
    goal: Text
    other: Text = NOTHING
    trouble: Text | None = None

    @property
    def evidence(self) -> Evidence:
        """The case's evidence."""
        return self.case.evidence

    @property
    def estimated(self) -> bool:
        """Whether a value it rests on is estimated."""
        return "estimated" in self.evidence.flags


def rate(story: Story) -> str:
    """The required yearly rate or amount, — where there is none."""
    m = story.metrics
    if m.required_rate is None:
        return "—"
    return f"{number(m.required_rate)}{m.required_unit or '%'}"


def _yearly(story: Story, *, mean: bool = True) -> Text:
    """What every year needs: 年均需增长6.8%, 年均需增加0.12个百分点, 年均需65万人."""
    m = story.metrics
    if m.required_rate is None:
        return NOTHING
    every = "年均" if mean else ""
    size = number(abs(m.required_rate))
    rises = m.required_rate >= 0
    if not m.required_unit:
        verb = "增长" if rises else "下降"
        return Text(zh=f"{every}需{verb}{size}%", en=f"{number(m.required_rate)}% a year")
    unit = m.required_unit.removesuffix("/年")
    unit_en = {"个百分点": " percentage points"}.get(unit, unit)
    if story.case.family is Family.TOTAL:
        return Text(zh=f"{every}需{size}{unit}", en=f"{size}{unit_en} a year")
    verb, way = ("增加", "+") if rises else ("减少", "−")
    return Text(zh=f"{every}需{verb}{size}{unit}", en=f"{way}{size}{unit_en} a year")


def need(story: Story, years: float) -> Text:
    """What the remaining years need: 余下3年年均需增长6.8%; nothing where that has no meaning."""
    each = _yearly(story, mean=years != 1)
    if not each.zh:
        return NOTHING
    n = number(years, 1)
    rest = "the remaining year needs" if years == 1 else f"the remaining {n} years need"
    return Text(zh=f"余下{n}年{each.zh}", en=f"{rest} {each.en}")


def no_data(story: Story) -> Text:
    """There is nothing to judge by; with the yearly rate that the goal needs from the baseline."""
    case, style = story.case, story.style
    goal_zh, goal_en = story.goal.zh, story.goal.en
    if case.family is Family.PARITY:
        return _no_pair(story)
    start = case.start
    one_year = start is not None and case.horizon.t - start.t == 1
    each = _yearly(story, mean=not one_year)
    if start is not None and case.family is Family.LEVEL and case.shape_is_a_way:
        year, end = f"{start.t:.0f}", case.horizon.year
        then = style.amount(start.value)
        zh = f"尚无{year}年之后的数据；从{year}年的{then}到{end}年的目标{goal_zh}"
        en = f"no value after {year} yet; from {then} in {year} to the goal of {goal_en} in {end}"
        kept_zh, kept_en = "，需保持", ", to be kept"
        return Text(
            zh=zh + (f"，{each.zh}" if each.zh else kept_zh),
            en=en + (f", {each.en}" if each.en else kept_en),
        )
    return Text(
        zh=f"尚无{period_zh(case.horizon)}的数据；目标{goal_zh}"
        + (f"，{each.zh}" if each.zh else ""),
        en=f"no value for {period_en(case.horizon)} yet; the goal is {goal_en}"
        + (f", {each.en}" if each.en else ""),
    )


def _no_pair(story: Story) -> Text:
    found = story.evidence
    own, other = bool(found.values), bool(found.others)
    if own and other:
        missing = Text(
            zh="两个指标没有同一时期的数据", en="the two series have no period in common"
        )
    elif own:
        missing = Text(zh=f"尚无{story.other.zh}的数据", en=f"no value of {story.other.en} yet")
    else:
        missing = Text(
            zh=f"尚无{period_zh(story.case.horizon)}的数据",
            en=f"no value for {period_en(story.case.horizon)} yet",
        )
    return Text(
        zh=f"{missing.zh}；目标{story.goal.zh}", en=f"{missing.en}; the goal is {story.goal.en}"
    )


def remark(story: Story) -> Text:
    """What was left out and why, and what the value lacks."""
    found, case = story.evidence, story.case
    notes: list[Text] = []
    if found.value is not None and case.horizon_over and not case.final:
        notes.append(
            Text(
                zh=f"缺{case.horizon.year}年末的完整数据",
                en=f"the figures to the end of {case.horizon.year} are not complete",
            )
        )
    elif found.value is not None and not found.complete:
        notes.append(Text(zh="期间缺部分年份的数据", en="some years in between are missing"))
    if "from_levels" in found.flags:
        notes.append(Text(zh="按水平值推算", en="worked out from levels"))
    if "baseline_observed" in found.flags:
        notes.append(Text(zh="基期值取自统计数据", en="the baseline is an observed value"))
    refused: dict[Refusal, list[Observation]] = {why: [] for why in Refusal}
    for why, one in found.refused:
        refused[why].append(one)
    other_units = refused[Refusal.NOT_COMPARABLE]
    if other_units:
        units = "、".join(dict.fromkeys(o.quantity.unit or "无单位" for o in other_units))
        own = case.unit or "无单位"
        notes.append(
            Text(
                zh=f"{len(other_units)}个值的单位“{units}”与“{own}”不可比，未采用",
                en=f"{len(other_units)} value(s) in '{units}' cannot be compared with '{own}' and were not used",
            )
        )
    if found.value is None and refused[Refusal.PARTIAL_YEAR]:
        part = refused[Refusal.PARTIAL_YEAR][-1].period
        notes.append(
            Text(
                zh=f"已有{period_zh(part)}的值，不能代替全年",
                en=f"the value for {period_en(part)} cannot stand for the year",
            )
        )
    if found.value is None and refused[Refusal.AFTER_HORIZON]:
        late = refused[Refusal.AFTER_HORIZON][0].period
        notes.append(
            Text(
                zh=f"{period_zh(late)}的值在规划期之后，不能用来判断",
                en=f"the value for {period_en(late)} lies after the horizon and does not count",
            )
        )
    if found.value is None and refused[Refusal.UNKNOWN_YET]:
        n = len(refused[Refusal.UNKNOWN_YET])
        notes.append(
            Text(
                zh=f"另有{n}个值在{period_zh(case.as_of)}之后才知道",
                en=f"{n} value(s) became known only after {period_en(case.as_of)}",
            )
        )
    if not notes:
        return NOTHING
    return Text(
        zh=f"（{'；'.join(n.zh for n in notes)}）", en=f" ({'; '.join(n.en for n in notes)})"
    )
