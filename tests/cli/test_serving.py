"""The site on loopback: read only, nothing but its own files, and new pages after a pass."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

from plantrack import flow
from plantrack.cli.main import app
from plantrack.cli.serving import serving
from plantrack.datafile import seeds_path
from plantrack.errors import OutputError, ReadError
from plantrack.show.site import VERSION_FILE, Story, publish, site_files


def files_as_of(year: int) -> dict[str, bytes]:
    plan = flow.read_plan(seeds_path("plans", "jiulongpo-13.yaml"))
    return site_files([Story(flow.assess(plan, (), as_of=year))])


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return files_as_of(2019)


@pytest.fixture
def folder(files, tmp_path: Path) -> Path:
    site = tmp_path / "site"
    publish(files, site)
    (tmp_path / "secret.txt").write_text("secret")
    return site


@pytest.fixture
def server(folder: Path) -> Iterator[ThreadingHTTPServer]:
    with serving(folder, 0) as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def ask(server, path: str, method: str = "GET", host: str | None = None, body: bytes | None = None):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    headers = {"Host": host or f"127.0.0.1:{server.server_port}"}
    connection.request(method, path, body=body, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def test_pages_come_with_their_types_and_may_not_be_sniffed_framed_or_kept(server):
    kinds = {
        "/": "text/html; charset=utf-8",
        "/targets/jiulongpo-13/investment.html?lang=en": "text/html; charset=utf-8",
        "/runs.json": "application/json",
        f"/{VERSION_FILE}": "text/plain; charset=utf-8",
    }
    for path, kind in kinds.items():
        answer, content = ask(server, path)
        assert (answer.status, answer.getheader("Content-Type")) == (200, kind)
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Cache-Control") == "no-store"
        assert answer.getheader("Content-Security-Policy") == "frame-ancestors 'none'"
        assert len(content) == int(answer.getheader("Content-Length"))


def test_only_a_served_page_may_ask_for_news(server, files):
    _, page = ask(server, "/index.html")
    assert b"connect-src 'self'" in page
    assert b"connect-src 'none'" in files["index.html"]
    assert page.replace(b"connect-src 'self'", b"connect-src 'none'", 1) == files["index.html"]


def test_head_gives_no_body(server):
    answer, content = ask(server, "/index.html", "HEAD")
    assert (answer.status, content) == (200, b"")
    assert int(answer.getheader("Content-Length")) > 1000


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/targets/../../secret.txt",
        "//secret.txt",
        "/..\\secret.txt",
        "/%00",
        "/index.html%00.txt",
        "/%ff",
        "/targets",
        "/targets/",
        "/plantrack-site.json",
        "/./index.html",
        "/INDEX.HTML",
        "http://[",
        "*",
    ],
)
def test_nothing_but_the_sites_own_files_is_given_out(server, path):
    answer, content = ask(server, path)
    assert answer.status in (400, 404)
    assert b"secret" not in content


def test_a_link_out_of_the_folder_is_not_followed(server, folder):
    (folder / "flags.html").unlink()
    (folder / "flags.html").symlink_to(folder.parent / "secret.txt")
    answer, content = ask(server, "/flags.html")
    assert (answer.status, b"secret" in content) == (404, False)
    targets = folder / "targets"
    targets.rename(folder.parent / "elsewhere")
    targets.symlink_to(folder.parent / "elsewhere")
    assert ask(server, "/targets/jiulongpo-13/investment.html")[0].status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_can_be_written(server, folder, files, method):
    answer, _ = ask(server, "/index.html", method, body=b"x" * 100)
    assert answer.status == 501
    assert (folder / "index.html").read_bytes() == files["index.html"]


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", "127.0.0.1:{port}.evil"],
)
def test_a_foreign_host_name_is_refused(server, host):
    answer, content = ask(server, "/", host=host.format(port=server.server_port))
    assert answer.status == 403
    assert b"<html" not in content


def test_localhost_is_at_home(server):
    assert ask(server, "/", host=f"LOCALHOST:{server.server_port}")[0].status == 200


def test_a_request_without_a_host_or_with_two_is_refused(server):
    for headers in (b"", f"Host: 127.0.0.1:{server.server_port}\r\nHost: evil\r\n".encode()):
        with socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as line:
            line.sendall(b"GET / HTTP/1.1\r\n" + headers + b"\r\n")
            assert b" 403 " in line.recv(200)


def test_it_listens_on_loopback_only(server):
    assert server.server_address[0] == "127.0.0.1"


def test_a_site_whose_list_is_broken_gives_out_nothing(server, folder):
    (folder / "plantrack-site.json").write_text("{")
    assert ask(server, "/")[0].status == 404


def test_an_open_page_shows_the_next_pass_by_itself(server, folder, chromium):
    page = chromium.new_page()
    troubles = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(f"http://127.0.0.1:{server.server_port}/targets/jiulongpo-13/investment.html")
    run = page.locator(".history b")
    expect(run).to_have_text("2019")
    publish(files_as_of(2020), folder)
    expect(run).to_have_text("2020")
    assert troubles == []
    page.close()


def test_a_folder_without_a_site_is_refused(tmp_path):
    with pytest.raises(ReadError, match="plantrack board --out"), serving(tmp_path, 0):
        pass
    result = CliRunner().invoke(app, ["serve", str(tmp_path)])
    assert result.exit_code == 2
    assert "no site lies there" in result.stderr


def test_a_port_that_is_taken_is_an_error_that_says_so(server, folder):
    with (
        pytest.raises(OutputError, match="another port with --port"),
        serving(folder, server.server_port),
    ):
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_the_command_says_where_it_is_and_ends_on_ctrl_c(folder):
    # what runs in the background of a shell is born deaf to SIGINT
    start = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from plantrack.cli.main import run; run()"
    )
    command = [sys.executable, "-c", start, "serve", str(folder), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8") as process:
        try:
            said = process.stderr.readline()
            assert "http://127.0.0.1:" in said
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=30) == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()  # or leaving the block would wait for ever
