"""The site in a real browser, opened from files: what a reader does with it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from plantrack.show.site import Story, publish, site_files


def visible_rows(page) -> list[str]:
    return page.eval_on_selector_all(
        "tbody tr",
        "rows => rows.filter(r => !r.hidden).map(r => r.querySelector('th a').firstChild.textContent)",
    )


def in_view(locator) -> bool:
    box, size = locator.bounding_box(), locator.page.viewport_size
    return box is not None and box["y"] >= 0 and box["y"] + box["height"] <= size["height"]


def test_a_reader_goes_from_the_overview_to_the_sentence_and_back(tabs, site: Path):
    page = tabs((site / "index.html").as_uri())
    expect(page.locator("h1")).to_have_text("总览", use_inner_text=True)
    page.click(".tile.s-missed a")
    expect(page).to_have_url(re.compile(r"targets\.html#status=missed$"))
    expect(page.locator("[data-shown]")).to_have_text("共 30 项，显示 12 项", use_inner_text=True)
    page.click("tbody a:has-text('全社会固定资产投资')")
    expect(page.locator("h1")).to_have_text("全社会固定资产投资", use_inner_text=True)
    expect(page.locator(".reason")).to_have_text(
        "2016—2020年累计3500亿元，低于目标4000亿元，差500亿元；未完成", use_inner_text=True
    )
    expect(page.locator("svg.chart")).to_be_visible()
    page.click(".counts a.proof")
    mark = page.locator("#at-198-202")
    expect(mark).to_have_text("3500", use_inner_text=True)
    expect(mark).to_have_class(re.compile(r"\bhere\b"))
    assert in_view(mark)
    sentence = page.locator(".s.here")
    expect(sentence).to_have_text(
        "2016—2020年，固定资产投资累计完成3500亿元。", use_inner_text=True
    )
    plain = page.locator("article").evaluate("e => getComputedStyle(e).backgroundColor")
    assert sentence.evaluate("e => getComputedStyle(e).backgroundColor") != plain
    expect(page.locator("[data-panel] .big")).to_have_text("3500亿元", use_inner_text=True)
    mark.click()
    expect(page.locator("h1")).to_have_text("全社会固定资产投资", use_inner_text=True)
    assert page.troubles == []


def test_filters_search_and_order_are_shared_through_the_address(tabs, site: Path):
    page = tabs((site / "targets.html").as_uri())
    assert len(visible_rows(page)) == 30
    page.check("[data-filter=status][value=missed]")
    page.select_option("[data-filter=field]", "总量指标")
    page.click("[data-sort=value]")
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    page.click("[data-sort=value]")
    page.fill("input[data-filter=q]", "总 值")
    found = visible_rows(page)
    assert found == ["规模以上工业总产值", "地区生产总值年均增速"]
    other = tabs(page.url)
    assert visible_rows(other) == found
    expect(other.locator("th[aria-sort=descending] button")).to_have_attribute("data-sort", "value")
    expect(other.locator("input[data-filter=q]")).to_have_value("总 值")
    other.click("button[type=reset]")
    expect(other.locator("[data-shown]")).to_have_text("共 30 项，显示 30 项", use_inner_text=True)
    other.fill("input[data-filter=q]", "没有这个")
    expect(other.locator("[data-none]")).to_be_visible()
    assert page.troubles == other.troubles == []


def test_the_search_box_of_every_page_leads_to_the_table(tabs, site: Path):
    page = tabs((site / "targets" / "jiulongpo-13" / "patents.html").as_uri())
    page.fill("[data-find] input", "urban to rural")
    page.press("[data-find] input", "Enter")
    expect(page).to_have_url(re.compile(r"targets\.html#q="))
    assert visible_rows(page) == ["城乡居民人均可支配收入比"]
    assert page.troubles == []


def test_language_and_colours_switch_at_once_and_are_remembered(tabs, site: Path):
    page = tabs((site / "index.html").as_uri(), color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("[data-switch=language]")
    assert page.locator("h1").inner_text() == "Overview"
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.click("[data-switch=theme]")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.click("nav a[href='targets.html']")
    assert page.locator("h1").inner_text() == "All targets"
    expect(page.locator("[data-shown]")).to_have_text("30 of 30 targets", use_inner_text=True)
    assert page.locator("[data-filter=nature] option").all_inner_texts()[0] == "all"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    by_address = tabs((site / "index.html").as_uri() + "?lang=en")
    assert by_address.locator("h1").inner_text() == "Overview"
    assert page.troubles == by_address.troubles == []


def test_a_browser_that_keeps_nothing_carries_the_language_in_its_links(chromium, site: Path):
    context = chromium.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
    )
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.click("[data-switch=language]")
    page.click("nav a[href='flags.html']")
    expect(page).to_have_url(re.compile(r"flags\.html\?lang=en"))
    assert page.locator("h1").inner_text() == "Flags"
    context.close()


def test_everything_is_reached_with_the_keyboard_and_focus_shows(tabs, site: Path):
    page = tabs((site / "targets.html").as_uri())
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    assert in_view(skip)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.focus("[data-sort=name]")
    outline = page.locator("[data-sort=name]").evaluate("e => getComputedStyle(e).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending] button")).to_have_attribute("data-sort", "name")
    page.focus("[data-filter=status][value=achieved]")
    page.keyboard.press("Space")
    expect(page.locator("[data-shown]")).to_have_text("共 30 项，显示 16 项", use_inner_text=True)
    assert page.troubles == []


@pytest.mark.parametrize("name", ["index", "targets", "flags", "documents"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_wider_than_a_phone(tabs, site: Path, name, language):
    page = tabs(f"{(site / f'{name}.html').as_uri()}?lang={language}", width=360, height=740)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.troubles == []


def test_two_plans_with_long_titles_fit_a_phone_too(tabs, story: Story, tmp_path: Path):
    plan = story.board.plan.model_copy(update={"id": "other", "title": "很长的规划名称" * 6})
    other = Story(story.board.model_copy(update={"plan": plan}))
    publish(site_files([story, other]), tmp_path / "two")
    page = tabs((tmp_path / "two" / "targets.html").as_uri(), width=360, height=740)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.select_option("[data-filter=plan]", "2")
    assert len(visible_rows(page)) == 30
    assert page.troubles == []


def test_target_and_document_fit_a_phone_too(tabs, site: Path):
    for path in ("targets/jiulongpo-13/investment.html", "documents/jiulongpo-2020.html"):
        page = tabs((site / path).as_uri(), width=360, height=740)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.troubles == []


def test_a_printed_page_has_its_text_and_no_tools(tabs, site: Path):
    page = tabs((site / "documents" / "jiulongpo-2020.html").as_uri())
    page.emulate_media(media="print")
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.locator("article")).to_be_visible()
    assert page.locator("article").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"


def test_policy_lets_no_script_run_that_is_not_the_sites_own(tabs, site: Path):
    page = tabs((site / "index.html").as_uri())
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            try { script.text = "window.harmed = 1"; document.body.append(script); } catch {}
            try { document.body.innerHTML += "<i>markup</i>"; } catch {}
        }"""
    )
    assert page.evaluate("window.harmed") is None
    assert page.locator("i").count() == 0
    assert any(
        "Content Security Policy" in trouble or "TrustedScript" in trouble
        for trouble in page.troubles
    )
