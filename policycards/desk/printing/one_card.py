"""One household: its row of the list beside its card and the reasons for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from policycards import pdf
from policycards.catalogue import Catalogue, Text
from policycards.core.codes import N_
from policycards.desk.core import desk_page, tasks
from policycards.desk.core.desk_page import in_language, language, render_page, today
from policycards.desk.core.office_folder import Office, opened
from policycards.desk.core.tasks import Task
from policycards.desk.printing import roster_list
from policycards.desk.printing.roster_list import Book, Listed, find
from policycards.households.entitlements.calculate import plain_quantity
from policycards.households.roster.fields import Field, fields_of
from policycards.households.roster.homes import HouseholdFacts
from policycards.typeset.numbers import plain

DPI = 110
FOUND = 60
"""Households that are offered where several fit."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person's row of the list."""

    row: object
    name_bo: object
    name_zh: object
    cells: list[tuple[str, str]]


@require_safe
def onecard(request: HttpRequest, name: str) -> HttpResponse:
    """``household`` says which: an id, a number in the pile, or a name; the first of the list where
    it is not there.
    """
    office = Office.of_environment()
    listed = find(office, name)
    if listed is None:
        return render_page(request, "missing", status=404)
    catalogue, problems = opened(office, today())
    asked = request.GET.get("household", "")
    if catalogue is None:
        return render_page(request, "onecard", list=listed, problems=problems)
    if is_large(listed):
        return _by_tasks(request, listed, catalogue, asked)
    book = roster_list.opened(listed, catalogue)
    found = book.find(asked) if asked else book.homes[:1]
    if len(found) != 1:
        return render_page(
            request,
            "onecard",
            list=listed,
            asked=asked,
            found=found[:FOUND],
            problems=book.problems,
        )
    return _one(request, book, found[0], asked)


@require_safe
def picture(request: HttpRequest, name: str, household: str, number: int) -> HttpResponse:
    """A page of a household's card, from 0, as a picture."""
    office = Office.of_environment()
    listed = find(office, name)
    catalogue, _problems = opened(office, today())
    if listed is None or catalogue is None or is_large(listed):
        raise Http404
    book = roster_list.opened(listed, catalogue)
    found = [each for each in book.homes if each.household_id == household]
    data = book.card(found[0]).data if found else b""
    image = pdf.page_as_picture(data, number, DPI) if data else None
    if image is None:
        raise Http404
    return HttpResponse(image, content_type="image/png")


def is_large(listed: Listed) -> bool:
    """Whether reading the list takes longer than a person waits for a screen."""
    people = (listed.facts or {}).get("persons", 0)
    return not isinstance(people, int) or people > roster_list.MOST_PEOPLE


def _one(request: HttpRequest, book: Book, facts: HouseholdFacts, asked: str) -> HttpResponse:
    card, (row, people) = book.card(facts), book.rows(facts)
    at = next(
        number for number, each in enumerate(book.homes) if each.household_id == facts.household_id
    )
    name, household = book.listed.name, facts.household_id
    return render_page(
        request,
        "onecard",
        **_household_facts(book.listed, book.catalogue, facts, row, people),
        asked=asked,
        pictures=[
            reverse("onecard-picture", args=[name, household, number])
            for number in range(card.pages)
        ],
        faults=card.problems,
        before=book.homes[at - 1] if at else None,
        after=book.homes[at + 1] if at + 1 < len(book.homes) else None,
        place=at + 1,
        of=len(book.homes),
        reasons=[
            (_localized(each.title), [_localized(line) for line in each.lines])
            for each in book.explained(facts)
        ],
    )


def _household_facts(
    listed: Listed,
    catalogue: Catalogue,
    facts: HouseholdFacts,
    row: Mapping[str, object],
    people: Iterable[Mapping[str, object]],
) -> dict[str, Any]:
    """What the screen says of a household from the list."""
    village = catalogue.areas.get(facts.area)
    return {
        "list": listed,
        "household": facts,
        "village": _localized(village.name) if village else facts.area,
        "cells": list(_cells(row, catalogue, "household")),
        "people": list(_people(people, catalogue)),
        "command": " ".join(
            ["policycards", "print", *listed.source, "--household", facts.household_id]
        ),
    }


def _people(rows: Iterable[Mapping[str, object]], catalogue: Catalogue) -> Iterator[Person]:
    for row in rows:
        yield Person(
            row["row"],
            row["name_bo"] or "",
            row["name_zh"] or "",
            list(_cells(row, catalogue, "member")),
        )


def _cells(
    row: Mapping[str, object], catalogue: Catalogue, owner: str
) -> Iterator[tuple[str, str]]:
    """What a row says, by the labels of its columns; what is said elsewhere on the screen is left
    out.
    """
    fields = fields_of(catalogue)
    for name, value in row.items():
        field = fields.get(name)
        is_elsewhere = name in ("household_id", "area", "name_bo", "name_zh")
        if (
            field is not None
            and value is not None
            and not is_elsewhere
            and (field.owner == owner or field.both)
        ):
            yield in_language(field.label.bo, field.label.zh), _cell(value, field)


def _cell(value: object, field: Field) -> str:
    if isinstance(value, bool) or value in ("yes", "no"):
        return _("yes") if value in (True, "yes") else _("no")
    if field.kind == "number":
        number = Decimal(str(value))
        unit = _localized(field.unit) if field.unit else ""
        return f"{plain(plain_quantity(number) or number)} {unit}".strip()
    return str(value)


def _localized(text: Text) -> str:
    return in_language(text.bo, text.zh)


def _by_tasks(
    request: HttpRequest, listed: Listed, catalogue: Catalogue, asked: str
) -> HttpResponse:
    """A household of a list that is too large to be read while somebody waits: two commands do
    it.
    """
    if not asked:
        return render_page(request, "onecard", list=listed, is_large=True)
    made = {
        name: _latest(listed, arguments) for name, arguments in _commands(listed, asked).items()
    }
    waiting = next((each for each in made.values() if each.is_under_way), None)
    facts: Any = None if waiting else made["why"].facts
    if waiting or facts is None:
        return render_page(
            request,
            "onecard",
            list=listed,
            asked=asked,
            is_large=True,
            waiting=waiting,
            failed=None if waiting else made["why"],
        )
    files = [
        each for each in desk_page.files_written(listed.office, made["card"]) if "/send/" in each
    ]
    household = HouseholdFacts(**facts["household"])
    return render_page(
        request,
        "onecard",
        **_household_facts(listed, catalogue, household, facts["home"], facts["people"]),
        asked=asked,
        is_large=True,
        failed=None if files else made["card"],
        pictures=[each for file in files for each in _pictures(listed.office, file)],
        reasons=[
            (in_language(**each["title"]), [in_language(**line) for line in each["lines"]])
            for each in facts["reasons"]
        ],
    )


def _pictures(office: Office, file: str) -> list[str]:
    """The addresses of the pages of a card's file."""
    path = office.inside(file)
    count = pdf.page_count(path) if path else 0
    return [f"{reverse('picture', args=[file])}?page={number}&large" for number in range(count)]


def _commands(listed: Listed, asked: str) -> dict[str, list[str]]:
    apart = sha256(f"{asked} {listed.changed}".encode()).hexdigest()[
        :8
    ]  # a folder takes cards of one run
    out = f"{listed.check_folder}/cards/{apart}"
    return {
        "card": ["print", *listed.source, f"--household={asked}", "--out", out],
        "why": ["explain", *listed.source, "--format", "json", "--", asked],
    }


def _latest(listed: Listed, arguments: list[str]) -> Task:
    """The task of these words for the list as it is now, sent out where there is none yet."""
    for each in tasks.history(listed.office):
        is_same = each.arguments == tuple(arguments) and each.started.date() == today()
        if is_same and each.started.timestamp() > listed.changed and each.state != "cut":
            return each
    address = reverse("onecard", args=[listed.name])
    title = N_("Look at one card")
    return tasks.send(listed.office, arguments, title=title, language=language(), page=address)


urls = [
    path("printing/lists/<str:name>/card/", onecard, name="onecard"),
    path(
        "printing/lists/<str:name>/card/<str:household>/<int:number>.png",
        picture,
        name="onecard-picture",
    ),
]
