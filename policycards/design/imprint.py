"""What a printed piece says of itself: edition, date, marks, whom to ring, and the code that opens the details."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from policycards.catalogue import text_digest
from policycards.catalogue.model import Catalogue, Contact, LocatedText, Policy, Text

PROOF_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Imprint:
    """The facts of a print run that every piece of it carries; ``squares`` is the QR code of this piece.

    ``demo`` says that its codes come from the key that everybody has, so that it is a sample whatever is reviewed.
    """

    area: str
    day: date
    edition: str
    published: bool
    squares: tuple[tuple[bool, ...], ...]
    domain: str
    demo: bool = False


def proof_edition(digest: str, day: date) -> str:
    """The id of an unpublished edition: from the catalogue's digest and the day, so that it names what was printed.

    >>> proof_edition("0123456789abcdef", date(2026, 1, 31))
    'p9v01234'
    """
    days = day.toordinal() % 1024
    digits = "0123456789abcdefghijklmnopqrstuv"
    return f"p{digits[days // 32]}{digits[days % 32]}{digest[: PROOF_LENGTH - 3]}"


def marks(catalogue: Catalogue, policies: Iterable[Policy], imprint: Imprint) -> tuple[Text, ...]:
    """The marks that no theme can remove: a text unreviewed, a value unconfirmed, an edition unpublished."""
    printed = tuple(policies)
    ids = {policy.id for policy in printed} | {"catalogue", "words"}
    draft = any(
        text_digest(text.text) not in catalogue.reviewed
        for text in catalogue.texts
        if text.owner in ids or imprint.area.startswith(_area_of(text, catalogue))
    )
    values = [standard.value_on(imprint.day, imprint.area) for policy in printed for standard in policy.standards]
    sample = catalogue.settings.data == "sample" or any(value and not value.confirmed for value in values)
    found = (("mark_draft", draft or imprint.demo), ("mark_sample", sample), ("mark_proof", not imprint.published))
    return tuple(catalogue.words[key] for key, holds in found if holds)


def _area_of(text: LocatedText, catalogue: Catalogue) -> str:
    """The area whose pieces name a division or an office; no area begins with what is none of the two."""
    if text.owner == "areas":
        return str(text.path[0])
    return catalogue.contacts[int(text.path[0])].area if text.owner == "contacts" else "–"


def ladder(catalogue: Catalogue, area: str) -> tuple[tuple[str, Contact], ...]:
    """Whom to ring, nearest first: the two nearest who can be asked, then who supervises. Empty where nobody can be."""
    asks = [contact for contact in catalogue.contacts if contact.role == "ask" and area.startswith(contact.area)]
    nearest = sorted(asks, key=lambda contact: -len(contact.area))[:2]
    supervise = catalogue.contact(area, "supervise") if asks else None
    return tuple([("ask", contact) for contact in nearest] + ([("supervise", supervise)] if supervise else []))
