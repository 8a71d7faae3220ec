"""Pages that lie in the office's folder, such as the detail site: opened apart, so that they can drive nothing here.

They run their own scripts, but of no origin: the browser sends them no cookie, and they can read no screen of the desk.
So their address has a token of its own, which opens what was made and no more.
"""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from policycards.desk.guard import token as own_token
from policycards.desk.office import Office

ALONE = "sandbox allow-scripts allow-forms; default-src 'self' data: 'unsafe-inline'; form-action 'self'"
"""What the browser is told of every file opened so: https://www.w3.org/TR/CSP3/#directive-sandbox"""
HEADERS = {"Content-Security-Policy": ALONE, "Access-Control-Allow-Origin": "*"}
PAGES = (".html", ".htm", ".svg", ".xml")
"""Endings of what can hold scripts."""
PARTS = (*PAGES, ".css", ".js", ".txt", ".json", ".woff2", ".png", ".jpg", ".webp", ".mp3", ".m4a", ".ogg", ".opus")
"""Endings of what pages are made of. Packs and lists are none of their business."""


def opened(office: Office, told: str) -> HttpResponseRedirect:
    """Open a page of the office's folder apart."""
    return redirect(reverse("apart", args=(own_token(), told)))


@require_safe
def page(request: HttpRequest, token: str, told: str) -> HttpResponse | FileResponse:
    """A file of a folder of pages. Fonts are read by pages of no origin, so any may."""
    office = Office.of_environment()
    found = office.inside(told)
    is_worker = "Service-Worker" in request.headers  # what it keeps would outlive the page, under the desk's address
    is_part = found is not None and found.suffix.lower() in PARTS and found.is_relative_to(office.output.resolve())
    if found is None or not is_part or is_worker:
        return HttpResponse(status=404)
    return FileResponse(found.open("rb"), headers=HEADERS)


urls = [path("apart/<str:token>/<path:told>", page, name="apart")]
