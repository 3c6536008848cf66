"""Two plans of one district in a row: what was promised, what came of it, what is promised now.

python examples/compare_two_plans.py
"""

from __future__ import annotations

import plantrack as pt
from plantrack.datafile import seeds_path
from plantrack.show.words import goal_text, observed_text, required_text, status_text


def main() -> None:
    """Judge the old plan at its end and the new one at its start, and match them by what they measure."""
    old = pt.read_plan(seeds_path("plans", "jiulongpo-13.yaml"))
    new = pt.read_plan(seeds_path("plans", "jiulongpo-14.yaml"))
    seen = pt.read_report(seeds_path("reports", "jiulongpo-2020.txt"))
    before = {a.target.series.key: a for a in pt.assess(old, seen, as_of=2020).assessments}
    after = {a.target.series.key: a for a in pt.assess(new, (), as_of=2020).assessments}
    pt.set_language("zh")

    print(f"{old.title}\n→ {new.title}")
    for key in (key for key in before if key in after):
        then, now = before[key], after[key]
        print(f"\n{now.target.series.indicator}")
        print(f"  {old.period}  {_goal(then)}，{status_text(then.status)}", end="")
        print("" if then.observed is None else f"，{observed_text(then.observed)}")
        print(f"  {new.period}  {_goal(now)}", end="")
        print(f"，每年需 {need}" if (need := required_text(now)) else "")
    for heading, one, other in (("不再列入 dropped", before, after), ("新列入 new", after, before)):
        names = [a.target.series.indicator for key, a in one.items() if key not in other]
        print(f"\n{heading} ({len(names)}): {'、'.join(names)}")


def _goal(assessment: pt.Assessment) -> str:
    target = assessment.target
    return "有歧义" if target.ambiguous else goal_text(target.goal, target.series.measure)


if __name__ == "__main__":
    main()
