"""Which policies may mean something else in another edition or on another day: all others need no
reckoning.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from policycards.catalogue.editions.catalogue_changes import Changes, difference
from policycards.catalogue.editions.edition import Version
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy, Value
from policycards.design.content.card_content import FIXED
from policycards.design.content.print_context import phones
from policycards.households.entitlements.ageing import aged_policies
from policycards.households.entitlements.conditions import clauses_of

PRINTED = ("name", "short", "claim", "how", "papers", "office", "paid", "deadline", "standards")
"""The texts of a policy that stand on a household's card."""
WORDED = ("unit", "pays", "limit", "quantity", "for", "discreet")
"""The rules that decide words too."""
_ON_CARDS = re.compile(
    "|".join(FIXED)
    + "|card_(?!code|front|former|before|raised|changed).*|(pays|sign|via|claim|unit)_.*"
    + "|subtotal_year|amount_approved|nothing_found|people|group|other_policies|how|supervise"
    + "|papers|office|paid_when|paid_by|deadline"
)
"""Fixed words of a household's card, without those of its dress and of what is news."""
_FILLED = re.compile(r"\{(value|unit|effective)")


@dataclass(frozen=True, slots=True)
class Differing:
    """What may be another for households.

    ``revalued`` policies have other values and nothing else, ``ruled`` ones other rules; ``aged``
    ones may differ for those whom a birthday has moved. ``worded`` are policies with other words on
    cards; ``villages`` are those of which every card has other words.
    """

    revalued: frozenset[str]
    ruled: frozenset[str]
    aged: frozenset[str]
    worded: frozenset[str]
    villages: frozenset[str]


def differing(old: Version, new: Version, villages: Collection[str]) -> Differing:
    """What may be another between two versions for the households of some villages."""
    changes = difference(old.catalogue, new.catalogue, old.day, new.day)
    known = frozenset(policy.id for side in (old, new) for policy in side.catalogue.policies)
    valued = {each.policy for each in changes.values if _amount(each.old) != _amount(each.new)}
    ruled = known if _is_general(changes) else frozenset(_ruled(changes, new.catalogue))
    ruled |= {policy for policy in valued if _begins_or_ends(policy, old, new)}
    aged = (
        aged_policies(old.catalogue) | aged_policies(new.catalogue)
        if old.day != new.day
        else frozenset()
    )
    return Differing(
        revalued=frozenset(valued - ruled),
        ruled=ruled,
        aged=aged,
        worded=frozenset(_worded(changes, (old.catalogue, new.catalogue))),
        villages=frozenset(villages)
        if _on_all(changes)
        else frozenset(_renamed(old, new, villages)),
    )


def only(catalogue: Catalogue, policies: Collection[str]) -> Catalogue:
    """A catalogue of some of its policies."""
    return replace(
        catalogue, policies=tuple(each for each in catalogue.policies if each.id in policies)
    )


def _is_general(changes: Changes) -> bool:
    """Whether something changed on which any rule may rest."""
    return any(rule.owner == "areas" or rule.path[0] == "groups" for rule in changes.rules)


def _ruled(changes: Changes, catalogue: Catalogue) -> Iterator[str]:
    """The policies of which rules are others, or that one side alone has."""
    yield from (*changes.added, *changes.ended)
    units = {rule.path[1] for rule in changes.rules if rule.owner == "catalogue"}
    yield from (rule.owner for rule in changes.rules if rule.owner not in ("catalogue", "areas"))
    yield from (
        each.id
        for each in catalogue.policies
        if units & {standard.unit for standard in each.standards}
    )


def _amount(value: Value | None) -> object:
    return value and value.amount


def _begins_or_ends(policy: str, old: Version, new: Version) -> bool:
    """Whether a standard of a policy is in force on one side only, in some area."""
    sides = [
        {
            (each.standard.id, code): each.value_in(code, side.day)[0]
            for each in clauses
            for code in ("", *each.codes)
        }
        for side in (old, new)
        for clauses in [clauses_of(only(side.catalogue, {policy}))]
    ]
    return sides[0] != sides[1]


def _worded(changes: Changes, catalogues: tuple[Catalogue, Catalogue]) -> Iterator[str]:
    """The policies of which a card's words are others, those too that tell a value or a day in a
    sentence.
    """
    yield from (text.owner for text in changes.texts if text.path[0] in PRINTED)
    yield from (rule.owner for rule in changes.rules if rule.path[-1] in WORDED)
    units = {
        text.path[1]
        for text in changes.texts
        if text.owner == "catalogue" and text.path[0] == "units"
    }
    valued = {each.policy for each in changes.values}
    for policy in catalogues[1].policies:
        if units & {standard.unit for standard in policy.standards} or (
            policy.id in valued and _tells_values(policy)
        ):
            yield policy.id


def _tells_values(policy: Policy) -> bool:
    return _FILLED.search(policy.model_dump_json(include=set(PRINTED) - {"standards"})) is not None


def _on_all(changes: Changes) -> bool:
    """Whether a text changed that every card may have."""
    return any(
        (text.owner == "words" and _ON_CARDS.fullmatch(str(text.path[0])))
        or (text.owner == "catalogue" and text.path[0] in ("issuer", "attributes"))
        for text in changes.texts
    )


def _renamed(old: Version, new: Version, villages: Collection[str]) -> Iterator[str]:
    """The villages with another name or other telephones."""
    for village in villages:
        if _said_of(old.catalogue, village) != _said_of(new.catalogue, village):
            yield village


def _said_of(catalogue: Catalogue, village: str) -> object:
    area = catalogue.areas.get(village)
    return area and area.name, phones(catalogue, village)
