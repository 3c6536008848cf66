"""`plantrack read` on real files of every format, as text and as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli.test_commands import one_paragraph, records, run
from read.makers import MAKERS, Grid, Head, write

TABLE = Grid(
    "专栏1 “十四五”主要指标",
    [
        [Head("序号", 2), Head("指标", 2), Head("数值", 1, 2), Head("属性", 2)],
        ["2020年", "2025年"],
        ["1", "粮食产量（万吨）", "120", "125", "约束性"],
        ["2", "森林覆盖率（%）", "45", "48", "预期性"],
        ["3", "常住人口城镇化率（%）", "50", "55", "预期性"],
    ],
    ["注：数据为初步统计数。"],
)
PLAN = [
    "青溪县国民经济和社会发展第十四个五年规划",
    "第一章 发展基础",
    "2020年，全县地区生产总值达到210亿元，增长5.3%。",
    "第二章 主要目标",
    "到2025年，高新技术企业达到50家以上。",
    TABLE,
]
WHERE = {"csv": "单元格A6", "pdf": "第1页", "xlsx": "工作表“指标”，单元格A6"}


@pytest.mark.parametrize("suffix", sorted(MAKERS))
def test_every_format_is_understood_alike(suffix: str, tmp_path: Path) -> None:
    path = write(tmp_path, PLAN, suffix)
    (record,) = records(run("read", str(path), "--json"))
    assert record["doc"] == str(path)
    assert (record["title"], record["kind"]) == (PLAN[0], "plan")
    assert record["region"]["name"] == "青溪县"
    assert (record["planned"], record["reviewed"]) == ("2021/2025", "2016/2020")
    assert [s["title"] for s in record["outline"]][:2] == ["发展基础", "主要目标"]
    assert [s["outlook"] for s in record["outline"]][:2] == ["review", "plan"]
    (table,) = record["tables"]
    assert table["title"] == TABLE.title
    assert (table["rows"], table["columns"], table["indicators"]) == (5, 5, 3)
    assert table["notes"] == list(TABLE.notes)
    assert table["place"] == WHERE.get(suffix)
    assert record["figures"] == {"total": 9, "actual": 5, "target": 4}
    assert record["conflicts"] == []
    # what the page is furnished with stands in the record, and nothing was read from it
    assert ("首页" in record["left_out"]) == (suffix == "html")
    assert ("— 1 —" in record["left_out"]) == (suffix == "pdf")


def test_the_text_for_people_is_in_both_languages(tmp_path: Path) -> None:
    path = write(tmp_path, PLAN, "xlsx")
    result = run("read", str(path))
    assert result.exit_code == 0
    for piece in (
        f"文件 File：{path}", "类型 Kind：规划 plan", "地区 Region：青溪县",
        "规划期 Planned：2021/2025", "回顾期 Reviewed：2016/2020",
        "大纲 Outline · 3", "发展基础  [回顾 review]",
        "表 Tables · 1", "5×5 · 指标 indicators 3 · 工作表“指标”，单元格A6",
        "数据 Figures · 9  (actual 5 · target 4)",
    ):  # fmt: skip
        assert piece in result.stdout


def test_the_sandbox_and_a_file_give_the_same(tmp_path: Path) -> None:
    path, out = write(tmp_path, PLAN, "docx"), tmp_path / "understood.json"
    (plain,) = records(run("read", str(path), "--json"))
    assert run("read", str(path), "--json", "--sandbox", "--out", str(out)).exit_code == 0
    assert json.loads(out.read_text("utf-8")) == plain


def test_pages_of_one_web_page_are_one_document(tmp_path: Path) -> None:
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    first.write_bytes(MAKERS["html"](PLAN[:3]))
    second.write_bytes(MAKERS["html"]([PLAN[0], *PLAN[3:]]))
    (record,) = records(run("read", str(first), str(second), "--pages", "--json"))
    assert record["figures"]["total"] == 9
    assert record["tables"][0]["place"] == "第2页"
    assert "--pages needs at least two files" in one_paragraph(run("read", str(first), "--pages"))


def test_an_unreadable_file_among_others_is_named_and_told_what_to_do(tmp_path: Path) -> None:
    old = tmp_path / "旧.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    result = run("read", str(old), str(write(tmp_path, PLAN, "txt")), "--json")
    assert result.exit_code == 3
    assert [r["title"] for r in records(result)] == [PLAN[0]]
    assert "save it as .docx" in result.stderr
    assert run("read", str(old)).exit_code == 2


# What each format needs beside a plain installation: the module that is missing, and its extra.
NEEDED = {"docx": ("lxml", "word"), "html": ("selectolax", "html"), "pdf": ("pypdfium2", "pdf"), "xlsx": ("python_calamine", "sheet")}  # fmt: skip
PLAIN = """
import sys
for module in ("lxml", "docx", "selectolax", "pypdfium2", "pdfplumber", "python_calamine"):
    sys.modules[module] = None  # as if it were not installed
from plantrack.cli.main import run
run()
"""


@pytest.mark.parametrize("suffix", sorted(NEEDED))
def test_without_its_extra_a_format_names_it_and_the_command(suffix: str, tmp_path: Path) -> None:
    path = write(tmp_path, PLAN, suffix)
    done = subprocess.run(
        [sys.executable, "-c", PLAIN, "read", str(path)],
        capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    extra = NEEDED[suffix][1]
    assert done.returncode == 2
    assert done.stdout == ""
    assert f"needs the extra '{extra}'" in done.stderr
    assert f"pip install 'plantrack[{extra}]'" in done.stderr
