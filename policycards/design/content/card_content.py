"""The substance of a household's card: all that makes it right or wrong, apart from code, edition,
day and looks.

Two cards of one household with equal substance say the same; a card whose substance would be
another today is stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from policycards.catalogue.model.catalogue import Catalogue, Contact
from policycards.catalogue.model.policy import Text
from policycards.design.content.benefit_lines import BenefitLine, Kind, claimed
from policycards.design.content.card_lines import (
    CardLine,
    LineForm,
    card_line,
    line_form,
    section_of,
)
from policycards.design.content.policy_text import PolicyText, Row
from policycards.design.content.print_context import ladder
from policycards.households.entitlements.sums import is_single, times_a_year
from policycards.households.model import Entitlement
from policycards.households.roster.homes import HouseholdFacts
from policycards.typeset import numbers

FIXED = ("title", "pile", "no_fee", "no_secrets", "newest_card", "qr_opens", "qr_network")
"""The fixed words that every card draws; *head* stands only beside a name that is written by hand,
and is none.
"""


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A sum of a household's cash; ``label`` is the word for its period, around the number.

    ``reckoning`` has its terms, where there is more than one yearly amount:
    1,300 + 1,250 × 12 + …, so that whoever can reckon can check it.
    """

    key: str
    name: Text
    label: Text
    total: Decimal
    reckoning: str


@dataclass(frozen=True, slots=True)
class CardContent:
    """What a household's card says.

    ``own`` are the policies with an amount of the household's own, ``general`` those without;
    ``ask_about`` names policies of which nobody can tell, never a discreet one. ``texts`` are the
    issuer and the fixed words that this card draws beside those that its lines are made of.
    ``lines`` say the same, standard by standard, as the card's table has it.
    """

    household: str
    name_bo: str | None
    name_zh: str | None
    village: Text
    group: str | None
    members: int | None
    own: tuple[BenefitLine, ...]
    general: tuple[BenefitLine, ...]
    subtotals: tuple[Subtotal, ...]
    ask_about: tuple[Text, ...]
    phones: tuple[tuple[str, Contact], ...]
    texts: tuple[Text, ...]
    lines: tuple[CardLine, ...] = field(default=(), compare=False)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of policies with an amount of the household's own."""
        return tuple(claim.row for claim in self.own)

    @property
    def others(self) -> tuple[Row, ...]:
        """The rows of policies without one."""
        return tuple(claim.row for claim in self.general)

    @property
    def policies(self) -> tuple[str, ...]:
        """Ids of the policies that the household has."""
        return tuple(claim.policy for claim in (*self.own, *self.general))


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
    forms: dict[tuple[str, tuple[Kind, ...]], Row] = field(default_factory=dict)
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
        self._phones: dict[str, tuple[tuple[str, Contact], ...]] = {}
        self._texts: dict[tuple[str, ...], tuple[Text, ...]] = {}

    def local(self, area: str) -> _Local:
        """The sayings of an area."""
        key = tuple(area.startswith(code) for code in self._codes)
        if key not in self._locals:
            self._locals[key] = _Local(PolicyText(self.catalogue, area, self.day))
        return self._locals[key]

    def phones(self, area: str) -> tuple[tuple[str, Contact], ...]:
        if area not in self._phones:
            self._phones[area] = ladder(self.catalogue, area)
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
        own: list[BenefitLine] = []
        general: list[BenefitLine] = []
        for policy, entitled in sure.items():
            paying = any(each.amount is not None for each in entitled)
            claim = claimed(local.speaker, self._policies[policy], entitled, local.forms)
            (own if paying else general).append(claim)
        ask_about = tuple(self.name(local, policy) for policy in self.asked(maybe - set(sure)))
        phones = self.phones(facts.area)
        words = [
            *_words_about(facts),
            *_words_around(own, general),
            *(key for key, _contact in phones),
        ]
        return CardContent(
            household=facts.household_id,
            name_bo=facts.name_bo,
            name_zh=facts.name_zh,
            village=self.catalogue.areas[facts.area].name,
            group=facts.group,
            members=facts.members,
            own=tuple(own),
            general=tuple(general),
            subtotals=tuple(
                self.subtotals(each for entitled in sure.values() for each in entitled)
            ),
            ask_about=ask_about,
            phones=phones,
            texts=self.texts((*FIXED, *words, *(["ask_about"] if ask_about else []))),
            lines=tuple(self.line(local, each) for entitled in sure.values() for each in entitled),
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

    def subtotals(self, sure: Iterable[Entitlement]) -> Iterator[Subtotal]:
        """The sums of cash per year and once, each with its terms; nothing where there is no such
        cash.
        """
        yearly: list[tuple[Decimal, int]] = []
        once: list[tuple[Decimal, int]] = []
        for each in sure:
            standard = self._standards[each.policy, each.standard]
            if each.amount is not None and standard.pays == "cash" and standard.unit:
                period = self.catalogue.unit(standard.unit).period
                if times := times_a_year(period):
                    yearly.append((each.amount, times))
                elif is_single(period):
                    once.append((each.amount, 1))
        for key, word, terms in (
            ("subtotal_year", "amount_year", yearly),
            ("subtotal_once", "amount_shares", once),
        ):
            if terms:
                total = sum((amount * times for amount, times in terms), Decimal(0))
                words = self.catalogue.words
                yield Subtotal(key, words[key], words[word], total, _reckoning(terms))


def _words_about(facts: HouseholdFacts) -> Iterator[str]:
    if facts.members is not None:
        yield "people"
    if facts.group and facts.group.isdecimal():
        yield "group"


def _words_around(own: Sequence[BenefitLine], general: Sequence[BenefitLine]) -> Iterator[str]:
    claims = [*own, *general]
    if not claims:
        yield "nothing_found"
        return
    yield from ("your_policies", "approval_decides")
    if own and general:
        yield "other_policies"
    if not all(claim.form.paid for claim in claims):
        yield "paid_unknown"
    if any(claim.form.how or claim.form.needs for claim in claims):
        yield "how"


def _reckoning(terms: Sequence[tuple[Decimal, int]]) -> str:
    """Nothing for one yearly amount."""
    if terms[1:] or terms[0][1] != 1:
        return " + ".join(
            numbers.plain(amount) + f" × {times}" * (times != 1) for amount, times in terms
        )
    return ""
