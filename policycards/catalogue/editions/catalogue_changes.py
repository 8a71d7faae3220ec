"""What differs between two catalogues, each on its day: values, texts, rules, and which policies
there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.in_force import StandardInForce
from policycards.catalogue.model.policy import Policy, Text, Value
from policycards.catalogue.yaml.source import Path_

T = TypeVar("T")
Key = tuple[str, Path_]
"""Whose it is (a policy's id, ``catalogue``, ``words``, ``areas`` or ``contacts``), and where it
stands there.

Standards, units and the like stand in a path by their ids, so that moving one is no change.
"""

_NAMED = {
    "standards": "id",
    "categories": "id",
    "units": "id",
    "attributes": "name",
    "topics": "id",
}


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A standard's value that differs; None where there is none in force. ``area`` is empty for
    everywhere.
    """

    policy: str
    standard: str
    area: str
    old: Value | None
    new: Value | None


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that differs, or that only one side has; a telephone counts as a text, the same in
    both languages.
    """

    owner: str
    path: Path_
    old: Text | None
    new: Text | None


@dataclass(frozen=True, slots=True)
class RuleChange:
    """Something that decides who gets how much, as it is written; empty where one side has none."""

    owner: str
    path: Path_
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All that differs; ``added`` and ``ended`` are ids of policies that hold only on one of the
    days.

    Texts and rules are compared where both sides have the policy.
    """

    values: tuple[ValueChange, ...] = ()
    texts: tuple[TextChange, ...] = ()
    rules: tuple[RuleChange, ...] = ()
    added: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any((self.values, self.texts, self.rules, self.added, self.ended))


def difference(old: Catalogue, new: Catalogue, old_day: date, new_day: date) -> Changes:
    """What is different in ``new`` on its day from ``old`` on its."""
    before, after = holding(old, old_day), holding(new, new_day)
    both = {policy.id for policy in old.policies} & {policy.id for policy in new.policies}
    apart = {policy.id for policy in (*old.policies, *new.policies)} - both
    return Changes(
        values=tuple(_value_changes(old, new, old_day, new_day)),
        texts=tuple(
            TextChange(*key, *sides) for key, *sides in _differing(_texts(old), _texts(new), apart)
        ),
        rules=tuple(
            RuleChange(*key, one or "", other or "")
            for key, one, other in _differing(_rules(old), _rules(new), apart)
        ),
        added=tuple(policy for policy in after if policy not in before),
        ended=tuple(policy for policy in before if policy not in after),
    )


def holding(catalogue: Catalogue, day: date) -> list[str]:
    """The policies of which something holds on a day; a standard without any value always does."""
    return list(dict.fromkeys(policy.id for policy, held in catalogue.on(day) if held.holds))


def _value_changes(
    old: Catalogue, new: Catalogue, old_day: date, new_day: date
) -> Iterator[ValueChange]:
    before, after = _standards(old, old_day), _standards(new, new_day)
    for key in dict.fromkeys((*after, *before)):
        sides = [before.get(key, []), after.get(key, [])]
        for area in sorted({held.area for side in sides for held in side if held.is_own}):
            one, other = (
                catalogue.at(day, area)[side[0].standard].value if side else None
                for side, catalogue, day in zip(sides, (old, new), (old_day, new_day), strict=True)
            )
            if _printed(one) != _printed(other):
                yield ValueChange(*key, area, one, other)


def _printed(value: Value | None) -> object:
    """What cards say of a value."""
    return value and (value.amount, value.since, value.source)


def _standards(catalogue: Catalogue, day: date) -> dict[tuple[str, str], list[StandardInForce]]:
    """Each standard in the areas in which it has entries of its own."""
    found: dict[tuple[str, str], list[StandardInForce]] = {}
    for policy, held in catalogue.on(day):
        found.setdefault((policy.id, held.standard.id), []).append(held)
    return found


def _differing(
    old: Mapping[Key, T], new: Mapping[Key, T], apart: set[str]
) -> Iterator[tuple[Key, T | None, T | None]]:
    for key in dict.fromkeys((*new, *old)):
        if key[0] not in apart and old.get(key) != new.get(key):
            yield key, old.get(key), new.get(key)


def _texts(catalogue: Catalogue) -> dict[Key, Text]:
    policies = {policy.id: policy for policy in catalogue.policies}
    found: dict[Key, Text] = {}
    for located in catalogue.texts:
        frame = catalogue if located.owner == "topics" else catalogue.settings
        owner = policies.get(located.owner) or frame
        if located.owner == "contacts":
            contact = catalogue.contacts[int(located.path[0])]
            found["contacts", (contact.area, contact.role, *located.path[1:])] = located.text
        else:
            found[located.owner, _by_name(located.path, owner)] = located.text
    for contact in catalogue.contacts:
        found["contacts", (contact.area, contact.role, "phone")] = Text(
            bo=contact.phone, zh=contact.phone
        )
    return found


def _by_name(path: Path_, owner: object) -> Path_:
    """A path with the id of a standard, a unit or the like instead of its number."""
    if len(path) < 2 or path[0] not in _NAMED or not isinstance(path[1], int):
        return path
    return (path[0], getattr(getattr(owner, path[0])[path[1]], _NAMED[path[0]]), *path[2:])


def _rules(catalogue: Catalogue) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for policy in catalogue.policies:
        found |= {(policy.id, path): text for path, text in _policy_rules(policy) if text}
    settings = catalogue.settings
    for unit in settings.units:
        period = (unit.period.every, unit.period.times, *unit.period.shares)
        found["catalogue", ("units", unit.id, "period")] = " ".join(
            str(part) for part in period if part
        )
    found |= {("catalogue", ("groups", name)): rule for name, rule in settings.groups.items()}
    for area in catalogue.areas.values():
        found |= {
            ("areas", (area.code, name)): text for name, text in area.attributes.items() if text
        }
    return found


def _policy_rules(policy: Policy) -> Iterator[tuple[Path_, str]]:
    yield ("area",), " ".join(policy.area)
    yield ("discreet",), "yes" if policy.discreet else ""
    for standard in policy.standards:
        for key in ("unit", "pays", "limit", "per", "when", "quantity", "rounding"):
            text = getattr(standard, key)
            yield (
                ("standards", standard.id, "for" if key == "per" else key),
                "" if text is None else str(text),
            )
        for name, choice in standard.variant.items():
            yield ("standards", standard.id, "variant", name), choice
