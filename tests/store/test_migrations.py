"""Changes of the schema: from the first version on, with data in it, in one transaction."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from plantrack.store import Store, migrations, transfer
from plantrack.store.database import Database
from plantrack.store.tables import metadata

# What the export of a store with something in every table looked like at each schema: frozen.
FROZEN = sorted((Path(__file__).parent / "data").glob("schema-*.jsonl"))


def exported(store: Store) -> list[dict[str, object]]:
    out = io.StringIO()
    store.export(out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_first_schema_is_frozen_with_something_in_every_table():
    assert FROZEN[0].name == "schema-0001.jsonl"
    lines = [json.loads(line) for line in FROZEN[0].read_text("utf-8").splitlines()]
    assert len({line["table"] for line in lines[1:-1]}) == 19


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_a_database_of_that_schema_is_brought_up_to_date_with_all_its_rows(where, clock, frozen):
    """The database is made at that schema and filled there; opening it does the rest."""
    schema = frozen.stem.removeprefix("schema-")
    database = Database(where)
    with database.writing() as connection, frozen.open(encoding="utf-8") as lines:
        transfer.load_as_written(connection, lines, name=frozen.name, place=database.place)
        assert migrations.revision(connection) == schema
    database.close()
    before = [json.loads(line) for line in frozen.read_text("utf-8").splitlines()]
    with Store.open(where, now=clock) as store:
        newest = migrations.revisions()[-1]
        assert store.upgraded_from == (None if schema == newest else schema)
        after = exported(store)
        assert after[0]["schema"] == newest
        trace = store.trace("county-14", "gdp")
        assert {step.figure.text for step in trace.steps if step.figure} == {"105.30"}
        with store.begin() as unit:
            (flag,) = unit.flags.list()
            unit.flags.resolve(flag.id, by="王")
    # no row is lost, and no value that was there is another one
    assert len(after) >= len(before)
    rows = {(line["table"], line["row"].get("id")): line["row"] for line in after[1:-1]}
    for line in before[1:-1]:
        if "id" in line["row"]:
            kept = rows[line["table"], line["row"]["id"]]
            assert {k: kept[k] for k in line["row"] if k in kept} == {
                k: v for k, v in line["row"].items() if k in kept
            }


def test_the_changes_lead_to_the_tables_of_the_code(where, clock):
    Store.open(where, now=clock).close()
    database = Database(where)
    with database.reading() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    database.close()
    assert [change for change in found if "alembic_version" not in str(change)] == []


def test_a_change_that_fails_leaves_the_database_as_it_was(where, clock, monkeypatch):
    def fail(connection, place, to=None):
        real(connection, place, to)
        raise RuntimeError("power cut")

    real = migrations.upgrade
    monkeypatch.setattr(migrations, "upgrade", fail)
    with pytest.raises(RuntimeError, match="power cut"):
        Store.open(where, now=clock)
    monkeypatch.undo()
    database = Database(where)
    with database.reading() as connection:
        assert inspect(connection).get_table_names() == []
    database.close()
    with Store.open(where, now=clock) as store:
        assert len(exported(store)) == 2


def test_changes_are_named_in_order():
    assert migrations.revisions()[0] == "0001"
    assert list(migrations.revisions()) == sorted(migrations.revisions())
