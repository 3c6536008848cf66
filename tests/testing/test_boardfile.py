"""board.toml: what it may say, where its files may lie, and what is said of mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

import plantrack as pt
from plantrack.errors import DataError, ReadError
from plantrack.testing.boardfile import load_board_file

GOOD = 'plan = "town.yaml"\nreport = "report.yaml"\nas_of = 2027\n'


@pytest.fixture
def home(tmp_path: Path, plan_text: str, report_text: str) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "town.yaml").write_text(plan_text, "utf-8")
    (folder / "report.yaml").write_text(report_text, "utf-8")
    return folder


def written(home: Path, text: str) -> Path:
    path = home / "board.toml"
    path.write_text(text, "utf-8")
    return path


def boards(home: Path, text: str, as_of: int | None = None) -> tuple[pt.Board, ...]:
    file = load_board_file(written(home, text))
    return file.boards(None if as_of is None else pt.Period.years(as_of))


def test_a_board_is_what_assess_makes_of_the_same_files(home):
    (board,) = boards(home, GOOD)
    plan, seen = pt.read_plan(home / "town.yaml"), pt.read_report(home / "report.yaml")
    assert board == pt.assess(plan, seen, as_of=2027)


def test_every_key_has_its_effect(home):
    other = (home / "town.yaml").read_text("utf-8").replace("plan: town", "plan: twin")
    (home / "twin.yaml").write_text(other, "utf-8")
    text = (
        'plan = ["town.yaml", "twin.yaml"]\nreport = ["report.yaml"]\nas_of = "2027-12-31"\n'
        'rules = "opensdg"\nfail_on = "missed"\n'
    )
    file = load_board_file(written(home, text))
    assert file.settings.fail_on is pt.Status.MISSED
    one, two = file.boards()
    assert (one.plan.id, two.plan.id) == ("town", "twin")
    assert (one.rules, str(one.as_of)) == ("opensdg", "2027-12-31")


def test_as_of_may_come_from_elsewhere_and_goes_before_the_files(home):
    without = GOOD.replace("as_of = 2027\n", "")
    (board,) = boards(home, without, as_of=2028)
    assert board.as_of.year == 2028
    (board,) = boards(home, GOOD, as_of=2028)
    assert board.as_of.year == 2028
    with pytest.raises(DataError, match=r"as_of: nothing says as of when.*--plantrack-as-of"):
        boards(home, without)


def test_a_rule_set_may_be_a_file_beside_it(home):
    text = Path(pt.__file__).parents[1] / "rules" / "status" / "default.yaml"
    mine = text.read_text("utf-8").replace("id: default", "id: mine", 1)
    (home / "mine.yaml").write_text(mine, "utf-8")
    (board,) = boards(home, GOOD + 'rules = "mine.yaml"\n')
    assert board.rules == "mine"


def test_files_beyond_the_folder_need_to_be_allowed(home):
    elsewhere = home.parent / "data"
    elsewhere.mkdir()
    (home / "report.yaml").rename(elsewhere / "report.yaml")
    text = GOOD.replace("report.yaml", "../data/report.yaml")
    with pytest.raises(DataError) as caught:
        boards(home, text)
    assert caught.value.key == "report"
    assert caught.value.allowed == str(home)
    assert "'../data/report.yaml' leads out of the folder of this file" in str(caught.value)
    (board,) = boards(home, text + 'outside = ["../data"]\n')
    assert board["slow"].status is pt.Status.LAGGING
    (board,) = boards(
        home,
        GOOD.replace("report.yaml", str(elsewhere / "report.yaml")) + f'outside = "{elsewhere}"',
    )
    assert board["slow"].status is pt.Status.LAGGING


def test_a_link_does_not_lead_out_either(home):
    secret = home.parent / "secret.yaml"
    (home / "report.yaml").rename(secret)
    try:
        (home / "report.yaml").symlink_to(secret)
    except OSError:
        pytest.skip("this system lets nobody make a link")
    with pytest.raises(DataError, match="leads out of the folder"):
        boards(home, GOOD)


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ("as_of = 2027", "", "the key 'plan' is missing"),
        ("plan = []", "plan", "does not fit"),
        ('plan = [""]', "plan.0", "does not fit"),
        ("plan = 3", "plan", "a list is due here"),
        (GOOD + 'plans = "x"', "plans", "unknown key 'plans'. Allowed: plan, report, as_of"),
        (GOOD.replace("2027", "true"), "as_of", ""),
        (GOOD.replace("2027", '"soon"'), "as_of", "'soon' is no period"),
        (GOOD + 'fail_on = "achieved"', "fail_on", "write one of lagging, off_track, missed"),
        (GOOD + 'fail_on = "bad"', "fail_on", "'bad' is not known here"),
        (GOOD + 'rules = "mine"', "rules", "no rule set 'mine'. Allowed: default, eurostat"),
        (GOOD + 'rules = "../mine.yaml"', "rules", "leads out of the folder"),
        (
            GOOD.replace('"town.yaml"', '["town.yaml", "town.yaml"]'),
            "",
            "'town.yaml' is named twice",
        ),
        (GOOD.replace('"report.yaml"', '"empty.csv"'), "report", "no values found in"),
        (GOOD.replace("town.yaml", "bare.yaml"), "plan", "no targets found in"),
    ],
)
def test_a_mistake_names_file_key_and_what_is_allowed(home, text, key, said):
    (home / "empty.csv").write_text("indicator,period,value\n", "utf-8")
    (home / "bare.yaml").write_text("plan: bare\ntitle: ''\nperiod: 2026\n", "utf-8")
    with pytest.raises(DataError) as caught:
        boards(home, text)
    assert caught.value.file == str(home / "board.toml")
    assert caught.value.key == key
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [("plan = \n", 1, 8), ('plan = "a"\nplan = "b"\n', 2, 11), ("plan = [", None, None)],
)
def test_what_is_no_toml_names_the_place(home, text, line, column):
    with pytest.raises(DataError, match="not valid TOML") as caught:
        boards(home, text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_what_is_nested_too_deep_is_said_so(home):
    with pytest.raises(DataError, match="nested too deep"):
        boards(home, "plan = " + "[" * 100_000)


def test_files_that_cannot_be_read_are_named(home):
    with pytest.raises(ReadError, match=r"none\.toml: there is no such file"):
        load_board_file(home / "none.toml")
    with pytest.raises(ReadError, match=r"gone\.yaml: there is no such file"):
        boards(home, GOOD.replace("town.yaml", "gone.yaml"))
    (home / "board.toml").write_bytes(b"plan = '\xff'")
    with pytest.raises(ReadError, match="not UTF-8"):
        load_board_file(home / "board.toml")
