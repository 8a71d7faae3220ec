"""The API of the ledger: what phones ask and send, and what offices do about phones.

Phones show the token that they got with their slip; offices are logged in. Every answer that is not
what was asked for is a ``Fault``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Status
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer, django_auth

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.actions import Refused, people_changes
from policycards.ledger.actions.backups import current_epoch
from policycards.ledger.actions.recording import Outcome as Recorded
from policycards.ledger.mobile import api_schemas, village_data
from policycards.ledger.mobile.api_schemas import Fault
from policycards.ledger.mobile.village_data import device_of, sealing_key, token
from policycards.ledger.models import Area, Device, User
from policycards.ledger.permissions import ask, refuse

api = NinjaAPI(title="policycards ledger", version="1", docs_url=None, urls_namespace="api")

_STATUSES = {"E640": 403, "E648": 401, "E655": 401}
"""The status of a refusal, by its first problem; 409 for any other. 422 is only for what is not in
the form.
"""


class Phone(HttpBearer):
    """A phone's token; what it may do is what the user of its device may."""

    def authenticate(self, request: HttpRequest, token: str) -> Device:
        return device_of(token)


_FAULTS = dict.fromkeys((400, 401, 403, 404, 409, 422, 503), Fault)


def _fault(found: Problem) -> Fault:
    return Fault(code=found.code, text=found.message(_), hint=found.hint(_))


def _answer(request: HttpRequest, status: int, found: Problem) -> HttpResponse:
    return api.create_response(request, _fault(found).dict(), status=status)


def _outcomes(recorded: Sequence[Recorded]) -> list[api_schemas.Outcome]:
    return [
        api_schemas.Outcome(
            id=each.id, status=each.status, problem=_fault(each.problem) if each.problem else None
        )
        for each in recorded
    ]


@api.post("/join", response={200: api_schemas.Joined, **_FAULTS})
def join(request: HttpRequest, joining: api_schemas.Joining) -> api_schemas.Joined:
    """Let a phone in by a slip, once. A phone that joins again keeps its id and what it has not
    sent.
    """
    now = _now()
    device = people_changes.join(
        joining.slip, joining.device, now=now, label=joining.label, since=joining.since
    )
    area = Area.objects.get(pk=device.area)
    return api_schemas.Joined(
        area=api_schemas.Place(code=area.code, bo=area.bo, zh=area.zh),
        token=token(device),
        sealing_key=sealing_key(device.pk),
        at=now,
        joined=device.joined,
        epoch=current_epoch(now),
    )


@api.get("/village", auth=Phone(), response={200: api_schemas.Village, **_FAULTS})
def village(request: HttpRequest) -> api_schemas.Village:
    """The village of the phone: households, digests of its cards, and what became of them."""
    return village_data.open_village(_device(request), now=_now())


@api.post("/events", auth=Phone(), response={200: api_schemas.Outcomes, **_FAULTS})
def events(request: HttpRequest, sending: api_schemas.Sending) -> api_schemas.Outcomes:
    """What happened: each event is accepted or refused by itself, and may be sent again, in any
    order, after days.
    """
    device = _device(request)
    now = _now()
    recorded = village_data.send(device, sending.events, sending.sent, now=now)
    return api_schemas.Outcomes(
        outcomes=_outcomes(recorded), token=token(device), at=now, epoch=current_epoch(now)
    )


@api.post("/carried", auth=django_auth, response={200: api_schemas.CarriedIn, **_FAULTS})
def carried(request: HttpRequest, file: api_schemas.Carried) -> api_schemas.CarriedIn:
    """Bring in the file of a phone that has no network."""
    outcomes = _outcomes(village_data.carry_in(_user(request), file, now=_now()))
    return api_schemas.CarriedIn(
        accepted=sum(each.status == "accepted" for each in outcomes),
        known=sum(each.status == "known" for each in outcomes),
        refused=[each for each in outcomes if each.status == "refused"],
    )


@api.get("/devices", auth=django_auth, response={200: list[api_schemas.DeviceRow], **_FAULTS})
def devices(request: HttpRequest) -> list[Device]:
    """The phones of the own area, the latest first."""
    user = _user(request)
    ask(user, "device.revoke", user.area)
    return list(Device.objects.within(user).order_by("-joined", "pk"))


@api.post("/devices/{device}/revoke", auth=django_auth, response={204: None, **_FAULTS})
def revoke(request: HttpRequest, device: UUID) -> Status[None]:
    """Let a phone see and send nothing more, at once."""
    people_changes.revoke(_user(request), device, now=_now())
    return Status(204, None)


def _now() -> datetime:
    return datetime.now(UTC)


def _device(request: HttpRequest) -> Device:
    device: Device = request.auth  # type: ignore[attr-defined]  # what Phone has found
    return device


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _handles(error: type[Exception]) -> Callable[[Callable[..., HttpResponse]], Any]:
    return api.exception_handler(error)


@_handles(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    first = error.problems[0]
    return _answer(request, _STATUSES.get(first.code, 409), first)


@_handles(AuthenticationError)
def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return _answer(request, 401, refuse("E655").problems[0])


@_handles(ValidationError)
def not_in_form(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    why = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return _answer(request, 422, problem("E656", Place("api"), why=why))


@_handles(HttpError)
def not_readable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _answer(request, error.status_code, problem("E656", Place("api"), why=str(error)))


@_handles(OperationalError)
def cannot_write(request: HttpRequest, error: OperationalError) -> HttpResponse:
    return _answer(request, 503, problem("E657", Place("api")))


@_handles(Http404)
def not_there(request: HttpRequest, error: Http404) -> HttpResponse:
    return _answer(request, 404, problem("E656", Place("api"), why=request.path))
