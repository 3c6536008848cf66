"""What importing plantrack costs, beside pandas: best of several runs, each in a fresh interpreter.

python benchmarks/import_time.py
"""

from __future__ import annotations

import subprocess
import sys
import time

RUNS = 7


def seconds(code: str) -> float:
    """The shortest time that an interpreter needs for `code`."""
    times = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - begun)
    return min(times)


def main() -> None:
    """Print the cost of each import over that of an empty interpreter."""
    empty = seconds("pass")
    pandas = seconds("import pandas") - empty
    rows = {
        "import pandas": pandas,
        "import plantrack": seconds("import plantrack") - empty,
        "plantrack.Status (the model types)": seconds("import plantrack as p; p.Status") - empty,
        "plantrack.assess (the whole core)": seconds("import plantrack as p; p.assess") - empty,
    }
    for name, cost in rows.items():
        print(f"{name:36} {cost * 1000:7.1f} ms   {cost / pandas:5.2f} of pandas")


if __name__ == "__main__":
    main()
