"""PDFs made to explode are refused before a library opens them; what only looks odd is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from read.hostile import SAYS, form, one_page, pdf, stream

from plantrack.errors import ReadError
from plantrack.read import read
from plantrack.read.limits import Limits, limits
from plantrack.read.pdfforms import most_drawn


def saved(folder: Path, data: bytes) -> Path:
    path = folder / "file.pdf"
    path.write_bytes(data)
    return path


def bounds(**changed: int) -> Limits:
    return limits().model_copy(update=changed)


def test_a_plain_page_is_read(tmp_path: Path) -> None:
    assert read(saved(tmp_path, pdf(one_page(stream(SAYS))))).text == "GDP growth 6.1%"


def test_objects_are_counted(tmp_path: Path) -> None:
    path = saved(tmp_path, pdf([*one_page(stream(SAYS)), *[b"0"] * 5]))
    assert read(path, bounds=bounds(pdf_objects=11)).text == "GDP growth 6.1%"
    with pytest.raises(ReadError, match=r"11 objects, more than the 10 .* raise pdf_objects"):
        read(path, bounds=bounds(pdf_objects=10))


def test_thousands_of_objects_beyond_the_shipped_limit(tmp_path: Path) -> None:
    count = limits().pdf_objects
    path = saved(tmp_path, pdf(one_page(stream(SAYS)), size=count + 1))
    with pytest.raises(ReadError, match=f"{count + 1:,} objects, more than the {count:,}"):
        read(path)


def test_pages_are_counted(tmp_path: Path) -> None:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    kids = b" ".join(b"%d 0 R" % n for n in range(3, 8))
    tree = b"<</Type/Pages/Kids[" + kids + b"]/Count 5>>"
    path = saved(tmp_path, pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree, *[page] * 5]))
    with pytest.raises(ReadError, match="5 pages, more than the 4"):
        read(path, bounds=bounds(pages=4))


def test_a_page_tree_that_holds_itself_ends(tmp_path: Path) -> None:
    tree = b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"
    with pytest.raises(ReadError, match="it is no sound PDF"):
        read(saved(tmp_path, pdf([b"<</Type/Catalog/Pages 2 0 R>>", tree])))


@pytest.mark.parametrize("nested", [b"[" * 50_000 + b"]" * 50_000, b"<</A" * 50_000])
def test_deep_objects_end(tmp_path: Path, nested: bytes) -> None:
    path = saved(tmp_path, pdf([*one_page(stream(SAYS)), nested]))
    assert read(path).text == "GDP growth 6.1%"


@pytest.mark.parametrize("packed", [False, True])
def test_a_drawing_that_draws_itself_is_refused(tmp_path: Path, packed: bool) -> None:
    draws = form(b"/X Do " * 10, b"/X 6 0 R", packed=packed)
    path = saved(tmp_path, pdf(one_page(stream(SAYS + b"/X Do"), draws)))
    with pytest.raises(ReadError, match=r"draws itself, or others by the million"):
        read(path)


def test_a_drawing_that_draws_itself_from_the_list_of_the_page_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, pdf(one_page(stream(SAYS + b"/X Do"), form(b"/X Do " * 10))))
    with pytest.raises(ReadError, match="draws itself"):
        read(path)


def test_drawings_that_draw_drawings_are_counted() -> None:
    """Ten levels of ten each: ten thousand million."""
    levels = [form(b"/Y Do " * 10, b"/Y %d 0 R" % (n + 1)) for n in range(6, 15)]
    last = form(SAYS)
    assert most_drawn(pdf(one_page(stream(b"/X Do"), *levels, last)), 10**12, 1000) == sum(
        10**n for n in range(10)
    )
    few = pdf(one_page(stream(b"/X Do"), levels[-2], last))
    assert most_drawn(few.replace(b"/Y 14", b"/Y 7 "), 10**12, 1000) == 11


def test_drawings_are_followed_through_named_and_packed_objects() -> None:
    """The list of drawings stands in an object of its own, and that in a packed part."""
    hidden = b"6 0 9 30 <</XObject<</X 7 0 R>>>>     <</A 1>>"
    first = hidden.index(b"<")
    packed = stream(hidden.replace(b"9 30", b"9 %d" % 30), b"/Type/ObjStm/N 2/First %d" % first, packed=True)  # fmt: skip
    endless = stream(b"/X Do " * 2, b"/Subtype/#46orm/BBox[0 0 9 9]/Resources 6 0 R")
    objects = [*one_page(stream(b"/X Do"), b"null", endless, packed)]
    data = pdf(objects).replace(b"6 0 obj\nnull\nendobj\n", b"")
    assert most_drawn(data, 1000, 1000) > 1000


def test_an_ordinary_drawing_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path, pdf(one_page(stream(b"/X Do"), form(b"0 0 m 9 9 l S ", b"/Y 7 0 R"))))
    with pytest.raises(ReadError, match="hold no text"):
        read(path)


def test_what_a_part_unpacks_to_is_bounded(tmp_path: Path) -> None:
    path = saved(tmp_path, pdf(one_page(stream(SAYS + b" " * 5000, packed=True))))
    size = len(SAYS) + 5000
    assert read(path, bounds=bounds(stream_bytes=size)).text == "GDP growth 6.1%"
    with pytest.raises(ReadError, match=r"bytes in one of its parts, more than the 5,0"):
        read(path, bounds=bounds(stream_bytes=size - 1))
    with pytest.raises(ReadError, match=r"bytes unpacked, more than the 1,000"):
        read(path, bounds=bounds(archive_bytes=1000))


def test_a_part_packed_twice_is_refused(tmp_path: Path) -> None:
    twice = stream(SAYS, b"/Filter[/FlateDecode/FlateDecode]")
    with pytest.raises(ReadError, match="packed twice over, as in a bomb"):
        read(saved(tmp_path, pdf(one_page(twice))))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n" + b"\x00\xff" * 500, b"%PDF-1.7\n%%EOF"])
def test_a_damaged_file_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ReadError, match=r"it is no sound PDF.*Save it again as PDF"):
        read(saved(tmp_path, data))
