"""What an office does for the field page: prints slips by which phones join, and brings in files that they saved."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from pydantic import ValidationError

from policycards.codes import N_
from policycards.ledger.actions import Refused, people, visiting
from policycards.ledger.actions.permission import refuse
from policycards.ledger.field.schemas import Carried
from policycards.ledger.languages import _
from policycards.ledger.models import Area, User
from policycards.ledger.rights import may
from policycards.qr import Encoder

_VILLAGE = 12
"""Digits of a village's code."""
_MARGIN = 4
"""Light modules around a QR code (ISO/IEC 18004, 7.3.8)."""

TEXTS = {
    "slips": N_("Slips for village teams"),
    "slips_how": N_("Choose villages. Each slip lets one phone in, once; print one for each phone."),
    "days": N_("Days until they expire"),
    "make": N_("Make slips"),
    "print": N_("Print this page with the browser. The codes are shown this once and are kept nowhere."),
    "slip": N_("Slip for one phone"),
    "scan": N_("Scan with the phone's camera, and open the address in the browser while you have a network."),
    "or_type": N_("Or open {address} and type:"),
    "until": N_("Valid until {day}, once"),
    "carried": N_("Files of phones without a network"),
    "carried_how": N_("Choose the file that the phone saved, as it is."),
    "file": N_("File"),
    "bring_in": N_("Bring in"),
    "result": N_("Accepted: {accepted}. Known already: {known}. Refused: {refused}."),
    "none": N_("There are no villages in this area."),
}


def _texts() -> dict[str, str]:
    return {key: _(text) for key, text in TEXTS.items()}


def _office(request: HttpRequest, verb: str) -> User:
    """Who asks, where the role may do something at all; the action asks again, with the area."""
    user = request.user
    if not isinstance(user, User) or not may(user, verb, user.area):
        raise PermissionDenied
    return user


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def slips(request: HttpRequest) -> HttpResponse:
    """The villages of an office, or the slips that it has just made, ready to be printed."""
    user = _office(request, "slip.make")
    villages = [area for area in Area.objects.within(user).order_by("code") if len(area.code) == _VILLAGE]
    if request.method != "POST":
        return render(request, "field/slips.html", {"texts": _texts(), "townships": _by_township(villages)})
    days = min(max(int(request.POST.get("days") or 14), 1), 90) if request.POST.get("days", "14").isdecimal() else 14
    chosen = list(dict.fromkeys(request.POST.getlist("area")))
    try:
        made = people.make_slips(user, chosen, now=datetime.now(UTC), days=days)
    except Refused as refused:
        return _refused(request, refused)
    places = {area.code: area for area in villages}
    address = request.build_absolute_uri(reverse("field:page"))
    printed = [_slip(places[code], text, address) for code, text in made]
    until = (datetime.now(UTC) + timedelta(days=days)).date()
    facts = {"texts": _texts(), "slips": printed, "until": _texts()["until"].format(day=until)}
    facts["or_type"] = _texts()["or_type"].format(address=address)
    return render(request, "field/printed_slips.html", facts)


def _by_township(villages: Iterable[Area]) -> dict[str, list[Area]]:
    townships: dict[str, list[Area]] = {}
    names = {area.pk: str(area) for area in Area.objects.filter(pk__in={area.code[:9] for area in villages})}
    for area in villages:
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
        f"M{x + _MARGIN} {y + _MARGIN}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    return {"path": "".join(squares), "size": len(rows) + 2 * _MARGIN}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def carried(request: HttpRequest) -> HttpResponse:
    """The form for a file that a phone saved, and what came of it."""
    user = _office(request, "card.carry")
    facts: dict[str, object] = {"texts": _texts()}
    if request.method == "POST":
        try:
            outcomes = visiting.carry_in(user, _file(request), now=datetime.now(UTC))
        except Refused as refused:
            return _refused(request, refused)
        counts = {name: sum(each.status == name for each in outcomes) for name in ("accepted", "known", "refused")}
        facts["result"] = _texts()["result"].format(**counts)
        facts["problems"] = sorted({each.problem.message(_) for each in outcomes if each.problem})
    return render(request, "field/carried.html", facts)


def _file(request: HttpRequest) -> Carried:
    file = request.FILES.get("file")
    try:
        return Carried.model_validate_json(file.read() if file else b"")
    except ValidationError:
        raise refuse("E658") from None


def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    told = [(found.message(_), found.hint(_)) for found in refused.problems]
    status = 403 if refused.problems[0].code == "E640" else 422
    return render(request, "field/refused.html", {"texts": _texts(), "problems": told}, status=status)
