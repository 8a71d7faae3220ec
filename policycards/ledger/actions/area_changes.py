"""Areas and contacts, from the catalogue's tables; what belonged to an ended area follows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from django.db import transaction

from policycards.catalogue.model.catalogue import Area as EventInput
from policycards.catalogue.model.catalogue import Contact as CatalogueContact
from policycards.core.problems import Place, Problem, problem
from policycards.ledger.models import (
    Area,
    Call,
    Card,
    Contact,
    Household,
    Pack,
    Sample,
    Spare,
    Stale,
    User,
)
from policycards.ledger.permissions import Refused, ask, log, name_for_messages, refuse
from policycards.ledger.projections import Counts


class Division(Protocol):
    """An area as far as its succession goes."""

    code: str
    valid_to: date | None
    successors: str


def home_of(code: str, areas: Mapping[str, Division], today: date) -> str:
    """The area that an ended one became, over any number of steps; itself where it still is, or was
    split.

    >>> from types import SimpleNamespace as Area
    >>> old = Area(code="1", valid_to=date(2025, 1, 1), successors="2")
    >>> home_of("1", {"1": old, "2": Area(code="2", valid_to=None, successors="")}, date(2026, 1, 1))
    '2'
    """
    seen = {code}
    while is_over(area := areas[code], today):
        heirs = [heir for heir in area.successors.split() if heir in areas]
        if len(heirs) != 1 or heirs[0] in seen:
            break
        code = heirs[0]
        seen.add(code)
    return code


def is_over(area: Division, today: date) -> bool:
    """Whether an area has ended."""
    return area.valid_to is not None and area.valid_to < today


_LENGTHS = (9, 6, 4, 2)
_CHUNK = 1000
PLACE = Place("areas.csv")


@transaction.atomic
def load_areas(
    user: User,
    areas: Mapping[str, EventInput],
    contacts: Sequence[CatalogueContact],
    *,
    now: datetime,
) -> list[Problem]:
    """Bring areas and contacts to what the tables say, in the person's own area; what a person must
    do about it.

    No area that is in use disappears (E670). Cards, packs and households of an area that became one
    other follow it; nobody's right moves: people bound to it are reported (W671), and of a split
    area who waits for a decision (W672).
    """
    own = {code: area for code, area in areas.items() if code.startswith(user.area)}
    ask(user, "area.load", user.area, *own)
    _keep(own, Area.objects.in_area(user.area))
    _write(own)
    _write_contacts([each for each in contacts if each.area in own], own)
    today = now.date()
    known = Area.objects.in_bulk()
    problems: list[Problem] = []
    for code in sorted(own):
        if is_over(known[code], today):
            problems += _follow(user, known[code], known, now)
    log(user, "area.load", user.area, now, areas=len(own), contacts=len(contacts))
    return problems


def _keep(own: Mapping[str, EventInput], known: Iterable[Area]) -> None:
    gone = [area.code for area in known if area.code not in own]
    used = [code for code in gone if _is_used(code)]
    if used:
        raise Refused(*(problem("E670", PLACE, area=code) for code in sorted(used)))


def _is_used(code: str) -> bool:
    tables = (Pack, Card, Spare, Household, Call)
    return any(table.objects.filter(area=code).exists() for table in tables) or (
        User.objects.filter(area=code).exists() or Pack.objects.filter(village=code).exists()
    )


def _write(own: Mapping[str, EventInput]) -> None:
    rows = [
        Area(
            code=code,
            bo=area.name.bo,
            zh=area.name.zh,
            parent_id=_parent(code, own),
            valid_from=area.valid_from,
            valid_to=area.valid_to,
            successors=" ".join(area.successors),
        )
        for code, area in sorted(own.items())
    ]
    fields = ("bo", "zh", "parent", "valid_from", "valid_to", "successors")
    Area.objects.bulk_create(
        rows,
        batch_size=_CHUNK,
        update_conflicts=True,
        unique_fields=("code",),
        update_fields=fields,
    )


def _parent(code: str, own: Mapping[str, EventInput]) -> str | None:
    """The nearest area around one; of an official's own area the office above is not among those
    reported.
    """
    around = next(
        (code[:length] for length in _LENGTHS if length < len(code) and code[:length] in own), None
    )
    return around or Area.objects.filter(code=code).values_list("parent_id", flat=True).first()


def _write_contacts(contacts: Sequence[CatalogueContact], own: Mapping[str, EventInput]) -> None:
    Contact.objects.filter(area__in=own).delete()
    Contact.objects.bulk_create(
        Contact(
            area_id=each.area,
            role=each.role,
            office_bo=each.office.bo,
            office_zh=each.office.zh,
            phone=each.phone,
            hours_bo=each.hours.bo if each.hours else "",
            hours_zh=each.hours.zh if each.hours else "",
            speaks_tibetan=each.speaks_tibetan,
        )
        for each in contacts
    )


def _follow(user: User, area: Area, known: Mapping[str, Area], now: datetime) -> list[Problem]:
    """Move what belongs to an ended area to the one that it became; tell what a person has to
    decide.
    """
    found = [
        problem("W671", PLACE, person=name_for_messages(each), area=area.code)
        for each in User.objects.filter(area=area.code, is_active=True).order_by("username")
    ]
    heir = home_of(area.code, known, now.date())
    waiting = Household.objects.filter(area=area)
    if heir != area.code:
        ask(user, "area.load", heir)
        _move_all(user, area.code, heir, now)
    elif area.successors and (count := waiting.count()):
        heirs = ", ".join(area.successors.split())
        found.append(problem("W672", PLACE, area=area.code, count=count, known=heirs))
    return found


def _move_all(user: User, old: str, new: str, now: datetime) -> None:
    numbers = list(Household.objects.filter(area=old).values_list("pk", flat=True))
    packs = Pack.objects.filter(area=old)
    if not numbers and not packs.exists():
        return
    _move_papers(Card.objects.filter(area=old).values_list("code", flat=True), Card, new)
    _move_papers(Spare.objects.filter(area=old).values_list("code", flat=True), Spare, new)
    Household.objects.filter(area=old).update(area=new)
    for table in (Call, Sample, Stale):
        table.objects.filter(area=old).update(area=new)
    moved = packs.update(area=new)
    log(user, "area.load", new, now, moved_from=old, packs=moved, households=len(numbers))


@transaction.atomic
def assign_households(user: User, households: Sequence[int], area: str, *, now: datetime) -> None:
    """Give households of an area that was split, with their cards, to one of its successors."""
    chosen = list(Household.objects.within(user).filter(pk__in=households).select_related("area"))
    if not Area.objects.filter(code=area).exists():
        raise refuse("E673", area=area)
    ask(user, "area.assign", area, *{each.area_id for each in chosen})
    numbers = [each.pk for each in chosen]
    for table in (Card, Spare):
        _move_papers(
            table.objects.filter(household__in=numbers).values_list("code", flat=True), table, area
        )
    Household.objects.filter(pk__in=numbers).update(area=area)
    Call.objects.filter(household__in=numbers).update(area=area)
    for of_card in (Sample, Stale):
        of_card.objects.filter(card__household__in=numbers).update(area=area)
    log(user, "area.assign", area, now, households=numbers)


def _move_papers(codes: Iterable[str], table: type[Card] | type[Spare], area: str) -> None:
    """Move cards or spares, with their counts; their packs are locked first, like for any event."""
    listed = list(codes)
    for start in range(0, len(listed), _CHUNK):
        part = listed[start : start + _CHUNK]
        owners = set(table.objects.filter(code__in=part).values_list("pack_id", flat=True))
        list(Pack.objects.select_for_update().filter(pk__in=owners).order_by("pk"))
        counts = Counts()
        for piece in table.objects.filter(code__in=part):
            counts.add(piece, -1)
            piece.area_id = area
            counts.add(piece, 1)
        table.objects.filter(code__in=part).update(area=area)
        counts.write()
