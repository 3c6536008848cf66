"""`plantrack read`, and the options of all commands that read documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plantrack.cli.output import Inputs, Output
from plantrack.errors import UsageError

if TYPE_CHECKING:
    from plantrack.model import Document

Sandbox = Annotated[
    bool,
    typer.Option(
        "--sandbox",
        help="Read each file in a process with limits, for files of strangers. 在受限进程中读取。",
    ),
]
Pages = Annotated[
    bool,
    typer.Option(
        "--pages",
        help="The files are the saved pages of one web page, in their order. 各文件为同一网页的分页。",
    ),
]


def gathered(files: list[Path], pages: bool) -> tuple[list[Path], tuple[Path, ...]]:
    """The files to work on, and those that are further pages of the only one."""
    return (files[:1], tuple(files[1:])) if pages else (files, ())


def read(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="Texts, web pages, Word, PDF, Excel or CSV files. 文本、网页、Word、PDF、Excel 或 CSV 文件。",
        ),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a file. 每个文件一个 JSON 对象。")
    ] = False,
    sandbox: Sandbox = False,
    pages: Pages = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write there instead. 写入该文件。"),
    ] = None,
) -> None:
    """Show what was understood of a document. 显示对文件的理解：类型、地区、时期、大纲、表格与数据数。"""
    from plantrack import flow
    from plantrack.show.understood import understood_record, understood_text

    first, more = gathered(files, pages)
    if pages and len(files) < 2:
        raise UsageError("--pages needs at least two files. Name the pages in their order.")
    inputs = Inputs(first)

    def work(path: Path) -> Document:
        return flow.read(path, *more, sandbox=sandbox)

    with Output(out, files) as output:
        for _, document in inputs.each(work, "读取 Reading"):
            figures, rows = flow.figures_and_rows(document)
            if as_json:
                output.record(understood_record(document, figures, rows))
            else:
                output.show(understood_text(document, figures, rows))
    raise typer.Exit(inputs.code)
