"""Figures and targets as tables."""

from __future__ import annotations

from rich.console import Console

from plantrack.show.listing import figures_table, targets_table


def printed(renderable) -> str:
    console = Console(width=160, color_system=None)
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


def test_figures_have_value_scope_and_place(figure):
    text = printed(figures_table("[报告]", [figure]))
    for piece in ("[报告]", "城乡居民收入比 [两江新区]", "2.21:1", "level", "actual", "10-17"):
        assert piece in text


def test_targets_have_baseline_goal_and_place(full_target, bare_target):
    text = printed(targets_table("规划", [full_target, bare_target]))
    for piece in (
        "gdp-growth",
        "5.3% (2025 预计 est.)",
        "年均 avg 5~5.5%",
        "plan.txt:3-8 表行 row 1",
    ):
        assert piece in text
    assert "有歧义 ambiguous" in text


def test_empty_tables_are_tables():
    assert "指标 Indicator" in printed(figures_table("x", []))
    assert "目标 Goal" in printed(targets_table("x", []))
