"""Indicator tables to rows: what each value is of, for when, and under which notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from plantrack.extract.cells import CellKind, Value, flat, read_value
from plantrack.extract.columns import Column, Head, table_horizon, value_columns
from plantrack.extract.regiontables import of_regions
from plantrack.extract.rowphrases import Label, complete, parts, read_label, repeated
from plantrack.extract.segments import Segment, flattened, gridded
from plantrack.extract.tableheads import flat_head, grid_head
from plantrack.extract.tablenotes import Clause, clauses, meanings, remarks, unit_over
from plantrack.extract.tablerules import (
    VALUES,
    Meaning,
    Names,
    TableRules,
    table_rules,
    table_units,
)
from plantrack.extract.units import Units
from plantrack.model import (
    Cell,
    ColumnRole,
    Document,
    IndicatorRow,
    Period,
    Quantity,
    RowValue,
    Table,
)
from plantrack.model.fiveyears import beyond_five

# A row that could be filled in more ways than this is not read at all.
SHARES = ("%", "％", "‰")
_MAX_READINGS = 12
_MAX_TRIED = 1000


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all rows of one table share."""

    title: str
    columns: tuple[Column, ...]
    horizon: Period
    clauses: tuple[Clause, ...]
    means: dict[str, Meaning]
    rules: TableRules
    units: Units
    unit: str  # of rows that name none

    @property
    def long(self) -> bool:
        """Whether the goals are for several years."""
        return self.horizon.length_in_years > 1


def rows(
    document: Document, rules: TableRules | None = None, units: Units | None = None
) -> tuple[IndicatorRow, ...]:
    """The rows of all indicator tables of a document, in order.

    A table counts where its header gives at least one column of goals or results with a
    period; other tables give no rows. Sub-indicators follow their parent. Where a row has
    fewer values than columns and the cells themselves do not tell which is which, its `values`
    stay empty and `readings` holds every way to fill it.
    """
    rules = rules or table_rules()
    units = units or table_units()
    out: list[IndicatorRow] = []
    for table in document.tables:
        out.extend(_table(table, document, rules, units))
    return tuple(out)


def _table(table: Table, document: Document, rules: TableRules, units: Units) -> list[IndicatorRow]:
    real = bool(table.cells) and table.cells[0].row is not None
    if real and of_regions(table, rules):
        return []  # its rows are no indicators
    found, body = grid_head(table, rules) if real else flat_head(table, rules)
    values = [h for h in found if h is not None and h.names in VALUES]
    horizon = table_horizon(table.title, values, document)
    if not values or horizon is None:
        return []
    columns = value_columns(values, horizon, table.title, rules, document.reviewed)
    if all(c.role is ColumnRole.BASELINE for c in columns):
        return []
    notes = clauses((n.text for n in table.notes), rules)
    means = meanings(notes, rules)
    unit = _common(table, values, rules, units)
    frame = _Frame(table.title, columns, horizon, notes, means, rules, units, unit)
    if real:
        segments = gridded(body, found, rules, units)  # type: ignore[arg-type]
    else:
        flat_heads = [h for h in found if h is not None]
        segments = flattened(body, flat_heads, len(columns), rules, units)  # type: ignore[arg-type]
    return _rows(segments, frame)


# ------------------------------------------------------------------------------- rows


def _rows(segments: Sequence[Segment], frame: _Frame) -> list[IndicatorRow]:
    out: list[IndicatorRow] = []
    parent = Label("")
    merged: Cell | None = None
    of_parent: tuple[str, ...] = ()
    labels = [read_label(segment.label, frame.rules, frame.units) for segment in segments]
    groups = [_group(segment.group, frame.rules) for segment in segments]
    of_groups = repeated(labels, groups)
    for k, (segment, label, over) in enumerate(zip(segments, labels, parts(labels), strict=True)):
        if segment.child == 0:
            parent = label
        has_children = k + 1 < len(segments) and segments[k + 1].child > segment.child == 0
        if segment.child:
            indicator = complete(label.name, parent.name, frame.rules)
        elif label.name in of_groups:
            indicator = groups[k] + label.name
        else:
            indicator = label.name + over
        price = label.price_basis
        ways = _ways(segment, frame, merged, has_children)
        unit = label.unit or segment.unit
        if segment.child and not unit and _in_parents_unit(indicator, ways, frame.rules):
            unit = parent.unit
        if not unit and _in_common_unit(indicator, ways, frame.rules):
            unit = frame.unit
        stock = bool(frame.rules.stock_phrase.search(indicator))
        filled = [
            tuple(
                _row_value(c, v, label, indicator, unit, price, frame, stock and _grows(way))
                for c, v in way
            )
            for way in ways
        ]
        filled = [_with_change(way) for way in filled]
        certain = len(filled) == 1
        values = filled[0] if certain else ()
        shown = [cell for cell in segment.values if cell is not None]
        said = remarks(
            frame.clauses,
            label.name,
            [m for way in filled for v in way for m in v.marks],
            [c.text for c in shown],
        )
        if segment.child == 0:
            of_parent = tuple(c.text for c in frame.clauses if not c.sign and c.text in said)
        out.append(
            IndicatorRow(
                table=frame.title,
                number=segment.number,
                child=segment.child,
                indicator=indicator,
                unit=unit or _common_unit(values),
                price_basis=price,
                values=values,
                readings=() if certain else tuple(filled),
                nature=segment.nature,
                group=groups[k],
                remarks=tuple(dict.fromkeys((*said, *of_parent))),
                horizon=frame.horizon,
                span=segment.span,
            )
        )
        if segment.joined and shown:
            merged = shown[-1]
        elif shown:
            merged = None
    return out


def _common(table: Table, values: Sequence[Head], rules: TableRules, units: Units) -> str:
    """The unit of rows that name none: in the brackets of the headers, or in the line over the table."""
    in_heads = {read_label(h.text, rules, units).unit for h in values if h.names is Names.VALUE}
    if len(in_heads) == 1 and (unit := in_heads.pop()):
        return unit
    return unit_over(table, rules)


def _in_common_unit(indicator: str, ways: Sequence[_Way], rules: TableRules) -> bool:
    """Whether a row is in its table's unit: no cell has one of its own, and it is no share or rate."""
    own = any(v.number is not None and v.number.unit for way in ways for _, v in way)
    return not own and not rules.rate_of_its_own.search(indicator)


def _in_parents_unit(indicator: str, ways: Sequence[_Way], rules: TableRules) -> bool:
    """Whether a sub-indicator is in its parent's unit: a part of it, no share or rate of its own."""
    return bool(rules.tail.search(indicator)) or _in_common_unit(indicator, ways, rules)


def _grows(way: _Way) -> bool:
    """Whether a row's plain numbers grow from a baseline: what has come together so far, 累计修复面积."""
    told = [(c, v.number.value) for c, v in way if v.number is not None and not v.marks]
    before = [n for c, n in told if c.role is ColumnRole.BASELINE and n is not None]
    after = [n for c, n in told if c.role is not ColumnRole.BASELINE and n is not None]
    return bool(before and after) and max(before) < min(after)


def _with_change(values: tuple[RowValue, ...]) -> tuple[RowValue, ...]:
    """The values; a sum that is just what lies between baseline and goal is no goal: 79.4, 80.4, 【1】."""
    plain = {
        v.role: v.quantity.value
        for v in values
        if v.quantity and not v.quantity.summed and not v.quantity.averaged
    }
    before, after = plain.get(ColumnRole.BASELINE), plain.get(ColumnRole.GOAL)
    if before is None or after is None:
        return values
    between = (after - before, before - after)

    def changes(v: RowValue) -> bool:
        return v.quantity is not None and v.quantity.summed and v.quantity.value in between

    return tuple(_as_change(v) if changes(v) else v for v in values)


def _as_change(value: RowValue) -> RowValue:
    assert value.quantity is not None
    plain = value.quantity.model_copy(update={"summed": False})
    return value.model_copy(update={"role": ColumnRole.CHANGE, "quantity": plain})


def _group(text: str, rules: TableRules) -> str:
    return rules.group.sub("", flat(text), count=1)


def _common_unit(values: Sequence[RowValue]) -> str:
    units = {v.quantity.unit for v in values if v.quantity is not None and v.quantity.ratio is None}
    return units.pop() if len(units) == 1 else ""


_Way = tuple[tuple[Column, Value], ...]


def _ways(segment: Segment, frame: _Frame, merged: Cell | None, has_children: bool) -> list[_Way]:
    """Every way to put the row's values into the columns: one where the row is clear."""
    columns = frame.columns
    if None in segment.values or (segment.values and len(segment.values) == len(columns)):
        pairs = zip(columns, segment.values, strict=True)
        return [
            tuple((c, read_value(v, frame.rules, frame.units)) for c, v in pairs if v is not None)
        ]
    values = [read_value(v, frame.rules, frame.units) for v in segment.values if v is not None]
    if not values:
        if has_children:
            return [()]
        # Nothing stands here: no data, or the merged cell of the row above.
        goals = [c for c in columns if c.role is ColumnRole.GOAL]
        above: list[_Way] = []
        if merged is not None and len(goals) == 1:
            above = [((goals[0], read_value(merged, frame.rules, frame.units)),)]
        return [(), *above] if above else [(), ()]
    if len(values) < len(columns):
        chosen = [
            tuple(zip(some, values, strict=True))
            for some in islice(combinations(columns, len(values)), _MAX_TRIED)
            if all(_fits(c, v, frame) for c, v in zip(some, values, strict=True))
        ]
    else:
        chosen = [
            tuple(zip(columns, some, strict=True))
            for some in islice(combinations(values, len(columns)), _MAX_TRIED)
            if all(_fits(c, v, frame) for c, v in zip(columns, some, strict=True))
        ]
    if not chosen or len(chosen) > _MAX_READINGS:
        return [(), ()]
    goal_first = sorted(chosen, key=lambda way: ColumnRole.GOAL not in {c.role for c, _ in way})
    # A row with more values than columns is never clear, even if only one choice fits.
    return goal_first if len(values) < len(columns) else [*goal_first, ()]


def _fits(column: Column, value: Value, frame: _Frame) -> bool:
    goal = column.role is ColumnRole.GOAL
    if value.kind is CellKind.WORDS and frame.rules.goal_words.search(flat(value.text)):
        return goal
    if value.estimated and goal:
        return False
    if column.role is ColumnRole.PROGRESS and value.kind is CellKind.WORDS:
        return False
    means = {frame.means.get(m) for m in value.marks}
    yearly = value.mean or value.total or bool(means & {Meaning.AVERAGED, Meaning.SUMMED})
    if yearly and any(c.rate for c in frame.columns):
        return column.rate or not goal
    return True


def _row_value(
    column: Column, value: Value, label: Label, indicator: str, unit: str, price: int | None,
    frame: _Frame, stock: bool,
) -> RowValue:  # fmt: skip
    marks = tuple(dict.fromkeys((*value.marks, *label.marks)))
    if value.number is None:
        return RowValue(
            role=column.role, period=column.period, text=value.text, span=value.span, marks=marks
        )
    if column.role is ColumnRole.PROGRESS:
        return RowValue(
            role=column.role, period=column.period, text=value.text, span=value.span,
            quantity=_flagged(value.number, "%", None), marks=marks,
        )  # fmt: skip
    rules = frame.rules
    means = {frame.means.get(m) for m in marks}
    goal = column.role is not ColumnRole.BASELINE
    total = told = Meaning.SUMMED in means or value.total or column.total
    mean = Meaning.AVERAGED in means or value.mean or bool(rules.mean_phrase.search(indicator))
    if frame.long and not mean and not stock:
        said = rules.span_phrase.search(indicator) or (goal and rules.sum_phrase.search(indicator))
        total = total or bool(said)
    mean = (mean or column.mean) and not total
    reduces = bool(rules.reduction_phrase.search(indicator)) and unit in rules.reduction_units
    if column.rate and mean and not reduces:
        unit, price = "%", None  # a yearly mean beside levels is a rate, whatever they are in
    quantity = _flagged(value.number, unit, price)
    return RowValue(
        role=column.role,
        period=_period(column, mean or total or (reduces and frame.long), frame, told),
        text=value.text,
        span=value.span,
        quantity=quantity.model_copy(
            update={
                "estimated": value.estimated or column.estimated or Meaning.ESTIMATED in means,
                "averaged": mean,
                "summed": total,
            }
        ),
        marks=marks,
    )


def _flagged(number: Quantity, unit: str, price: int | None) -> Quantity:
    keeps = number.ratio is not None
    written = unit or number.unit
    if unit and number.unit in SHARES and unit not in SHARES:
        written, price = number.unit, None  # 6%左右 in a row of 亿元 is what it grows by
    return number.model_copy(update={"unit": "" if keeps else written, "price_basis": price})


def _period(column: Column, whole: bool, frame: _Frame, told: bool) -> Period:
    """The column's period, or the whole span of years for means, sums and reductions.

    `told`: a mark or the header says that it is a sum, so it is one up to the column's year.
    """
    if not whole or not frame.long or column.period.length_in_years > 1:
        return column.period
    if column.role is not ColumnRole.BASELINE:
        return _years_to(column.period, frame.horizon, told)
    before = column.period.year == frame.horizon.first.year - 1
    return frame.horizon.shift(-1) if before else column.period


def _years_to(goal: Period, horizon: Period, told: bool) -> Period:
    """The years a sum up to a goal's year is over: the plan's, or in a longer plan the last five."""
    first = horizon.first.year
    long = beyond_five(horizon)
    if long and goal.year % 5 == 0:
        return Period.years(goal.year - 4, goal.year)
    if told and not long and first < goal.year:
        return Period.years(first, goal.year)
    return horizon if goal.year == horizon.last.year else goal
