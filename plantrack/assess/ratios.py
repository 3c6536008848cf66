"""The ratios that published methods judge by. Times in years, ratios as shares of 1.

All three ask for the two ends only. What has no meaning gives None: no time passed, a zero where
growth is asked for, a change of sign, no way to go. Open SDG's own code puts 0.001 for zero and a
complex number for a change of sign; plantrack does not.
"""

from __future__ import annotations

import math

from plantrack.assess.rules import RatioMethod

_EXPONENT = 4.44  # Open SDG, progress methodology, scaling factor C


def growth(v0: float, v1: float, years: float) -> float | None:
    """Compound yearly growth from `v0` to `v1` as a share of 1; of two negatives that of their sizes.

    None where no time passed, either is zero, or the sign changes.
    """
    if years <= 0 or v0 * v1 <= 0:
        return None
    rate = math.expm1(math.log(v1 / v0) / years)
    return rate if math.isfinite(rate) else None


def growth_ratio(
    v0: float, v: float, passed: float, *, goal: float | None, whole: float, sign: int
) -> float | None:
    """Observed over required compound growth: s·d·go/|gr|; without a goal s·d·go.

    Open SDG and Statistics Canada (progress methodology), after Eurostat (monitoring report,
    annex on methods). `sign` is +1 where up is good; s is −1 for a negative baseline.
    """
    observed = growth(v0, v, passed)
    if observed is None:
        return None
    signed = (-1 if v0 < 0 else 1) * sign * observed
    if goal is None:
        return signed
    required = growth(v0, goal, whole)
    return signed / abs(required) if required else None


def projected_share(
    v0: float, v: float, passed: float, *, goal: float | None, whole: float, sign: int
) -> float | None:
    """The share of the way from baseline to goal that is made by the end if growth goes on.

    (v0·(1+go)^whole − v0)/(goal − v0): UN Statistics Division, SDG Progress Chart technical note
    2023. Without a goal d·go.
    """
    observed = growth(v0, v, passed)
    if observed is None:
        return None
    if goal is None:
        return sign * observed
    reached = v0 * (1 + observed) ** whole
    share = (reached - v0) / (goal - v0) if goal != v0 else None
    return share if share is not None and math.isfinite(share) else None


def linear_ratio(
    v0: float, v: float, passed: float, *, goal: float | None, whole: float, sign: int
) -> float | None:
    """Observed over required yearly amount: SDSN, Sustainable Development Report, SDG trends.

    None without a goal or without a way to go.
    """
    del sign  # the goal itself shows the way
    if goal is None or goal == v0 or passed <= 0 or whole <= 0:
        return None
    return ((v - v0) / passed) / ((goal - v0) / whole)


def ratio(
    method: RatioMethod,
    v0: float,
    v: float,
    passed: float,
    *,
    goal: float | None,
    whole: float,
    sign: int,
) -> float | None:
    """The ratio of `method`: baseline `v0`, newest value `v` after `passed` years, `goal` after `whole`."""
    match method:
        case RatioMethod.GROWTH_RATIO:
            return growth_ratio(v0, v, passed, goal=goal, whole=whole, sign=sign)
        case RatioMethod.PROJECTED_SHARE:
            return projected_share(v0, v, passed, goal=goal, whole=whole, sign=sign)
        case RatioMethod.LINEAR_RATIO:
            return linear_ratio(v0, v, passed, goal=goal, whole=whole, sign=sign)
        case RatioMethod.NONE:
            return None


def limit_factor(v0: float, limit: float) -> float:
    """Open SDG's scaling factor C for a series with a natural limit: 1 far from it, 0 at it.

    With b = |v0| and l = |limit|: 1 where b ≥ 2l, 1 − (b/l)^4.44 where b ≤ l, else
    1 − ((2l − b)/l)^4.44.
    """
    b, bound = abs(v0), abs(limit)
    if b >= 2 * bound:
        return 1.0
    if b <= bound:
        return float(1 - (b / bound) ** _EXPONENT)
    return float(1 - ((2 * bound - b) / bound) ** _EXPONENT)


def scaled(found: float, factor: float) -> float:
    """A ratio made comparable with unscaled thresholds near a limit: dividing it by C is multiplying
    the thresholds by C. Falls keep their size; at the limit itself (C = 0) holding on is enough."""
    if found < 0:
        return found
    return found / factor if factor > 0 else math.inf
