"""Who may use the desk: the browser in which its own address was opened, and no other program or
page.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import blake2b
from hmac import compare_digest

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

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
