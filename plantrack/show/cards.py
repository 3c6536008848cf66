"""Plans, targets, assessments and documents as HTML for a notebook, and in a line or two as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plantrack.assess.metrics import POINTS
from plantrack.assess.render import number, percent
from plantrack.model import Assessment, Document, Metrics, Nature, Observation, Plan, Target, Text
from plantrack.show.labels import (
    indicator_name,
    indicator_words,
    label,
    nature_words,
    vintage_words,
)
from plantrack.show.language import say
from plantrack.show.markup import Cell, facts, status_cell, table, unfolded
from plantrack.show.words import (
    baseline_text,
    goal_text,
    observed_text,
    place_text,
    required_text,
    source_text,
    status_text,
)

_HEADINGS = 60  # most headings of a document that are listed
_AMOUNTS = ("expected", "gap", "goal_distance", "projected")
_SHARES = ("progress", "time_share", "attainment")
_RATIOS = ("pace", "ratio")
_AMBIGUOUS = Text(zh="有歧义", en="ambiguous")
_MORE = Text(zh="另有", en="more")

Pairs = Iterator[tuple[str, Cell]]


def plan_heading(plan: Plan) -> str:
    """A plan's title and period in one line."""
    return f"{plan.title} · {plan.period}"


def plan_counts(plan: Plan) -> str:
    """How many targets a plan has, and of which nature."""
    counts = Counter(t.nature for t in plan.targets)
    natures = [n for n in (Nature.BINDING, Nature.EXPECTED, None) if counts[n]]
    told = " · ".join(f"{say(nature_words(n))} {counts[n]}" for n in natures)
    whole = f"{label('targets')} {len(plan.targets)}"
    return f"{whole}: {told}" if told else whole


def plan_html(plan: Plan) -> str:
    """A plan as a table of its targets."""
    parts = (plan.issuer, plan.number, "" if plan.published is None else str(plan.published))
    said = " · ".join(part for part in parts if part)
    columns = ("indicator", "baseline", "goal", "horizon", "nature", "field", "source")
    rows = [_target_row(target) for target in plan.targets]
    return table(
        (plan_heading(plan), said, plan_counts(plan)), [label(name) for name in columns], rows
    )


def _target_row(target: Target) -> list[Cell]:
    start = target.baseline
    return [
        Cell(indicator_name(target.series), small=target.id),
        Cell(
            baseline_text(start, mark=False), key=None if start is None else start.quantity.number
        ),
        Cell(_goal(target)),
        Cell(str(target.horizon)),
        Cell(say(nature_words(target.nature))),
        Cell(target.group),
        Cell(place_text(target.source)),
    ]


def _goal(target: Target) -> str:
    if target.ambiguous:
        return say(_AMBIGUOUS)
    return goal_text(target.goal, target.series.measure)


def target_line(target: Target) -> str:
    """A target in one line: what, to which goal, until when."""
    return f"{say(indicator_words(target.series))}: {_goal(target)} ({target.horizon})"


def target_html(target: Target) -> str:
    """All that is known of a target, with the words of the plan."""
    return facts((say(indicator_words(target.series)), target.id), _target_pairs(target))


def _target_pairs(target: Target) -> Pairs:
    yield label("goal"), Cell(_goal(target), small=getattr(target.goal, "text", ""))
    for reading in target.ambiguous:
        yield say(_AMBIGUOUS), Cell(reading.says)
    yield label("baseline"), Cell(baseline_text(target.baseline, mark=False))
    yield label("horizon"), Cell(str(target.horizon))
    yield label("nature"), Cell(say(nature_words(target.nature)))
    for point in target.milestones:
        yield label("milestone"), Cell(f"{point.value:f}{target.unit} ({point.period})")
    texts = {
        "field": target.group,
        "region": "" if target.series.scope is None else target.series.scope.name,
        "responsible": target.responsible,
        "notes": "\n".join(target.notes),
    }
    for key, text in texts.items():
        if text:
            yield label(key), Cell(text)
    yield label("source"), Cell(place_text(target.source), small=target.source.quote)


def assessment_line(assessment: Assessment) -> str:
    """An assessment in one line: status, what, why."""
    name = say(indicator_words(assessment.target.series))
    return f"{status_text(assessment.status)} · {name}: {say(assessment.reason)}"


def assessment_html(assessment: Assessment) -> str:
    """An assessment with its reason, its metrics, and every value with the place that proves it."""
    seen = [_seen_line(each) for each in assessment.observations]
    after = unfolded(f"{label('values')} ({len(seen)})", seen) if seen else ""
    title = say(indicator_words(assessment.target.series))
    return facts((title, assessment.target.id), _assessment_pairs(assessment), after)


def _assessment_pairs(assessment: Assessment) -> Pairs:
    target, observed = assessment.target, assessment.observed
    yield label("status"), status_cell(assessment.status)
    yield label("reason"), Cell(say(assessment.reason, "\n"), small=assessment.rule)
    yield label("goal"), Cell(_goal(target), small=source_text(target.source))
    yield label("baseline"), Cell(baseline_text(target.baseline, mark=False))
    if observed is not None:
        yield label("observed"), Cell(observed_text(observed), small=source_text(observed.source))
    for key, text in _metrics(assessment.metrics, target.unit):
        yield label(key), Cell(text)
    need = required_text(assessment)
    if need:
        yield label("needed"), Cell(need)
    if assessment.flags:
        yield label("flags"), Cell(" · ".join(assessment.flags))


def _metrics(metrics: Metrics, unit: str) -> Iterator[tuple[str, str]]:
    for name in (*_AMOUNTS, *_SHARES, *_RATIOS):
        value = getattr(metrics, name)
        if value is None:
            continue
        key = "projected_value" if name == "projected" else name
        if name in _AMOUNTS:
            difference = name in ("gap", "goal_distance")
            yield key, f"{number(value)}{POINTS.get(unit, unit) if difference else unit}"
        else:
            yield key, percent(value) if name in _SHARES else number(value)


def _seen_line(one: Observation) -> str:
    return f"{observed_text(one)} · {say(vintage_words(one.vintage))} · {source_text(one.source)}"


def document_heading(document: Document) -> str:
    """A document's title, or its name, and its kind."""
    return f"{document.title or document.name} · {document.kind.value}"


def document_html(document: Document) -> str:
    """What was understood of a document: whose it is, which periods it speaks of, its headings."""
    headings = [section.title for section in document.sections]
    shown = headings[:_HEADINGS]
    if len(headings) > len(shown):
        shown.append(f"… {say(_MORE)} {len(headings) - len(shown)}")
    after = unfolded(f"{label('sections')} ({len(headings)})", shown) if shown else ""
    return facts((document_heading(document), document.name), _document_pairs(document), after)


def _document_pairs(document: Document) -> Pairs:
    known = {
        "issuer": document.issuer,
        "number": document.number,
        "published": document.published,
        "region": None if document.region is None else document.region.name,
        "planned": document.planned,
        "reviewed": document.reviewed,
        "sections": len(document.sections),
        "tables": len(document.tables),
        "sentences": len(document.sentences),
        "characters": f"{len(document.text):,}",
    }
    for key, value in known.items():
        if value not in (None, ""):
            yield label(key), Cell(str(value))
    for conflict in document.conflicts:
        yield conflict.about, Cell(f"{conflict.found} → {conflict.used}")
