"""Copies of a text that read more smoothly and are as long as it: no digit of a value moves in them.

All offsets found in a copy hold for the text itself.
"""

from __future__ import annotations

import re

_BLANK = "[ \u3000\xa0]{0,2}"
# the first digit stands first, so that it is looked for in one set
_SPACED = re.compile(
    rf"\d(?<![\d.]\d)(?:(?:(?<=1)9|(?<=2)0)\d\d{_BLANK}年(?:{_BLANK}[底末初度]|{_BLANK}\d{{1,2}}{_BLANK}月(?:{_BLANK}\d{{1,2}}{_BLANK}日)?)?"
    rf"|\d?{_BLANK}(?:[-—–~至]{_BLANK}\d{{1,2}}{_BLANK})?月(?:{_BLANK}[份底末])?)"
)
_SIGNS = (" 年", "年 ", " 月", "月 ", "\u3000", "\xa0")  # without these no date is open
_LONGEST = 60  # characters of a line of a text whose lines were broken by their width
_FULL = 0.8  # such a line is filled to this share of the widest
_ENOUGH = 5  # lines of that width
_CLOSED = "。！？；：!?;:”’）)》】"  # what the last line of a paragraph may end in
_MARKED = r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|第.{1,3}[章节条]"
_BEGINS = re.compile(rf"{_MARKED}|[—●◆◇■□▪•*#|]")
_OF_TABLES = "\t|│┃─━"
_RUN_ON = 300  # characters of a line that may be a whole page
# the blank before a marked heading that opens a paragraph, and the one behind a heading without a mark in it
_PARTED = re.compile(
    rf"(?<=[。；！？：:;])[ \u3000](?=[ \u3000]{{0,4}}(?:{_MARKED}))"
    rf"|(?<![^\s。；！？：:;])(?P<head>(?:{_MARKED})[^。；！？：，:;,\s]{{2,40}})[ \u3000](?=[ \u3000]{{0,4}}[一-鿿（(\d])"
)
_BLANKS = (" ", "\u3000")  # without one inside a line nothing in it is parted
_SINGLE = re.compile(r"['‘]([一-鿿]{1,12})['’]")
_QUOTES = re.compile(r'"([^"\n，,。；;：:]{1,40})"')  # around a name, not around what somebody says
# a full stop behind a Chinese letter, unless that numbers a heading (一.目标)
_STOP = re.compile(r"\.(?<=[一-鿿%％”]\.)(?<![一二三四五六七八九十]\.)(?=[一-鿿“（(\s]|$)")
_WORDS = re.compile(r"[^\d\s]{0,40}")


def close_up(text: str) -> str:
    """A copy in which the blanks inside a date stand behind it: 2018 年 3 月 → 2018年3月␣␣.

    Linear in the length of the text.
    """
    return _SPACED.sub(_closed, text) if any(sign in text for sign in _SIGNS) else text


def _closed(date: re.Match[str]) -> str:
    pieces = date[0].split()
    return "".join(pieces).ljust(len(date[0])) if len(pieces) > 1 else date[0]


def unbroken(text: str) -> str:
    """A copy in which a paragraph that was broken into lines of one width is one line again.

    A break becomes a blank behind the words that follow it, up to the next digit: 316 亿⏎元，增长 → 316 亿元，增长␣.
    Texts with a long line are not broken so, and stay as they are. Linear in the length of the text.
    """
    lines = text.split("\n")
    if len(lines) < _ENOUGH or any(len(line) > _LONGEST for line in lines):
        return text
    widths = [0 if _in_table(line) else _width(line.strip()) for line in lines]
    full = _FULL * max(widths)
    if full < _LONGEST / 2 or sum(width >= full for width in widths) < _ENOUGH:
        return text
    out, owed = [lines[0]], 0  # blanks that go behind the words, before the next digit
    for before, line, width in zip(lines, lines[1:], widths, strict=False):
        if width >= full and _goes_on(before.rstrip(), line.lstrip()):
            kept, bare = out[-1].rstrip(), line.lstrip()
            owed += len(out[-1]) - len(kept) + 1 + len(line) - len(bare)
            out[-1] = kept
            match = _WORDS.match(bare)
            words = match[0] if match else ""
            rest = bare[len(words) :]
            if words and not rest.strip():
                out.append(words)
                owed += len(rest)
                continue
            out.append(words + " " * owed + rest)
        else:
            out.append(" " * owed + "\n" + line)
        owed = 0
    return "".join(out) + " " * owed


def smooth(text: str) -> str:
    """A copy in which paragraphs are lines: those broken into lines of one width, and those of a page that
    was run together into one line, which ends before each marked heading and behind it: 完成。 二、收入 全年…
    Quotes and full stops typed half as wide are the Chinese ones: "十四五"期间建成3处. → “十四五”期间建成3处。

    Linear in the length of the text.
    """
    return "\n".join(map(_parted, _marked_wide(unbroken(text)).split("\n")))


def _marked_wide(text: str) -> str:
    if "'" in text or "‘" in text:
        text = _SINGLE.sub(r"“\1”", text)
    if '"' in text:
        text = _QUOTES.sub(r"“\1”", text)
    return _STOP.sub("。", text)


def _parted(line: str) -> str:
    may = len(line) > _RUN_ON and any(blank in line.strip() for blank in _BLANKS)
    return _PARTED.sub(_ends_line, line) if may else line


def _ends_line(blank: re.Match[str]) -> str:
    return f"{blank['head'] or ''}\n"


def _goes_on(before: str, line: str) -> bool:
    """Whether a filled line is no end of a paragraph, and the one behind it no beginning of another."""
    if not line or _in_table(line) or _in_table(before) or before[-1:] in _CLOSED:
        return False
    return _BEGINS.match(line) is None


def _in_table(line: str) -> bool:
    return any(sign in line for sign in _OF_TABLES)


def _width(line: str) -> int:
    """How wide a line is in columns: a Chinese character takes two."""
    return len(line) + sum(not c.isascii() for c in line)
