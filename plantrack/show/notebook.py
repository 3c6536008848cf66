"""Boards show themselves as tables in IPython and Jupyter.

The model types know nothing of display, so the table is registered with IPython's formatters
by the type's name: nothing is imported until a board is really shown. `import plantrack` in a
running notebook does it; `%load_ext plantrack` does it by hand.
"""

from __future__ import annotations

from typing import Any

_BOARD = ("plantrack.model.assessment", "Board")


def load_ipython_extension(shell: Any) -> None:  # noqa: ANN401  IPython is not a dependency
    """Register the table for boards with a running IPython shell."""
    formatters = shell.display_formatter.formatters
    formatters["text/html"].for_type_by_name(*_BOARD, _html)
    formatters["text/plain"].for_type_by_name(*_BOARD, _plain)


def _html(board: Any) -> str:  # noqa: ANN401
    from plantrack.show.board import html_table

    return html_table(board)


def _plain(board: Any, printer: Any, cycle: bool) -> None:  # noqa: ANN401
    from plantrack.show.board import heading
    from plantrack.show.words import counts_text

    printer.text(f"{heading(board)}\n{counts_text(board)}")
