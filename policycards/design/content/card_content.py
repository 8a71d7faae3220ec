"""The content of a household's card: all that makes it right or wrong, apart from code, edition,
day and looks.

Two cards of one household with equal content say the same; a card whose content would be another
today is stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.design.content.card_lines import (
    SUMS,
    CardLine,
    LineForm,
    card_line,
    is_summed,
    line_form,
    printed_words,
    section_of,
)
from policycards.design.content.policy_text import PolicyText
from policycards.design.content.print_context import Phone, phones
from policycards.households.model import Entitlement
from policycards.households.roster.homes import HouseholdFacts

FIXED = ("title", "pile", "day", "no_fee", "no_secrets", "newest_card", "qr_opens", "qr_network")
"""The fixed words that every card draws; *head* stands only beside a name that is written by hand,
and is none.
"""


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A sum of a household's cash under the word ``key``."""

    key: str
    total: Decimal


@dataclass(frozen=True, slots=True)
class CardContent:
    """What a household's card says: ``lines`` standard by standard.

    ``ask_about`` names policies of which nobody can tell, never a discreet one. ``texts`` are the
    issuer and the fixed words that this card draws.
    """

    household: str
    name_bo: str | None
    name_zh: str | None
    village: Text
    group: str | None
    members: int | None
    lines: tuple[CardLine, ...]
    subtotals: tuple[Subtotal, ...]
    ask_about: tuple[Text, ...]
    phones: tuple[Phone, ...]
    texts: tuple[Text, ...]

    @property
    def policies(self) -> tuple[str, ...]:
        """Ids of the policies that the household has, those with an amount of its own first."""
        paid = [line.form.policy for line in self.lines if line.amount]
        return tuple(dict.fromkeys([*paid, *(line.form.policy for line in self.lines)]))


def substance(
    catalogue: Catalogue, facts: HouseholdFacts, entitlements: Iterable[Entitlement], day: date
) -> CardContent:
    """What the card of a household says on a day. The answers are its own; those that are *no* are
    not needed.
    """
    return Teller(catalogue, day).substance(facts, entitlements)


@dataclass(slots=True)
class _Local:
    """What is said in areas that no code of the catalogue tells apart: forms and names, each said
    once.
    """

    speaker: PolicyText
    lines: dict[tuple[str, str, bool], LineForm] = field(default_factory=dict)
    names: dict[str, Text] = field(default_factory=dict)


class Teller:
    """Tells what cards say on a day, household after household; what it has once said in an area it
    keeps.
    """

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        self.catalogue, self.day = catalogue, day
        self._policies = {policy.id: policy for policy in catalogue.policies}
        self._standards = {
            (policy.id, each.id): each for policy in catalogue.policies for each in policy.standards
        }
        self._places = {key: place for place, key in enumerate(self._standards)}
        values = [value.area for standard in self._standards.values() for value in standard.values]
        areas = [code for policy in catalogue.policies for code in policy.area]
        self._codes = sorted({code for code in (*values, *areas) if code})
        self._locals: dict[tuple[bool, ...], _Local] = {}
        self._phones: dict[str, tuple[Phone, ...]] = {}
        self._texts: dict[tuple[str, ...], tuple[Text, ...]] = {}

    def local(self, area: str) -> _Local:
        """The sayings of an area."""
        key = tuple(area.startswith(code) for code in self._codes)
        if key not in self._locals:
            self._locals[key] = _Local(PolicyText(self.catalogue, area, self.day))
        return self._locals[key]

    def phones(self, area: str) -> tuple[Phone, ...]:
        if area not in self._phones:
            self._phones[area] = phones(self.catalogue, area)
        return self._phones[area]

    def substance(self, facts: HouseholdFacts, entitlements: Iterable[Entitlement]) -> CardContent:
        """What the card of a household says."""
        local = self.local(facts.area)
        sure: dict[str, list[Entitlement]] = {}
        maybe: set[str] = set()
        for each in sorted(entitlements, key=lambda each: self._places[each.policy, each.standard]):
            if each.answer == "yes":
                sure.setdefault(each.policy, []).append(each)
            elif each.answer == "cannot_tell":
                maybe.add(each.policy)
        ask_about = tuple(self.name(local, policy) for policy in self.asked(maybe - set(sure)))
        lines = tuple(self.line(local, each) for entitled in sure.values() for each in entitled)
        words = [
            *FIXED,
            *_words_about(facts),
            *printed_words(lines),
            *["card_ask"][: len(ask_about)],
        ]
        return CardContent(
            household=facts.household_id,
            name_bo=facts.name_bo,
            name_zh=facts.name_zh,
            village=self.catalogue.areas[facts.area].name,
            group=facts.group,
            members=facts.members,
            lines=lines,
            subtotals=tuple(_subtotals(lines)),
            ask_about=ask_about,
            phones=self.phones(facts.area),
            texts=self.texts(tuple(dict.fromkeys(words))),
        )

    def line(self, local: _Local, own: Entitlement) -> CardLine:
        """What the card's table says of one standard."""
        key = own.policy, own.standard, own.amount is None
        standard = self._standards[own.policy, own.standard]
        if key not in local.lines:
            policy = self._policies[own.policy]
            section = section_of(local.speaker, policy, standard, own)
            local.lines[key] = line_form(local.speaker, policy, standard, section)
        return card_line(local.speaker, local.lines[key], standard, own)

    def texts(self, keys: tuple[str, ...]) -> tuple[Text, ...]:
        """The issuer and some fixed words; one value for all cards that have the same."""
        if keys not in self._texts:
            self._texts[keys] = (
                self.catalogue.settings.issuer,
                *(self.catalogue.words[key] for key in keys),
            )
        return self._texts[keys]

    def name(self, local: _Local, policy_id: str) -> Text:
        if policy_id not in local.names:
            policy = self._policies[policy_id]
            local.names[policy_id] = local.speaker.filled(policy.name, policy)
        return local.names[policy_id]

    def asked(self, maybe: set[str]) -> Iterator[str]:
        """Policies that may be asked about, in the catalogue's order."""
        if maybe:
            yield from (
                policy.id
                for policy in self.catalogue.policies
                if policy.id in maybe and not policy.discreet
            )


def _words_about(facts: HouseholdFacts) -> Iterator[str]:
    if facts.members is not None:
        yield "people"
    if facts.group and facts.group.isdecimal():
        yield "group"


def _subtotals(lines: Sequence[CardLine]) -> Iterator[Subtotal]:
    """The sums of cash per year and once; nothing where there are no two amounts to add up."""
    for section, key in SUMS.items():
        if is_summed(lines, section):
            found = [line.figure for line in lines if line.form.section == section]
            yield Subtotal(key, sum(filter(None, found), Decimal(0)))
