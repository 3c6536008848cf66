"""Sinks: the log, a file, and what an Apprise URL leads to (a real server on this machine)."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from plantrack.errors import UsageError
from plantrack.job.notices import Message
from plantrack.job.sinks import AppriseSink, FileSink, UndeliveredError, sinks
from plantrack.job.workspace import Workspace, init

AT = datetime(2026, 3, 1, 2, tzinfo=UTC)
SAID = Message("2项变化", "规划甲\n▼ 地区生产总值")


class Server:
    """Takes JSON posts and answers with `code`."""

    def __init__(self) -> None:
        self.got: list[dict[str, str]] = []
        self.code = 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if outer.code == 200:
                    outer.got.append(json.loads(body))
                self.send_response(outer.code)
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"json://user:hunter2@127.0.0.1:{self._server.server_port}/hook"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server():
    made = Server()
    yield made
    made.close()


def told(workspace: Workspace, **changes: object) -> Workspace:
    settings = workspace.settings
    notify = settings.notify.model_copy(update=changes)
    return Workspace(workspace.root, settings.model_copy(update={"notify": notify}))


def test_a_webhook_gets_title_and_body(server):
    AppriseSink(server.url, "json-1", 5).send(SAID, AT)
    [got] = server.got
    assert (got["title"], got["message"]) == SAID


@pytest.mark.parametrize("broken", ["code", "gone", "scheme"])
def test_what_fails_says_so_without_the_address(server, broken):
    url = "nosuch://user:hunter2@127.0.0.1" if broken == "scheme" else server.url
    server.code = 500
    if broken == "gone":
        url = "json://user:hunter2@127.0.0.1:9/"
    with pytest.raises(UndeliveredError) as caught:
        AppriseSink(url, "json-1", 5).send(SAID, AT)
    assert "hunter2" not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)
    assert "json-1" in str(caught.value)
    assert "hunter2" not in repr(AppriseSink(url, "json-1", 5))


def test_the_file_grows(tmp_path):
    sink = FileSink(tmp_path / "notices.txt")
    sink.send(SAID, AT)
    sink.send(SAID, AT)
    line = "2026-03-01T02:00:00+00:00 2项变化\n规划甲\n▼ 地区生产总值\n\n"
    assert (tmp_path / "notices.txt").read_text("utf-8") == line * 2
    with pytest.raises(UndeliveredError, match="cannot be written"):
        FileSink(tmp_path).send(SAID, AT)


def test_log_and_file_are_there_by_default_and_urls_come_from_the_environment(
    tmp_path, monkeypatch
):
    workspace = init(tmp_path / "w")
    assert [s.name for s in sinks(workspace)] == ["log", "file"]
    monkeypatch.setenv("HOOKS", "json://localhost/a mailto://user:pw@example.org")
    more = told(workspace, urls_env="HOOKS", file="", log=False)
    assert [s.name for s in sinks(more)] == ["json-1", "mailto-2"]
    monkeypatch.delenv("HOOKS")
    with pytest.raises(UsageError, match="HOOKS"):
        sinks(more)
