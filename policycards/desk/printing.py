"""A screen that is still to come."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from policycards.desk.page import shown


@require_safe
def printing(request: HttpRequest) -> HttpResponse:
    return shown(request, "printing")


@require_safe
def run(request: HttpRequest, path: str) -> HttpResponse:
    return shown(request, "printing")


urls = [path("printing/", printing, name="printing"), path("runs/<path:path>/", run, name="run")]
