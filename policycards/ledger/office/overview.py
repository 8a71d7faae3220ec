"""The overview of an area: what is delivered, what is left, where; and what must add up."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from policycards.ledger.actions.backups import last_backup
from policycards.ledger.models import Area, Call, Card, Spare, Stale
from policycards.ledger.office import figures
from policycards.ledger.office.figures import bars, shares
from policycards.ledger.office.office_page import (
    LARGE,
    chosen_area,
    counties_of,
    now,
    page,
    person,
    render_page,
    way_to,
)
from policycards.ledger.queries.reconciliation import balances, contacts_of, totals

GAPS = 200
"""Gaps of a page; the figures above them count all."""


@page()
def home(request: HttpRequest) -> HttpResponse:
    user, area, edition = person(request), chosen_area(request), request.GET.get("edition", "")
    found = figures.overview(user, area.code, edition)
    editions = found.editions
    whole = (
        editions.get(edition, figures.Figures()) if edition else figures.total(editions.values())
    )
    days = figures.by_day(user, area.code, edition, localdate())
    backup = last_backup()
    return render_page(
        request,
        "home",
        area=area,
        way=way_to(user, area),
        edition=edition,
        editions=editions,
        whole=whole,
        rows=_rows(found.areas) if len(area.code) < 12 else [],
        lagging=figures.lagging(user, area.code, edition) if len(area.code) < 12 else [],
        evidence=found.evidence,
        chart=bars([(f"{day:%m-%d}", number) for day, number in days], _("Delivered by day")),
        conflicts=Card.objects.within(user).in_area(area.code).filter(conflict=True).count()
        + Spare.objects.within(user).in_area(area.code).filter(conflict=True).count(),
        unconfirmed=Spare.objects.within(user)
        .in_area(area.code)
        .filter(status="bound", confirmed=False)
        .count(),
        stale=Stale.objects.within(user).in_area(area.code).count(),
        overdue=Call.objects.within(user)
        .in_area(area.code)
        .filter(answered=None, due__lt=localdate())
        .count(),
        gaps=_gaps(request, area, edition) if len(area.code) >= LARGE else None,
        backup=backup,
        backup_days=(now() - backup).days if backup else None,
    )


def _rows(parts: Mapping[str, figures.Figures]) -> list[tuple[Area, figures.Figures, str]]:
    known = Area.objects.in_bulk(parts)
    return [
        (
            known.get(code, Area(code=code, zh=code)),
            each,
            shares(each.delivered, each.outstanding, each.problems, _in_words(each)),
        )
        for code, each in parts.items()
    ]


def _in_words(each: figures.Figures) -> str:
    """A bar of shares in words."""
    parts = (
        (_("delivered"), each.delivered),
        (_("outstanding"), each.outstanding),
        (_("problems"), each.problems),
    )
    return ", ".join(f"{name} {number}" for name, number in parts)


def _gaps(request: HttpRequest, area: Area, edition: str) -> int:
    return sum(len(each.gaps) for each in balances(person(request), area.code, edition=edition))


@page()
def stock(request: HttpRequest) -> HttpResponse:
    """What came, went and is there at every hop, and the gaps with whom to ask; of a whole region,
    its counties.
    """
    user, area, edition = person(request), chosen_area(request), request.GET.get("edition", "")
    is_large = len(area.code) < LARGE
    found = [] if is_large else list(balances(user, area.code, edition=edition))
    gaps = [(each.pack, step) for each in found for step in each.gaps]
    contacts = contacts_of({step.ask for _pack, step in gaps[:GAPS]})
    return render_page(
        request,
        "stock",
        area=area,
        way=way_to(user, area),
        edition=edition,
        editions=figures.editions(user, area.code),
        below=counties_of(user, area) if is_large else [],
        totals=totals(found),
        gaps=[(pack, step, contacts.get(step.ask)) for pack, step in gaps[:GAPS]],
        count=len(gaps),
    )
