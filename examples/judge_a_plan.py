"""Judge a city's yearly plan by the text of the year's report, and list what was missed.

python examples/judge_a_plan.py
"""

from __future__ import annotations

import plantrack as pt
from plantrack.datafile import seeds_path


def main() -> None:
    """Read plan and report, judge, and print each missed target with the place that proves it."""
    plan = pt.read_plan(seeds_path("plans", "chongqing-2025.yaml"))
    seen = pt.read_report(seeds_path("reports", "chongqing-2025.txt"))
    board = pt.assess(plan, seen, as_of=2025)

    print(plan.title)
    for status, number in board.counts().items():
        print(f"  {status.zh} {status.en}: {number}")

    for assessment in board.assessments:
        if assessment.status is pt.Status.MISSED and assessment.observed is not None:
            source = assessment.observed.source
            print(f"\n{assessment.reason.zh}\n{assessment.reason.en}")
            print(f"  {source.doc} {source.span}: {source.quote.strip()}")


if __name__ == "__main__":
    main()
