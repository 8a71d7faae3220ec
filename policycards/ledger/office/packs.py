"""Packs of villages: their way, their balance, their closing and the sample that another unit
checks.
"""

from __future__ import annotations

from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from policycards.ledger.actions import Refused
from policycards.ledger.actions.closing import close_pack, draw_sample, record_check
from policycards.ledger.actions.event_input import EventInput
from policycards.ledger.actions.recording import record
from policycards.ledger.domain.event_ids import uuid7
from policycards.ledger.domain.event_kinds import ITEM_TYPES, PACK_STEPS, PACKS, STAGES
from policycards.ledger.models import Card, Count, Event, Pack, Sample
from policycards.ledger.models.samples import RESULTS
from policycards.ledger.office import figures
from policycards.ledger.office.page import ROWS, chosen_area, now, page, person, shown, way_to
from policycards.ledger.office.parameters import id_of, number_of
from policycards.ledger.queries.anomalies import anomalies_of
from policycards.ledger.queries.reconciliation import balances, contacts_of


@page()
def packs(request: HttpRequest) -> HttpResponse:
    """The packs of an area, to choose the one whose register came back: open ones first."""
    user, area, edition = person(request), chosen_area(request), request.GET.get("edition", "")
    found = Pack.objects.within(user).in_area(area.code).select_related("area", "run")
    if edition:
        found = found.filter(run__edition=edition)
    if text := request.GET.get("q", "").strip():
        found = found.filter(
            Q(area__zh__contains=text) | Q(area__bo__contains=text) | Q(village__startswith=text)
        )
    start = number_of(request.GET, "after") or 0
    rows = list(found.order_by("closed", "area", "-pk")[start : start + ROWS + 1])
    counts = Count.objects.filter(pack__in=rows[:ROWS], is_spare=False, status="delivered")
    delivered = dict(counts.values_list("pack").annotate(n=Sum("number")))
    return shown(
        request,
        "packs",
        area=area,
        way=way_to(user, area),
        rows=[(each, delivered.get(each.pk, 0)) for each in rows[:ROWS]],
        more=start + ROWS if len(rows) > ROWS else 0,
        edition=edition,
        editions=figures.editions(user, area.code),
        text=text,
    )


@page("household.see")
def pack(request: HttpRequest, number: int) -> HttpResponse:
    """One pack: what of it is where, what happened to it as a whole, and what is left to do."""
    user = person(request)
    found = get_object_or_404(Pack.objects.within(user).select_related("area", "run"), pk=number)
    if request.method == "POST":
        _act(request, found)
        return redirect("pack", number=number)
    (balance,) = (each for each in balances(user, found.area_id) if each.pack.pk == found.pk)
    contacts = contacts_of({step.ask for step in balance.gaps})
    of_pack = Event.objects.filter(pack=found, card=None, spare=None)
    events = list(of_pack.select_related("user").order_by("happened", "pk"))
    return shown(
        request,
        "pack",
        pack=found,
        way=way_to(user, found.area),
        steps=[(step, contacts.get(step.ask)) for step in balance.steps],
        events=events,
        samples=Sample.objects.within(user)
        .filter(card__pack=found)
        .select_related("card__household"),
        bursts=anomalies_of(user, found.area_id, since=found.run.loaded, pack=found.pk),
        conflicts=Card.objects.within(user).filter(pack=found, conflict=True),
        withdrawn={event.corrects for event in events if event.kind == "withdrawn"},
        steps_of={
            stage: [
                (f"{kind}:{stage}", PACKS[kind]) for kind in PACK_STEPS if stage in PACK_STEPS[kind]
            ]
            for stage in STAGES
        },
        goods=ITEM_TYPES,
        results=RESULTS,
    )


def _act(request: HttpRequest, found: Pack) -> None:
    """Do what a form of the page says; raises Refused where it cannot be."""
    user, form, moment = person(request), request.POST, now()
    if "close" in form:
        close_pack(user, found.pk, now=moment)
    elif "draw" in form:
        draw_sample(user, found.pk, now=moment)
    elif "check" in form:
        record_check(user, form["check"], form.get("result", ""), now=moment)
    else:
        kind, _sign, stage = form.get("step", "").partition(":")
        event = EventInput(
            id=uuid7(moment),
            kind="withdrawn" if "corrects" in form else kind or form.get("kind", ""),
            device_time=moment,
            pack=found.pk,
            goods=form.get("goods", ""),
            hop=stage or form.get("hop", ""),
            count=number_of(form, "count") or 0,
            corrects=id_of(form, "corrects"),
        )
        (outcome,) = record(user, [event], now=moment)
        if outcome.problem:
            raise Refused(outcome.problem)
