"""Data files: what YAML means here, and that every error names its place."""

from __future__ import annotations

import json
import pickle
import re
import time
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from plantrack.datafile import (
    any_of,
    dump,
    load,
    load_text,
    parse,
    read_text,
    rules_path,
    seeds_path,
)
from plantrack.datafile import tree as tree_module
from plantrack.datafile.patterns import Later
from plantrack.errors import DataError, ReadError, RuleError, UsageError


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Circle(Closed):
    kind: Literal["circle"] = "circle"
    radius: Decimal


class Square(Closed):
    kind: Literal["square"] = "square"
    side: Decimal


class Drawing(Closed):
    title: str = ""
    colour: Colour = Colour.RED
    shapes: tuple[Annotated[Circle | Square, Field(discriminator="kind")], ...] = ()
    sizes: dict[str, int] = {}
    frame: Square | None = None


def error_of(text: str, model: type[BaseModel] = Drawing) -> DataError:
    with pytest.raises(DataError) as caught:
        load_text(text, "f.yaml", model)
    return caught.value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", 5),
        ("-5", -5),
        ("+5", 5),
        ("0", 0),
        ("5.30", Decimal("5.30")),
        (".5", Decimal("0.5")),
        ("1e5", Decimal("1E+5")),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("yes", "yes"),
        ("off", "off"),
        ("True", "True"),
        ("2.21:1", "2.21:1"),
        ("12:30:45", "12:30:45"),
        ("2024-03-05", "2024-03-05"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("'5'", "5"),
        ('""', ""),
    ],
)
def test_scalars(written: str, value: object) -> None:
    found = parse(f"a: {written}", "f").value
    assert found == {"a": value}
    assert type(found["a"]) is type(value)


def test_decimals_keep_their_digits() -> None:
    assert str(parse("a: 5.30", "f").value["a"]) == "5.30"


def test_keys_are_text() -> None:
    assert parse("{2025: 1, true: 2, 5G: 3}", "f").value == {"2025": 1, "true": 2, "5G": 3}


def test_empty_text_is_none() -> None:
    assert parse("", "f").value is None
    assert parse("# nothing\n", "f").value is None


texts = st.text(
    st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")), max_size=8
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_json_is_such_yaml(value: object) -> None:
    assert parse(json.dumps(value, ensure_ascii=False), "f").value == value


@given(st.text(max_size=60))
def test_any_text_parses_or_gives_a_data_error(text: str) -> None:
    try:
        found = parse(text, "f").value
    except DataError as error:
        found = str(error)
    assert found is None or isinstance(found, (str, int, Decimal, list, dict))


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: 1\nb: 2\na: 3", 3, 1, "the key 'a' is given twice, first on line 1, column 1"),
        ("a: &x 1\nb: 2", 1, 4, "anchors and aliases (&x)"),
        ("a: [*x]", 1, 5, "anchors and aliases (*x)"),
        ("a: !!python/name:os.system x", 1, 4, "tags ("),
        ("a: ! 5", 1, 4, "tags (!)"),
        ("a: 1\n---\nb: 2", 2, 1, "a second document"),
        ("? [a]\n: 1", 1, 3, "cannot be a key"),
        ("a: %", 1, 4, "not valid YAML"),
        ("a: 1\n b: 2", 2, 3, "not valid YAML"),
        ("a: 1\nb: \x07", 2, 4, "a character YAML does not allow"),
        ("a: 1e99", 1, 4, "out of bounds"),
        ("a: " + "9" * 50, 1, 4, "out of bounds"),
        ("[" * 100_000, 1, 41, "nested deeper than 40"),
        ("- " * 100_000, 1, 81, "nested deeper than 40"),
    ],
)
def test_refused_yaml(text: str, line: int, column: int, words: str) -> None:
    error = error_of(text)
    assert (error.line, error.column) == (line, column)
    assert words in str(error)
    assert str(error).startswith(f"f.yaml:{line}:{column}: ")


def test_refused_yaml_with_the_loader_written_in_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree_module, "_Loader", yaml.SafeLoader)
    assert parse("a: [1, 2.5]", "f").value == {"a": [1, Decimal("2.5")]}
    assert error_of("a: 1\nb: \x07").line == 2
    assert error_of("a: 1\na: 2").column == 1


def test_too_long_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree_module, "MAX_BYTES", 10)
    assert "longer than 10 characters" in str(error_of("title: abcdefg"))


def test_unknown_key_names_the_nearest() -> None:
    error = error_of("title: x\nshapes:\n  - {kind: circle, raduis: 5}\n")
    assert (error.line, error.column, error.key) == (3, 20, "shapes[0].raduis")
    assert "Perhaps 'radius' is meant" in str(error)
    error = error_of("title: x\nshapes:\n  - {kind: circle}\n")
    assert (error.line, error.column, error.key) == (3, 5, "shapes[0]")
    assert "the key 'radius' is missing" in str(error)
    error = error_of("title: x\nshapes:\n  - {kind: circle, radius: 1, raduis: 5}\n")
    assert (error.line, error.column, error.key) == (3, 31, "shapes[0].raduis")
    assert error.allowed == "kind, radius"
    assert "Perhaps 'radius' is meant" in str(error)


def test_unknown_enum_value() -> None:
    error = error_of("colour: gren")
    assert (error.line, error.column, error.key, error.value) == (1, 9, "colour", "gren")
    assert error.allowed == "red, green"
    assert "Perhaps 'green' is meant" in str(error)


def test_unknown_tag_of_a_union() -> None:
    error = error_of("shapes:\n  - {kind: circel, radius: 5}\n")
    assert (error.line, error.column, error.key) == (2, 12, "shapes[0].kind")
    assert error.allowed == "circle, square"


def test_missing_tag_of_a_union() -> None:
    error = error_of("shapes:\n  - {radius: 5}\n")
    assert (error.line, error.column, error.key) == (2, 5, "shapes[0]")
    assert "the key 'kind' is missing" in str(error)


def test_number_where_text_is_due() -> None:
    assert 'Put it in quotes: "2024"' in str(error_of("title: 2024"))


def test_wrong_shapes() -> None:
    assert "a list is due here, found 'x'" in str(error_of("shapes: x"))
    assert "a mapping is due here, found a list" in str(error_of("frame: []"))
    error = error_of("- a")
    assert "a mapping is due here, found a list" in str(error)
    assert error.allowed == "title, colour, shapes, sizes, frame"
    assert "found nothing" in str(error_of(""))


def test_wrong_value_in_a_dictionary() -> None:
    error = error_of("sizes:\n  a: 1\n  b: five\n")
    assert (error.line, error.column, error.key, error.value) == (3, 6, "sizes.b", "five")


def test_a_misspelt_key_is_named_before_the_key_it_should_have_been() -> None:
    error = error_of("title: a\nframe: {sid: 1}\n")
    assert (error.line, error.column, error.key) == (2, 9, "frame.sid")
    assert "Perhaps 'side' is meant" in str(error)
    other = error_of("shapes:\n  - {kind: square}\nframe: {sid: 1}\n")
    assert (other.line, other.key) == (2, "shapes[0]")
    assert "the key 'side' is missing" in str(other)


def test_first_error_in_file_order_and_the_number_of_others() -> None:
    error = error_of("frame: {side: x}\ncolour: blue\ntitle: 5\n")
    assert (error.line, error.key) == (1, "frame.side")
    assert "2 more places in this file have errors" in str(error)
    assert "One more place" in str(error_of("frame: {side: x}\ncolour: blue\n"))
    assert "more place" not in str(error_of("colour: blue\n"))


def test_the_kind_of_error_can_be_chosen() -> None:
    with pytest.raises(RuleError) as caught:
        load_text("colour: blue", "r.yaml", Drawing, error=RuleError)
    assert caught.value.line == 1


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="there is no such file"):
        load(tmp_path / "none.yaml", Drawing)
    with pytest.raises(ReadError, match="folder"):
        load(tmp_path, Drawing)
    bad = tmp_path / "bad.yaml"
    bad.write_bytes("title: 重庆".encode("gb18030"))
    with pytest.raises(ReadError, match=r"byte 8 .* is not UTF-8"):
        load(bad, Drawing)


def test_byte_order_mark_does_not_move_columns(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_text("colour: blue", encoding="utf-8-sig")
    with pytest.raises(DataError) as caught:
        load(path, Drawing)
    assert (caught.value.line, caught.value.column) == (1, 9)
    assert read_text(path) == "colour: blue"


def test_columns_count_characters() -> None:
    assert error_of("{title: 重庆市九龙坡区, colour: blue}").column == 26


def test_loading_a_lexicon_of_200_records_is_fast() -> None:
    record = "  - {title: 地区生产总值, colour: red, sizes: {a: 1, b: 2, c: 3, d: 4}, frame: {side: 1.5}}\n"

    class Book(Closed):
        records: tuple[Drawing, ...]

    begin = time.process_time()
    book = load_text("records:\n" + record * 200, "f", Book)
    assert len(book.records) == 200
    assert time.process_time() - begin < 1.5  # some 0.03 s; the bound only catches a quadratic slip


def test_rules_and_seeds_are_found() -> None:
    assert rules_path().is_dir()
    assert seeds_path("plans").parent.is_dir()


def test_missing_rules_are_a_usage_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("plantrack.datafile.__file__", str(tmp_path / "plantrack/datafile/x.py"))
    with pytest.raises(UsageError, match="Install plantrack again"):
        rules_path("cues.yaml")


def test_installed_data_come_before_the_checkout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "plantrack/_rules").mkdir(parents=True)
    (tmp_path / "rules").mkdir()
    monkeypatch.setattr("plantrack.datafile.__file__", str(tmp_path / "plantrack/datafile/x.py"))
    assert rules_path("a", "b") == tmp_path.resolve() / "plantrack/_rules/a/b"


numbers = st.integers(-(10**12), 10**12) | st.decimals(-(10**9), 10**9, allow_nan=False, places=3)
dumpable = st.recursive(
    st.none() | st.booleans() | numbers | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@given(dumpable)
def test_what_is_dumped_comes_back(value: object) -> None:
    assert parse(dump(value), "f").value == value


@pytest.mark.parametrize(
    "text",
    ["5", "5.3", "1e5", "true", "null", "~", "", "yes", "2.21:1", "2026-02-12", "%", "\u2028"],
)
def test_dumped_text_stays_text(text: str) -> None:
    assert parse(dump({"a": text}), "f").value == {"a": text}


def test_a_dump_reads_well() -> None:
    value = {"unit": "%", "value": Decimal("5.30"), "day": "2026-02-12", "parts": (1, True, 0.5)}
    written = "unit: '%'\nvalue: 5.30\nday: 2026-02-12\nparts: [1, true, 0.5]\n"
    assert dump(value) == written


def test_one_pattern_matches_where_any_of_several_does():
    several = (
        re.compile(r"(?P<year>\d{4})年"),
        re.compile(r"(?P<year>今)年|明年"),
        re.compile("a|b"),
    )
    one = any_of(several)
    for text in ("2025年", "今年", "明年", "b", "a", "年", "", "去年的2025年"):
        assert bool(one.match(text)) is any(p.match(text) for p in several)
        assert bool(one.search(text)) is any(p.search(text) for p in several)
    assert any_of(()).search("2025年") is None
    bracket_or_not = re.compile(r"\(?P<x>")  # no name of a group
    assert any_of((bracket_or_not,)).fullmatch("P<x>")


def test_one_pattern_of_several_refuses_what_refers_to_a_group():
    with pytest.raises(re.error):
        any_of((re.compile(r"(?P<sign>[*#]).(?P=sign)"),))


def test_a_pattern_of_the_shipped_rules_is_compiled_when_it_is_used() -> None:
    pattern = Later(r"(?P<year>\d{4})年")
    assert (pattern.pattern, pattern == Later(pattern.pattern)) == (r"(?P<year>\d{4})年", True)
    match = pattern.search("到2030年")
    assert match is not None
    assert match["year"] == "2030"
    assert dict(pattern.groupindex) == {"year": 1}
    assert pickle.loads(pickle.dumps(pattern)) == pattern
    with pytest.raises(AttributeError):
        _ = pattern.unknown
    with pytest.raises(re.error):
        Later("(").match("")
