"""Write docs/cli.md and the demo's excerpt in the READMEs anew. Run by `make docs`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh-CN.md")
# Rows that show what the boards are about; a row is named by the beginning of its indicator.
SHOWN = (
    ("全社会固定资产投资", "万人发明专利拥有量", "城乡居民人均可支配收入比"),
    ("地区生产总值 ", "城镇调查失业率", "全社会研发投入强度"),
    ("人均地区生产总值", "常住人口城镇化率"),
)


def run(*command: str) -> str:
    """What a command prints, at the width of a file."""
    env = {k: v for k, v in os.environ.items() if k != "COLUMNS"} | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, env=env, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def excerpt(demo: str) -> str:
    """The chosen rows of each board, with its heading and its counts."""
    parts = []
    for board, wanted in zip(re.split(r"\n(?=\S.* · 截至 )", demo), SHOWN, strict=True):
        head, *rows = re.split(r"\n(?=  \S )", board.rstrip())
        *rows, tail = [*rows[:-1], *re.split(r"\n(?=\S )", rows[-1], maxsplit=1)]
        # the first row of each name, in the board's order
        chosen = [
            next(row for row in rows if re.match(rf"  \S \S+ +{re.escape(name)}", row))
            for name in wanted
        ]
        chosen.sort(key=rows.index)
        parts.append("\n".join([head, *chosen, "  …", tail.splitlines()[0]]))
    return "\n\n".join(line.rstrip() for line in parts)


def main() -> None:
    """Refresh the three pages."""
    plantrack = Path(sys.executable).with_name("plantrack")
    block = excerpt(run(str(plantrack), "demo"))
    for name in READMES:
        page = PROJECT / name
        text = re.sub(
            r"(?ms)^```text\n.*?^```$", lambda _: f"```text\n{block}\n```", page.read_text("utf-8")
        )
        page.write_text(text, encoding="utf-8")
    reference = PROJECT / "docs" / "cli.md"
    docs = ("-m", "typer", "plantrack.cli.main", "utils", "docs", "--name", "plantrack")
    run(sys.executable, *docs, "--output", str(reference))


if __name__ == "__main__":
    main()
