"""What rules may name in a catalogue, and whether its rules, quantities and groups are sound."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from policycards.catalogue.model.catalogue import Catalogue, Settings
from policycards.catalogue.model.policy import Policy, Standard
from policycards.catalogue.rules.language import Column, Kind, RuleFault, columns_of, term_text
from policycards.catalogue.rules.parser import parse_rule
from policycards.core.problems import Place, Problem, problem

LISTED = "listed"
"""Written for a rule where only those whom the roster lists have the standard."""


def rule_columns(settings: Settings) -> dict[str, Column]:
    """Every column a rule may name: the declared attributes and the ready ones."""
    columns = {
        "age": Column("number", "member"),
        "age_months": Column("number", "member"),
        "members": Column("number", "household"),
        **{f"n_{group}": Column("number", "household") for group in settings.groups},
    }
    for attribute in settings.attributes:
        kind: Kind = "text" if attribute.type == "choice" else attribute.type
        columns[attribute.name] = Column(kind, attribute.of, attribute.choices)
    return columns


def rule_problems(catalogue: Catalogue) -> Iterator[Problem]:
    """What is wrong with the rules, quantities and groups of a catalogue."""
    columns = rule_columns(catalogue.settings)
    counted = {name: column for name, column in columns.items() if not name.startswith("n_")}
    for name, rule in catalogue.settings.groups.items():
        yield from _problems(
            rule, "yes_no", counted, True, catalogue.place("catalogue", "groups", name)
        )
    for policy in catalogue.policies:
        for i, standard in enumerate(policy.standards):
            yield from _standard_problems(policy, i, standard, columns, catalogue)


def _standard_problems(
    policy: Policy,
    index: int,
    standard: Standard,
    columns: Mapping[str, Column],
    catalogue: Catalogue,
) -> Iterator[Problem]:
    of_member = standard.per == "member"
    for name in standard.variant:
        if columns[name].owner == "member" and not of_member:
            yield problem(
                "E186", catalogue.place(policy.id, "standards", index, "variant", name), name=name
            )
    if standard.when is not None and standard.when != LISTED:
        place = catalogue.place(policy.id, "standards", index, "when")
        yield from _problems(standard.when, "yes_no", columns, of_member, place)
    if standard.quantity is not None:
        place = catalogue.place(policy.id, "standards", index, "quantity")
        yield from _problems(standard.quantity, "number", columns, of_member, place)


def _problems(
    text: str, kind: Kind, columns: Mapping[str, Column], of_member: bool, place: Place
) -> Iterator[Problem]:
    try:
        term = parse_rule(text, columns)
        if term.kind != kind:
            raise RuleFault("E184", 0, what=term_text(term), wanted=kind, kind=term.kind)
        for name in columns_of(term):
            if columns[name].owner == "member" and not of_member:
                raise RuleFault("E186", text.find(name), name=name)
    except RuleFault as fault:
        column = place.column + fault.at if place.column else 0
        yield problem(fault.code, replace(place, column=column), **fault.facts)
