"""Rule sets: which metric gives which status, as closed typed data.

A rule set is an ordered list; the first rule whose conditions hold gives the status. A condition
compares one metric with one value, or asks for the target's nature, the kind of its goal or
where its horizon stands. A metric that has no meaning for a target (None) satisfies nothing but
`missing`. Nothing in a rule file is evaluated: unknown words stop the load.
"""

from __future__ import annotations

import operator
import string
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Self, TypeAlias

from pydantic import ConfigDict, Field, model_validator

from plantrack import datafile
from plantrack.errors import RuleError, UsageError
from plantrack.model import Nature, Status, Text
from plantrack.model.base import Model
from plantrack.paths.choose import GoalKind

Fact: TypeAlias = Decimal | float | bool | None
Share: TypeAlias = Annotated[Decimal, Field(ge=0, lt=1)]


class Metric(StrEnum):
    """What a condition may ask for; see docs/semantics.md for the formulas."""

    VALUE = "value"
    EXPECTED = "expected"
    GAP = "gap"  # better (+) or worse (-) than the path, in the unit
    LEAD = "lead"  # the gap as a share of the whole way from baseline to goal
    GOAL_DISTANCE = "goal_distance"  # still to go (+) or beyond (-), in the unit
    PROGRESS = "progress"
    TIME_SHARE = "time_share"
    ATTAINMENT = "attainment"
    PACE = "pace"
    RATIO = "ratio"  # the published ratio of the rule set's method
    SCALED_RATIO = "scaled_ratio"  # the same, made comparable near a natural limit
    TREND = "trend"  # yearly growth in the good direction, as a share
    REQUIRED_RATE = "required_rate"
    PROJECTED = "projected"
    AGE = "age"  # years since the newest value
    # true or false
    GOAL_MET = "goal_met"  # the newest value meets the goal
    PROJECTED_MET = "projected_met"  # the projected value meets it
    FINAL = "final"  # the horizon is over and the value reaches its end
    HORIZON_OVER = "horizon_over"
    DATA = "data"  # there is a value that may be compared
    GOAL_KNOWN = "goal_known"  # not external, not ambiguous
    AMBIGUOUS = "ambiguous"  # the row cannot be read without guessing
    HAS_GOAL_VALUE = "has_goal_value"  # the goal is a number
    ESTIMATED = "estimated"
    UNDECIDED = "undecided"  # the newest value is only a bound, and that leaves the verdict open

    @property
    def boolean(self) -> bool:
        """Whether it is true or false rather than a number."""
        return self in _BOOLEAN


_BOOLEAN = frozenset(
    {
        Metric.GOAL_MET,
        Metric.PROJECTED_MET,
        Metric.FINAL,
        Metric.HORIZON_OVER,
        Metric.DATA,
        Metric.GOAL_KNOWN,
        Metric.AMBIGUOUS,
        Metric.HAS_GOAL_VALUE,
        Metric.ESTIMATED,
        Metric.UNDECIDED,
    }
)


class Op(StrEnum):
    """How a condition compares."""

    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    EQ = "eq"
    NE = "ne"
    KNOWN = "known"
    MISSING = "missing"


_OPERATORS: dict[Op, Callable[[Decimal | float, Decimal | float | bool], bool]] = {
    Op.LT: operator.lt,
    Op.LE: operator.le,
    Op.GT: operator.gt,
    Op.GE: operator.ge,
    Op.EQ: operator.eq,
    Op.NE: operator.ne,
}


class NatureChoice(StrEnum):
    """A target's nature, where unstated is one of three."""

    BINDING = "binding"
    EXPECTED = "expected"
    UNSTATED = "unstated"

    @classmethod
    def of(cls, nature: Nature | None) -> NatureChoice:
        """The choice for a target's nature."""
        return cls.UNSTATED if nature is None else cls(nature.value)


class HorizonState(StrEnum):
    """Where the date of the board lies against the target's horizon."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    OVER = "over"


class RatioMethod(StrEnum):
    """The published ratio a rule set asks for; the formulas are in assess/ratios.py."""

    NONE = "none"
    GROWTH_RATIO = "growth_ratio"  # observed over required compound growth: Open SDG, Eurostat
    PROJECTED_SHARE = "projected_share"  # share of the way made by the end at this growth: UN
    LINEAR_RATIO = "linear_ratio"  # observed over required yearly amount: SDSN


class Condition(Model):
    """One question with one subject: a metric (with op and value), the nature, the goal or the horizon."""

    metric: Metric | None = None
    op: Op | None = None
    value: Decimal | bool | None = None
    nature: tuple[NatureChoice, ...] | None = None
    goal: tuple[GoalKind, ...] | None = None
    horizon: HorizonState | None = None

    @model_validator(mode="after")
    def _one_subject(self) -> Self:
        subjects = {
            "metric": self.metric,
            "nature": self.nature,
            "goal": self.goal,
            "horizon": self.horizon,
        }
        given = [name for name, subject in subjects.items() if subject is not None]
        if len(given) != 1:
            raise ValueError(
                "a condition asks one thing: metric, nature, goal or horizon; "
                f"found {' and '.join(given) or 'none of them'}"
            )
        if self.metric is None:
            if self.op is not None or self.value is not None:
                raise ValueError(f"op and value go with a metric, not with {given[0]}")
        elif self.op is None:
            raise ValueError(f"the metric '{self.metric}' needs an op")
        elif (self.value is None) != (self.op in (Op.KNOWN, Op.MISSING)):
            raise ValueError(
                f"the op '{self.op}' goes {'with' if self.value is None else 'without'} a value"
            )
        elif self.value is not None and self.metric.boolean != isinstance(self.value, bool):
            kind = "true or false" if self.metric.boolean else "a number"
            raise ValueError(f"the metric '{self.metric}' is {kind}")
        elif isinstance(self.value, bool) and self.op not in (Op.EQ, Op.NE):
            raise ValueError("true and false are compared with eq or ne")
        return self

    def holds(self, case: Question) -> bool:
        """Whether the target satisfies it."""
        if self.nature is not None:
            return case.nature in self.nature
        if self.goal is not None:
            return case.goal in self.goal
        if self.horizon is not None:
            return case.horizon is self.horizon
        assert self.metric is not None
        return _compare(case.facts.get(self.metric), self.op, self.value)


def _compare(found: Fact, op: Op | None, value: bool | Decimal | None) -> bool:
    if op is Op.MISSING:
        return found is None
    if found is None or op is Op.KNOWN or value is None:
        return found is not None and op is Op.KNOWN
    # Shares come as floats, amounts as Decimals; 0.95 must equal 0.95 whichever it is.
    a, b = (found, value) if isinstance(found, Decimal) else (float(found), float(value))
    return op is not None and _OPERATORS[op](a, b)


class When(Model):
    """All of `all` and, where given, at least one of `any`. Empty: always."""

    model_config = ConfigDict(populate_by_name=True)

    every: tuple[Condition, ...] = Field(default=(), alias="all")
    some: tuple[Condition, ...] = Field(default=(), alias="any")

    @property
    def always(self) -> bool:
        """Whether it holds for every target."""
        return not self.every and not self.some

    def holds(self, case: Question) -> bool:
        """Whether the target satisfies it."""
        return all(c.holds(case) for c in self.every) and (
            not self.some or any(c.holds(case) for c in self.some)
        )


TEMPLATE_FIELDS = frozenset(
    {
        "facts",
        "status",
        "label",
        "goal",
        "value",
        "expected",
        "gap",
        "ratio",
        "pace",
        "progress",
        "time_share",
        "attainment",
        "trend",
        "required",
        "projected",
    }
)
"""Names a reason template may hold in braces; `facts` is the sentence with the target's numbers."""


class Rule(Model):
    """One line of a rule set: when it holds, the target has `status` (in the set's words: `label`).

    `reason` frames the sentence with the numbers: "{facts}；{status}" where none is given.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    when: When = When()
    status: Status
    label: str = ""
    reason: Text = Text(zh="{facts}；{status}", en="{facts}; {status}")

    @model_validator(mode="after")
    def _known_fields(self) -> Self:
        for template in (self.reason.zh, self.reason.en):
            for _, name, spec, conversion in string.Formatter().parse(template):
                if name is not None and (name not in TEMPLATE_FIELDS or spec or conversion):
                    allowed = ", ".join(sorted(TEMPLATE_FIELDS))
                    raise ValueError(f"a reason knows no '{{{name}}}'; it knows {allowed}")
        return self


class Tolerance(Model):
    """The share of the goal's value by which 左右 and 约 widen it, by the target's nature.

    `way` bounds it by a share of the way from baseline to goal, where there is a way: 75左右 from
    73.02 would otherwise be met before anything was done.
    """

    binding: Share
    expected: Share
    unstated: Share
    way: Share | None = None

    def of(self, nature: Nature | None) -> Decimal:
        """The share for a target's nature."""
        if nature is None:
            return self.unstated
        return self.binding if nature is Nature.BINDING else self.expected


class RuleSet(Model):
    """An ordered list of rules; the last has no condition, so that every target gets a status.

    `sources` say where the method is published and what could not be confirmed. `limits` are
    natural limits by indicator id or phrase, for methods that ease their thresholds near one.
    A value older than `stale_after` years is flagged stale.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    sources: tuple[str, ...] = ()
    method: RatioMethod = RatioMethod.NONE
    tolerance: Tolerance
    stale_after: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    limits: dict[str, Decimal] = Field(default_factory=dict)
    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        twice = [i for i, n in Counter(r.id for r in self.rules).items() if n > 1]
        if twice:
            raise ValueError(f"two rules have the same id: {', '.join(twice)}")
        if not self.rules or not self.rules[-1].when.always:
            raise ValueError(
                "the last rule must have no condition, so that every target gets a status"
            )
        dead = [r.id for r in self.rules[:-1] if r.when.always]
        if dead:
            raise ValueError(f"no rule after '{dead[0]}' could ever fire: it has no condition")
        return self

    def first(self, case: Question) -> Rule:
        """The first rule that holds."""
        return next(rule for rule in self.rules if rule.when.holds(case))


class Question:
    """What rules are asked about: a target's facts, nature, kind of goal and horizon."""

    __slots__ = ("facts", "goal", "horizon", "nature")

    def __init__(
        self,
        facts: Mapping[Metric, Fact],
        *,
        nature: NatureChoice = NatureChoice.UNSTATED,
        goal: GoalKind = "reach",
        horizon: HorizonState = HorizonState.RUNNING,
    ) -> None:
        self.facts = facts
        self.nature = nature
        self.goal = goal
        self.horizon = horizon


def load_rules(name: str | Path) -> RuleSet:
    """The rule set of that name (default, opensdg, eurostat, un-progress, sdsn) or in that file.

    A name has no dot and no stroke. RuleError, with file, line and column, where the file says
    something plantrack does not know; ReadError where it cannot be read; UsageError where no
    rule set has that name.
    """
    if isinstance(name, Path) or any(sign in name for sign in "./\\"):
        return datafile.load(Path(name), RuleSet, error=RuleError)
    return _shipped(name)


@lru_cache(maxsize=8)
def _shipped(name: str) -> RuleSet:
    """A rule set that comes with plantrack, read once: many boards are judged by the same."""
    path = datafile.rules_path("status", f"{name}.yaml")
    if not path.is_file():
        raise UsageError(
            f"There is no rule set '{name}'. Known: {', '.join(rule_sets())}. "
            "A file of your own is named with its ending, as in my-rules.yaml.",
            name=name,
        )
    return datafile.load(path, RuleSet, error=RuleError)


def rule_sets() -> tuple[str, ...]:
    """The names of the rule sets that come with plantrack."""
    return tuple(sorted(p.stem for p in datafile.rules_path("status").glob("*.yaml")))
