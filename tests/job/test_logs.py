"""Logs: with run and document, as JSON or for people, and never with a secret in them."""

from __future__ import annotations

import io
import json
import logging
from datetime import UTC, datetime

import pytest
import structlog

from plantrack.job.logs import LogFormat, set_up, without

SECRET = "hunter2"
URL = f"mailto://user:{SECRET}@example.org"


@pytest.fixture
def stream():
    """A stream for logs, with the process's logging put back afterwards."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def logs(form: LogFormat, stream: io.StringIO, quiet: bool = False):
    now = lambda: datetime(2026, 3, 1, 2, tzinfo=UTC)  # noqa: E731
    set_up(form, now, secrets=[URL, SECRET], stream=stream, quiet=quiet)
    return structlog.get_logger("plantrack")


def test_a_json_line_says_when_which_run_and_which_document(stream):
    log = logs(LogFormat.JSON, stream)
    with structlog.contextvars.bound_contextvars(run="r1", document="报告.txt"):
        log.info("read", figures=3)
    assert json.loads(stream.getvalue()) == {
        "event": "read",
        "level": "info",
        "at": "2026-03-01T02:00:00+00:00",
        "run": "r1",
        "document": "报告.txt",
        "figures": 3,
    }
    assert "报告" in stream.getvalue()


def test_lines_for_people_say_the_same(stream):
    log = logs(LogFormat.TEXT, stream)
    with structlog.contextvars.bound_contextvars(run="r1"):
        log.warning("in quarantine", reason="binary")
    assert "in quarantine" in stream.getvalue()
    assert "run=r1" in stream.getvalue()
    assert "2026-03-01T02:00:00+00:00" in stream.getvalue()


@pytest.mark.parametrize("form", list(LogFormat))
def test_a_secret_is_never_written(stream, form):
    log = logs(form, stream)
    log.error(f"no way to {URL}", where=[URL, {"deep": URL}], other=ValueError(URL))
    logging.getLogger("some.library").warning("cannot reach %s", URL)
    try:
        raise RuntimeError(f"refused by {URL}")
    except RuntimeError:
        log.exception("failed")
    assert SECRET not in stream.getvalue()
    assert stream.getvalue().count("***") >= 5


def test_a_quiet_log_has_warnings_only(stream):
    log = logs(LogFormat.JSON, stream, quiet=True)
    log.info("read")
    log.warning("trouble")
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == ["trouble"]


def test_what_a_document_is_called_cannot_forge_a_line(stream):
    log = logs(LogFormat.JSON, stream)
    log.info("read", document='a"\n{"event": "forged"}')
    assert len(stream.getvalue().splitlines()) == 1


def test_the_longest_secret_goes_first():
    assert without("ab abc", ["abc", "ab"]) == "*** ***"
