"""Django's admin, for looking at rare cases: all of the person's own area, nothing to change past
the actions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from policycards.ledger import models

if TYPE_CHECKING:
    _Admin = admin.ModelAdmin[Any]
else:
    _Admin = admin.ModelAdmin

LISTED: dict[type[Model], tuple[str, ...]] = {
    models.Area: ("code", "zh", "bo", "valid_to", "successors"),
    models.Contact: ("area_id", "role", "office_zh", "phone"),
    models.User: ("username", "role", "area", "is_active", "last_login"),
    models.Device: ("id", "area", "label", "joined", "seen", "revoked"),
    models.Slip: ("area", "made", "expires", "used"),
    models.Run: ("id", "edition", "area", "cards", "spares", "loaded", "closed"),
    models.Pack: ("id", "village", "area_id", "run_id", "cards", "spares", "closed"),
    models.Household: ("number", "area_id", "name_zh", "name_bo", "group", "pile"),
    models.Card: ("code", "area_id", "pile", "edition", "copy", "status", "validity", "conflict"),
    models.Stale: ("card_id", "area_id", "listed", "reasons"),
    models.Spare: (
        "code",
        "area_id",
        "edition",
        "batch",
        "number",
        "status",
        "confirmed",
        "conflict",
    ),
    models.Event: (
        "id",
        "kind",
        "detail",
        "evidence",
        "card_id",
        "spare_id",
        "pack_id",
        "happened",
        "user_id",
    ),
    models.Refusal: ("id", "problem", "code", "area", "at"),
    models.Call: ("id", "area_id", "policy", "kind", "opened", "due", "answered"),
    models.Sample: ("card_id", "area_id", "recorded", "result", "checked"),
    models.LogEntry: ("at", "user_id", "verb", "area", "facts"),
}


class OnlyLooking(_Admin):
    """A table of which a person sees the rows of the own area and changes none."""

    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.within(request.user).order_by("-pk")
        return rows

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


for _model, _columns in LISTED.items():
    _hidden = {"exclude": ("password",)} if _model is models.User else {}
    admin.site.register(
        _model,
        type(f"{_model.__name__}Admin", (OnlyLooking,), {"list_display": _columns, **_hidden}),
    )
