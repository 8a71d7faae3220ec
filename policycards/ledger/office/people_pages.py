"""Areas, users, slips and devices: from lists, tried before they are done, or one by one."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from policycards.catalogue.reading.csv_tables import (
    AREA_COLUMNS,
    AREA_EXTRAS,
    CONTACT_COLUMNS,
    CONTACT_EXTRAS,
    read_areas,
    read_contacts,
)
from policycards.core.problems import Place, Problem, has_errors, problem
from policycards.ledger.actions import Refused
from policycards.ledger.actions.area_changes import assign_households, load_areas
from policycards.ledger.actions.people_changes import (
    NewUser,
    add_users,
    change_user,
    first_password,
    make_slips,
    reset_user,
    revoke,
)
from policycards.ledger.labels import ROLES
from policycards.ledger.models import Area, Device, Household, User
from policycards.ledger.office.name_lists import read_users, table_of, write_passwords, write_slips
from policycards.ledger.office.office_page import (
    LARGE,
    ROWS,
    XLSX,
    chosen_area,
    file_response,
    now,
    number_of,
    page,
    person,
    render_page,
    tried,
    upload,
    way_to,
    written,
)
from policycards.ledger.permissions import RANKS

AREA_KNOWN = (*AREA_COLUMNS, *AREA_EXTRAS)
CONTACT_KNOWN = (*CONTACT_COLUMNS, *CONTACT_EXTRAS)
DAYS = 14
"""Days for which a slip holds."""


@page("people.see")
def people(request: HttpRequest) -> HttpResponse:
    """Who may do what here, the devices of village teams, and the forms that change that."""
    user = person(request)
    devices = (
        Device.objects.within(user).select_related("user").order_by("revoked", "-seen")[: 2 * ROWS]
    )
    users = User.objects.within(user).exclude(role="team").order_by("area", "username")[: 5 * ROWS]
    roles = [role for role in RANKS[user.role] if role != "team"]
    is_large = len(user.area) < LARGE
    villages = (
        []
        if is_large
        else [each for each in Area.objects.within(user).order_by("code") if len(each.code) == 12]
    )
    return render_page(
        request,
        "people",
        users=users,
        devices=devices,
        names=Area.objects.in_bulk({each.area for each in (*users, *devices)}),
        given=RANKS[user.role],
        roles=roles,
        role_words=", ".join(_(ROLES[role]) for role in roles),
        villages=villages,
        days=DAYS,
    )


@require_POST
@page("user.add")
def users(request: HttpRequest) -> HttpResponse:
    """Make users, from a list or one; their first passwords are given as a workbook, once."""
    user, form = person(request), request.POST
    if "list" in request.FILES:
        with tempfile.TemporaryDirectory() as folder:
            rows, problems = read_users(upload(request, "list", Path(folder)))
        if has_errors(problems):
            raise Refused(*problems)
    else:
        name, role, area = (form.get(each, "").strip() for each in ("username", "role", "area"))
        rows = [NewUser(name, role, area, first_password(), form.get("name", "").strip())]
    dry_run = "try" in form
    add_users(user, rows, now=now(), dry_run=dry_run)
    if dry_run:
        messages.success(
            request, _("{count} users can be made; nothing was changed.").format(count=len(rows))
        )
        return redirect("people")
    return file_response(written(lambda path: write_passwords(path, rows)), "passwords.xlsx", XLSX)


@require_POST
@page("user.change")
def user(request: HttpRequest) -> HttpResponse:
    """Let somebody in no more, or again; give another role or area."""
    form = request.POST
    states = {"off": False, "on": True}
    change_user(
        person(request),
        form.get("username", ""),
        now=now(),
        role=form.get("role", ""),
        area=form.get("area", "").strip(),
        is_active=states.get(form.get("active", "")),
    )
    return redirect("people")


@require_POST
@page("user.reset")
def reset(request: HttpRequest) -> HttpResponse:
    """A new first password for somebody who forgot it or lost the phone, given as a workbook."""
    name, form = request.POST.get("username", ""), request.POST
    password = reset_user(person(request), name, now=now(), factor="factor" in form)
    found = User.objects.get(username=name)
    row = NewUser(name, found.role, found.area, password)
    return file_response(written(lambda path: write_passwords(path, [row])), "passwords.xlsx", XLSX)


@require_POST
@page("slip.make")
def slips(request: HttpRequest) -> HttpResponse:
    """Slips for the teams of villages, as a workbook to be cut apart; their codes are kept
    nowhere.
    """
    user, chosen, moment = person(request), request.POST.getlist("area"), now()
    if not chosen:
        raise Refused(problem("E699", Place("slips"), why=_("no village is chosen")))
    names = dict(Area.objects.within(user).filter(code__in=chosen).values_list("code", "zh"))
    made = make_slips(user, chosen, now=moment, days=DAYS)
    return file_response(
        written(lambda path: write_slips(path, names, made, moment, DAYS)), "slips.xlsx", XLSX
    )


@require_POST
@page("device.revoke")
def device(request: HttpRequest, number: UUID) -> HttpResponse:
    """Let a lost phone in no more."""
    revoke(person(request), number, now=now())
    return redirect("people")


@page("area.load")
def areas(request: HttpRequest) -> HttpResponse:
    """The areas as they are, those that wait for a decision, and the form that loads the tables of
    the catalogue.
    """
    user, found = person(request), list[Problem]()
    dry_run = "try" in request.POST
    if request.method == "POST":
        with tempfile.TemporaryDirectory() as folder:
            files = [upload(request, name, Path(folder)) for name in ("areas", "contacts")]
            tables = [
                _known_columns(path, AREA_KNOWN if path is files[0] else CONTACT_KNOWN)
                for path in files
            ]
        known, areas_table = read_areas(tables[0], "areas.csv", ())
        contacts, contacts_table = read_contacts(tables[1], "contacts.csv")
        problems = [*areas_table.problems, *contacts_table.problems]
        if has_errors(problems):
            raise Refused(*problems)
        tried(lambda: found.extend(load_areas(user, known, contacts, now=now())), dry_run=dry_run)
        messages.success(
            request,
            _("Areas: {areas}, contacts: {contacts}.").format(
                areas=len(known), contacts=len(contacts)
            ),
        )
        if dry_run:
            messages.info(request, _("Nothing was changed: this was a dry run."))
    area = chosen_area(request)
    rows = (
        Area.objects.within(user)
        .in_area(area.code)
        .annotate(digits=Length("code"))
        .order_by("code")
    )
    if len(area.code) < LARGE:
        rows = rows.filter(digits__lte=LARGE)
    split = (
        Area.objects.within(user)
        .filter(valid_to__isnull=False, successors__contains=" ")
        .order_by("code")
    )
    waiting = [
        (area, list(Household.objects.filter(area=area).order_by("pile")[: 5 * ROWS]))
        for area in split
    ]
    return render_page(
        request,
        "areas",
        area=area,
        way=way_to(user, area),
        rows=rows,
        problems=found,
        waiting=[(area, homes) for area, homes in waiting if homes],
    )


def _known_columns(path: Path, known: tuple[str, ...]) -> bytes:
    """A table, XLSX or CSV, as a CSV of the columns that a ledger reads; attributes of areas are
    the catalogue's.
    """
    rows, problems = table_of(path)
    if problems:
        raise Refused(*problems)
    kept = [at for at, name in enumerate(rows[0] if rows else []) if name.strip() in known]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([row[at] if at < len(row) else "" for at in kept] for row in rows)
    return text.getvalue().encode()


@require_POST
@page("area.assign")
def assign(request: HttpRequest) -> HttpResponse:
    """Give households of a split area to one of its successors."""
    chosen = [
        number
        for each in request.POST.getlist("household")
        if (number := number_of({"pk": each}, "pk"))
    ]
    if not chosen:
        raise Refused(problem("E699", Place("areas"), why=_("no household is chosen")))
    assign_households(person(request), chosen, request.POST.get("area", ""), now=now())
    return redirect("areas")
