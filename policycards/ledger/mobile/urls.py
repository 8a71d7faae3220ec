"""The addresses of the field page and of what offices do for it."""

from __future__ import annotations

from django.urls import path

from policycards.ledger.mobile import joining_slips, phone_page

app_name = "field"
urlpatterns = [
    path("", phone_page.page, name="page"),
    path("worker.js", phone_page.worker, name="worker"),
    path("words.js", phone_page.words, name="words"),
    path("slips/", joining_slips.slips, name="slips"),
    path("carried/", joining_slips.carried, name="carried"),
]
