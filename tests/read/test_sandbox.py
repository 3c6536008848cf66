"""Reading in a child process: the same documents and errors, and an end to whatever would have none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from read.hostile import SAYS, one_page, pdf, stream
from read.makers import write

from plantrack import flow
from plantrack.errors import ReadError, UsageError
from plantrack.read import read, read_pages
from plantrack.read.limits import limits
from plantrack.read.sandbox import limited, read_sandboxed

PARTS = ["青溪县2024年政府工作报告", "一、2023年工作回顾", "地区生产总值增长6.1%。"]
needs_limits = pytest.mark.skipif(not limited(), reason="this system limits no process")


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_it_gives_what_reading_gives(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path, PARTS, suffix)
    assert read_sandboxed(path) == read(path)
    assert flow.read(path, sandbox=True) == flow.read(path)


def test_it_reads_several_pages(tmp_path: Path) -> None:
    paths = []
    for number, part in enumerate(PARTS):
        paths.append(tmp_path / f"{number}.html")
        paths[-1].write_text(f"<html><body><p>{part}</p></body></html>", encoding="utf-8")
    assert read_sandboxed(*paths) == read_pages(paths)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [("a.txt", b"\x89PNG\r\n\x1a\n", ReadError), ("b.pdf", b"%PDF-1.7 ", ReadError)],
)
def test_errors_come_back_as_they_are(
    tmp_path: Path, name: str, data: bytes, error: type[ReadError]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error) as inside:
        read_sandboxed(path)
    with pytest.raises(error) as outside:
        read(path)
    assert str(inside.value) == str(outside.value)
    assert inside.value.facts == outside.value.facts


def test_errors_keep_their_kind(tmp_path: Path) -> None:
    path = write(tmp_path, PARTS, "txt")
    with pytest.raises(UsageError, match="it is no web page"):
        read_sandboxed(path, path)


def test_a_limit_given_holds_in_the_child(tmp_path: Path) -> None:
    path = write(tmp_path, PARTS, "docx")
    bounds = limits().model_copy(update={"characters": 5})
    with pytest.raises(ReadError, match="characters, more than the 5"):
        read_sandboxed(path, bounds=bounds)


def heavy(folder: Path) -> Path:
    """A page for which a library takes long and much memory, within every limit of its own."""
    path = folder / "heavy.pdf"
    path.write_bytes(pdf(one_page(stream(SAYS + b"0 0 m 9 9 l S " * 1_000_000, packed=True))))
    return path


@needs_limits
def test_memory_has_an_end(tmp_path: Path) -> None:
    bounds = limits().model_copy(update={"memory_bytes": 1 << 28})
    with pytest.raises(ReadError, match="needs more than 268,435,456 bytes of memory"):
        read_sandboxed(heavy(tmp_path), bounds=bounds)


@needs_limits
def test_processor_time_has_an_end(tmp_path: Path) -> None:
    bounds = limits().model_copy(update={"processor_seconds": 1})
    with pytest.raises(ReadError, match="took more than 1 seconds of the processor"):
        read_sandboxed(heavy(tmp_path), bounds=bounds)


def test_the_clock_has_an_end(tmp_path: Path) -> None:
    bounds = limits().model_copy(update={"clock_seconds": 1, "processor_seconds": 100})
    with pytest.raises(ReadError, match="took longer than 1 seconds and was stopped"):
        read_sandboxed(heavy(tmp_path), bounds=bounds)


@needs_limits
def test_the_child_can_write_no_file(tmp_path: Path) -> None:
    code = (
        "import json, pathlib, sys\n"
        "from plantrack.read.limits import limits\n"
        "from plantrack.read.sandbox import give_up\n"
        "give_up(limits())\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try: pathlib.Path(sys.argv[1]).write_bytes(b'x'); print(json.dumps('written'))\n"
        "except OSError as e: print(json.dumps(e.strerror))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "x")], capture_output=True, check=True
    )
    assert json.loads(done.stdout) == "File too large"
