"""The addresses of the ledger: offices' pages, the page for phones, the API, and its health."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from policycards.ledger import triggers
from policycards.ledger.mobile import joining_slips, phone_page
from policycards.ledger.mobile.api import api
from policycards.ledger.office import (
    authentication,
    calls,
    cards,
    overview,
    paper,
    people_pages,
    reports,
    run_pages,
)

handler403 = "policycards.ledger.office.office_page.forbidden"
handler404 = "policycards.ledger.office.office_page.not_found"


def health(request: HttpRequest) -> JsonResponse:
    """What a monitor sees: 200 where the database answers and refuses to forget, else 503; says
    nothing else to anybody.
    """
    try:
        is_well = not triggers.missing(connection)
    except Exception:  # whatever keeps the database from answering, the answer is the same
        is_well = False
    return JsonResponse({"ok": is_well}, status=200 if is_well else 503)


OFFICES = [
    path("login/", authentication.SignIn.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", authentication.password, name="password"),
    path("second/", authentication.second, name="second"),
    path("language/", set_language, name="language"),
    path("", overview.home, name="home"),
    path("stock/", overview.stock, name="stock"),
    path("find/", cards.find, name="find"),
    path("cards/", cards.cards, name="cards"),
    path("card/<str:code>/", cards.card, name="card"),
    path("spares/", cards.spares, name="spares"),
    path("household/<int:number>/", cards.household, name="household"),
    path("household/new/", cards.new_household, name="new-household"),
    path("household/<int:number>/call/", calls.opened, name="open-call"),
    path("calls/", calls.calls, name="calls"),
    path("call/<int:number>/", calls.call, name="call"),
    path("packs/", run_pages.packs, name="packs"),
    path("pack/<int:number>/", run_pages.pack, name="pack"),
    path("pack/<int:number>/register/", paper.register, name="register"),
    path("pack/<int:number>/register.xlsx", paper.register_list, name="register-list"),
    path("scan/", paper.scan, name="scan"),
    path("runs/", run_pages.runs, name="runs"),
    path("run/<str:number>/", run_pages.run, name="run"),
    path("stale/", run_pages.stale, name="stale"),
    path("people/", people_pages.people, name="people"),
    path("people/users/", people_pages.users, name="users"),
    path("people/user/", people_pages.user, name="user"),
    path("people/reset/", people_pages.reset, name="reset"),
    path("people/slips/", people_pages.slips, name="slips"),
    path("people/device/<uuid:number>/", people_pages.device, name="device"),
    path("areas/", people_pages.areas, name="areas"),
    path("areas/assign/", people_pages.assign, name="assign"),
    path("next/", reports.next_round, name="next"),
    path("report/", reports.half_year_report, name="report"),
    path("corrections/", reports.corrections, name="corrections"),
    path("reissues/", reports.reissues, name="reissues"),
    path("log/", reports.log, name="log"),
]
FIELD = [
    path("", phone_page.page, name="page"),
    path("worker.js", phone_page.worker, name="worker"),
    path("words.js", phone_page.words, name="words"),
    path("slips/", joining_slips.slips, name="slips"),
    path("carried/", joining_slips.carried, name="carried"),
]
"""The page for phones, and what offices do for it."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("api/", api.urls),
    path("field/", include((FIELD, "field"))),
    *OFFICES,
]
