"""What `plantrack figures --explain START` does: one number of one file, told in full."""

from __future__ import annotations

from pathlib import Path

from plantrack.cli.output import Output
from plantrack.errors import UsageError


def explain_number(
    files: list[Path],
    start: int,
    out: Path | None,
    *,
    as_json: bool,
    pages: tuple[Path, ...] = (),
    sandbox: bool = False,
) -> None:
    """Print how the number at `start` of a file, with its further pages, was read.

    UsageError where there are several files, or no number at that place; ReadError where the
    file cannot be read.
    """
    from plantrack import flow
    from plantrack.show.tracing import trace_record, trace_table

    if len(files) != 1:
        raise UsageError(
            f"--explain tells of one number of one FILE, found {len(files)} files. Name one."
        )
    with Output(out, [*files, *pages]) as output:
        document = flow.read(files[0], *pages, sandbox=sandbox)
        trace = flow.explain(document, start)
        if as_json:
            output.record(trace_record(trace))
        else:
            output.show(trace_table(trace, document.text))
