"""The commands for a workspace's database: backup, restore, export, import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plantrack.cli.desk import HERE, Where, workspace
from plantrack.cli.output import say
from plantrack.errors import OutputError

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file. 文件。")]
db = typer.Typer(
    no_args_is_help=True,
    help="Back up, restore, export and import the database. 数据库备份、恢复、导出与导入。",
)


@db.command()
def backup(file: File, where: Where = HERE) -> None:
    """Write a consistent copy of the database, also while a job is running. 备份数据库。"""
    from plantrack.job.session import World, opened

    with opened(workspace(where), World()) as store:
        store.backup(file)


@db.command()
def restore(
    file: File,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Also over a database with data in it. 覆盖已有数据。"),
    ] = False,
    where: Where = HERE,
) -> None:
    """Put a backup in the place of the database. 从备份恢复数据库。"""
    from plantrack.job.session import utc_now
    from plantrack.store import Store

    found = workspace(where)
    Store.restore(found.database(), file, now=utc_now, replace=replace).close()


@db.command("export")
def export_lines(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write there instead. 写入该文件。"),
    ] = None,
    where: Where = HERE,
) -> None:
    """Write all that the database holds as JSON Lines. 将数据库导出为 JSON Lines。"""
    import sys

    from plantrack.job.session import World, opened

    with opened(workspace(where), World()) as store:
        if out is None:
            rows = store.export(sys.stdout)
        else:
            try:
                with out.open("w", encoding="utf-8", newline="\n") as file:
                    rows = store.export(file)
            except OSError as error:
                found = f"cannot be written ({error.strerror})"
                raise OutputError(str(out), found, "Make room, or name another file.") from error
    say(f"{rows} rows.")


@db.command("import")
def import_lines(file: File, where: Where = HERE) -> None:
    """Read an export into an empty database. 将导出文件导入空数据库。"""
    restore(file, False, where)
