"""Publishing: file by file, nothing foreign touched, nothing half written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plantrack.errors import OutputError, ReadError
from plantrack.show.site import RUNS_FILE, earlier_runs, publish
from plantrack.show.site.folder import LIST_FILE, listed

ONE = {"targets/a.html": b"a", "index.html": b"1"}
TWO = {"targets/b.html": b"b", "index.html": b"2"}


def contents(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and p.name != LIST_FILE
    }


def test_a_site_is_written_and_replaced_as_a_whole(tmp_path):
    folder = tmp_path / "new" / "site"
    publish(ONE, folder)
    assert contents(folder) == ONE
    publish(TWO, folder)
    assert contents(folder) == TWO
    assert listed(folder) == set(TWO)


def test_what_is_the_same_already_is_left_alone(tmp_path):
    publish(ONE, tmp_path)
    os.utime(tmp_path / "targets/a.html", (1, 1))
    publish(ONE | {"index.html": b"new"}, tmp_path)
    assert (tmp_path / "targets/a.html").stat().st_mtime == 1


def test_folders_that_are_empty_afterwards_go(tmp_path):
    publish(ONE, tmp_path)
    publish({"index.html": b""}, tmp_path)
    assert not (tmp_path / "targets").exists()


@pytest.mark.parametrize("name", ["notes.txt", "targets/mine.html", ".hidden"])
def test_a_folder_with_anything_foreign_is_refused_and_untouched(tmp_path, name):
    publish(ONE, tmp_path)
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(OutputError, match="no part of a site"):
        publish(TWO, tmp_path)
    assert contents(tmp_path) == ONE | {name: b"mine"}


def test_a_folder_that_never_held_a_site_is_refused(tmp_path):
    (tmp_path / "index.html").write_bytes(b"mine")
    with pytest.raises(OutputError, match=r"'index\.html'"):
        publish(ONE, tmp_path)
    assert contents(tmp_path) == {"index.html": b"mine"}


def test_links_are_never_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.html").write_bytes(b"theirs")
    folder = tmp_path / "site"
    publish({"index.html": b"1"}, folder)
    (folder / "targets").symlink_to(outside)
    with pytest.raises(OutputError, match="'targets'"):
        publish(ONE, folder)
    assert (outside / "a.html").read_bytes() == b"theirs"


def test_a_list_that_names_places_outside_is_not_believed(tmp_path):
    outside = tmp_path / "precious.html"
    outside.write_bytes(b"theirs")
    folder = tmp_path / "site"
    publish(ONE, folder)
    names = '{"files": ["../precious.html", "/etc/passwd", "targets/a.html", "index.html"]}'
    (folder / LIST_FILE).write_text(names)
    publish(TWO, folder)
    assert outside.read_bytes() == b"theirs"
    assert contents(folder) == TWO


def test_a_broken_list_is_an_error_that_says_so(tmp_path):
    publish(ONE, tmp_path)
    (tmp_path / LIST_FILE).write_text("{")
    with pytest.raises(OutputError, match=LIST_FILE):
        publish(TWO, tmp_path)


def test_a_run_that_broke_off_is_cleared_away_by_the_next(tmp_path, monkeypatch):
    publish(ONE, tmp_path)
    real = Path.replace

    def broken(path: Path, target: Path) -> Path:
        if target.name == "index.html":
            raise OSError(28, "No space left on device")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", broken)
    with pytest.raises(OutputError, match="No space left"):
        publish(TWO, tmp_path)
    assert (tmp_path / "index.html").read_bytes() == b"1"
    assert (tmp_path / "targets/a.html").exists()  # old links still lead somewhere
    monkeypatch.undo()
    publish(TWO, tmp_path)
    assert contents(tmp_path) == TWO


def test_a_file_in_the_way_is_an_error_that_says_so(tmp_path):
    (tmp_path / "site").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        publish(ONE, tmp_path / "site")


def test_earlier_runs_come_back(site, tmp_path):
    runs = earlier_runs(site)
    assert [past.as_of.year for past in runs["jiulongpo-13"]] == [2019, 2020]
    assert earlier_runs(tmp_path / "nothing") == {}


def test_runs_that_cannot_be_read_are_an_error_that_says_what_to_do(tmp_path):
    (tmp_path / RUNS_FILE).write_text('{"runs": {"a": [{"as_of": "soon"}]}}')
    with pytest.raises(ReadError, match="Delete it to begin a new history"):
        earlier_runs(tmp_path)
