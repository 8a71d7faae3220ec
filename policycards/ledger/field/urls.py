"""The addresses of the field page and of what offices do for it."""

from __future__ import annotations

from django.urls import path

from policycards.ledger.field import pages, slips

app_name = "field"
urlpatterns = [
    path("", pages.page, name="page"),
    path("worker.js", pages.worker, name="worker"),
    path("words.js", pages.words, name="words"),
    path("slips/", slips.slips, name="slips"),
    path("carried/", slips.carried, name="carried"),
]
