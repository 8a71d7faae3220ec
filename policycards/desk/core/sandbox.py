"""Pages that lie in the office's folder, such as the detail site: opened apart, so that they can
drive nothing here.

They run their own scripts, but of no origin: the browser sends them no cookie, and they can read no
screen of the desk. So their address has a token of its own, which opens what was made and no more.
"""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from policycards.desk.core.access import token as own_token
from policycards.desk.core.office_folder import Office

ALONE = (
    "sandbox allow-scripts allow-forms; default-src 'self' data: 'unsafe-inline'; form-action"
    " 'self'"
)
"""Headers of every file opened so:
https://www.w3.org/TR/CSP3/#directive-sandbox
"""
HEADERS = {"Content-Security-Policy": ALONE, "Access-Control-Allow-Origin": "*"}
PAGES = (".html", ".htm", ".svg", ".xml")
"""Endings of what can hold scripts."""
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".htm": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".xml": "text/xml",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
}
"""What pages are made of, by ending: packs and lists are none of their business. Windows' own table
of these can be changed by any program, and a script that it calls plain text is not run.
"""


def opened(office: Office, name: str) -> HttpResponseRedirect:
    """Open a page of the office's folder apart."""
    return redirect(reverse("apart", args=(own_token(), name)))


@require_safe
def page(request: HttpRequest, token: str, name: str) -> HttpResponse | FileResponse:
    """A file of a folder of pages. Fonts are read by pages of no origin, so any may."""
    office = Office.of_environment()
    found = office.inside(name)
    is_worker = (
        "Service-Worker" in request.headers
    )  # what it keeps would outlive the page, under the desk's address
    is_part = (
        found is not None
        and found.suffix.lower() in TYPES
        and found.is_relative_to(office.output.resolve())
    )
    if found is None or not is_part or is_worker:
        return HttpResponse(status=404)
    return FileResponse(found.open("rb"), headers=HEADERS, content_type=TYPES[found.suffix.lower()])


urls = [path("apart/<str:token>/<path:name>", page, name="apart")]
