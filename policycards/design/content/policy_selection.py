"""Which policies may concern an area on a day: what a general card lists."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.in_force import StandardInForce
from policycards.catalogue.model.policy import Policy, Standard
from policycards.households.entitlements.rule_checks import concerns

CHANGE_MONTHS = 18
"""What began, ended or was published so many months before a card's date counts as a change."""


def chosen(
    catalogue: Catalogue, area: str, day: date, categories: frozenset[str], policies: frozenset[str]
) -> tuple[Policy, ...]:
    """The policies of a general card, in the catalogue's order; empty sets choose all."""
    return tuple(
        policy
        for policy in catalogue.policies
        if (not categories or policy.category in categories)
        and (not policies or policy.id in policies)
        and holds_in(policy, area)
        and offered(catalogue, policy, area, day)
    )


def holds_in(policy: Policy, area: str) -> bool:
    """Whether a policy holds in an area, or in a part of it."""
    return not policy.area or any(
        area.startswith(code) or code.startswith(area) for code in policy.area
    )


def offered(catalogue: Catalogue, policy: Policy, area: str, day: date) -> tuple[Standard, ...]:
    """The standards of a policy that someone in the area may have on a day.

    A standard is left out where it has not begun or ended long ago, where its variant names another
    class of area, or where its rule is certainly false whoever the household is. One that has no
    value here prints its words, no figure.
    """
    places = tuple(attributes_within(catalogue, area))
    held = catalogue.at(day, area)
    return tuple(
        standard
        for standard in policy.standards
        if has_begun(standard, day, area)
        and not _ended_before(held[standard], day)
        and any(_fits(catalogue, standard, place) for place in places)
    )


def has_begun(standard: Standard, day: date, area: str) -> bool:
    """Whether something holds by a day in an area or a part of it; a standard without any entry
    always has.
    """
    return not standard.values or any(
        value.status != "expected"
        and value.since.first_day <= day
        and (area.startswith(value.area or "") or (value.area or "").startswith(area))
        for value in standard.values
    )


def _ended_before(held: StandardInForce, day: date) -> bool:
    """Whether a standard ended so long ago that a card need not say it."""
    ended = held.ended
    return ended is not None and ended.since.first_day < months_before(day, CHANGE_MONTHS)


def attributes_within(catalogue: Catalogue, area: str) -> list[Mapping[str, str]]:
    """The different attributes of an area and of every division below it; a division inherits what
    it leaves empty.
    """
    codes = [code for code in sorted(catalogue.areas) if code.startswith(area)] or [area]
    found: list[Mapping[str, str]] = []
    for code in codes:
        inherited = catalogue.attributes_of(code)
        if inherited not in found:
            found.append(inherited)
    return found


def _fits(catalogue: Catalogue, standard: Standard, attributes: Mapping[str, str]) -> bool:
    names = {
        attribute.name for attribute in catalogue.settings.attributes if attribute.of == "area"
    }
    if any(
        attributes.get(name, wanted) != wanted
        for name, wanted in standard.variant.items()
        if name in names
    ):
        return False
    if standard.when and any(name in standard.when for name in names):
        return concerns(standard.when, attributes, catalogue) is not False
    return True


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of a shorter month.

    >>> months_before(date(2026, 8, 31), 18)
    datetime.date(2025, 2, 28)
    """
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
