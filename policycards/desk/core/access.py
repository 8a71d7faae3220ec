"""Who may use the desk, and the pages of an office's folder, which may not.

Only the browser in which the desk's own address was opened may use it, no other program or page.
Pages that lie in the folder, such as the detail site, are opened apart, so that they can drive
nothing here. They run their own scripts, but of no origin: the browser sends them no cookie, and
they can read no screen of the desk. So their address has a token of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import blake2b
from hmac import compare_digest

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from policycards.desk.core.office_folder import Office

Answer = Callable[[HttpRequest], HttpResponse]


def secret() -> str:
    """What the address that opens the desk has in it."""
    return os.environ["POLICYCARDS_DESK_SECRET"]


def cookie(request: HttpRequest) -> str:
    """Cookies know no ports: each desk has its own."""
    return f"policycards_desk_{request.get_port()}"


def token() -> str:
    """What opens the pages that were made, and no more (``apart.py``): of the secret, which cannot
    be found from it.
    """
    return blake2b(b"apart", key=secret().encode(), digest_size=16).hexdigest()


def is_apart(request: HttpRequest) -> bool:
    """Whether a request is for such a page, which has no cookie to show."""
    parts = request.path.split("/", 3)
    return (
        parts[1] == "apart"
        and len(parts) > 3
        and compare_digest(parts[2].encode(), token().encode())
    )


class OnlyThisBrowser:
    """Answers only who has the secret, by the cookie that opening the address gives. Static files
    are no secret.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.COOKIES.get(cookie(request), "")
        is_open = request.path.startswith("/enter/") or is_apart(request)
        if is_open or compare_digest(key.encode(), secret().encode()):
            response = self._get_response(request)
            response.headers.setdefault("Cache-Control", "no-store")
            return response
        request.get_host()  # refuses other hosts before anything is said
        return closed(request)


def closed(request: HttpRequest) -> HttpResponse:
    """What anybody else sees, in the language of the browser: no middleware has set it yet."""
    with override(get_language_from_request(request)):
        return render(request, "desk/closed.html", status=403)


@require_safe
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """The address that the program opens: from now on this browser is let in."""
    if not compare_digest(key.encode(), secret().encode()):
        return closed(request)
    response = HttpResponseRedirect(reverse("home"))
    response.set_cookie(cookie(request), key, httponly=True, samesite="Strict")
    return response


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
    return redirect(reverse("apart", args=(token(), name)))


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
