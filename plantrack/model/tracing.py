"""How one number of a document was read: what was seen around it, and on what grounds each decision fell."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field

from plantrack.model.base import Model
from plantrack.model.document import Outlook
from plantrack.model.figure import Figure
from plantrack.model.period import Period
from plantrack.model.quantity import Comparator
from plantrack.model.row import ColumnRole
from plantrack.model.span import Span


class Wording(StrEnum):
    """A closed choice whose members say in Chinese and English what they mean."""

    zh: str
    en: str

    def __new__(cls, code: str, zh: str = "", en: str = "") -> Self:
        """A member with its words; with the code alone a member is looked up."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.zh, member.en = zh, en
        return member


class Refusal(Wording):
    """Why a number is no figure."""

    TIME = "time", "是时间", "it is part of a time"
    LIST_NUMBER = "list number", "是序号", "it numbers an item of a list"
    QUOTED_NAME = "quoted name", "是引号或书名号内的名称", "it stands in a quoted name"
    JOINED_NAME = "joined name", "与符号连写，是名称", "a sign joins it to a name"
    LETTERED_NAME = "name with letters", "与字母连写，是名称", "letters join it to a name"
    ADDRESSED = "whom it addresses", "是称呼对象", "it only says whom the text addresses"
    OWN_PART = "part of the document", "是文件自身的组成", "it counts parts of the document itself"
    ORDINAL = "ordinal", "是次序，不是排名", "it orders something and ranks no indicator"
    NAMING = "naming word", "前面的词使其成为名称或修饰", "the word before it makes it a name"
    TECHNICAL = "technical name", "是技术规格或等级名称", "it is a technical size or a grade"
    POLICY = "name of a policy", "是政策的简称", "a bundle of policies is called by it"
    CODE = "code", "是号码", "it begins with a zero: a code, such as that of a telephone"
    CLOCK = "time of day", "是时刻", "it is a time of day"
    STEP = "step", "是跨越的台阶数", "it counts steps that were passed"
    RATE_BASE = "base of a rate", "是汇率或指数的基数", "it is the base of a rate or an index"
    ATTENDANCE = "attendance", "是会议的出席人数", "it counts who attends a meeting"
    TIME_UNIT = "time unit", "是一段时间，不是指标值", "it is a stretch of time, not a value"
    FRAMES = "frames", "只说明在多少个之中", "it only says out of how many"
    NARROWS = "narrows", "只限定另一个数的对象", "it only narrows what another number measures"
    PROVISION = (
        "provision",
        "是政策规定的标准",
        "it is what a policy grants in each case, or how often it has people meet",
    )
    SIZE = "size", "只说明项目的规模", "it only tells the size of a project"
    NO_PHRASE = "no phrase", "找不到所度量的对象", "nothing says what it measures"
    BARE_LETTERS = "bare letters", "只有字母单位，无谓语", "a unit of letters without a predicate"
    BARE = "bare", "没有单位，也没有谓语或界限", "no unit, and neither predicate nor bound"
    GROUPS = "groups", "量词只是归并一组事项", "its classifier only groups a list of intentions"
    DEFINITION = "definition", "在名词解释中", "it stands in a definition"
    IN_NOTE = "in a note", "在注释中", "it stands in the notes"
    IN_TABLE = "in a table", "在表格中，但不是取值", "it stands in a table and is no row's value"
    UNREAD = "unread", "不作为一个数读取（位数过多）", "not read as a number (too many digits)"


class Way(Wording):
    """How the phrase of a number was found."""

    SUBJECT = "subject", "数前的主语", "the subject before the number"
    LIST = "list", "并列各项逐一对应", "one item of a list for each number"
    SHARE = "share", "占比或完成比例的名称", "a share: its part and its whole"
    RECENT_LIST = "recent list", "沿用前面并列的各项", "the items of the list before"
    OBJECT = "object", "数后所计的对象", "the thing counted behind the number"
    ELIDED = "elided", "省略，沿用前文", "left out here and said before"
    PARALLEL = "parallel", "与前项同一指标的另一部分", "another part of what was measured before"
    RESTATED = "restated", "重提前面的同一数值", "the same value as stated before"
    RANK = "rank", "排名的对象", "what is ranked"
    ROW = "row", "表格的行名", "the label of its table row"


class Ground(Wording):
    """Why a decision fell as it did."""

    # kind
    RANKED = "ranked", "位次用语在前", "words of rank stand before it"
    COMPARED = "compared", "与他处或目标相比", "compared with another place, plan or benchmark"
    CHANGED = (
        "changed",
        "变动用语带差值单位或绝对量",
        "a verb of change with a unit of difference or an amount",
    )
    ESTIMATED = "estimated", "预计用语", "words of estimating"
    BEGAN = "began", "变化的起点", "a change begins at it"
    AFTER_REVIEW = "after the review", "时间在总结期之后", "its time lies after the reviewed period"
    BEFORE_PLAN = "before the plan", "时间在规划期之前", "its time lies before the planned period"
    GOAL_WORD = "goal word", "本身就是目标值", "the text calls it a goal"
    SET_BY_PLAN = "set by the plan", "规划所列的数", "it is what the plan laid down"
    NOW = "now", "目前、已等用语", "words for now stand before it"
    LOOKS_AHEAD = "looks ahead", "所在部分是展望", "its passage looks ahead"
    AIMED = "aimed", "力争、确保等用语", "words of intent"
    LOOKS_BACK = (
        "looks back",
        "所在部分是回顾，无意向用语",
        "its passage looks back and nothing says it is intended",
    )
    GOAL_COLUMN = "goal column", "在目标列", "it stands in a goal column"
    VALUE_COLUMN = "value column", "在基期或完成列", "it stands in a baseline or result column"
    CHANGE_COLUMN = (
        "change column",
        "正是目标与基期之差",
        "it is what lies between baseline and goal",
    )
    # measure
    TIMES = "times", "单位是倍或番", "its unit says how many times"
    MEAN_RATE = "mean rate", "年均变化率", "a rate of change as a mean over years"
    RATE = "rate", "变化率", "a rate of change"
    POINTS = "points", "百分点的变化", "a change in points"
    OF_GOAL = (
        "of the goal",
        "与所对照的数同一度量",
        "the goal of what was told before is measured as that is",
    )
    DIFFERENCE = "difference", "差值或位次", "a difference or a rank"
    ONE_YEAR = "one year", "所述期间不超过一年", "it speaks of a year or less"
    SUMMED = "summed", "多年累计", "a sum over several years"
    STOCK = "stock", "期末水平", "a level at the end of several years"
    PLAIN_LEVEL = (
        "plain level",
        "行名与标记未说增长或累计",
        "neither row nor mark says growth or sum",
    )
    # period
    OPENING_TIME = "opening time", "起点的时间", "the time from which the change begins"
    YEAR_BEFORE = "year before", "起点：期间的上一年", "a change begins at it: the year before"
    OWN_TIME = "own time", "句中的时间", "the time its sentence gives"
    END_OF_SPAN = (
        "end of span",
        "句中期间的最后一年",
        "the last year of the span its sentence gives",
    )
    WHOLE_PLAN = "whole plan", "均值或累计：整个期间", "a mean or sum: all years of the period"
    UP_TO = "up to", "期间起至句中时间", "from the period's first year up to its time"
    PASSAGE = "passage", "所在部分的期间", "the period its passage speaks of"
    END_OF_PASSAGE = (
        "end of passage",
        "所在部分期间的最后一年",
        "the last year of the period its passage speaks of",
    )
    PLAN_FROM_REVIEW = (
        "plan from review",
        "回顾中提出的规划目标",
        "a goal of the plan, told in a review",
    )
    OF_WHOLE = "of whole", "同其中所属的总数", "as what it is a part of"
    OF_SAME = "of same", "同前面的数值", "as the value it is a multiple of"
    MET_EARLY = "met early", "提前完成：目标年份在后", "its goal was met years before its time"
    SINCE_BASE = "since base", "与基年相比的各年", "all years since the base year"
    WHOLE_YEAR = "whole year", "全年", "the text says it is the whole year"
    COLUMN = "column", "表格列的期间", "the period of its column"
    # confidence
    BY_WAY = "by way", "按短语的找法", "by how its phrase was found"
    SHORT = "short", "短语太短", "its phrase is short"
    CLEAR_ROW = "clear row", "表行各格分明", "the cells of its row can be told apart"
    UNCLEAR_ROW = "unclear row", "表行有多种读法", "its row can be read in several ways"
    KNOWN = "known", "词库认得该指标", "the lexicon knows its phrase"


class Aspect(Wording):
    """What was decided."""

    KIND = "kind", "类别", "kind"
    MEASURE = "measure", "度量", "measure"
    PERIOD = "period", "期间", "period"
    CONFIDENCE = "confidence", "可信度", "confidence"


class Decision(Model):
    """One decision: what was decided, what came out, and on what ground. Later ones of an aspect win."""

    aspect: Aspect
    result: str
    ground: Ground


class Peeled(Model):
    """The clause before a number, peeled from the number outwards.

    `words` are the adverbs, hedges and bounds taken off on the way; `since` what is compared with
    (比…), `whole` what it is a share of; `opening` says that a change begins at the number (由…).
    """

    subject: str
    predicate: str = ""
    relation: str
    words: tuple[str, ...] = ()
    since: str = ""
    whole: str = ""
    opening: bool = False


class Moment(Model):
    """The time that holds for a number: where it is written and what it means.

    `carried` says that it opened an earlier sentence and still holds.
    """

    span: Span
    text: str
    period: Period
    carried: bool = False


class Place(Model):
    """The table row and column of a number; `readings` counts the ways to read its row (1 where it is clear)."""

    table: str
    row: int
    role: ColumnRole
    cell: str
    marks: tuple[str, ...] = ()
    readings: Annotated[int, Field(ge=1)] = 1


class Trace(Model):
    """How one number was read: each part is filled as far as reading came.

    `span` and `text` are the number. `refused` says why it is no figure, None where it is one;
    then `figure` is that figure, linked where the lexicon was asked. `horizon` is the period that
    the passage speaks of when it says nothing itself. `review` is true for a figure that is too
    doubtful for a board.
    """

    doc: str
    span: Span
    text: str
    sentence: Span | None = None
    outlook: Outlook = Outlook.NEUTRAL
    headings: tuple[str, ...] = ()
    horizon: Period | None = None
    refused: Refusal | None = None
    unit: str = ""
    bound: Comparator | None = None
    clause: Peeled | None = None
    phrase: str = ""
    way: Way | None = None
    moment: Moment | None = None
    place: Place | None = None
    decisions: tuple[Decision, ...] = ()
    figure: Figure | None = None
    review: bool = False
