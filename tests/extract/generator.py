"""Sentences with known answers: constructions × indicators × values, from tests/golden/constructions.yaml."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from plantrack import flow
from plantrack.datafile import load, rules_path
from plantrack.extract import Cues
from plantrack.link import Lexicon
from plantrack.model import Dimension, Figure, FigureKind
from plantrack.read import parse

FILE = Path(__file__).parents[1] / "golden" / "constructions.yaml"
_AMOUNTS = {
    Dimension.MONEY, Dimension.PEOPLE, Dimension.MASS, Dimension.AREA, Dimension.LENGTH,
    Dimension.ENERGY, Dimension.POWER,
}  # fmt: skip
_WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_SLOT = re.compile(r"\{([A-Za-z])\}")


class Construction(BaseModel):
    """One way to say something, see the head of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    frame: str
    text: str
    figures: dict[str, str]
    takes: dict[str, Literal["amount", "share", "thing"]] = {}
    scope: str | None = None
    estimated: bool = False
    lacking: str = ""


class Constructions(BaseModel):
    """The file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    frames: dict[str, str]
    things: tuple[tuple[str, str], ...]
    flows: tuple[str, ...]
    constructions: tuple[Construction, ...]


class Noun(BaseModel):
    """What is measured, with a unit it is given in; `id` is the lexicon's, empty for a thing."""

    name: str
    unit: str
    id: str = ""


class Answer(BaseModel):
    """What one number of a sentence says; an empty field is not asked for."""

    start: int
    kind: str
    name: str
    id: str
    measure: str
    value: str
    unit: str
    cmp: str
    period: str
    scope: str | None
    estimated: bool


class Sentence(BaseModel):
    """A made sentence and all the figures it says."""

    text: str
    answers: tuple[Answer, ...]


# Verbs that are nouns where a name begins with them: 服务贸易, 销售收入.
_NOMINAL = {"服务", "生产", "销售", "运输", "投入", "支出", "供应", "供给", "采购", "保障", "贸易"}


@lru_cache(maxsize=1)
def constructions() -> Constructions:
    """The constructions of the file."""
    import yaml

    return Constructions.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def nouns() -> dict[str, tuple[Noun, ...]]:
    """Indicators by class: those whose names do not begin with something done and hold no signs."""
    cues = load(rules_path("cues.yaml"), Cues)
    doing = tuple((cues.verbs | cues.kept | cues.manner) - _NOMINAL)
    found: dict[str, list[Noun]] = {"amount": [], "share": []}
    for i in Lexicon.load().indicators.values():
        flow = i.zh in constructions().flows or re.search("新增|累计|年度", i.zh)
        if flow or re.search("[（(“、A-Za-z0-9]", i.zh) or i.zh.startswith(doing) or not i.units:
            continue
        if i.dimension in _AMOUNTS:
            found["amount"].append(Noun(name=i.zh, unit=i.units[0], id=i.id))
        elif i.dimension is Dimension.SHARE and i.units[0] == "%":
            found["share"].append(Noun(name=i.zh, unit="%", id=i.id))
    found["thing"] = [Noun(name=name, unit=unit) for name, unit in constructions().things]
    return {name: tuple(group) for name, group in found.items()}


def sentences(construction: Construction, count: int) -> Iterator[Sentence]:
    """`count` sentences of a construction, the same ones on every run."""
    dice = random.Random(construction.name)
    for _ in range(count):
        yield _sentence(construction, dice)


def _sentence(construction: Construction, dice: random.Random) -> Sentence:
    said: dict[str, Noun] = {}
    for slot in "AB":
        group = nouns()[construction.takes.get(slot, "amount")]
        others = [n for n in group if all(n.name != m.name for m in said.values())]
        said[slot] = dice.choice(others)
    of = {slot: _owner(told) for slot, told in construction.figures.items()}
    units = {slot: said[of[slot]].unit for slot in of if of[slot] in said}
    values = {slot: _value(slot, units.get(slot, ""), dice) for slot in sorted(of)}
    for slot, told in construction.figures.items():
        first = told.removeprefix("same ")
        if first != told and Decimal(values[first][0]) > Decimal(values[slot][0]):
            values[first], values[slot] = values[slot], values[first]
    text, starts = "", {}
    for n, piece in enumerate(_SLOT.split(construction.text)):
        if n % 2 == 0:
            text += piece
        elif piece in said:
            text += said[piece].name
        else:
            starts[piece] = len(text)
            text += values[piece][1]
    answers = []
    for slot, told in construction.figures.items():
        phrase, kind, *rest = told.split()
        if phrase == "same":
            continue
        measure, cmp, period = rest
        owner = said[of[slot]]
        joined = [s for s, t in construction.figures.items() if t.split() == ["same", slot]]
        value = "~".join(values[s][0] for s in (slot, *joined))
        answers.append(
            Answer(
                start=starts[slot],
                kind=kind,
                name=re.sub("[AB]", owner.name, phrase),
                id=owner.id if phrase in said else "",
                measure="" if measure == "–" else measure.removeprefix("-"),
                value="-" + value if measure.startswith("-") else value,
                unit=values[slot][2],
                cmp="" if cmp == "–" else cmp,
                period="" if period == "–" else period,
                scope=construction.scope,
                estimated=construction.estimated,
            )
        )
    return Sentence(text=text, answers=tuple(sorted(answers, key=lambda a: a.start)))


def _owner(told: str) -> str:
    """The slot of the indicator that a figure is told of: A of `新建A target cumulative …`."""
    found = re.search("[AB]", told.split()[0])
    return found[0] if found else ""


def _value(slot: str, unit: str, dice: random.Random) -> tuple[str, str, str]:
    """Of a slot: the value, as written with its unit, the unit."""
    if slot in "rst":
        return _written(Decimal(dice.randint(1, 199)) / 10, "%", dice)
    if slot == "q":
        return _written(Decimal(dice.randint(100, 999)) / 10, "%", dice)
    if slot == "p":
        return _written(Decimal(dice.randint(1, 99)) / 10, "个百分点", dice)
    if slot == "m":
        return _written(Decimal(dice.randint(11, 99)) / 10, "倍", dice)
    if slot == "k":
        return _written(Decimal(dice.randint(2, 9)), "位", dice)
    if unit == "%":
        return _written(Decimal(dice.randint(100, 999)) / 10, "%", dice)
    if unit[0] in "万亿" or unit.startswith(("吨", "公里", "平方")):
        digits = dice.choice([0, 1, 2])
        return _written(Decimal(dice.randint(300, 99_999)) / 10**digits, unit, dice)
    return _written(Decimal(dice.randint(3, 9_999)), unit, dice)


def _written(value: Decimal, unit: str, dice: random.Random) -> tuple[str, str, str]:
    plain = f"{value:f}"
    dress = dice.random()
    shown = plain
    if dress < 0.08 and value >= 1000:
        shown = f"{value:,f}"
    elif dress < 0.14:
        shown = plain.translate(_WIDE)
    return plain, shown + unit, unit


FIELDS = ("found", "kind", "value", "measure", "cmp", "period", "indicator", "linked", "scope")


def read(construction: Construction, made: list[Sentence]) -> list[dict[str, bool]]:
    """What came out right of each answer, sentence by sentence, each a paragraph of one document.

    A figure that no answer speaks of counts as an answer of which nothing is right.
    """
    head = constructions().frames[construction.frame]
    text = head + "\n".join(s.text for s in made) + "\n"
    found: dict[int, Figure] = {}
    for figure in flow.figures(parse(text, construction.name)):
        found[figure.span.start] = figure
    out, at = [], len(head)
    for sentence in made:
        for answer in sentence.answers:
            figure = found.pop(at + answer.start, None)
            out.append(_right(answer, figure))
        at += len(sentence.text) + 1
    return out + [dict.fromkeys(FIELDS, False) for start in found if start >= len(head)]


def _right(answer: Answer, figure: Figure | None) -> dict[str, bool]:
    if figure is None:
        return dict.fromkeys(FIELDS, False)
    quantity = figure.quantity
    said = answer.value.replace("~-", "~")
    return {
        "found": True,
        "kind": figure.kind == answer.kind,
        "value": quantity.written == said and quantity.unit in (answer.unit, ""),
        "measure": answer.measure in ("", figure.measure.value),
        "cmp": answer.cmp in ("", quantity.cmp.value),
        "period": answer.period in ("", str(figure.period)),
        "indicator": figure.indicator == answer.name,
        "linked": figure.kind is FigureKind.RANK
        or (figure.indicator_id or "") == answer.id
        or not answer.id,
        "scope": (figure.scope.name if figure.scope else None) == answer.scope
        and quantity.estimated == answer.estimated,
    }
