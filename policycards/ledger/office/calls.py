"""Calls: who rang, because of what, who owes an answer until when."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from policycards.core.problems import Place, problem
from policycards.ledger.actions import Refused
from policycards.ledger.actions.households import answer_call, hand_over, open_call
from policycards.ledger.models import Call, Household, User
from policycards.ledger.models.events import CALL_KINDS
from policycards.ledger.office.office_page import (
    ROWS,
    chosen_area,
    day_of,
    now,
    page,
    person,
    render_page,
    table,
    way_to,
    without_page,
)
from policycards.ledger.permissions import PERMISSIONS
from policycards.tables.xlsx_writer import Column

COLUMNS = (
    Column("区划代码", "ས་ཁུལ་གྱི་ཨང་རྟགས།", 16),
    Column("户编号", "དུད་ཚང་གི་ཨང་རྟགས།", 20),
    Column("户主姓名", "ཁྱིམ་བདག་གི་མིང་།", 20),
    Column("政策", "སྲིད་ཇུས།", 24),
    Column("诉求", "རེ་འདུན།", 14),
    Column("来电日期", "ཁ་པར་ཚེས་གྲངས།", 14),
    Column("责任人", "འགན་འཁྲི་བ།", 16),
    Column("期限", "དུས་བཀག", 14),
    Column("答复日期", "ལན་གྱི་ཚེས་གྲངས།", 14),
    Column("答复", "ལན།", 40),
)


@page("household.see")
def calls(request: HttpRequest) -> HttpResponse:
    """The calls of an area: open ones first, the longest due at the top."""
    user, area, state = person(request), chosen_area(request), request.GET.get("state", "open")
    found = (
        Call.objects.within(user).in_area(area.code).select_related("household", "owner", "area")
    )
    if state in ("open", "overdue"):
        found = found.filter(answered=None)
    if state == "overdue":
        found = found.filter(due__lt=localdate())
    if state == "own":
        found = found.filter(answered=None, owner=user)
    found = (
        found.order_by("due", "pk") if state != "all" else found.order_by("answered", "due", "pk")
    )
    if request.GET.get("format"):
        return table(request, "list.export", area.code, "calls", COLUMNS, map(_row, found))
    return render_page(
        request,
        "calls",
        area=area,
        way=way_to(user, area),
        state=state,
        rows=list(found[:ROWS]),
        today=localdate(),
        query=without_page(request),
    )


def _row(call: Call) -> list[str]:
    return [
        call.area_id,
        call.household.number,
        call.household.name_zh,
        call.policy,
        _(CALL_KINDS[call.kind]),
        f"{call.opened:%Y-%m-%d}",
        call.owner.username if call.owner else "",
        f"{call.due}",
        f"{call.answered:%Y-%m-%d}" if call.answered else "",
        call.answer,
    ]


@require_POST
@page("call.open")
def opened(request: HttpRequest, number: int) -> HttpResponse:
    """Write down that a household rang."""
    user, form = person(request), request.POST
    home = get_object_or_404(Household.objects.within(user), pk=number)
    owner = _owner(user, form.get("owner", ""))
    policy, kind = form.get("policy", "").strip(), form.get("kind", "")
    if not policy:
        raise Refused(problem("E699", Place("call"), why=_("the policy is missing")))
    call = open_call(
        user, home.pk, policy=policy[:80], kind=kind, due=_day(form), now=now(), owner=owner or user
    )
    return redirect("call", number=call.pk)


@page("household.see")
def call(request: HttpRequest, number: int) -> HttpResponse:
    """One call: its answer, or who owes it."""
    user, form = person(request), request.POST
    found = get_object_or_404(
        Call.objects.within(user).select_related("household__area", "owner"), pk=number
    )
    if request.method == "POST":
        if "answer" in form:
            if not form["answer"].strip():
                raise Refused(problem("E699", Place("call"), why=_("the answer is missing")))
            answer_call(user, found.pk, form["answer"].strip(), now=now())
        else:
            hand_over(
                user,
                found.pk,
                _owner(user, form.get("owner", "")) or user,
                now=now(),
                due=_day(form),
            )
        return redirect("call", number=number)
    owners = (
        User.objects.filter(role__in=PERMISSIONS["call.answer"], is_active=True)
        .within(user)
        .order_by("username")
    )
    return render_page(
        request,
        "call",
        call=found,
        way=way_to(user, found.household.area),
        owners=[each for each in owners if found.area_id.startswith(each.area)],
        today=localdate(),
    )


def _owner(user: User, name: str) -> User | None:
    return get_object_or_404(User.objects.within(user), username=name) if name else None


def _day(form: dict[str, str]) -> date:
    """The day of a form; raises Refused (E699) where it is none."""
    if day := day_of(form, "due"):
        return day
    raise Refused(problem("E699", Place("call"), why=_("the day is missing")))
