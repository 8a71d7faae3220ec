"""Files on disk: whole or not there, and as pictures."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pieces
import pytest
from PIL import Image

from policycards import pdf
from policycards.design.layout.frames import Page
from policycards.pdf.preview import pages_as_png

EMPTY = Page(200, 100, ())


def test_a_file_and_a_stream_get_the_bytes_of_the_piece(tmp_path: Path) -> None:
    piece = pieces.piece(EMPTY)
    path, stream = tmp_path / "card.pdf", BytesIO()
    pdf.write(piece, pieces.fonts(), path, tagged=True)
    pdf.write(piece, pieces.fonts(), stream, tagged=True)
    assert path.read_bytes() == stream.getvalue() == pdf.render(piece, pieces.fonts(), tagged=True)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_finished_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "card.pdf"
    path.write_bytes(b"old")

    def full_disk(unfinished: Path, data: bytes) -> None:
        with unfinished.open("wb") as file:
            file.write(data[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(OSError, match="No space left"):
        pdf.write(pieces.piece(EMPTY), pieces.fonts(), path, tagged=True)
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == b"old"


def test_a_preview_is_one_picture_a_page_and_sorts_like_the_pages(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    pdf.write(pieces.piece(*[EMPTY] * 11), pieces.fonts(), path, tagged=False)
    pictures = pages_as_png(path, 36, tmp_path / "pictures")
    assert [picture.name for picture in pictures] == [
        f"card-{number:02}.png" for number in range(1, 12)
    ]
    assert sorted((tmp_path / "pictures").iterdir()) == pictures
    with Image.open(pictures[0]) as first:
        assert first.size == (100, 50)


def test_a_preview_of_what_is_no_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    path.write_text("no PDF", encoding="utf-8")
    with pytest.raises(ValueError, match=r"card\.pdf"):
        pages_as_png(path, 36, tmp_path)


def test_one_page_is_drawn_alone_and_none_beyond_the_last(tmp_path: Path) -> None:
    path = tmp_path / "card.pdf"
    pdf.write(pieces.piece(EMPTY, EMPTY), pieces.fonts(), path, tagged=False)
    assert pdf.page_count(path) == 2
    picture = pdf.page_as_picture(path, 1, 36)
    assert picture is not None and picture == pdf.page_as_picture(path.read_bytes(), 1, 36)
    with Image.open(BytesIO(picture)) as drawn:
        assert drawn.size == (100, 50) and drawn.mode == "L"
    assert pdf.page_as_picture(path, 2, 36) is None
