"""What goes over the wire between a phone and the ledger: the words of the API."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field

from policycards.ledger.actions.event_validation import EventInput

BATCH = 100
"""The most events in one sending: a page of them passes even where the network comes and goes."""

_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
# A clock may be wrong by years, yet not by so many that no calendar holds the difference.
Moment = Annotated[AwareDatetime, AfterValidator(lambda at: min(max(at, _FIRST), _LAST))]
Word = Annotated[str, Field(pattern=r"^[a-z_]{0,10}$")]
Code = Annotated[
    str, Field(pattern=r"^[0-9A-Z]{12}$", description="A card's code, as on the paper.")
]
Known = Annotated[
    str, Field(pattern=r"^([0-9A-Z]{12}|[0-9a-f]{16})$", description="A code, or its digest.")
]
RowId = Annotated[int, Field(gt=0, lt=2**53)]


class Fault(Schema):
    """Why something was not done, and what helps, in the language of Accept-Language."""

    code: str
    text: str
    hint: str = ""


class Joining(Schema):
    """A slip's code, the id that the phone made for this village, and whose phone it is."""

    slip: Annotated[str, Field(pattern=r"^[\w -]{1,60}$")]
    device: UUID
    label: Annotated[str, Field(pattern=r"^[^\x00-\x1f]{0,60}$")] = ""
    since: Moment | None = Field(None, description="When the phone joined first, by the ledger.")


class Name(Schema):
    """A name in both scripts."""

    bo: str
    zh: str


class Place(Name):
    """An area."""

    code: str


class Joined(Schema):
    """What a phone keeps to be let in, and to seal its file."""

    area: Place
    token: str
    sealing_key: str
    at: datetime
    joined: datetime
    epoch: UUID


class HouseholdRow(Name):
    """A household as the phone knows it; ``pinyin`` of its Chinese name, whole and by initials."""

    id: int
    pile: int
    group: str
    pinyin: str


class PaperRow(Schema):
    """A card or spare card, by the digest of its code."""

    card: str
    edition: str
    status: str
    conflict: bool
    since: datetime | None
    household: int | None


class CardRow(PaperRow):
    """A card: what became of it, and who said so."""

    validity: str
    collected: bool
    detail: str
    by: str = Field(
        description="The device or user who reported what it is now; empty where nobody has."
    )


class SpareRow(PaperRow):
    """A spare card; ``confirmed`` where the township has agreed to whom it went."""

    number: int
    confirmed: bool


class Neighbour(Name):
    """Another village of the township, with the first characters of its cards' digests, one after
    the other.
    """

    cards: str


class Village(Schema):
    """All that a phone keeps of its village until ``expires``: no policies, no amounts."""

    area: Place
    at: datetime
    epoch: UUID = Field(description="Another one: the ledger was restored; send everything again.")
    safe: datetime | None = Field(description="What came before this is in a backup.")
    expires: datetime
    token: str
    editions: list[str]
    households: list[HouseholdRow]
    cards: list[CardRow]
    spares: list[SpareRow]
    neighbours: list[Neighbour]


class Happened(Schema):
    """An event, by the id (UUIDv7) and the clock of the phone; ``household`` is the row of the
    list.
    """

    id: UUID
    kind: Word
    at: Moment
    card: Known
    detail: Word = ""
    evidence: Literal["scanned", "typed"] = "typed"
    other: Code | Literal[""] = ""
    household: RowId | None = None
    corrects: UUID | None = None
    doubtful: bool = Field(False, description="The phone does not trust its own clock.")

    def to_input(self, code: str, household: str) -> EventInput:
        """The event for the ledger. Who gives only a digest has not seen the card's code."""
        evidence = self.evidence if self.card == code else "typed"
        return EventInput(
            self.id,
            self.kind,
            self.at,
            code,
            self.detail,
            evidence,
            other=self.other,
            household=household,
            corrects=self.corrects,
            is_doubtful=self.doubtful,
        )


class Sending(Schema):
    """Some events, and what the phone's clock says while it sends them."""

    sent: Moment
    events: Annotated[list[Happened], Field(max_length=BATCH)]


class Outcome(Schema):
    """What came of an event: accepted now, known already, or refused and why."""

    id: UUID
    status: Literal["accepted", "known", "refused"]
    problem: Fault | None = None


class Outcomes(Schema):
    """An outcome for each event of a sending, in its order, and a new token."""

    outcomes: list[Outcome]
    token: str
    at: datetime
    epoch: UUID


class Carried(Schema):
    """A file that a phone saved: ``events`` is the text that it sealed, a list of events as
    JSON.
    """

    device: UUID
    sent: Annotated[str, Field(max_length=40)]
    events: Annotated[str, Field(max_length=4_000_000)]
    seal: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class CarriedIn(Schema):
    """How many events of a file were accepted, known already and refused, and why."""

    accepted: int
    known: int
    refused: list[Outcome]


class DeviceRow(Schema):
    """A phone that has joined."""

    id: UUID
    area: str
    label: str
    joined: datetime
    seen: datetime
    revoked: datetime | None
