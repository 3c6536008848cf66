"""Where results and messages go, and how failures are counted."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from plantrack.cli.codes import ExitCode
from plantrack.cli.output import Inputs, Output, ReaderGoneError, explain, speak_utf8
from plantrack.errors import InputError, OutputError, ReadError, UsageError


def refuse_b(path: Path) -> str:
    if path.name.startswith("b"):
        raise ReadError(str(path), "a binary file", "Give a text.")
    if path.name.startswith("c"):
        raise PermissionError(13, "Permission denied")
    return path.name.upper()


def files(*names: str) -> list[Path]:
    return [Path(name) for name in names]


def test_records_are_lines_of_json_in_the_text_as_it_is(capsys):
    with Output(None, []) as output:
        output.record({"a": "重庆", "b": None})
        output.record({"a": "x\ny"})
    out = capsys.readouterr().out.splitlines()
    assert out[0] == '{"a": "重庆", "b": null}'
    assert json.loads(out[1]) == {"a": "x\ny"}


def test_out_writes_utf8_and_leaves_standard_output_alone(tmp_path, capsys):
    out = tmp_path / "f.jsonl"
    with Output(out, []) as output:
        output.record({"a": "重庆"})
        output.show("[not markup]")
    assert out.read_bytes().decode("utf-8").startswith('{"a": "重庆"}\n')
    assert capsys.readouterr().out == ""


def test_names_that_are_no_text_become_json_escapes(tmp_path):
    out = tmp_path / "f.jsonl"
    with Output(out, []) as output:
        output.record({"doc": os.fsdecode(b"\xff.txt")})
    assert json.loads(out.read_text("utf-8")) == {"doc": "\udcff.txt"}


def test_out_that_cannot_be_opened(tmp_path):
    with pytest.raises(OutputError, match=r"no-such.*cannot be written .*name another file"):
        Output(tmp_path / "no-such" / "f.jsonl", [])
    with pytest.raises(OutputError, match="cannot be written"):
        Output(tmp_path, [])


def test_out_never_overwrites_an_input(tmp_path):
    plan = tmp_path / "plan.txt"
    plan.write_text("14", encoding="utf-8")
    with pytest.raises(UsageError, match="one of the inputs"):
        Output(tmp_path / "." / "plan.txt", [plan])
    assert plan.read_text("utf-8") == "14"


def test_closed_standard_output_is_an_output_error(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(OutputError, match="standard output: cannot be written"):
        Output(None, []).record({})


class Gone(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError(32, "Broken pipe")


def test_a_reader_that_left_is_no_error_of_ours(monkeypatch):
    monkeypatch.setattr(sys, "stdout", Gone())
    with pytest.raises(ReaderGoneError):
        Output(None, []).record({})


def test_all_inputs_good(capsys):
    inputs = Inputs(files("a1", "a2"))
    assert [result for _, result in inputs.each(refuse_b, "x")] == ["A1", "A2"]
    assert inputs.code is ExitCode.DONE
    assert capsys.readouterr().err == ""


def test_one_bad_input_among_good_ones(capsys):
    inputs = Inputs(files("a1", "b", "a2", "c"))
    assert [path.name for path, _ in inputs.each(refuse_b, "x")] == ["a1", "a2"]
    assert inputs.code is ExitCode.PARTIAL
    err = capsys.readouterr().err
    assert "plantrack: b: a binary file. Give a text." in err
    assert "plantrack: c: cannot be read (Permission denied)." in err


@pytest.mark.parametrize("names", [("b",), ("c",), ("b", "b2"), ("c", "b")])
def test_only_bad_inputs(names):
    with pytest.raises(InputError, match=names[-1]):
        list(Inputs(files(*names)).each(refuse_b, "x"))


def test_an_input_named_twice_counts_once(capsys):
    inputs = Inputs(files("a", "b", "a"))
    assert [path.name for path, _ in inputs.each(refuse_b, "x")] == ["a"]
    assert "a is given more than once" in capsys.readouterr().err


def test_a_bar_shows_from_the_fourth_file_on(capsys):
    list(Inputs(files("a1", "a2", "a3")).each(refuse_b, "数据"))
    assert capsys.readouterr().err == ""
    list(Inputs(files("a1", "a2", "a3", "a4")).each(refuse_b, "数据"))
    captured = capsys.readouterr()
    assert "数据" in captured.err
    assert captured.out == ""


def test_errors_are_told_in_one_paragraph(capsys):
    assert explain(InputError("a\n  b. Do c.")) is ExitCode.UNUSABLE
    assert capsys.readouterr().err == "plantrack: a b. Do c.\n"


def test_streams_speak_utf8_whatever_the_locale(monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    speak_utf8()
    with Output(None, []) as output:
        output.record({"a": "重庆"})
    assert raw.getvalue().decode("utf-8") == '{"a": "重庆"}\n'
