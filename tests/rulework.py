"""What each rule of extraction is worth: which golden examples are read wrong without it.

An example is a sentence, a document, a table, a labelled sentence of a text, or a made construction
(see tests/golden) that is read right. A rule is a list of rules/cues.yaml, or a pattern of
rules/constructions.yaml, rules/structure.yaml or rules/tables.yaml. Leaving out one rule at a time takes some minutes:

    PYTHONPATH=tests python -m rulework [cues structure.turns tables …]

writes tests/golden/rules.tsv anew, or of the rules that begin so.

`test_rulework.py` holds the kept result to three examples for each rule, and tries some rules again.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml
from extract.generator import Construction, Sentence, constructions, sentences
from extract.generator import read as read_made
from extract.scorer import STATED, right
from extract.test_golden import CASES as SENTENCES
from extract.test_golden import told as figures_told
from extract.test_tables import CASES as TABLES
from extract.test_tables import parsed
from extract.test_tables import told as rows_told
from pydantic import BaseModel
from read.test_documents import CASES as DOCUMENTS
from read.test_documents import told

from plantrack import flow
from plantrack.datafile import load, rules_path
from plantrack.datafile.patterns import Later
from plantrack.extract import Constructions, Cues, Cutter, Extractor, Scopes, figures, tables
from plantrack.extract.tablerules import TableRules, table_units
from plantrack.model import Document
from plantrack.read import StructureRules, parse, structure
from plantrack.read.base import decode

GOLDEN = Path(__file__).parent / "golden"
KEPT = GOLDEN / "rules.tsv"
FILES = {
    "cues": Cues,
    "constructions": Constructions,
    "structure": StructureRules,
    "tables": TableRules,
}
_NEVER = re.compile(r"(?!)")
_NO_WORD = "\x00"
_MARK = re.compile(
    r"^(?:第.{1,3}[篇章节编]|[一二三四五六七八九十]+、|[(（].{1,2}[)）]|\d+[.．])\s*"
)
# They are no constructions: bounds, sources, the official list of provinces, signs that end a sentence.
SETTINGS = frozenset(
    {"cues.counted", "structure.provinces", "structure.region_suffixes", "structure.own_region"}
    | {"structure.sentence_ends", "structure.closing", "structure.not_title_end"}
    | {"structure.default_outlook", "structure.first_plan", "tables.reduction_units"}
    | {"tables.progress_name", "constructions.produced_as"}
)


@lru_cache(maxsize=4)
def shipped(file: str) -> Any:
    """The rules of a file as they ship."""
    return load(rules_path(f"{file}.yaml"), FILES[file])


def rules() -> Iterator[str]:
    """The rules by their places in the files: cues.bounds.gt, structure.turns_ahead[3]."""
    for file in FILES:
        data = yaml.safe_load(rules_path(f"{file}.yaml").read_text(encoding="utf-8"))
        for key, value in data.items():
            place = f"{file}.{key}"
            if place in SETTINGS or isinstance(value, int):
                continue
            nested = isinstance(value, dict) and key in _NESTED
            if nested:
                yield from (f"{place}.{k}" for k, v in value.items() if not isinstance(v, int))
            elif file != "cues" and isinstance(value, list) and key not in _ONE_RULE:
                yield from (f"{place}[{n}]" for n in range(len(value)))
            else:
                yield place


# Lists whose entries are one construction: signs, and facts with their years and sources.
_ONE_RULE = {"brackets", "dated_events", "known_since", "surveys"}
_NESTED = {"predicates", "bounds", "bounds_inside", "bounds_after", "compare", "tables", "nature"}
_NESTED |= {"midterm", "statistics", "regions"}


def without(rule: str) -> tuple[str, Any]:
    """The file of a rule, and its rules without that one."""
    file, place = rule.split(".", 1)
    whole = shipped(file)
    key, *inner = re.split(r"[.\[]", place.rstrip("]"))
    old = getattr(whole, key)
    if not inner:
        new = _emptied(old)
    elif isinstance(old, tuple):
        new = old[: int(inner[0])] + old[int(inner[0]) + 1 :]
    elif isinstance(old, dict):
        new = {name: v for name, v in old.items() if str(name) != inner[0]}
    else:
        new = _changed(old, inner[0], _emptied(getattr(old, inner[0])))
    return file, _changed(whole, key, new)


def _changed(model: Any, key: str, value: Any) -> Any:
    """The model with another value of a field; not `model_copy`, which keeps what was made of the old one."""
    return type(model).model_construct(**(dict(model) | {key: value}))


def _emptied(old: Any) -> Any:
    if isinstance(old, re.Pattern | Later):
        return _NEVER
    if isinstance(old, BaseModel):  # as structure.tables.blank
        return type(old).model_construct(**{key: _emptied(value) for key, value in old})
    if isinstance(old, frozenset):
        return frozenset({_NO_WORD})
    if isinstance(old, dict):
        return {}
    if old and isinstance(old[0], BaseModel):
        return ()
    return ((_NO_WORD, _NO_WORD),) if old and isinstance(old[0], tuple) else (_NO_WORD,)


class Unit:
    """A text with the examples in it: a sentence, a document, a table, a construction, a labelled text."""

    def __init__(self, name: str, text: str, ask: Callable[[], frozenset[str]]) -> None:
        self.name, self.text, self._ask = name, text, ask
        lines = [line.strip() for line in text.splitlines()]
        parts = [s for line in lines for s in re.split("[。；]", line)]
        self.pieces = [text, *lines, *parts, *(_MARK.sub("", line) for line in lines)]

    @cached_property
    def tabular(self) -> bool:
        """Whether it holds a table."""
        return self.name.startswith("table") or bool(parse(self.text, self.name).tables)

    def right(self) -> frozenset[str]:
        """The examples that are read right with the rules as they are now."""
        try:
            return self._ask()
        except (KeyError, ValueError, IndexError, AttributeError, TypeError, StopIteration):
            return frozenset()  # without the rule it cannot be read at all

    @cached_property
    def whole(self) -> frozenset[str]:
        """The same with the rules as they ship; asked before any rule is left out."""
        return self.right()


# What can come out otherwise where rules of one file change.
_TOUCHED = {
    "cues": ("sentence", "construction", "text"),
    "constructions": ("sentence", "construction", "text"),
    "structure": ("document", "table", "construction", "text"),
    "tables": ("table", "text"),
}


@lru_cache(maxsize=1)
def units() -> tuple[Unit, ...]:
    """All golden texts, small ones first."""
    found = []

    def one(name: str, text: str, ask: Callable[[], bool]) -> None:
        found.append(Unit(name, text, lambda: frozenset({name} if ask() else ())))

    for case in SENTENCES:
        one(f"sentence: {case['construction']}", case["text"], partial(_sentence_right, case))
    for case in DOCUMENTS:
        one(f"document: {case['name']}", case["text"], partial(_document_right, case))
    for case in TABLES:
        text = f"{case['document']}\n{case['text']}"
        one(f"table: {case['name']}", text, partial(_table_right, case))
    for made in constructions().constructions:
        some = list(sentences(made, 6))
        text = constructions().frames[made.frame] + "\n".join(s.text for s in some)
        one(f"construction: {made.name}", text, partial(_made_right, made, some))
    for path in sorted((GOLDEN / "texts").glob("[0-9]*.txt")):
        document = _parse(path)
        found.append(Unit(f"text: {path.stem}", document.text, partial(_text_right, path)))
    return tuple(found)


def touched(rule: str) -> Callable[[Unit], bool]:
    """Whether a rule can matter to a text: one of its words stands in it, its pattern matches a piece."""
    file, place = rule.split(".", 1)
    if file == "tables":
        return lambda unit: unit.tabular
    if file == "constructions":  # most say where in a clause they are asked for
        return lambda unit: True
    key, *inner = re.split(r"[.\[]", place.rstrip("]"))
    value = getattr(shipped(file), key)
    for step in inner:
        if isinstance(value, dict):
            value = next(v for k, v in value.items() if str(k) == step)
        else:
            value = value[int(step)] if step.isdigit() else getattr(value, step)
    models = value if isinstance(value, tuple) else [value]
    patterns = [v for m in models if isinstance(m, BaseModel) for v in vars(m).values()] or models
    patterns = [v for v in patterns if isinstance(v, re.Pattern | Later)]
    if patterns:
        loose = [re.compile(p.pattern, p.flags | re.MULTILINE) for p in patterns]
        return lambda unit: any(p.search(piece) for p in loose for piece in unit.pieces)
    words = [w for v in value for w in ([v] if isinstance(v, str) else v)]
    return lambda unit: any(word in unit.text for word in words)


def _sentence_right(case: dict[str, Any]) -> bool:
    return figures_told(case) == case["figures"]


def _document_right(case: dict[str, Any]) -> bool:
    return told(case) == case["want"]


def _table_right(case: dict[str, Any]) -> bool:
    found = rows_told(case, parsed(case))
    return found == {"rows": case["rows"], "remarks": case.get("remarks", {})}


@lru_cache(maxsize=64)
def _labels(path: Path) -> list[dict[str, str]]:
    with path.with_suffix(".tsv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines, delimiter="\t") if row["kind"] != "part"]


def _parse(path: Path) -> Document:
    return parse(decode(path.read_bytes(), path.name).text, path.name)


def _made_right(made: Construction, some: list[Sentence]) -> bool:
    return all(all(r.values()) for r in read_made(made, some))


def _text_right(path: Path) -> frozenset[str]:
    """The sentences of a text of which every labelled number is read as its label says."""
    document = _parse(path)
    figures = flow.figures(document)
    good: dict[str, bool] = {}
    for row in _labels(path):
        start, end = int(row["start"]), int(row["end"])
        hit = next(
            (f for f in figures if f.kind in STATED and f.span.start < end and start < f.span.end),
            None,
        )
        stated = row["kind"] in STATED
        fits = (hit is not None and _wholly(row, hit)) if stated else hit is None
        before = document.text.rfind("\n", 0, start), document.text.rfind("。", 0, start)
        name = f"text: {path.stem} at {max(before) + 1}"
        good[name] = good.get(name, True) and fits
    return frozenset(name for name, fits in good.items() if fits)


def _wholly(row: dict[str, str], figure: Any) -> bool:
    scope = figure.scope.name if figure.scope else ""
    return (
        right(row, figure)
        and (row["cmp"] or "eq") == figure.quantity.cmp.value
        and row["scope"] == scope
        and ("est" in row["note"].split()) <= figure.quantity.estimated
    )


@contextmanager
def left_out(rule: str) -> Iterator[None]:
    """All texts are read without a rule here."""
    file, fewer = without(rule)
    made = flow.tools()
    if file == "structure":
        with patch.object(structure, "structure_rules", lambda: fewer):
            yield
    elif file == "tables":
        with (
            patch.object(tables, "table_rules", lambda: fewer),
            patch.object(figures, "table_rules", lambda: fewer),
        ):
            yield
    else:
        cues, patterns = shipped("cues"), shipped("constructions")
        cues, patterns = (fewer, patterns) if file == "cues" else (cues, fewer)
        cutter = made.extractor._reader._phrases._cutter  # its words stay: it is the rule that goes
        if rule in _IN_CUTTER:
            cutter = Cutter(fewer.words(made.lexicon.words()), None, fewer.counted)
        parts = (area.name for area in made.regions.areas() if len(area.within) == 1)
        names = frozenset(made.lexicon.words())
        places = made.regions.names(), made.regions.relatives()
        scopes = Scopes(cues, patterns, *places, parts, names)
        extractor = Extractor(cues, patterns, table_units(), cutter, scopes, made.confidence, names)
        other = flow.Tools(extractor, made.lexicon, made.regions, made.confidence)
        with patch.object(flow, "tools", lambda own=None: other):
            yield


ENOUGH = 3
# They do nothing but say which words a phrase is cut into.
_IN_CUTTER = frozenset({"cues.attributes"})


def lost(rule: str, among: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Examples that are read wrong without a rule: the first few (ENOUGH), or those of `among`."""
    matters = touched(rule)
    kinds = _TOUCHED[rule.partition(".")[0]]
    chosen = [u for u in units() if u.name.startswith(kinds) and matters(u)]
    if among:
        chosen = [u for u in chosen if any(example.startswith(u.name) for example in among)]
    for unit in chosen:
        unit.whole  # noqa: B018  # asked for while the rule is there
    found: list[str] = []
    with left_out(rule):
        for unit in chosen:
            found += sorted(unit.whole - unit.right())
            if len(found) >= ENOUGH and not among:
                break
    return tuple(example for example in found if not among or example in among)[:ENOUGH]


def kept() -> dict[str, tuple[str, ...]]:
    """The kept result: of each rule some examples that need it."""
    if not KEPT.exists():
        return {}
    lines = KEPT.read_text(encoding="utf-8").splitlines()
    return {rule: tuple(filter(None, some)) for rule, *some in (line.split("\t") for line in lines)}


def keep(rule: str, some: tuple[str, ...]) -> None:
    """Write what was found over what is kept; rules that are gone go."""
    whole = kept() | {rule: some}
    lines = ("\t".join((r, *whole[r])) for r in rules() if r in whole)
    KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Leave out each rule in turn (or those that begin as said) and keep which examples need it."""
    chosen = tuple(sys.argv[1:]) or tuple(FILES)
    for rule in filter(lambda rule: rule.startswith(chosen), rules()):
        some = lost(rule)
        keep(rule, some)
        sys.stderr.write(f"{len(some)}\t{rule}\n")


if __name__ == "__main__":
    main()
