"""The files of a site: whole pages, each with a policy that fits it, the same bytes each time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from plantrack.errors import PlantrackError
from plantrack.show.site import RUNS_FILE, VERSION_FILE, Story, site_files


class Links(HTMLParser):
    """All addresses and names of a page, and its inline handlers and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.refused: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ("href", "src", "action", "srcset", "poster"):
                self.hrefs.append(value)
            if name == "id":
                self.ids.append(value)
            if name.startswith("on") or name == "style":
                self.refused.append(f"{tag} {name}")


def pages(files: dict[str, bytes]) -> dict[str, str]:
    return {name: raw.decode() for name, raw in files.items() if name.endswith(".html")}


def test_there_is_a_page_for_everything(files, story):
    targets = {f"targets/jiulongpo-13/{a.target.id}.html" for a in story.board.assessments}
    whole = {"index.html", "targets.html", "flags.html", "documents.html"}
    assert set(pages(files)) == targets | whole | {"documents/jiulongpo-2020.html"}
    assert list(files)[-3:] == ["index.html", RUNS_FILE, VERSION_FILE]


def test_every_link_leads_to_a_page_and_a_place_in_it(files):
    parsed = {name: Links(text) for name, text in pages(files).items()}
    checked = 0
    for name, page in parsed.items():
        assert len(page.ids) == len(set(page.ids)), name
        assert page.refused == []
        for href in page.hrefs:
            if href.startswith("data:"):
                continue
            path, _, place = href.partition("#")
            ups = path.count("../")
            folder = name.split("/")[:-1]
            target = (
                "/".join([*folder[: len(folder) - ups], path.replace("../", "")]) if path else name
            )
            assert target in parsed, (name, href)
            if place and "=" not in place:
                assert place in parsed[target].ids, (name, href)
                checked += 1
    assert checked > 30


def test_the_policy_of_a_page_names_the_scripts_and_styles_it_holds(files):
    for name, page in pages(files).items():
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
        held = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
        held += re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
        digests = {
            base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in held
        }
        named = set(re.findall("sha256-([^']*)", policy))
        assert named == digests, name
        assert page.index("Content-Security-Policy") < page.index("<style>")


def test_nothing_comes_from_another_address(files):
    for page in pages(files).values():
        assert re.findall(r"(?:src|href|url\()\s*=?\s*[\"']?(?:https?:)?//", page) == []


def test_the_same_input_gives_the_same_bytes(files, story, paper):
    assert site_files([story], [paper]) == files


def test_the_version_tells_sites_apart_and_stands_in_every_page(files, story, paper):
    edition = files[VERSION_FILE].decode().strip()
    assert re.fullmatch(r"[0-9a-f]{16}", edition)
    for page in pages(files).values():
        assert f'data-edition="{edition}"' in page
    other = site_files([Story(story.board)], [paper])
    assert other[VERSION_FILE] != files[VERSION_FILE]


def test_runs_are_kept_for_the_next_one(files):
    (runs,) = json.loads(files[RUNS_FILE])["runs"].values()
    assert [run["as_of"] for run in runs] == ["2019", "2020"]
    assert runs[1]["verdicts"]["investment"] == {
        "status": "missed",
        "value": "3500亿元",
        "period": "2016/2020",
    }


def test_flags_show_their_life_and_only_unresolved_ones_are_counted(files):
    page = pages(files)["flags.html"]
    assert '<span class="count">1</span>' in page
    assert page.index("investment.html") < page.index("patents.html")
    for word in ("已确认", "已解除", "审核人", "已去函", "2021-03-01 09:00"):
        assert word in page


def test_the_overview_tells_what_changed_and_what_lags_worst(files):
    page = pages(files)["index.html"]
    assert "首次判定" in page
    first = re.search(r'<ol class="worst">\s*<li>\s*<a href="([^"]+)"', page)[1]
    assert (
        first == "targets/jiulongpo-13/forest-cover.html"
    )  # the only binding target that was missed


def test_a_first_run_and_an_empty_board_have_their_words(story):
    empty = story.board.model_copy(update={"assessments": ()})
    page = pages(site_files([Story(empty)]))["index.html"]
    assert "这是第一次评估" in page
    assert "没有滞后、偏离或未完成的指标" in page


def test_two_plans_with_the_same_ids_have_pages_of_their_own(story):
    twice = pages(site_files([story, story]))
    assert len(twice) == 4 + 2 * len(story.board.assessments)


def test_english_can_come_first(story):
    assert (
        '<html lang="en" data-language="en"'
        in pages(site_files([story], language="en"))["index.html"]
    )


def test_a_language_that_is_not_spoken_is_refused(story):
    with pytest.raises(PlantrackError, match="zh, en"):
        site_files([story], language="fr")
