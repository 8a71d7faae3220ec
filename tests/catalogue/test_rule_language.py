"""Rules are read into terms of known columns and kinds; whatever else polars would take is refused
by name.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.catalogue.rules.language import Column, RuleFault, columns_of, sql
from policycards.catalogue.rules.parser import parse_rule

COLUMNS = {
    "age": Column("number", "member"),
    "members": Column("number", "household"),
    "n_child": Column("number", "household"),
    "mu": Column("number", "household"),
    "poor": Column("yes_no", "household"),
    "status": Column("text", "household", ("五保", "一般")),
    "since": Column("date", "household"),
    "area_code": Column("text", "area"),
    "order": Column("number", "household"),
}


@pytest.mark.parametrize(
    ("rule", "canonical"),
    [
        ("mu > 0", '("mu" > 0)'),
        ("mu>=0.50", '("mu" >= 0.50)'),
        ("poor", '"poor"'),
        ("not poor", '(NOT "poor")'),
        ("poor = TRUE", '("poor" = TRUE)'),
        ("poor OR mu > 0 AND age < 16", '("poor" OR (("mu" > 0) AND ("age" < 16)))'),
        ("(poor OR mu > 0) AND age < 16", '(("poor" OR ("mu" > 0)) AND ("age" < 16))'),
        ("NOT poor AND poor", '((NOT "poor") AND "poor")'),
        ("mu + 2 * members - 1 > 3", '((("mu" + (2 * "members")) - 1) > 3)'),
        ("mu - 1 - 2 = -3", '((("mu" - 1) - 2) = (- 3))'),
        ("mu - -1 > 0", '(("mu" - (- 1)) > 0)'),
        ("age BETWEEN 3 AND 5 AND poor", '(("age" BETWEEN 3 AND 5) AND "poor")'),
        ("age NOT BETWEEN 3 AND 5", '(NOT ("age" BETWEEN 3 AND 5))'),
        ("status IN ('五保', '一般')", "(\"status\" IN ('五保', '一般'))"),
        ("status not in ('五保')", "(NOT (\"status\" IN ('五保')))"),
        ("mu IN (1, -2)", '("mu" IN (1, (- 2)))'),
        ("mu IS NULL", '("mu" IS NULL)'),
        ("mu is not null", '(NOT ("mu" IS NULL))'),
        ("COALESCE(mu, 0) > 1", '(COALESCE("mu", 0) > 1)'),
        ("least(mu, 10) * 2", '(LEAST("mu", 10) * 2)'),
        ("ROUND(mu, 1) > ROUND(age)", '(ROUND("mu", 1) > ROUND("age"))'),
        ("LEFT(area_code, 6) = '540121'", "(LEFT(\"area_code\", 6) = '540121')"),
        ("area_code = 'it''s'", "(\"area_code\" = 'it''s')"),
        ("since < '2016-07-01'", "(\"since\" < DATE '2016-07-01')"),
        ("'2016-07-01' <= since", "(DATE '2016-07-01' <= \"since\")"),
        ('order > 1 AND "order" < 3', '(("order" > 1) AND ("order" < 3))'),
        ("((((mu))))>1", '("mu" > 1)'),
    ],
)
def test_a_rule_means_what_sql_says(rule: str, canonical: str) -> None:
    assert sql(parse_rule(rule, COLUMNS)) == canonical


def test_the_canonical_form_is_read_as_itself() -> None:
    text = sql(
        parse_rule("NOT poor OR mu - 1 BETWEEN 2 AND -3 * age AND status <> '五保'", COLUMNS)
    )
    assert sql(parse_rule(text, COLUMNS)) == text


def test_the_columns_of_a_rule_are_known() -> None:
    assert sorted(
        set(columns_of(parse_rule("mu > 0 AND (poor OR COALESCE(age, 1) > mu)", COLUMNS)))
    ) == [
        "age",
        "mu",
        "poor",
    ]


@pytest.mark.parametrize(
    ("rule", "code", "at"),
    [
        ("mu > AVG(mu)", "E181", 5),
        ("SUM(mu) OVER (PARTITION BY age) > 1", "E181", 0),
        ("mu / 2 > 1", "E181", 3),
        ("mu % 2 = 1", "E181", 3),
        ("mu != 1", "E181", 3),
        ("mu > CURRENT_DATE", "E181", 5),
        ("CASE WHEN poor THEN 1 ELSE 0 END", "E181", 0),
        ("SELECT 1", "E181", 0),
        ("status LIKE '五%'", "E180", 7),
        ("mu = NULL", "E181", 5),
        ("mu > 1; DROP TABLE x", "E181", 6),
        ("mu > 1 -- note", "E181", 7),
        ("mu > 1 --1", "E181", 7),
        ("mu > 1 /* note */", "E181", 7),
        ("mu＞1", "E181", 2),
        ("mu > 1e3", "E181", 5),
        ("mu > 0x1F", "E181", 5),
        ("mu > .5", "E181", 5),
        ("status = '五保", "E181", 9),
        ("status = “五保”", "E181", 9),
        ("a.mu > 1", "E181", 1),
        ("yak > 1", "E182", 0),
        ("5 > mu > 1", "E185", 7),
        ("mu = age = 3", "E185", 9),
        ("mu IS NULL IS NULL", "E185", 11),
        ("mu BETWEEN 1 AND 2 = 3", "E185", 19),
        ("mu > ", "E187", 4),
        ("(mu > 1", "E187", 7),
        ("", "E187", 0),
        ("mu > 1)", "E180", 6),
        ("mu > 1 poor", "E180", 7),
        ("mu NOT 3", "E180", 7),
        ("mu IN ()", "E180", 7),
        ("mu IN (age)", "E180", 7),
        ("mu > 'many'", "E184", 5),
        ("status > '五保'", "E184", 0),
        ("poor > 1", "E184", 7),
        ("mu AND poor", "E184", 0),
        ("NOT mu", "E184", 4),
        ("poor + 1", "E184", 0),
        ("since < '2016'", "E184", 8),
        ("COALESCE(mu, 'x')", "E184", 13),
        ("status = '五包'", "E156", 9),
        ("status IN ('五保', '五包')", "E156", 17),
        ("ROUND(mu, 1, 2)", "E180", 0),
        ("ROUND(mu, age)", "E180", 10),
        ("LEFT(area_code)", "E180", 0),
        ("LEFT(mu, 2)", "E184", 5),
        ("LEAST(mu)", "E180", 0),
        ("LEAST(poor, poor)", "E184", 6),
        ("poor" + " OR poor" * 25, "E183", 0),
        ("mu > 1" + " " * 500, "E183", 0),
        ("(" * 200 + "mu", "E183", 21),
        ("NOT " * 100 + "poor", "E183", 84),
        ("- " * 200 + "1", "E183", 42),
        ("COALESCE(" * 50 + "mu", "E183", None),
        ("mu > 0." + "0" * 40 + "1", "E183", 5),
        ("mu > 0.000000001", "E183", 5),
        ("mu IN (1, " + "9" * 300 + ")", "E183", 10),
        ("mu BETWEEN 0 AND " + "9" * 15, "E183", 17),
        ("mu * mu * mu > 1", "E183", 0),
        ("mu * 1.00001 > 0", "E183", 0),
        ("LEAST(mu * mu, 1) * 1000", "E183", 0),
        ("ROUND(mu, 9) > 1", "E180", 10),
    ],
)
def test_what_is_no_rule_is_told_with_its_place(rule: str, code: str, at: int | None) -> None:
    with pytest.raises(RuleFault) as fault:
        parse_rule(rule, COLUMNS)
    assert (fault.value.code, fault.value.at if at is not None else None) == (code, at)


@pytest.mark.parametrize(
    "rule", ["mu * mu", "mu * 1.5 * 2", "ROUND(mu * mu, 2) + 1", "mu > 0.0001", "age < 99999999"]
)
def test_rules_of_offices_are_far_below_the_bounds(rule: str) -> None:
    assert parse_rule(rule, COLUMNS)


def test_the_nearest_name_and_choice_are_told() -> None:
    with pytest.raises(RuleFault) as fault:
        parse_rule("n_chld > 2", COLUMNS)
    assert fault.value.facts["nearest"] == "n_child"
    with pytest.raises(RuleFault) as fault:
        parse_rule("status = '五包'", COLUMNS)
    assert fault.value.facts == {
        "attribute": "status",
        "choice": "'五包'",
        "nearest": "五保",
        "known": "五保, 一般",
    }


WORDS = st.sampled_from(
    """mu age poor status since AND OR NOT IN BETWEEN IS NULL ( ) , + - * = <> < 1 2.5 '五保'
    """.strip().split(" ")
)


@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=60))
def test_any_text_is_a_rule_or_a_fault_within_it(text: str) -> None:
    try:
        canonical = sql(parse_rule(text, COLUMNS))
    except RuleFault as fault:
        assert 0 <= fault.at <= len(text)
    else:
        assert sql(parse_rule(canonical, COLUMNS)) == canonical
