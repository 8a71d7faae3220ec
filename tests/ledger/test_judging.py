"""What cannot be is refused in words that a person understands, and the rest of the batch is
accepted all the same.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from browsers import browser
from counties import EAST, NOW, VILLAGES, Printed, county, later, person, reported
from databases import PostgreSQL, SQLite

from policycards.ledger.actions.event_validation import EventInput
from policycards.ledger.actions.recording import record
from policycards.ledger.models import Card, Device, Event, Pack, User
from policycards.ledger.permissions import OPERATOR

Ledger = SQLite | PostgreSQL
HERE = VILLAGES[0]


def refused(user: User, one: EventInput, *others: EventInput) -> str:
    """Why an event was refused; the others beside it were not."""
    first, *rest = record(user, [one, *others], now=later())
    assert all(each.status == "accepted" for each in rest)
    assert first.problem is not None
    return first.problem.message()


@pytest.fixture
def printed(ledger: Ledger, tmp_path: Path) -> Printed:
    return county(tmp_path)


def test_every_fault_is_told_and_the_next_event_is_accepted(printed: Printed) -> None:
    clerk = person("county", EAST)
    card, spare, pack = printed.code(), printed.spare(), Pack.objects.get(village=HERE).pk
    faults = {
        "this ledger has no card with the code 000000000000": reported("absent", "000000000000"),
        "this ledger has no pack 77": reported(
            "received", pack=77, goods="booklets", hop="village", count=1
        ),
        f"'eaten' is nothing that can happen to this ({card})": reported("eaten", card),
        f"'absent' is nothing that can happen to this ({spare})": reported("absent", spare),
        "'delivered' does not say how or why: '' is no such detail": reported("delivered", card),
        "'delivered' does not say how or why: 'dog' is no such detail": reported(
            "delivered", card, detail="dog"
        ),
        "'absent' does not say how or why: 'self' is no such detail": reported(
            "absent", card, detail="self"
        ),
        "'heard' does not say how this is known": reported("absent", card, evidence="heard"),
        "'manifest' does not say how this is known": reported("absent", card, evidence="manifest"),
        "this withdraws an event that is of another card, or is itself a withdrawal": reported(
            "withdrawn", card
        ),
        f"this does not say which card replaces card {card}": reported(
            "replaced", card, other="000000000000"
        ),
        "goods of a pack are reported with what they are, where, and a number; 'yaks village 1'"
        " is none of that": reported("received", pack=pack, goods="yaks", hop="village", count=1),
        "goods of a pack are reported with what they are, where, and a number; 'posters moon 1'"
        " is none of that": reported("received", pack=pack, goods="posters", hop="moon", count=1),
        "goods of a pack are reported with what they are, where, and a number; 'posters village 0' "
        "is none of that": reported("received", pack=pack, goods="posters", hop="village"),
    }
    for message, one in faults.items():
        assert refused(clerk, one, reported("absent", printed.code(0, 2))) == message


def test_only_the_own_is_withdrawn_by_a_team_and_anything_by_an_office(printed: Printed) -> None:
    team, other, township = (
        person("team", HERE),
        person("team", HERE, "other"),
        person("township", HERE[:9]),
    )
    one = reported("refused", printed.code())
    record(team, [one], now=later())
    taken_back = reported("withdrawn", printed.code(), corrects=one.id)
    assert refused(other, taken_back) == "this withdraws what somebody else reported"
    for code in (printed.code(0, 2), printed.spare()):
        wrong = reported("withdrawn", code, corrects=one.id)
        assert refused(township, wrong).startswith(
            "this withdraws an event that is of another card"
        )
    assert record(township, [taken_back], now=later())[0].status == "accepted"
    again = reported("withdrawn", printed.code(), corrects=taken_back.id)
    assert refused(township, again).startswith("this withdraws an event that is of another card")
    assert Event.objects.get(pk=taken_back.id).detail == "office"


def test_a_withdrawal_that_comes_before_what_it_withdraws_works_all_the_same(
    printed: Printed,
) -> None:
    team = person("team", HERE)
    one = reported("refused", printed.code())
    taken_back = reported("withdrawn", printed.code(), corrects=one.id)
    assert [each.status for each in record(team, [taken_back, one], now=later())] == [
        "accepted",
        "accepted",
    ]
    assert Card.objects.get(code=printed.code()).status == "waiting"


def test_nobody_takes_back_what_a_stranger_will_tell(printed: Printed) -> None:
    team, other = person("team", HERE), person("team", HERE, "other")
    one = reported("refused", printed.code())
    record(other, [reported("withdrawn", printed.code(), corrects=one.id)], now=later())
    record(team, [one], now=later())
    assert Card.objects.get(code=printed.code()).status == "refused"


def test_a_team_tells_only_of_its_village_and_never_in_bulk(printed: Printed) -> None:
    team, pack = person("team", HERE), Pack.objects.get(village=HERE).pk
    goods = {"pack": pack, "goods": "posters", "count": 2}
    assert (
        record(team, [reported("received", hop="village", **goods)], now=later())[0].status
        == "accepted"
    )
    for one in (
        reported("dispatched", hop="village", **goods),
        reported("received", hop="township", **goods),
        reported("delivered", printed.code(), detail="self", evidence="bulk"),
        reported("delivered", printed.code(), detail="self", evidence="register"),
        reported("spoilt", printed.code()),
        reported("voided", printed.code()),
        reported("replaced", printed.code(), other=printed.code(0, 2)),
    ):
        assert refused(team, one).startswith(f"team-{HERE} may not do this")


def test_what_a_note_says_is_kept_apart_and_cut_to_its_length(printed: Printed) -> None:
    one = replace(reported("refused", printed.code()), note="长" * 600)
    record(OPERATOR, [one], now=later())
    event = Event.objects.select_related("note").get(pk=one.id)
    assert event.note.text == "长" * 500
    assert event.user is None


def test_a_spare_goes_to_a_household_of_the_own_area_only(printed: Printed) -> None:
    team, township = person("team", HERE), person("township", HERE[:9])
    elsewhere, beside = f"H-{VILLAGES[2][-6:]}-0001", f"H-{VILLAGES[1][-6:]}-0001"
    for user, number in ((team, beside), (team, elsewhere), (township, elsewhere)):
        one = reported("bound", printed.spare(), detail="lost", household=number)
        assert refused(user, one).startswith(f"there is no household {number}")
    one = reported("bound", printed.spare(), detail="lost", household=beside)
    assert record(township, [one], now=later())[0].status == "accepted"


def test_a_card_is_replaced_by_one_of_the_own_area_only(printed: Printed) -> None:
    team, code = person("team", HERE), printed.code()
    for other in (printed.spare(3), printed.spare(1), printed.spare(2)):
        one = reported("replaced", code, other=other)
        assert refused(team, one) == f"this does not say which card replaces card {code}"
    county = person("region", "99")
    for other in (printed.spare(3), code):
        one = reported("replaced", code, other=other)
        assert refused(county, one) == f"this does not say which card replaces card {code}"
    one = reported("replaced", code, other=printed.spare())
    assert record(team, [one], now=later())[0].status == "accepted"


def test_a_time_that_cannot_be_is_flagged_and_counts_when_it_arrived(printed: Printed) -> None:
    team, now = person("team", HERE), later(9)
    device = Device.objects.create(id=uuid4(), user=team, area=HERE, joined=later(2), seen=NOW)
    times = {
        later(5): (later(5), False),
        datetime(2015, 1, 1, tzinfo=UTC): (now, True),  # before the phone joined
        later(400): (now, True),
        now: (now, False),
    }
    for pile, (at, (happened, is_doubtful)) in enumerate(times.items(), 1):
        one = replace(reported("absent", printed.code(0, pile)), device_time=at)
        assert record(team, [one], now=now, device=device)[0].status == "accepted"
        event = Event.objects.get(pk=one.id)
        assert (event.happened, event.doubtful) == (happened, is_doubtful)
    own = replace(reported("moved", printed.code()), device_time=later(5), is_doubtful=True)
    record(team, [own], now=now, device=device)
    assert Event.objects.get(pk=own.id).doubtful
    shown = browser(person("county", EAST)).get(f"/card/{printed.code(0, 2)}/").content.decode()
    assert shown.count("time in doubt") == 1
