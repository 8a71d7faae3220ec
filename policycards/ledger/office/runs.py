"""Runs: loaded from the files that the press left, and closed when all is handed out."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import polars as pl
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from policycards.core.problems import Place, problem
from policycards.ledger.actions import Refused
from policycards.ledger.actions.closing import close_run
from policycards.ledger.actions.households import load_stale
from policycards.ledger.actions.loading import Loaded, load_run
from policycards.ledger.models import Area, Run, Stale
from policycards.ledger.office.name_list import read_names
from policycards.ledger.office.page import (
    ROWS,
    chosen_area,
    now,
    page,
    person,
    shown,
    tried,
    upload,
)
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
    return shown(
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
    return shown(request, "run", run=found, packs=packs[:ROWS], is_cut=len(packs) > ROWS)


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
