"""Rosters and catalogues for tests of entitlements, and their meaning household by household in
plain Python.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl
from hypothesis import strategies as st

from policycards.catalogue.model.catalogue import Area, Catalogue, Settings
from policycards.catalogue.model.in_force import in_force
from policycards.catalogue.model.policy import Policy, Text
from policycards.catalogue.rules.parser import parse_rule
from policycards.catalogue.rules.rule_columns import rule_columns
from policycards.households.entitlements.calculate import entitlements, grouped
from policycards.households.entitlements.rule_checks import evaluate
from policycards.households.model import Entitlement, Roster

DAY = date(2026, 6, 1)
NUMBER = pl.Decimal(18, 4)
VILLAGES = ("549901101201", "549901101202", "549901102201")


def text(zh: str = "字") -> Text:
    return Text(bo="ཡིག", zh=zh)


def attribute(name: str, of: str, kind: str, choices: Sequence[str] = ()) -> dict[str, object]:
    return {
        "name": name,
        "of": of,
        "type": kind,
        "label": {"bo": "ཡིག", "zh": f"字{name}"},
        "choices": choices,
    }


SETTINGS = Settings.model_validate(
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
            {"id": name, "label": {"bo": "{n}", "zh": "{n}"}, "period": period}
            for name, period in {
                "year": {"every": "year"},
                "month": {"every": "month"},
                "day": {"every": "day", "times": 200},
                "once": {"every": "once"},
                "event": {"every": "event"},
                "shares": {"every": "year", "shares": ["5", "3"]},
            }.items()
        ],
        "attributes": [
            attribute("mu", "household", "number"),
            attribute("yak", "household", "number"),
            attribute("poor", "household", "yes_no"),
            attribute("stage", "member", "choice", ("小学", "初中")),
            attribute("pay", "member", "number"),
            attribute("line", "area", "choice", ("一线", "二线")),
            attribute("height", "area", "number"),
        ],
        "groups": {"child": "age < 16", "pupil": "stage = '小学' AND poor"},
    }
)
AREAS = {
    "5499": Area("5499", text("市"), {"line": "二线", "height": ""}),
    "549901101": Area("549901101", text("乡"), {"line": "", "height": "3650.5"}),
    "549901101201": Area("549901101201", text("一村"), {"line": "", "height": ""}),
    "549901101202": Area("549901101202", text("二村"), {"line": "一线", "height": "4700"}),
    "549901102201": Area("549901102201", text("三村"), {"line": "", "height": ""}),
}


def policy(name: str, *standards: Mapping[str, Any], **rest: Any) -> Policy:
    """A policy; a standard is cash of 10 a year unless it says otherwise."""
    words = {key: {"bo": "ཡིག", "zh": f"字{name}"} for key in ("name", "summary", "who")}
    value = {"from": "2000", "recorded": "2020-01-01", "amount": "10"}
    whole = [
        {"id": f"s{i}", "unit": "year", "pays": "cash", "values": [value], **each}
        for i, each in enumerate(standards)
    ]
    return Policy.model_validate(
        {"id": name, "category": "help", **words, "standards": whole, **rest}
    )


def values(*told: tuple[str, str | None] | tuple[str, str | None, str]) -> list[dict[str, object]]:
    """Values of a standard: from, amount (None: ended) and perhaps the area."""
    found = []
    for since, amount, *area in told:
        found.append(
            {"from": since, "recorded": "2020-01-01"}
            | ({"amount": amount} if amount else {"status": "ended"})
            | ({"area": area[0]} if area else {})
        )
    return found


def catalogue(*policies: Policy) -> Catalogue:
    return Catalogue(SETTINGS, {}, policies, AREAS, (), frozenset(), (), "", {})


_OF_HOUSEHOLD: dict[str, Any] = {
    "mu": NUMBER,
    "yak": NUMBER,
    "poor": pl.Boolean,
    "hukou": pl.String,
}
_OF_MEMBER: dict[str, Any] = {
    "birth_date": pl.Date,
    "stage": pl.String,
    "pay": NUMBER,
    "school_stage": pl.String,
}


def roster(*homes: Mapping[str, Any]) -> Roster:
    """A roster of households; ``persons`` are their members, ``members`` their number where it is
    another.
    """
    households, members = [], []
    for number, home in enumerate(homes, 1):
        persons = home.get("persons", [])
        identity = home.get("household_id", f"H{number}")
        base = {"household_id": identity, "area": VILLAGES[0], "members": len(persons) or None}
        names = {"group": "一组", "name_bo": "བཀྲ་ཤིས", "name_zh": "扎西"}
        households.append(
            {**base, **names, **{key: value for key, value in home.items() if key != "persons"}}
        )
        members += [
            {"household_id": identity, "name_bo": None, "name_zh": f"人{i}", **each}
            for i, each in enumerate(persons)
        ]
    return Roster(
        _frame(households, _OF_HOUSEHOLD),
        _frame(members, {"household_id": pl.String, **_OF_MEMBER}),
    )


def _frame(rows: list[dict[str, Any]], types: Mapping[str, Any]) -> pl.DataFrame:
    names = dict.fromkeys([name for row in rows for name in row] or ["household_id", "birth_date"])
    if "birth_date" in types:
        names["birth_date"] = None
    return pl.DataFrame(
        {
            name: pl.Series([row.get(name) for row in rows], dtype=types.get(name) or _type(name))
            for name in names
        }
    )


def _type(name: str) -> Any:
    return pl.Int64 if name == "members" else NUMBER if name.endswith("_mu") else pl.String


def one(told: Catalogue, home: Mapping[str, Any], day: date = DAY) -> list[Entitlement]:
    """The entitlements of a household that is alone in its roster, with each no."""
    return grouped(entitlements(roster(home), told, day, with_no=True)).get("H1", [])


def born(years: int, day: date = DAY) -> date:
    """The birth date of someone who is so old on a day, since half a year."""
    return date(day.year - years - (day.month < 7), (day.month + 5) % 12 + 1, 1)


def oracle(told: Catalogue, home: Mapping[str, Any], day: date = DAY) -> list[Entitlement]:
    """The same, person by person and rule by rule, for catalogues of which each policy has one
    standard.
    """
    columns = rule_columns(told.settings)
    area = home.get("area", VILLAGES[0])
    known = {
        name: value for name, value in home.items() if name in columns or name.startswith("is_")
    }
    known |= {name: _area_value(name, cell) for name, cell in told.attributes_of(area).items()}
    persons = [
        known | each | _ages(each.get("birth_date"), day) for each in home.get("persons", [])
    ]
    persons = [each for each in persons if not each.get("birth_date") or each["birth_date"] <= day]
    return [_of_policy(told, each, known, persons, area, day, columns) for each in told.policies]


def _area_value(name: str, cell: str) -> object:
    return Decimal(cell) if name == "height" else cell


def _ages(birth: date | None, day: date) -> dict[str, Any]:
    if birth is None:
        return {}
    years = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    return {"age": Decimal(years)}


def _of_policy(
    told: Catalogue,
    policy: Policy,
    known: Mapping[str, Any],
    persons: list[dict[str, Any]],
    area: str,
    day: date,
    columns: Any,
) -> Entitlement:
    (standard,) = policy.standards
    value = in_force(standard, day, area).value
    no = Entitlement("H1", policy.id, standard.id, "no", None, None, None)
    if (policy.area and not any(area.startswith(code) for code in policy.area)) or (
        standard.values and not value
    ):
        return no
    amount = value.amount if value else None

    def holds(row: Mapping[str, Any]) -> tuple[bool | None, Decimal | None]:
        rule = standard.when
        list_says = row.get(f"is_{policy.id}")
        if list_says == "no":
            return False, None
        if list_says is None and rule == "listed":
            return (False if f"is_{policy.id}" in row else None), None
        variant = [
            None if row.get(name) is None else row[name] == wanted
            for name, wanted in standard.variant.items()
        ]
        told = True if list_says or not rule else evaluate(parse_rule(rule, columns), row)
        quantity = (
            evaluate(parse_rule(standard.quantity, columns), row)
            if standard.quantity
            else Decimal(1)
        )
        parts = [*variant, told]
        if standard.pays == "cash":
            parts.append(None if quantity is None else quantity > 0)
        return (False if False in parts else None if None in parts else True), quantity

    rows = persons if standard.per == "member" else [known]
    found = [holds(row) for row in rows]
    sure, unsure = any(each is True for each, _q in found), any(each is None for each, _q in found)
    answer = "yes" if sure else "cannot_tell" if unsure else "no"
    if answer == "no":
        return no
    quantity = total = None
    if standard.pays == "cash":
        some = [q for each, q in found if each is not False]
        if not (sure and unsure) and None not in some:
            quantity = sum(some, Decimal(0))
        if sure and not unsure:
            total = (amount * quantity / standard.rounding).quantize(
                Decimal(1), ROUND_HALF_UP
            ) * standard.rounding
    return replace(no, answer=answer, value=amount, quantity=quantity, amount=total)  # type: ignore[arg-type]


HOME = st.fixed_dictionaries(
    {
        "area": st.sampled_from(VILLAGES),
        "mu": st.sampled_from(
            [None, Decimal("0"), Decimal("0.01"), Decimal("12.345"), Decimal("1500")]
        ),
        "yak": st.sampled_from([None, Decimal("0"), Decimal("3")]),
        "poor": st.sampled_from([None, True, False]),
        "is_listed-home": st.sampled_from([None, "yes", "no"]),
        "persons": st.lists(
            st.fixed_dictionaries(
                {
                    "birth_date": st.sampled_from(
                        [
                            None,
                            *(born(age) for age in (2, 3, 15, 16, 59, 80)),
                            DAY,
                            date(2026, 6, 2),
                            date(1946, 6, 1),
                        ]
                    ),
                    "stage": st.sampled_from([None, "小学", "初中"]),
                    "pay": st.sampled_from([None, Decimal("0"), Decimal("2.5")]),
                    "is_listed": st.sampled_from([None, "yes", "no"]),
                }
            ),
            min_size=1,
            max_size=4,
        ),
    }
)
"""Households with everything that can be unknown unknown at times."""

MIXED = catalogue(
    policy("mu", {"when": "mu > 0", "quantity": "mu"}),
    policy(
        "round", {"quantity": "mu * 1.5 + yak", "rounding": "1", "values": values(("2000", "7.55"))}
    ),
    policy(
        "half",
        {"quantity": "GREATEST(mu, yak)", "rounding": "0.5", "values": values(("2000", "0.33"))},
    ),
    policy("poor", {"when": "poor OR yak > 2", "pays": "limit"}),
    policy("coalesce", {"when": "COALESCE(yak, 0) = 0 AND NOT poor"}),
    policy("old", {"for": "member", "when": "age >= 80"}),
    policy("baby", {"for": "member", "when": "age < 3 AND yak < 3", "unit": "month"}),
    policy("pupil", {"for": "member", "when": "stage = '小学'", "pays": "paid_for_you"}),
    policy("pay", {"for": "member", "quantity": "pay", "values": values(("2000", "3.10"))}),
    policy("first", {"for": "member", "when": "age >= 16", "variant": {"line": "一线"}}),
    policy("high", {"when": "height > 4000"}),
    policy("village", {"when": "yak >= 0"}, area=["549901101"]),
    policy(
        "near",
        {
            "values": values(
                ("2000", "10"), ("2010", "20", "549901101"), ("2012", "30", "549901101202")
            )
        },
    ),
    policy("over", {"values": values(("2000", "10"), ("2020", None))}),
    policy("later", {"values": values(("2027", "10"))}),
    policy("listed", {"for": "member", "when": "listed"}),
    policy("listed-home", {"when": "listed", "unit": "once"}),
)
"""One standard for each thing that a rule, a value or a list can be."""
