"""Pieces for everybody: by which command each is made, and which were made before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from policycards.core.codes import N_
from policycards.desk.core.office_folder import Office

FOLDER = "output/details"
"""Where the desk has pieces made: a folder for each edition or day, and area."""
SITE = f"{FOLDER}/site"


@dataclass(frozen=True, slots=True)
class Piece:
    """A kind of piece: the command, and the files that it makes, the one to be looked at first."""

    name: str
    title: str
    purpose: str
    command: tuple[str, ...]
    files: tuple[str, ...]


PIECES = {
    piece.name: piece
    for piece in (
        Piece(
            "wall",
            N_("General card for the wall"),
            N_("One side of A3 with every standard, for the notice board of a village."),
            ("card", "--design", "a3"),
            ("card-*-a3*.pdf",),
        ),
        Piece(
            "hand",
            N_("General card to hand out"),
            N_("The same on both sides of an A4 leaf, for somebody who asks."),
            ("card", "--design", "a4"),
            ("card-*-a4*.pdf",),
        ),
        Piece(
            "booklet",
            N_("Booklet"),
            N_(
                "All policies with contents and a table, A5; and on A4 sheets, to be folded and"
                " stapled."
            ),
            ("booklet",),
            ("booklet.pdf", "booklet-imposed.pdf"),
        ),
        Piece(
            "poster",
            N_("Poster of what was raised"),
            N_("A3: the standards that were raised this year; and the same over A4 sheets."),
            ("poster",),
            ("poster.pdf", "poster-tiles.pdf"),
        ),
        Piece(
            "leaflet",
            N_("Leaflet of a topic"),
            N_("One A4 sheet, folded in three, on one topic such as schooling."),
            ("leaflet",),
            ("leaflet-*.pdf",),
        ),
        Piece(
            "site",
            N_("Site for phones"),
            N_("The pages that the QR codes open, with every edition, to be put on a host."),
            ("site",),
            ("index.html",),
        ),
    )
}
"""All kinds, by their names, in the order of the screen."""


def command(piece: Piece, area: str, edition: str, day: date, topic: str) -> tuple[list[str], str]:
    """The command that makes a piece, and the folder that it makes it in. The site has all editions
    and all areas.
    """
    if piece.name == "site":
        return [*piece.command, "--as-of", str(day), "--out", SITE], SITE
    folder = f"{FOLDER}/{edition or day}-{area}"
    source = ["--edition", edition] if edition else ["--as-of", str(day)]
    about = ["--topic", topic] if piece.name == "leaflet" else []
    return [*piece.command, *about, "--area", area, *source, "--out", folder], folder


@dataclass(frozen=True, slots=True)
class Made:
    """A piece that was made: its file by its path from the office's folder, and the one that
    printers take.

    ``source`` is the edition or day, ``area`` a code and ``topic`` an id, where the names of folder
    and file tell them.
    """

    piece: Piece
    file: str
    sheets: str
    source: str
    area: str
    topic: str
    time: datetime


def made(office: Office) -> list[Made]:
    """What was made, by the desk or by hand, the latest first."""
    folders = [office.output, *_folders(office.folder / FOLDER), *_folders(office.output)]
    found = [each for folder in dict.fromkeys(folders) for each in made_in(office, folder)]
    return sorted(found, key=lambda each: (each.time, each.file), reverse=True)


def _folders(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []


def made_in(office: Office, folder: Path) -> list[Made]:
    """The pieces that lie in a folder."""
    found = []
    for piece in PIECES.values():
        for file in sorted(folder.glob(piece.files[0])):
            if piece.name != "site" or (folder / "phones.html").is_file():
                found.append(_made(office, piece, file))
    return found


def _made(office: Office, piece: Piece, file: Path) -> Made:
    sheets = [
        each for name in piece.files[1:] for each in (file.with_name(name),) if each.is_file()
    ]
    inner = file.parent.parent == office.folder / FOLDER and piece.name != "site"
    source, _dash, area = file.parent.name.rpartition("-") if inner else ("", "", "")
    return Made(
        piece=piece,
        file=office.relative(file),
        sheets=office.relative(sheets[0]) if sheets else "",
        source=source,
        area=area,
        topic=file.stem.partition("-")[2] if piece.name == "leaflet" else "",
        time=datetime.fromtimestamp(file.stat().st_mtime),
    )
