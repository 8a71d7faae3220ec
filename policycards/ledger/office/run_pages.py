"""Runs and their packs: loaded, on their way, balanced, closed, and sampled by another unit."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import polars as pl
from django.conf import settings
from django.contrib import messages
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from policycards.core.problems import Place, problem
from policycards.ledger.actions import Refused
from policycards.ledger.actions.closing import close_pack, close_run, draw_sample, record_check
from policycards.ledger.actions.event_validation import EventInput
from policycards.ledger.actions.households import load_stale
from policycards.ledger.actions.loading import Loaded, load_run
from policycards.ledger.actions.recording import record
from policycards.ledger.domain.event_kinds import ITEM_TYPES, PACK_STEPS, PACKS, STAGES, uuid7
from policycards.ledger.models import Area, Card, Count, Event, Pack, Run, Sample, Stale
from policycards.ledger.models.events import RESULTS
from policycards.ledger.office import figures
from policycards.ledger.office.name_lists import read_names
from policycards.ledger.office.office_page import (
    ROWS,
    chosen_area,
    id_of,
    now,
    number_of,
    page,
    person,
    render_page,
    tried,
    upload,
    way_to,
)
from policycards.ledger.queries.reconciliation import anomalies_of, balances, contacts_of
from policycards.ledger.queries.reissues import read_stale

FILES = ("run.json", "manifest-cards.parquet", "manifest-spares.parquet")
"""What the folder ``run`` of an edition has for the ledger; a run without spare cards has no
third.
"""
MOST = 500_000_000
"""Bytes of an uploaded manifest: a million cards have less than a tenth of that."""


@page("run.load")
def runs(request: HttpRequest) -> HttpResponse:
    """The runs of the person's area, and the form that loads another."""
    user = person(request)
    loaded: list[Loaded] = []
    dry_run = "try" in request.POST
    if request.method == "POST":
        with tempfile.TemporaryDirectory() as folder:
            home = _saved(request, Path(folder))
            names = _names(request, Path(folder))
            tried(lambda: loaded.append(_load(request, home, names)), dry_run=dry_run)
    rows = Run.objects.within(user).order_by("-loaded")
    return render_page(
        request,
        "runs",
        rows=rows,
        names=Area.objects.in_bulk({each.area for each in rows}),
        loaded=loaded[0] if loaded else None,
        dry_run=dry_run,
        files=FILES,
        stale=Stale.objects.within(user).count(),
    )


def _saved(request: HttpRequest, folder: Path) -> Path:
    """The files of a run, put as the press has them."""
    (folder / "edition" / "run").mkdir(parents=True)
    for file in request.FILES.getlist("files"):
        if file.name in FILES and (file.size or 0) <= MOST:
            with (folder / "edition" / "run" / file.name).open("wb") as target:
                for chunk in file.chunks():
                    target.write(chunk)
    if missing := [name for name in FILES[:2] if not (folder / "edition" / "run" / name).exists()]:
        raise Refused(
            problem("E699", Place("run"), why=_("{file} is missing").format(file=missing[0]))
        )
    return folder / "edition"


def _names(request: HttpRequest, folder: Path) -> pl.DataFrame | None:
    if "names" not in request.FILES:
        return None
    names, problems = read_names(upload(request, "names", folder))
    if names is None:
        raise Refused(*problems)
    return names


def _load(request: HttpRequest, home: Path, names: pl.DataFrame | None) -> Loaded:
    try:
        return load_run(person(request), home, now=now(), names=names, is_demo=settings.DEMO)
    except (pl.exceptions.PolarsError, json.JSONDecodeError) as error:
        raise Refused(problem("E665", Place("run"), why=type(error).__name__)) from None


@page()
def run(request: HttpRequest, number: str) -> HttpResponse:
    """One run: its packs, and its closing."""
    user = person(request)
    found = get_object_or_404(Run.objects.within(user), pk=number)
    if request.method == "POST":
        close_run(user, found.pk, now=now())
        return redirect("run", number=number)
    packs = list(found.packs.select_related("area").order_by("area")[: ROWS + 1])
    return render_page(request, "run", run=found, packs=packs[:ROWS], is_cut=len(packs) > ROWS)


@require_POST
@page("stale.load")
def stale(request: HttpRequest) -> HttpResponse:
    """Mark cards as stale, from the list that 'policycards stale' wrote."""
    area, counts, dry_run = chosen_area(request), list[int](), "try" in request.POST
    with tempfile.TemporaryDirectory() as folder:
        try:
            reasons = read_stale(upload(request, "stale", Path(folder)))
        except ValueError:
            raise Refused(problem("E654", Place("stale"))) from None
        tried(
            lambda: counts.append(load_stale(person(request), area.code, reasons, now=now())),
            dry_run=dry_run,
        )
    text = (
        _("{count} stale cards; nothing was changed.")
        if dry_run
        else _("{count} stale cards marked.")
    )
    messages.success(request, text.format(count=counts[0]))
    return redirect("runs")


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
    return render_page(
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
    return render_page(
        request,
        "pack",
        pack=found,
        way=way_to(user, found.area),
        steps=[(step, contacts.get(step.ask)) for step in balance.steps],
        events=events,
        samples=Sample.objects.within(user)
        .filter(card__pack=found)
        .select_related("card__household"),
        anomalies=anomalies_of(user, found.area_id, since=found.run.loaded, pack=found.pk),
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
