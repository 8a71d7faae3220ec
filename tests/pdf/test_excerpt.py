"""Some pages of a file are drawn by the same bytes as before; and pages are read back as text and
picture.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pieces
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from readers import pdftotext
from verapdf import ON_PAPER, broken_rules

from policycards import pdf
from policycards.design.layout.frames import Bookmark, Box, Page, Tagged
from policycards.pdf.pack_objects import PlateFonts
from policycards.pdf.pack_writer import Packer
from policycards.pdf.text_reader import Pages, excerpt

WORDS = ("第一页", "བོད་ཡིག", "第三页", "རྩྭ་ཐང་།", "第五页")


def whole(*, tagged: bool = False) -> bytes:
    """Five pages; the outline has an entry for the first that holds those of the others."""
    marks = [Bookmark(f"{number}", number, 0, min(number, 1)) for number in range(len(WORDS))]
    pages = [pieces.stacked([word]) for word in WORDS]
    return pdf.render(pieces.piece(*pages, bookmarks=tuple(marks)), pieces.fonts(), tagged=tagged)


WHOLE = whole()


def drawn(data: bytes) -> list[bytes]:
    with pikepdf.open(BytesIO(data)) as file:
        return [page.Contents.read_raw_bytes() for page in file.pages]


def outline(data: bytes) -> list[tuple[str, int]]:
    """Titles and the pages to which they lead, from 0, in the order of reading."""
    with pikepdf.open(BytesIO(data)) as file, file.open_outline() as read:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}
        entries = [entry for item in read.root for entry in (item, *item.children)]
        return [(entry.title, numbers[entry.destination[0].objgen]) for entry in entries]  # type: ignore[index,union-attr]


@given(st.lists(st.integers(0, len(WORDS) - 1), min_size=1, unique=True))
def test_pages_have_the_bytes_and_the_words_that_they_had(chosen: Sequence[int]) -> None:
    data = excerpt(WHOLE, chosen)
    assert data == excerpt(WHOLE, chosen)
    assert drawn(data) == [drawn(WHOLE)[number] for number in chosen]
    with Pages(data) as pages:
        assert [pages.text(number) for number in range(len(pages))] == [
            WORDS[number] for number in chosen
        ]


def test_the_outline_leads_only_to_pages_that_are_there(tmp_path: Path) -> None:
    assert outline(excerpt(WHOLE, [2, 3])) == [("0", 0), ("2", 0), ("3", 1)]
    assert outline(excerpt(WHOLE, [0])) == [("0", 0)]
    (tmp_path / "some.pdf").write_bytes(excerpt(WHOLE, [4]))
    assert [text.strip() for text in pdftotext(tmp_path / "some.pdf")] == [WORDS[4]]


def test_an_excerpt_keeps_the_standard_and_says_of_itself_what_the_file_said(
    tmp_path: Path,
) -> None:
    (tmp_path / "some.pdf").write_bytes(excerpt(WHOLE, [1, 3]))
    assert broken_rules([(tmp_path / "some.pdf", profile) for profile in ON_PAPER]) == [[]]
    with pikepdf.open(BytesIO(WHOLE)) as before, pikepdf.open(tmp_path / "some.pdf") as after:
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()
        assert before.docinfo.Title == after.docinfo.Title
    assert len(excerpt(WHOLE, [1])) < len(WHOLE)


def test_a_pack_of_the_press_is_cut_as_well(tmp_path: Path) -> None:
    marks = tuple(Bookmark(f"{number}", number, 0) for number in range(205))
    pages = [pieces.stacked([f"{number}"]) for number in range(205)]
    data = Packer(pieces.fonts(), PlateFonts()).pack(pieces.piece(*pages, bookmarks=marks))
    some = excerpt(data, [3, 204, 100])
    assert drawn(some) == [drawn(data)[number] for number in (3, 204, 100)]
    assert outline(some) == [("3", 0), ("100", 2), ("204", 1)]
    (tmp_path / "some.pdf").write_bytes(some)
    assert broken_rules([(tmp_path / "some.pdf", profile) for profile in ON_PAPER]) == [[]]
    assert [text.strip() for text in pdftotext(tmp_path / "some.pdf")] == ["3", "204", "100"]


@pytest.mark.parametrize("chosen", [[], [5], [-1, 0]])
def test_pages_that_are_not_there_are_refused(chosen: list[int]) -> None:
    with pytest.raises(ValueError, match="the file has 5 pages"):
        excerpt(WHOLE, chosen)


def test_a_tagged_file_and_what_is_no_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="the structure of a tagged file cannot be cut"):
        excerpt(whole(tagged=True), [0])
    (tmp_path / "x.pdf").write_bytes(b"no PDF")
    for read in (Pages, lambda path: excerpt(path, [0])):
        with pytest.raises(ValueError):
            read(tmp_path / "x.pdf")
        with pytest.raises(FileNotFoundError):
            read(tmp_path / "y.pdf")


def test_a_part_of_a_page_is_read_and_seen_alone() -> None:
    items = (pieces.element("P", "左", 100, 20), pieces.element("P", "右", 100, 120))
    square = Tagged("Artifact", (Box(150, 10, 36, 36, fill=0.0),))
    with Pages(
        pdf.render(pieces.piece(Page(200, 300, (*items, square))), pieces.fonts(), tagged=False)
    ) as pages:
        assert pages.text(0, (0, 50, 100, 100)).strip() == "左"
        assert pages.text(0, (100, 50, 100, 100)).strip() == "右"
        assert pages.text(0, (0, 150, 200, 150)).strip() == ""
        black = pages.gray(0, 144, (150, 10, 36, 36))
        assert (black.width, black.height, set(black.points)) == (72, 72, {0})
        white = pages.gray(0, 144, (20, 200, 50, 51))
        assert (white.rows().shape, set(white.points)) == ((102, 100), {255})
        assert pages.gray(0, 72).rows().shape == (300, 200)
        assert pages.gray(0, 72, (-10, -10, 400, 400)).rows().shape == (300, 200)
