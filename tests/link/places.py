"""Where the names of the lexicon come from: the first text that uses each, else the standard that defines it.

PYTHONPATH=tests python -m link.places        prints them all
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from plantrack.link import Lexicon

TESTS = Path(__file__).parents[1]
PROJECT = TESTS.parent
# No standard defines what only plans speak of: such a name must stand in a text.
PLANS = frozenset({"五年规划纲要", "年度国民经济和社会发展计划"})
# Rules of statistics that were not found in print under just this name: it may be written otherwise there.
UNCONFIRMED = frozenset(
    {"人力资源社会保障统计调查制度", "医疗保障统计调查制度", "市场监督管理统计调查制度"}
    | {"知识产权统计调查制度", "金融统计制度", "国有企业财务快报"}
)
_ONE_SPELLING = {
    "规模以上": "规上", "限额以上": "限上", "地区生产总值": "生产总值", "GDP": "生产总值",
    "（": "(", "）": ")", "％": "%", "市场主体": "经营主体",
}  # fmt: skip


def _files() -> Iterator[Path]:
    """Texts, plans and labels: those that come along first."""
    yield from sorted((PROJECT / "seeds").rglob("*.*"))
    yield from sorted((TESTS / "golden" / "texts").glob("[0-9]*.t[xs][tv]"))
    yield from sorted((TESTS / "golden").glob("*.jsonl"))
    yield TESTS / "link" / "phrases.csv"
    shared = PROJECT.parent / "shared"
    yield from sorted((shared / "seeds").glob("*.txt"))
    yield from sorted((shared / "gold").glob("*.?sv"))


def plain(text: str) -> str:
    """A text without blanks and quotes, in one of the spellings that rules/lexicon/normalise.yaml makes one."""
    for spelling, one in _ONE_SPELLING.items():
        text = text.replace(spelling, one)
    return re.sub(r"[\s“”\"]", "", text)


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    """The texts by the path that is shown for them."""
    found = {}
    for path in _files():
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("gb18030")
        inside = path.is_relative_to(PROJECT)
        shown = path.relative_to(PROJECT if inside else PROJECT.parent)
        found[shown.as_posix()] = plain(text)
    return found


def place(name: str, standard: str) -> str:
    """The text a name stands in, with its offset there; else its standard; empty where neither is known."""
    wanted = plain(name)
    for path, text in texts().items():
        if (at := text.find(wanted)) >= 0:
            return f"{path}:{at}"
    return "" if standard in PLANS else standard


@lru_cache(maxsize=1)
def places() -> tuple[tuple[str, str, str], ...]:
    """Each name of the lexicon: id, name, where it comes from."""
    return tuple(
        (i.id, name, place(name, i.standard))
        for i in Lexicon.load().indicators.values()
        for name in (i.zh, *i.aliases)
    )


if __name__ == "__main__":
    for ident, name, where in places():
        doubt = "\tnot confirmed" if where in UNCONFIRMED else ""
        sys.stdout.write(f"{ident}\t{name}\t{where}{doubt}\n")
