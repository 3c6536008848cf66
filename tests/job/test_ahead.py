"""What is asked ahead and what becomes of the answers; the process that answers is played here."""

from __future__ import annotations

import os
from collections import deque
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from plantrack.errors import ReadError
from plantrack.job import ahead
from plantrack.job.ahead import AHEAD, reading_ahead
from plantrack.job.reader import Answer, Kind, Wanted, versions
from plantrack.job.reading import Extracted
from plantrack.job.workspace import Workspace
from plantrack.model import Document
from plantrack.read.sandbox import packed
from tests.job.conftest import Desk

REFUSED = ReadError("3", "it is empty", "Put in another.")


def wanted(content: str) -> Wanted:
    """A file whose name and hash are its content."""
    return Wanted(Path(content), content, content)


def document(content: str) -> Answer:
    found = Extracted(document=Document(name=content, text="", sha256=content), figures=())
    return Answer(Kind.DOCUMENT, found.model_dump_json().encode())


class Player:
    """Answers at once: what `says` has for a name, else a document of that name."""

    made: list[Player]
    says: dict[str, Answer]
    number = 7

    def __init__(self, workspace: Workspace) -> None:
        self.asked: list[str] = []
        self.closed = 0
        self.waiting: deque[Answer] = deque()
        self.most = 0
        first = Answer(Kind.READY, versions(workspace))
        self.waiting.append(self.says.get("ready", first))
        self.made.append(self)

    def ask(self, one: Wanted) -> None:
        self.asked.append(one.name)
        self.waiting.append(self.says.get(one.name, document(one.sha256)))
        self.most = max(self.most, len(self.waiting))

    def answer(self, patience: float | None = None) -> Answer | None:
        if self.waiting[0].kind is Kind.LOST:
            return self.waiting[0]
        return self.waiting.popleft()

    def close(self) -> int:
        self.closed += 1
        return -9


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> type[Player]:
    """The player in the place of the process, which is started with the first file."""
    Player.made, Player.says = [], {}
    rules = ahead.inbox_rules().model_copy(update={"alone": 0.0})
    monkeypatch.setattr(ahead, "inbox_rules", lambda: rules)
    monkeypatch.setattr(ahead, "cores", lambda: 2)
    monkeypatch.setattr(ahead, "Reader", Player)
    return Player


@pytest.fixture
def workspace(desk: Desk) -> Workspace:
    desk.settle(ahead=True)
    return desk.workspace


def taken(workspace: Workspace, contents: str) -> str:
    """Which contents were read ahead, in capitals, and which in turn."""
    out = ""
    with reading_ahead(workspace) as line:
        for content in line.each(contents, wanted):
            found = line.extracted(wanted(content))
            out += content if found is None else found.document.name.upper()
    return out


def test_all_but_the_first_are_read_ahead_in_their_order(workspace, player):
    assert taken(workspace, "abcdefgh") == "aBCDEFGH"
    [only] = player.made
    assert only.asked == list("bcdefgh")
    assert only.most == 1 + AHEAD  # the file in hand and those behind it
    assert only.closed == 1


def test_one_content_is_asked_for_once_while_it_is_under_way(workspace, player):
    assert taken(workspace, "abbbc") == "aBbbC"
    [only] = player.made
    assert only.asked == list("bc")


def test_what_nobody_wanted_in_the_end_is_thrown_away(workspace, player):
    with reading_ahead(workspace) as line:
        found = [
            content if content in "cd" else line.extracted(wanted(content))
            for content in line.each("abcdef", wanted)
        ]
    names = [one.document.name for one in found[4:]]
    assert (found[0], found[1].document.name, found[2:4], names) == (
        None,
        "b",
        ["c", "d"],
        ["e", "f"],
    )


def test_another_content_than_was_asked_for_is_read_in_turn(workspace, player):
    with reading_ahead(workspace) as line:
        places = line.each("abcd", wanted)
        next(places)
        next(places)
        assert line.extracted(wanted("b")._replace(sha256="other")) is None
        next(places)
        assert line.extracted(wanted("c")).document.name == "c"


def test_a_file_that_was_another_while_it_was_read_is_read_in_turn(workspace, player):
    player.says = {"b": document("other")}
    assert taken(workspace, "abc") == "abC"


def test_what_is_nothing_to_read_is_not_asked_for(workspace, player):
    with reading_ahead(workspace) as line:
        for content in line.each("abcd", lambda c: None if c == "c" else wanted(c)):
            assert (line.extracted(wanted(content)) is None) == (content in "ac")
    assert player.made[0].asked == ["b", "d"]


def test_the_error_that_was_met_is_raised_in_turn(workspace, player):
    player.says = {"b": Answer(Kind.ERROR, packed(REFUSED))}
    with reading_ahead(workspace) as line:
        places = line.each("abc", wanted)
        next(places)
        next(places)
        with pytest.raises(ReadError) as met:
            line.extracted(wanted("b"))
        assert (str(met.value), met.value.facts) == (str(REFUSED), REFUSED.facts)
        next(places)
        assert line.extracted(wanted("c")) is not None


@pytest.mark.parametrize("answer", [Answer(Kind.MISTAKE), Answer(Kind.DOCUMENT, b"{}")])
def test_a_mistake_of_ours_is_left_to_who_reads_in_turn(workspace, player, answer):
    player.says = {"c": answer}
    assert taken(workspace, "abcd") == "aBcD"


def test_after_the_process_was_lost_all_is_read_in_turn(workspace, player):
    player.says = {"d": Answer(Kind.LOST)}
    with capture_logs() as logs:
        assert taken(workspace, "abcdef") == "aBCdef"
    [only] = player.made
    assert only.closed == 1
    [warning] = [one for one in logs if one["log_level"] == "warning"]
    assert (warning["code"], "want of memory" in warning["reason"]) == (-9, True)


@pytest.mark.parametrize(
    "first", [Answer(Kind.LOST), Answer(Kind.READY, b'["plantrack 0.0.9", "other"]')]
)
def test_one_that_does_not_start_or_reads_otherwise_is_of_no_use(workspace, player, first):
    player.says = {"ready": first}
    with capture_logs() as logs:
        assert taken(workspace, "abc") == "abc"
    assert (player.made[0].asked, player.made[0].closed) == ([], 1)
    assert [one["log_level"] for one in logs] == ["warning"]


def test_one_that_is_not_ready_yet_is_not_waited_for(workspace, player, monkeypatch):
    late, answer = iter("12"), Player.answer
    monkeypatch.setattr(
        Player,
        "answer",
        lambda self, patience=None: None if next(late, None) else answer(self),
    )
    assert taken(workspace, "abcdef") == "abcDEF"


def test_where_no_process_can_be_started_all_is_read_in_turn(workspace, player, monkeypatch):
    def refuse(_: Workspace) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(ahead, "Reader", refuse)
    with capture_logs() as logs:
        assert taken(workspace, "abc") == "abc"
    assert [one["log_level"] for one in logs] == ["warning"]


@pytest.mark.parametrize(
    ("wish", "there", "alone"), [(False, 2, 0.0), (True, 1, 0.0), (True, 2, 3600.0)]
)
def test_none_is_started_against_the_settings_on_one_core_or_for_a_short_pass(
    desk, player, monkeypatch, wish, there, alone
):
    rules = ahead.inbox_rules().model_copy(update={"alone": alone})
    monkeypatch.setattr(ahead, "inbox_rules", lambda: rules)
    monkeypatch.setattr(ahead, "cores", lambda: there)
    desk.settle(ahead=wish)
    assert taken(desk.workspace, "abcdef") == "abcdef"
    assert player.made == []


def test_it_ends_with_the_block_however_that_ends(workspace, player):
    def broken() -> None:
        with reading_ahead(workspace) as line:
            next(line.each("abc", wanted))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken()
    assert player.made[0].closed == 1


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "地区生产总值", True),
        ("b.txt", "地区生产总值增长", False),  # a byte and more too large
        ("c.csv", "指标,单位", True),
        ("d.csv", "indicator,unit", False),  # values, read in no time
        ("e.yaml", "series: []", False),
    ],
)
def test_reports_of_a_bearable_size_are_read_ahead(tmp_path, monkeypatch, name, content, expected):
    rules = ahead.inbox_rules().model_copy(update={"ahead": 18})
    monkeypatch.setattr(ahead, "inbox_rules", lambda: rules)
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert ahead.fit(path) is expected


def test_cores_are_those_this_process_may_use():
    assert 1 <= ahead.cores() <= (os.cpu_count() or 1)
