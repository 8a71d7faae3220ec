"""Loading runs: what the manifest tells is in the ledger, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from counties import (
    EAST,
    NOW,
    VILLAGES,
    WEST,
    county,
    later,
    load,
    load_counties,
    person,
    print_run,
    reported,
)
from databases import PostgreSQL, SQLite

from policycards.ledger.actions.loading import load_run
from policycards.ledger.actions.maintenance import recount
from policycards.ledger.actions.recording import record
from policycards.ledger.models import (
    Card,
    Count,
    Event,
    Household,
    LogEntry,
    Pack,
    Run,
    Spare,
    Stock,
)
from policycards.ledger.permissions import OPERATOR, Refused

Ledger = SQLite | PostgreSQL


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [each.code for each in refused.value.problems]


def test_a_loaded_run_has_its_packs_cards_spares_households_and_counts(
    ledger: Ledger, tmp_path: Path
) -> None:
    printed = county(tmp_path)
    run = Run.objects.get()
    assert (run.edition, run.area, run.cards, run.spares) == ("2026a", "99", 16, 8)
    assert list(
        Pack.objects.order_by("village").values_list("village", "area", "cards", "spares")
    ) == [(village, village, 4, 2) for village in VILLAGES]
    card = Card.objects.select_related("household").get(code=printed.code(1, 3))
    assert (card.status, card.validity, card.pile, card.copy, card.edition) == (
        "waiting",
        "valid",
        3,
        1,
        "2026a",
    )
    home = card.household
    assert (home.number, home.name_bo, home.name_zh, home.group, home.area_id, home.pile) == (
        "H-001202-0003",
        "བཀྲ་ཤིས་3",
        "扎西3",
        "一组",
        VILLAGES[1],
        3,
    )
    assert Spare.objects.get(code=printed.spare(2)).status == "blank"
    counts = Count.objects.filter(pack__village=VILLAGES[0]).values_list(
        "is_spare", "status", "validity", "number"
    )
    assert sorted(counts) == [(False, "waiting", "valid", 4), (True, "blank", "", 2)]
    stock = Stock.objects.filter(pack__village=VILLAGES[0]).values_list(
        "goods", "hop", "kind", "number"
    )
    assert sorted(stock) == [("cards", "press", "printed", 4), ("spares", "press", "printed", 2)]
    assert Event.objects.filter(kind="printed", evidence="manifest").count() == 8
    assert LogEntry.objects.get(verb="run.load").facts == {
        "run": run.pk,
        "cards": 16,
        "spares": 8,
        "packs": 4,
    }


def test_a_run_without_names_says_so_and_a_later_run_with_names_fills_them_in(
    ledger: Ledger, tmp_path: Path
) -> None:
    load_counties()
    first, second = print_run(tmp_path), print_run(tmp_path, edition="2026b")
    loaded = load_run(OPERATOR, first.folder, now=NOW)
    assert [(each.code, dict(each.facts)) for each in loaded.problems] == [
        ("W666", {"count": "16"})
    ]
    assert load(second).problems == []
    assert not Household.objects.filter(name_zh="").exists()
    third = print_run(tmp_path, edition="2026c")
    assert load_run(OPERATOR, third.folder, now=NOW).problems == []
    assert Household.objects.count() == 16


def test_cards_that_a_run_replaces_say_so_and_nothing_else_changes(
    ledger: Ledger, tmp_path: Path
) -> None:
    first = county(tmp_path)
    replaces = {"H-001201-0002": first.code(0, 2), "H-001202-0001": "000000000000"}
    second = print_run(tmp_path, copy=2, villages=VILLAGES[:2], spares=0, replaces=replaces)
    loaded = load(second)
    assert [str(each) for each in loaded.problems] == [
        f"{second.folder}: warning W667: 1 cards of this run replace cards that the ledger does not"
        " know, the first is 000000000000"
    ]
    old = Card.objects.get(code=first.code(0, 2))
    assert (old.status, old.validity, old.replaced_by) == ("waiting", "replaced", second.code(0, 2))
    assert list(Card.objects.exclude(validity="valid")) == [old]
    assert Count.objects.get(pack=old.pack, validity="replaced").number == 1


def test_a_voided_card_stays_voided_and_a_card_handed_out_after_its_replacement_is_looked_at(
    ledger: Ledger, tmp_path: Path
) -> None:
    first = county(tmp_path)
    team, office = person("team", VILLAGES[0]), person("county", EAST)
    record(
        office,
        [reported("voided", first.code(0, 1)), reported("spoilt", first.code(0, 2))],
        now=later(),
    )
    record(team, [reported("delivered", first.code(0, 3), detail="self")], now=later())
    replaces = {f"H-001201-000{pile}": first.code(0, pile) for pile in (1, 2, 3, 4)}
    second = print_run(tmp_path, copy=2, villages=VILLAGES[:1], spares=0, replaces=replaces)
    load_run(OPERATOR, second.folder, now=later(2))
    assert [Card.objects.get(code=code).validity for code in first.cards[VILLAGES[0]]] == [
        "voided",
        "replaced",
        "replaced",
        "replaced",
    ]
    assert Event.objects.filter(kind="replaced", evidence="manifest").count() == 4
    assert recount() == []
    handed = reported("delivered", first.code(0, 4), detail="self", device_time=later(3))
    record(team, [handed], now=later(3))
    assert list(Card.objects.filter(conflict=True)) == [Card.objects.get(code=first.code(0, 4))]
    assert recount() == []


@pytest.mark.parametrize(
    ("edition", "inputs", "code"),
    [
        ("p9v01234", {}, "E660"),
        ("2026a", {"is_published": "False"}, "E661"),
        ("2026a", {"key": "d50c3463"}, "E661"),
    ],
)
def test_proofs_trials_and_samples_are_refused(
    ledger: Ledger, tmp_path: Path, edition: str, inputs: dict[str, str], code: str
) -> None:
    load_counties()
    printed = print_run(tmp_path, edition=edition, **inputs)
    with pytest.raises(Refused) as refused:
        load(printed)
    assert codes(refused) == [code]
    assert not Run.objects.exists()
    if code == "E661":
        assert load(printed, is_demo=True).run.cards == 16


def test_a_run_is_loaded_once_and_a_code_is_one_card(ledger: Ledger, tmp_path: Path) -> None:
    printed = county(tmp_path / "a")
    with pytest.raises(Refused) as refused:
        load(printed)
    assert codes(refused) == ["E662"]
    again = print_run(tmp_path / "b", households=5)
    with pytest.raises(Refused) as refused:
        load(again)
    assert [str(each) for each in refused.value.problems] == [
        f"{again.folder}: error E663: 24 of these cards are already in the ledger, the first is "
        f"{min(Card.objects.values_list('code', flat=True))}"
    ]
    assert (Run.objects.count(), Card.objects.count(), Household.objects.count()) == (1, 16, 16)


def test_a_run_of_an_unknown_village_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    load_counties()
    with pytest.raises(Refused) as refused:
        load(print_run(tmp_path, villages=[*VILLAGES, "990101001299"]))
    assert codes(refused) == ["E664"]


def test_a_folder_without_a_run_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    load_counties()
    printed = print_run(tmp_path)
    (printed.folder / "run" / "run.json").write_text("{", "utf-8")
    with pytest.raises(Refused) as refused:
        load(printed)
    assert codes(refused) == ["E665"]


def test_nobody_loads_a_run_of_a_foreign_village(ledger: Ledger, tmp_path: Path) -> None:
    load_counties()
    printed = print_run(tmp_path)
    for user in (person("county", EAST), person("county", WEST), person("township", "990101001")):
        with pytest.raises(Refused) as refused:
            load(printed, user)
        assert codes(refused) == ["E640"]
    assert load(
        print_run(tmp_path, edition="2026b", villages=VILLAGES[:3]), person("county", EAST, "east2")
    ).run


def test_the_pack_of_a_village_that_was_merged_belongs_to_the_village_that_it_became(
    ledger: Ledger, tmp_path: Path
) -> None:
    from datetime import date

    from counties import area

    load_counties(area(VILLAGES[0], valid_to=date(2025, 12, 31), successors=(VILLAGES[2],)))
    load(print_run(tmp_path))
    assert Pack.objects.get(village=VILLAGES[0]).area_id == VILLAGES[2]
    assert Card.objects.filter(area=VILLAGES[2]).count() == 8
