"""HTML for notebooks: one kind of table, light and dark, whose columns sort where scripts may run.

Every text goes through `escape`, every cell is isolated from the direction of its neighbours'
script, and nothing is loaded from anywhere. The script holds no data and does without.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from typing import NamedTuple

from plantrack.model import Status
from plantrack.show.theme import THEMES, Theme
from plantrack.show.words import LOOKS, status_text

_RANKS = {status: rank for rank, status in enumerate(Status)}


class Cell(NamedTuple):
    """One cell: its text (lines become lines), smaller print under it, a class, and what it sorts by."""

    text: str
    small: str = ""
    style: str = ""
    key: Decimal | float | None = None


def status_cell(status: Status) -> Cell:
    """A status by sign, word and colour; sorted from best to worst."""
    return Cell(status_text(status), style=f"pt-{status.value}", key=_RANKS[status])


def table(caption: Sequence[str], headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A table with a caption, whose first line is its title, and sortable columns."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in headings)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return (
        f'{_STYLE}<div class="plantrack-frame"><table class="plantrack-board">{_caption(caption)}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{_SCRIPT}"
    )


def facts(caption: Sequence[str], pairs: Iterable[tuple[str, Cell]], after: str = "") -> str:
    """What is known of one thing: a name and a text in each row. `after` is HTML that follows."""
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{_cell(cell)}</tr>' for name, cell in pairs
    )
    return (
        f'{_STYLE}<div class="plantrack-frame"><table class="plantrack-facts">{_caption(caption)}'
        f"<tbody>{body}</tbody></table>{after}</div>"
    )


def unfolded(title: str, items: Iterable[str]) -> str:
    """A list under a title that opens when it is asked for."""
    lines = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<details><summary>{escape(title)}</summary><ul>{lines}</ul></details>"


def _caption(caption: Sequence[str]) -> str:
    first, *rest = caption
    more = "".join(f"<br>{escape(line)}" for line in rest if line)
    return f"<caption><strong>{escape(first)}</strong>{more}</caption>"


def _cell(cell: Cell) -> str:
    text = "<br>".join(escape(line) for line in cell.text.splitlines())
    if cell.small:
        text += f"<br><small>{escape(cell.small)}</small>"
    style = f' class="{escape(cell.style)}"' if cell.style else ""
    key = "" if cell.key is None else f' data-key="{escape(str(cell.key))}"'
    return f"<td{style}{key}>{text}</td>"


def _variables(theme: Theme) -> str:
    names = {"paper": theme.paper, "ink": theme.ink, "muted": theme.muted, "line": theme.line}
    names |= {status.value: theme.status(status) for status in LOOKS}
    names["band"] = theme.band
    return f"color-scheme:{theme.name};" + "".join(
        f"--pt-{name}:{colour};" for name, colour in names.items()
    )


_LIGHT, _DARK = (_variables(THEMES[name]) for name in ("light", "dark"))
_FRAME = ".plantrack-frame"
# The reader's system decides; a notebook that says itself whether it is dark overrules it.
_STYLE = "".join(
    (
        "<style>",
        f"{_FRAME}{{{_LIGHT}}}",
        f"@media (prefers-color-scheme:dark){{{_FRAME}{{{_DARK}}}}}",
        f'[data-jp-theme-light="true"] {_FRAME},.vscode-light {_FRAME}{{{_LIGHT}}}',
        f'[data-jp-theme-light="false"] {_FRAME},.vscode-dark {_FRAME}{{{_DARK}}}',
        f"{_FRAME}{{background:var(--pt-paper);color:var(--pt-ink);overflow:auto;max-height:36em;"
        "padding:.4em .6em;border:1px solid var(--pt-line);border-radius:6px;font-size:13px}",
        f"{_FRAME}:has(.plantrack-facts){{max-height:none}}",
        f"{_FRAME} table{{border-collapse:collapse;width:100%;margin:0;color:inherit;"
        "background:transparent;font-size:inherit}",
        f"{_FRAME} caption{{caption-side:top;text-align:left;color:var(--pt-muted);"
        "padding:.2em .4em .6em}",
        f"{_FRAME} caption strong{{color:var(--pt-ink);font-size:1.1em}}",
        f"{_FRAME} th,{_FRAME} td{{text-align:left;vertical-align:top;padding:.35em .5em;"
        "border-bottom:1px solid var(--pt-line);background:transparent;color:inherit;"
        "unicode-bidi:isolate;overflow-wrap:break-word;white-space:normal;min-width:4em;"
        "max-width:none}",
        f"{_FRAME} thead th{{position:sticky;top:-.4em;background:var(--pt-paper);"
        "white-space:nowrap}",
        f"{_FRAME} tbody th{{color:var(--pt-muted);font-weight:normal;white-space:nowrap;"
        "width:1%}",
        f"{_FRAME} th[aria-sort]{{cursor:pointer}}",
        f"{_FRAME} th[aria-sort=ascending]::after{{content:' ↑'}}",
        f"{_FRAME} th[aria-sort=descending]::after{{content:' ↓'}}",
        f"{_FRAME} small,{_FRAME} summary{{color:var(--pt-muted)}}",
        *(
            f"{_FRAME} .pt-{status.value}{{color:var(--pt-{status.value});white-space:nowrap;"
            "font-weight:600}"
            for status in LOOKS
        ),
        "</style>",
    )
)
_SCRIPT = """<script>
(() => {
  const value = (row, i) => {
    const cell = row.cells[i];
    return cell.dataset.key === undefined ? cell.textContent.trim() : Number(cell.dataset.key);
  };
  const order = (a, b) => {
    if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
    return typeof a === "number" ? a - b : a.localeCompare(b, "zh");
  };
  for (const table of document.querySelectorAll(".plantrack-board:not([data-sorts])")) {
    table.dataset.sorts = "";
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, i) => {
      head.tabIndex = 0;
      head.setAttribute("aria-sort", "none");
      const sort = () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach((each) => each.setAttribute("aria-sort", "none"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = [...table.tBodies[0].rows];
        rows.sort((a, b) => (up ? 1 : -1) * order(value(a, i), value(b, i)));
        table.tBodies[0].append(...rows);
      };
      head.addEventListener("click", sort);
      head.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        sort();
      });
    });
  }
})();
</script>"""
