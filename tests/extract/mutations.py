"""Ways to damage a text, each with a seed: what scanners, editors and copying make of documents."""

from __future__ import annotations

import random
from collections.abc import Callable

_CONTROL = "\x00\x01\x07\x08\x0b\x0c\x1b\x7f\x85\u200b\u202e\u2028\ufeff\ufffd\ud83d\U0001f4c8"
_MARKS = dict.fromkeys(map(ord, "，。；：、！？,.;:!?\n\r \t"))


def _at(text: str, dice: random.Random) -> int:
    return dice.randrange(len(text) + 1)


def _insert(text: str, dice: random.Random, *pieces: str) -> str:
    for piece in pieces:
        at = _at(text, dice)
        text = text[:at] + piece + text[at:]
    return text


def cut(text: str, dice: random.Random) -> str:
    """A piece from anywhere to anywhere."""
    start, end = sorted((_at(text, dice), _at(text, dice)))
    return text[start:end]


def doubled(text: str, dice: random.Random) -> str:
    """A stretch written twice in a row."""
    start, end = sorted((_at(text, dice), _at(text, dice)))
    return text[:end] + text[start:end] + text[end:]


def shuffled(text: str, dice: random.Random) -> str:
    """The lines in another order."""
    lines = text.splitlines(keepends=True)
    dice.shuffle(lines)
    return "".join(lines)


def control(text: str, dice: random.Random) -> str:
    """Control characters, marks of direction, halves of surrogate pairs."""
    return _insert(text, dice, *dice.choices(_CONTROL, k=40))


def long_numbers(text: str, dice: random.Random) -> str:
    """Numbers of ten thousand digits, plain, with thousands and with points."""
    digits = dice.choice("123456789")
    many = (digits * 10_000, f"{digits}," + "000," * 2_500, f"{digits}." * 5_000, "百" * 10_000)
    return _insert(text, dice, *many)


def deep_brackets(text: str, dice: random.Random) -> str:
    """Brackets and quotes opened a thousand times, closed or not."""
    opened, closed = dice.choice(["()", "（）", "“”", "《》", "【】", "[]"])
    return _insert(text, dice, opened * 1_000 + "3%" + closed * dice.choice([0, 500, 1_000]))


def unpunctuated(text: str, dice: random.Random) -> str:
    """No mark and no line break."""
    return text.translate(_MARKS)


def torn(text: str, dice: random.Random) -> str:
    """Line breaks anywhere, also inside words and numbers."""
    return _insert(text, dice, *dice.choices(["\n", "\r\n", "\r", "　", " "], k=60))


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
    cut, doubled, shuffled, control, long_numbers, deep_brackets, unpunctuated, torn
)  # fmt: skip
