"""The sentence that says why, in Chinese and in English, for a reader who knows no docs.

`facts` gives the numbers of a target's case; a rule's template frames them and adds the status.
"""

from __future__ import annotations

from decimal import Decimal

from plantrack.assess.goals import Family
from plantrack.assess.render import number, percent, period_en, period_zh
from plantrack.assess.rules import Rule
from plantrack.assess.story import NOTHING, Story, need, no_data, rate, remark
from plantrack.model import Comparator, Direction, External, Parity, Positive, Status, Text

_CMP_ZH = {
    "ge": "不低于",
    "gt": "高于",
    "le": "不高于",
    "lt": "低于",
}
_CMP_EN = {
    "ge": "not below",
    "gt": "above",
    "le": "not above",
    "lt": "below",
}


def reason(story: Story, rule: Rule, status: Status) -> Text:
    """The sentence of a rule for a target: its template filled with the facts and the metrics."""
    told = facts(story)
    zh = _Words(story, facts=told.zh, status=status.zh, label=rule.label, goal=story.goal.zh)
    en = _Words(story, facts=told.en, status=status.en, label=rule.label, goal=story.goal.en)
    return Text(zh=rule.reason.zh.format_map(zh), en=rule.reason.en.format_map(en))


class _Words(dict[str, str]):
    """What a template's names stand for; most ask for no metric, so one is written when it is asked for."""

    def __init__(self, story: Story, **words: str) -> None:
        super().__init__(words)
        self._story = story

    def __missing__(self, name: str) -> str:
        story = self._story
        if name == "required":
            return rate(story)
        found: Decimal | float | None = getattr(story.metrics, name)
        if found is None:
            return "—"
        if name == "gap":
            return number(found, story.style.places)
        amounts = ("value", "expected", "projected")
        return story.style.amount(found) if name in amounts else percent(float(found))


def facts(story: Story) -> Text:
    """The numbers of a target's case, as a clause without its last full stop."""
    told = _facts(story)
    left = remark(story)
    return Text(zh=told.zh + left.zh, en=told.en + left.en)


def _facts(story: Story) -> Text:
    target, family = story.target, story.case.family
    if target.ambiguous:
        n = len(target.ambiguous)
        return Text(
            zh=f"原文这一行的单元格无法区分，有{n}种读法，需人工确认",
            en=f"the cells of this row cannot be told apart ({n} readings); a person must decide",
        )
    if isinstance(target.goal, External):
        return _external(story, target.goal)
    if story.trouble is not None:
        return story.trouble
    if story.metrics.value is None or (family is Family.PARITY and story.evidence.other is None):
        return no_data(story)
    match family:
        case Family.RATE:
            return _rate_facts(story)
        case Family.TOTAL:
            return _total_facts(story)
        case Family.HOLD:
            return _hold_facts(story)
        case Family.PARITY:
            return _parity_facts(story)
        case _:
            return _level_facts(story)


def _external(story: Story, goal: External) -> Text:
    who = goal.authority or goal.text
    zh = f"目标由上级确定（{who}），尚无数值" if who else "目标由上级确定，尚无数值"
    en = "the goal is set by a higher authority and not known yet"
    if goal.provisional is not None:
        said = story.style.goal(goal.provisional)
        zh += f"；文中暂列{said.zh}"
        en += f"; the text gives {said.en} provisionally"
    newest = _newest(story)
    if newest is not None:
        zh += f"；{newest.zh}"
        en += f"; {newest.en}"
    return Text(zh=zh, en=en)


def _newest(story: Story) -> Text | None:
    m, period = story.metrics, story.evidence.period
    if m.value is None or period is None:
        return None
    values = story.evidence.values
    cmp = values[-1].observation.quantity.cmp if values else Comparator.EQ
    said = story.style.reading(m.value, estimated=story.estimated, cmp=cmp)
    return Text(zh=f"{period_zh(period)}{said.zh}", en=f"{period_en(period)}: {said.en}")


def _tolerance(story: Story) -> Text:
    """How far 左右 reaches: 左右按5%计，5.7%以上即达到; or that it is given no room."""
    bound = story.case.bound
    if bound is None or bound.tolerance is None or not bound.nominal:
        return NOTHING
    share = percent(float(bound.tolerance / abs(bound.nominal)))
    style = story.style
    low = None if bound.low is None else style.exact(bound.low)
    high = None if bound.high is None else style.exact(bound.high)
    if low is not None and high is not None:
        reach_zh, reach_en = f"{low}至{high}", f"{low} to {high}"
    elif low is not None:
        reach_zh, reach_en = f"{low}及以上", f"{low} or more"
    else:
        reach_zh, reach_en = f"{high}及以下", f"{high} or less"
    if not bound.tolerance:
        return Text(
            zh=f"（左右不放宽，{reach_zh}即达到）",
            en=f" (about is given no tolerance: {reach_en})",
        )
    return Text(
        zh=f"（左右按{share}计，{reach_zh}即达到）",
        en=f" (about means within {share}: {reach_en})",
    )


def _against(story: Story, value: Decimal) -> Text:
    """A value against the goal: 低于目标2.7%，差0.05个百分点."""
    bound = story.case.bound
    assert bound is not None
    note = _tolerance(story)
    goal_zh, goal_en = f"目标{story.goal.zh}{note.zh}", f"the goal of {story.goal.en}{note.en}"
    if story.metrics.goal_met:
        return Text(zh=f"达到{goal_zh}", en=f"meeting {goal_en}")
    if story.metrics.goal_met is None:
        return Text(
            zh=f"只给出界限，不能判断是否达到{goal_zh}",
            en=f"only a bound, which does not show whether it meets {goal_en}",
        )
    nominal = bound.high if bound.high is not None and value > bound.high else bound.nominal
    missing = abs(nominal - value)
    style = story.style
    if not missing:
        return Text(zh=f"恰为{goal_zh}的界限，未越过", en=f"on the bound of {goal_en}, not past it")
    if style.grades:
        return Text(zh=f"未达到{goal_zh}", en=f"not meeting {goal_en}")
    side_zh, side_en = ("低于", "below") if value < nominal else ("高于", "above")
    if style.growth and nominal < 0:
        side_zh, side_en = "未达到", "short of"
    return Text(
        zh=f"{side_zh}{goal_zh}，差{style.change_zh(missing)}",
        en=f"{style.change_en(missing)} {side_en} {goal_en}",
    )


def _level_facts(story: Story) -> Text:
    case, m, found = story.case, story.metrics, story.evidence
    assert m.value is not None
    assert found.period is not None
    newest = _newest(story)
    assert newest is not None
    if case.final:
        said = _against(story, m.value)
        return Text(zh=f"{newest.zh}，{said.zh}", en=f"{newest.en}, {said.en}")
    left = case.horizon.t - (found.t or 0)
    due_zh, due_en = f"{case.horizon.year}年", f"{case.horizon.year}"
    if m.goal_met:
        note = _tolerance(story)
        early = case.horizon.t - case.as_of.t
        ahead_zh = f"，提前{number(early, 1)}年" if early > 0 else ""
        ahead_en = f", {number(early, 1)} years early" if early > 0 else ""
        return Text(
            zh=f"{newest.zh}，已达到{due_zh}目标{story.goal.zh}{note.zh}{ahead_zh}",
            en=f"{newest.en}, already meeting the goal for {due_en} of {story.goal.en}{note.en}{ahead_en}",
        )
    path = _against_path(story)
    distance = abs(m.goal_distance) if m.goal_distance is not None else Decimal(0)
    rest = need(story, left)
    zh = f"{newest.zh}{path.zh}；距{due_zh}目标{story.goal.zh}还差{story.style.change_zh(distance)}"
    en = f"{newest.en}{path.en}; {story.style.change_en(distance)} from the goal for {due_en} of {story.goal.en}"
    if story.style.grades:
        zh = f"{newest.zh}，未达到{due_zh}目标{story.goal.zh}"
        en = f"{newest.en}, below the goal for {due_en} of {story.goal.en}"
    return Text(
        zh=zh + (f"，{rest.zh}" if rest.zh else ""),
        en=en + (f"; {rest.en}" if rest.en else ""),
    )


def _against_path(story: Story) -> Text:
    m, style = story.metrics, story.style
    # An expected value that is the goal itself (no way to go) would only say the goal twice.
    if m.expected is None or m.gap is None or not story.case.has_way:
        return NOTHING
    due = style.amount(m.expected)
    if not m.gap:
        return Text(zh=f"，与路径应达的{due}持平", en=f", on the path ({due})")
    side_zh, side_en = ("领先", "ahead of") if m.gap > 0 else ("落后", "behind")
    return Text(
        zh=f"，路径应达{due}，{side_zh}{style.change_zh(m.gap)}",
        en=f", {style.change_en(m.gap)} {side_en} the path ({due})",
    )


def _rate_facts(story: Story) -> Text:
    case, m, found = story.case, story.metrics, story.evidence
    assert m.value is not None
    assert found.period is not None
    size = story.style.apart(m.value, m.value if case.bound is None else case.bound.nominal)
    verb = "下降" if m.value < 0 else "增长"
    mean = "年均" if found.years > 1 else ""
    seen_zh = f"{period_zh(found.period)}{'预计' if story.estimated else ''}{mean}{verb}{size}"
    kind = "mean growth" if found.years > 1 else "growth"
    seen_en = f"{period_en(found.period)}: {kind} of {'-' if m.value < 0 else ''}{size}"
    seen_en += " (estimated)" if story.estimated else ""
    said = _against(story, m.value)
    if case.final:
        return Text(zh=f"{seen_zh}，{said.zh}", en=f"{seen_en}, {said.en}")
    rest = need(story, case.horizon.length_in_years - found.years)
    return Text(
        zh=f"{seen_zh}，{said.zh}" + (f"；{rest.zh}" if rest.zh else ""),
        en=f"{seen_en}, {said.en}" + (f"; {rest.en}" if rest.en else ""),
    )


def _total_facts(story: Story) -> Text:
    case, m, found = story.case, story.metrics, story.evidence
    assert m.value is not None
    assert found.period is not None
    style = story.style
    about = "预计" if story.estimated else ""
    zh = f"{period_zh(found.period)}{about}累计{style.amount(m.value)}"
    en = f"{period_en(found.period)}: {style.amount(m.value)} in all"
    en += " (estimated)" if story.estimated else ""
    if case.final:
        said = _against(story, m.value)
        return Text(zh=f"{zh}，{said.zh}", en=f"{en}, {said.en}")
    if m.goal_met is False and case.direction is Direction.DOWN:
        said = _against(story, m.value)
        return Text(zh=f"{zh}，{said.zh}", en=f"{en}, {said.en}")
    done = percent(m.progress or 0.0)
    passed = percent(found.years / case.horizon.length_in_years)
    rest = need(story, case.horizon.length_in_years - found.years)
    zh += f"，为目标{story.goal.zh}的{done}，时间过去{passed}"
    en += f", {done} of the goal of {story.goal.en} with {passed} of the time gone"
    return Text(
        zh=zh + (f"；{rest.zh}" if rest.zh and not m.goal_met else ""),
        en=en + (f"; {rest.en}" if rest.en and not m.goal_met else ""),
    )


def _hold_facts(story: Story) -> Text:
    case, m, found = story.case, story.metrics, story.evidence
    bound = case.bound
    newest = _newest(story)
    assert m.value is not None
    assert bound is not None
    assert newest is not None
    if isinstance(story.target.goal, Positive):
        met_zh, met_en = "为正增长", "above zero"
    else:
        note = _tolerance(story)
        met_zh = f"符合目标{story.goal.zh}{note.zh}"
        met_en = f"within the goal of {story.goal.en}{note.en}"
    broken = [v for v in found.values if not bound.meets(v.number)]
    if not broken:
        n = len(found.values)
        every = Text(zh=f"，{n}个年份均达到", en=f" in all {n} years") if n > 1 else NOTHING
        return Text(zh=f"{newest.zh}，{met_zh}{every.zh}", en=f"{newest.en}, {met_en}{every.en}")
    if not bound.meets(m.value):
        said = _against(story, m.value)
        return Text(zh=f"{newest.zh}，{said.zh}", en=f"{newest.en}, {said.en}")
    worst = broken[-1]
    then = story.style.published(worst.number)
    return Text(
        zh=f"{newest.zh}，{met_zh}，但{period_zh(worst.period)}为{then}，未能每年保持",
        en=f"{newest.en}, {met_en}, but {period_en(worst.period)} was {then}: not held every year",
    )


def _parity_facts(story: Story) -> Text:
    goal, found, m, style = story.target.goal, story.evidence, story.metrics, story.style
    assert isinstance(goal, Parity)
    assert m.value is not None
    assert found.other is not None
    assert found.period is not None
    difference = m.value - found.other
    mean_zh = "年均" if found.years > 1 and style.growth else ""
    mean_en = "mean " if found.years > 1 and style.growth else ""
    own_zh = f"{mean_zh}{style.reading(m.value, estimated=story.estimated).zh}"
    other_zh = f"{mean_zh}{style.reading(found.other, estimated=False).zh}"
    if not difference:
        side_zh, side_en = "两者持平", "level with it"
    else:
        side_zh = f"{'高' if difference > 0 else '低'}{style.change_zh(difference)}"
        side_en = f"{style.change_en(difference)} {'above' if difference > 0 else 'below'}"
    kept = "做到" if m.goal_met else "未做到"
    word = _CMP_ZH.get(goal.cmp.value, "同步")
    rule_zh = f"{kept}{word}" if word == "同步" else f"{kept}{word}{story.other.zh}"
    rule_en = f"{'' if m.goal_met else 'not '}{_CMP_EN.get(goal.cmp.value, 'in step with')} it"
    note = _tolerance(story)
    return Text(
        zh=f"{period_zh(found.period)}{own_zh}，{story.other.zh}{other_zh}，{side_zh}，{rule_zh}{note.zh}",
        en=(
            f"{period_en(found.period)}: {mean_en}{style.reading(m.value, estimated=story.estimated).en}, "
            f"{story.other.en} {style.reading(found.other, estimated=False).en}: {side_en}, {rule_en}{note.en}"
        ),
    )
