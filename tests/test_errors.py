"""The error tree: what errors say, what they keep, and that they survive a process boundary."""

from __future__ import annotations

import inspect
import pickle
import re
from datetime import UTC, datetime

import pytest

from plantrack import errors
from plantrack.errors import (
    DataError,
    IncomparableError,
    InputError,
    LeaseHeldError,
    LeaseLostError,
    MissingExtraError,
    MissingFontError,
    OutputError,
    PlantrackError,
    ReadError,
    RuleError,
    StoreBusyError,
    StoreError,
    StoreVersionError,
    UsageError,
)

SAMPLES = [
    PlantrackError("Something. Do something else.", where="here"),
    InputError("Something. Do something else."),
    ReadError("a.txt", "not text", "Save it as UTF-8."),
    DataError("a.yaml", "no such key", "Remove it", line=3, column=5, key="gola", value=1),
    RuleError("r.yaml", "no such metric", "Use one of them", allowed="gap, pace"),
    OutputError("out.jsonl", "cannot be written", "Name another file."),
    UsageError("No such target 'x'. Its targets: y.", target_id="x"),
    IncomparableError("Target 'x' has no data. Hand in its report.", target_id="x"),
    MissingExtraError("pdf", "Reading a PDF"),
    StoreError("w/plantrack.db", "the disk is full", "Free some space and run again."),
    StoreBusyError("w/plantrack.db", "the database is locked", "Try again."),
    StoreVersionError("w/plantrack.db", "0009", "0001"),
    LeaseHeldError("w/plantrack.db", "pass", "host:12", datetime(2026, 1, 1, tzinfo=UTC)),
    LeaseLostError("w/plantrack.db", "pass", "host:13"),
    MissingFontError(["Noto Sans CJK SC"], "PLANTRACK_FONT_DIR"),
]


def tree() -> list[type[PlantrackError]]:
    return [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, PlantrackError)
    ]


def test_every_error_has_a_sample_here():
    assert {type(sample) for sample in SAMPLES} == set(tree())


def test_the_drawing_in_the_docstring_is_the_tree():
    drawn = re.findall(r"^(.*?)([A-Z]\w+Error)\b", errors.__doc__ or "", flags=re.MULTILINE)
    above: list[tuple[int, str]] = []
    for indent, name in drawn:
        while above and above[-1][0] >= len(indent):
            above.pop()
        parent = getattr(errors, above[-1][1]) if above else Exception
        assert getattr(errors, name).__bases__ == (parent,), name
        above.append((len(indent), name))
    assert {name for _, name in drawn} == {kind.__name__ for kind in tree()}


@pytest.mark.parametrize("error", SAMPLES, ids=lambda e: type(e).__name__)
def test_errors_survive_pickling_with_their_facts(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert again.facts == error.facts
    for name, value in error.facts.items():
        assert getattr(again, name) == value


@pytest.mark.parametrize("error", SAMPLES, ids=lambda e: type(e).__name__)
def test_errors_are_one_paragraph_that_ends(error):
    assert "\n" not in str(error)
    assert str(error).endswith(".")


def test_an_unknown_fact_is_an_attribute_error_as_for_any_object():
    with pytest.raises(AttributeError, match="colour"):
        _ = SAMPLES[0].colour
    assert not hasattr(PlantrackError.__new__(PlantrackError), "facts_not_yet_there")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            ReadError("a.txt", "a binary file (NUL at byte 3)", "Give a text file."),
            "a.txt: a binary file (NUL at byte 3). Give a text file.",
        ),
        (
            DataError(
                "p.yaml",
                "no such key",
                "Correct or remove it",
                line=4,
                column=3,
                key="gaol",
                allowed="goal, unit",
            ),
            "p.yaml:4:3: gaol: no such key. Allowed: goal, unit. Correct or remove it.",
        ),
        (
            DataError("p.yaml", "the file is empty", "Write a plan in it"),
            "p.yaml: the file is empty. Write a plan in it.",
        ),
        (
            MissingExtraError("pdf", "Reading a PDF"),
            "Reading a PDF needs the extra 'pdf'. Install it with: pip install 'plantrack[pdf]'.",
        ),
        (
            LeaseHeldError("w.db", "pass", "a:12", datetime(2026, 1, 1, tzinfo=UTC)),
            "w.db: 'pass' is held by a:12 until 2026-01-01T00:00:00+00:00. Wait until it has "
            "finished; a holder that died loses it at that time.",
        ),
        (
            StoreVersionError("w.db", "0009", "0001"),
            "w.db: a newer plantrack made this database (schema 0009; this one knows up to 0001). "
            "Install that newer version: pip install --upgrade plantrack.",
        ),
    ],
)
def test_messages(error, message):
    assert str(error) == message


def test_data_errors_keep_place_key_value_and_what_is_allowed():
    error = DataError("p", "f", "h", line=1, column=2, key="k", value=[3], allowed="a")
    assert (error.file, error.line, error.column) == ("p", 1, 2)
    assert (error.key, error.value, error.allowed) == ("k", [3], "a")
