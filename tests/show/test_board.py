"""The board for terminal and notebook: every status by sign and word, every text taken literally."""

from __future__ import annotations

from html.parser import HTMLParser

from rich.console import Console

from plantrack.model import Metrics, Status
from plantrack.show.board import html_table, lines, terminal_table
from plantrack.show.words import LOOKS


def printed(renderable, width: int = 160) -> str:
    console = Console(width=width, color_system=None)
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


class Shape(HTMLParser):
    """Which elements were opened and which text they hold."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def test_terminal_says_status_by_sign_and_both_words(board):
    text = printed(terminal_table(board))
    for status in Status:
        assert f"{LOOKS[status].sign} {status.zh}" in text
        assert status.en in text


def test_signs_differ_so_that_colour_is_not_needed():
    assert set(LOOKS) == set(Status)
    assert len({look.sign for look in LOOKS.values()}) == len(Status)


def test_texts_are_never_markup_in_the_terminal(board):
    text = printed(terminal_table(board))
    assert "<b>理由</b> [red]未完成[/red]" in text
    assert "why & how: missed" in text


def test_every_row_names_its_source(board):
    for line, assessment in zip(lines(board), board.assessments, strict=True):
        if assessment.observed is None:
            assert line.source == "plan.txt:3-8 表行 row 1"
        else:
            assert line.source == "report.txt:120-124 「达到2.65%」"


def test_html_is_well_formed_and_escaped(board):
    shape = Shape()
    shape.feed(html_table(board))
    assert shape.open == []
    assert shape.tags.count("script") == 1  # the one that sorts
    assert "b" not in shape.tags
    assert "<script>alert(1)</script> 规划" in shape.text
    assert shape.tags.count("tr") == len(Status) + 1
    assert "✗ 未完成 missed" in shape.text


def test_the_column_of_required_rates_is_there_only_where_it_says_something(board):
    assert "每年需" in html_table(board)
    assert "+5.91%" in printed(terminal_table(board))
    done = board.model_copy(
        update={
            "assessments": tuple(
                a.model_copy(update={"metrics": Metrics()}) for a in board.assessments
            )
        }
    )
    assert "每年需" not in html_table(done)
    assert "每年需" not in printed(terminal_table(done))


def test_an_empty_board_is_still_a_table(board):
    empty = board.model_copy(update={"assessments": ()})
    assert "<tbody></tbody>" in html_table(empty)
    assert "截至 as of 2025" in printed(terminal_table(empty))


def test_a_brief_table_names_what_it_does_not_tell(board):
    text = printed(terminal_table(board, brief=True))
    assert "– 暂无数据 no data (1): 地区生产总值增长" in text
    assert "why & how: no data" not in text
    assert "why & how: missed" in text
    assert "why & how: no data" in printed(terminal_table(board))
