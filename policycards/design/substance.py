"""The substance of a household's card: all that makes it right or wrong, apart from code, edition, day and looks.

Two cards of one household with equal substance say the same; a card whose substance would be another today is stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policycards.catalogue.model import Catalogue, Contact, Lang, Policy, Text
from policycards.design.claims import claimed
from policycards.design.imprint import ladder
from policycards.design.statement import Phrase, Row, Speaker
from policycards.households.homes import HouseholdFacts
from policycards.households.model import Entitlement
from policycards.households.sums import subtotals, times_a_year

FIXED = (
    *("title", "head", "people", "pile", "group", "your_policies", "other_policies", "nothing_found", "paid_unknown"),
    *("claiming", "how", "papers", "office", "ask_about", "approval_decides"),
    *("no_fee", "no_secrets", "newest_card", "qr_opens", "qr_network"),
)
"""The fixed words that every card draws beside those that its lines are made of."""


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A sum of a household's cash; ``reckoning`` has its terms, where there is more than one yearly amount."""

    name: Text
    total: Decimal
    phrases: Mapping[Lang, Phrase]
    reckoning: str


@dataclass(frozen=True, slots=True)
class Steps:
    """How to claim policies that are claimed alike."""

    policies: tuple[str, ...]
    names: tuple[Text, ...]
    how: tuple[Text, ...]
    papers: tuple[Text, ...]
    office: Text | None


@dataclass(frozen=True, slots=True)
class Substance:
    """What a household's card says.

    ``rows`` are the policies with an amount of the household's own, ``others`` those without; ``ask_about`` names
    policies of which nobody can tell, never a discreet one.
    """

    household: str
    name_bo: str | None
    name_zh: str | None
    village: Text
    group: str | None
    members: int | None
    rows: tuple[Row, ...]
    others: tuple[Row, ...]
    subtotals: tuple[Subtotal, ...]
    steps: tuple[Steps, ...]
    ask_about: tuple[Text, ...]
    phones: tuple[tuple[str, Contact], ...]
    texts: tuple[Text, ...]

    @property
    def policies(self) -> tuple[str, ...]:
        """Ids of the policies that the household has."""
        return tuple(row.policy for row in (*self.rows, *self.others))


def substance(catalogue: Catalogue, facts: HouseholdFacts, entitlements: Iterable[Entitlement], day: date) -> Substance:
    """What the card of a household says on a day. The answers are its own; those that are *no* are not needed."""
    answers = list(entitlements)
    sure = {(each.policy, each.standard): each for each in answers if each.answer == "yes"}
    had = {policy for policy, _standard in sure}
    maybe = {each.policy for each in answers if each.answer == "cannot_tell"} - had
    speaker = Speaker(catalogue, facts.area, day)
    policies = [policy for policy in catalogue.policies if policy.id in had]
    paying = {each.policy for each in sure.values() if each.amount is not None}
    rows = [
        claimed(speaker, policy, {name: each for (owner, name), each in sure.items() if owner == policy.id})
        for policy in policies
    ]
    return Substance(
        household=facts.household_id,
        name_bo=facts.name_bo,
        name_zh=facts.name_zh,
        village=catalogue.areas[facts.area].name,
        group=facts.group,
        members=facts.members,
        rows=tuple(row for row in rows if row.policy in paying),
        others=tuple(row for row in rows if row.policy not in paying),
        subtotals=tuple(_subtotals(speaker, sure)),
        steps=_steps(speaker, policies),
        ask_about=tuple(
            speaker.filled(policy.name, policy)
            for policy in catalogue.policies
            if policy.id in maybe and not policy.discreet
        ),
        phones=ladder(catalogue, facts.area),
        texts=(catalogue.settings.issuer, *(catalogue.words[key] for key in FIXED)),
    )


def _subtotals(speaker: Speaker, sure: dict[tuple[str, str], Entitlement]) -> Iterator[Subtotal]:
    """The sums of cash per year and once, each with its terms; nothing where there is no such cash."""
    terms: dict[str, list[tuple[Decimal, int]]] = {"subtotal_year": [], "subtotal_once": []}
    for policy in speaker.catalogue.policies:
        for standard in policy.standards:
            entitled = sure.get((policy.id, standard.id))
            if entitled and entitled.amount is not None and standard.pays == "cash" and standard.unit:
                period = speaker.catalogue.unit(standard.unit).period
                if times := times_a_year(period):
                    terms["subtotal_year"].append((entitled.amount, times))
                elif period.every == "once" or period.shares:
                    terms["subtotal_once"].append((entitled.amount, 1))
    sums = subtotals(sure.values(), speaker.catalogue)
    told = (("subtotal_year", "amount_year", sums.per_year), ("subtotal_once", "amount_shares", sums.once))
    for key, word, total in told:
        if terms[key]:
            phrases = speaker.phrases(total, speaker.catalogue.words[word])
            yield Subtotal(speaker.catalogue.words[key], total, phrases, _reckoning(speaker, terms[key]))


def _reckoning(speaker: Speaker, terms: list[tuple[Decimal, int]]) -> str:
    """1,300 + 1,250 × 12 + …, so that whoever can reckon can check it; nothing for one yearly amount."""
    if terms[1:] or terms[0][1] != 1:
        return " + ".join(speaker.number(amount, "zh") + f" × {times}" * (times != 1) for amount, times in terms)
    return ""


def _steps(speaker: Speaker, policies: list[Policy]) -> tuple[Steps, ...]:
    """Policies with the same steps, papers and office together; those of which nothing is told are left out."""
    alike: dict[tuple[tuple[Text, ...], tuple[Text, ...], Text | None], list[Policy]] = {}
    for policy in policies:
        told = tuple(tuple(speaker.filled(text, policy) for text in texts) for texts in (policy.how, policy.papers))
        office = speaker.filled(policy.office, policy) if policy.office else None
        if any((*told, office)):
            alike.setdefault((told[0], told[1], office), []).append(policy)
    return tuple(
        Steps(tuple(each.id for each in group), tuple(speaker.filled(each.name, each) for each in group), *told)
        for told, group in alike.items()
    )
