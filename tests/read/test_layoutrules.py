"""What of a page belongs to the page is data: it is read once and checked, and says where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from plantrack.datafile import load, rules_path
from plantrack.errors import DataError
from plantrack.read.layoutrules import LayoutRules, layout_rules

SHIPPED = rules_path("layout.yaml")


def changed(folder: Path, old: str, new: str) -> Path:
    """The shipped file with one line in other words."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path = folder / "layout.yaml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_what_ships_is_read_once() -> None:
    assert layout_rules() is layout_rules()
    assert load(SHIPPED, LayoutRules) == layout_rules()


def test_a_threshold_is_taken_from_the_file(tmp_path: Path) -> None:
    assert load(changed(tmp_path, "  indent: 1.2\n", "  indent: 1.5\n"), LayoutRules).paragraphs.indent == 1.5  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("  crossing: 0.34\n", "  crossing: 34\n", "columns.crossing"),
        ("  wide_gap: 1.6\n", "  wide_gap: 0\n", "lines.wide_gap"),
        ("  rules: 4\n", "  rules: four\n", "drawn_tables.rules"),
        ("  slack: 0.8\n", "", "paragraphs.slack"),
        ("  narrow: 0.28\n", "  narrow: 0.28\n  narow: 1\n", "lines.narow"),
        ("m: 0.9,", "m: -0.9,", "paragraphs.widths"),
        ("    - '扫一扫'\n", "    - '扫(一扫'\n", "web.holds"),
    ],
)
def test_what_is_wrong_in_it_is_named(tmp_path: Path, old: str, new: str, key: str) -> None:
    with pytest.raises(DataError) as error:
        load(changed(tmp_path, old, new), LayoutRules)
    assert key.split(".")[-1] in str(error.value)
    assert str(tmp_path / "layout.yaml") in str(error.value)
