"""Registers on paper: typed by exceptions, scanned card by card, or read back from a workbook."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.actions import Refused
from policycards.ledger.actions.event_validation import EventInput
from policycards.ledger.actions.exporting import export
from policycards.ledger.actions.recording import record
from policycards.ledger.domain.event_kinds import same_uuid7, uuid7
from policycards.ledger.domain.registers import (
    WORDS,
    Mark,
    mark_of,
    read_entry,
    word_of,
    written_entry,
)
from policycards.ledger.labels import STATUSES
from policycards.ledger.models import Card, Pack, Spare, User
from policycards.ledger.office.office_page import (
    XLSX,
    file_response,
    now,
    page,
    person,
    render_page,
    typed_code,
    upload,
    way_to,
    written,
)
from policycards.qr import format_code
from policycards.qr.crockford import fold
from policycards.tables.tables import read_sheets
from policycards.tables.xlsx_writer import Column, write_sheet

COLUMNS = (
    Column("顺序号", "གོ་རིམ་ཨང་སྒྲིག", 10),
    Column("户主姓名", "ཁྱིམ་བདག་གི་མིང་།", 20),
    Column("户主姓名（藏文）", "ཁྱིམ་བདག་གི་མིང་། (བོད་ཡིག)", 28),
    Column("卡码", "བྱང་བུའི་ཨང་རྟགས།", 18),
    Column("结果", "འབྲས་བུ།", 20),
)
ERROR = Column("错误", "ནོར་འཁྲུལ།", 50)
PILE, CODE, RESULT = 0, 3, 4
"""The columns that are read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list that came back: its rows, what each says, and what is wrong with it, by the place of
    the row.
    """

    rows: Sequence[Sequence[str]]
    marks: Mapping[int, Mark]
    problems: Mapping[int, Problem]


def write_register(path: Path, cards: Sequence[Card]) -> None:
    """The list of a pack in the order of its pile, with an empty column for what became of each
    card.
    """
    write_sheet(path, "", COLUMNS, (_row(card) for card in cards))


def _row(card: Card) -> list[str]:
    home = card.household
    return [str(card.pile), home.name_zh, home.name_bo, format_code(card.code), ""]


def read_register(path: Path, cards: Sequence[Card]) -> tuple[Sheet | None, list[Problem]]:
    """What a list says of the cards of a pack; a row without a result says nothing. None where it
    is another list.
    """
    place = Place("list")
    sheets, faults = read_sheets(path)
    if not sheets:
        return None, [replace(each, place=place) for each in faults]
    rows = [sheets[0].rows[number] for number in sorted(sheets[0].rows)] if sheets else []
    head = next(
        (
            at
            for at, row in enumerate(rows[:5])
            if row[: RESULT + 1] == [each.heading for each in COLUMNS]
        ),
        None,
    )
    if head is None:
        return None, [problem("E694", place, why="、".join(each.heading for each in COLUMNS))]
    known = {card.code: card.pile for card in cards}
    marks: dict[int, Mark] = {}
    problems: dict[int, Problem] = {}
    listed = [[*row, "", "", "", "", ""][: RESULT + 1] for row in rows[head + 1 :] if any(row)]
    for at, row in enumerate(listed):
        found = _judged(row, known, marks, Place("list", head + 2 + at))
        if isinstance(found, Problem):
            problems[at] = found
        elif found:
            marks[known[fold(row[CODE])]] = found
    return Sheet(listed, marks, problems), []


def _judged(
    row: Sequence[str], known: Mapping[str, int], marks: Mapping[int, Mark], place: Place
) -> Mark | Problem | None:
    """What a row says, or what is wrong with it."""
    code, result = fold(row[CODE]), row[RESULT].strip()
    if code not in known or row[PILE].strip() != str(known[code]):
        return problem("E694", place, why=f"{row[PILE][:10]} {row[CODE][:20]}")
    if known[code] in marks:
        return problem("E689", place, number=known[code])
    if not result:
        return None
    return mark_of(result) or problem("E674", place, word=result[:20])


def write_checked(path: Path, sheet: Sheet, translate: Callable[[str], str]) -> None:
    """The list as it came, with what is wrong with each row in a column at its end."""
    rows = (
        [
            *row,
            f"{found.message(translate)} {found.hint(translate)}"
            if (found := sheet.problems.get(at))
            else "",
        ]
        for at, row in enumerate(sheet.rows)
    )
    write_sheet(path, "", (*COLUMNS, ERROR), rows)


SHOWN = ("delivered", "left", "absent", "moved", "refused", "wrong", "returned", "lost")


@page("card.bulk", is_repeatable=True)
def register(request: HttpRequest, number: int) -> HttpResponse:
    """The register of a pack: typed, shown with what it would change, then saved."""
    pack, cards = _pack(request, number)
    typed, problems = request.POST.get("entry", ""), list[Problem]()
    if "list" in request.FILES:
        with tempfile.TemporaryDirectory() as folder:
            sheet, problems = read_register(upload(request, "list", Path(folder)), cards)
        if sheet and sheet.problems:
            content = written(lambda path: write_checked(path, sheet, _))
            return file_response(content, f"register-{pack.village}-errors.xlsx", XLSX)
        if sheet:
            typed = written_entry(sheet.marks, [card.pile for card in cards], _language())
    marks, more = read_entry(typed, [card.pile for card in cards])
    problems += more
    day = _day(request.POST.get("day", ""))
    if marks and not problems and "save" in request.POST:
        return _saved(request, pack, cards, marks, day)
    rows = _changes(cards, marks) if not problems else []
    return render_page(
        request,
        "register",
        status=422 if problems else 200,
        pack=pack,
        way=way_to(person(request), pack.area),
        last=max((card.pile for card in cards), default=0),
        typed=typed,
        day=day or localdate(),
        today=localdate(),
        problems=problems,
        rows=rows,
        sums=dict(Counter(word_of(mark, _language()) for _card, mark, _note in rows)),
        open=len(cards) - len(marks),
        form=request.POST.get("form") or f"{now().timestamp():.3f}",
        words=_words(),
    )


def _pack(request: HttpRequest, number: int) -> tuple[Pack, list[Card]]:
    """A pack and its cards in the order of the pile."""
    packs = Pack.objects.within(person(request)).select_related("area", "run")
    pack = get_object_or_404(packs, pk=number)
    cards = (
        Card.objects.within(person(request))
        .filter(pack=pack)
        .select_related("household")
        .order_by("pile", "code")
    )
    return pack, list(cards)


def _language() -> str:
    return translation.get_language() or "zh-hans"


def _words() -> list[tuple[str, str, str]]:
    """The words that may be typed: what the lists show, what it means, what else means the same."""
    language = _language()
    return [(word_of(mark, language), "、".join(words), mark.kind) for mark, words in WORDS.items()]


def _day(reported: str) -> date | None:
    """The day of the handing-over, None where it is none or has not come yet."""
    try:
        day = date.fromisoformat(reported)
    except ValueError:
        return None
    return day if day <= localdate() else None


def _changes(cards: list[Card], marks: Mapping[int, Mark]) -> list[tuple[Card, Mark, str]]:
    """What an entry says of each card, with what a person should look at before it is saved."""
    return [
        (card, marks[card.pile], _notice(card, marks[card.pile]))
        for card in cards
        if card.pile in marks
    ]


def _notice(card: Card, mark: Mark) -> str:
    if card.validity != "valid":
        return _("this card is no longer valid")
    if card.status == "delivered" and mark.kind not in ("delivered", "returned", "lost", "wrong"):
        return _("was reported as delivered: a person will have to decide")
    if (card.status, card.detail, card.evidence) == (mark.kind, mark.detail, "register"):
        return _("already recorded from the register")
    return ""


def _saved(
    request: HttpRequest, pack: Pack, cards: list[Card], marks: Mapping[int, Mark], day: date | None
) -> HttpResponse:
    """Record what the register says; a form that is sent twice tells nothing twice."""
    user, moment = person(request), now()
    if day is None:
        raise Refused(
            problem("E699", Place("register"), why=_("the day is missing or has not come yet"))
        )
    form = request.POST.get("form", "")[:40]
    noon = datetime.combine(day, time(12), get_current_timezone())
    at = min(moment, noon) if day != localdate() else moment
    reported = [
        EventInput(
            id=same_uuid7(noon, f"{form} {card.code} {marks[card.pile]}"),
            kind=marks[card.pile].kind,
            device_time=at,
            code=card.code,
            detail=marks[card.pile].detail,
            evidence="register",
        )
        for card in cards
        if card.pile in marks
        and _notice(card, marks[card.pile]) != _("already recorded from the register")
    ]
    outcomes = record(user, reported, now=moment)
    refused = [outcome.problem for outcome in outcomes if outcome.problem]
    if refused:
        raise Refused(*dict.fromkeys(refused))
    count = sum(outcome.status == "accepted" for outcome in outcomes)
    messages.success(
        request, _("Saved: {count} cards of {village}.").format(count=count, village=pack.area.zh)
    )
    return redirect("pack", number=pack.pk)


@page("card.bulk")
def register_list(request: HttpRequest, number: int) -> HttpResponse:
    """The register of a pack as a workbook to be filled in and given back."""
    pack, cards = _pack(request, number)
    export(
        person(request), "list.export", pack.area_id, now=now(), what="register", rows=len(cards)
    )
    return file_response(
        written(lambda path: write_register(path, cards)), f"register-{pack.village}.xlsx", XLSX
    )


@page("card.record")
def scan(request: HttpRequest) -> HttpResponse:
    """One card after the other: a scanner types the address and a line end, the page says at once
    what it was.
    """
    user, form = person(request), request.POST
    result = form.get("result", "") or word_of(Mark("delivered", "self"), _language())
    if request.method != "POST":
        return render_page(
            request, "scan", words=_words(), result=result, shown_cards=_recent(request, user)
        )
    mark, (code, is_scanned, problems) = mark_of(result), typed_code(form.get("typed", ""))
    if mark is None:
        problems = [problem("E674", Place("scan"), word=result[:20])]
    verdict, piece = "", None
    if code and mark and not problems:
        verdict, piece, problems = _scanned(user, code, mark, "scanned" if is_scanned else "typed")
        request.session["scanned"] = [code, *request.session.get("scanned", [])][:12]
    return render_page(
        request,
        "scan",
        words=_words(),
        result=result,
        verdict=verdict,
        piece=piece,
        problems=problems,
        shown_cards=_recent(request, user),
    )


def _scanned(
    user: User, code: str, mark: Mark, evidence: str
) -> tuple[str, Card | None, list[Problem]]:
    """What a scanned card is: recorded now, or the reason why it was not."""
    card = Card.objects.within(user).select_related("household", "area").filter(pk=code).first()
    if card is None:
        if Spare.objects.within(user).filter(pk=code).exists():
            return _("a spare card: open its page and give it to a household"), None, []
        return (
            _("no card of your area has this code"),
            None,
            [problem("E641", Place("scan"), card=code)],
        )
    if card.validity != "valid":
        return _("no longer valid: take it back and give out the newer one"), card, []
    if card.status == "delivered" and mark.kind == "delivered":
        return _("already delivered"), card, []
    moment = now()
    reported = EventInput(uuid7(moment), mark.kind, moment, code, mark.detail, evidence)
    (outcome,) = record(user, [reported], now=moment)
    if outcome.problem:
        return _("not recorded"), card, [outcome.problem]
    card.refresh_from_db()
    return _("recorded: {status}").format(status=_(STATUSES[card.status])), card, []


def _recent(request: HttpRequest, user: User) -> list[Card]:
    """The cards that were scanned last in this session, the latest first."""
    codes = request.session.get("scanned", [])
    known = Card.objects.within(user).select_related("household", "area").in_bulk(codes)
    return [known[code] for code in dict.fromkeys(codes) if code in known]
