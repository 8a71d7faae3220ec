"""Pictures for screens: pages of finished PDFs, a policy's row of a card, a Tibetan text on a line.

They are drawn once by the real layout and kept.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from policycards import pdf
from policycards.catalogue import LANGS, Catalogue, Policy
from policycards.catalogue.reviews.verdicts import Pair
from policycards.core.files import atomic_write
from policycards.core.problems import Problem
from policycards.design import Theme, read_theme
from policycards.design.card.row_preview import row_sheet
from policycards.design.card.text_fit import policy_problems
from policycards.design.layout.frames import Piece
from policycards.design.layout.theme import Look, desk_look
from policycards.design.office.review_sheet import text_pages
from policycards.desk.core.office_folder import Office
from policycards.typeset import Fonts

ROW_DPI = 130
TEXT_DPI = 200
_DRAWING = Lock()
"""Fonts and pdfium are used by one answer at a time."""


@lru_cache(maxsize=2)
def type_of(folder: Path) -> tuple[Theme, Fonts] | None:
    """The plain theme and its fonts; None where the office's fonts are not there."""
    theme, _problems = read_theme("plain")
    assert theme is not None
    try:
        return theme, Fonts.open(folder, theme.fonts)
    except OSError:
        return None


def row_picture(office: Office, catalogue: Catalogue, policy: Policy, day: date) -> bytes | None:
    """The row of a policy on the card for the hand, as a PNG."""
    if (found := type_of(office.fonts)) is None:
        return None
    theme, fonts = found
    with _DRAWING:
        return _drawn_block(
            row_sheet(catalogue, policy, day, Look(theme, "hand"), fonts), fonts, ROW_DPI
        )


def text_picture(office: Office, catalogue: Catalogue, pair: Pair, day: date) -> bytes | None:
    """The Tibetan of a pair as it is printed, as a PNG."""
    if (found := type_of(office.fonts)) is None:
        return None
    theme, fonts = found
    with _DRAWING:
        return _drawn_block(
            text_pages(catalogue, [pair], day, desk_look(theme), fonts)[0], fonts, TEXT_DPI
        )


def _drawn_block(piece: Piece, fonts: Fonts, dpi: int) -> bytes:
    return pdf.pages_as_pictures(pdf.render(piece, fonts, tagged=False), dpi)[0]


def too_long(office: Office, catalogue: Catalogue, day: date) -> list[Problem]:
    """What of the policies of a catalogue does not fit a card."""
    if (found := type_of(office.fonts)) is None:
        return []
    with _DRAWING:
        return policy_problems(catalogue, *found, day)


def unsettable(office: Office, catalogue: Catalogue) -> list[Problem]:
    """What no font can draw of the texts of a catalogue."""
    from policycards.typeset import problems

    if (found := type_of(office.fonts)) is None:
        return []
    texts = [
        (each.text[lang], lang, getattr(each, lang)) for each in catalogue.texts for lang in LANGS
    ]
    with _DRAWING:
        return problems(texts, found[1])


SMALL = 50
"""Dots per inch of a thumbnail."""
LARGE = 110
"""Dots per inch of a picture that can be read."""


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A page of a PDF of the office: the first, or ``?page=`` from 0; ``large`` to be read."""
    office, page = Office.of_environment(), request.GET.get("page", "0")
    file = office.inside(name)
    if file is None or file.suffix.lower() != ".pdf" or not page.isdecimal():
        return HttpResponse(status=404)
    try:
        drawn = _drawn(office, file, int(page), LARGE if "large" in request.GET else SMALL)
    except (OSError, ValueError):  # it is just being written, or was spoilt
        drawn = None
    return HttpResponse(drawn, content_type="image/png") if drawn else HttpResponse(status=404)


def _drawn(office: Office, file: Path, page: int, dpi: int) -> bytes | None:
    known = f"{file}|{file.stat().st_mtime_ns}|{file.stat().st_size}|{page}|{dpi}"
    kept = office.memory / "pictures" / f"{blake2b(known.encode(), digest_size=12).hexdigest()}.png"
    if kept.is_file():
        return kept.read_bytes()
    from policycards import pdf

    drawn = pdf.page_as_picture(file, page, dpi)
    if drawn is None:
        return None
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(PermissionError):  # Windows: another tab is just being given the same
        atomic_write(kept, drawn)
    return drawn


urls = [path("pictures/<path:name>", picture, name="picture")]
