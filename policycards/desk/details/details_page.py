"""The screen of pieces for everybody: site, booklet, poster, leaflets and general card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from policycards.catalogue import Catalogue
from policycards.catalogue.editions.edition import editions
from policycards.core.codes import N_
from policycards.core.problems import Place, Problem, Severity, problem
from policycards.desk.core import pictures, tasks
from policycards.desk.core.desk_page import in_language, render_page, start_task, today
from policycards.desk.core.office_folder import Office, opened

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
class FinishedPiece:
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


def finished_pieces(office: Office) -> list[FinishedPiece]:
    """What was made, by the desk or by hand, the latest first."""
    folders = [office.output, *_folders(office.folder / FOLDER), *_folders(office.output)]
    found = [each for folder in dict.fromkeys(folders) for each in pieces_in(office, folder)]
    return sorted(found, key=lambda each: (each.time, each.file), reverse=True)


def _folders(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []


def pieces_in(office: Office, folder: Path) -> list[FinishedPiece]:
    """The pieces that lie in a folder."""
    found = []
    for piece in PIECES.values():
        for file in sorted(folder.glob(piece.files[0])):
            if piece.name != "site" or (folder / "phones.html").is_file():
                found.append(_finished(office, piece, file))
    return found


def _finished(office: Office, piece: Piece, file: Path) -> FinishedPiece:
    sheets = [
        each for name in piece.files[1:] for each in (file.with_name(name),) if each.is_file()
    ]
    inner = file.parent.parent == office.folder / FOLDER and piece.name != "site"
    source, _dash, area = file.parent.name.rpartition("-") if inner else ("", "", "")
    return FinishedPiece(
        piece=piece,
        file=office.relative(file),
        sheets=office.relative(sheets[0]) if sheets else "",
        source=source,
        area=area,
        topic=file.stem.partition("-")[2] if piece.name == "leaflet" else "",
        time=datetime.fromtimestamp(file.stat().st_mtime),
    )


LATEST = 24
"""Pieces made before that are shown."""
SHEETS = {
    "booklet": N_("On A4 sheets, to be folded and stapled"),
    "poster": N_("Over A4 sheets, to be glued together"),
}
"""What the second file of a piece is for."""


@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Choose what is to be made, of which edition or day and for which area; below it, what was
    made before.
    """
    office = Office.of_environment()
    catalogue, problems = opened(office, today())
    topics = (
        {each.id: in_language(each.name.bo, each.name.zh) for each in catalogue.topics}
        if catalogue
        else {}
    )
    wrong = [each for each in problems if each.severity is Severity.ERROR]
    if request.method == "POST" and catalogue is not None:
        response, wrong = _order(request, office, catalogue)
        if response is not None:
            return response
    return render_page(
        request,
        "details",
        status=400 if request.method == "POST" else 200,
        problems=wrong,
        pieces=PIECES.values(),
        chosen=request.POST or {"piece": "wall", "day": str(today())},
        editions=editions(office.policies)[::-1],
        areas=_areas(catalogue) if catalogue else [],
        topics=topics,
        names={
            code: in_language(area.name.bo, area.name.zh) for code, area in catalogue.areas.items()
        }
        if catalogue
        else {},
        made=finished_pieces(office)[:LATEST],
        sheets=SHEETS,
    )


def _areas(catalogue: Catalogue) -> list[tuple[str, str, bool]]:
    """Code, name and whether it is the office's own; those inside another are set in."""
    own = catalogue.settings.area
    steps = sorted({len(code) for code in catalogue.areas})
    return [
        (
            code,
            f"{'　' * steps.index(len(code))}{in_language(area.name.bo, area.name.zh)}",
            code == own,
        )
        for code, area in sorted(catalogue.areas.items())
    ]


def _order(
    request: HttpRequest, office: Office, catalogue: Catalogue
) -> tuple[HttpResponse | None, list[Problem]]:
    """Send out the command of what was chosen; or what is wrong with the choice."""
    fields = request.POST
    piece, place = PIECES.get(fields.get("piece", "")), Place("policycards desk")
    area, edition, topic = (
        fields.get("area", ""),
        fields.get("edition", ""),
        fields.get("topic", ""),
    )
    is_known = area in catalogue.areas and (not edition or edition in editions(office.policies))
    has_topic = topic in {each.id for each in catalogue.topics}
    if piece is None or not is_known or (piece.name == "leaflet" and not has_topic):
        return None, [problem("E950", place)]
    try:
        day = date.fromisoformat(fields.get("day", ""))
    except ValueError:
        return None, [problem("E951", place)]
    arguments, folder = command(piece, area, edition, day, topic)
    then = reverse("made", args=(piece.name, folder))
    return start_task(office, arguments, title=piece.title, page=reverse("details"), then=then), []


@require_safe
def result(request: HttpRequest, name: str, folder: str) -> HttpResponse:
    """What was just made, and what its command said."""
    office, piece = Office.of_environment(), PIECES.get(name)
    inside = office.inside(folder)
    found = (
        [each for each in pieces_in(office, inside) if each.piece is piece]
        if inside and inside.is_dir()
        else []
    )
    if piece is None or not found:
        raise Http404
    task = tasks.latest(office, *piece.command)
    return render_page(
        request,
        "made",
        piece=piece,
        made=max(found, key=lambda each: each.time),
        task=task,
        sheets=SHEETS,
    )


urls = [
    path("details/", details, name="details"),
    path("details/<str:name>/<path:folder>/", result, name="made"),
    *pictures.urls,
]
