"""The report of a period: its sums are those of its areas, its numbers those of the events, and no
name is in it.
"""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from counties import EAST, NOW, VILLAGES, WEST, county, later, load, person, print_run, reported
from databases import PostgreSQL, SQLite
from openpyxl import load_workbook

from policycards.ledger.actions.closing import close_pack
from policycards.ledger.actions.exporting import export_report
from policycards.ledger.actions.households import answer_call, open_call
from policycards.ledger.actions.recording import record
from policycards.ledger.models import Card, Household, LogEntry, Pack
from policycards.ledger.permissions import OPERATOR, Refused
from policycards.ledger.queries.report import AREAS, csv_of, report

Ledger = SQLite | PostgreSQL
HERE = VILLAGES[0]
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)


@pytest.fixture
def busy(ledger: Ledger, tmp_path: Path) -> Ledger:
    """Two editions, some of it delivered, one village finished, two calls."""
    printed = county(tmp_path)
    load(print_run(tmp_path, edition="2026b", villages=VILLAGES[:1], spares=0))
    clerk, team = person("county", EAST), person("team", HERE)
    scanned = [
        reported("delivered", code, detail="self", evidence="scanned")
        for code in printed.cards[HERE][:2]
    ]
    record(team, scanned, now=later())
    record(
        clerk,
        [reported("delivered", printed.code(1), detail="proxy", evidence="register")],
        now=later(),
    )
    record(
        clerk,
        [
            reported("absent", printed.code(1, 2)),
            reported("delivered", printed.code(2), detail="self"),
        ],
        now=later(),
    )
    bound = reported("bound", printed.spare(), household="H-001201-0004", detail="lost")
    record(team, [bound], now=later())
    close_pack(clerk, Pack.objects.get(village=VILLAGES[1]).pk, now=later())
    home = Household.objects.get(area=HERE, pile=1)
    first = open_call(clerk, home.pk, policy="p", kind="unpaid", due=date(2026, 3, 20), now=later())
    open_call(clerk, home.pk, policy="p", kind="less", due=date(2026, 3, 9), now=later())
    answer_call(clerk, first.pk, "paid", now=later(3))
    return ledger


def test_a_county_reports_its_townships(busy: Ledger) -> None:
    found = report(OPERATOR, EAST, FIRST, LAST)
    assert [line.area for line in found.lines] == ["990101001", "990101002"]
    near, far = found.lines
    assert (near.villages, near.finished, near.rounds, near.cards) == (2, 1, 2, 12)
    assert (near.delivered, near.households, near.outstanding, near.spares) == (3, 3, 9, 1)
    assert (near.calls, near.answered, near.overdue) == (2, 1, 1)
    assert (near.statuses["absent"], near.evidence) == (1, {"scanned": 2, "register": 1})
    assert (far.delivered, far.cards, far.calls) == (1, 4, 0)
    assert (found.total.area, found.total.cards, found.total.delivered, found.total.rounds) == (
        EAST,
        16,
        4,
        2,
    )
    assert found.days == [(date(2026, 3, 1), 4)]
    assert found.kinds == {"unpaid": 1, "less": 1}
    assert found.editions == ("2026a", "2026b")


def test_a_region_reports_its_counties_and_an_edition_alone(busy: Ledger) -> None:
    found = report(OPERATOR, "", FIRST, LAST, edition="2026b")
    assert [(line.area, line.cards, line.delivered) for line in found.lines] == [(EAST, 4, 0)]
    assert [line.area for line in report(OPERATOR, "", FIRST, LAST).lines] == [EAST, WEST]
    assert report(OPERATOR, "", date(2025, 1, 1), date(2025, 6, 30)).total.delivered == 0


def test_a_household_is_reached_once_however_many_cards_it_gets(
    busy: Ledger, tmp_path: Path
) -> None:
    clerk = person("county", EAST, "again")
    older = [each.code for each in Card.objects.filter(area=HERE, edition="2026a").order_by("pile")]
    replaces = {"H-001201-0001": older[0]}
    load(print_run(tmp_path, villages=[HERE], households=1, spares=0, copy=2, replaces=replaces))
    second = Card.objects.get(copy=2)
    assert report(clerk, EAST, FIRST, LAST).total.households == 4
    record(clerk, [reported("delivered", second.code, detail="self")], now=later(2))
    found = report(clerk, EAST, FIRST, LAST)  # one edition: two copies for one household
    assert (found.total.delivered, found.total.households) == (5, 4)
    newer = Card.objects.filter(area=HERE, edition="2026b").order_by("pile")[:2]
    record(clerk, [reported("delivered", each.code, detail="self") for each in newer], now=later(3))
    found = report(clerk, EAST, FIRST, LAST)  # two editions
    assert (found.total.delivered, found.total.households) == (7, 4)
    assert report(clerk, EAST, FIRST, LAST, edition="2026b").total.households == 2


def test_nobody_reports_a_foreign_area(busy: Ledger, tmp_path: Path) -> None:
    stranger = person("viewer", WEST)
    assert report(stranger, "", FIRST, LAST).total.delivered == 0
    assert report(stranger, EAST, FIRST, LAST).lines == []
    with pytest.raises(Refused):
        export_report(stranger, EAST, FIRST, LAST, tmp_path / "r.xlsx", now=NOW)


def test_the_workbook_has_the_numbers_in_both_languages_with_charts_and_no_name(
    busy: Ledger, tmp_path: Path
) -> None:
    file = tmp_path / "report.xlsx"
    found = export_report(person("viewer", EAST), EAST, FIRST, LAST, file, now=NOW)
    areas, grades, days = load_workbook(file).worksheets
    rows = list(areas.values)
    assert rows[0][0] == "明白卡发放情况 2026-01-01—2026-06-30  2026a 2026b"
    assert rows[2] == tuple(column.heading for column in AREAS)
    assert rows[1] == tuple(column.above for column in AREAS)
    assert rows[3][:9] == ("地990101001", "ས་990101001", "990101001", 2, 1, 2, 12, 3, 3)
    assert rows[5][:9] == ("合计 / བསྡོམས།", None, None, 3, 1, 2, 16, 4, 4)
    assert list(grades.values)[3] == ("地990101001", 2, 0, 1, 0)
    assert list(days.values)[3] == ("2026-03-01", 4)
    with zipfile.ZipFile(file) as book:
        assert sum("charts/chart" in name for name in book.namelist()) == 3
        assert "扎西" not in "".join(
            book.read(name).decode("utf-8", "ignore") for name in book.namelist()
        )
    assert LogEntry.objects.get(verb="report.export").facts["rows"] == 2
    again = tmp_path / "again.xlsx"
    export_report(OPERATOR, EAST, FIRST, LAST, again, now=NOW)
    assert again.read_bytes() == file.read_bytes()
    assert (
        csv_of(found)
        .decode("utf-8-sig")
        .splitlines()[1]
        .startswith("地990101001,ས་990101001,\t990101001,2,1,")
    )
