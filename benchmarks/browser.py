"""What the site asks of a browser, beside a bare table and a bare text in the same browser.

python benchmarks/browser.py [FILE…] [--targets N] [--characters N] [--highlights N] [--rounds N]

Needs Chromium. The peers: the same targets as `DataFrame.to_html()` of pandas writes them, and
the same text in one <pre>. Time to load is the browser's own, from the navigation's start to the
end of its load event; the longest frame is that between two frames while the whole page is
scrolled through; filter and jump are the time to the next frame after the reader's act.
"""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from common import parser, row, texts, varied

from plantrack import flow, to_frame
from plantrack.datafile import seeds_path
from plantrack.model import Board, Figure, Span
from plantrack.show.site import Paper, Story, publish, site_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
QUIET += ["--disable-background-networking", "--disable-component-update"]
HEAD = ("load ms", "ratio", "longest frame ms", "act ms")
LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"
SCROLLED = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  let longest = 0, before = await frame();
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight / 2) {
    scrollTo(0, y);
    const now = await frame();
    longest = Math.max(longest, now - before);
    before = now;
  }
  return longest;
}"""
ACTED = """async ([act]) => {
  const begun = performance.now();
  if (act === "filter") {
    const field = document.querySelector("input[data-filter=q]");
    field.value = "总";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  } else {
    location.hash = [...document.querySelectorAll("a.m[id]")].at(-1).id;
  }
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - begun;
}"""


def main() -> None:
    """Print a row for each page and its peer."""
    options = parser(__doc__)
    options.add_argument("--targets", type=int, default=500)
    options.add_argument("--characters", type=int, default=100_000)
    options.add_argument("--highlights", type=int, default=800)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    if CHROMIUM is None:
        row("chromium", "not installed")
        return
    with TemporaryDirectory() as home, browser() as chromium:
        folder = Path(home)
        board = many_targets(chosen.targets)
        paper = long_paper(
            folder / "long.txt", texts(chosen.files), chosen.characters, chosen.highlights
        )
        publish(site_files([Story(board)], [paper]), folder / "site")
        bare = folder / "table.html"
        bare.write_text(f"<meta charset=utf-8>{to_frame(board).to_html()}", encoding="utf-8")
        plain = folder / "text.html"
        escaped = html.escape(paper.document.text)
        plain.write_text(f"<meta charset=utf-8><pre>{escaped}</pre>", encoding="utf-8")
        (document,) = (folder / "site/documents").glob("*.html")
        row(f"{len(board.assessments)} targets", *HEAD)
        peer = measure(chromium, "pandas to_html", bare, chosen.rounds)
        for name in ("index", "targets"):
            act = "filter" if name == "targets" else ""
            measure(
                chromium, f"{name}.html", folder / f"site/{name}.html", chosen.rounds, peer, act
            )
        characters, figures = len(paper.document.text), len(paper.figures)
        row(f"{characters} characters, {figures} highlights", *HEAD)
        peer = measure(chromium, "the text in <pre>", plain, chosen.rounds)
        measure(chromium, "document", document, chosen.rounds, peer, "jump")


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium of the system's."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)


def measure(
    chromium: Browser, name: str, path: Path, rounds: int, peer: float | None = None, act: str = ""
) -> float:
    """The median time to load; prints it with its ratio to the peer's."""
    loads, frames, acts = [], [], []
    for _ in range(rounds):
        page: Page = chromium.new_page(bypass_csp=True)
        page.goto(path.as_uri())
        page.wait_for_function(f"({LOADED})() > 0")
        loads.append(page.evaluate(LOADED))
        acts += [page.evaluate(ACTED, [act])] if act else []
        frames.append(page.evaluate(SCROLLED))
        page.close()
    load = median(loads)
    ratio = "1" if peer is None else f"{load / peer:.2f}"
    row(name, f"{load:.0f}", ratio, f"{median(frames):.0f}", f"{median(acts):.0f}" if acts else "–")
    return load


def many_targets(count: int) -> Board:
    """A board of so many targets: those of a seed plan, again and again under other ids."""
    plan = flow.read_plan(seeds_path("plans", "chongqing-15.yaml"))
    seen = flow.read_report(seeds_path("reports", "chongqing-2025.txt"))
    board = flow.assess(plan, seen, as_of=2025)
    several = [
        each.model_copy(update={"target": each.target.model_copy(update={"id": f"t{number}"})})
        for number, each in enumerate(board.assessments * (count // len(board.assessments) + 1))
    ]
    return board.model_copy(update={"assessments": tuple(several[:count])})


def long_paper(path: Path, files: list[Path], characters: int, highlights: int) -> Paper:
    """A document of so many characters with so many figures."""
    text = "\n".join(varied(files, 4 * characters))[:characters]
    path.write_text(text, encoding="utf-8")
    document = flow.read(path)
    found = flow.figures(document)
    taken = {figure.span.start for figure in found}
    # where the text has fewer figures than wanted, other numbers in it stand in
    others = [m for m in re.finditer(r"\d+", text) if m.start() not in taken]
    stand_ins = (
        _at(found[0], m.start(), m.end()) for m in others[: max(0, highlights - len(found))]
    )
    return Paper(document, (*found, *stand_ins)[:highlights])


def _at(figure: Figure, start: int, end: int) -> Figure:
    span = Span(start=start, end=end)
    return figure.model_copy(update={"span": span, "sentence": span})


if __name__ == "__main__":
    main()
