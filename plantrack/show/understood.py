"""What was understood of a document: its particulars, outline, tables and how many figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Group
from rich.text import Text as Line

from plantrack.model import (
    Document,
    DocumentKind,
    Figure,
    IndicatorRow,
    Outlook,
    Section,
    SectionKind,
    Span,
    Table,
)
from plantrack.show.records import Record

KINDS = {
    DocumentKind.PLAN: "规划 plan",
    DocumentKind.ANNUAL_PLAN: "年度计划 annual plan",
    DocumentKind.REPORT: "报告 report",
    DocumentKind.PROPOSAL: "建议 proposal",
    DocumentKind.COMMUNIQUE: "公报 communique",
    DocumentKind.OTHER: "其他 other",
}
_OUTLOOKS = {Outlook.REVIEW: "回顾 review", Outlook.PLAN: "展望 plan", Outlook.NEUTRAL: ""}
_SHOWN = 60  # lines of an outline
_LONGEST = 40  # letters of a title in it
_UNTITLED = (SectionKind.NOTE, SectionKind.CELL)  # no heading of the text opens these
_DEPTH = {kind: depth for depth, kind in enumerate(SectionKind)}


def understood_record(
    document: Document, figures: Sequence[Figure], rows: Sequence[IndicatorRow]
) -> Record:
    """One line of `plantrack read --json`: plain dictionaries, every key always there."""
    blocks = Counter(block.kind.value for block in document.blocks if not block.left_out)
    return {
        "doc": document.name,
        "sha256": document.sha256,
        "encoding": document.encoding,
        "characters": len(document.text),
        "title": document.title,
        "kind": document.kind.value,
        "issuer": document.issuer or None,
        "number": document.number or None,
        "published": document.published and document.published.isoformat(),
        "region": document.region and {"name": document.region.name, "code": document.region.code},
        "planned": document.planned and str(document.planned),
        "reviewed": document.reviewed and str(document.reviewed),
        "blocks": dict(sorted(blocks.items())),
        "left_out": [b.span.of(document.text) for b in document.blocks if b.left_out],
        "outline": [_section(document, s) for s in _outline(document)],
        "tables": [_table(document, t, rows) for t in document.tables],
        "figures": {"total": len(figures), **_kinds(figures)},
        "conflicts": [
            {"about": c.about, "found": c.found, "used": c.used} for c in document.conflicts
        ],
    }


def understood_text(
    document: Document, figures: Sequence[Figure], rows: Sequence[IndicatorRow]
) -> Group:
    """The same for people: particulars, outline, tables, and what was left out, in Chinese and English."""
    said = [Line(document.title or document.name, style="bold")]
    said += [Line(f"  {name}：{value}") for name, value in _particulars(document) if value]
    outline = _outline(document)
    said.append(Line(f"大纲 Outline · {len(outline)}", style="bold"))
    for section in outline[:_SHOWN]:
        title = section.title if len(section.title) <= _LONGEST else f"{section.title[:_LONGEST]}…"
        extra = " ".join(filter(None, (_OUTLOOKS[section.outlook], str(section.period or ""))))
        indent = "  " * (1 + _DEPTH[section.kind])
        said.append(Line(f"{indent}{title}{f'  [{extra}]' if extra else ''}"))
    if len(outline) > _SHOWN:
        said.append(Line(f"  … {len(outline) - _SHOWN}"))
    said.append(Line(f"表 Tables · {len(document.tables)}", style="bold"))
    for number, table in enumerate(document.tables, start=1):
        height, width = _size(table)
        size = f"{height}×{width}" if width else f"{len(table.cells)} 格 cells"
        inside = sum(table.span.contains(row.span) for row in rows)
        where = _place(document, table.span) or f"{table.span.start}-{table.span.end}"
        said.append(
            Line(f"  {number}. {table.title or '–'}  {size} · 指标 indicators {inside} · {where}")
        )
    kinds = " · ".join(f"{kind} {count}" for kind, count in _kinds(figures).items())
    said.append(
        Line(f"数据 Figures · {len(figures)}{f'  ({kinds})' if kinds else ''}", style="bold")
    )
    out = [b.span.of(document.text) for b in document.blocks if b.left_out]
    if out:
        said.append(Line(f"未采 Left out · {len(out)}", style="bold"))
        said.append(Line("  " + " / ".join(dict.fromkeys(out))[:240]))
    said += [Line(f"存疑 Conflict：{c.about}: {c.found} → {c.used}") for c in document.conflicts]
    return Group(*said)


def _particulars(document: Document) -> list[tuple[str, str]]:
    region = document.region
    return [
        ("文件 File", document.name),
        ("类型 Kind", KINDS[document.kind]),
        ("地区 Region", " ".join(filter(None, (region.name, region.code))) if region else ""),
        ("发布 Issuer", document.issuer),
        ("文号 Number", document.number),
        ("日期 Published", str(document.published or "")),
        ("规划期 Planned", str(document.planned or "")),
        ("回顾期 Reviewed", str(document.reviewed or "")),
        ("文本 Text", f"{len(document.text):,} 字 characters · {document.encoding}"),
    ]


def _outline(document: Document) -> list[Section]:
    """The sections that a heading opens: not the document itself, notes, cells, or turns inside a paragraph."""
    lines = {block.span.start for block in document.blocks}
    return [
        s
        for s in document.sections[1:]
        if s.title and s.kind not in _UNTITLED and s.heading.start in lines
    ]


def _section(document: Document, section: Section) -> Record:
    return {
        "kind": section.kind.value,
        "title": section.title,
        "outlook": section.outlook.value,
        "period": section.period and str(section.period),
        "start": section.span.start,
        "end": section.span.end,
        "place": _place(document, section.heading) or None,
    }


def _table(document: Document, table: Table, rows: Sequence[IndicatorRow]) -> Record:
    height, width = _size(table)
    return {
        "title": table.title,
        "rows": height or None,
        "columns": width or None,
        "cells": len(table.cells),
        "indicators": sum(table.span.contains(row.span) for row in rows),
        "notes": [note.text for note in table.notes],
        "start": table.span.start,
        "end": table.span.end,
        "place": _place(document, table.span) or None,
    }


def _size(table: Table) -> tuple[int, int]:
    """Rows and columns of a table of real cells; 0 and 0 where it lies one cell a line."""
    real = [(c.row, c.column) for c in table.cells if c.row is not None and c.column is not None]
    return (len({r for r, _ in real}), 1 + max(c for _, c in real)) if real else (0, 0)


def _place(document: Document, span: Span) -> str:
    place = document.shown_place(span)
    return place.zh if place else ""


def _kinds(figures: Sequence[Figure]) -> dict[str, int]:
    return dict(Counter(figure.kind.value for figure in figures).most_common())
