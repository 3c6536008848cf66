"""The lexicon: which indicator a phrase names.

A phrase is looked up by its normal form, then by its core (see `rules/lexicon/normalise.yaml`);
nothing that changes what is measured is ever dropped on the way, so a phrase the lexicon does not
know stays unknown rather than becoming its nearest neighbour.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType

from plantrack.datafile import load, parse, read_text, rules_path
from plantrack.errors import DataError, UsageError
from plantrack.link.aliases import Normaliser, NormalRules
from plantrack.model import Candidate, Dimension, Indicator, Measure
from plantrack.model.base import Model

_RULES = "normalise.yaml"
_CACHED = 4096


class Shelf(Model):
    """A lexicon file: the records of one field."""

    field: str
    indicators: tuple[Indicator, ...]


class Lexicon:
    """The indicators by id, and the search by phrase; frozen once built.

    Raises DataError where two records share an id, or a name after normalising; the places of both
    are named where `places` (id → place, a file with its line) gives them.
    """

    def __init__(
        self,
        indicators: Iterable[Indicator],
        rules: NormalRules,
        *,
        places: Mapping[str, tuple[str, int]] | None = None,
    ) -> None:
        self._normaliser = Normaliser(rules)
        self._rules = rules.candidates
        self._places = dict(places or {})
        found: dict[str, Indicator] = {}
        self._names: dict[str, str] = {}
        for indicator in indicators:
            if indicator.id in found:
                raise self._twice(f"the id '{indicator.id}'", indicator.id, found[indicator.id].id)
            found[indicator.id] = indicator
            for name in (indicator.zh, *indicator.aliases):
                self._claim(name, indicator.id)
        self.indicators: Mapping[str, Indicator] = MappingProxyType(found)
        self._cores: dict[str, tuple[str, ...]] = {}
        for normal, owner in self._names.items():
            core = self._normaliser.core(normal)
            owners = self._cores.get(core, ())
            if owner not in owners:
                self._cores[core] = (*owners, owner)
        self._unit_classes = {
            i.id: [c for c in map(self._normaliser.unit_class, i.units) if c is not None]
            for i in found.values()
        }
        self._cached = lru_cache(maxsize=_CACHED)(self._identify)

    @classmethod
    def load(cls) -> Lexicon:
        """The lexicon that ships with plantrack; read once."""
        return _load()

    @classmethod
    def read(cls, *folders: Path, rules: Path | None = None, own: Path | None = None) -> Lexicon:
        """A lexicon from all YAML files of some folders, with rules of its own or the shipped ones.

        Files in the folder `own` add to that: a record with an id of its own is a new indicator, one
        with a known id gives its aliases to that indicator and changes nothing else.
        """
        records: list[Indicator] = []
        places: dict[str, tuple[str, int]] = {}
        for path in sorted(p for f in folders for p in f.glob("*.yaml") if p.name != _RULES):
            data = parse(read_text(path), str(path))
            shelf = data.validate(Shelf)
            for index, record in enumerate(shelf.indicators):
                place = data.error(("indicators", index), "", "")
                line = place.facts["line"]
                here = (str(path), line if isinstance(line, int) else 1)
                if record.id in places:
                    raise _twice(f"the id '{record.id}'", here, places[record.id])
                places[record.id] = here
                records.append(record.model_copy(update={"field": shelf.field}))
        if own is not None:
            added = cls.read(own, rules=rules)
            records = [_with_aliases(r, added.indicators.get(r.id)) for r in records]
            records += [i for i in added.indicators.values() if i.id not in places]
            places = {**added._places, **places}
        normal = load(rules or rules_path("lexicon", _RULES), NormalRules)
        return cls(records, normal, places=places)

    def __reduce__(self) -> tuple[object, ...]:
        # a worker in another process builds its own from the records
        return _rebuild, (tuple(self.indicators.values()), self._normaliser.rules, self._places)

    def __getitem__(self, indicator_id: str) -> Indicator:
        try:
            return self.indicators[indicator_id]
        except KeyError:
            raise UsageError(
                f"the lexicon has no indicator '{indicator_id}'. Ask `identify` or `candidates` with a phrase.",
                indicator_id=indicator_id,
            ) from None

    def __contains__(self, indicator_id: object) -> bool:
        return indicator_id in self.indicators

    def __len__(self) -> int:
        return len(self.indicators)

    def normal(self, phrase: str) -> str:
        """The form in which phrases are compared: 规模以上工业增加值 and 规上工业增加值 give the same."""
        return self._normaliser.normal(phrase)

    def identify(
        self, phrase: str, *, unit: str = "", measure: Measure | None = None
    ) -> str | None:
        """The id of the indicator that a phrase names, or None where none or several could be meant.

        A `unit` that the indicator cannot have speaks against it where the measure is a level or a
        sum; a name whose last word is elided is then completed if that fits (研发投入, % → intensity).
        """
        return self._cached(phrase, unit, measure)

    def candidates(
        self, phrase: str, *, unit: str = "", measure: Measure | None = None
    ) -> tuple[Candidate, ...]:
        """The indicators whose names are most like a phrase, best first; score 1 for the one it names."""
        sure = self.identify(phrase, unit=unit, measure=measure)
        if sure is not None:
            return (Candidate(indicator_id=sure, score=1.0),)
        least, misfit = float(self._rules.least), float(self._rules.misfit)
        ranked = self._alike(self._normaliser.core(self._normaliser.normal(phrase)), least)
        scored = (
            (score if self._fits(found, unit, measure) else score * misfit, found)
            for found, score in ranked.items()
        )
        best = sorted(
            (pair for pair in scored if pair[0] >= least), key=lambda pair: (-pair[0], pair[1])
        )
        return tuple(
            Candidate(indicator_id=found, score=round(score, 3))
            for score, found in best[: self._rules.most]
        )

    def words(self) -> tuple[str, ...]:
        """All names and aliases in all spellings the rules know: words a tokenizer should not cut."""
        return self._words

    def _identify(self, phrase: str, unit: str, measure: Measure | None) -> str | None:
        normal = self._normaliser.normal(phrase)
        *_, (core, grows) = forms = list(self._normaliser.cuts(normal))
        if grows:
            # the phrase says itself that a rate follows: the unit is the rate's, not the indicator's
            unit = ""
        named = next((self._names[form] for form, _ in forms if form in self._names), None)
        owners = (named,) if named is not None else self._cores.get(core, ())
        found = [i for i in owners if self._fits(i, unit, measure)]
        if len(found) == 1:
            return found[0]
        completed = self._completed((normal, core), unit, measure)
        if completed is not None or owners:
            return completed
        return self._reordered(core, unit, measure)

    def _fits(self, indicator_id: str, unit: str, measure: Measure | None) -> bool:
        if not unit or not self._normaliser.speaks_of_level(measure):
            return True
        kind = self._normaliser.unit_class(unit)
        if kind is None or unit in self.indicators[indicator_id].units:
            return True
        dimension: Dimension = self.indicators[indicator_id].dimension
        return dimension in kind.fits or kind in self._unit_classes[indicator_id]

    def _completed(self, forms: tuple[str, ...], unit: str, measure: Measure | None) -> str | None:
        kind = self._normaliser.unit_class(unit)
        if kind is None or not self._normaliser.speaks_of_level(measure):
            return None
        whole = (self._normaliser.normal(form + word) for form in forms for word in kind.complete)
        tried = (self._names.get(name) for name in whole)
        found = {t for t in tried if t is not None and self._fits(t, unit, measure)}
        return found.pop() if len(found) == 1 else None

    def _reordered(self, core: str, unit: str, measure: Measure | None) -> str | None:
        if any(letter in core for letter in self._rules.fixed):
            return None
        rivals = self._letters.get("".join(sorted(core)))
        if rivals is None:
            return None
        ranked = sorted(self._alike(core).items(), key=lambda pair: -pair[1])
        (best, score), *others = ranked or [("", 0.0)]
        clear = not others or score - others[0][1] >= self._rules.margin
        same = best in rivals and score >= self._rules.reordered and clear
        return best if same and self._fits(best, unit, measure) else None

    def _alike(self, core: str, least: float = 0.0) -> dict[str, float]:
        """Ids with the likeness of their most alike name, of those that share a pair of letters."""
        pairs = _pairs(core)
        shared = Counter(chain.from_iterable(self._index.get(pair, ()) for pair in pairs))
        few = least * (len(pairs) + 1) / 2  # too few of them, however short the name
        best: dict[str, float] = {}
        for name, common in shared.items():
            if common < few:
                continue
            score = 2 * common / (len(pairs) + max(len(name) - 1, 1))
            if score >= least:
                for owner in self._cores[name]:
                    best[owner] = max(best.get(owner, 0.0), score)
        return best

    @cached_property
    def _index(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = {}
        for name in self._cores:
            for pair in _pairs(name):
                index.setdefault(pair, []).append(name)
        return index

    @cached_property
    def _letters(self) -> dict[str, set[str]]:
        letters: dict[str, set[str]] = {}
        for name, owners in self._cores.items():
            letters.setdefault("".join(sorted(name)), set()).update(owners)
        return letters

    @cached_property
    def _words(self) -> tuple[str, ...]:
        names = (n for i in self.indicators.values() for n in (i.zh, *i.aliases))
        return tuple(dict.fromkeys(s for n in names for s in self._normaliser.spellings(n)))

    def _claim(self, name: str, indicator_id: str) -> None:
        normal = self._normaliser.normal(name)
        owner = self._names.setdefault(normal, indicator_id)
        if owner != indicator_id:
            raise self._twice(f"the name '{name}' (as '{normal}')", indicator_id, owner)

    def _twice(self, what: str, here: str, there: str) -> DataError:
        return _twice(what, self._places.get(here, (here, 1)), self._places.get(there, (there, 1)))


def _twice(what: str, here: tuple[str, int], there: tuple[str, int]) -> DataError:
    file, line = here
    found = f"{what} stands already in {there[0]}:{there[1]}"
    hint = "Keep it in one record; a phrase may name one indicator only"
    return DataError(file, found, hint, line=line, column=1)


def _with_aliases(record: Indicator, added: Indicator | None) -> Indicator:
    """A record with the names that another one of the same id has besides."""
    if added is None:
        return record
    names = dict.fromkeys((*record.aliases, added.zh, *added.aliases))
    names.pop(record.zh, None)
    return record.model_copy(update={"aliases": tuple(names)})


def _pairs(text: str) -> list[str]:
    """The pairs of neighbouring letters, all different: one that comes again carries a number."""
    pairs = [text[i : i + 2] for i in range(len(text) - 1)] or [text]
    if len(set(pairs)) == len(pairs):
        return pairs
    seen: Counter[str] = Counter()
    for i, pair in enumerate(pairs):
        pairs[i] = f"{pair}{seen[pair] or ''}"
        seen[pair] += 1
    return pairs


def _rebuild(
    indicators: tuple[Indicator, ...], rules: NormalRules, places: dict[str, tuple[str, int]]
) -> Lexicon:
    return Lexicon(indicators, rules, places=places)


@lru_cache(maxsize=1)
def _load() -> Lexicon:
    return Lexicon.read(rules_path("lexicon"))
