"""A row of an indicator table, understood but not yet a target."""

from __future__ import annotations

from enum import StrEnum

from plantrack.model.base import Model
from plantrack.model.period import Period
from plantrack.model.quantity import Quantity
from plantrack.model.span import Span
from plantrack.model.target import Nature


class ColumnRole(StrEnum):
    """What the values of a column are."""

    BASELINE = "baseline"
    GOAL = "goal"
    RESULT = "result"  # what was reached, beside the goal
    PROGRESS = "progress"  # which share of the goal is reached, in percent
    CHANGE = "change"  # what lies between baseline and goal, printed beside both


class RowValue(Model):
    """One value cell: its column's role and period, its text as written, and the number it holds.

    `span` holds the number (first to last digit) where there is one, else the cell.
    `quantity` is None for words (达到国家考核目标) and for cells that mean no data (—, blank).
    `marks` are the signs of the table's notes that stand in the cell (*, #, 【】).
    """

    role: ColumnRole
    period: Period
    text: str
    span: Span
    quantity: Quantity | None = None
    marks: tuple[str, ...] = ()


class IndicatorRow(Model):
    """One row of an indicator table.

    `number` is the printed row number; a sub-indicator (#, 其中) carries its parent's and has
    `child` counted from 1 (0 for a row of its own). `indicator` is self-contained: a
    sub-indicator's phrase is completed from its parent where it does not stand alone.
    `readings` holds every way to fill the columns where the cells cannot be told apart;
    `values` is then empty. `remarks` are the table's notes that apply to this row.
    """

    table: str
    number: int
    child: int = 0
    indicator: str
    unit: str = ""
    price_basis: int | None = None
    values: tuple[RowValue, ...] = ()
    readings: tuple[tuple[RowValue, ...], ...] = ()
    nature: Nature | None = None
    group: str = ""
    remarks: tuple[str, ...] = ()
    horizon: Period
    span: Span
