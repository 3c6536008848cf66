"""Notices: once a change, tried again, never in the way of a pass, and without a secret anywhere."""

from __future__ import annotations

import io
import json
import logging
from datetime import timedelta

import pytest

from plantrack.job.delivery import deliver_waiting
from plantrack.job.logs import LogFormat, set_up
from plantrack.job.settings import Gathering, Language
from plantrack.job.workspace import Workspace
from plantrack.store import MessageState, Store
from tests.job.conftest import report
from tests.job.test_sinks import Server

SLOW = report(2026, "3.40", "73.2")  # both targets lag


@pytest.fixture
def server():
    made = Server()
    yield made
    made.close()


@pytest.fixture
def told(watched, server, monkeypatch):
    """A desk that tells a webhook, in English, one message a pass."""
    monkeypatch.setenv("HOOKS", server.url)
    set_told(watched, urls_env="HOOKS", log=False, file="", language=Language.EN)
    watched.at("2027-03-01")
    return watched


def set_told(desk, **changes: object) -> None:
    settings = desk.workspace.settings
    notify = settings.notify.model_copy(update=changes)
    desk.workspace = Workspace(desk.workspace.root, settings.model_copy(update={"notify": notify}))


def outbox(desk, state=None):
    return desk.ask(lambda unit: unit.outbox.list(state))


def test_a_pass_tells_all_its_changes_in_one_message_and_once(told, server):
    told.put("a.txt", SLOW)
    summary = told.run()
    assert (summary.sent, summary.unsent) == (2, 0)
    [got] = server.got
    assert got["title"] == "plantrack: 2 changes"
    assert got["message"].count("→ lagging") + got["message"].count("→ off track") == 2
    told.run()
    deliver_waiting(told.workspace, told.world)
    assert len(server.got) == 1


def test_or_each_change_in_a_message_of_its_own(told, server):
    set_told(told, gather=Gathering.SINGLE)
    told.put("a.txt", SLOW)
    told.run()
    assert len(server.got) == 2
    assert {got["title"] for got in server.got} == {"plantrack: 重庆市“十五五”规划"}


def test_what_does_not_get_through_is_tried_again_later_and_only_where_it_failed(told, server):
    set_told(told, file="notices.txt")
    server.code = 503
    told.put("a.txt", SLOW)
    summary = told.run()
    assert (summary.read, summary.sent, summary.unsent) == (1, 2, 2)
    notices = (told.workspace.root / "notices.txt").read_text("utf-8")
    server.code = 200
    deliver_waiting(told.workspace, told.world)
    assert server.got == []  # a minute is not over yet
    told.now += timedelta(minutes=1)
    deliver_waiting(told.workspace, told.world)
    assert len(server.got) == 1
    assert (told.workspace.root / "notices.txt").read_text("utf-8") == notices
    assert {m.state for m in outbox(told)} == {MessageState.SENT}


def test_the_pauses_grow_and_have_an_end(told, server):
    server.code = 503
    set_told(told, attempts=3)
    told.put("a.txt", SLOW)
    told.run()
    for minutes, left in ((1, 2), (2, 0)):
        told.now += timedelta(minutes=minutes)
        deliver_waiting(told.workspace, told.world)
        assert len(outbox(told, MessageState.WAITING)) == left
    assert {m.state for m in outbox(told)} == {MessageState.GIVEN_UP}


def test_a_sink_that_the_settings_name_no_more_is_given_up(told, server):
    server.code = 503
    told.put("a.txt", SLOW)
    told.run()
    set_told(told, urls_env=None)
    told.now += timedelta(hours=1)
    deliver_waiting(told.workspace, told.world)
    assert {m.error for m in outbox(told)} == {"the settings name no such sink any more"}


def test_no_secret_is_in_the_database_its_export_or_the_logs(told, server):
    stream = io.StringIO()
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        set_up(LogFormat.JSON, told.world.now, secrets=[server.url], stream=stream)
        server.code = 503
        told.put("a.txt", SLOW)
        told.run()
    finally:
        root.handlers[:], root.level = before[0], before[1]
    exported = io.StringIO()
    with Store.open(told.workspace.database(), now=told.world.now) as store:
        store.export(exported)
    assert "json-1" in exported.getvalue()
    assert any(
        json.loads(line)["event"] == "notice not delivered"
        for line in stream.getvalue().splitlines()
    )
    for text in (exported.getvalue(), stream.getvalue()):
        assert "hunter2" not in text
        assert "127.0.0.1" not in text


def test_a_person_is_not_told_what_they_said_themselves(told, server):
    from plantrack.job.session import session

    told.put("a.txt", SLOW)
    told.run()
    [first, _] = told.ask(lambda unit: unit.flags.list())
    with session(told.workspace, told.world, told.new_run()) as at_work:
        at_work.change(
            lambda unit: unit.flags.acknowledge(first.id, by="李", run=at_work.judge.run)
        )
    told.run()
    assert len(server.got) == 1
