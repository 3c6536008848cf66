"""What is said of a change: rules/notices.yaml filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from plantrack.datafile import load, rules_path
from plantrack.job.flagging import Step
from plantrack.job.settings import Language
from plantrack.model import FlagKind, Status, Text
from plantrack.model.base import Model

_HOLE = re.compile(r"\{(\w+)\}")
_LONGEST = 600  # characters of one filled-in text: a notice is not the document


class Titles(Model):
    """How a message is headed."""

    digest: Text
    single: Text


class NoticeRules(Model):
    """rules/notices.yaml; its head says what the keys and braces mean."""

    changes: dict[FlagKind, dict[Step, Text]]
    title: Titles


class Change(NamedTuple):
    """A step in a flag's life, as far as a notice needs it."""

    flag: int
    plan: str
    target: str
    kind: FlagKind
    step: Step
    was: Status | None
    now: Status | None
    reason: Text


class Message(NamedTuple):
    """What is sent: a title and a body."""

    title: str
    body: str


@lru_cache(maxsize=1)
def notice_rules() -> NoticeRules:
    """The shipped templates, read once."""
    return load(rules_path("notices.yaml"), NoticeRules)


def compose(changes: Sequence[Change], language: Language) -> Message:
    """One message about some changes, in one language or both, under a heading for each plan."""
    rules = notice_rules()
    titles = rules.title.single if len(changes) == 1 else rules.title.digest
    tongues = ["zh", "en"] if language is Language.BOTH else [language.value]
    lines: list[str] = []
    for plan in dict.fromkeys(change.plan for change in changes):
        lines += ["", plan] if lines else [plan]
        for change in changes:
            if change.plan == plan:
                lines += [_line(rules, change, tongue) for tongue in tongues]
    facts = {"count": str(len(changes)), "plan": changes[0].plan}
    title = " · ".join(dict.fromkeys(fill(_in(titles, tongue), facts) for tongue in tongues))
    return Message(title, "\n".join(lines))


def fill(template: str, facts: Mapping[str, str]) -> str:
    """A template with its braces filled in, once: what is filled in is not looked into again."""
    return _HOLE.sub(lambda hole: facts.get(hole[1], hole[0])[:_LONGEST], template)


def _line(rules: NoticeRules, change: Change, tongue: str) -> str:
    facts = {
        "id": str(change.flag),
        "plan": change.plan,
        "target": change.target,
        "was": _status(change.was, tongue),
        "now": _status(change.now, tongue),
        "reason": _in(change.reason, tongue),
    }
    return fill(_in(rules.changes[change.kind][change.step], tongue), facts)


def _status(status: Status | None, tongue: str) -> str:
    if status is None:
        status = Status.NO_DATA
    return status.zh if tongue == "zh" else status.en


def _in(text: Text, tongue: str) -> str:
    return text.zh if tongue == "zh" else text.en
