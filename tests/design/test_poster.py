"""The poster: what was raised this year, large enough for two metres; the table; and A4 sheets to
be glued.
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import scans
import verapdf
from hypothesis import given
from hypothesis import strategies as st
from pieces_of_office import COUNTY, Office, sound
from readers import READERS
from village_packs import DAY, MARKS, collisions, ink, lines, paragraphs, texts

from policycards import pdf
from policycards.core.units import MM, mm
from policycards.design.layout.frames import Box, Page, Piece, Tagged, Text, Turned
from policycards.design.layout.theme import FAR
from policycards.design.layout.tiling import A4, EDGE, OVERLAP, STRIP, tiled, tiling
from policycards.design.layout.typesetter import Typesetter
from policycards.design.publications.poster import raised
from policycards.typeset.paragraphs import baselines


@pytest.fixture(scope="module")
def office(root: Path) -> Office:
    return Office.shipped(root)


@pytest.fixture(scope="module")
def pieces(office: Office) -> dict[str, Piece]:
    made = {"raised": sound(office.poster())}
    setter, margin = Typesetter(office.look("wall"), office.fonts), office.look("poster").margin
    return {**made, "tiles": sound(tiled(made["raised"], office.catalogue, setter, margin))}


def test_it_has_the_standards_that_rose_in_the_year_and_no_other(
    office: Office, pieces: dict[str, Piece]
) -> None:
    found = raised(office.policies, COUNTY, DAY)
    assert {(each.policy.id, str(each.old.amount), str(each.new.amount)) for each in found} == {
        ("eco-post", "3500", "4000"),
        ("delivery-escort", "20", "50"),
        ("startup-grant", "2000", "5000"),
        ("resident-medical-insurance", "705", "765"),
        ("preschool-free", "380", "1000"),
        ("three-guarantees", "5700", "5940"),
    }
    assert [each.standard.pays for each in found] == [
        "cash",
        "event",
        "event",
        *["paid_for_you"] * 3,
    ]
    told = [line for page in pieces["raised"].pages for line in lines(page)]
    assert "2026年提高的补助标准" in told
    for old, new in (("3,500→", "4,000"), ("20→", "50"), ("5,700→", "5,940")):
        assert told[told.index(old) + 1] == new
    for words in ("元/人·年", "元/生·年，平均", "སློབ་མ་རེར་ལོ་རེར་ཆ་སྙོམས་སྒོར"):
        assert words in told


@pytest.mark.parametrize("count", [1, 8])
def test_up_to_eight_raises_are_on_one_side(office: Office, count: int) -> None:
    """The widest of the catalogue, so many of them."""
    found = raised(office.policies, COUNTY, DAY)
    own = sorted((each.policy for each in found), key=lambda policy: -len(policy.name.bo))
    policies = tuple(
        own[at % len(own)].model_copy(update={"id": f"{own[at % len(own)].id}-{at}"})
        for at in range(count)
    )
    many = replace(office, catalogue=replace(office.catalogue, policies=policies))
    piece = sound(many.poster())
    assert len(piece.pages) == 1
    assert overprinted(piece.pages[0], office) == []


def test_a_standard_raised_by_a_notice_of_this_year_counts_and_a_lowered_one_does_not(
    office: Office,
) -> None:
    policy = next(policy for policy in office.policies if policy.id == "eco-post")
    (standard,) = policy.standards
    old, new = standard.values[-2:]

    def changed(**update: object) -> list[str]:
        value = new.model_copy(update=update)
        other = standard.model_copy(update={"values": (*standard.values[:-1], value)})
        found = raised([policy.model_copy(update={"standards": (other,)})], COUNTY, DAY)
        return [each.standard.id for each in found]

    assert changed() == ["post"]
    assert changed(since=old.since.__class__(2025), published=new.since) == ["post"]
    assert changed(since=old.since.__class__(2025)) == []
    assert old.amount is not None
    assert changed(amount=old.amount - 1) == []
    assert changed(amount=old.amount) == []


def test_a_year_without_a_raised_standard_is_told(office: Office) -> None:
    early = replace(office.imprint(), day=date(1999, 7, 1))
    piece, found = office.poster(imprint=early)
    assert piece is None
    assert [str(each).partition("error ")[2] for each in found] == [
        "E361: no standard was raised in 1999"
    ]
    assert (
        found[0].hint()
        == "Print all standards as a table with --all, or give another day with --as-of."
    )


def test_names_and_amounts_are_read_from_two_metres(
    office: Office, pieces: dict[str, Piece]
) -> None:
    """What is smaller is the notice behind a figure, its day, and the line of page and edition."""
    small = {"依据", "起", "བཟུང", "标准截至", "ཚད་གཞི", "执行", "ཟིན", "）", "p0test", "◀", "扫码"}
    small |= {"བཤེར་ནས", *MARKS, "དཔེ་མཚོན", "པར", "སྤྲོད"}
    for name in ("raised",):
        for page in pieces[name].pages:
            for text in texts(page):
                for run in text.line.runs:
                    least = FAR if run.face.startswith("bo") else 22
                    near = run.size >= 12 and any(word in text.line.text for word in small)
                    assert run.size >= least or near, (run.size, text.line.text)


def test_a_tibetan_letter_is_ten_minutes_of_arc_high_at_two_metres(font_folder: Path) -> None:
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.ttLib import TTFont

    with TTFont(font_folder / "NotoSerifTibetan-Regular.ttf") as font:
        glyphs, pen = font.getGlyphSet(), BoundsPen(font.getGlyphSet())
        glyphs[font.getBestCmap()[ord("བ")]].draw(pen)
        _left, foot, _right, head = pen.bounds
        em = (head - foot) / font["head"].unitsPerEm
    high = FAR / MM * em
    assert math.degrees(math.atan(high / 2000)) * 60 >= 9.95


def overprinted(page: Page, office: Office) -> list[tuple[str, str]]:
    """Lines whose ink meets another's, cluster by cluster: below the point of a figure there may be
    the vowel of the next line, beside it.
    """
    by_words: dict[str, list[Text]] = {}
    for text in texts(page):
        by_words.setdefault(text.line.text, []).append(text)
    found = []
    for names in collisions(page):
        for one in by_words[names[0]]:
            for other in by_words[names[1]]:
                upper, lower = sorted((one, other), key=lambda text: text.y)
                lefts = (upper.x, lower.x)
                first, second = baselines((upper.line, lower.line), lefts, 0, 1, office.fonts)
                if lower.y - upper.y < second - first:
                    found.append(names)
    return found


def test_ink_keeps_within_the_margins_and_paragraphs_apart(
    office: Office, pieces: dict[str, Piece]
) -> None:
    for name in ("raised",):
        for page in pieces[name].pages:
            assert overprinted(page, office) == []
            for paragraph in paragraphs(page.items):
                left, top, right, bottom = ink(paragraph)
                assert left >= mm(14) and right <= page.width - mm(14), paragraph[0].line.text
                assert top >= mm(14) and bottom <= page.height - mm(14), paragraph[0].line.text


def test_every_sheet_has_the_marks_its_number_and_whom_to_ring(pieces: dict[str, Piece]) -> None:
    for name in ("raised",):
        for page in pieces[name].pages:
            told = lines(page)
            assert all(mark in told for mark in MARKS)
            assert "0000-0000001" in told


def test_every_drawn_line_is_read_back_exactly(
    office: Office, pieces: dict[str, Piece], tmp_path: Path
) -> None:
    for name in ("raised",):
        file = tmp_path / f"{name}.pdf"
        pdf.write(pieces[name], office.fonts, file, tagged=True)
        for reader, read in READERS.items():
            for number, (page, told) in enumerate(
                zip(pieces[name].pages, read(file), strict=True), 1
            ):
                for line in lines(page):
                    assert line in told, (reader, name, number, line)


def test_it_is_pdf_a_2a_and_ua_1_and_its_tiles_are_pdf_a_2u(
    office: Office, pieces: dict[str, Piece], tmp_path: Path
) -> None:
    claims = []
    for name, piece in pieces.items():
        file = tmp_path / f"{name}.pdf"
        pdf.write(piece, office.fonts, file, tagged=name != "tiles")
        claims += [
            (file, profile)
            for profile in (verapdf.ON_PAPER if name == "tiles" else verapdf.ON_SCREEN)
        ]
    assert verapdf.broken_rules(claims) == [[] for _ in claims]


def test_its_code_is_read_from_print(office: Office, pieces: dict[str, Piece]) -> None:
    with pypdfium2.PdfDocument(
        pdf.render(pieces["raised"], office.fonts, tagged=False)
    ) as document:
        picture = document[0].render(scale=scans.DPI / 72).to_pil()
    assert scans.unread(picture, office.address().decode("ascii")) == []


# Tiles


@given(st.floats(150, 1200), st.floats(150, 1200), st.floats(10, 40))
def test_windows_cover_the_poster_overlap_and_fit_what_a_printer_reaches(
    width: float, height: float, margin: float
) -> None:
    over = tiling((mm(width), mm(height)), mm(margin))
    assert over.paper in A4
    covered = over.columns * over.width - (over.columns - 1) * OVERLAP
    assert covered == pytest.approx(mm(width) - 2 * over.inset)
    assert over.rows * over.height - (over.rows - 1) * OVERLAP == pytest.approx(
        mm(height) - 2 * over.inset
    )
    left, top = over.corner
    assert left >= EDGE + STRIP - 1e-6 and left + over.width <= over.paper[0] - EDGE + 1e-6
    assert top >= EDGE - 1e-6 and top + over.height <= over.paper[1] - EDGE + 1e-6


def test_a3_takes_two_sheets_of_a4(pieces: dict[str, Piece]) -> None:
    assert len(pieces["tiles"].pages) == 2 * len(pieces["raised"].pages)
    assert {(page.width, page.height) for page in pieces["tiles"].pages} == {(mm(297), mm(210))}


def test_what_the_tiles_show_put_together_is_the_poster(
    office: Office, pieces: dict[str, Piece]
) -> None:
    """Each cut at its dashes and laid on the ticks of the one before: pixel by pixel the poster
    itself.
    """
    import numpy as np

    dpi, poster = 72, pieces["raised"].pages[0]
    over = tiling((poster.width, poster.height), office.look("poster").margin)

    def drawn(piece: Piece, page: int) -> np.ndarray:  # type: ignore[type-arg]
        with pypdfium2.PdfDocument(pdf.render(piece, office.fonts, tagged=False)) as document:
            return np.asarray(
                document[page].render(scale=dpi / 72 * 2, grayscale=True).to_pil(), dtype=float
            )

    whole, (left, top) = drawn(pieces["raised"], 0), over.corner
    for row in range(over.rows):
        tile = drawn(pieces["tiles"], row)
        x, y = over.inset, over.inset + row * (over.height - OVERLAP)
        here = [
            round(2 * at)
            for at in (top + 3, top + over.height - 3, left + 12, left + over.width - 12)
        ]
        there = [round(2 * at) for at in (y + 3, y + over.height - 3, x + 12, x + over.width - 12)]
        height = min(here[1] - here[0], there[1] - there[0])
        width = min(here[3] - here[2], there[3] - there[2])
        shown = tile[here[0] : here[0] + height, here[2] : here[2] + width]
        wanted = whole[there[0] : there[0] + height, there[2] : there[2] + width]
        assert (abs(shown - wanted) > 128).mean() < 0.02


def test_tiles_say_what_is_to_be_done_with_them(pieces: dict[str, Piece]) -> None:
    first, second = pieces["tiles"].pages[:2]
    assert "第1张，共2张。沿虚线剪开，对齐另一张的短线粘贴" in lines(first)
    assert "第2张，共2张。沿虚线剪开，对齐另一张的短线粘贴" in lines(second)
    assert marks_of(first) == 2  # ticks on which the second comes to lie
    assert marks_of(second) > 80  # dashes along which it is cut


def marks_of(page: Page) -> int:
    """Short black boxes on the sheet itself, outside the poster's page."""
    (own,) = (item for item in page.items if isinstance(item, Tagged))
    assert any(isinstance(item, Turned) for item in page.items)
    return sum(isinstance(item, Box) and item.fill == 0.0 for item in own.items)


def test_nothing_is_printed_where_nobody_can_be_asked(office: Office) -> None:
    mute = replace(office, catalogue=replace(office.catalogue, contacts=()))
    piece, found = mute.poster()
    assert piece is None
    assert [each.code for each in found] == ["E340"]
