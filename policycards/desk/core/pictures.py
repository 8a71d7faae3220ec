"""Pictures of what was made: pages of PDFs, drawn once and kept."""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from policycards.core.files import atomic_write
from policycards.desk.core.office_folder import Office

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
