"""Documents, figures, observations and plans for the tests of the store, small and by hand."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal

from plantrack.model import (
    Baseline,
    Block,
    BlockKind,
    Candidate,
    Comparator,
    Document,
    DocumentKind,
    External,
    Figure,
    FigureKind,
    Measure,
    Nature,
    Observation,
    Period,
    Place,
    Plan,
    Quantity,
    Reach,
    Scope,
    Series,
    Source,
    Span,
    Target,
    Text,
    Vintage,
)
from plantrack.store import Version

V1 = Version("plantrack 0.1.0/plain", "rules-a")
V2 = Version("plantrack 0.2.0/plain", "rules-b")
PLACE = Text(zh="第3页，表1，第2行第4列", en="page 3, table 1, row 2, column 4")
COUNTY = Scope(name="某县", code="500999")
OTHER = Scope(name="邻县", code="500998")
GDP = Series(indicator="地区生产总值", indicator_id="gdp", scope=COUNTY)
TREES = Series(indicator="森林 覆盖率", scope=COUNTY)


def quantity(written: str, unit: str = "亿元", **more: object) -> Quantity:
    return Quantity(value=Decimal(written), unit=unit, **more)


def observation(
    value: str = "105.30",
    *,
    series: Series = GDP,
    period: str = "2024",
    known_on: date | None = date(2025, 1, 20),
    vintage: Vintage = Vintage.REPORTED,
    doc: str = "report.txt",
    start: int = 8,
    unit: str = "亿元",
) -> Observation:
    return Observation(
        series=series,
        period=Period.parse(period),
        quantity=quantity(value, unit),
        vintage=vintage,
        known_on=known_on,
        source=Source(
            doc=doc,
            span=Span(start=start, end=start + len(value)),
            sentence=Span(start=0, end=start + len(value) + 3),
            quote="地区生产总值105.30亿元",
            place=PLACE,
        ),
    )


def document(number: int = 1, *, name: str = "report.txt") -> Document:
    text = f"{number}地区生产总值达105.30亿元。\r\n森林覆盖率60%。"
    return Document(
        name=name,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        encoding="gb18030",
        title=f"第{number}份报告",
        kind=DocumentKind.REPORT,
        issuer="某县统计局",
        number="某统〔2025〕1号",
        published=date(2025, 1, 20),
        region=COUNTY,
        reviewed=Period.parse("2024"),
        planned=Period.parse("2025"),
        layout=(
            Block(kind=BlockKind.TABLE, span=Span(start=0, end=18), place=Place(page=3)),
            Block(
                kind=BlockKind.NOTE,
                span=Span(start=20, end=28),
                place=Place(sheet="指标", cell="D6"),
                left_out=True,
            ),
        ),
    )


def figure(value: str = "105.30", *, start: int = 8, doc: str = "report.txt") -> Figure:
    return Figure(
        doc=doc,
        span=Span(start=start, end=start + len(value)),
        text=value,
        kind=FigureKind.ACTUAL,
        indicator="地区生产总值",
        indicator_id="gdp",
        candidates=(Candidate(indicator_id="gdp", score=0.1 + 0.2),),
        measure=Measure.LEVEL,
        quantity=quantity(value, estimated=True, price_basis=2020),
        period=Period.parse("2024"),
        scope=COUNTY,
        sentence=Span(start=0, end=start + len(value) + 3),
        table_row=3,
        place=PLACE,
        confidence=0.1 + 0.7,
    )


def target(target_id: str = "gdp", *, series: Series = GDP, goal: object = None) -> Target:
    return Target(
        id=target_id,
        series=series,
        unit="亿元",
        baseline=Baseline(period=Period.parse("2020"), quantity=quantity("80.0")),
        goal=goal or Reach(quantity=quantity("120", cmp=Comparator.GE), text="120以上"),
        horizon=Period.parse("2021/2025"),
        nature=Nature.EXPECTED,
        source=Source(doc="plan.yaml"),
    )


def plan(*targets: Target, plan_id: str = "county-14", region: Scope | None = COUNTY) -> Plan:
    return Plan(
        id=plan_id,
        title="某县“十四五”规划",
        published=date(2021, 3, 1),
        region=region,
        period=Period.parse("2021/2025"),
        sha256=hashlib.sha256(plan_id.encode()).hexdigest(),
        targets=targets
        or (
            target(),
            target("trees", series=TREES, goal=External(text="以上级下达为准", authority="市级")),
        ),
        observations=(observation("82.5", period="2020", doc="plan.yaml"),),
    )
