"""A trace as a table for people and as a record for programs."""

from __future__ import annotations

import json

from rich.console import Console

from plantrack import flow
from plantrack.model import Trace
from plantrack.read import parse
from plantrack.show.records import figure_record
from plantrack.show.tracing import trace_record, trace_table

TEXT = parse(
    "某县2024年工作报告\n\n一、2024年工作回顾\n\n"
    "预计全县粮食产量达到12万吨以上，比上年增长3%。5G基站[建成]30座，城市建成区绿化率约41.2%。\n",
    "报告.txt",
)


def explained(number: str) -> Trace:
    return flow.explain(TEXT, TEXT.text.index(number))


def printed(trace: Trace) -> str:
    console = Console(width=120, record=True)
    with console.capture() as captured:
        console.print(trace_table(trace, TEXT.text))
    return captured.get()


def test_the_table_of_a_figure_tells_all_that_decided() -> None:
    trace = explained("12")
    told = printed(trace)
    assert trace.figure is not None
    for piece in (
        "「12」",
        "数据 figure",
        "2024年工作回顾",
        "回顾 looks back",
        "粮食产量",
        "达到",
        "万吨 · ge",
        "预计",
        "actual",
        "≥12万吨",
        f"{trace.figure.confidence:.2f}",
        "去向 goes",
    ):
        assert piece in told
    assert "比上年" not in told.split("主语 subject")[1].split("\n")[0]


def test_the_table_of_no_figure_says_why_and_decides_nothing_else() -> None:
    told = printed(explained("5G"))
    assert "不取 not taken" in told
    assert "与字母连写" in told
    assert "类别 kind" not in told


def test_brackets_in_the_text_are_printed_as_they_are() -> None:
    assert "[建成]" in printed(explained("30"))


def test_the_record_holds_the_figure_as_it_is_printed_elsewhere() -> None:
    for trace in (explained("12"), explained("3%"), explained("5G"), explained("41.2")):
        record = json.loads(json.dumps(trace_record(trace)))
        wanted = None if trace.figure is None else figure_record(trace.figure)
        assert record["figure"] == wanted
        assert (record["refused"] is None) == (wanted is not None)
        assert TEXT.text[record["span"]["start"] : record["span"]["end"]] == record["text"]
        for decision in record["decisions"]:
            assert set(decision["ground"]) == {"code", "zh", "en"}


def test_the_record_of_an_unknown_phrase_names_those_that_are_alike() -> None:
    record = trace_record(explained("41.2"))
    assert record["figure"]["indicator_id"] is None
    ids = [candidate["indicator_id"] for candidate in record["candidates"]]
    assert "built-up-green-cover" in ids
