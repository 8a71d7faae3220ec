"""What goes to other offices or on paper: the half-year report, the next round, corrections, lists
to print again.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from policycards.core.codes import KINDS
from policycards.ledger.actions.exporting import (
    export,
    export_corrections,
    export_reissues,
    export_report,
)
from policycards.ledger.domain.card_states import OUTSTANDING, PROBLEMS
from policycards.ledger.domain.event_kinds import CARDS
from policycards.ledger.labels import facts_of, name_of
from policycards.ledger.models import Area, Card, LogEntry, Refusal
from policycards.ledger.office import figures
from policycards.ledger.office.figures import bars
from policycards.ledger.office.office_page import (
    ROWS,
    XLSX,
    chosen_area,
    day_of,
    file_response,
    now,
    number_of,
    page,
    person,
    render_page,
    table,
    way_to,
    without_page,
    written,
)
from policycards.ledger.queries.reconciliation import anomalies_of
from policycards.ledger.queries.report import Line, Report, report
from policycards.tables.xlsx_writer import Column

MOST = 600
"""Cards of a printed next round; where there are more, villages are chosen one by one."""
_VILLAGE = 12
"""Digits of a village's code."""
MONTHS = 60
"""Bars of a chart of months at the most."""
NEXT = (
    Column("村", "གྲོང་ཚོ།", 18),
    Column("组", "ཚོ་ཆུང་།", 12),
    Column("顺序号", "གོ་རིམ་ཨང་སྒྲིག", 10),
    Column("户主姓名", "ཁྱིམ་བདག་གི་མིང་།", 20),
    Column("户主姓名（藏文）", "ཁྱིམ་བདག་གི་མིང་། (བོད་ཡིག)", 26),
    Column("卡码", "བྱང་བུའི་ཨང་རྟགས།", 18),
    Column("上次情况", "སྔོན་གྱི་གནས་ཚུལ།", 18),
)


@page("household.see")
def next_round(request: HttpRequest) -> HttpResponse:
    """Only what is not delivered, village by village in walking order, to be printed or taken as a
    list.

    Where that is too much for one printing, how many there are in each part of the area.
    """
    user, area, edition = person(request), chosen_area(request), request.GET.get("edition", "")
    found = (
        Card.objects.within(user)
        .in_area(area.code)
        .filter(status__in=OUTSTANDING, validity="valid")
    )
    if edition:
        found = found.filter(edition=edition)
    found = found.select_related("household", "area").order_by("area", "pile", "code")
    if request.GET.get("format"):
        return table(request, "list.export", area.code, "next-round", NEXT, map(_next_row, found))
    parts = figures.parts(user, area.code, edition)
    count = sum(each.outstanding for each in parts.values())
    rows = list(found) if count <= MOST or len(area.code) == _VILLAGE else []
    known = Area.objects.in_bulk(parts) if not rows else {}
    return render_page(
        request,
        "next",
        area=area,
        way=way_to(user, area),
        edition=edition,
        editions=figures.editions(user, area.code),
        villages=[
            (place, list(cards)) for place, cards in groupby(rows, key=lambda card: card.area)
        ],
        parts=[
            (known[code], each)
            for code, each in parts.items()
            if code in known and each.outstanding
        ],
        count=count,
        today=localdate(),
        query=without_page(request),
    )


def _next_row(card: Card) -> list[str]:
    home = card.household
    status = _(CARDS[card.status].label) if card.status in CARDS else ""
    return [card.area.zh, home.group, str(card.pile), home.name_zh, home.name_bo, card.code, status]


KINDS_OF_FILE = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


def half_year(today: date) -> tuple[date, date]:
    """The half-year of a day.

    >>> half_year(date(2026, 11, 25))
    (datetime.date(2026, 7, 1), datetime.date(2026, 12, 31))
    """
    if today.month < 7:
        return date(today.year, 1, 1), date(today.year, 6, 30)
    return date(today.year, 7, 1), date(today.year, 12, 31)


@page("report.export")
def half_year_report(request: HttpRequest) -> HttpResponse:
    """The report of a half-year, or of other days, as a page to print or a workbook with charts;
    both are logged.
    """
    user, area, edition = person(request), chosen_area(request), request.GET.get("edition", "")
    first, last = half_year(localdate())
    first, last = sorted((_day(request, "from", first), _day(request, "to", last)))
    if (ending := request.GET.get("format", "")) in KINDS_OF_FILE:
        write = partial(export_report, user, area.code, first, last, now=now(), edition=edition)
        content = written(write, f".{ending}")
        return file_response(
            content, f"report-{area.code or 'all'}-{first}-{last}.{ending}", KINDS_OF_FILE[ending]
        )
    found = report(user, area.code, first, last, edition=edition, today=localdate())
    export(
        user,
        "report.export",
        area.code,
        now=now(),
        what=f"report {first} {last} {edition}",
        rows=len(found.lines),
    )
    bars_of = [(_name(line), line.delivered) for line in found.lines]
    return render_page(
        request,
        "report",
        area=area,
        way=way_to(user, area),
        report=found,
        lines=[(_name(line), line) for line in found.lines],
        by_area=bars(bars_of, _("Cards delivered, by area")) if len(bars_of) > 1 else "",
        by_month=bars(_months(found), _("Cards delivered, by month")),
        statuses=[name for name in PROBLEMS if found.total.statuses.get(name)],
        kinds=sorted(found.kinds.items()),
        evidence=sorted(found.total.evidence.items()),
        edition=edition,
        editions=figures.editions(user, area.code),
        query=without_page(request),
    )


def _name(line: Line) -> str:
    return name_of(Area(code=line.area, zh=line.zh, bo=line.bo))


def _day(request: HttpRequest, name: str, default: date) -> date:
    return day_of(request.GET, name) or default


def _months(found: Report) -> list[tuple[str, int]]:
    """What was delivered in each month of a report."""
    counts: Counter[str] = Counter()
    for day, number in found.days:
        counts[f"{day:%Y-%m}"] += number
    first, last = (day.year * 12 + day.month - 1 for day in (found.first, found.last))
    months = (
        f"{month // 12}-{month % 12 + 1:02}"
        for month in range(first, min(last, first + MONTHS) + 1)
    )
    return [(month, counts[month]) for month in months]


@page("correction.export")
def corrections(request: HttpRequest) -> HttpResponse:
    """Wrong data found at the handing-over, for the office that owns the list."""
    user, area = person(request), chosen_area(request)
    edition = request.GET.get("edition", "")
    content = written(
        lambda path: export_corrections(user, area.code, path, _, now=now(), edition=edition)
    )
    return file_response(content, "corrections.xlsx", XLSX)


@page("reissue.export")
def reissues(request: HttpRequest) -> HttpResponse:
    """The cards to print again, for 'policycards print --reissue-list'."""
    user, area = person(request), chosen_area(request)
    edition = request.GET.get("edition", "")
    content = written(
        lambda path: export_reissues(user, area.code, path, now=now(), edition=edition)
    )
    return file_response(content, "reissue.csv", "text/csv; charset=utf-8")


@page("log.see")
def log(request: HttpRequest) -> HttpResponse:
    """Every change and export of the person's area, the newest first; anomalies to ask about; what was
    refused.
    """
    user, area = person(request), chosen_area(request)
    entries = (
        LogEntry.objects.within(user)
        .in_area(area.code)
        .select_related("user")
        .order_by("-at", "-pk")
    )
    if before := number_of(request.GET, "after"):
        entries = entries.filter(pk__lt=before)
    rows = list(entries[: ROWS + 1])
    refusals = (
        Refusal.objects.within(user)
        .in_area(area.code)
        .select_related("user")
        .order_by("-at")[:ROWS]
    )
    return render_page(
        request,
        "log",
        area=area,
        rows=[(entry, facts_of(entry)) for entry in rows[:ROWS]],
        names=Area.objects.in_bulk({entry.area for entry in rows[:ROWS]}),
        more=rows[ROWS - 1].pk if len(rows) > ROWS else "",
        anomalies=anomalies_of(user, area.code, since=now() - timedelta(days=30))
        if len(area.code) >= 6
        else [],
        refusals=[(each, _why(each.problem)) for each in refusals],
        query=without_page(request),
    )


def _why(code: str) -> str:
    """What an event was refused for, without its facts."""
    return re.sub(r"\{\w+\}", "…", _(KINDS[code].message)) if code in KINDS else code
