"""Regions of China by name and code, named areas, and words that point back to the own region.

Data: `rules/regions.csv` (codes and names) and `rules/areas.csv` (areas, short names, relative words).
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Container, Iterable, Iterator
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from plantrack.datafile import read_text, rules_path
from plantrack.errors import DataError
from plantrack.model import Scope


class Level(StrEnum):
    """The level of a region."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    ZONE = "zone"  # a development zone that the statistics count like a county


class Region(NamedTuple):
    """An administrative region: six-digit code, full name, level, and the code one level up ('' for provinces)."""

    code: str
    name: str
    level: Level
    parent: str


class Area(NamedTuple):
    """A named area that is no administrative region, and the codes of the regions it lies in."""

    name: str
    within: tuple[str, ...]


_KINDS = ("area", "short", "relative", "suffix", "nation")
_LEVELS = frozenset(Level)
_SHORTENED = (Level.PREFECTURE, Level.COUNTY)
_NOISE = str.maketrans("", "", " \u3000“”\"'‘’《》〈〉")


class Regions:
    """Finds the region or area that a name stands for; frozen once built."""

    def __init__(self, regions: Iterable[Region], areas: Iterable[_Record]) -> None:
        self._regions = {r.code: r for r in regions}
        self._names: dict[str, list[Region]] = {}
        for region in self._regions.values():
            self._names.setdefault(region.name, []).append(region)
        self._areas: dict[str, Area] = {}
        self._shorts: dict[str, Region] = {}
        self._relatives: dict[str, str] = {}
        self._endings: set[str] = set()
        self._nations: list[str] = []
        for record in areas:
            self._take(record)
        self._nations.sort(key=len, reverse=True)

    @classmethod
    def load(cls) -> Regions:
        """The regions and areas that ship with plantrack; read once. DataError where a file is wrong."""
        return _load()

    @classmethod
    def read(cls, regions: Path, areas: Path) -> Regions:
        """Regions from files of one's own in the form of the shipped ones; DataError names file and line."""
        known = _read_regions(regions)
        return cls(known.values(), _read_areas(areas, known))

    def __getitem__(self, code: str) -> Region:
        return self._regions[code]

    def __contains__(self, code: object) -> bool:
        return code in self._regions

    def __len__(self) -> int:
        return len(self._regions)

    def __iter__(self) -> Iterator[Region]:
        return iter(self._regions.values())

    def lineage(self, code: str) -> Iterator[Region]:
        """The region with that code and those above it, nearest first; nothing for an unknown code."""
        region = self._regions.get(code)
        while region is not None:
            yield region
            region = self._regions.get(region.parent)

    def area(self, name: str) -> Area | None:
        """The named area, by its name or an alias."""
        return self._areas.get(_fold(name))

    def areas(self) -> tuple[Area, ...]:
        """All named areas."""
        return tuple(dict.fromkeys(self._areas.values()))

    def find(self, name: str, within: Scope | None = None) -> Region | None:
        """The administrative region a name stands for, or None where none or several do.

        A name that several regions bear is looked for inside `within`, then inside what lies around
        it, level by level. Short names of counties (万州) count only in the province of `within`.
        Chained names (江苏省南京市鼓楼区) are followed from left to right. A relative word (全市, 我区)
        gives the region of `within` or the nearest above it whose name ends so.
        """
        return self._find(_fold(name), self._home(within))

    def scope(self, name: str, within: Scope | None = None) -> Scope:
        """The scope a name stands for: a region with its code, an area by its own name, else the name alone."""
        folded = _fold(name)
        area = self._areas.get(folded)
        if area is not None:
            return Scope(name=area.name)
        region = self._find(folded, self._home(within))
        if region is not None:
            return Scope(name=region.name, code=region.code)
        if not self._relatives.get(folded, "x") and within is not None:
            return within
        return Scope(name=name)

    def names(self, within: Scope | None = None) -> tuple[str, ...]:
        """Names to look for in a text: regions, areas with aliases, short names of provinces.

        With `within` also the short and two-letter names (万州, 忠县) of the regions of its province.
        One-letter names (渝), two-letter ones of other provinces (高县) and those that are common
        words (城区, 矿区) are left out: they mislead more often than they help.
        """
        found = dict.fromkeys(self._areas)
        found.update(dict.fromkeys(n for n in self._shorts if len(n) > 1))
        found.update(dict.fromkeys(n for n in self._names if len(n) > 2))
        home = self._home(within)
        if home is not None:
            province = list(self.lineage(home.code))[-1].code
            inside = [r for r in self if self._inside(r, province)]
            names = chain(*map(self._shortened, inside), (r.name for r in inside))
            found.update(dict.fromkeys(n for n in names if len(n) > 2 or n[-1] != "区"))
        return tuple(found)

    def relatives(self) -> tuple[str, ...]:
        """Words that point back to the document's own region or one above it (全市, 我区)."""
        return tuple(self._relatives)

    def titles(self, scope: Scope) -> tuple[str, ...]:
        """All writings of a region or area, longest first: 重庆市, 重庆; the given name where it is unknown."""
        return _titles(self, scope)

    def _take(self, record: _Record) -> None:
        for written in (record.name, *record.aliases):
            name = _fold(written)
            match record.kind:
                case "area":
                    self._areas[name] = Area(record.name, record.within)
                case "short":
                    self._shorts[name] = self._regions[record.within[0]]
                case "relative":
                    self._relatives[name] = record.within[0] if record.within else ""
                case "suffix":
                    self._endings.add(name)
                case _:
                    self._nations.append(name)
        if record.kind == "area":
            # aliases must give back one and the same object
            one = self._areas[_fold(record.name)]
            self._areas.update((_fold(alias), one) for alias in record.aliases)

    def _home(self, within: Scope | None) -> Region | None:
        if within is None:
            return None
        if within.code is not None:
            return self._regions.get(within.code)
        return self._find(_fold(within.name), None)

    def _find(self, name: str, home: Region | None) -> Region | None:
        if name in self._relatives:
            ending = self._relatives[name]
            above = self.lineage(home.code) if home is not None else ()
            return next((r for r in above if not ending or r.name.endswith(ending)), None)
        if name in self._shorts:
            return self._shorts[name]
        if name in self._names:
            return self._nearest(self._names[name], home)
        if shorts := self._of_short(name):
            top = list(self.lineage(home.code))[-1].code if home is not None else ""
            near = [r for r in shorts if r.level is Level.PREFECTURE or self._inside(r, top)]
            found = self._nearest(near, home)
            if found is not None:
                return found
        return self._chained(name, home)

    def _chained(self, name: str, home: Region | None) -> Region | None:
        for cut in range(len(name) - 2, 1, -1):
            if name[:cut] not in self._names and name[:cut] not in self._shorts:
                continue
            outer = self._find(name[:cut], home)
            if outer is None:
                continue
            inner = self._find(name[cut:], outer)
            if inner is not None and self._inside(inner, outer.code):
                return inner
        return None

    def _nearest(self, regions: list[Region], home: Region | None) -> Region | None:
        if home is not None:
            for around in self.lineage(home.code):
                inside = [r for r in regions if self._inside(r, around.code)]
                if inside:
                    return inside[0] if len(inside) == 1 else None
        return regions[0] if len(regions) == 1 else None

    def _inside(self, region: Region, code: str) -> bool:
        return any(r.code == code for r in self.lineage(region.code))

    def _of_short(self, name: str) -> list[Region]:
        """The regions with that short name: 万州 of 万州区, 酉阳 of 酉阳土家族苗族自治县."""
        plain = chain.from_iterable(self._names.get(name + end, ()) for end in self._endings)
        return [r for r in plain if name in self._shortened(r)] + self._autonomous.get(name, [])

    @cached_property
    def _autonomous(self) -> dict[str, list[Region]]:
        """By short name the regions whose full name holds a nation's: not to be had by adding an ending."""
        found: dict[str, list[Region]] = {}
        for region in self:
            for short in self._shortened(region) if "自治" in region.name else ():
                if region.name[len(short) :] not in self._endings:
                    found.setdefault(short, []).append(region)
        return found

    def _shortened(self, region: Region) -> tuple[str, ...]:
        """What is left of a name without the longest ending (市, 土家族自治县) that leaves two letters."""
        name = region.name
        for size in self._sizes if region.level in _SHORTENED else ():
            if len(name) > size + 1 and name[-size:] in self._endings:
                short = name[:-size]
                autonomous = size > 1 and name.startswith("自治", -size)
                return (self._without_nations(short) if autonomous else short,)
        return ()

    @cached_property
    def _sizes(self) -> list[int]:
        return sorted({len(ending) for ending in self._endings}, reverse=True)

    def _without_nations(self, short: str) -> str:
        """土家族 and the like off the end, as long as two letters are left."""
        while nation := next((n for n in self._nations if short.endswith(n)), ""):
            if len(short) < len(nation) + 2:
                break
            short = short[: -len(nation)]
        return short


@lru_cache(maxsize=1024)  # asked for nearly every figure
def _titles(regions: Regions, scope: Scope) -> tuple[str, ...]:
    home = regions._home(scope)
    if home is None:
        area = regions._areas.get(_fold(scope.name))
        mine = [n for n, a in regions._areas.items() if area is not None and a is area]
        return tuple(sorted({scope.name, *mine}, key=len, reverse=True))
    titles = {home.name, *(n for n, r in regions._shorts.items() if r is home and len(n) > 1)}
    titles.update(regions._shortened(home))
    return tuple(sorted(titles, key=len, reverse=True))


class _Record(NamedTuple):
    name: str
    kind: str
    within: tuple[str, ...]
    aliases: tuple[str, ...]


def _fold(name: str) -> str:
    return unicodedata.normalize("NFKC", name).translate(_NOISE)


@lru_cache(maxsize=1)
def _load() -> Regions:
    return Regions.read(rules_path("regions.csv"), rules_path("areas.csv"))


def _rows(path: Path, columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    text = read_text(path)
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line and line[0] != "#"]
    for (number, _), cells in zip(lines, csv.reader(line for _, line in lines), strict=True):
        if number == lines[0][0]:
            if cells != columns:
                allowed = ",".join(columns)
                raise DataError(
                    str(path),
                    "wrong columns",
                    "Correct the header",
                    line=number,
                    column=1,
                    allowed=allowed,
                )
        elif len(cells) != len(columns):
            found = f"{len(cells)} cells where {len(columns)} are due"
            raise DataError(str(path), found, "Correct the line", line=number, column=1)
        else:
            yield number, cells


def _read_regions(path: Path) -> dict[str, Region]:
    regions: dict[str, Region] = {}
    for line, (code, name, level, parent) in _rows(path, ["code", "name", "level", "parent"]):
        found = ""
        if len(code) != 6 or not code.isdecimal():
            found = f"'{code}' is no code of six digits"
        elif code in regions:
            found = f"the code {code} stands twice, for {regions[code].name} and {name}"
        elif level not in _LEVELS or not name:
            found = f"'{level}' is no level" if name else "the name is missing"
        elif (parent not in regions) != (level == Level.PROVINCE):
            found = f"the parent '{parent}' does not stand above this line"
        if found:
            allowed = ", ".join(Level)
            raise DataError(
                str(path), found, "Correct the line", line=line, column=1, allowed=allowed
            )
        regions[code] = Region(code, name, Level(level), parent)
    return regions


def _read_areas(path: Path, regions: Container[str]) -> list[_Record]:
    records: list[_Record] = []
    seen: dict[str, int] = {}
    for line, (name, kind, within, aliases) in _rows(path, ["name", "kind", "within", "aliases"]):
        if kind not in _KINDS:
            found = f"'{kind}' is no kind of record"
            allowed = ", ".join(_KINDS)
            raise DataError(
                str(path), found, "Correct the line", line=line, column=1, allowed=allowed
            )
        record = _Record(name, kind, tuple(within.split()), tuple(aliases.split()))
        lost = [c for c in record.within if kind in ("area", "short") and c not in regions]
        if lost:
            found = f"no region has the code {lost[0]}"
            raise DataError(str(path), found, "Correct the code", line=line, column=1)
        for written in (name, *record.aliases) if kind not in ("suffix", "nation") else ():
            if seen.setdefault(_fold(written), line) != line:
                found = f"'{written}' stands already in line {seen[_fold(written)]}"
                raise DataError(str(path), found, "Remove one of them", line=line, column=1)
        records.append(record)
    return records
