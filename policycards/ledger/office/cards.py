"""Lists of cards, the page of a card with its whole history, and that of a household."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from policycards.ledger.actions import Refused
from policycards.ledger.actions.event_validation import EventInput
from policycards.ledger.actions.households import add_household
from policycards.ledger.actions.recording import record
from policycards.ledger.domain.card_states import OUTSTANDING, PROBLEMS, SPARE_STATUSES
from policycards.ledger.domain.card_states import STATUSES as CARD_STATUSES
from policycards.ledger.domain.event_kinds import CARDS, SPARES, uuid7
from policycards.ledger.labels import STATUSES, VALIDITIES
from policycards.ledger.models import Call, Card, Event, Household, Placed, Spare, User
from policycards.ledger.models.events import CALL_KINDS
from policycards.ledger.office import figures
from policycards.ledger.office.office_page import (
    LARGE,
    ROWS,
    chosen_area,
    counties_of,
    id_of,
    now,
    number_of,
    page,
    person,
    render_page,
    table,
    text_of,
    typed_code,
    way_to,
    without_page,
)
from policycards.qr import format_code
from policycards.tables.xlsx_writer import Column

GROUPS = {"outstanding": OUTSTANDING, "problems": PROBLEMS}
COLUMNS = (
    Column("区划代码", "ས་ཁུལ་གྱི་ཨང་རྟགས།", 16),
    Column("顺序号", "གོ་རིམ་ཨང་སྒྲིག", 10),
    Column("户编号", "དུད་ཚང་གི་ཨང་རྟགས།", 20),
    Column("户主姓名", "ཁྱིམ་བདག་གི་མིང་།", 20),
    Column("户主姓名（藏文）", "ཁྱིམ་བདག་གི་མིང་། (བོད་ཡིག)", 26),
    Column("卡码", "བྱང་བུའི་ཨང་རྟགས།", 18),
    Column("版", "པར་གཞི།", 10),
    Column("状态", "གནས་ཚུལ།", 18),
    Column("日期", "ཚེས་གྲངས།", 14),
)


def filtered(request: HttpRequest, area: str) -> Placed[Card]:
    """The cards that the address asks for, by area and pile."""
    cards: Placed[Card] = Card.objects.within(person(request)).in_area(area)
    asked = request.GET
    if status := asked.get("status"):
        cards = cards.filter(status__in=GROUPS.get(status, (status,)), validity="valid")
    if asked.get("conflict"):
        cards = cards.filter(conflict=True)
    if asked.get("stale"):
        cards = cards.filter(stale__isnull=False)
    for name in ("edition", "validity"):
        if value := asked.get(name):
            cards = cards.filter(**{name: value})
    return cards.select_related("household", "area").order_by("area", "pile", "code")


@page("household.see")
def cards(request: HttpRequest) -> HttpResponse:
    """Cards with filters, a hundred at a time: the next page begins after the last row of this
    one.
    """
    user, area = person(request), chosen_area(request)
    found = filtered(request, area.code)
    if request.GET.get("format"):
        return table(request, "list.export", area.code, "cards", COLUMNS, map(_row, found))
    after = request.GET.get("after", "").split("-")
    if len(after) == 3 and (pile := number_of({"pile": after[1]}, "pile")) is not None:
        place, code = after[0], after[2]
        found = found.filter(area__gte=place)  # from there the database begins to read
        found = found.filter(
            Q(area__gt=place)
            | Q(area=place, pile__gt=pile)
            | Q(area=place, pile=pile, code__gt=code)
        )
    rows = list(found[: ROWS + 1])
    last = rows[ROWS - 1] if len(rows) > ROWS else None
    return render_page(
        request,
        "cards",
        area=area,
        way=way_to(user, area),
        rows=rows[:ROWS],
        more=f"{last.area_id}-{last.pile}-{last.code}" if last else "",
        query=without_page(request),
        statuses=CARD_STATUSES,
        validities=VALIDITIES,
        editions=figures.editions(user, area.code),
        asked=request.GET,
    )


def _row(card: Card) -> list[str]:
    home = card.household
    return [
        card.area_id,
        str(card.pile),
        home.number,
        home.name_zh,
        home.name_bo,
        format_code(card.code),
        card.edition,
        _(STATUSES[card.status]),
        f"{card.since:%Y-%m-%d}" if card.since else "",
    ]


@page("household.see")
def spares(request: HttpRequest) -> HttpResponse:
    """The spare cards of an area: those that wait for the township's confirmation first."""
    user, area = person(request), chosen_area(request)
    found = Spare.objects.within(user).in_area(area.code).select_related("household", "area")
    status = request.GET.get("status")
    if status == "unconfirmed":
        found = found.filter(status="bound", confirmed=False)
    elif status:
        found = found.filter(status=status)
    rows = list(found.order_by("confirmed", "area", "batch", "number")[:ROWS])
    return render_page(
        request,
        "spares",
        area=area,
        way=way_to(user, area),
        rows=rows,
        statuses=SPARE_STATUSES,
        asked=request.GET,
    )


@page("household.see", is_repeatable=True)
def find(request: HttpRequest) -> HttpResponse:
    """What somebody looks for: the code or address of a card, else households by name, number or
    pile number.
    """
    # Posted, so that no name stands in an address, a history or a proxy's log.
    user, text = person(request), request.POST.get("q", "").strip()
    code, _is_scanned, _problems = typed_code(text)
    if code and _piece(user, code):
        return redirect("card", code=code)
    area = chosen_area(request)
    is_large = (
        len(area.code) < LARGE
    )  # names of a million households are looked for county by county
    homes = (
        Household.objects.within(user)
        .in_area(area.code)
        .select_related("area")
        .order_by("area", "pile")
    )
    below = counties_of(user, area) if is_large else []
    if is_large:
        homes = homes.filter(county__in=[each.code for each in below], number=text)
    elif text.isdecimal() and len(text) <= 4:
        homes = homes.filter(pile=int(text))
    elif text:
        bare = text.rstrip("་།")
        homes = homes.filter(Q(name_zh__contains=bare) | Q(name_bo__contains=bare) | Q(number=text))
    return render_page(
        request,
        "find",
        area=area,
        below=below,
        text=text,
        rows=list(homes[:ROWS]) if text else [],
        code=code,
    )


def _piece(user: User, code: str) -> Card | Spare | None:
    """A card or spare of a person's area."""
    rows = ("household", "pack__run", "area")
    found = Card.objects.within(user).select_related(*rows).filter(pk=code).first()
    return found or Spare.objects.within(user).select_related(*rows).filter(pk=code).first()


@page("household.see")
def card(request: HttpRequest, code: str) -> HttpResponse:
    """One card or spare from press to hand; what happened is reported here, or taken back."""
    user = person(request)
    piece = _piece(user, code)
    if piece is None:
        raise Http404
    if request.method == "POST":
        _record(request, user, piece)
        return redirect("card", code=code)
    column = "card" if isinstance(piece, Card) else "spare"
    events = Event.objects.filter(**{column: piece}).select_related(
        "user", "device", "note", "household"
    )
    of_pack = Event.objects.filter(
        pack=piece.pack, card=None, spare=None, goods__in=("", f"{column}s")
    )
    of_pack = of_pack.select_related("user", "device", "note", "household")
    history = sorted([*events, *of_pack], key=lambda event: (event.happened, event.pk))
    kinds = CARDS if isinstance(piece, Card) else SPARES
    return render_page(
        request,
        "card",
        piece=piece,
        is_card=isinstance(piece, Card),
        way=way_to(user, piece.area),
        history=history,
        withdrawn={event.corrects for event in history if event.kind == "withdrawn"},
        replaces=Card.objects.within(user).filter(replaced_by=code).first(),
        stale=getattr(piece, "stale", None),
        sample=getattr(piece, "sample", None),
        is_unconfirmed=isinstance(piece, Spare) and piece.status == "bound" and not piece.confirmed,
        kinds={name: kind for name, kind in kinds.items() if name not in ("withdrawn", "replaced")},
    )


def _record(request: HttpRequest, user: User, piece: Card | Spare) -> None:
    """Record what the form says; raises Refused where it cannot be."""
    moment, form = now(), request.POST
    kind, _sign, detail = form.get("kind", "").partition(":")
    reported = [
        EventInput(
            id=uuid7(moment),
            kind=kind,
            device_time=moment,
            code=piece.code,
            detail=detail,
            evidence="typed",
            household=text_of(form, "household", 64),
            corrects=_event_id(piece, form.get("corrects", "")),
            note=text_of(form, "note", 500),
        )
    ]
    reported += _replaced(user, piece, reported[0])
    refused = [outcome.problem for outcome in record(user, reported, now=moment) if outcome.problem]
    if refused:
        raise Refused(*refused)


def _event_id(piece: Card | Spare, reported: str) -> UUID | None:
    """The id of an event of this piece, as a form names it."""
    if not reported:
        return None
    column = "card" if isinstance(piece, Card) else "spare"
    return get_object_or_404(Event, **{column: piece}, pk=id_of({"id": reported}, "id")).pk


def _replaced(user: User, piece: Card | Spare, reported: EventInput) -> Iterator[EventInput]:
    """Where a spare is bound to a household that has a valid card, that card is replaced by the
    spare.
    """
    if not isinstance(piece, Spare) or reported.kind != "bound" or not reported.household:
        return
    cards: Placed[Card] = Card.objects.within(user).filter(
        household__number=reported.household, validity="valid"
    )
    for old in cards.in_area(piece.area_id[:6]):
        yield EventInput(
            uuid7(reported.device_time),
            "replaced",
            reported.device_time,
            old.code,
            other=piece.code,
        )


@page("household.see")
def household(request: HttpRequest, number: int) -> HttpResponse:
    """A household: its cards of all editions, which of them are stale, its spares and its calls."""
    user = person(request)
    home = get_object_or_404(Household.objects.within(user).select_related("area"), pk=number)
    own = Card.objects.within(user).filter(household=home).select_related("stale", "pack__run")
    return render_page(
        request,
        "household",
        home=home,
        way=way_to(user, home.area),
        cards=own.order_by("-pack__run__loaded", "-copy"),
        spares=Spare.objects.within(user).filter(household=home),
        calls=home.calls.select_related("owner").order_by("-opened"),
        kinds=CALL_KINDS,
        policies=_policies(user, home.area_id[:6]),
        due=_in_two_weeks(),
    )


def _policies(user: User, county: str) -> list[str]:
    """The policies of which a county's callers spoke, so that one policy keeps one name."""
    calls = Call.objects.within(user).in_area(county).order_by("policy")
    return list(calls.values_list("policy", flat=True).distinct()[:ROWS])


@require_POST
@page("household.add")
def new_household(request: HttpRequest) -> HttpResponse:
    """Add a household that is on no list."""
    form = request.POST
    added = add_household(
        person(request),
        form.get("area", ""),
        form.get("number", "").strip(),
        now=now(),
        name_zh=text_of(form, "name_zh", 200),
        name_bo=text_of(form, "name_bo", 200),
        group=text_of(form, "group", 100),
    )
    return redirect("household", number=added.pk)


def _in_two_weeks() -> date:
    return localdate() + timedelta(days=14)
