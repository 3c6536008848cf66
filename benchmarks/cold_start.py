"""What a first page costs: `plantrack figures` on it from start to end, beside loading jieba's words.

python benchmarks/cold_start.py [FILE] [--runs N]

jieba's own cache and plantrack's are warm: each command has run once before. Commands take turns.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from common import parser, row, seconds, texts

PAGE = 700  # characters
PEER = "import jieba; jieba.initialize()"


def main() -> None:
    """Print the best time of each command and its ratio to jieba's."""
    options = parser(__doc__)
    options.add_argument("--runs", type=int, default=9)
    chosen = options.parse_args()
    with TemporaryDirectory() as folder:
        page = Path(folder) / "page.txt"
        page.write_text(texts(chosen.files)[0].read_text("utf-8")[:PAGE], encoding="utf-8")
        plantrack = ("-c", "from plantrack.cli.main import run; run()")
        commands = {
            PEER: ("-c", PEER),
            "plantrack figures page.txt --jsonl": (*plantrack, "figures", str(page), "--jsonl"),
            "plantrack figures page.txt": (*plantrack, "figures", str(page), "--out", os.devnull),
            "plantrack --version": (*plantrack, "--version"),
            "an empty interpreter": ("-c", "pass"),
        }
        for command in commands.values():
            seconds(sys.executable, *command)
        best = dict.fromkeys(commands, float("inf"))
        for _ in range(chosen.runs):
            for name, command in commands.items():
                best[name] = min(best[name], seconds(sys.executable, *command))
    row("cold start, best of the runs", "ms", "of jieba")
    for name, spent in best.items():
        row(name, f"{spent * 1000:.0f}", f"{spent / best[PEER]:.2f}")


if __name__ == "__main__":
    main()
