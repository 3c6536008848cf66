"""The site as files in memory: every page whole in itself, with its style, its scripts and its policy."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from plantrack import __version__
from plantrack.errors import UsageError
from plantrack.model import Flag, FlagState, Status, Text
from plantrack.show.curves import curve
from plantrack.show.hidden import shown
from plantrack.show.labels import nature_words
from plantrack.show.site import blocks, labels, papers
from plantrack.show.site.colours import themed
from plantrack.show.site.drawing import draw, lasting
from plantrack.show.site.parts import Contents, Entry, Leaf, Paper, Story
from plantrack.show.site.past import Past, changes, gone, gravity
from plantrack.show.site.safe import policy, tame, tamed
from plantrack.show.site.values import history_of, judged_of, metrics_of, proofs_of
from plantrack.show.words import LOOKS, period_text, quantity_text

VERSION_FILE = "version.txt"
"""Holds a digest of the whole site: a page that sees it change is out of date."""
RUNS_FILE = "runs.json"
"""Holds what this run and earlier ones found, for the next run to compare with."""
_WORST = 12
_LANGUAGES = ("zh", "en")
_MOST_NEWS = 12
_MOST_FIELDS = 10
_EDITION = "0" * 16  # stands for the digest until it is known


def site_files(
    stories: Sequence[Story],
    papers: Sequence[Paper] = (),
    *,
    language: str = "zh",
) -> dict[str, bytes]:
    """All files of the site by their path under its root, in the order in which they should appear.

    The same input gives the same bytes. `language` (zh or en) is what a reader sees who has not
    chosen yet. A document that a target names as source but that is not among `papers` is named
    without a link. UsageError for another language.
    """
    if language not in _LANGUAGES:
        allowed = ", ".join(_LANGUAGES)
        raise UsageError(
            f"The site speaks {allowed}; found {language!r}. Choose one of them.", language=language
        )
    contents = Contents.of(tuple(stories), tuple(papers))
    press = _Press(contents, language)
    files = {}
    for leaf in contents.leaves:
        files[leaf.page] = press.document(leaf)
    for plan in range(1, len(contents.stories) + 1):
        entries = contents.of_plan(plan)
        for at, entry in enumerate(entries):
            files[entry.page] = press.target(entry, entries[at - 1 : at], entries[at + 1 : at + 2])
    files["flags.html"] = press.flags()
    files["documents.html"] = press.documents()
    files["targets.html"] = press.targets()
    files["index.html"] = press.overview()
    files[RUNS_FILE] = _runs(contents.stories)
    edition = _digest(files)
    marked = {
        name: page.replace(f'"{_EDITION}"', f'"{edition}"', 1) for name, page in files.items()
    }
    return {name: page.encode() for name, page in marked.items()} | {
        VERSION_FILE: f"{edition}\n".encode()
    }


def style_sheet() -> str:
    """The style sheet of all pages, with the colours of the statuses."""
    return themed(_asset("site.css"))


def _digest(files: dict[str, str]) -> str:
    found = sha256()
    for name in sorted(files):
        found.update(f"{name}\0{files[name]}\0".encode())
    return found.hexdigest()[: len(_EDITION)]


def _runs(stories: Iterable[Story]) -> str:
    runs = {
        story.board.plan.id: [past.model_dump(mode="json") for past in story.runs]
        for story in stories
    }
    return json.dumps({"runs": runs}, indent=1) + "\n"


class _Press:
    """Prints the pages of one site."""

    def __init__(self, contents: Contents, language: str) -> None:
        self.contents = contents
        self.style = style_sheet()
        self.marks = {leaf.page: papers.marks_of(leaf, contents) for leaf in contents.leaves}
        self.env = Environment(
            loader=PackageLoader("plantrack.show.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=tame,
        )
        self.env.filters["tame"] = tame
        self.env.globals |= {
            "contents": contents,
            "labels": labels,
            "language": language,
            "looks": LOOKS,
            "edition": _EDITION,
            "statuses": list(Status),
            "said": _said,
            "nature_words": nature_words,
            "when": period_text,
            "quantity_text": quantity_text,
            "written_by": f"plantrack {__version__}",
            "open_flags": sum(flag.state is not FlagState.RESOLVED for flag in self._all_flags()),
        }

    def overview(self) -> str:
        """Counts, what is new, what lags worst."""
        entries = self.contents.entries
        lagging = [e for e in entries if gravity(e.assessment.status) >= gravity(Status.LAGGING)]
        stories = [self._told(plan) for plan, _ in enumerate(self.contents.stories, 1)]
        worst = sorted(lagging, key=lambda e: e.urgency)
        return self._page(
            "overview.html",
            "",
            counts=Counter(e.assessment.status for e in entries),
            stories=stories,
            worst=worst[:_WORST],
            most_news=_MOST_NEWS,
            most_fields=_MOST_FIELDS,
            lagging=len(lagging),
            waiting=sum(e.assessment.status is Status.NO_DATA for e in entries),
        )

    def targets(self) -> str:
        """The table of all targets."""
        entries = self.contents.entries
        return self._page(
            "targets.html",
            "",
            "table.js",
            entries=entries,
            counts=Counter(e.assessment.status for e in entries),
            fields=list(dict.fromkeys(e.field for e in entries)),
            regions=list(dict.fromkeys(e.region for e in entries)),
            natures=list(dict.fromkeys(e.assessment.target.nature for e in entries)),
        )

    def target(self, entry: Entry, before: Sequence[Entry], after: Sequence[Entry]) -> str:
        """One target with its chart, its history and all its proofs."""
        target, reason = entry.assessment.target, entry.assessment.reason
        family = self.contents.of_plan(entry.plan)
        course = curve(entry.assessment, rules=entry.story.rules)
        title = f"{entry.phrase}: {reason.zh} {reason.en}"
        return self._page(
            "target.html",
            "../../",
            entry=entry,
            course=course,
            lasting=lasting(course),
            chart=draw(course, target.horizon.opening, title),
            judged=judged_of(entry.assessment),
            metrics=metrics_of(entry.assessment),
            history=history_of(entry),
            proofs=proofs_of(entry, self.contents),
            flags=[f for f in entry.story.flags if f.target_id == target.id],
            parents=[e for e in family if e.assessment.target.id == target.parent],
            parts=[e for e in family if e.assessment.target.parent == target.id],
            before=before,
            after=after,
        )

    def documents(self) -> str:
        """The list of all documents."""
        leaves = self.contents.leaves
        return self._page("documents.html", "", leaves=leaves, marks=self.marks)

    def document(self, leaf: Leaf) -> str:
        """One document with its figures highlighted."""
        marks, root = self.marks[leaf.page], "../"
        return self._page(
            "document.html",
            root,
            "paper.js",
            leaf=leaf,
            marks=marks,
            text=blocks.text_of(leaf.paper.document, marks, root),
            titles=papers.titles_of(leaf.paper.document),
            data=tamed(papers.data_of(marks, root)),
        )

    def flags(self) -> str:
        """The open matters, and those that were."""
        known = {(e.plan, e.assessment.target.id): e for e in self.contents.entries}
        rows = [
            (flag, known.get((plan, flag.target_id)))
            for plan, story in enumerate(self.contents.stories, 1)
            for flag in story.flags
        ]
        rows.sort(key=lambda row: -gravity(row[0].now))
        groups: dict[str, list[object]] = {"worse": [], "stale": [], "over": []}
        for row in rows:
            over = row[0].state is FlagState.RESOLVED
            groups["over" if over else row[0].kind.value].append(row)
        return self._page("flags.html", "", rows=rows, groups=groups)

    def _told(self, plan: int) -> dict[str, object]:
        """A plan on the overview: its fields, and what changed since the run before."""
        story, entries = self.contents.stories[plan - 1], self.contents.of_plan(plan)
        by_id = {e.assessment.target.id: e for e in entries}
        before: Past | None = story.earlier[-1] if story.earlier else None
        found = () if before is None else changes(before, story.board)
        fields = {
            name: Counter(e.assessment.status for e in entries if e.field == name)
            for name in dict.fromkeys(e.field for e in entries)
        }
        return {
            "board": story.board,
            "fields": list(fields.items()),
            "before": before,
            "changes": [(change, by_id[change.target_id]) for change in found],
            "gone": () if before is None else gone(before, story.board),
        }

    def _all_flags(self) -> Iterable[Flag]:
        return (flag for story in self.contents.stories for flag in story.flags)

    def _page(self, template: str, root: str, script: str = "", **values: object) -> str:
        scripts = [_asset("base.js"), *([_asset(script)] if script else [])]
        return self.env.get_template(template).render(
            root=root,
            here=template,
            policy=policy([self.style], scripts),
            style=Markup(self.style),
            scripts=[Markup(each) for each in scripts],
            **values,
        )


def _asset(name: str) -> str:
    """A style sheet or script that comes with the package, as it is written into a page."""
    return resources.files("plantrack.show.site").joinpath("templates", name).read_text("utf-8")


def _said(text: Text) -> Markup:
    """Both languages, of which the reader sees one; once where they say the same."""
    zh, en = shown(text.zh), shown(text.en)
    if zh == en:
        return Markup("{}").format(zh)
    return Markup('<span lang="zh">{}</span><span lang="en">{}</span>').format(zh, en)
