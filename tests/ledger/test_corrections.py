"""Wrong data, lost and stale cards: what becomes a list, what becomes a new card, and what never
does.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from counties import EAST, VILLAGES, Printed, county, later, load, person, print_run, reported
from databases import PostgreSQL, SQLite
from openpyxl import load_workbook

from policycards.ledger.actions.closing import close_pack, close_run, draw_sample, record_check
from policycards.ledger.actions.exporting import export_corrections, export_reissues
from policycards.ledger.actions.households import (
    add_household,
    answer_call,
    hand_over,
    load_stale,
    open_call,
)
from policycards.ledger.actions.maintenance import purge, recount
from policycards.ledger.actions.recording import record
from policycards.ledger.models import (
    Call,
    Card,
    Event,
    Household,
    LogEntry,
    Note,
    Pack,
    Refusal,
    Run,
    Spare,
    Stale,
    User,
)
from policycards.ledger.permissions import OPERATOR, Refused
from policycards.ledger.queries.reissues import read_stale
from policycards.press.pack.reissue_list import read_reissue

Ledger = SQLite | PostgreSQL
HERE = VILLAGES[0]


def wrong(printed: Printed) -> User:
    """A county in which several things went wrong in the first village."""
    township = person("township", HERE[:9])
    mistake = reported("wrong", printed.code(0, 4), detail="name")
    events = [
        reported("wrong", printed.code(0, 1), detail="land", note="=草场 200 亩"),
        reported("wrong", printed.code(0, 2), detail="dead_head"),
        reported("delivered", printed.code(0, 3), detail="self"),
        reported("lost", printed.code(0, 3)),
        mistake,
        reported("withdrawn", printed.code(0, 4), corrects=mistake.id),
    ]
    assert {outcome.status for outcome in record(township, events, now=later())} == {"accepted"}
    return township


def test_wrong_data_goes_to_the_owner_of_the_list_as_a_workbook(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path)
    township = wrong(printed)
    file = tmp_path / "corrections.xlsx"
    assert export_corrections(township, HERE[:9], file, lambda text: text, now=later()) == 2
    rows = list(load_workbook(file).active.values)
    assert [row[:5] for row in rows[2:]] == [
        ("H-001201-0001", HERE, "一组", "1", "扎西1"),
        ("H-001201-0002", HERE, "一组", "2", "扎西2"),
    ]
    assert [row[6:8] for row in rows[2:]] == [
        ("land or animals", "'=草场 200 亩"),
        ("the head has died", None),
    ]
    entry = LogEntry.objects.get(verb="correction.export")
    assert entry.facts == {"what": "corrections", "rows": 2}
    with pytest.raises(Refused):
        export_corrections(township, EAST, file, str, now=later())


def test_cards_to_print_again_are_a_list_that_the_press_reads_and_a_dead_head_is_not_on_it(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path)
    wrong(printed)
    load_stale(
        OPERATOR,
        EAST,
        {printed.code(0, 4): "amount", printed.code(3, 1): "amount", "x": ""},
        now=later(),
    )
    assert list(Stale.objects.values_list("card", "reasons")) == [(printed.code(0, 4), "amount")]
    file = tmp_path / "reissue.csv"
    assert export_reissues(person("county", EAST), EAST, file, now=later()) == 3
    table, problems = read_reissue(file)
    assert problems == [] and table is not None
    assert table.select("household_id", "copy", "replaces").rows() == [
        ("H-001201-0001", 2, printed.code(0, 1)),
        ("H-001201-0003", 2, printed.code(0, 3)),
        ("H-001201-0004", 2, printed.code(0, 4)),
    ]
    assert read_stale(file) == {
        printed.code(0, 1): "wrong",
        printed.code(0, 3): "lost",
        printed.code(0, 4): "amount",
    }
    replaces = {row[0]: row[2] for row in table.rows()}
    load(print_run(tmp_path, copy=2, villages=[HERE], spares=0, households=4, replaces=replaces))
    assert export_reissues(OPERATOR, EAST, file, now=later(2)) == 0
    assert recount() == []


def test_a_file_that_is_no_reissue_list_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b,c\n1,2,3\n", "utf-8")
    with pytest.raises(ValueError, match=r"a\.csv"):
        read_stale(tmp_path / "a.csv")


def test_a_spare_is_bound_to_a_household_with_a_reason_and_confirmed(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path)
    team, township = person("team", HERE), person("township", HERE[:9])
    spare = printed.spare()
    events = [
        reported("bound", spare, household="H-001201-0001", detail="lost"),
        reported("replaced", printed.code(), other=spare),
        reported("confirmed", spare),
    ]
    assert [each.status for each in record(team, events, now=later())] == [
        "accepted",
        "accepted",
        "refused",
    ]
    assert record(township, [events[2]], now=later())[0].status == "accepted"
    bound = Spare.objects.select_related("household").get(code=spare)
    assert bound.household is not None and bound.household.number == "H-001201-0001"
    assert (bound.status, bound.confirmed, bound.detail) == ("bound", True, "lost")
    assert Card.objects.get(code=printed.code()).replaced_by == spare
    unknown = reported("bound", printed.spare(0, 2), household="H-9", detail="lost")
    nameless = reported("bound", printed.spare(0, 2), detail="unlisted")
    outcomes = record(team, [unknown, nameless], now=later())
    assert [each.problem.code for each in outcomes if each.problem] == ["E650", "E650"]
    added = add_household(township, HERE, "H-new", now=later(), name_zh="央金")
    assert added.pile == 5
    with pytest.raises(Refused) as refused:
        add_household(township, HERE, "H-new", now=later())
    assert [each.code for each in refused.value.problems] == ["E653"]
    noted = reported("bound", printed.spare(0, 2), detail="unlisted", note="新来的一户")
    assert record(team, [noted], now=later())[0].status == "accepted"
    assert recount() == []


def test_a_call_has_an_owner_and_a_day_and_is_answered_once(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    township = person("township", HERE[:9])
    home = Household.objects.filter(area=HERE).first()
    assert home is not None
    due = date(2026, 4, 1)
    call = open_call(
        township, home.pk, policy="grassland", kind="unpaid", due=due, now=later(), owner=township
    )
    for more in ({"kind": "rude"}, {"owner": person("team", HERE)}):
        with pytest.raises(Refused):
            open_call(
                township,
                home.pk,
                **{"policy": "p", "kind": "less", "due": due, "now": later(), **more},
            )  # type: ignore[arg-type]
    assert (
        hand_over(
            township, call.pk, person("county", EAST), now=later(), due=date(2026, 4, 9)
        ).due.day
        == 9
    )
    answer_call(township, call.pk, "已于三月发放", now=later(2))
    with pytest.raises(Refused) as refused:
        answer_call(township, call.pk, "again", now=later(2))
    assert [each.code for each in refused.value.problems] == ["E682"]
    assert "发放" not in str(list(LogEntry.objects.values_list("facts", flat=True)))


def test_a_sample_is_drawn_after_closing_and_checked_by_somebody_else(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path, households=12)
    pack = Pack.objects.get(village=HERE)
    clerk, other = person("county", EAST), person("county", EAST, "other")
    record(
        clerk,
        [reported("delivered", code, detail="self") for code in printed.cards[HERE]],
        now=later(),
    )
    with pytest.raises(Refused):
        draw_sample(clerk, pack.pk, now=later())
    close_pack(clerk, pack.pk, now=later())
    drawn = draw_sample(clerk, pack.pk, now=later())
    assert len(drawn) == 10
    with pytest.raises(Refused) as refused:
        record_check(clerk, drawn[0].card_id, "has_not", now=later())
    assert [each.code for each in refused.value.problems] == ["E684"]
    checked = record_check(other, drawn[0].card_id, "has_not", now=later())
    assert (checked.recorded, checked.result) == ("delivered", "has_not")
    assert Card.objects.get(code=drawn[0].card_id).status == "delivered"


def test_purging_forgets_names_and_notes_of_what_was_closed_long_ago_and_says_so(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path)
    township = wrong(printed)
    record(person("team", VILLAGES[3]), [reported("absent", printed.code())], now=later())
    home = Household.objects.get(area=HERE, pile=1)
    call = open_call(township, home.pk, policy="p", kind="less", due=date(2026, 4, 1), now=later())
    answer_call(township, call.pk, "paid", now=later())
    second = print_run(tmp_path, edition="2026b", villages=[VILLAGES[1]], spares=0)
    load(second)
    run = Run.objects.get(edition="2026a")
    close_run(OPERATOR, run.pk, now=later(10))
    assert purge(OPERATOR, now=later(20), days=30)["names"] == 0
    events = Event.objects.count()
    done = purge(OPERATOR, now=later(50), days=30)
    assert done == {
        "names": 12,
        "answers": 1,
        "notes": 1,
        "errors": 1,
        "slips": 0,
        "sessions": 0,
        "forms": 0,
        "labels": 0,
    }
    assert set(Household.objects.exclude(name_zh="").values_list("area", flat=True)) == {
        VILLAGES[1]
    }
    assert not Note.objects.exists() and not Refusal.objects.exists()
    assert Call.objects.get().answer == ""
    assert Event.objects.count() == events and recount() == []
    assert LogEntry.objects.filter(verb="ledger.purge").latest("pk").facts == {"days": 30, **done}


def test_the_ledger_writes_no_name_into_its_log(ledger: Ledger, tmp_path: Path) -> None:
    wrong(county(tmp_path))
    assert "扎西" not in str(list(LogEntry.objects.values()))
