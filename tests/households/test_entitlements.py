"""What households are entitled to: one meaning of rules, exact money, and nothing that depends on
the neighbours.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from entitled import (
    DAY,
    HOME,
    MIXED,
    VILLAGES,
    born,
    catalogue,
    one,
    oracle,
    policy,
    roster,
    values,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_area_rules import COLUMNS, ROW, RULE

from policycards.catalogue.rules.language import RuleFault
from policycards.catalogue.rules.parser import parse_rule
from policycards.households.entitlements.calculate import (
    entitlements,
    entitlements_by_part,
    grouped,
    of_household,
)
from policycards.households.entitlements.expressions import expression, money, unknown
from policycards.households.entitlements.rule_checks import evaluate
from policycards.households.entitlements.sums import is_single, rounded, times_a_year
from policycards.households.model import Entitlement, Roster

MORE = RULE | st.sampled_from(
    [
        "COALESCE(a, 0) > 0",
        "a IS NULL OR p",
        "a IS NOT NULL AND q",
        "LEAST(a, b) > 1",
        "GREATEST(a, b, 2) = 2",
        "ROUND(a * 0.5, 1) >= b",
        "ROUND(a * b) > 1",
        "-a < b - 1",
        "a * b * 0.25 > 1.125",
        "LEFT(t, 1) = 'x' AND a BETWEEN b AND 3",
    ]
)


@given(
    MORE,
    st.lists(ROW, min_size=1, max_size=5),
    st.lists(st.sets(st.sampled_from("abpqt")), min_size=5, max_size=5),
)
@settings(max_examples=400)
def test_polars_gives_every_row_the_answer_that_python_gives(
    rule: str, rows: list[dict[str, Any]], hidden: list[set[str]]
) -> None:
    try:
        term = parse_rule(rule, COLUMNS)
    except RuleFault:
        assume(False)
    known = [
        {
            name: Decimal(cell) / 4 if name == "a" else Decimal(cell) if name == "b" else cell
            for name, cell in row.items()
        }
        for row in rows
    ]
    known = [
        {name: row[name] for name in row if name not in out}
        for row, out in zip(known, hidden, strict=False)
    ]
    types = {"a": money(2), "b": money(0), "p": pl.Boolean, "q": pl.Boolean, "t": pl.String}
    frame = pl.DataFrame(
        {
            name: pl.Series([row.get(name) for row in known], dtype=kind)
            for name, kind in types.items()
        }
    )
    frame = frame.with_columns(pl.col("b").cast(pl.Int32))
    scales = {"a": 2, "b": 0}
    answers = [evaluate(term, row) for row in known]
    told = frame.with_columns(
        expression(term, scales).alias("answer"),
        *(why.alias(f"_{name}") for name, why in unknown(term, scales).items()),
    )
    assert told["answer"].to_list() == answers
    for row, answer, cells in zip(known, answers, told.iter_rows(named=True), strict=True):
        named = {name for name in COLUMNS if cells.get(f"_{name}")}
        assert bool(named) is (answer is None)
        assert named <= {name for name in COLUMNS if name not in row}


@given(st.lists(HOME, min_size=1, max_size=6))
@settings(max_examples=60)
def test_the_whole_roster_at_once_is_each_household_by_itself(homes: list[dict[str, Any]]) -> None:
    told = grouped(entitlements(roster(*homes), MIXED, DAY, with_no=True))
    for number, home in enumerate(homes, 1):
        got = [replace(each, household_id="H1", missing=()) for each in told[f"H{number}"]]
        assert got == oracle(MIXED, home)


@given(st.lists(HOME, min_size=1, max_size=8))
@settings(max_examples=30)
def test_village_by_village_is_the_whole(homes: list[dict[str, Any]]) -> None:
    whole = roster(*sorted(homes, key=lambda home: home["area"]))
    frame = entitlements(whole, MIXED, DAY)
    parts = []
    for village in VILLAGES:
        own = whole.households.filter(pl.col("area") == village)
        members = whole.members.join(own.select("household_id"), on="household_id", how="semi")
        parts.append(entitlements(Roster(own, members), MIXED, DAY))
    assert pl.concat(parts).equals(frame)


@given(st.lists(HOME, min_size=1, max_size=5), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_the_order_of_persons_in_the_file_does_not_matter(
    homes: list[dict[str, Any]], chance: Any
) -> None:
    whole = roster(*homes)
    rows = list(range(whole.members.height))
    chance.shuffle(rows)
    shuffled = Roster(whole.households, whole.members[rows])
    assert entitlements(shuffled, MIXED, DAY).equals(entitlements(whole, MIXED, DAY))


def test_chunks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    homes = [
        {
            "area": VILLAGES[i % 3],
            "mu": Decimal(i),
            "persons": [{"birth_date": born(80 + i)}] * (i % 4),
        }
        for i in range(25)
    ]
    whole = roster(*homes)
    at_once = entitlements(whole, MIXED, DAY)
    monkeypatch.setattr("policycards.households.entitlements.attributes.SIZE", 4)
    assert len(list(entitlements_by_part(whole, MIXED, DAY))) == 7
    assert entitlements(whole, MIXED, DAY).equals(at_once)


def test_rows_are_in_the_order_of_households_then_of_the_catalogue_and_a_no_has_none() -> None:
    told = catalogue(
        policy("b", {"when": "mu > 0"}), policy("a", {}), policy("c", {"when": "yak > 0"})
    )
    frame = entitlements(
        roster({"household_id": "Z", "mu": Decimal(1), "yak": Decimal(0)}, {"household_id": "A"}),
        told,
        DAY,
    )
    assert frame.select("household_id", "policy", "answer", "missing").rows() == [
        ("Z", "b", "yes", ""),
        ("Z", "a", "yes", ""),
        ("A", "b", "cannot_tell", "mu"),
        ("A", "a", "yes", ""),
        ("A", "c", "cannot_tell", "yak"),
    ]
    assert frame.columns == [
        "household_id",
        "policy",
        "standard",
        "answer",
        "value",
        "quantity",
        "amount",
        "missing",
    ]
    assert all(not kind.is_float() for kind in frame.dtypes)
    assert of_household(frame, "nobody") == []


def test_an_empty_roster_has_no_entitlements() -> None:
    whole = roster({"persons": [{}]})
    frame = entitlements(Roster(whole.households.clear(), whole.members.clear()), MIXED, DAY)
    assert frame.is_empty()
    assert frame.schema == entitlements(whole, MIXED, DAY).schema


def test_money_is_exact_and_rounded_once() -> None:
    told = catalogue(policy("p", {"quantity": "mu", "values": values(("2000", "27.87"))}))
    (got,) = one(told, {"mu": Decimal("1234.5678")})
    assert got == Entitlement(
        "H1", "p", "s0", "yes", Decimal("27.87"), Decimal("1234.5678"), Decimal("34407.40")
    )
    cents = catalogue(
        policy("p", {"for": "member", "quantity": "pay", "values": values(("2000", "0.01"))})
    )
    persons = [{"pay": Decimal("0.5")}] * 3
    assert one(cents, {"persons": persons})[0].amount == Decimal("0.02")


@given(st.decimals(0, 10**9, places=4), st.sampled_from(["0.01", "1", "0.5", "10", "0.25"]))
def test_amounts_are_rounded_half_away_from_zero_to_whole_steps(amount: Decimal, step: str) -> None:
    frame = pl.DataFrame({"x": pl.Series([amount], dtype=money(4))})
    (got,) = frame.select(rounded(pl.col("x"), 4, Decimal(step)).alias("r"))["r"]
    units = amount / Decimal(step)
    assert got == (units + Decimal("0.5")).to_integral_value("ROUND_FLOOR") * Decimal(step)


def test_a_float_never_comes_in() -> None:
    whole = roster({"mu": Decimal(1)})
    floats = Roster(whole.households.with_columns(pl.col("mu").cast(pl.Float64)), whole.members)
    with pytest.raises(TypeError, match="mu"):
        entitlements(floats, MIXED, DAY)


def test_one_of_whom_it_cannot_be_told_leaves_the_quantity_open_but_not_the_answer() -> None:
    told = catalogue(policy("old", {"for": "member", "when": "age >= 80"}))
    (got,) = one(told, {"persons": [{"birth_date": born(85)}, {}]})
    assert (got.answer, got.quantity, got.amount, got.missing) == (
        "yes",
        None,
        None,
        ("birth_date",),
    )
    (got,) = one(told, {"persons": [{}, {"birth_date": born(30)}, {}]})
    assert (got.answer, got.quantity, got.amount, got.missing) == (
        "cannot_tell",
        Decimal(2),
        None,
        ("birth_date",),
    )


def test_where_nobody_is_counted_one_sure_person_is_enough() -> None:
    told = catalogue(policy("old", {"for": "member", "when": "age >= 80", "pays": "limit"}))
    (got,) = one(told, {"persons": [{"birth_date": born(85)}, {}]})
    assert (got.answer, got.quantity, got.amount, got.missing) == ("yes", None, None, ())


def test_persons_whom_the_roster_counts_but_does_not_list_are_unknown() -> None:
    told = catalogue(
        policy("old", {"for": "member", "when": "age >= 80"}),
        policy("all", {"for": "member"}),
        policy("n", {"when": "n_child > 0"}),
    )
    old, everyone, child = one(told, {"members": 4, "persons": [{"birth_date": born(85)}]})
    assert (old.answer, old.quantity, old.missing) == ("yes", None, ("birth_date",))
    assert (everyone.answer, everyone.quantity, everyone.amount) == (
        "yes",
        Decimal(4),
        Decimal("40.00"),
    )
    assert (child.answer, child.missing) == ("cannot_tell", ("birth_date",))
    old, everyone, child = one(told, {"members": None})
    assert (old.answer, old.quantity) == ("cannot_tell", None)
    assert (everyone.answer, everyone.quantity, everyone.missing) == ("yes", None, ("members",))


def test_groups_count_persons_and_say_which_column_is_in_want() -> None:
    told = catalogue(
        policy("child", {"when": "n_child >= 2", "quantity": "n_child"}),
        policy("pupil", {"when": "n_pupil = 1"}),
    )
    persons = [
        {"birth_date": born(3), "stage": "小学"},
        {"birth_date": born(15)},
        {"birth_date": born(16), "stage": "初中"},
    ]
    child, pupil = one(told, {"poor": True, "persons": persons})
    assert (child.answer, child.quantity) == ("yes", Decimal(2))
    assert (pupil.answer, pupil.missing) == ("cannot_tell", ("stage", "poor"))
    _child, pupil = one(told, {"poor": False, "persons": persons})
    assert pupil.answer == "no"


def test_months_are_full_months() -> None:
    told = catalogue(policy("baby", {"for": "member", "when": "age_months < 6"}))
    answers = [
        one(told, {"persons": [{"birth_date": birth}]})[0].answer
        for birth in (date(2025, 12, 2), date(2025, 12, 1))
    ]
    assert answers == ["yes", "no"]


@pytest.mark.parametrize(
    ("cell", "answer", "amount"),
    [
        ("yes", "yes", "10.00"),
        ("no", "no", None),
        ("25.50", "yes", "25.50"),
        ("0", "no", None),
        (None, "no", None),
    ],
)
def test_the_list_outranks_the_rule(cell: str | None, answer: str, amount: str | None) -> None:
    told = catalogue(policy("p", {"when": "mu > 0"}), policy("other", {}))
    got = one(told, {"mu": Decimal(0), "is_p": cell})[0]
    assert (got.answer, got.amount) == (answer, Decimal(amount) if amount else None)
    assert got.quantity == (Decimal(1) if cell == "yes" else None)


def test_where_the_list_says_nothing_the_rule_decides() -> None:
    told = catalogue(policy("p", {"when": "mu > 0"}))
    assert one(told, {"mu": Decimal(1), "is_p": None})[0].answer == "yes"
    assert one(told, {"is_p": None})[0].missing == ("mu",)


def test_only_the_listed_have_what_is_for_the_listed_and_without_a_list_nobody_can_tell() -> None:
    told = catalogue(
        policy("p", {"when": "listed"}), policy("m", {"for": "member", "when": "listed"})
    )
    home, person = one(
        told, {"is_p": None, "persons": [{"is_m": "yes"}, {"is_m": None}, {"is_m": "no"}]}
    )
    assert (home.answer, person.answer, person.quantity) == ("no", "yes", Decimal(1))
    home, person = one(told, {"persons": [{}]})
    assert (home.answer, home.missing) == ("cannot_tell", ("is_p",))
    assert (person.answer, person.missing, person.quantity) == (
        "cannot_tell",
        ("is_m",),
        Decimal(1),
    )


def test_of_several_standards_the_rules_say_which_unless_all_say_no() -> None:
    split = policy(
        "p", {"for": "member", "when": "age < 65"}, {"for": "member", "when": "age >= 65"}
    )
    bounded = policy(
        "q", {"for": "member", "when": "age < 5"}, {"for": "member", "when": "age >= 65"}
    )
    persons = [{"birth_date": born(70), "is_p": "yes", "is_q": "yes"}]
    assert [each.answer for each in one(catalogue(split, bounded), {"persons": persons})] == [
        "no",
        "yes",
        "no",
        "yes",
    ]
    persons = [{"birth_date": born(30), "is_p": "yes", "is_q": "yes"}]
    assert [each.answer for each in one(catalogue(split, bounded), {"persons": persons})] == [
        "yes",
        "no",
        "yes",
        "yes",
    ]
    unborn = [{"is_p": "yes"}]
    assert [each.answer for each in one(catalogue(split), {"persons": unborn})] == [
        "cannot_tell"
    ] * 2


def test_an_amount_on_the_list_is_paid_once_though_two_standards_hold() -> None:
    told = catalogue(
        policy("p", {"pays": "approved", "when": "listed"}, {"pays": "approved", "when": "listed"})
    )
    assert [each.amount for each in one(told, {"is_p": "300"})] == [Decimal("300.00"), None]


def test_approved_amounts_of_persons_are_added_where_all_are_known() -> None:
    told = catalogue(policy("p", {"pays": "approved", "for": "member", "when": "listed"}))
    (got,) = one(told, {"persons": [{"is_p": "300"}, {"is_p": "20.5"}, {"is_p": "no"}]})
    assert (got.answer, got.value, got.quantity, got.amount) == (
        "yes",
        Decimal("10"),
        None,
        Decimal("320.50"),
    )
    (got,) = one(told, {"persons": [{"is_p": "300"}, {"is_p": "yes"}]})
    assert (got.answer, got.amount) == ("yes", None)


def test_a_household_on_the_list_of_a_policy_for_both_does_not_say_which_of_its_persons() -> None:
    told = catalogue(policy("p", {"when": "mu > 0"}, {"for": "member", "when": "age >= 80"}))
    persons = [{"birth_date": born(30)}]
    assert [
        each.answer for each in one(told, {"is_p": "yes", "mu": Decimal(0), "persons": persons})
    ] == ["yes", "no"]
    assert [
        each.answer
        for each in one(
            told, {"is_p": "no", "mu": Decimal(1), "persons": [{"birth_date": born(90)}]}
        )
    ] == ["no"] * 2


@pytest.mark.parametrize(
    "pays", ["event", "paid_for_you", "limit", "percent", "loan", "you_pay", "in_kind"]
)
def test_only_cash_is_multiplied(pays: str) -> None:
    (got,) = one(catalogue(policy("p", {"pays": pays, "for": "member"})), {"persons": [{}, {}]})
    assert (got.answer, got.value, got.quantity, got.amount) == ("yes", Decimal(10), None, None)


def test_a_policy_that_holds_only_in_a_part_of_the_area_cannot_be_told() -> None:
    told = catalogue(policy("p", {}, area=["549901101202"]))
    assert one(told, {"area": "549901101"})[0].missing == ("area",)
    assert [one(told, {"area": area})[0].answer for area in VILLAGES] == ["no", "yes", "no"]


def test_attributes_of_areas_come_down_and_the_nearest_value_holds() -> None:
    told = catalogue(
        policy("line", {"variant": {"line": "二线"}}),
        policy("height", {"when": "height > 3650"}),
        policy(
            "value",
            {
                "values": values(
                    ("2000", "1"), ("2001", "2", "549901101"), ("2001", "3", "549901101202")
                )
            },
        ),
    )
    homes = [{"area": area} for area in VILLAGES]
    told_of = grouped(entitlements(roster(*homes), told, DAY, with_no=True))
    assert [[each.answer for each in told_of[f"H{i}"]] for i in (1, 2, 3)] == [
        ["yes", "yes", "yes"],
        ["no", "yes", "yes"],
        ["yes", "cannot_tell", "yes"],
    ]
    assert [told_of[f"H{i}"][2].value for i in (1, 2, 3)] == [2, 3, 1]
    assert told_of["H3"][1].missing == ("height",)


def test_nothing_to_count_is_no_entitlement() -> None:
    told = catalogue(policy("p", {"quantity": "mu - 5"}))
    assert [one(told, {"mu": Decimal(mu)})[0].answer for mu in ("4", "5", "5.01")] == [
        "no",
        "no",
        "yes",
    ]
    assert one(told, {})[0].missing == ("mu",)


def test_what_pays_in_a_year_and_what_pays_once_are_told_apart() -> None:
    periods = [unit.period for unit in catalogue().settings.units]
    told = {
        unit.id: (times_a_year(unit.period), is_single(unit.period))
        for unit in catalogue().settings.units
    }
    assert told == {
        "year": (1, False),
        "month": (12, False),
        "day": (200, False),
        "once": (0, True),
        "event": (0, False),
        "shares": (0, True),
    }
    assert not [period for period in periods if times_a_year(period) and is_single(period)]
