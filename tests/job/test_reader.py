"""Real processes that read ahead: the same results, and no harm where one ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from read.makers import as_word, parts_of
from structlog.testing import capture_logs

from plantrack.datafile import seeds_path
from plantrack.errors import ReadError
from plantrack.job import ahead, ingest, reading
from plantrack.job.reader import Kind, Reader, Wanted, versions
from plantrack.job.reading import extract
from plantrack.job.session import tools_of
from tests.job.conftest import Desk, report
from tests.job.kills import contents
from tests.job.test_reread import OLD

posix = pytest.mark.skipif(os.name == "nt", reason="ends processes by signals")
CSV = "indicator,scope,period,value,unit\n地区生产总值,重庆市,2027,3.7,万亿元\n"


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every pass reads ahead from its second file on; fills up with what this process reads itself."""
    rules = ahead.inbox_rules().model_copy(update={"alone": 0.0})
    monkeypatch.setattr(ahead, "inbox_rules", lambda: rules)
    monkeypatch.setattr(ahead, "cores", lambda: 2)
    monkeypatch.setattr(ahead, "PATIENCE", 120.0)
    own: list[str] = []

    def extracted(path: Path, name: str, *rest, **options):
        own.append(name)
        return extract(path, name, *rest, **options)

    monkeypatch.setattr(reading, "extract", extracted)
    return own


def workspace(folder: Path, *, eagerly: bool) -> Desk:
    """A workspace with a plan."""
    desk = Desk(folder / "w")
    desk.settle(settle=0, patience=0, ahead=eagerly)
    desk.at("2026-03-01")
    desk.plan()
    desk.at("2028-03-01")
    return desk


@cache
def word() -> bytes:
    """A report in Word, made once: the time stands in it."""
    return as_word(parts_of(report(2027, "3.67", "75.1")))


def fill(desk: Desk) -> None:
    """Files of all kinds, contents that come twice, and what cannot be read."""
    one = report(2026, "3.48", "74")
    desk.put("00.txt", report(2025, "3.3", "73"))
    desk.put("10.txt", one)
    desk.put("11.txt", one)
    desk.put("20.txt", b"\x00\x01")
    desk.put("21.txt", b"\x00\x01")
    for number, path in enumerate(sorted(seeds_path("reports").glob("*.txt"))):
        desk.put(f"3{number}.txt", path.read_bytes())
    desk.put("40.docx", word())
    desk.put("41.docx", word()[:700])
    desk.put("42.html", f"<html><body><p>{report(2028, '3.8', '76')}</p></body></html>")
    desk.put("50.csv", CSV)
    desk.put("51.csv", "指标,单位,2026年\n森林覆盖率,%,55.1\n")
    desk.put("52.yaml", "observations: [{")
    desk.put("sub/60.txt", one)
    desk.put("sub/61.txt", report(2027, "3.7", "75.2"))


def outcome(desk: Desk) -> tuple[list[str], dict[str, object]]:
    """All that a pass leaves, in the order of its coming, and what it counted."""
    counts = desk.run().counts()
    assert counts.pop("seconds") > 0
    return contents(desk.workspace), counts


def test_reading_ahead_gives_what_reading_in_turn_gives(tmp_path, eager):
    in_turn = workspace(tmp_path, eagerly=False)
    fill(in_turn)
    expected = outcome(in_turn)
    assert len(eager) == 13
    shutil.rmtree(in_turn.workspace.root)  # reasons name the very paths
    eager.clear()
    desk = workspace(tmp_path, eagerly=True)
    fill(desk)
    assert outcome(desk) == expected
    assert eager == ["00.txt", "21.txt"]


@posix
def test_the_pass_goes_on_where_the_process_is_ended(tmp_path, eager, monkeypatch):
    expected = outcome_of_reports(tmp_path, eagerly=False)
    whole, asked = Reader.ask, []

    def ask(self: Reader, wanted: Wanted) -> None:
        whole(self, wanted)
        asked.append(wanted.name)
        if len(asked) == 3:
            os.kill(self.number, signal.SIGKILL)

    monkeypatch.setattr(Reader, "ask", ask)
    eager.clear()
    with capture_logs() as logs:
        found = outcome_of_reports(tmp_path, eagerly=True)
    assert found == expected
    assert asked == ["1.txt", "2.txt", "3.txt"]
    assert eager[-4:] == ["4.txt", "5.txt", "6.txt", "7.txt"]
    [warning] = [one for one in logs if one.get("code") is not None]
    assert warning["code"] == -signal.SIGKILL


def outcome_of_reports(folder: Path, *, eagerly: bool) -> list[str]:
    """What the database holds after eight reports."""
    shutil.rmtree(folder / "w", ignore_errors=True)
    desk = workspace(folder, eagerly=eagerly)
    for number in range(8):
        desk.put(f"{number}.txt", report(2026, f"3.4{number}", "74"))
    assert desk.run().read == 8
    return contents(desk.workspace)


def test_documents_that_are_read_again_are_read_ahead_too(tmp_path, eager, monkeypatch):
    desk = workspace(tmp_path, eagerly=True)
    texts = {f"{number}.txt": report(2026, f"3.4{number}", "74") for number in range(4)}
    for name, text in texts.items():
        desk.put(name, text)
    desk.put("4.csv", CSV)
    with monkeypatch.context() as past:
        past.setattr(ingest, "READER", OLD)
        assert desk.run().read == 5
    eager.clear()
    assert desk.run(again=True).read == 5
    assert eager == ["0.txt"]
    kept = desk.ask(lambda unit: unit.documents.list())
    assert OLD not in {one.version.reader for one in kept}


@posix
def test_a_pass_that_fails_ends_the_process_too(tmp_path, eager, monkeypatch):
    desk = workspace(tmp_path, eagerly=True)
    for number in range(4):
        desk.put(f"{number}.txt", report(2026, f"3.4{number}", "74"))
    numbers = []

    class EndedError(BaseException):
        pass

    def ask(self: Reader, wanted: Wanted) -> None:
        numbers.append(self.number)
        raise EndedError

    monkeypatch.setattr(Reader, "ask", ask)
    with pytest.raises(EndedError):
        desk.run()
    with pytest.raises(ProcessLookupError):
        os.kill(numbers[0], 0)


@posix
@pytest.mark.parametrize("busy", [False, True])
def test_it_ends_with_a_pass_that_was_killed(desk, busy):
    """Also in the middle of a document: one that never ends, as nobody writes into the pipe."""
    endless = desk.workspace.root / "endless"
    os.mkfifo(endless)
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from plantrack.job.reader import Reader, Wanted\n"
        "from plantrack.job.workspace import open_workspace\n"
        "reader = Reader(open_workspace(Path(sys.argv[1])))\n"
        "print(reader.answer().kind)\n"
        "if len(sys.argv) > 2:\n"
        "    reader.ask(Wanted(Path(sys.argv[2]), 'endless', ''))\n"
        "    os.close(os.open(sys.argv[2], os.O_WRONLY))\n"  # waits until it is read
        "    reader.ask(Wanted(Path(sys.argv[2]), 'endless', ''))\n"
        "sys.stdout.flush()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    # the pipe of standard error ends when the last process that could write to it has ended
    done = subprocess.run(
        [sys.executable, "-c", code, str(desk.workspace.root), *([str(endless)] * busy)],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGKILL, "R\n", "")


@posix
def test_the_process_by_itself(desk: Desk):
    """It says what it is, answers in order, leaves signals to the pass, and ends when told."""
    made = tools_of(desk.workspace)
    good = desk.put("a.txt", report(2026, "3.48", "74"))
    bad = desk.put("b.txt", b"\x00\x01")
    reader = Reader(desk.workspace)
    try:
        assert reader.answer() == (Kind.READY, versions(desk.workspace))
        assert os.getpgid(reader.number) == reader.number
        assert reader.answer(0.0) is None
        for sign in (signal.SIGINT, signal.SIGTERM):
            os.kill(reader.number, sign)
        for path, name in ((good, "甲.txt"), (bad, "乙.txt"), (good, "丙\n.txt")):
            reader.ask(Wanted(path, name, ""))
        first, second, third = reader.answer(), reader.answer(), reader.answer()
        assert first.extracted() == extract(good, "甲.txt", made, sandbox=True)
        with pytest.raises(ReadError) as here:
            extract(bad, "乙.txt", made, sandbox=True)
        with pytest.raises(ReadError) as there:
            second.extracted()
        assert str(there.value) == str(here.value)
        assert third.extracted().document.name == "丙\n.txt"
    finally:
        code = reader.close()
    assert code == -signal.SIGKILL
    assert reader.answer().kind is Kind.LOST
