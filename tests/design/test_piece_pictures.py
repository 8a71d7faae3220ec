"""What booklet, poster and leaflet look like."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from page_pictures import looks_as
from pieces_of_office import Office, sound

from policycards import pdf
from policycards.design.layout.frames import Piece
from policycards.design.layout.tiling import tiled
from policycards.design.layout.typesetter import Typesetter
from policycards.design.publications.booklet import saddle_stitched


@pytest.fixture(scope="module")
def office(root: Path) -> Office:
    """With a digest that stays when a policy is changed."""
    shipped = Office.shipped(root, "colour")
    return replace(shipped, catalogue=replace(shipped.catalogue, digest="0" * 64))


def imposed_booklet(office: Office) -> tuple[Piece, int]:
    return saddle_stitched(sound(office.booklet()), "long-edge"), 0


def policy_page(office: Office) -> tuple[Piece, int]:
    piece = sound(office.booklet())
    return piece, next(mark.page for mark in piece.bookmarks if mark.key == "grassland-grazing-ban")


def raised_standards(office: Office) -> tuple[Piece, int]:
    return sound(office.poster()), 0


def second_tile(office: Office) -> tuple[Piece, int]:
    setter, margin = Typesetter(office.look("wall"), office.fonts), office.look("poster").margin
    return sound(tiled(sound(office.poster()), office.catalogue, setter, margin)), 1


def inside_of_leaflet(office: Office) -> tuple[Piece, int]:
    return sound(office.leaflet("birth")), 1


PAGES = {
    "booklet-sheet": imposed_booklet,
    "booklet-policy": policy_page,
    "poster": raised_standards,
    "poster-tile": second_tile,
    "leaflet-inside": inside_of_leaflet,
}


DPI = {"poster": 26}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_its_reference_picture(name: str, office: Office, tmp_path: Path) -> None:
    piece, page = PAGES[name](office)
    looks_as(name, pdf.render(piece, office.fonts, tagged=False), page, tmp_path, DPI.get(name, 40))
