"""What a printed piece says of itself: edition, date, marks, whom to ring, and the code that opens
the details.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policycards.catalogue import text_digest
from policycards.catalogue.model.catalogue import Catalogue, Contact, LocatedText
from policycards.catalogue.model.policy import Policy, Text

PROOF_LENGTH = 8
OFFICE_KINDS = {12: "card_village", 9: "card_township", 6: "card_county"}
"""Words for the office of a division, by the length of its code."""


@dataclass(frozen=True, slots=True)
class PrintContext:
    """The facts of a print run that every piece of it carries; ``squares`` is the QR code of this
    piece.

    ``demo`` says that its codes come from the key that everybody has, so that it is a sample
    whatever is reviewed.
    """

    area: str
    day: date
    edition: str
    published: bool
    squares: tuple[tuple[bool, ...], ...]
    domain: str
    demo: bool = False


def proof_edition(digest: str, day: date) -> str:
    """The id of an unpublished edition: from the catalogue's digest and the day, so that it names
    what was printed.

    >>> proof_edition("0123456789abcdef", date(2026, 1, 31))
    'p9v01234'
    """
    days = day.toordinal() % 1024
    digits = "0123456789abcdefghijklmnopqrstuv"
    return f"p{digits[days // 32]}{digits[days % 32]}{digest[: PROOF_LENGTH - 3]}"


def marks(
    catalogue: Catalogue, policies: Iterable[Policy], imprint: PrintContext
) -> tuple[Text, ...]:
    """The marks that no theme can remove: a text unreviewed, a value unconfirmed, an edition
    unpublished.
    """
    return Marks(catalogue, imprint, Drafts.of(catalogue)).of(policy.id for policy in policies)


@dataclass(frozen=True, slots=True)
class Drafts:
    """Texts that nobody has reviewed: the policies that they are of, and the areas whose pieces
    name them.
    """

    owners: frozenset[str]
    areas: tuple[str, ...]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Drafts:
        texts = [
            text for text in catalogue.texts if text_digest(text.text) not in catalogue.reviewed
        ]
        areas = sorted({_area_of(text, catalogue) for text in texts})
        return cls(frozenset(text.owner for text in texts), tuple(areas))


class Marks:
    """The marks of pieces of one area, whatever policies they tell of."""

    def __init__(self, catalogue: Catalogue, imprint: PrintContext, drafts: Drafts) -> None:
        self._catalogue, self._imprint, self._owners = catalogue, imprint, drafts.owners
        self._named = any(map(imprint.area.startswith, drafts.areas))
        self._unsure = {
            policy.id
            for policy, held in catalogue.at(imprint.day, imprint.area)
            if held.value and not held.value.confirmed
        }

    def of(self, policies: Iterable[str]) -> tuple[Text, ...]:
        """The marks of a piece that tells of some policies, by their ids."""
        ids = {*policies, "catalogue", "words"}
        found = (
            ("mark_draft", bool(ids & self._owners) or self._named or self._imprint.demo),
            ("mark_sample", self._catalogue.settings.data == "sample" or bool(ids & self._unsure)),
            ("mark_proof", not self._imprint.published),
        )
        return tuple(self._catalogue.words[key] for key, holds in found if holds)


def _area_of(text: LocatedText, catalogue: Catalogue) -> str:
    """The area whose pieces name a division or an office; no area begins with what is none of the
    two.
    """
    if text.owner == "areas":
        return str(text.path[0])
    row = int(text.path[0]) if text.owner == "contacts" else len(catalogue.contacts)
    return catalogue.contacts[row].area if row < len(catalogue.contacts) else "–"


def ladder(catalogue: Catalogue, area: str) -> tuple[tuple[str, Contact], ...]:
    """Whom to ring, nearest first: the two nearest who can be asked, then who supervises. Empty
    where nobody can be.
    """
    asks = [
        contact
        for contact in catalogue.contacts
        if contact.role == "ask" and area.startswith(contact.area)
    ]
    nearest = sorted(asks, key=lambda contact: -len(contact.area))[:2]
    supervise = catalogue.contact(area, "supervise") if asks else None
    return tuple(
        [("ask", contact) for contact in nearest]
        + ([("supervise", supervise)] if supervise else [])
    )


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone as a household's card has it; ``hours`` in Chinese, "" where they are not
    known.
    """

    role: str
    office: Text
    number: str
    hours: str


def phones(catalogue: Catalogue, area: str) -> tuple[Phone, ...]:
    """The telephones of a card: offices by what kind they are, where no other is of that kind, and
    who supervises by that alone.
    """
    rungs, words = ladder(catalogue, area), catalogue.words
    lengths = [len(contact.area) for role, contact in rungs if role == "ask"]

    def office(role: str, contact: Contact) -> Text:
        kind = OFFICE_KINDS.get(len(contact.area))
        if role == "supervise":
            return words["supervise"]
        return words[kind] if kind and lengths.count(len(contact.area)) == 1 else contact.office

    return tuple(
        Phone(role, office(role, each), each.phone, each.hours.zh if each.hours else "")
        for role, each in rungs
    )


def ends_of_ladder(catalogue: Catalogue, area: str) -> tuple[tuple[str, Contact], ...]:
    """The nearest who can be asked, and who supervises or else is the farthest to be asked; one
    where that is all.
    """
    rungs = ladder(catalogue, area)
    return rungs[:1] + rungs[1:][-1:]
