"""Pictures of what was made: the first page of a PDF, drawn once and kept."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from policycards.desk.office import Office

SMALL = 50
"""Dots per inch of a picture that is told apart from others."""
LARGE = 110
"""Dots per inch of a picture that can be read."""


@require_safe
def picture(request: HttpRequest, told: str) -> HttpResponse:
    """The first page of a PDF of the office; ``?large`` to be read."""
    office = Office.of_environment()
    file = office.inside(told)
    if file is None or file.suffix.lower() != ".pdf":
        return HttpResponse(status=404)
    try:
        drawn = _drawn(office, file, LARGE if "large" in request.GET else SMALL)
    except (OSError, ValueError):  # it is just being written, or was spoilt
        return HttpResponse(status=404)
    return HttpResponse(drawn, content_type="image/png")


def _drawn(office: Office, file: Path, dpi: int) -> bytes:
    known = f"{file}|{file.stat().st_mtime_ns}|{file.stat().st_size}|{dpi}"
    kept = office.memory / "pictures" / f"{blake2b(known.encode(), digest_size=12).hexdigest()}.png"
    if kept.is_file():
        return kept.read_bytes()
    from policycards import pdf

    drawn = pdf.page_as_picture(file, 0, dpi) or b""
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept.write_bytes(drawn)
    return drawn


urls = [path("pictures/<path:told>", picture, name="picture")]
