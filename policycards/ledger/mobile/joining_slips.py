"""What an office does for the field page: prints slips by which phones join, and brings in files
that they saved.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from pydantic import ValidationError

from policycards.ledger.actions import people_changes
from policycards.ledger.labels import name_of
from policycards.ledger.mobile import village_data
from policycards.ledger.mobile.api_schemas import Carried
from policycards.ledger.models import Area
from policycards.ledger.office.office_page import (
    LARGE,
    chosen_area,
    counties_of,
    number_of,
    page,
    person,
    render_page,
    way_to,
)
from policycards.ledger.permissions import refuse
from policycards.qr import Encoder

_VILLAGE = 12
"""Digits of a village's code."""
_MARGIN = 4
"""Light modules around a QR code (ISO/IEC 18004, 7.3.8)."""
_DAYS = 14


@require_http_methods(["GET", "HEAD", "POST"])
@page("slip.make")
def slips(request: HttpRequest) -> HttpResponse:
    """The villages of an area, or the slips just made for some, to be printed; of a whole region,
    its counties.
    """
    user, area = person(request), chosen_area(request)
    if request.method == "POST":
        return _printed(request)
    is_large = len(area.code) < LARGE
    found = () if is_large else Area.objects.within(user).in_area(area.code).order_by("code")
    return render_page(
        request,
        "slips",
        area=area,
        way=way_to(user, area),
        below=counties_of(user, area) if is_large else [],
        townships=_by_township(each for each in found if len(each.code) == _VILLAGE),
        days=_DAYS,
    )


def _printed(request: HttpRequest) -> HttpResponse:
    """Slips for the chosen villages; raises Refused where one is another's."""
    chosen = list(dict.fromkeys(request.POST.getlist("area")))
    days = min(max(number_of(request.POST, "days") or _DAYS, 1), 90)
    made = people_changes.make_slips(person(request), chosen, now=datetime.now(UTC), days=days)
    places = Area.objects.in_bulk(chosen)
    address = request.build_absolute_uri(reverse("field:page"))
    return render_page(
        request,
        "printedslips",
        slips=[_slip(places[code], text, address) for code, text in made],
        until=datetime.now(UTC) + timedelta(days=days),
        address=address,
    )


def _by_township(villages: Iterable[Area]) -> dict[str, list[Area]]:
    townships: dict[str, list[Area]] = {}
    found = list(villages)
    names = {
        each.pk: name_of(each)
        for each in Area.objects.filter(pk__in={area.code[:9] for area in found})
    }
    for area in found:
        townships.setdefault(names.get(area.code[:9], area.code[:9]), []).append(area)
    return townships


def _slip(area: Area, code: str, address: str) -> dict[str, object]:
    groups = [code[start : start + 4] for start in range(0, len(code), 4)]
    return {"area": area, "code": "-".join(groups), **qr_path(f"{address}#join={code}")}


def qr_path(text: str) -> dict[str, object]:
    """A QR code as the path of an SVG picture, and the width of the picture in modules."""
    payload = text.encode()
    rows = Encoder(len(payload)).encode(payload)
    squares = (
        f"M{x + _MARGIN} {y + _MARGIN}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return {"path": "".join(squares), "size": len(rows) + 2 * _MARGIN}


@require_http_methods(["GET", "HEAD", "POST"])
@page("card.carry")
def carried(request: HttpRequest) -> HttpResponse:
    """The form for a file that a phone saved, and what came of it."""
    if request.method != "POST":
        return render_page(request, "carried")
    outcomes = village_data.carry_in(person(request), _file(request), now=datetime.now(UTC))
    counts = {
        name: sum(each.status == name for each in outcomes)
        for name in ("accepted", "known", "refused")
    }
    refused = sorted({each.problem.message(_) for each in outcomes if each.problem})
    return render_page(request, "carried", counts=counts, refused=refused)


def _file(request: HttpRequest) -> Carried:
    file = request.FILES.get("file")
    try:
        return Carried.model_validate_json(file.read() if file else b"")
    except ValidationError:
        raise refuse("E658") from None
