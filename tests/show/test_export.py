"""What is exported opens in a spreadsheet as what it is: texts as texts, numbers as numbers."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from show import made

from plantrack.errors import OutputError
from plantrack.model import Period, Quantity, Scope, Series, Vintage
from plantrack.show.export import export, safe, to_csv, to_excel, to_open_sdg
from plantrack.show.frames import to_frame

FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "\ufeff=1",
    "-",
    "-5~-3",
]
HARMLESS = ["5~5.5", "2.21:1", "-0.7", "+5.9", "-1e-3", "重庆", "a=b", "", "1-8月"]
NS = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheet(content: bytes, number: int = 1) -> list[list[tuple[str, str]]]:
    """The rows of a sheet of an Excel file as (type, value), read from its XML."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        strings = ["".join(t.text or "" for t in si.iter(f"{{{NS['m']}}}t")) for si in shared]
        xml = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    assert xml.findall(".//m:f", NS) == []
    rows = []
    for row in xml.findall(".//m:row", NS):
        cells = []
        for cell in row:
            kind, value = cell.get("t", "n"), cell.findtext("m:v", "", NS)
            cells.append((kind, strings[int(value)] if kind == "s" else value))
        rows.append(cells)
    return rows


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_could_run_gets_an_apostrophe(text):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", HARMLESS)
def test_what_could_not_run_stays_as_it_is(text):
    assert safe(text) == text


@given(st.text())
def test_nothing_safe_begins_like_a_formula(text):
    made_safe = safe(text)
    assert made_safe.endswith(text)
    begins = made_safe.lstrip()[:1]
    assert begins not in tuple("=@＝＋－＠")
    if begins in tuple("+-"):
        assert float(made_safe) == float(text)


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_holds_no_formula(text):
    frame = pd.DataFrame({text: [text, "x"], "gap": [-0.7, 1.0]})
    head, first, second = read(to_csv(frame))
    assert head == [f"'{text}", "gap"]
    assert first == [f"'{text}", "-0.7"]
    assert second == ["x", "1.0"]


@pytest.mark.parametrize("text", FORMULAS)
def test_excel_holds_texts_unchanged_and_marked_as_texts(text):
    content = to_excel(pd.DataFrame({"a": [text], "gap": [-0.7]}))
    (_, [cell, gap]) = sheet(content)
    assert cell == ("s", text.replace("\r", "_x000D_") if "\r" in text else text)
    assert gap == ("n", "-0.7")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert b'quotePrefix="1"' in book.read("xl/styles.xml")


def test_a_board_in_excel_has_a_row_for_each_target_numbers_as_numbers_and_the_units(board):
    head, *rows = sheet(to_excel(board))
    names = [name for _, name in head]
    assert "more" not in names
    assert len(rows) == len(board.assessments)
    units = {row[0][1]: row[1][1] for row in sheet(to_excel(board), 2)}
    assert units["gap"] == "unit"
    assert units["required_rate"] == "required_unit"


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    (_, [(_, text)]) = sheet(to_excel(pd.DataFrame({"a": ["长" * 40_000]})))
    assert len(text) == 32_767
    assert text.endswith("…（已截断 cut）")


def test_the_same_board_gives_the_same_bytes(board):
    assert to_excel(board) == to_excel(board)
    assert to_csv(board) == to_csv(board)


def test_truths_and_missing_values_are_what_they_are():
    frame = pd.DataFrame(
        {"a": pd.array([True, None], "boolean"), "b": [float("inf"), 2.0], "c": ["x", None]}
    )
    (_, first, second) = sheet(to_excel(frame))
    assert first == [("b", "1"), ("s", "inf"), ("s", "x")]
    assert second == [("n", "2")]
    assert read(to_csv(frame))[1:] == [["True", "inf", "x"], ["", "2.0", ""]]


@given(st.lists(made.observations, min_size=1, max_size=3))
def test_any_observations_can_be_exported(observations):
    rows = read(to_csv(observations))
    assert len(rows) == len(observations) + 1
    assert to_excel(observations)[:2] == b"PK"


def test_periods_in_the_index_are_a_column(observation):
    head, row = read(to_csv([observation]))
    assert (head[0], row[0]) == ("at", "2025")


def test_files_are_written_by_their_ending(board, tmp_path):
    assert export(board, tmp_path / "b.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert export(to_frame(board), tmp_path / "b.xlsx").read_bytes()[:2] == b"PK"
    with pytest.raises(
        OutputError, match=r"nothing is written as '\.ods'\. Name it \.csv or \.xlsx"
    ):
        export(board, tmp_path / "b.ods")
    with pytest.raises(OutputError, match=r"cannot be written .* Check the folder"):
        export(board, tmp_path / "no" / "b.csv")


def seen(observation, value: str, year: int = 2025, **more):
    quantity = Quantity(value=Decimal(value), unit="%")
    changed = {"quantity": quantity, "period": Period.years(year)} | more
    return observation.model_copy(update=changed)


def test_open_sdg_has_a_file_for_each_indicator_year_first_and_value_last(observation):
    other = seen(observation, "5.3", series=Series(indicator="增速"))
    files, left_out = to_open_sdg(
        [seen(observation, "2.60", 2024), seen(observation, "2.65"), other]
    )
    assert left_out == ()
    assert files == {
        "indicator_rd.csv": "Year,Units,Series,Scope,GeoCode,Value\n"
        "2024,%,level,重庆市,500000,2.60\n2025,%,level,重庆市,500000,2.65\n",
        "indicator_增速.csv": "Year,Units,Series,Value\n2025,%,level,5.3\n",
    }


def test_open_sdg_takes_the_newest_value_of_a_year(observation):
    old = seen(observation, "2.5", known_on=date(2026, 3, 1))
    new = seen(observation, "2.7", known_on=date(2026, 9, 1), vintage=Vintage.REVISED)
    files, _ = to_open_sdg([new, old])
    assert files["indicator_rd.csv"].splitlines()[1:] == ["2025,%,level,重庆市,500000,2.7"]


def test_open_sdg_says_what_it_has_no_place_for(observation):
    quarter = observation.model_copy(update={"period": Period.parse("2025Q1")})
    files, left_out = to_open_sdg([quarter])
    assert files == {}
    assert left_out == (quarter,)


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/b", "..", "", "con\x00", "长" * 300])
def test_open_sdg_file_names_stay_in_their_folder(observation, name):
    files, _ = to_open_sdg([seen(observation, "1", series=Series(indicator=name))])
    (file,) = files
    assert file.startswith("indicator_")
    assert not set(file) & set("/\\\x00:")
    assert len(file.encode()) < 255


def test_two_indicators_never_share_an_open_sdg_file(observation):
    names = ["a/b", "a-b", "A b"]
    files, _ = to_open_sdg([seen(observation, "1", series=Series(indicator=n)) for n in names])
    assert sorted(files) == [
        "indicator_A-b-3.csv",
        "indicator_a-b-2.csv",
        "indicator_a-b.csv",
    ]


def test_open_sdg_cells_are_safe_and_without_stray_blanks(observation):
    series = Series(indicator="x", scope=Scope(name=" =1+1 \n y"))
    files, _ = to_open_sdg([seen(observation, "-1", series=series)])
    assert read(files["indicator_x.csv"])[1] == ["2025", "%", "level", "'=1+1 y", "-1"]


def test_a_board_s_observations_go_to_open_sdg_once(board, observation):
    judged = tuple(a.model_copy(update={"observations": (observation,)}) for a in board.assessments)
    files, _ = to_open_sdg(board.model_copy(update={"assessments": judged}))
    assert list(files) == ["indicator_rd.csv"]
    assert len(files["indicator_rd.csv"].splitlines()) == 2
