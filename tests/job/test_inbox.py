"""The inbox: what may be read, what identifies it, where it goes."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from plantrack.errors import OutputError, ReadError
from plantrack.job.inbox import (
    deposit,
    digest,
    free_place,
    give_reason,
    inbox_rules,
    move,
    scan,
)

OLD = 1_600_000_000


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, text: str = "2025年", *, at: float | None = OLD) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if at is not None:
        os.utime(path, (at, at))
    return path


def never(_: float) -> None:
    raise AssertionError("nothing to wait for")


def test_files_come_in_the_order_of_their_names_from_folders_too(inbox):
    for name in ("b.txt", "a/z.txt", "a.txt", "报告.txt"):
        put(inbox, name)
    assert [f.name for f in scan(inbox, 1, never).files] == [
        "a.txt",
        "a/z.txt",
        "b.txt",
        "报告.txt",
    ]


@pytest.mark.parametrize(
    "name", [".hidden", "x.part", "X.TMP", "~$x.docx", "x.txt~", "a.crdownload", "Thumbs.db"]
)
def test_names_of_unfinished_files_are_left(inbox, name):
    path = put(inbox, name)
    found = scan(inbox, 1, never)
    assert found.files == ()
    assert path.exists()


def test_a_file_that_grows_while_it_is_looked_at_is_left_for_the_next_pass(inbox):
    path = put(inbox, "slow.txt", at=None)
    put(inbox, "done.txt", at=None)

    def write_on(_: float) -> None:
        with path.open("a", encoding="utf-8") as file:
            file.write("更多")

    found = scan(inbox, 60, write_on)
    assert [f.name for f in found.files] == ["done.txt"]
    assert found.unfinished == ("slow.txt",)
    again = scan(inbox, 60, lambda _: None)
    assert [f.name for f in again.files] == ["done.txt", "slow.txt"]


def test_a_file_that_is_taken_away_meanwhile_is_forgotten(inbox):
    path = put(inbox, "gone.txt", at=None)
    assert scan(inbox, 60, lambda _: path.unlink()) == ((), ())


def test_a_time_stamp_from_the_future_is_no_reason_to_wait_for_ever(inbox):
    put(inbox, "future.txt", at=4_000_000_000)
    assert [f.name for f in scan(inbox, 60, never).files] == ["future.txt"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_and_pipes_are_refused_and_not_followed(inbox, tmp_path):
    secret = put(tmp_path, "secret.txt")
    outside = tmp_path / "outside"
    put(outside, "x.txt")
    (inbox / "link.txt").symlink_to(secret)
    (inbox / "folder").symlink_to(outside, target_is_directory=True)
    os.mkfifo(inbox / "pipe")
    (inbox / "dangling").symlink_to(tmp_path / "nothing")
    found = {f.name: f.refused for f in scan(inbox, 0, never).files}
    assert set(found) == {"link.txt", "folder", "pipe", "dangling"}
    assert all(found.values())
    for name in ("link.txt", "pipe"):
        with pytest.raises(ReadError):
            digest(inbox / name)


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_name_that_cannot_be_shown_is_refused(inbox):
    put(inbox, "a\nb.txt")
    assert [f.refused for f in scan(inbox, 0, never).files] == [
        "its name holds characters that cannot be shown"
    ]


def test_folders_in_folders_have_an_end(inbox):
    deepest = "/".join("d" * (inbox_rules().depth + 1))
    put(inbox, f"{deepest}/x.txt")
    [found] = scan(inbox, 0, never).files
    assert found.name == deepest
    assert "deeper" in found.refused


def test_a_file_is_known_by_its_content(inbox):
    path = put(inbox, "a.txt", "重庆")
    assert digest(path) == digest(put(inbox, "b.txt", "重庆"))
    assert digest(path) == hashlib.sha256("重庆".encode()).hexdigest()
    with pytest.raises(ReadError, match="more than the 3 that are read"):
        digest(path, 3)
    with pytest.raises(FileNotFoundError):
        digest(inbox / "no.txt")


def test_nothing_is_overwritten_where_files_are_put_away(inbox, tmp_path):
    done = tmp_path / "processed"
    texts = []
    for number in range(4):
        path = put(inbox, "x/a.txt", f"{number}")
        texts.append(free_place(done, "x/a.txt", "0123456789abcdef"))
        move(path, texts[-1], inbox)
    assert [p.relative_to(done).as_posix() for p in texts] == [
        "x/a.txt",
        "x/a-0123456789ab.txt",
        "x/a-0123456789ab-2.txt",
        "x/a-0123456789ab-3.txt",
    ]
    assert [p.read_text("utf-8") for p in texts] == ["0", "1", "2", "3"]
    assert list(inbox.iterdir()) == []


def test_the_reason_stands_beside_the_file(inbox, tmp_path):
    place = free_place(tmp_path / "quarantine", "a.txt", "0")
    assert give_reason(place, "why\n").read_text("utf-8") == "why\n"
    move(put(inbox, "a.txt"), place, inbox)
    assert sorted(p.name for p in (tmp_path / "quarantine").iterdir()) == [
        "a.txt",
        "a.txt.reason.txt",
    ]


def test_a_file_that_cannot_be_moved_stays_and_says_so(inbox, tmp_path):
    path = put(inbox, "a.txt")
    blocked = put(tmp_path, "processed")
    with pytest.raises(OutputError, match="the next pass goes on"):
        move(path, free_place(blocked, "a.txt", "0"), inbox)
    with pytest.raises(OutputError, match="the next pass goes on"):
        give_reason(blocked / "a.txt", "why")
    assert path.exists()
    assert inbox.exists()


def test_a_copy_is_put_into_the_inbox_whole_and_beside_what_is_there(inbox, tmp_path):
    report = put(tmp_path, "报告.txt", "2025年")
    first = deposit(report, inbox)
    report.write_text("2026年", encoding="utf-8")
    second = deposit(report, inbox)
    assert first == inbox / "报告.txt"
    assert [p.read_text("utf-8") for p in (first, second)] == ["2025年", "2026年"]
    assert {p.name for p in inbox.iterdir()} == {first.name, second.name}
    with pytest.raises(FileNotFoundError):
        deposit(tmp_path / "no.txt", inbox)


def test_an_inbox_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ReadError, match="inbox"):
        scan(tmp_path / "no", 0, never)
