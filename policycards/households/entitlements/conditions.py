"""What each standard of a catalogue asks, read once: its rule, its variant, its quantity, and where
it is in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.in_force import in_force
from policycards.catalogue.model.policy import Policy, Standard
from policycards.catalogue.rules.language import Column, Term, columns_of
from policycards.catalogue.rules.parser import parse_rule
from policycards.catalogue.rules.rule_columns import LISTED, rule_columns
from policycards.households.entitlements.rule_checks import value_of
from policycards.households.roster.fields import OVERRIDE

AGES = ("age", "age_months")


@dataclass(frozen=True, slots=True)
class Condition:
    """One standard, in its place in the catalogue.

    ``rule`` is None where all have it, and where the list decides (``listed``).
    """

    place: int
    policy: Policy
    standard: Standard
    listed: bool
    rule: Term | None
    variant: Term | None
    quantity: Term | None

    @property
    def of_members(self) -> bool:
        return self.standard.per == "member"

    @property
    def counted(self) -> bool:
        """Whether value x quantity = amount."""
        return self.standard.pays == "cash"

    @property
    def override(self) -> str:
        """The column of the roster that outranks the rule."""
        return OVERRIDE + self.policy.id

    @property
    def override_of_members(self) -> bool:
        """Whether persons are listed for the policy, not households."""
        return all(standard.per == "member" for standard in self.policy.standards)

    @property
    def codes(self) -> list[str]:
        """The areas that policy and values name."""
        return sorted(
            {*self.policy.area, *(value.area for value in self.standard.values if value.area)}
        )

    def terms(self) -> Iterator[Term]:
        yield from (term for term in (self.variant, self.rule, self.quantity) if term)

    def value_in(self, area: str, day: date) -> tuple[bool | None, Decimal | None]:
        """Whether the standard is in force in an area on a day, and its amount there.

        None where the policy holds only in a part of the area. Without any value it is in force,
        without an amount.
        """
        held = in_force(self.standard, day, area)
        if not held.holds:
            return False, None
        return self.holds_in(area), held.value.amount if held.value else None

    def holds_in(self, area: str) -> bool | None:
        """Whether the policy holds in all of an area; None where it holds only in a part."""
        codes = self.policy.area
        if not codes or any(area.startswith(code) for code in codes):
            return True
        return None if any(code.startswith(area) for code in codes) else False


def clauses_of(catalogue: Catalogue) -> tuple[Condition, ...]:
    """The clauses in the catalogue's order; raises RuleFault, which ``check`` would have
    reported.
    """
    columns = rule_columns(catalogue.settings)
    pairs = [(policy, standard) for policy in catalogue.policies for standard in policy.standards]
    return tuple(
        Condition(
            place=place,
            policy=policy,
            standard=standard,
            listed=standard.when == LISTED,
            rule=parse_rule(standard.when, columns)
            if standard.when and standard.when != LISTED
            else None,
            variant=_variant(standard.variant, columns),
            quantity=parse_rule(standard.quantity, columns) if standard.quantity else None,
        )
        for place, (policy, standard) in enumerate(pairs)
    )


def group_terms(catalogue: Catalogue) -> dict[str, Term]:
    """Ready column ``n_<group>`` to the rule whose members it counts."""
    columns = rule_columns(catalogue.settings)
    return {
        f"n_{name}": parse_rule(rule, columns) for name, rule in catalogue.settings.groups.items()
    }


def _variant(variant: Mapping[str, str], columns: Mapping[str, Column]) -> Term | None:
    """A variant as the rule that it is short for: attribute = choice, for each of them."""
    whole: Term | None = None
    for name, choice in variant.items():
        kind = columns[name].kind
        column, literal = (
            Term("column", kind, (), name),
            Term("literal", kind, (), value_of(choice, kind)),
        )
        equal = Term("=", "yes_no", (column, literal))
        whole = Term("AND", "yes_no", (whole, equal)) if whole else equal
    return whole


def roster_columns(names: Iterable[str], groups: Mapping[str, Term]) -> list[str]:
    """The roster's columns behind those that rules name: ``birth_date`` for an age, a group's own
    for its number.
    """
    found: dict[str, None] = {}
    for name in names:
        if name in AGES:
            found["birth_date"] = None
        elif name in groups:
            found |= dict.fromkeys(roster_columns(columns_of(groups[name]), groups))
        else:
            found[name] = None
    return list(found)
