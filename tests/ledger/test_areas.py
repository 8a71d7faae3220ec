"""Areas that are renamed, merged or split lose no card and widen no right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from counties import VILLAGES, area, areas, contacts, county, later, person, reported
from databases import PostgreSQL, SQLite

from policycards.ledger.actions.area_changes import assign_households, load_areas
from policycards.ledger.actions.maintenance import recount
from policycards.ledger.actions.recording import record
from policycards.ledger.models import Area, Card, Contact, Count, Household, Pack, Spare
from policycards.ledger.permissions import OPERATOR, Refused
from policycards.ledger.queries.reconciliation import contacts_of

Ledger = SQLite | PostgreSQL
OLD, OTHER, FAR = VILLAGES[0], VILLAGES[1], VILLAGES[2]
ENDED = date(2026, 2, 1)


def test_the_nearest_office_that_answers_is_found(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    found = contacts_of([OLD]).get(OLD)
    assert found is not None and found.area_id == OLD[:9]
    assert contacts_of([FAR]) == {}
    load_areas(OPERATOR, areas(), [], now=later())
    assert not Contact.objects.exists()


def test_a_renamed_area_has_its_new_name_and_everything_else_stays(
    ledger: Ledger, tmp_path: Path
) -> None:
    county(tmp_path)
    from policycards.catalogue.model.catalogue import Area as EventInput
    from policycards.catalogue.model.policy import Text

    renamed = EventInput(OLD, Text(bo="གསར་པ།", zh="新村"), {})
    assert load_areas(OPERATOR, areas(renamed), contacts(), now=later()) == []
    assert (Area.objects.get(code=OLD).zh, Card.objects.filter(area=OLD).count()) == ("新村", 4)
    parent = Area.objects.get(code=OLD).parent
    assert parent is not None and parent.code == OLD[:9]


def test_what_was_merged_belongs_to_the_new_area_and_nobody_sees_more_than_before(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path)
    team, heir = person("team", OLD), person("team", FAR)
    old_township, new_township = person("township", OLD[:9]), person("township", FAR[:9])
    record(team, [reported("absent", printed.code())], now=later())
    before = {card.code for card in Card.objects.within(team)}
    problems = load_areas(
        OPERATOR, areas(area(OLD, valid_to=ENDED, successors=(FAR,))), contacts(), now=later(2)
    )
    assert [str(each) for each in problems] == [
        f"areas.csv: warning W671: team-{OLD} is bound to area {OLD}, which has ended"
    ]
    assert Card.objects.count() == 16
    for table, number in ((Card, 8), (Spare, 4), (Household, 8), (Pack, 2)):
        assert table.objects.filter(area=FAR).count() == number
    assert {card.code for card in Card.objects.within(team)} <= before
    assert Card.objects.within(old_township).count() == 4
    assert {card.code for card in Card.objects.within(new_township)} >= before
    assert Card.objects.within(heir).count() == 8
    assert sum(row.number for row in Count.objects.filter(area=FAR, is_spare=False)) == 8
    assert recount() == []
    # What a phone of the old village has not sent yet is accepted all the same; the new village's
    # cards are not its.
    outcomes = record(
        team,
        [reported("refused", printed.code()), reported("refused", printed.code(2))],
        now=later(3),
    )
    assert [outcome.status for outcome in outcomes] == ["accepted", "refused"]
    # Loading again changes nothing.
    load_areas(
        OPERATOR, areas(area(OLD, valid_to=ENDED, successors=(FAR,))), contacts(), now=later(4)
    )
    assert Card.objects.filter(area=FAR).count() == 8 and recount() == []


def test_of_a_split_area_a_person_says_which_household_goes_where(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path)
    split = areas(area(OLD, valid_to=ENDED, successors=(OTHER, FAR)))
    problems = load_areas(OPERATOR, split, contacts(), now=later())
    assert [each.code for each in problems] == ["W672"]
    assert Card.objects.filter(area=OLD).count() == 4
    homes = list(Household.objects.filter(area=OLD).order_by("pile").values_list("pk", flat=True))
    with pytest.raises(Refused) as refused:
        assign_households(OPERATOR, homes[:1], "990101001299", now=later(2))
    assert [each.code for each in refused.value.problems] == ["E673"]
    assign_households(OPERATOR, homes[:1], OTHER, now=later(2))
    assign_households(OPERATOR, homes[1:], FAR, now=later(2))
    assert Card.objects.get(code=printed.code()).area_id == OTHER
    assert not Card.objects.filter(area=OLD).exists() and recount() == []
    assert Card.objects.count() == 16


def test_an_area_with_cards_does_not_disappear(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    with pytest.raises(Refused) as refused:
        load_areas(OPERATOR, areas(villages=VILLAGES[1:]), contacts(), now=later())
    assert [str(each) for each in refused.value.problems] == [
        f"areas.csv: error E670: area {OLD} would be missing, but the ledger has cards, packs or"
        " people there"
    ]


def test_an_office_does_not_give_its_villages_away(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    user = person("county", OLD[:6])
    with pytest.raises(Refused) as refused:
        load_areas(
            user,
            areas(area(OLD, valid_to=ENDED, successors=(VILLAGES[3],))),
            contacts(),
            now=later(),
        )
    assert [each.code for each in refused.value.problems] == ["E640"]
    assert Card.objects.filter(area=OLD).count() == 4
