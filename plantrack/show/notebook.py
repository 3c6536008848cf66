"""Boards show themselves as tables in IPython, Jupyter and other notebooks.

The model types know nothing of display, so it is given to them from here. In a running IPython
the table is registered with the formatters by the type's name: nothing is imported until a board
is really shown. `import plantrack` does it; `%load_ext plantrack` does it by hand. For whatever
else asks a value for its HTML, the front door gives boards `_repr_html_` when it first hands
out `assess` or `Board`.
"""

from __future__ import annotations

from typing import Any

_BOARD = ("plantrack.model.assessment", "Board")


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401  IPython is not a dependency
    """Register the table for boards with a running IPython shell."""
    formatters = shell.display_formatter.formatters
    formatters["text/html"].for_type_by_name(*_BOARD, _html)
    formatters["text/plain"].for_type_by_name(*_BOARD, _plain)


def give_boards_html() -> None:
    """Give the type Board `_repr_html_`, the method by which notebooks ask a value for its HTML."""
    from plantrack.model.assessment import Board

    setattr(Board, "_repr_html_", _html)  # noqa: B010  no attribute that the type declares


def _html(board: Any) -> str:  # noqa: ANN401
    from plantrack.show.board import html_table

    return html_table(board)


def _plain(board: Any, printer: Any, cycle: bool) -> None:  # noqa: ANN401
    from plantrack.show.board import heading
    from plantrack.show.words import counts_text

    printer.text(f"{heading(board)}\n{counts_text(board)}")
