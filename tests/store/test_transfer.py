"""Export, import, contents, backup and restore: lossless, the same on both databases."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from store.conftest import Clock
from store.samples import GDP, V1, V2, document, figure, observation, plan, quantity

from plantrack import flow
from plantrack.errors import (
    DataError,
    InputError,
    OutputError,
    ReadError,
    StoreError,
    StoreVersionError,
)
from plantrack.model import FlagKind, Period, Reach, Status, Text
from plantrack.store import ReviewKind, Store
from plantrack.store.migrations import revisions

YEAR = Period.parse("2024")


def fill(store: Store, run: str = "r1") -> Store:
    """Something in every table."""
    with store.begin() as unit:
        unit.runs.begin(run, holder="h")
        unit.plans.save(plan(), run=run, version=V1, text="规划全文")
        unit.plans.resolve("county-14", "trees", Reach(quantity=quantity("65", "%")), by="王")
    for number, version in ((1, V1), (2, V1), (1, V2)):
        with store.begin() as unit:
            seen = observation(f"10{number}.30", known_on=None, doc=f"{number}.txt")
            reading = unit.documents.add(
                document(number), [figure()], [seen], version=version, run=run
            )
            known = unit.observations.current(["gdp"])
            board = flow.assess(unit.plans.get("county-14").plan, known, as_of=YEAR)
            rows = unit.assessments.add(
                "county-14", board, as_of=YEAR, rules="r", run=run, cause=reading
            )
            unit.flags.raised(
                "county-14",
                "gdp",
                FlagKind.WORSE,
                was=None,
                now=Status.LAGGING,
                as_of=YEAR,
                reason=Text(zh="滞\n后", en="lagging"),
                assessment=rows["gdp"],
                run=run,
                channels=["log"],
            )
            unit.review.add(ReviewKind.FIGURE, key=str(reading), reading=reading, figure=0)
    with store.begin() as unit:  # an older vintage after a newer one: it is pointed to from above
        unit.observations.add([observation("99")], run=run)
        unit.quarantine.add("a" * 64, "a.txt", reason="binary", detail="d", run=run)
        unit.runs.end(run, summary={"files": 2}, code=0)
    store.lease("pass", "h", ttl=timedelta(hours=1))
    return store


def exported(store: Store) -> str:
    out = io.StringIO()
    store.export(out)
    return out.getvalue()


@pytest.fixture
def filled(store: Store) -> Store:
    return fill(store)


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> str:
    """An export as it should be."""
    with Store.open(tmp_path_factory.mktemp("sound") / "w.db", now=Clock()) as store:
        return exported(fill(store))


def test_every_table_is_exported_in_one_order(filled):
    from plantrack.store.tables import metadata

    lines = [json.loads(line) for line in exported(filled).splitlines()]
    assert lines[0] == {"format": 1, "plantrack": "store", "schema": filled.revision}
    assert {line["table"] for line in lines[1:-1]} == set(metadata.tables)
    assert lines[-1] == {"rows": len(lines) - 2}
    assert exported(filled) == exported(filled)


def test_import_gives_the_same_store_on_either_database(filled, where, clock, tmp_path, request):
    file = tmp_path / "all.jsonl"
    file.write_text(exported(filled), "utf-8")
    places = [tmp_path / "other.db"]
    if "://" not in where:
        places.append(request.getfixturevalue("postgres_url"))
    for place in places:
        with Store.restore(place, file, now=clock) as other:
            assert exported(other) == exported(filled)
            assert other.trace("county-14", "gdp") == filled.trace("county-14", "gdp")
            with other.begin() as unit:  # and it goes on
                unit.observations.add([observation("120", series=GDP)], run="r1")


def test_both_databases_hold_the_same(clock, tmp_path, postgres_url):
    with (
        Store.open(tmp_path / "w.db", now=clock) as one,
        Store.open(postgres_url, now=clock) as other,
    ):
        assert exported(fill(one)) == exported(fill(other))


def test_contents_leave_out_when_and_in_which_run(filled, clock, tmp_path):
    clock.at += timedelta(minutes=90)
    with Store.open(tmp_path / "later.db", now=clock) as later:
        with later.begin() as unit:
            unit.runs.begin("killed", holder="h")
        fill(later, run="r2")
        assert exported(later) != exported(filled)
        contents = list(later.contents())
        assert contents == list(filled.contents())
        tables = {json.loads(line)["table"] for line in contents}
        assert {"run", "lease"} & tables == set()
        assert len(tables) == 17
        with later.begin() as unit:
            unit.observations.add([observation("1")], run=None)
        assert list(later.contents()) != contents


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda lines: ["{}", *lines[1:]], DataError, "no export of a store"),
        (lambda lines: ["", *lines[1:]], DataError, "x.jsonl:1:1: this is no JSON"),
        (lambda lines: [], DataError, "no JSON"),
        (lambda lines: lines[:-1], DataError, "ends too early"),
        (lambda lines: [*lines[:-2], lines[-1]], DataError, "rows stand above"),
        (lambda lines: [lines[0], *lines[2:]], DataError, "rows of 'plan_version' contradict"),
        (lambda lines: [*lines[:2], "[1]", *lines[2:]], DataError, "x.jsonl:3:1: this is no row"),
        (
            lambda lines: [lines[0], '{"row": {}, "table": "customers"}', *lines[1:]],
            DataError,
            "x.jsonl:2:1: this is no row",
        ),
        (
            lambda lines: [lines[0], '{"row": {"id": "r"}, "table": "run"}', *lines[1:]],
            DataError,
            "columns are not those of the table: code, ended",
        ),
        (
            lambda lines: [line.replace("2026-03-01T02", "yesterday") for line in lines],
            DataError,
            "a value does not fit",
        ),
        (
            lambda lines: [lines[0].replace('"format":1', '"format":2'), *lines[1:]],
            DataError,
            "its format is 2. Allowed: 1",
        ),
        (
            lambda lines: [lines[0].replace(revisions()[-1], "9999"), *lines[1:]],
            StoreVersionError,
            "newer plantrack",
        ),
    ],
)
def test_a_damaged_export_changes_nothing(sound, change, error, said, tmp_path, clock):
    file, place = tmp_path / "x.jsonl", tmp_path / "other.db"
    file.write_text("\n".join(change(sound.splitlines())), "utf-8")
    with pytest.raises(error, match=said):
        Store.restore(place, file, now=clock)
    with Store.open(place, now=clock) as empty, empty.view() as unit:
        assert unit.documents.list() == ()


def test_what_is_there_is_not_overwritten_unless_asked(filled, where, clock, tmp_path):
    file = tmp_path / "all.jsonl"
    before = exported(filled)
    file.write_text(before, "utf-8")
    with filled.begin() as unit:
        unit.observations.add([observation("1")], run="r1")
    with pytest.raises(StoreError, match="not empty"):
        Store.restore(where, file, now=clock)
    assert exported(filled) != before
    with Store.restore(where, file, now=clock, replace=True) as restored:
        assert exported(restored) == before


def test_backup_and_restore(filled, where, clock, tmp_path):
    file = tmp_path / "backup"
    before = exported(filled)
    filled.backup(file)
    with filled.begin() as unit:
        unit.observations.add([observation("1")], run="r1")
    with pytest.raises(StoreError, match="not empty"):
        Store.restore(where, file, now=clock)
    filled.close()
    with Store.restore(where, file, now=clock, replace=True) as restored:
        assert exported(restored) == before
    assert sorted(p.name for p in tmp_path.iterdir() if "backup" in p.name) == ["backup"]


def test_a_backup_is_whole_while_another_writes(filled, clock, tmp_path):
    before = exported(filled)
    with filled.begin() as unit:
        unit.runs.begin("r2", holder="h")
        filled.backup(tmp_path / "backup")
    with Store.restore(tmp_path / "other.db", tmp_path / "backup", now=clock) as other:
        assert exported(other) == before


def test_a_backup_takes_no_name_that_is_taken_or_cannot_be(filled, tmp_path):
    (tmp_path / "there").write_text("mine", "utf-8")
    with pytest.raises(OutputError, match="it exists"):
        filled.backup(tmp_path / "there")
    assert (tmp_path / "there").read_text("utf-8") == "mine"
    with pytest.raises(OutputError, match="cannot be written"):
        filled.backup(tmp_path / "no" / "folder")


def test_copies_that_cannot_be_used(filled, where, clock, tmp_path):
    with pytest.raises(ReadError, match="cannot be read"):
        Store.restore(where, tmp_path / "none", now=clock)
    damaged = tmp_path / "damaged"
    damaged.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with pytest.raises((ReadError, InputError)):
        Store.restore(where, damaged, now=clock, replace=True)
    assert '"table":"document"' in exported(filled)


def test_a_copy_of_sqlite_does_not_go_into_postgresql(clock, tmp_path, postgres_url):
    with Store.open(tmp_path / "w.db", now=clock) as store:
        store.backup(tmp_path / "copy")
    with pytest.raises(InputError, match="Export it and restore the export"):
        Store.restore(postgres_url, tmp_path / "copy", now=clock)


def test_a_copy_by_a_newer_plantrack_is_refused(clock, tmp_path: Path):
    import sqlite3

    with Store.open(tmp_path / "w.db", now=clock) as store:
        store.backup(tmp_path / "copy")
    with sqlite3.connect(tmp_path / "copy") as copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    copy.close()
    with pytest.raises(StoreVersionError, match="9999"):
        Store.restore(tmp_path / "w.db", tmp_path / "copy", now=clock, replace=True)
