"""The names of things on tables and charts, in Chinese and English."""

from __future__ import annotations

from plantrack.link import Lexicon
from plantrack.model import Measure, Nature, Series, Status, Text, Vintage
from plantrack.show.language import Language, current_language, say


def _pairs(**pairs: str) -> dict[str, Text]:
    """`key="中文 | English"` as texts."""
    split = ((key, *pair.split(" | ")) for key, pair in pairs.items())
    return {key: Text(zh=zh, en=en) for key, zh, en in split}


LABELS: dict[str, Text] = _pairs(
    # what a row says
    status="状态 | Status",
    indicator="指标 | Indicator",
    goal="目标 | Goal",
    observed="现值 | Value",
    needed="每年需 | A year",
    reason="缘由 | Why",
    source="出处 | Source",
    quote="原文 | In the text",
    id="编号 | Id",
    baseline="基期 | Baseline",
    horizon="期限 | Horizon",
    nature="性质 | Nature",
    field="领域 | Field",
    region="地区 | Region",
    unit="单位 | Unit",
    period="期间 | Period",
    value="数值 | Value",
    vintage="版次 | Vintage",
    metric="度量 | Metric",
    kind="类型 | Kind",
    issuer="发布机关 | Issued by",
    number="文号 | Number",
    published="发布日期 | Published",
    sections="章节 | Sections",
    tables="表格 | Tables",
    sentences="句子 | Sentences",
    characters="字数 | Characters",
    planned="规划期 | Plans",
    reviewed="回顾期 | Reviews",
    targets="指标数 | Targets",
    rules="规则 | rules",
    as_of="截至 | as of",
    rule="判定规则 | Rule",
    flags="标记 | Flags",
    # what a chart shows
    path="应达路径 | Path due",
    band="容许范围 | Band",
    milestone="节点目标 | Milestone",
    mean="至今年均 | Mean so far",
    projected="照此推算 | At this pace",
    interval="推算区间 | Interval",
    required="此后所需 | Needed from now",
    superseded="已被修订 | Superseded",
    gap="差距 | Gap",
    gap_share="差距占应达值的百分比 | Gap as % of the value due",
    count="指标数（项） | Number of targets",
    plan_overview="规划指标概览 | The plan at a glance",
    gaps="与应达值的差距 | Distance from what was due",
    history="状态沿革 | Statuses over time",
    small_multiples="各项指标的轨迹 | Every target's course",
    none="未分类 | other",
    responsible="责任单位 | Responsible",
    notes="备注 | Notes",
    values="全部数值 | All values",
    # metrics
    expected="应达值 | Due",
    progress="完成进度 | Progress",
    time_share="时间进度 | Time passed",
    attainment="达成率 | Attainment",
    pace="速度比 | Pace",
    trend="趋势 | Trend",
    required_rate="所需速度 | Needed a year",
    projected_value="期末推算 | Projected",
    age="数据距今（年） | Age (years)",
    goal_distance="距目标 | To the goal",
    ratio="方法比率 | Method's ratio",
)
"""A name for each thing that is shown."""

_NATURES = {
    Nature.BINDING: Text(zh="约束性", en="binding"),
    Nature.EXPECTED: Text(zh="预期性", en="expected"),
    None: Text(zh="未注明", en="unstated"),
}
_VINTAGES = {
    Vintage.ESTIMATED: Text(zh="预计", en="estimated"),
    Vintage.PRELIMINARY: Text(zh="初步", en="preliminary"),
    Vintage.REPORTED: Text(zh="公布", en="reported"),
    Vintage.REVISED: Text(zh="修订", en="revised"),
}
_GROWTH = {
    Measure.GROWTH: Text(zh="增速", en="growth"),
    Measure.AVG_GROWTH: Text(zh="年均增速", en="mean growth"),
}
_GROWS = ("增长", "增速", "增幅", "增长率")  # a phrase that says by itself that it is a rate


def label(key: str) -> str:
    """The name of a thing in the language in force."""
    return say(LABELS[key])


def status_words(status: Status) -> Text:
    """A status in both languages, without its sign."""
    return Text(zh=status.zh, en=status.en)


def nature_words(nature: Nature | None) -> Text:
    """How hard a target binds, in both languages."""
    return _NATURES[nature]


def vintage_words(vintage: Vintage) -> Text:
    """How final a value is, in both languages."""
    return _VINTAGES[vintage]


def indicator_words(series: Series) -> Text:
    """What a series measures: the text's own phrase, and the lexicon's English name where it has one.

    Growth is told as such where the phrase does not do so itself.
    """
    known = Lexicon.load().indicators.get(series.indicator_id or "")
    zh, en = series.indicator, series.indicator if known is None else known.en
    growth = _GROWTH.get(series.measure)
    if growth is not None:
        zh = zh if zh.endswith(_GROWS) else f"{zh}{growth.zh}"
        en = f"{en}, {growth.en}" if known is not None else zh
    return Text(zh=zh, en=en)


def indicator_name(series: Series) -> str:
    """The name for a list: the text's own phrase, in English the lexicon's name."""
    english = current_language() is Language.EN
    return indicator_words(series).en if english else series.indicator
