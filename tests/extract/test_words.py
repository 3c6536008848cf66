"""Word boundaries come from jieba's own dictionary, or from a cache in a folder of the user's own."""

from __future__ import annotations

import marshal
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plantrack.extract import Cutter

PHRASE = "规模以上工业增加值由此降至"


@pytest.fixture
def shared_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shared temporary folder, in which somebody left a dictionary that knows one long word."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    planted = tmp_path / "jieba.cache"
    planted.write_bytes(marshal.dumps(({PHRASE: 10**9}, 10**9)))
    return planted


def test_no_folder_means_no_cache(shared_cache: Path) -> None:
    before = shared_cache.read_bytes()
    words = Cutter(cache=None, least=4).cut(PHRASE)
    assert "工业" in words
    assert list(shared_cache.parent.iterdir()) == [shared_cache]
    assert shared_cache.read_bytes() == before


def test_words_are_the_same_with_and_without_a_cache(shared_cache: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    bare = Cutter(cache=None, least=4).cut(PHRASE)
    made = Cutter(cache=own, least=4).cut(PHRASE)
    assert [p.suffix for p in own.iterdir()] == [".cache"]
    assert bare == made == Cutter(cache=own, least=4).cut(PHRASE)


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return Cutter(("增加值", "常住人口城镇化率"), None, 4)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FD5), min_size=1, max_size=40))
@example("全市常住人口城镇化率由此降至")
@example("龘靐齉爩")  # letters that are no word
def test_chinese_letters_alone_are_cut_as_jieba_cuts_them(cutter: Cutter, phrase: str) -> None:
    words = cutter.cut(phrase)
    assert "".join(words) == phrase
    assert words == tuple(cutter._jieba.cut(phrase, HMM=False))
