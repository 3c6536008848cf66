"""The kinds of evaluation reports."""

from __future__ import annotations

from enum import StrEnum


class EvaluationKind(StrEnum):
    """What sort of evaluation a report is."""

    YEARLY = "yearly"  # 年度监测
    MID_TERM = "mid-term"  # 中期评估
    FINAL = "final"  # 总结评估
