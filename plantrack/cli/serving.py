"""A site served to this machine's own browser: read only, on loopback, with news of each new pass.

Only files that the site's own list names are given out, whatever is asked for; so no path leads
out of the folder. Requests under a foreign host name are refused: a page from elsewhere cannot
read the board through a name that it points at this machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from plantrack.errors import OutputError, ReadError
from plantrack.show.site.folder import LIST_FILE, listed

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
_HOSTS = ("127.0.0.1", "localhost")
_SILENCE = 30  # seconds after which a connection that says nothing is closed
_QUIET = b"connect-src 'none'"
_LIVE = b"connect-src 'self'"  # lets the page ask this server, and nobody else, for a new edition


@contextmanager
def serving(folder: Path, port: int) -> Iterator[ThreadingHTTPServer]:
    """A server for the site in `folder`, listening on 127.0.0.1 but not yet answering.

    ReadError where no site lies there; OutputError where the port cannot be had.
    """
    if not (folder / LIST_FILE).is_file():
        hint = "Write one with: plantrack board --out FOLDER"
        raise ReadError(str(folder), "no site lies there", hint)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Handler, folder=folder))
    except OSError as error:
        found = f"it cannot be listened on ({error.strerror or error})"
        hint = "Name another port with --port; 0 takes a free one."
        raise OutputError(f"port {port}", found, hint) from error
    server.daemon_threads = True
    with server:
        yield server


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD; everything else is refused by the base class."""

    server_version = "plantrack"
    sys_version = ""
    timeout = _SILENCE

    def __init__(self, *request: Any, folder: Path) -> None:  # noqa: ANN401  a socket's own types
        self.folder = folder
        super().__init__(*request)

    def handle(self) -> None:
        """Answer, or stop without a word where the reader has gone."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, *_: object) -> None:
        """Nothing: who reads what is nobody's business."""

    def _answer(self, *, with_body: bool) -> None:
        if not self._is_for_us():
            return self._refuse(HTTPStatus.FORBIDDEN)
        name = self._name()
        content = None if name is None else self._content(name)
        if name is None or content is None:
            return self._refuse(HTTPStatus.NOT_FOUND)
        return self._send(HTTPStatus.OK, _TYPES[PurePosixPath(name).suffix], content, with_body)

    def _is_for_us(self) -> bool:
        hosts = self.headers.get_all("Host") or []
        port = self.connection.getsockname()[1]
        return len(hosts) == 1 and hosts[0].lower() in {f"{host}:{port}" for host in _HOSTS}

    def _name(self) -> str | None:
        """The file that is asked for, if the site has it."""
        try:
            name = unquote(urlsplit(self.path).path, errors="strict").removeprefix("/")
        except ValueError:
            return None
        name = name or "index.html"
        try:
            return name if name in listed(self.folder) else None
        except OutputError:  # the list is broken: nothing is given out
            return None

    def _content(self, name: str) -> bytes | None:
        path, home = self.folder / name, self.folder.resolve()
        if path.resolve() != home / name:  # a link, put there by somebody else
            return None
        try:
            content = path.read_bytes()
        except OSError:
            return None
        return content.replace(_QUIET, _LIVE, 1) if path.suffix == ".html" else content

    def _refuse(self, status: HTTPStatus) -> None:
        body = json.dumps({"status": status.value, "found": status.phrase}).encode()
        self._send(status, _TYPES[".json"], body, with_body=self.command != "HEAD")

    def _send(self, status: HTTPStatus, kind: str, body: bytes, with_body: bool) -> None:
        self.send_response(status)
        for header, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
        }.items():
            self.send_header(header, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)
