"""The addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from policycards.desk import apart, details, faults, handing, home, policies, printing, running, standards
from policycards.desk.guard import enter
from policycards.desk.page import given

urlpatterns: list[URLPattern | URLResolver] = [
    path("enter/<str:told>/", enter, name="enter"),
    path("language/", home.language, name="language"),
    path("", home.home, name="home"),
    path("todo/", home.todo, name="todo"),
    path("force/", home.force, name="force"),
    path("files/<path:path>", given, name="file"),
    path("errands/", running.errands, name="errands"),
    path("errands/<str:name>/", running.errand, name="errand"),
    path("errands/<str:name>/state/", running.state, name="errand-state"),
    *apart.urls,
    *faults.urls,
    *printing.urls,
    *standards.urls,
    *policies.urls,
    *details.urls,
    *handing.urls,
]
