"""What is said of a change: rules/notices.yaml filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pydantic import Field

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


class Gathered(Model):
    """How many like changes of one plan are told in one line."""

    least: int = Field(alias="from", ge=2)
    names: int = Field(ge=1)
    stale: dict[Step, Text]
    more: Text


class NoticeRules(Model):
    """rules/notices.yaml; its head says what the keys and braces mean."""

    changes: dict[FlagKind, dict[Step, Text]]
    gathered: Gathered
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
    """One message about some changes, in one language or both, under a heading for each plan.

    Many targets of a plan that have no new value are one line.
    """
    rules = notice_rules()
    titles = rules.title.single if len(changes) == 1 else rules.title.digest
    tongues = ["zh", "en"] if language is Language.BOTH else [language.value]
    lines: list[str] = []
    for plan in dict.fromkeys(change.plan for change in changes):
        lines += ["", plan] if lines else [plan]
        alike: dict[Step, list[Change]] = {}
        for change in changes:
            if change.plan != plan:
                continue
            if change.kind is FlagKind.STALE:
                alike.setdefault(change.step, []).append(change)
            else:
                lines += [_line(rules, change, tongue) for tongue in tongues]
        for step, stale in alike.items():
            if len(stale) < rules.gathered.least:
                lines += [_line(rules, each, tongue) for each in stale for tongue in tongues]
            else:
                lines += [_together(rules.gathered, step, stale, tongue) for tongue in tongues]
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


def _together(rules: Gathered, step: Step, changes: Sequence[Change], tongue: str) -> str:
    """One line for many targets, the first of them by name."""
    named = "、".join(change.target for change in changes[: rules.names])
    more = _in(rules.more, tongue) if len(changes) > rules.names else ""
    facts = {"count": str(len(changes)), "targets": named + more}
    return fill(_in(rules.stale[step], tongue), facts)


def _status(status: Status | None, tongue: str) -> str:
    if status is None:
        status = Status.NO_DATA
    return status.zh if tongue == "zh" else status.en


def _in(text: Text, tongue: str) -> str:
    return text.zh if tongue == "zh" else text.en
