"""How one number was read: in two languages for people, as one JSON object for programs."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from plantrack.model import Outlook, Trace
from plantrack.model.tracing import Wording
from plantrack.show.records import Record, figure_record
from plantrack.show.words import NOTHING, quantity_text

_OUTLOOKS = {
    Outlook.REVIEW: "回顾 looks back",
    Outlook.PLAN: "展望 looks ahead",
    Outlook.NEUTRAL: "未定 neither back nor ahead",
}


def trace_table(trace: Trace, text: str) -> Table:
    """What was seen around a number and what was decided, a line each; `text` is the document's."""
    verdict = "不是数据 no figure" if trace.refused else "数据 figure"
    title = Text(f"「{trace.text}」 {trace.span.start}-{trace.span.end} · {verdict}", style="bold")
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, show_header=False)
    table.add_column()
    table.add_column(overflow="fold")
    for name, said in _lines(trace, text):
        table.add_row(Text(name), Text(said))
    return table


def trace_record(trace: Trace) -> Record:
    """A trace as one object: reasons carry their code and both wordings, `figure` is the record of
    `plantrack figures --jsonl`, null where the number is no figure.
    """
    record: Record = trace.model_dump(mode="json", exclude={"figure", "decisions"})
    record |= {"refused": _worded(trace.refused), "way": _worded(trace.way)}
    record["decisions"] = [
        {"aspect": d.aspect.value, "result": d.result, "ground": _worded(d.ground)}
        for d in trace.decisions
    ]
    figure = trace.figure
    record["figure"] = None if figure is None else figure_record(figure)
    record["candidates"] = [] if figure is None else [c.model_dump() for c in figure.candidates]
    return record


def _worded(wording: Wording | None) -> Record | None:
    if wording is None:
        return None
    return {"code": wording.value, "zh": wording.zh, "en": wording.en}


def _both(wording: Wording) -> str:
    return f"{wording.zh} {wording.en}"


def _lines(trace: Trace, text: str) -> Iterator[tuple[str, str]]:
    if trace.sentence is not None:
        yield "句子 sentence", " ".join(trace.sentence.of(text).split())
    yield "标题 headings", " › ".join(trace.headings) or NOTHING
    yield "部分 passage", f"{_OUTLOOKS[trace.outlook]} · {trace.horizon or NOTHING}"
    yield from _place(trace)
    yield from _clause(trace)
    if trace.refused is not None:
        yield "不取 not taken", _both(trace.refused)
    for decision in trace.decisions:
        yield _both(decision.aspect), f"{decision.result} · {_both(decision.ground)}"
    yield from _verdict(trace)


def _place(trace: Trace) -> Iterator[tuple[str, str]]:
    if (place := trace.place) is None:
        return
    marks = f" · 标记 marks {' '.join(place.marks)}" if place.marks else ""
    yield "表格 table", f"{place.table or NOTHING} · 行 row {place.row}"
    yield "单元格 cell", f"{place.cell} · 列 column {place.role.value}{marks}"
    if place.readings > 1:
        yield "读法 readings", str(place.readings)


def _clause(trace: Trace) -> Iterator[tuple[str, str]]:
    bound = trace.bound.value if trace.bound is not None else NOTHING
    yield "单位、界限 unit, bound", f"{trace.unit or NOTHING} · {bound}"
    if (clause := trace.clause) is not None:
        yield "主语 subject", clause.subject.strip() or NOTHING
        yield "谓语 predicate", f"{clause.predicate or NOTHING} · {clause.relation}"
        if clause.words:
            yield "修饰语 adverbs", " ".join(clause.words)
        if clause.since:
            yield "相比 compared with", clause.since
        if clause.whole:
            yield "占 share of", clause.whole
        if clause.opening:
            yield "由、从 from", "变化的起点 a change begins here"
    if trace.way is not None:
        yield "短语 phrase", f"{trace.phrase or NOTHING} · {_both(trace.way)}"
    if (moment := trace.moment) is not None:
        carried = " · 沿用前句 carried from an earlier sentence" if moment.carried else ""
        yield "时间 time", f"{moment.text} = {moment.period}{carried}"


def _verdict(trace: Trace) -> Iterator[tuple[str, str]]:
    if (figure := trace.figure) is None:
        return
    yield "数值 value", quantity_text(figure.quantity)
    yield "范围 scope", figure.scope.name if figure.scope else "本地区 the document's own region"
    rivals = ", ".join(f"{c.indicator_id} {c.score:g}" for c in figure.candidates)
    yield "词库 lexicon", figure.indicator_id or f"{NOTHING} · 相近 alike: {rivals or NOTHING}"
    review = "先复核 to review first" if trace.review else "可用于评估 good for a board"
    yield "去向 goes", review
