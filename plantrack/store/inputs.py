"""Tables of what came in: runs, documents, figures, observations, plans; drawn in tables.py."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from plantrack.store.columns import Row, index_where, later_ref, long_text, moment, row_id, run_ref


class RunRow(Row, table=True):
    """One pass of the job; `summary` is a JSON object."""

    __tablename__ = "run"
    id: str = Field(primary_key=True)
    holder: str
    started: datetime = moment()
    ended: datetime | None = moment(none=True)
    code: int | None = None
    summary: str | None = long_text(None)


class LeaseRow(Row, table=True):
    """Who may do the work `name` until when; `token` grows with each new holder."""

    __tablename__ = "lease"
    name: str = Field(primary_key=True)
    holder: str
    token: int
    since: datetime = moment()
    until: datetime = moment()


class TextRow(Row, table=True):
    """A decoded text, once for all readings that gave it; `sha256` is that of its UTF-8."""

    __tablename__ = "document_text"
    sha256: str = Field(primary_key=True)
    content: str = long_text()


class DocumentRow(Row, table=True):
    """A content that was read; `path` is where the file is kept."""

    __tablename__ = "document"
    id: int | None = row_id()
    sha256: str = Field(unique=True)
    path: str = ""
    at: datetime = moment()
    run: str | None = run_ref()


class ReadingRow(Row, table=True):
    """What one version of the reader and the rules made of a document; the newest is `current`.

    `structure` is JSON: the headings, and the blocks and tables of a format that has its own.
    """

    __tablename__ = "reading"
    __table_args__ = (
        UniqueConstraint("document_id", "reader", "rules"),
        index_where("current", "ux_reading_current", "document_id"),
    )
    id: int | None = row_id()
    document_id: int = Field(foreign_key="document.id")
    reader: str
    rules: str
    current: bool = True
    text_sha256: str = Field(foreign_key="document_text.sha256")
    name: str
    title: str
    kind: str
    issuer: str
    number: str
    published: date | None
    region_name: str | None
    region_code: str | None
    planned: str | None
    reviewed: str | None
    encoding: str
    structure: str | None = long_text(None)
    at: datetime = moment()
    run: str | None = run_ref()


class QuantityRow(Row):
    """The columns of a quantity: `amount` is 5.3, 5~5.5 or 2.21:1, with the digits as written."""

    amount: str
    unit: str
    cmp: str
    estimated: bool
    averaged: bool
    summed: bool
    price_basis: int | None


class FigureRow(QuantityRow, table=True):
    """A figure of a reading, `place` counting from 0; `candidates` is a JSON array or empty.

    `place_zh` and `place_en` say where it stands in a file that has pages, tables or sheets.
    """

    __tablename__ = "figure"
    __table_args__ = (UniqueConstraint("reading_id", "place"),)
    id: int | None = row_id()
    reading_id: int = Field(foreign_key="reading.id")
    place: int
    span_start: int
    span_end: int
    text: str
    kind: str
    indicator: str
    indicator_id: str | None
    candidates: str = ""
    measure: str
    period: str | None
    scope_name: str | None
    scope_code: str | None
    sentence_start: int
    sentence_end: int
    table_row: int | None
    place_zh: str | None
    place_en: str | None
    confidence: float


class SeriesRow(Row, table=True):
    """A series in one writing; `phrase` is the indicator without blanks, `key` all of it."""

    __tablename__ = "series"
    __table_args__ = tuple(
        Index(f"ix_series_{name}_{place}", name, place)
        for name in ("indicator_id", "phrase")
        for place in ("scope_code", "scope_name")
    )
    id: int | None = row_id()
    key: str = Field(unique=True)
    indicator: str
    phrase: str
    indicator_id: str | None
    measure: str
    scope_name: str | None
    scope_code: str | None


class ObservationRow(QuantityRow, table=True):
    """A value of a series, one row a vintage.

    `known_from` is `known_on`, else the day it was stored. It counts from that day until
    `superseded_on`, from which a newer vintage does (None: still); `replaces` is the newest older
    vintage with another amount. `retired` rows belong to a reading that was made anew.
    """

    __tablename__ = "observation"
    __table_args__ = (
        Index(
            "ix_observation_vintage", *("series_id", "period", "known_from", "vintage", "id")
        ),  # the order in which vintages count
        index_where(
            "superseded_on IS NULL AND NOT retired AND plan_version_id IS NULL",
            "ix_observation_winner",
            *("series_id", "period"),
            unique=False,
        ),
        index_where(
            "plan_version_id IS NOT NULL",
            "ix_observation_plan_version_id",
            "plan_version_id",
            unique=False,
        ),
    )
    id: int | None = row_id()
    series_id: int = Field(foreign_key="series.id")
    reading_id: int | None = Field(foreign_key="reading.id", index=True)
    plan_version_id: int | None = Field(foreign_key="plan_version.id")
    figure_id: int | None = Field(foreign_key="figure.id")
    period: str
    vintage: str
    known_on: date | None
    known_from: date
    superseded_on: date | None
    replaces: int | None = later_ref("observation.id")
    retired: bool = False
    doc: str
    span_start: int | None
    span_end: int | None
    sentence_start: int | None
    sentence_end: int | None
    quote: str
    table_row: int | None
    place_zh: str | None
    place_en: str | None
    at: datetime = moment()
    run: str | None = run_ref()


class PlanRow(Row, table=True):
    """A plan under its id, whatever its versions."""

    __tablename__ = "plan"
    id: int | None = row_id()
    key: str = Field(unique=True)
    region_name: str | None
    region_code: str | None


class PlanVersionRow(Row, table=True):
    """A plan as one file or text had it; `body` is its JSON without targets and observations."""

    __tablename__ = "plan_version"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        index_where("current", "ux_plan_version_current", "plan_id"),
    )
    id: int | None = row_id()
    plan_id: int = Field(foreign_key="plan.id")
    number: int
    current: bool = True
    sha256: str = Field(index=True)
    digest: str
    body: str = long_text()
    text_sha256: str | None = Field(foreign_key="document_text.sha256")
    reader: str
    rules: str
    known_from: date
    at: datetime = moment()
    run: str | None = run_ref()


class TargetRow(Row, table=True):
    """A target of a plan version, `place` counting from 0; `body` is its JSON."""

    __tablename__ = "target"
    __table_args__ = (UniqueConstraint("plan_version_id", "target_id"),)
    id: int | None = row_id()
    plan_version_id: int = Field(foreign_key="plan_version.id")
    place: int
    target_id: str
    indicator: str
    indicator_id: str | None
    measure: str
    scope_name: str | None
    scope_code: str | None
    horizon: str
    nature: str | None
    goal_kind: str
    body: str = long_text()


class ResolutionRow(Row, table=True):
    """The goal a person supplied for a target; the newest of a target counts."""

    __tablename__ = "resolution"
    __table_args__ = (Index("ix_resolution_plan_id_target_id", "plan_id", "target_id"),)
    id: int | None = row_id()
    plan_id: int = Field(foreign_key="plan.id")
    target_id: str
    goal: str = long_text()
    unit: str | None
    by: str
    note: str
    known_from: date
    at: datetime = moment()
    run: str | None = run_ref()
