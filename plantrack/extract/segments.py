"""The rows of an indicator table before they are understood: which cells belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from plantrack.extract.cells import CellKind, flat, read_value
from plantrack.extract.columns import Head
from plantrack.extract.rowphrases import is_unit, number_of, read_label
from plantrack.extract.tablerules import VALUES, Names, TableRules
from plantrack.extract.units import Units
from plantrack.model import Cell, Nature, Span


@dataclass(frozen=True, slots=True)
class Segment:
    """One row or sub-row: its label, and the cells behind it that may be values, in order.

    In a table of real cells `values` has one entry per value column, None where the cell is
    empty; in one that lies one cell a line it has what was found, and `joined` says that a cell
    was put together from pieces.
    """

    number: int
    child: int
    label: str
    values: tuple[Cell | None, ...]
    span: Span
    unit: str = ""
    nature: Nature | None = None
    group: str = ""
    joined: bool = False


@dataclass(slots=True)
class _Shape:
    """What the header says of the rows."""

    rules: TableRules
    units: Units
    due: int
    numbered: bool
    has_unit: bool
    has_nature: bool
    group: str = ""
    out: list[Segment] = field(default_factory=list)

    def nature(self, cell: Cell) -> Nature | None:
        text = flat(cell.text).strip("[]()【】")
        if self.rules.nature.binding.fullmatch(text):
            return Nature.BINDING
        return Nature.EXPECTED if self.rules.nature.expected.fullmatch(text) else None

    def is_text(self, cell: Cell) -> bool:
        """Whether a cell is words: neither a value, nor a nature, nor blank."""
        return (
            any("一" <= c <= "鿿" or c.isalpha() for c in cell.text)
            and self.nature(cell) is None
            and read_value(cell, self.rules).kind is CellKind.WORDS
        )

    def is_goal(self, cell: Cell) -> bool:
        return bool(self.rules.words.search(flat(cell.text)))

    def is_label(self, cell: Cell) -> bool:
        """Whether a cell can name an indicator."""
        label = read_label(cell.text, self.rules, self.units)
        named = bool(label.unit) or label.child or not self.is_goal(cell)
        return (
            self.is_text(cell) and named and not (self.has_unit and is_unit(cell.text, self.units))
        )

    def is_child(self, cell: Cell) -> bool:
        return self.is_text(cell) and read_label(cell.text, self.rules, self.units).child

    def is_group(self, cell: Cell) -> bool:
        return bool(self.rules.group.match(flat(cell.text))) and self.is_text(cell)


def flattened(
    cells: Sequence[Cell], found: Sequence[Head], due: int, rules: TableRules, units: Units
) -> list[Segment]:
    """The rows of the cells below the header of a table that lies one cell a line.

    A printed row number with a label behind it opens a row; where rows have no numbers, a label
    does that comes when the row before is complete. A label between two rows names a group.
    """
    names = {head.names for head in found}
    first = next((c for c in cells if flat(c.text).isdecimal()), None)
    shape = _Shape(
        rules, units, due,
        numbered=Names.NUMBER in names or (first is not None and flat(first.text) == "1" and cells[:2].count(first) > 0),
        has_unit=Names.UNIT in names,
        has_nature=Names.NATURE in names,
    )  # fmt: skip
    starts = _numbered(cells, shape) if shape.numbered else _unnumbered(cells, shape)
    if starts and starts[0] > 0:
        shape.group = cells[starts[0] - 1].text
    for k, start in enumerate(starts):
        stop = starts[k + 1] if k + 1 < len(starts) else len(cells)
        row = list(cells[start:stop])
        number = int(flat(row[0].text)) if shape.numbered else k + 1
        groups = _trailing_groups(row, shape)
        _row(number, row, shape)
        if groups:
            shape.group = groups[-1].text
    return shape.out


def _numbered(cells: Sequence[Cell], shape: _Shape) -> list[int]:
    """Where rows begin: at the next number due, or at 1 again, before a label."""
    starts: list[int] = []
    last = 0
    for i in range(len(cells) - 1):
        text = flat(cells[i].text).rstrip(".、")
        if not text.isdecimal() or len(text) > 3:
            continue
        after = cells[i + 1]
        if int(text) == last + 1 and shape.is_label(after) and not shape.is_child(after):
            starts.append(i)
            last += 1
    return starts


def _unnumbered(cells: Sequence[Cell], shape: _Shape) -> list[int]:
    starts: list[int] = []
    complete = True
    values = 0
    for i, cell in enumerate(cells):
        follows = cells[i + 1] if i + 1 < len(cells) else None
        if shape.is_text(cell):
            if not complete and values < shape.due and shape.is_goal(cell):
                values += 1
                complete = not shape.has_nature and values >= shape.due
                continue
            if complete and shape.is_label(cell) and not shape.is_child(cell):
                if follows is not None and _opens_group(cell, follows, shape):
                    continue
                starts.append(i)
                complete, values = False, 0
        elif shape.nature(cell) is not None:
            complete = True
        else:
            values += 1
            complete = complete or (not shape.has_nature and values >= shape.due)
    return starts


def _opens_group(cell: Cell, follows: Cell, shape: _Shape) -> bool:
    if shape.is_group(cell):
        return True
    if read_label(cell.text, shape.rules, shape.units).unit or shape.is_goal(follows):
        return False
    return shape.is_label(follows) and not shape.is_child(follows)


def _trailing_groups(row: list[Cell], shape: _Shape) -> list[Cell]:
    """Cuts the headings of the next group off the end of a row."""
    groups: list[Cell] = []
    while len(row) > 2 and shape.is_text(row[-1]) and not shape.is_child(row[-1]):
        ends = shape.nature(row[-2]) is not None
        full = not shape.has_nature and len(row) - 2 > shape.due and not shape.is_goal(row[-1])
        if not (shape.is_group(row[-1]) or ends or full):
            break
        groups.insert(0, row.pop())
    return groups


def _row(number: int, row: list[Cell], shape: _Shape) -> None:
    """Splits a row into itself and its sub-rows."""
    body = row[1:] if shape.numbered else row
    if stacked := _stacked(number, body, row[0].span.start, shape):
        shape.out.extend(stacked)
        return
    cuts = [0]
    for i in range(1, len(body)):
        after_values = shape.nature(body[i - 1]) is not None or not shape.is_text(body[i - 1])
        unmarked = after_values and shape.is_label(body[i]) and _has_unit(body[i].text, shape)
        if shape.is_child(body[i]) or unmarked:
            cuts.append(i)
    nature: Nature | None = None
    for child, (a, b) in enumerate(zip(cuts, [*cuts[1:], len(body)], strict=True)):
        begin = row[0].span.start if child == 0 else body[a].span.start
        segment = _segment(number, child, body[a:b], begin, shape)
        nature = segment.nature or nature
        shape.out.append(replace(segment, nature=nature))


def _stacked(number: int, body: list[Cell], begin: int, shape: _Shape) -> list[Segment]:
    """The row and its sub-rows where their names stand together, and so do their values of each column:
    其中：小学, 初中, 34.5%, 77.3%, 80%, 85%. Empty where they do not.
    """
    names = list(takewhile(shape.is_text, body))
    values = [c for c in body[len(names) :] if shape.nature(c) is None]
    each, rest = divmod(len(values), shape.due)
    own = len(names) - each  # 1 where the row itself has no values
    if each < 2 or rest or own not in (0, 1) or any(map(shape.is_text, values)):
        return []
    if not shape.is_child(names[1]):
        return []
    nature = next((n for c in body if (n := shape.nature(c)) is not None), None)
    out = []
    for child, name in enumerate(names):
        cells = tuple(values[child - own :: each]) if child >= own else ()
        start = name.span.start if child else begin
        end = (cells[-1] if cells else name).span.end
        span = Span(start=start, end=end)
        out.append(Segment(number, child, name.text, cells, span, "", nature, shape.group))
    return out


def _segment(number: int, child: int, cells: Sequence[Cell], begin: int, shape: _Shape) -> Segment:
    label = cells[0].text
    rest = list(cells[1:])
    # A label that was broken: words before any value that are neither unit nor (part of) a goal.
    while rest and not _has_unit(label, shape) and shape.is_label(rest[0]):
        words = "".join(c.text for c in takewhile(shape.is_text, rest))
        if shape.rules.goal_words.search(flat(words)):
            break
        label += rest.pop(0).text
    unit = ""
    if (
        shape.has_unit
        and rest
        and (is_unit(rest[0].text, shape.units) or len(rest) > shape.due + shape.has_nature)
    ):
        unit = rest.pop(0).text
    natures = [n for c in rest if (n := shape.nature(c)) is not None]
    values = [c for c in rest if shape.nature(c) is None]
    joined = _join(values, shape)
    return Segment(
        number,
        child,
        label,
        tuple(joined),
        Span(start=begin, end=cells[-1].span.end),
        "" if flat(unit) in ("-", "—", "/") else unit,
        natures[0] if natures else None,
        shape.group,
        len(joined) < len(values),
    )


def _has_unit(label: str, shape: _Shape) -> bool:
    return bool(read_label(label, shape.rules, shape.units).unit)


def _join(values: list[Cell], shape: _Shape) -> list[Cell]:
    """Puts words together that stand in several cells and say something only together."""
    out: list[Cell] = []
    i = 0
    while i < len(values):
        run = [values[i]]
        while shape.is_text(run[-1]) and i + len(run) < len(values):
            follows = values[i + len(run)]
            if not shape.is_text(follows) or len(run) == 3:
                break
            run.append(follows)
        if len(run) > 1 and (len(values) > shape.due or not shape.is_goal(run[0])):
            text = "".join(c.text for c in run)
            span = Span(start=run[0].span.start, end=run[-1].span.end)
            out.append(Cell(text=text, span=span))
            i += len(run)
        else:
            out.append(values[i])
            i += 1
    return out


# --------------------------------------------------------------- tables of real cells


def gridded(
    rows: Sequence[Sequence[Cell]], found: Sequence[Head | None], rules: TableRules, units: Units
) -> list[Segment]:
    """The rows below the header of a table of real cells; `found` names each column."""
    names = [head.names if head else None for head in found]
    value_columns = [i for i, n in enumerate(names) if n in VALUES]

    def at(row: Sequence[Cell], name: Names) -> Cell | None:
        i = names.index(name) if name in names else -1
        return row[i] if 0 <= i < len(row) and row[i].text else None

    labels = (label.text for row in rows if (label := at(row, Names.INDICATOR)))
    numbered = Names.NUMBER in names or number_of(next(labels, "")) == "1"
    shape = _Shape(
        rules, units, len(value_columns), numbered, Names.UNIT in names, Names.NATURE in names
    )
    number = child = end = 0
    nature: Nature | None = None
    for row in rows:
        filled = [c for c in row if c.text]
        if not filled:
            continue
        # a cell merged downwards lies in the row above
        own = [c.span for c in filled if c.span.start >= end] or [c.span for c in filled]
        end = max(span.end for span in own)
        label, printed, group = (
            at(row, Names.INDICATOR),
            at(row, Names.NUMBER),
            at(row, Names.GROUP),
        )
        if group is not None:
            shape.group = group.text
        values = tuple(row[i] if i < len(row) and row[i].text else None for i in value_columns)
        if len(filled) == 1 and (label is None or not any(values)):
            shape.group = filled[0].text
            continue
        if label is None:
            continue
        digits = flat(printed.text).rstrip(".、") if printed else number_of(label.text)
        # 其中：城镇居民 is a part, and so is 农村居民 in the row behind it
        beside = child > 0 and rules.prefix.match(flat(label.text)) is not None
        is_child = bool(number) and (
            beside
            or shape.is_child(label)
            or (shape.numbered and not digits.isdecimal() and any(values))
        )
        if is_child:
            child += 1
        else:
            child = 0
            number = int(digits) if digits.isdecimal() else number + 1
            nature = None
        cell = at(row, Names.NATURE)
        nature = (shape.nature(cell) if cell else None) or (nature if is_child else None)
        unit = at(row, Names.UNIT)
        shape.out.append(
            Segment(
                number,
                child,
                label.text,
                values,
                Span(start=min(span.start for span in own), end=end),
                unit.text if unit and is_unit(unit.text, units) else "",
                nature,
                shape.group,
            )
        )
    return shape.out
