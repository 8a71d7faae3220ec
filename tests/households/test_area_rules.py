"""Whether a rule already says no to an area; what is not known is never taken for no."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from policycards.catalogue.model.catalogue import Catalogue, Settings
from policycards.catalogue.rules.language import Column, RuleFault, sql
from policycards.catalogue.rules.parser import parse_rule
from policycards.households.entitlements.rule_checks import concerns, evaluate

COLUMNS = {
    "a": Column("number", "household"),
    "b": Column("number", "household"),
    "p": Column("yes_no", "household"),
    "q": Column("yes_no", "household"),
    "t": Column("text", "household"),
}


def attribute(name: str, of: str, kind: str, choices: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "name": name,
        "of": of,
        "type": kind,
        "label": {"bo": "ཀ", "zh": "字"},
        "choices": choices,
    }


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    settings = Settings.model_validate(
        {
            "format": 1,
            "data": "sample",
            "issuer": {"bo": "ཀ", "zh": "字"},
            "area": "5499",
            "base_url": "https://card.example.cn",
            "sheet_price": "0.10",
            "check_after_months": 12,
            "categories": [{"id": "help", "name": {"bo": "ཀ", "zh": "字"}, "pictogram": "help"}],
            "units": [
                {"id": "once", "label": {"bo": "{n}", "zh": "{n}"}, "period": {"every": "once"}}
            ],
            "attributes": [
                attribute("yak", "household", "number"),
                attribute("poor", "household", "yes_no"),
                attribute("area_class", "area", "choice", ("二类", "三类", "四类")),
                attribute("altitude", "area", "number"),
                attribute("border", "area", "yes_no"),
            ],
            "groups": {"child": "age < 16"},
        }
    )
    return Catalogue(settings, {}, (), {}, (), frozenset(), (), "", {})


@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        (None, True),
        ("listed", None),
        ("area_class = '四类'", True),
        ("area_class = '二类'", False),
        ("area_class <> '四类'", False),
        ("area_class IN ('二类', '三类')", False),
        ("area_class NOT IN ('二类', '三类')", True),
        ("altitude > 4500", True),
        ("altitude BETWEEN 3000 AND 4000", False),
        ("border", False),
        ("NOT border", True),
        ("yak > 10", None),
        ("area_class = '四类' AND yak > 10", None),
        ("area_class = '二类' AND yak > 10", False),
        ("area_class = '四类' OR yak > 10", True),
        ("area_class = '二类' OR yak > 10", None),
        ("NOT (area_class = '四类' AND yak > 10)", None),
        ("age >= 60 AND border", False),
        ("n_child > 0 AND NOT border", None),
    ],
)
def test_a_rule_answers_yes_no_or_cannot_tell(
    catalogue: Catalogue, rule: str | None, answer: bool | None
) -> None:
    area = {"area_class": "四类", "altitude": "4600", "border": "no"}
    assert concerns(rule, area, catalogue) is answer


@pytest.mark.parametrize(
    "rule",
    [
        "COALESCE(yak, 0) > 0",
        "yak IS NOT NULL",
        "NOT (yak IS NULL)",
        "LEAST(yak, 0) > 1",
        "poor OR NOT poor",
    ],
)
def test_an_unknown_household_is_not_a_household_without(catalogue: Catalogue, rule: str) -> None:
    assert concerns(rule, {"area_class": "四类"}, catalogue) is None


@pytest.mark.parametrize(
    "rule", ["area_class = '四类'", "NOT area_class = '四类'", "area_class <> '二类'", "border"]
)
def test_what_is_not_known_of_the_area_is_never_no(catalogue: Catalogue, rule: str) -> None:
    assert concerns(rule, {"area_class": "", "border": ""}, catalogue) is None
    assert concerns(rule, {}, catalogue) is None


@pytest.mark.parametrize(
    "rule", ["area_class = ", "hukou = '农牧'", "altitude > AVG(altitude)", "altitude + 1", ""]
)
def test_a_faulty_rule_leaves_nothing_out(catalogue: Catalogue, rule: str) -> None:
    assert concerns(rule, {"area_class": "二类", "altitude": "4600"}, catalogue) is None


def test_a_faulty_attribute_leaves_nothing_out(catalogue: Catalogue) -> None:
    assert concerns("altitude > 4500", {"altitude": "high"}, catalogue) is None


NUMBER = st.sampled_from(["a", "b", "0", "1", "2", "3.5"])
SUM = st.tuples(
    NUMBER, st.sampled_from(["+", "-", "*"]), NUMBER, st.sampled_from(["", " + 1", " * 2", " - a"])
).map(" ".join)
AMOUNT = (
    NUMBER | SUM | SUM.map(lambda text: f"({text})") | SUM.map(lambda text: f"GREATEST({text}, b)")
)
CONDITION = st.one_of(
    st.tuples(AMOUNT, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), AMOUNT).map(" ".join),
    st.tuples(
        AMOUNT,
        st.sampled_from(["BETWEEN 0 AND 2", "NOT BETWEEN a AND b", "IN (1, 2)", "NOT IN (3)"]),
    ).map(" ".join),
    st.sampled_from(
        [
            "p",
            "q",
            "p = q",
            "t = 'x'",
            "t <> 'x'",
            "LEFT(t, 1) = 'x'",
            "t IN ('x', 'y')",
            "ROUND(a) > b",
        ]
    ),
)
RULE = st.recursive(
    CONDITION,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(" ".join),
        inner.map(lambda text: f"NOT {text}"),
        inner.map(lambda text: f"({text})"),
    ),
    max_leaves=5,
)
ROW = st.fixed_dictionaries(
    {
        "a": st.sampled_from([0, 1, 2, 5]),
        "b": st.sampled_from([0, 1, 3]),
        "p": st.booleans(),
        "q": st.booleans(),
        "t": st.sampled_from(["x", "xy", "z"]),
    }
)


@given(RULE, ROW)
def test_for_a_row_that_is_known_polars_gives_the_same_answer(
    rule: str, row: dict[str, object]
) -> None:
    try:
        term = parse_rule(rule, COLUMNS)
    except RuleFault:
        assume(False)
    frame = pl.DataFrame({name: [value] for name, value in row.items()})
    known = {name: Decimal(value) if type(value) is int else value for name, value in row.items()}
    answer = evaluate(term, known)
    assert frame.select(pl.sql_expr(sql(term)).alias("r"))["r"].to_list() == [answer]
    assert frame.select(pl.sql_expr(rule).alias("r"))["r"].to_list() == [answer]


@given(RULE, ROW, st.sets(st.sampled_from("abpqt")))
def test_yes_and_no_hold_whatever_the_unknown_turns_out_to_be(
    rule: str, row: dict[str, object], hidden: set[str]
) -> None:
    try:
        term = parse_rule(rule, COLUMNS)
    except RuleFault:
        assume(False)
    known = {name: Decimal(value) if type(value) is int else value for name, value in row.items()}
    some = evaluate(term, {name: value for name, value in known.items() if name not in hidden})
    assert some is None or some == evaluate(term, known)
