"""Documents are kept once, with every reading."""

from __future__ import annotations

import pytest
from store.samples import V1, V2, document, figure, observation

from plantrack.errors import UsageError
from plantrack.model import (
    Block,
    BlockKind,
    Cell,
    Document,
    Period,
    Place,
    Section,
    SectionKind,
    Span,
    Table,
)
from plantrack.store import KnownAs, Store, Version


def add(store: Store, doc: Document, version: Version = V1, values: tuple[str, ...] = ("105.30",)):
    with store.begin() as unit:
        return unit.documents.add(
            doc,
            [figure(value) for value in values],
            [observation(value) for value in values],
            version=version,
            run=None,
            path="processed/report.txt",
        )


def test_a_document_and_its_figures_come_back_as_they_were(store):
    reading = add(store, document())
    with store.view() as unit:
        assert unit.documents.get(document().sha256) == document()
        assert unit.documents.figures(reading) == (figure(),)
        assert unit.observations.current(["gdp"]) == (observation(),)
        (kept,) = unit.documents.list()
    assert (kept.name, kept.path, kept.version) == ("report.txt", "processed/report.txt", V1)


def test_the_same_content_is_never_counted_twice_whatever_its_name(store):
    add(store, document())
    with pytest.raises(UsageError, match="in the store already"):
        add(store, document(name="copy.txt"))
    with store.view() as unit:
        assert len(unit.documents.list()) == 1
        assert unit.observations.current(["gdp"]) == (observation(),)


def test_what_a_content_is_to_the_store(store, clock):
    add(store, document())
    with store.begin() as unit:
        unit.quarantine.add("b" * 64, "bad.txt", reason="binary", detail="no text", run=None)
    with store.view() as unit:
        known = unit.documents.known(document().sha256)
        refused = unit.documents.known("b" * 64)
        assert unit.documents.known("c" * 64) is None
    assert (known.state, known.name, known.at) == (KnownAs.DOCUMENT, "report.txt", clock.at)
    assert (refused.state, refused.reason) == (KnownAs.QUARANTINE, "binary")


def test_a_newer_reading_replaces_what_counts_and_keeps_the_old_one(store):
    first = add(store, document())
    second = add(store, document(), V2, values=("106.10",))
    with store.view() as unit:
        assert unit.observations.current(["gdp"]) == (observation("106.10"),)
        assert unit.documents.version(document().sha256) == V2
        old, new = unit.documents.readings(document().sha256)
        assert unit.documents.figures(first) == (figure(),)
        vintages = unit.observations.vintages(observation().series, observation().period)
    assert (old.id, old.version, old.current, old.figures, old.observations) == (
        first,
        V1,
        False,
        1,
        1,
    )
    assert (new.id, new.version, new.current) == (second, V2, True)
    assert [(v.observation.quantity.written, v.retired) for v in vintages] == [
        ("105.30", True),
        ("106.10", False),
    ]
    with pytest.raises(UsageError, match="in the store already"):
        add(store, document())


def test_the_path_of_a_file_can_change(store):
    add(store, document())
    with store.begin() as unit:
        unit.documents.moved(document().sha256, "processed/2026/report.txt")
    with store.view() as unit:
        assert unit.documents.list()[0].path == "processed/2026/report.txt"


def test_what_is_not_there_is_named(store):
    with store.view() as unit:
        with pytest.raises(UsageError, match="no document abc"):
            unit.documents.get("abc")
        with pytest.raises(UsageError, match="no reading 7"):
            unit.documents.figures(7)
        assert unit.documents.version("abc") is None


def test_headings_blocks_and_tables_of_a_rich_format_come_back_with_its_places(store):
    text = "总体目标\n城镇化率\n74.5"
    cells = [
        Cell(text=text[i:j], span=Span(start=i, end=j), row=0, column=c)
        for c, (i, j) in enumerate([(5, 9), (10, 14)])
    ]
    heading = Span(start=0, end=4)
    kept = document().model_copy(
        update={
            "text": text,
            "sections": (
                Section(
                    kind=SectionKind.CHAPTER,
                    title="总体目标",
                    heading=heading,
                    span=Span(start=0, end=14),
                    period=Period.years(2025),
                ),
            ),
            "tables": (Table(title="", span=Span(start=5, end=14), cells=tuple(cells)),),
            "layout": (
                Block(kind=BlockKind.HEADING, span=heading, place=Place(page=2)),
                Block(
                    kind=BlockKind.TABLE,
                    span=Span(start=5, end=14),
                    place=Place(page=3, element="t"),
                    left_out=True,
                ),
            ),
        }
    )
    add(store, kept)
    with store.view() as unit:
        found = unit.documents.get(kept.sha256)
    assert found == kept
    assert found.place_of(Span(start=10, end=14)).zh == "第3页，表1，第1行第2列"


@pytest.mark.parametrize("sample", [document(), figure(), observation(), observation().source])
def test_the_samples_say_something_in_every_field_so_that_none_is_lost_unseen(sample):
    """A field that is new in the model fails here until a sample, and so the store, has it."""
    left_out = {"sections", "tables", "sentences", "conflicts"}  # made anew from the text
    empty = {
        name
        for name, field in type(sample).model_fields.items()
        if not field.is_required() and getattr(sample, name) == field.default
    }
    assert empty <= left_out | {"vintage", "table_row"}
