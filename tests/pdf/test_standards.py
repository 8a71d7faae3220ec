"""PDF/A and PDF/UA, as veraPDF judges."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pieces
import pikepdf
import pytest
from specimens import EVERY
from verapdf import ON_PAPER, ON_SCREEN, broken_rules

from policycards import pdf
from policycards.design.layout.frames import Bookmark, Box, Item, Page, Piece, Shape, Tagged, Text
from policycards.typeset import Line, Run


def everything() -> Piece:
    """All that frames can hold, on two pages: both scripts, figures, a list, a table, decoration,
    padding.
    """
    leaf = Shape((("M", 320, 120), ("L", 340, 120), ("C", 340, 130, 330, 140, 320, 140), ("Z",)))
    line = pieces.set_line("བོད་")
    (run,) = line.runs
    padded = Line(
        (run, Run("bo", run.size, run.clusters[-1:] * 3, x=run.width, artifact=True)), 40, 10, -5
    )
    row = Tagged(
        "TR", (pieces.element("TH", "标准", 300), pieces.element("TD", "7.50元", 300, 100))
    )
    entry = Tagged("LI", (pieces.element("LBody", "带上身份证", 340),))
    link = Tagged("Link", (pieces.element("Span", "草原补奖", 370),), alt="草原补奖", opens="grass")
    items: tuple[Item, ...] = (
        Box(0, 0, 400, 20, fill=(0.1, 0.3, 0.6)),
        pieces.element("H1", "ཤེས་གསལ་བྱང་བུ།", 40),
        Tagged(
            "Sect",
            (pieces.element("H2", "草原补奖", 70), Tagged("P", (Text(20, 100, padded),), "bo")),
            key="row",
        ),
        Tagged("Figure", (pieces.checkered(),), "zh", "二维码"),
        Tagged("Figure", (leaf,), "bo", "རྩྭ་ཐང་།"),
        Tagged("Table", (row,)),
        Tagged("L", (entry,)),
        Tagged("TOC", (Tagged("TOCI", (Tagged("Reference", (link,)),)),)),
    )
    rest = Page(
        400,
        1600,
        (
            *pieces.stacked(EVERY).items,
            Tagged("Sect", (pieces.element("P", "续", 1590),), key="row"),
        ),
    )
    return pieces.piece(
        Page(400, 400, items),
        rest,
        bookmarks=(Bookmark("草原", 0, 70, key="grass"),),
        bleed=9,
        crop_marks=True,
    )


@pytest.fixture(scope="module")
def on_screen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("screen") / "screen.pdf", tagged=True)


def written(path: Path, *, tagged: bool) -> Path:
    pdf.write(everything(), pieces.fonts(), path, tagged=tagged)
    return path


def test_files_keep_the_standards_that_they_claim(on_screen: Path, tmp_path: Path) -> None:
    on_paper = written(tmp_path / "paper.pdf", tagged=False)
    empty = tmp_path / "empty.pdf"
    pdf.write(pieces.piece(Page(200, 100, ())), pieces.fonts(), empty, tagged=True)
    claims = [(path, profile) for path in (on_screen, empty) for profile in ON_SCREEN]
    claims += [(on_paper, profile) for profile in ON_PAPER]
    assert dict(zip(claims, broken_rules(claims), strict=True)) == {claim: [] for claim in claims}


def without_profile(file: pikepdf.Pdf) -> None:
    del file.Root.OutputIntents


def without_unicode(file: pikepdf.Pdf) -> None:
    for font in file.pages[0].resources.Font.values():
        del font.ToUnicode


def without_alternate_text(file: pikepdf.Pdf) -> None:
    figures = [kid for kid in file.Root.StructTreeRoot.K.K if kid.S == "/Figure"]
    del figures[0].Alt


def without_embedding(file: pikepdf.Pdf) -> None:
    for font in file.pages[0].resources.Font.values():
        del font.DescendantFonts[0].FontDescriptor.FontFile2


def with_wrong_widths(file: pikepdf.Pdf) -> None:
    for font in file.pages[0].resources.Font.values():
        font.DescendantFonts[0].W = pikepdf.Array([0, pikepdf.Array([0, *[300] * 500])])


FAULTS: dict[str, tuple[Callable[[pikepdf.Pdf], None], str, str]] = {
    "no colour profile": (without_profile, "2a", "6.2.4.3-2"),
    "characters that read as nothing": (without_unicode, "2a", "6.2.11.7.2-1"),
    "a figure without alternate text": (without_alternate_text, "ua1", "7.3-1"),
    "a font outside the file": (without_embedding, "2a", "6.2.11.4.1-1"),
    "widths that are not the font's": (with_wrong_widths, "2a", "6.2.11.5-1"),
}


def test_the_judge_finds_what_is_broken(on_screen: Path, tmp_path: Path) -> None:
    claims = []
    for number, (spoil, profile, _) in enumerate(FAULTS.values()):
        path = tmp_path / f"{number}.pdf"
        with pikepdf.open(on_screen) as file:
            spoil(file)
            file.save(path)
        claims.append((path, profile))
    found = dict(zip(FAULTS, broken_rules(claims), strict=True))
    assert {
        fault: rule for fault, (_, _, rule) in FAULTS.items() if rule not in found[fault]
    } == {}, found
