"""Prints every regular expression that plantrack compiles, as JSON: pattern, flags, module.

Run in an interpreter of its own, because a pattern of a module is compiled when that is imported.
"""

from __future__ import annotations

import gc
import importlib
import json
import pkgutil
import re
import sys

TEXT = """某市国民经济和社会发展第十五个五年规划纲要

第一章 主要目标

到2030年，地区生产总值达到75亿元，居民收入增长与经济增长同步。

专栏1 主要指标

| 序号 | 指标 | 2025年 | 2030年 | 属性 |
| --- | --- | --- | --- | --- |
| 1 | 常住人口城镇化率（%） | 70 | 75 | 预期性 |
| 2 | 森林覆盖率（%） | 40.5 | 42 | 约束性 |
"""


def main() -> None:
    """Load all of plantrack with its rules, read one plan, and say what was compiled on the way."""
    found: dict[tuple[str, int], str] = {}
    compiled = re.compile

    def recorded(pattern, flags=0):
        made = compiled(pattern, flags)
        name = sys._getframe(1).f_globals.get("__name__", "")
        if name.partition(".")[0] == "plantrack":
            # a pattern over bytes is counted as the same one over the letters they are in Latin-1
            written = pattern.decode("latin-1") if isinstance(pattern, bytes) else made.pattern
            found.setdefault((written, made.flags & ~re.UNICODE), name)
        return made

    re.compile = recorded
    import plantrack

    for module in pkgutil.walk_packages(plantrack.__path__, "plantrack."):
        importlib.import_module(module.name)
    from plantrack import flow
    from plantrack.datafile.patterns import Later
    from plantrack.read import parse

    document = parse(TEXT, "plan")
    flow.observations(document)
    flow.plans(document)
    for pattern in (each for each in gc.get_objects() if isinstance(each, Later)):
        assert pattern.groups >= 0  # asking it something compiles it
    json.dump(
        [(*key, module) for key, module in found.items()],
        sys.stdout,
        default=lambda pattern: pattern.decode("latin-1"),  # patterns of bytes
    )


if __name__ == "__main__":
    main()
