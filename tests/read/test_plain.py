"""Bytes to Document: encodings, bounds, errors, and offsets that hold."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plantrack.errors import ReadError
from plantrack.read import parse, read
from plantrack.read.base import decode
from plantrack.read.limits import limits

TEXT = "青溪县2023年工作总结\r\n\r\n一、2023年工作回顾\r\n全县地区生产总值增长6.1%。\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_decoded_text_is_what_open_gives(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode(encoding))
    document = read(file)
    assert document.encoding == encoding
    assert document.text == TEXT
    with file.open(encoding=document.encoding, newline="") as handle:
        assert handle.read() == document.text
    assert document.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert document.name == str(file)


def test_empty_file_is_an_empty_document(tmp_path: Path) -> None:
    file = tmp_path / "empty.txt"
    file.write_bytes(b"")
    document = read(file)
    assert (document.text, document.title, document.sentences, document.tables) == ("", "", (), ())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x00\x00", "byte 7 is NUL"),
        (b"abc\xff\xfe", "utf-8 fails at byte 4 (0xFF); gb18030 fails at byte 4 (0xFF)"),
        (b"\xef\xbb\xbf\xff", "utf-8-sig fails at byte"),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, data: bytes, says: str) -> None:
    file = tmp_path / "b.txt"
    file.write_bytes(data)
    with pytest.raises(ReadError) as error:
        read(file)
    assert str(file) in str(error.value)
    assert says in str(error.value)
    assert "Save it as" in str(error.value)


TRADITIONAL = "臺北市施政計畫：本市經濟成長率達百分之三，失業率維持在四％以下。"
JAPANESE = "都の総合計画では、再生可能エネルギーの割合を五〇％とする。"


@pytest.mark.parametrize(
    ("written", "found"),
    [("big5", "cp950"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be")],
)  # fmt: skip
def test_traditional_characters_are_told_by_how_common_they_are(
    tmp_path: Path, written: str, found: str
) -> None:
    file = tmp_path / "c.txt"
    file.write_bytes(TRADITIONAL.encode(written))
    document = read(file)
    assert (document.text, document.encoding) == (TRADITIONAL, found)
    with file.open(encoding=found, newline="") as handle:
        assert handle.read() == TRADITIONAL


def test_every_sign_of_big5_is_what_cp950_makes_of_it(tmp_path: Path) -> None:
    file = tmp_path / "signs.txt"
    pairs = (
        bytes((a, b)) for a in range(0xA1, 0xFA) for b in (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    )
    known = [pair for pair in pairs if len(pair.decode("cp950", "replace").rstrip("\ufffd")) == 1]
    assert all(pair.decode("cp950") for pair in known)
    assert len(known) > 13_000
    body = TRADITIONAL.encode("cp950") * 20
    differ = [pair for pair in known if pair.decode("big5", "ignore") != pair.decode("cp950")]
    alike = b"".join(pair for pair in known if pair not in differ)
    for sign in (*differ, alike):
        file.write_bytes(body + sign)
        document = read(file)
        assert (document.text, document.encoding) == ((body + sign).decode("cp950"), "cp950")


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_jp"])
def test_other_encodings_are_not_taken_for_chinese(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "c.txt"
    file.write_bytes(JAPANESE.encode(encoding))
    with pytest.raises(ReadError, match="not to Chinese text; perhaps it is Japanese"):
        read(file)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_golden_text_may_be_saved_otherwise(tmp_path: Path, encoding: str) -> None:
    texts = sorted((Path(__file__).parents[1] / "golden/texts").glob("*.txt"))
    assert texts
    for source in texts:
        text = decode(source.read_bytes(), source.name).text
        told = decode(text.encode(encoding), source.name)
        assert (told.text, told.encoding) == (text, encoding)
    file = tmp_path / "last.txt"
    file.write_bytes(text.encode(encoding))
    assert (read(file).text, read(file).encoding) == (text, encoding)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="there is no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="it is a folder"):
        read(tmp_path)


def test_size_bound_is_exact(tmp_path: Path) -> None:
    bounds = limits().model_copy(update={"file_bytes": 6})
    file = tmp_path / "c.txt"
    file.write_bytes("增长".encode())
    assert read(file, bounds=bounds).text == "增长"
    file.write_bytes("增长1".encode())
    with pytest.raises(ReadError, match="7 bytes, more than the 6"):
        read(file, bounds=bounds)


@given(
    st.text(
        alphabet="一二三、。；（）()1.9%增长第章节\n\r\t |\u3000“”年2025指标序号目标属性—",
        max_size=300,
    )
)
def test_any_text_gives_spans_that_hold(text: str) -> None:
    document = parse(text, "x")
    assert document.text == text
    end = 0
    for span in document.sentences:
        assert end <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip(" \t\u3000")
        end = span.end
    for section in document.sections:
        assert section.span.contains(section.heading)
        assert section.span.end <= len(text)
    for table in document.tables:
        for cell in (*table.cells, *table.notes):
            assert cell.span.of(text) == cell.text
            assert table.span.contains(cell.span)


@given(st.text(alphabet="增长1.5%。；！A\n ", max_size=200))
def test_sentences_lose_nothing_but_blanks(text: str) -> None:
    document = parse(text, "x")
    kept = "".join(span.of(text) for span in document.sentences)
    assert kept.replace(" ", "") == "".join(text.split())
