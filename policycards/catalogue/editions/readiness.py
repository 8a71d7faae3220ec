"""Whether a catalogue may be published: all that is still a sample, a draft, unconfirmed or a
placeholder.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from policycards.catalogue.model.catalogue import Catalogue, Contact, LocatedText
from policycards.catalogue.model.form import brief
from policycards.catalogue.model.texts import text_digest
from policycards.core.problems import Problem, problem

NO_EXCHANGE = "0000"
"""No telephone begins with it: area codes in China begin with one 0, mobile numbers with 1."""


def unready(catalogue: Catalogue, day: date) -> Iterator[Problem]:
    """Every reason why cards of a day would be marked or mislead."""
    if catalogue.settings.data == "sample":
        yield problem("E854", catalogue.place("catalogue", "data"))
    yield from _drafts(catalogue)
    yield from _unconfirmed(catalogue, day)
    for number, contact in enumerate(catalogue.contacts):
        if is_placeholder(contact):
            place = catalogue.place("contacts", number)
            yield problem("E857", place, phone=contact.phone, area=contact.area)


def is_placeholder(contact: Contact) -> bool:
    """Whether a contact is there only so that a sample can be printed: its row says so, or nobody
    has its number.
    """
    return contact.placeholder or contact.phone.startswith(NO_EXCHANGE)


def draft_texts(catalogue: Catalogue) -> Iterator[LocatedText]:
    """The texts that no reader has vouched for as they are now."""
    return (
        located
        for located in catalogue.texts
        if text_digest(located.text) not in catalogue.reviewed
    )


def _drafts(catalogue: Catalogue) -> Iterator[Problem]:
    """One problem for each owner, at its first draft."""
    owned: dict[str, list[LocatedText]] = {}
    for located in draft_texts(catalogue):
        owned.setdefault(located.owner, []).append(located)
    for drafts in owned.values():
        yield problem("E855", drafts[0].bo, count=len(drafts), text=brief(drafts[0].text.zh))


def _unconfirmed(catalogue: Catalogue, day: date) -> Iterator[Problem]:
    for policy, held in catalogue.on(day):
        value, standard = held.value, held.standard
        if value and held.is_own and value.confirmed is None:
            index = policy.standards.index(standard), standard.values.index(value)
            place = catalogue.place(policy.id, "standards", index[0], "values", index[1])
            amount = "–" if value.amount is None else value.amount
            yield problem("E856", place, amount=amount, since=value.since)
