"""The report of a period to the office above: cards, households, villages, rounds and calls, by
area.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Count as Number
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Left
from django.utils import timezone

from policycards.ledger.domain.card_states import OUTSTANDING
from policycards.ledger.models import Area, Call, Card, Count, DayCount, Pack, Run, User
from policycards.tables.csv_writer import csv_file
from policycards.tables.xlsx_writer import Column
from policycards.workbooks.report_charts import Chart, Table, write_report

_NEXT = {0: 6, 2: 6, 4: 6, 6: 9, 9: 12, 12: 12}
"""Digits of the areas in which a report is reported, by those of the area that it is about."""


@dataclass(frozen=True, slots=True)
class Line:
    """An area in a report. ``cards`` are those of the editions in question, ``delivered`` and calls
    those of the period.

    ``statuses`` and ``evidence`` are counts of today: what became of the cards, and how deliveries
    are known.
    """

    area: str
    zh: str
    bo: str
    villages: int = 0
    finished: int = 0
    rounds: int = 0
    cards: int = 0
    delivered: int = 0
    households: int = 0
    outstanding: int = 0
    spares: int = 0
    statuses: Mapping[str, int] = field(default_factory=dict)
    evidence: Mapping[str, int] = field(default_factory=dict)
    calls: int = 0
    answered: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A period in an area: its areas, their sum, what was delivered on each day, and calls by
    kind.
    """

    first: date
    last: date
    editions: tuple[str, ...]
    lines: list[Line]
    total: Line
    days: list[tuple[date, int]]
    kinds: Mapping[str, int]


def report(
    user: User, area: str, first: date, last: date, *, edition: str = "", today: date = date.max
) -> Report:
    """The report of an area from the first to the last day, of one edition or of all, as far as a
    person may see.

    A report made before its last day calls overdue what is so ``today``.
    """
    width = _NEXT[len(area)]
    places: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, found in _columns(user, area, first, last, edition, width, min(last, today)):
        for place, number in found.items():
            places[place][name] = number
    names = Area.objects.in_bulk([*places, area])
    lines = [_line(code, names.get(code), facts) for code, facts in sorted(places.items())]
    days = _days(user, area, first, last, edition)
    calls = _calls(user, area, first, last)
    kinds = dict(Counter(calls.values_list("kind", flat=True)))
    runs = Run.objects.filter(pk__in=_packs(user, area, edition).order_by().values("run")).order_by(
        "edition"
    )
    editions = tuple(dict.fromkeys(runs.values_list("edition", flat=True)))
    return Report(
        first,
        last,
        editions,
        lines,
        _total(area, names.get(area), lines, runs.count()),
        days,
        kinds,
    )


def _line(code: str, area: Area | None, facts: Mapping[str, Any]) -> Line:
    return Line(code, area.zh if area else code, area.bo if area else code, **facts)


def _columns(
    user: User, area: str, first: date, last: date, edition: str, width: int, until: date
) -> Iterator[tuple[str, dict[str, Any]]]:
    packs, cards = _packs(user, area, edition), _cards(user, area, edition)
    calls, span = _calls(user, area, first, last), _span(first, last)
    days = _delivered(user, area, first, last, edition)
    yield "villages", _by(packs, width, Number("area", distinct=True))
    yield "finished", _by(packs.exclude(closed=None), width, Number("area", distinct=True))
    yield "rounds", _by(packs, width, Number("run", distinct=True))
    yield from _by_state(_counts(user, area, edition), width).items()
    yield "delivered", _by(days, width, Sum("number"))
    yield (
        "households",
        _households(days, cards.filter(status="delivered", since__range=span), width),
    )
    yield "calls", _by(calls, width, Number("pk"))
    yield "answered", _by(calls.exclude(answered=None), width, Number("pk"))
    late = Q(answered=None, due__lt=until) | Q(answered__date__gt=F("due"))
    yield "overdue", _by(calls.filter(late), width, Number("pk"))


def _households(days: QuerySet[DayCount], cards: QuerySet[Card], width: int) -> dict[str, int]:
    """The households to which some cards were delivered, by area; ``days`` are the counts of the
    same cards.

    An edition gives a household one card, or another copy of it, so that of one edition only copies
    are looked at.
    """
    if len(set(days.order_by().values_list("edition", flat=True).distinct())) > 1:
        return _by(cards, width, Number("household", distinct=True))
    again = cards.filter(household__in=cards.filter(copy__gt=1).values("household"))
    reached = _by(days, width, Sum("number"))
    for place, more in _by(again, width, Number("pk") - Number("household", distinct=True)).items():
        reached[place] -= more
    return reached


def _packs(user: User, area: str, edition: str) -> QuerySet[Pack]:
    packs = Pack.objects.within(user).in_area(area)
    return packs.filter(run__edition=edition) if edition else packs


def _cards(user: User, area: str, edition: str) -> QuerySet[Card]:
    cards = Card.objects.within(user).in_area(area)
    return cards.filter(edition=edition) if edition else cards


def _counts(user: User, area: str, edition: str) -> QuerySet[Count]:
    counts = Count.objects.within(user).in_area(area)
    return counts.filter(edition=edition) if edition else counts


def _delivered(user: User, area: str, first: date, last: date, edition: str) -> QuerySet[DayCount]:
    days = (
        DayCount.objects.within(user)
        .in_area(area)
        .filter(day__range=(first, last), status="delivered")
    )
    return days.filter(edition=edition) if edition else days


def _calls(user: User, area: str, first: date, last: date) -> QuerySet[Call]:
    return Call.objects.within(user).in_area(area).filter(opened__range=_span(first, last))


def _span(first: date, last: date) -> tuple[datetime, datetime]:
    """From the first moment of the first day to the last of the last."""
    zone = timezone.get_default_timezone()
    end = datetime.combine(last + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    return datetime.combine(first, time(), zone), end


def _by(rows: QuerySet[Any], width: int, number: Any) -> dict[str, int]:
    """A number of rows by the area in which they lie."""
    found = (
        rows.order_by().annotate(place=Left("area", width)).values("place").annotate(facts=number)
    )
    return {row["place"]: row["facts"] or 0 for row in found}


def _by_state(counts: QuerySet[Count], width: int) -> dict[str, dict[str, Any]]:
    """What the counts say of each area, read at once: cards, outstanding, spares given out,
    statuses, evidence.
    """
    sums: dict[str, dict[str, Any]] = {
        name: defaultdict(int) for name in ("cards", "outstanding", "spares")
    }
    groups: dict[str, dict[str, Any]] = {
        name: defaultdict(Counter) for name in ("statuses", "evidence")
    }
    rows = counts.order_by().annotate(place=Left("area", width))
    keys = ("place", "is_spare", "status", "validity", "evidence")
    for place, is_spare, status, validity, known, number in rows.values_list(*keys).annotate(
        facts=Sum("number")
    ):
        if not number or (is_spare and status != "bound"):
            continue
        if is_spare:
            sums["spares"][place] += number
            continue
        sums["cards"][place] += number
        groups["statuses"][place][status] += number
        if status in OUTSTANDING and validity == "valid":
            sums["outstanding"][place] += number
        if status == "delivered":
            groups["evidence"][place][known] += number
    return sums | groups


def _days(user: User, area: str, first: date, last: date, edition: str) -> list[tuple[date, int]]:
    days = _delivered(user, area, first, last, edition)
    found = days.order_by("day").values("day").annotate(facts=Sum("number"))
    return [(row["day"], row["facts"]) for row in found if row["facts"]]


_SUMMED = (
    "villages",
    "finished",
    "cards",
    "delivered",
    "households",
    "outstanding",
    "spares",
    "calls",
    "answered",
    "overdue",
)


def _total(code: str, area: Area | None, lines: list[Line], rounds: int) -> Line:
    statuses: Counter[str] = Counter()
    evidence: Counter[str] = Counter()
    for line in lines:
        statuses.update(line.statuses)
        evidence.update(line.evidence)
    sums = {name: sum(getattr(line, name) for line in lines) for name in _SUMMED}
    facts = {**sums, "rounds": rounds, "statuses": statuses, "evidence": evidence}
    return _line(code, area, facts)


AREAS = (
    Column("区划", "ས་ཁུལ།", 18),
    Column("区划（藏文）", "ས་ཁུལ། (བོད་ཡིག)", 26),
    Column("区划代码", "ས་ཁུལ་གྱི་ཨང་རྟགས།", 16),
    Column("村数", "གྲོང་ཚོའི་གྲངས།"),
    Column("已完成的村", "གྲུབ་ཟིན་པའི་གྲོང་ཚོ།"),
    Column("轮次", "ཐེངས་གྲངས།"),
    Column("明白卡", "ཤེས་གསལ་བྱང་བུ།"),
    Column("本期发放", "དུས་འདིར་སྤྲད་པ།"),
    Column("本期领卡户数", "དུས་འདིར་ལེན་པའི་དུད་ཚང་།"),
    Column("尚未发放", "ད་དུང་མ་སྤྲད་པ།"),
    Column("备用卡发给户", "དུད་ཚང་ལ་སྤྲད་པའི་གྲབས་ཉར་བྱང་བུ།"),
    Column("不在家", "ཁྱིམ་དུ་མེད།"),
    Column("已迁走", "གནས་སྤོས་སོང་།"),
    Column("拒收", "མི་ལེན་ཟེར།"),
    Column("信息有误", "གཞི་གྲངས་ནོར་བ།"),
    Column("遗失", "བོར་བརླག"),
    Column("诉求", "འདྲི་བ།"),
    Column("已答复", "ལན་བཏབ་ཟིན།"),
    Column("逾期", "དུས་ཡོལ།"),
)
EVIDENCE = (
    Column("区划", "ས་ཁུལ།", 18),
    Column("扫码", "བཤེར་བ།"),
    Column("手工输入", "ལག་པས་བྲིས་པ།"),
    Column("据签收登记", "ལེན་པའི་ཐོ་ལས།"),
    Column("批量", "མང་པོ་མཉམ་དུ།"),
)
DAYS = (Column("日期", "ཚེས་གྲངས།", 14), Column("发放", "སྤྲད་པ།"))
TOTAL = "合计 / བསྡོམས།"


def write_workbook(path: Path, report: Report) -> None:
    """The report with its charts."""
    period = f"{report.first}—{report.last}  {' '.join(report.editions)}"
    lines = [*report.lines, report.total]
    areas = [_area(line, is_total=line is report.total) for line in lines]
    grades = [[row[0], *_evidence(line)] for row, line in zip(areas, lines, strict=True)]
    days: list[list[str | int]] = [[day.isoformat(), number] for day, number in report.days]
    count = len(report.lines)
    write_report(
        path,
        [
            Table(
                "发放",
                f"明白卡发放情况 {period}",
                AREAS,
                areas,
                Chart("发放 / སྤྲད་པ།", (8, 10)),
                count,
            ),
            Table(
                "依据",
                f"发放依据 {period}",
                EVIDENCE,
                grades,
                Chart("依据 / ཁུངས།", (2, 3, 4, 5)),
                count,
            ),
            Table(
                "逐日",
                f"逐日发放 {period}",
                DAYS,
                days,
                Chart("逐日 / ཉིན་རེར།", (2,), is_line=True),
                len(days),
            ),
        ],
    )


def csv_of(report: Report) -> bytes:
    """The report's areas as a CSV that opens in Excel."""
    rows = [*(_area(line) for line in report.lines), _area(report.total, is_total=True)]
    return csv_file([f"{column.heading} {column.above}" for column in AREAS], rows)


def _area(line: Line, *, is_total: bool = False) -> list[str | int]:
    names: list[str | int] = [TOTAL, "", ""] if is_total else [line.zh, line.bo, line.area]
    return [*names, *_numbers(line)]


def _numbers(line: Line) -> Iterator[int]:
    yield from (
        line.villages,
        line.finished,
        line.rounds,
        line.cards,
        line.delivered,
        line.households,
    )
    yield from (line.outstanding, line.spares)
    yield from (
        line.statuses.get(status, 0) for status in ("absent", "moved", "refused", "wrong", "lost")
    )
    yield from (line.calls, line.answered, line.overdue)


def _evidence(line: Line) -> Iterator[int]:
    yield from (line.evidence.get(grade, 0) for grade in ("scanned", "typed", "register", "bulk"))
