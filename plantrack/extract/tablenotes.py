"""The notes under a table: what its marks mean, and which rows a note speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plantrack.extract.cells import flat, mark
from plantrack.extract.numerals import fold
from plantrack.extract.tablerules import Meaning, TableRules
from plantrack.model.document import Table

_BRACKETS = {"【": "【】", "[": "【】", "［": "【】", "〔": "【】", "(": "()"}


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a note: its text, the mark it explains (if any) and what the mark means."""

    text: str
    sign: str = ""
    means: Meaning | None = None


def clauses(notes: Iterable[str], rules: TableRules) -> tuple[Clause, ...]:
    """The clauses of a table's notes, in order."""
    out: list[Clause] = []
    for note in notes:
        for piece in rules.clause_cut.split(note):
            text = rules.clause_number.sub("", piece, count=1).strip(" \t\u3000。")
            if text:
                out.append(_clause(text, rules))
    return tuple(out)


def unit_over(table: Table, rules: TableRules) -> str:
    """The unit that a table's title or the line over it names (单位：亿元); empty where there is none."""
    texts = (flat(table.title), *(note.text for note in table.notes))
    said = (rules.statistics.units.search(text) for text in texts)
    return next((m["unit"] for m in said if m), "")


def _clause(text: str, rules: TableRules) -> Clause:
    means = next((m.means for m in rules.meanings if m.pattern.search(text)), None)
    for match in rules.sign_in_note.finditer(text):
        sign = match["sign"]
        if sign[0] in _BRACKETS:
            return Clause(text, _BRACKETS[sign[0]], means)
        if sign != "—" or means is Meaning.NO_DATA:
            return Clause(text, mark(sign), means)
    return Clause(text, "", means)


def meanings(found: Sequence[Clause], rules: TableRules) -> dict[str, Meaning]:
    """What each mark means in this table: what the notes say, else the usual meaning."""
    said = {c.sign: c.means for c in found if c.sign and c.means is not None}
    return {**rules.default_meaning, **said}


def remarks(
    found: Sequence[Clause], indicator: str, marks: Iterable[str], texts: Iterable[str]
) -> tuple[str, ...]:
    """The clauses that apply to a row: by a mark or a cell of it, by its name, or to all rows."""
    signs = set(marks) | {fold(t) for t in texts}
    core = indicator.replace("率", "")
    out = []
    for clause in found:
        applies = clause.sign in signs if clause.sign else core in clause.text.replace("率", "")
        if applies:
            out.append(clause.text)
    return tuple(out)
