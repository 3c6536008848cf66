"""`plantrack evaluate`: a report from files, on the screen or in a file."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from plantrack.cli.codes import ExitCode
from plantrack.cli.main import app
from plantrack.datafile import seeds_path

PLAN = str(seeds_path("plans", "jiulongpo-13.yaml"))
REPORT = str(seeds_path("reports", "jiulongpo-2020.txt"))
ARGS = ("--plan", PLAN, "--report", REPORT, "--as-of", "2020", "--kind", "final")


def run(*args: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", *args])


def test_markdown_is_printed():
    result = run(*ARGS)
    assert result.exit_code == ExitCode.DONE
    assert result.stdout.startswith(
        "# 重庆市九龙坡区“十三五”规划主要发展指标完成情况表 总结评估报告\n"
    )
    assert "| 合计 | 30 | 16 | 12 | 2 |" in result.stdout
    assert result.stdout.endswith("\n")


def test_the_ending_decides_the_format(tmp_path: Path):
    for name in ("a.md", "a.docx"):
        assert (
            run(*ARGS, "--out", str(tmp_path / name), "--language", "en").exit_code == ExitCode.DONE
        )
    assert "## 1. Summary" in (tmp_path / "a.md").read_text("utf-8")
    document = docx.Document(io.BytesIO((tmp_path / "a.docx").read_bytes()))
    assert "1. Summary" in [p.text for p in document.paragraphs]


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("a.pdf", "written as .docx or .md"),
        ("nowhere/a.docx", "cannot be written"),
        ("nowhere/a.md", "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_an_error_that_says_so(tmp_path: Path, out, said):
    result = run(*ARGS, "--out", str(tmp_path / out))
    assert result.exit_code == ExitCode.UNUSABLE
    assert said in " ".join(result.stderr.split())
