"""What the site calls things, in both languages. Labels only: nothing here decides an outcome."""

from __future__ import annotations

from plantrack.model import FigureKind, FlagKind, FlagState, Measure, Text


def _text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


KINDS = {
    FigureKind.ACTUAL: _text("已达到", "reached"),
    FigureKind.TARGET: _text("目标", "target"),
    FigureKind.DELTA: _text("增减量", "change"),
    FigureKind.COMPARE: _text("比较", "comparison"),
    FigureKind.RANK: _text("位次", "rank"),
}
MEASURES = {
    Measure.LEVEL: _text("水平值", "level"),
    Measure.GROWTH: _text("增长率", "growth"),
    Measure.AVG_GROWTH: _text("年均增长率", "mean growth"),
    Measure.MULTIPLE: _text("倍数", "multiple"),
    Measure.CUMULATIVE: _text("累计", "cumulative"),
}
STATES = {
    FlagState.OPEN.value: _text("未处理", "open"),
    FlagState.ACKNOWLEDGED.value: _text("已确认", "acknowledged"),
    FlagState.RESOLVED.value: _text("已解除", "resolved"),
    FlagState.REOPENED.value: _text("再次打开", "reopened"),
}
FLAG_KINDS = {
    FlagKind.WORSE.value: _text("恶化", "worse"),
    FlagKind.STALE.value: _text("数据过期", "no new value"),
}
REMARKS = {
    "early": _text(
        "提前完成，期末前仍可能变化", "achieved before the end; it may be lost again before then"
    ),
    "moving_away": _text(
        "已完成，但最新数值正在背离目标",
        "achieved, but the newest values move away from the goal",
    ),
    "within_tolerance": _text(
        "因“左右”“约”的容许范围而达到", "met only within the room that 左右 or 约 gives"
    ),
    "estimated": _text("所用数值为预计数", "a value used is an estimate"),
    "revised": _text(
        "同一时期有两个数值，采用较新的", "two values for one period differ; the newer is used"
    ),
    "stale": _text("最新数值已经陈旧", "the newest value is old"),
    "incomplete": _text("中间年份缺数", "years in between are missing"),
    "from_levels": _text("年均增速由水平值推算", "the mean rate was worked out from levels"),
    "baseline_observed": _text(
        "规划未列基期值，以实际值代替", "the plan states no baseline; an observed value stands in"
    ),
    "unit_assumed": _text(
        "原文未写单位，按目标单位理解", "a value had no unit and is taken in the target's"
    ),
    "not_comparable": _text("部分数值无法比较，未采用", "some values cannot be compared"),
    "partial_year": _text("部分数值不满一年，未采用", "some values cover only part of a year"),
    "before_baseline": _text("部分数值早于基期", "some values lie before the baseline"),
    "after_horizon": _text("部分数值晚于规划期", "some values lie after the horizon"),
    "unknown_yet": _text("部分数值在评估时点尚未公布", "some values were not known at the date"),
}
METRICS = {
    "expected": (_text("应达数值", "due by now"), "value"),
    "gap": (_text("与应达数值之差", "better or worse than due"), "signed"),
    "goal_distance": (_text("离目标还差", "still to go"), "distance"),
    "progress": (_text("完成进度", "progress"), "share"),
    "time_share": (_text("时间进度", "time gone"), "share"),
    "attainment": (_text("应达完成率", "of what was due"), "share"),
    "pace": (_text("实际速度／所需速度", "pace seen over pace needed"), "ratio"),
    "ratio": (_text("规则集比值", "ratio of the rule set"), "ratio"),
    "trend": (_text("年均变动（向好为正）", "yearly trend (+ is good)"), "share"),
    "projected": (_text("照此下去期末可达", "projected at the end"), "value"),
    "age": (_text("数据距今（年）", "age of the value, years"), "ratio"),
}
"""Metrics a page shows: label, and how the number is written."""
