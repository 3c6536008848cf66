"""Sites to look at: one of the seeds, with a past and flags, and one made of hostile texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from plantrack import flow
from plantrack.datafile import seeds_path
from plantrack.model import Document, Flag, FlagEvent, FlagState, Period, Status, Text
from plantrack.show.site import Paper, Past, Story, publish, site_files


def read(path: Path) -> Paper:
    document = flow.read(path)
    return Paper(document, flow.figures(document))


def flag(target_id: str, *states: FlagState, note: str = "") -> Flag:
    events = tuple(
        FlagEvent(at=datetime(2021, 3, 1 + i, 9, tzinfo=UTC), state=state, by="审核人", note=note)
        for i, state in enumerate(states)
    )
    return Flag(
        target_id=target_id,
        was=Status.ON_TRACK,
        now=Status.MISSED,
        as_of=Period.years(2020),
        reason=Text(zh="状态变差", en="it got worse"),
        history=events,
    )


@pytest.fixture(scope="session")
def story() -> Story:
    """Jiulongpo's 13th plan at its end, with the run of a year before and two flags."""
    plan = flow.read_plan(seeds_path("plans", "jiulongpo-13.yaml"))
    seen = flow.read_report(seeds_path("reports", "jiulongpo-2020.txt"))
    before = Past.of(flow.assess(plan, seen, as_of=2019))
    flags = (
        flag("investment", FlagState.OPEN, FlagState.ACKNOWLEDGED, note="已去函"),
        flag("patents", FlagState.OPEN, FlagState.RESOLVED),
    )
    return Story(flow.assess(plan, seen, as_of=2020), (before,), flags)


@pytest.fixture(scope="session")
def paper() -> Paper:
    """The report that the seeds' plan is judged by."""
    return read(seeds_path("reports", "jiulongpo-2020.txt"))


@pytest.fixture(scope="session")
def files(story: Story, paper: Paper) -> dict[str, bytes]:
    """The site of the seeds."""
    return site_files([story], [paper])


@pytest.fixture(scope="session")
def site(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same in a folder."""
    folder = tmp_path_factory.mktemp("site")
    publish(files, folder)
    return folder


@pytest.fixture
def document() -> Callable[..., Document]:
    """Makes a document of a text."""

    def make(text: str, **more: object) -> Document:
        return Document.model_validate({"name": "a.txt", "text": text, "sha256": "0" * 64} | more)

    return make


@pytest.fixture(scope="session")
def tabs(chromium) -> Iterator[Callable]:
    """Opens a page in a fresh profile; `troubles` gathers whatever the browser complains of."""
    opened = []

    def open_(address: str, width: int = 1280, height: int = 900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        page = context.new_page()
        page.troubles = []
        page.on("console", lambda m: page.troubles.append(f"console {m.type}: {m.text}"))
        page.on("pageerror", lambda e: page.troubles.append(f"error: {e}"))
        page.on("dialog", lambda d: page.troubles.append(f"dialog: {d.message}"))
        page.on("requestfailed", lambda r: page.troubles.append(f"failed: {r.url}"))
        page.goto(address)
        opened.append(context)
        return page

    yield open_
    for context in opened:
        context.close()
