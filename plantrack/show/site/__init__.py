"""The board as a static site: pages that work from a file, each value with the words that prove it."""

from plantrack.show.site.folder import earlier_runs, publish
from plantrack.show.site.pages import RUNS_FILE, VERSION_FILE, site_files
from plantrack.show.site.parts import Paper, Story
from plantrack.show.site.past import Past, Verdict

__all__ = [
    "RUNS_FILE",
    "VERSION_FILE",
    "Paper",
    "Past",
    "Story",
    "Verdict",
    "earlier_runs",
    "publish",
    "site_files",
]
