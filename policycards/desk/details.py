"""A screen that is still to come."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from policycards.desk.page import shown


@require_safe
def details(request: HttpRequest) -> HttpResponse:
    return shown(request, "details")


urls = [path("details/", details, name="details")]
