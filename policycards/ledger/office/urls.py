"""The addresses of the offices' pages."""

from __future__ import annotations

from django.contrib.auth.views import LogoutView
from django.urls import URLPattern, path
from django.views.i18n import set_language

from policycards.ledger.office import (
    authentication,
    calls,
    cards,
    overview,
    paper,
    people,
    reports,
    runs,
)

urlpatterns: list[URLPattern] = [
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
    path("packs/", runs.packs, name="packs"),
    path("pack/<int:number>/", runs.pack, name="pack"),
    path("pack/<int:number>/register/", paper.register, name="register"),
    path("pack/<int:number>/register.xlsx", paper.register_list, name="register-list"),
    path("scan/", paper.scan, name="scan"),
    path("runs/", runs.runs, name="runs"),
    path("run/<str:number>/", runs.run, name="run"),
    path("stale/", runs.stale, name="stale"),
    path("people/", people.people, name="people"),
    path("people/users/", people.users, name="users"),
    path("people/user/", people.user, name="user"),
    path("people/reset/", people.reset, name="reset"),
    path("people/slips/", people.slips, name="slips"),
    path("people/device/<uuid:number>/", people.device, name="device"),
    path("areas/", people.areas, name="areas"),
    path("areas/assign/", people.assign, name="assign"),
    path("next/", reports.next_round, name="next"),
    path("report/", reports.half_year_report, name="report"),
    path("corrections/", reports.corrections, name="corrections"),
    path("reissues/", reports.reissues, name="reissues"),
    path("log/", reports.log, name="log"),
]
