"""Draw the READMEs' charts anew, from the seeds, into docs/pictures: python docs/draw.py.

Not part of `make docs`: the glyphs, and so the bytes, are those of the fonts of the machine.
"""

from __future__ import annotations

from pathlib import Path

from plantrack import flow
from plantrack.datafile import seeds_path
from plantrack.show import charts, pictures
from plantrack.show.language import using

FOLDER = Path(__file__).parent / "pictures"


def main() -> None:
    """Two charts in each of the two languages."""
    plan = flow.read_plan(seeds_path("plans", "chongqing-2025.yaml"))
    seen = flow.read_report(seeds_path("reports", "chongqing-2025.txt"))
    board = flow.assess(plan, seen, as_of=2025)
    for language in ("zh", "en"):
        with using(language):
            drawn = {
                "gaps": charts.gap_bars(board),
                "trajectory": charts.trajectory(board["rd-intensity"], height=220),
            }
        for name, chart in drawn.items():
            pictures.save(chart, FOLDER / f"{name}-{language}.svg")


if __name__ == "__main__":
    main()
