"""The addresses of the ledger."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from policycards.ledger.health import health
from policycards.ledger.mobile.api import api

handler403 = "policycards.ledger.office.page.forbidden"
handler404 = "policycards.ledger.office.page.not_found"

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("api/", api.urls),
    path("field/", include("policycards.ledger.mobile.urls")),
    path("", include("policycards.ledger.office.urls")),
]
