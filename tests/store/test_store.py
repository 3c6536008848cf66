"""Opening, units of work, and what happens when the database does not do its part."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url
from sqlalchemy import text as sql

from plantrack.errors import StoreBusyError, StoreError, StoreVersionError, UsageError
from plantrack.store import Store, Waits
from plantrack.store.migrations import revisions


def begin_run(store: Store, name: str = "r1") -> None:
    with store.begin() as unit:
        unit.runs.begin(name, holder="host:1")


def runs(store: Store) -> list[str]:
    with store.view() as unit:
        return [run.id for run in unit.runs.list()]


def test_what_was_kept_is_there_when_it_is_opened_again(where, clock):
    with Store.open(where, now=clock) as store:
        assert (store.revision, store.upgraded_from) == (revisions()[-1], None)
        begin_run(store)
    with Store.open(where, now=clock) as store:
        assert runs(store) == ["r1"]
        assert store.upgraded_from is None


def test_a_unit_of_work_is_kept_whole_or_not_at_all(store):
    def die():
        with store.begin() as unit:
            unit.runs.begin("r1", holder="h")
            unit.quarantine.add("a" * 64, "a", reason="", detail="", run="r1")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        die()
    assert runs(store) == []
    begin_run(store)
    assert runs(store) == ["r1"]


def test_a_view_writes_nothing_and_sees_one_moment(store, where, clock):
    with (
        pytest.raises(StoreError, match=r"cannot be written|for reading only"),
        store.view() as unit,
    ):
        unit.runs.begin("r1", holder="h")
    with Store.open(where, now=clock) as other, store.view() as unit:
        assert unit.runs.list() == ()
        begin_run(other)
        assert unit.runs.list() == ()
    assert runs(store) == ["r1"]


def test_moments_are_kept_in_utc_and_come_back_aware(store, clock):
    clock.at = datetime(2026, 3, 29, 2, 30, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    begin_run(store)
    with store.view() as unit:
        started = unit.runs.get("r1").started
    assert started == clock.at
    assert (started.tzinfo, started.hour) == (UTC, 18)


def test_a_clock_without_a_time_zone_is_refused(where):
    with Store.open(where, now=lambda: datetime(2026, 1, 1)) as store:
        with pytest.raises(UsageError, match="says no time zone"):
            begin_run(store)
        with pytest.raises(UsageError, match="says no time zone"), store.view():
            pass


def test_one_writer_at_a_time_the_other_is_told_after_its_patience(where, clock):
    with (
        Store.open(where, now=clock) as store,
        Store.open(where, now=clock, patience=0.05) as other,
        store.begin() as unit,
    ):
        unit.runs.begin("r1", holder="h")
        with pytest.raises(StoreBusyError, match="another process is writing"):
            begin_run(other, "r2")
        assert runs(other) == []  # readers wait for nobody


def test_a_busy_database_is_tried_again_with_longer_waits(where, clock):
    slept: list[float] = []
    with Store.open(where, now=clock, patience=0.05) as store:
        holder = Store.open(where, now=clock)
        blocking = holder.begin()
        blocking.__enter__()

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            if len(slept) == 3:
                blocking.__exit__(None, None, None)

        store.attempt(lambda: begin_run(store), waits=Waits(first=0.5, most=1.5), sleep=sleep)
        assert runs(store) == ["r1"]
        holder.close()
    assert slept == [0.5, 1.0, 1.5]


def test_after_the_last_try_it_says_why(store):
    calls, slept = [], []

    def never() -> None:
        calls.append(1)
        raise StoreBusyError("w.db", "another process is writing the database", "Try again.")

    with pytest.raises(StoreBusyError, match="another process"):
        store.attempt(never, waits=Waits(tries=3), sleep=slept.append)
    assert (len(calls), len(slept)) == (3, 2)


def test_other_errors_are_not_tried_again(store):
    calls = []

    def wrong() -> None:
        calls.append(1)
        raise StoreError("w.db", "the disk is full", "Free some.")

    with pytest.raises(StoreError, match="disk is full"):
        store.attempt(wrong, sleep=calls.append)
    assert calls == [1]


def test_a_newer_database_is_refused_and_left_alone(where, clock):
    Store.open(where, now=clock).close()
    url = make_url(where) if "://" in where else make_url(f"sqlite:///{where}")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(sql("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreVersionError, match=r"schema 9999.*Install that newer version"):
        Store.open(where, now=clock)
    with engine.connect() as connection:
        assert connection.execute(sql("SELECT version_num FROM alembic_version")).scalar() == "9999"
    engine.dispose()


def test_a_database_of_something_else_is_refused(where, clock):
    url = make_url(where) if "://" in where else make_url(f"sqlite:///{where}")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(sql("CREATE TABLE customers (id INTEGER)"))
    engine.dispose()
    with pytest.raises(StoreError, match="holds the table 'customers'"):
        Store.open(where, now=clock)


def test_sqlite_is_set_up_as_promised(tmp_path, clock):
    file = tmp_path / "w.db"
    with Store.open(file, now=clock, patience=1.5) as store:
        with store._database.reading() as connection:
            for name, value in (
                ("foreign_keys", 1),
                ("busy_timeout", 1500),
                ("journal_mode", "wal"),
            ):
                assert connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value
        assert store.place == str(file)


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (":memory:", "needs a file"),
        ("sqlite://", "needs a file"),
        ("mysql://root:s3cret@db/x", "not in 'mysql'"),
        ("postgresql://u:s3cret@host:port/x", "cannot be read"),
    ],
)
def test_places_that_are_none(where, said, clock):
    with pytest.raises(UsageError, match=said) as caught:
        Store.open(where, now=clock)
    assert "s3cret" not in str(caught.value)


def test_a_folder_that_is_not_there_is_named(tmp_path, clock):
    with pytest.raises(StoreError, match=r"there is no folder .*missing"):
        Store.open(tmp_path / "missing" / "w.db", now=clock)


def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path, clock):
    file = tmp_path / "w.db"
    file.write_text("not a database, and long enough to be looked at " * 40, "utf-8")
    before = file.read_bytes()
    with pytest.raises(StoreError, match=r"no database.*Restore the last backup"):
        Store.open(file, now=clock)
    assert file.read_bytes() == before


def test_a_locked_sqlite_is_busy(tmp_path, clock):
    file = tmp_path / "w.db"
    Store.open(file, now=clock).close()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with Store.open(file, now=clock, patience=0.05) as store:
            with pytest.raises(StoreBusyError, match="try again"):
                begin_run(store)
            other.execute("ROLLBACK")
            begin_run(store)
            assert runs(store) == ["r1"]


SECRET = "s3cr%2Ft"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://user:{SECRET}@127.0.0.1:1/none",
        f"postgresql://user@127.0.0.1:1/none?password={SECRET}",
        f"postgres://user:{SECRET}@127.0.0.1:1/none?sslmode=disable",
    ],
)
def test_a_server_that_is_away_is_busy_and_the_password_stays_secret(url, clock):
    with pytest.raises(StoreBusyError, match="the server is away") as caught:
        Store.open(url, now=clock)
    error: BaseException | None = caught.value
    told = ""
    while error is not None:
        told += f"{error!r} {error} {vars(error)}"
        error = error.__cause__
    assert "s3cr" not in told
    assert caught.value.place == "postgresql://user@127.0.0.1:1/none"


def test_what_the_server_says_of_a_missing_database_is_no_reason_to_try_again(postgres_url, clock):
    url = make_url(postgres_url).set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(StoreError, match="nowhere") as caught:
        Store.open(url, now=clock)
    assert not isinstance(caught.value, StoreBusyError)


def test_paths_may_be_strange(tmp_path: Path, clock):
    file = tmp_path / "数据 #1?.db"
    with Store.open(file, now=clock) as store:
        begin_run(store)
    assert file.is_file()
