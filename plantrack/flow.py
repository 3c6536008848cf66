"""The one way from texts to a board: read, extract, link, assess.

    plan text ──read──▶ Document ──extract──▶ Figures ──link──▶ Targets ─┐
                                                                         ├─assess─▶ Board
    report text ─read─▶ Document ──extract──▶ Figures ──link──▶ Observations ─┘

Everything here composes pure stages with the rules that ship with plantrack; only reading a
file and the words' cache (see `cache_folder`) touch the disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse
from pathlib import Path
from typing import TYPE_CHECKING

from plantrack.errors import UsageError
from plantrack.model import (
    Aspect,
    Board,
    Decision,
    Document,
    Figure,
    Ground,
    IndicatorRow,
    Measure,
    Observation,
    Period,
    Plan,
    Scope,
    Series,
    Trace,
)

if TYPE_CHECKING:
    from plantrack.assess import Grades, RuleSet
    from plantrack.extract import Confidence, Extractor
    from plantrack.link import Lexicon, Regions
    from plantrack.paths import PathRules

_PLAN_FILES = (".yaml", ".yml")
_TABLE_FILES = (".csv",)


@dataclass(frozen=True, slots=True)
class Tools:
    """The stages with their rules, made once."""

    extractor: Extractor
    lexicon: Lexicon
    regions: Regions
    confidence: Confidence


@lru_cache(maxsize=2)
def tools(own: Path | None = None) -> Tools:
    """The extractor, the lexicon and the regions, built from the shipped rules on first use.

    `own` is a folder with lexicon files that add to the shipped lexicon; who changes them asks for
    `tools.cache_clear()`. DataError where they do not fit.
    """
    from plantrack.datafile import load, rules_path
    from plantrack.extract import Confidence, Constructions, Cues, Cutter, Extractor, Scopes
    from plantrack.extract.tablerules import table_units
    from plantrack.link import Lexicon, Regions

    cues = load(rules_path("cues.yaml"), Cues)
    constructions = load(rules_path("constructions.yaml"), Constructions)
    lexicon = Lexicon.load() if own is None else Lexicon.read(rules_path("lexicon"), own=own)
    regions = Regions.load()
    known = lexicon.words()
    cutter = Cutter(cues.words(known), cache_folder(), cues.counted)
    parts = (area.name for area in regions.areas() if len(area.within) == 1)
    names = frozenset(known)
    scopes = Scopes(cues, constructions, regions.names(), regions.relatives(), parts, names)
    units = table_units()
    confidence = load(rules_path("confidence.yaml"), Confidence)
    extractor = Extractor(cues, constructions, units, cutter, scopes, confidence, names)
    return Tools(extractor, lexicon, regions, confidence)


def cache_folder() -> Path | None:
    """The private folder in which the words' dictionary is kept between runs.

    PLANTRACK_CACHE_DIR names another; where the folder cannot be made nothing is kept.
    """
    from platformdirs import user_cache_path

    chosen = os.environ.get("PLANTRACK_CACHE_DIR")
    folder = Path(chosen) if chosen else user_cache_path("plantrack")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder if os.access(folder, os.W_OK) else None


def read(path: str | Path, *pages: str | Path, sandbox: bool = False) -> Document:
    """The document in a file (text, web page, Word, PDF, sheet), its region with its administrative code.

    `pages` are the further saved pages of one web page. `sandbox` reads in a child process with
    limits, for files that strangers made. ReadError where it cannot be read, MissingExtraError
    where the format's extra is not installed.
    """
    if sandbox:
        from plantrack.read.sandbox import read_sandboxed

        document = read_sandboxed(path, *pages)
    else:
        from plantrack.read import read as read_file
        from plantrack.read import read_pages

        document = read_pages([path, *pages]) if pages else read_file(path)
    if document.region is None or document.region.code:
        return document
    return document.model_copy(update={"region": _coded(document.region)})


def figures_and_rows(
    document: Document, *, made: Tools | None = None, suggest: bool = True
) -> tuple[tuple[Figure, ...], tuple[IndicatorRow, ...]]:
    """The linked figures of a document and the rows of its tables, both from one reading."""
    made = made or tools()
    found, rows = made.extractor.extract(document)
    if document.layout:
        found = tuple(f.model_copy(update={"place": document.shown_place(f.span)}) for f in found)
    return _linked(found, document, made, suggest), rows


def figures(
    document: Document, *, made: Tools | None = None, suggest: bool = True
) -> tuple[Figure, ...]:
    """All figures of a document, in its order, linked to the lexicon and to regions.

    One that names no indicator has the candidates it may mean, unless they are not to `suggest`. Here and
    below `made` are the stages with other rules than the shipped ones, see `tools`.
    """
    return figures_and_rows(document, made=made, suggest=suggest)[0]


def doubtful(document: Document) -> tuple[Figure, ...]:
    """The figures that are too doubtful for a board: a person should look at them first.

    How sure a figure must be stands in rules/confidence.yaml (`review`). `observations` and
    `plans` leave these out.
    """
    return tuple(filter(tools().confidence.doubts, figures(document)))


def explain(document: Document, start: int) -> Trace:
    """How the number at offset `start` was read: what fired, and why it is a figure or none.

    Any offset inside the number will do. UsageError, naming the nearest numbers, where none
    stands there.
    """
    made = tools()
    trace = made.extractor.explain(document, start)
    if trace.figure is None:
        return trace
    (figure,) = _linked((trace.figure,), document, made)
    sure = (
        Decision(aspect=Aspect.CONFIDENCE, result=f"{figure.confidence:g}", ground=Ground.KNOWN),
    )
    return trace.model_copy(
        update={
            "figure": figure,
            "decisions": (*trace.decisions, *(sure if figure.indicator_id else ())),
            "review": made.confidence.doubts(figure),
        }
    )


def plans(document: Document, *, made: Tools | None = None) -> tuple[Plan, ...]:
    """The plans in a document: one for each horizon of its tables, with the goals of its text.

    A goal of the text that is `doubtful` is left out; a row of a table that is says so itself.
    """
    from plantrack.link import identify
    from plantrack.link.goals import targets

    made = made or tools()
    linked, rows = figures_and_rows(document, made=made)

    def named(phrase: str, unit: str, measure: Measure | None) -> str | None:
        return identify(
            phrase, made.lexicon, made.regions, document.region, unit=unit, measure=measure
        )

    sure = tuple(filterfalse(made.confidence.doubts, linked))
    return targets(document, rows, sure, named, made.lexicon.indicators)


def observations(document: Document, *, made: Tools | None = None) -> tuple[Observation, ...]:
    """What a document says was reached, as observations; what is `doubtful` is left out."""
    from plantrack.link import observations as observe

    made = made or tools()
    sure = filterfalse(made.confidence.doubts, figures(document, made=made))
    return observe(document, tuple(sure), made.regions)


def read_plans(
    path: str | Path,
    *,
    pages: Iterable[str | Path] = (),
    sandbox: bool = False,
    made: Tools | None = None,
) -> tuple[Plan, ...]:
    """All plans of a file: a document (one plan for each horizon) or a plan written by hand in YAML.

    `pages` and `sandbox` are those of `read`. ReadError where the file cannot be read; DataError,
    with line and column, where a YAML plan does not fit its schema.
    """
    path = Path(path)
    if path.suffix.lower() in _PLAN_FILES:
        from plantrack.read.planfile import load_plan

        return (_completed(load_plan(path), made or tools()),)
    return plans(read(path, *pages, sandbox=sandbox), made=made)


def read_plan(path: str | Path, *, period: Period | str | int | None = None) -> Plan:
    """The plan of a file; of several the one for `period`, else the one with the latest period.

    UsageError where the file holds no plan, or none for that period.
    """
    found = read_plans(path)
    if period is not None:
        wanted = period if isinstance(period, Period) else Period.parse(period)
        found = tuple(p for p in found if p.period == wanted)
    if not found:
        held = f" for {period}" if period is not None else ""
        raise UsageError(
            f"{path}: no plan{held} found in it. Check with `plantrack targets` what it holds, "
            "or write the plan by hand in YAML.",
            file=str(path),
        )
    return max(found, key=lambda p: (p.period.last, p.period.first))


def read_report(
    path: str | Path, *, region: Scope | None = None, made: Tools | None = None
) -> tuple[Observation, ...]:
    """What a file says was reached: a report in any format, or an observation file in YAML or CSV.

    A CSV file with a Chinese header is a table of a report, any other one holds observations.
    `region` is the region of an observation file that names none. Raises as `read_plans` does.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in _PLAN_FILES or (suffix in _TABLE_FILES and holds_observations(path)):
        from plantrack.read.observations import load_observations

        return _all_known(load_observations(path, region), region, made or tools())
    return observations(read(path), made=made)


def holds_observations(path: Path) -> bool:
    """Whether the first line of a CSV file names columns of observations, which are Latin words."""
    from plantrack.read.base import decode, load_bytes
    from plantrack.read.limits import limits

    text = decode(load_bytes(path, limits().file_bytes), str(path)).text
    return text.split("\n", 1)[0].isascii()


def assess(
    plan: Plan,
    observations: Iterable[Observation],
    *,
    as_of: Period | str | int,
    rules: RuleSet | str | Path = "default",
    made: Tools | None = None,
) -> Board:
    """The board of a plan: each target judged by what was known at the end of `as_of`.

    The plan's own observations count too. `rules` is a rule set, the name of a shipped one, or
    the file of another. RuleError where a rule file does not fit.
    """
    from plantrack.assess import assess as judge
    from plantrack.assess import load_rules

    paths, grades = _ways()
    at = as_of if isinstance(as_of, Period) else Period.parse(as_of)
    chosen = load_rules(rules) if isinstance(rules, str | Path) else rules
    return judge(
        plan,
        tuple(observations),
        as_of=at,
        rules=chosen,
        indicators=(made or tools()).lexicon.indicators,
        paths=paths,
        grades=grades,
    )


def _linked(
    found: tuple[Figure, ...], document: Document, made: Tools, suggest: bool = True
) -> tuple[Figure, ...]:
    """The figures of a document linked, each as sure as it can be in it."""
    from plantrack.link import link

    doubt = made.extractor.doubt(document)
    return link(found, made.lexicon, made.regions, document.region, doubt=doubt, suggest=suggest)


@lru_cache(maxsize=1)
def _ways() -> tuple[PathRules, Grades]:
    """The shipped rules on paths and on grades."""
    from plantrack.assess import Grades
    from plantrack.datafile import load, rules_path
    from plantrack.paths import PathRules

    return load(rules_path("paths.yaml"), PathRules), load(rules_path("grades.yaml"), Grades)


def _completed(plan: Plan, made: Tools) -> Plan:
    """A hand-written plan with the codes of its regions and the lexicon ids its phrases name."""
    region = _coded(plan.region)
    targets = tuple(
        t.model_copy(update={"series": _known(t.series, t.unit, region, made)})
        for t in plan.targets
    )
    seen = _all_known(plan.observations, region, made)
    return plan.model_copy(update={"region": region, "targets": targets, "observations": seen})


def _coded(region: Scope | None) -> Scope | None:
    """A region with its administrative code, where it has none yet."""
    return tools().regions.scope(region.name) if region and not region.code else region


def _all_known(
    found: Iterable[Observation], region: Scope | None, made: Tools
) -> tuple[Observation, ...]:
    """Observations with the lexicon ids of their series and the codes of their scopes."""
    return tuple(
        o.model_copy(update={"series": _known(o.series, o.quantity.unit, region, made)})
        for o in found
    )


def _known(series: Series, unit: str, region: Scope | None, made: Tools) -> Series:
    """A series with its lexicon id and the code of its scope, where it names neither itself."""
    from plantrack.link import identify

    scope = series.scope
    if scope is not None and scope.code is None:
        scope = made.regions.scope(scope.name, region)
    found = series.indicator_id or identify(
        series.indicator,
        made.lexicon,
        made.regions,
        region,
        scope,
        unit=unit,
        measure=series.measure,
    )
    return series.model_copy(update={"indicator_id": found, "scope": scope})
