"""Who may use the desk: the browser in which its own address was opened, and no other program or page."""

from __future__ import annotations

import os
from collections.abc import Callable
from hmac import compare_digest

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

Answer = Callable[[HttpRequest], HttpResponse]


def secret() -> str:
    """What the address that opens the desk has in it."""
    return os.environ["POLICYCARDS_DESK_SECRET"]


def cookie(request: HttpRequest) -> str:
    """Cookies know no ports: each desk has its own."""
    return f"policycards_desk_{request.get_port()}"


class OnlyThisBrowser:
    """Answers only who has the secret, by the cookie that opening the address gives. Static files are no secret."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        told = request.COOKIES.get(cookie(request), "")
        if request.path.startswith("/enter/") or compare_digest(told.encode(), secret().encode()):
            response = self._get_response(request)
            response.headers.setdefault("Cache-Control", "no-store")
            return response
        request.get_host()  # refuses other hosts before anything is told
        return render(request, "desk/closed.html", status=403)


@require_safe
def enter(request: HttpRequest, told: str) -> HttpResponse:
    """The address that the program opens: from now on this browser is let in."""
    if not compare_digest(told.encode(), secret().encode()):
        return render(request, "desk/closed.html", status=403)
    response = HttpResponseRedirect(reverse("home"))
    response.set_cookie(cookie(request), told, httponly=True, samesite="Strict")
    return response
