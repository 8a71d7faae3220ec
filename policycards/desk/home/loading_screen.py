"""The first screen, shown before the rooms that the other screens need are read in, which takes
longer than it does.

It has addresses of its own: those that it answers, and those that it links to. The others are read
in meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from policycards.desk.core.access import enter
from policycards.desk.home import home_page

ANSWERED = ("/", "/todo/", "/force/")


def elsewhere(request: HttpRequest, **_parts: str) -> HttpResponse:
    """An address that is only linked to here."""
    raise Http404


urlpatterns: list[URLPattern] = [
    path("enter/<str:key>/", enter, name="enter"),
    path("", home_page.home, name="home"),
    path("todo/", home_page.todo, name="todo"),
    path("force/", home_page.force, name="force"),
    path("language/", elsewhere, name="language"),
    path("problems/", elsewhere, name="problems"),
    path("printing/", elsewhere, name="printing"),
    path("runs/<path:path>/", elsewhere, name="run"),
    path("standards/", elsewhere, name="standards"),
    path("policies/", elsewhere, name="policies"),
    path("policies/review/", elsewhere, name="reviews"),
    path("editions/", elsewhere, name="editions"),
    path("details/", elsewhere, name="details"),
    path("handing/", elsewhere, name="handing"),
    path("tasks/", elsewhere, name="tasks"),
    path("tasks/<str:name>/", elsewhere, name="task"),
]


class FirstScreen:
    """Answers the first screen by these addresses until all are read in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._reading = threading.Thread(
            target=import_module, args=(settings.ROOT_URLCONF,), daemon=True
        )
        self._once = threading.Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_first = request.path in ANSWERED or request.path.startswith("/enter/")
        if is_first and (self._reading.ident is None or self._reading.is_alive()):
            request.urlconf = __name__
        response = self._get_response(request)
        if request.path == "/" and self._once.acquire(blocking=False):
            self._reading.start()
        return response
