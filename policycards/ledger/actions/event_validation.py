"""Validate a reported event: the piece exists, the kind applies to it, and the user may report it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Concat

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.domain.event_kinds import (
    CARDS,
    EVIDENCE,
    ITEM_TYPES,
    PACKS,
    SPARES,
    STAGES,
    Kind,
    is_pack_step,
)
from policycards.ledger.models import Card, Device, Event, Household, Pack, Spare, Stock, User
from policycards.ledger.permissions import has_permission, name_for_messages


@dataclass(frozen=True, slots=True)
class EventInput:
    """What a phone, a page or a list says that happened.

    ``code`` is a card's or spare's; without one it is about ``goods`` of ``pack`` at a ``hop``.
    ``household`` is the number of the one that a spare is bound to, ``other`` the code that
    replaces a card, ``corrects`` the event that is withdrawn. ``note`` may be forgotten later.
    ``is_doubtful`` where the phone itself does not trust its clock.
    """

    id: UUID
    kind: str
    device_time: datetime
    code: str = ""
    detail: str = ""
    evidence: str = "typed"
    pack: int = 0
    goods: str = ""
    hop: str = ""
    count: int = 0
    other: str = ""
    household: str = ""
    corrects: UUID | None = None
    note: str = ""
    is_doubtful: bool = False


Piece = Card | Spare | Pack
Validation = tuple[Event | None, Problem | None]
"""The event, or why it cannot be; neither where the ledger has it already."""

PLACE = Place("ledger")
_HIGH_KINDS = {
    "voided": "card.void",
    "spoilt": "card.bulk",
    "confirmed": "spare.confirm",
    "destroyed": "spare.confirm",
}
_FIELD_HOP = ("received", "returned", "delivered", "lost", "withdrawn")
"""What a village team may tell of goods, and only at the village."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """What some events are about, with the packs locked until the transaction ends."""

    cards: dict[str, Card]
    spares: dict[str, Spare]
    packs: dict[int, Pack]
    events: Mapping[UUID, Event]
    households: Mapping[tuple[str, str], Household]

    @classmethod
    def locked(cls, reported: Sequence[EventInput]) -> Pieces:
        codes = {each.code for each in reported if each.code} | {
            each.other for each in reported if each.other
        }
        packs = {each.pack for each in reported if not each.code}
        for table in (Card, Spare):
            packs.update(table.objects.filter(code__in=codes).values_list("pack_id", flat=True))
        # In the order of their ids, so that two writers never wait for each other.
        locked = Pack.objects.select_for_update().filter(pk__in=packs).order_by("pk").in_bulk()
        cards = Card.objects.filter(code__in=codes).in_bulk()
        spares = Spare.objects.filter(code__in=codes).in_bulk()
        ids = {each.id for each in reported} | {each.corrects for each in reported if each.corrects}
        numbers = {each.household for each in reported if each.household}
        households = Household.objects.filter(number__in=numbers) if numbers else ()
        return cls(
            cards,
            spares,
            locked,
            Event.objects.filter(pk__in=ids).in_bulk(),
            {(each.county, each.number): each for each in households},
        )

    def of(self, reported: EventInput) -> Piece | None:
        """The card, spare or pack that an event is about."""
        if not reported.code:
            return self.packs.get(reported.pack)
        return self.cards.get(reported.code) or self.spares.get(reported.code)

    def pack_of(self, piece: Piece) -> Pack:
        return piece if isinstance(piece, Pack) else self.packs[piece.pack_id]


def validate_event(
    user: User, reported: EventInput, pieces: Pieces, device: Device | None
) -> Validation:
    """The event that somebody tells, without its times, or the problem with it."""
    if device is not None and (device.revoked or device.user_id != user.pk):
        return None, problem("E648", PLACE)
    piece = pieces.of(reported)
    if piece is None:
        if reported.code:
            return None, problem("E641", PLACE, card=reported.code[:20])
        return None, problem("E651", PLACE, pack=reported.pack)
    if reported.id in pieces.events:
        return None, None if _same(pieces.events[reported.id], reported) else problem(
            "E647", PLACE, id=reported.id
        )
    found = _form_problem(reported, piece) or _right_problem(user, reported, piece, pieces)
    found = (
        found
        or _target_problem(user, reported, piece, pieces, device)
        or _party_problem(user, reported, piece, pieces)
        or _count_problem(reported, piece)
    )
    return (None, found) if found else (_event(user, reported, piece, pieces, device), None)


def _same(event: Event, reported: EventInput) -> bool:
    piece = event.card_id or event.spare_id or ""
    return (event.kind, piece) == (reported.kind, reported.code) and (
        bool(piece) or event.pack_id == reported.pack
    )


def kinds_of(piece: Piece) -> Mapping[str, Kind]:
    return CARDS if isinstance(piece, Card) else SPARES if isinstance(piece, Spare) else PACKS


def _form_problem(reported: EventInput, piece: Piece) -> Problem | None:
    """What is wrong with an event whoever tells it."""
    kinds = kinds_of(piece)
    kind = kinds.get(reported.kind)
    if kind is None:
        return problem(
            "E642",
            PLACE,
            kind=reported.kind[:20],
            piece=reported.code[:12] or reported.goods,
            known=", ".join(kinds),
        )
    if (
        reported.kind != "withdrawn"
        and (reported.detail or kind.details)
        and reported.detail not in kind.details
    ):
        known = ", ".join(kind.details) or "–"
        return problem("E643", PLACE, kind=reported.kind, detail=reported.detail[:20], known=known)
    if reported.evidence not in EVIDENCE or reported.evidence == "manifest":
        known = ", ".join(name for name in EVIDENCE if name != "manifest")
        return problem("E644", PLACE, evidence=reported.evidence[:20], known=known)
    if isinstance(piece, Pack) and reported.kind != "withdrawn" and not _counts(reported):
        value = f"{reported.goods[:10]} {reported.hop[:10]} {reported.count}"
        return problem(
            "E649", PLACE, value=value, goods=", ".join(ITEM_TYPES), hops=", ".join(STAGES)
        )
    return None


def _count_problem(event: EventInput, piece: Piece) -> Problem | None:
    """Why there cannot be so many: more of what has codes than was printed, or more of anything
    arrived at a stage than was sent there, where anybody reported that.
    """
    if not isinstance(piece, Pack) or event.kind == "withdrawn":
        return None
    known = dict(
        Stock.objects.filter(pack=piece, goods=event.goods).values_list(
            Concat("hop", Value(" "), "kind"), "number"
        )
    )
    ways = ("received", "lost")
    so_far = known.get(f"{event.hop} {event.kind}", 0)
    most = {"cards": piece.cards, "spares": piece.spares}.get(event.goods)
    sent = known.get(f"{event.hop} dispatched", 0)
    if event.kind in ways and sent:
        so_far = sum(known.get(f"{event.hop} {kind}", 0) for kind in ways)
        most = sent
    if event.kind in ("delivered", "returned") and known.get(f"{event.hop} received"):
        so_far = sum(known.get(f"{event.hop} {kind}", 0) for kind in ("delivered", "returned"))
        most = known[f"{event.hop} received"]
    if most is None or so_far + event.count <= most:
        return None
    return problem("E669", PLACE, count=event.count, known=so_far, most=most)


def _counts(reported: EventInput) -> bool:
    is_step = reported.goods in ITEM_TYPES and is_pack_step(
        reported.goods, reported.hop, reported.kind
    )
    return is_step and 0 < reported.count < 10_000_000


def _right_problem(
    user: User, reported: EventInput, piece: Piece, pieces: Pieces
) -> Problem | None:
    verb = _verb(reported, piece, pieces)
    pack = pieces.pack_of(piece)
    # A team keeps the right to its own village's cards when the village was merged into another.
    allowed = has_permission(user, verb, piece.area_id) or has_permission(user, verb, pack.village)
    if allowed and isinstance(piece, Pack) and user.role == "team":
        allowed = reported.kind == "withdrawn" or (
            reported.hop == "village" and reported.kind in _FIELD_HOP
        )
    return None if allowed else problem("E640", PLACE, person=name_for_messages(user), verb=verb)


def _verb(reported: EventInput, piece: Piece, pieces: Pieces) -> str:
    """The right that an event needs."""
    if isinstance(piece, Pack):
        return "pack.record"
    if reported.kind in _HIGH_KINDS:
        return _HIGH_KINDS[reported.kind]
    if reported.kind == "replaced":
        return "spare.bind" if reported.other in pieces.spares else "card.void"
    if reported.evidence in ("register", "bulk"):
        return "card.bulk"
    return "spare.bind" if isinstance(piece, Spare) else "card.record"


def _target_problem(
    user: User, reported: EventInput, piece: Piece, pieces: Pieces, device: Device | None
) -> Problem | None:
    """What is wrong with what a withdrawal withdraws; an event that is not here yet may still
    come.
    """
    if reported.kind != "withdrawn":
        return None
    if reported.corrects is None or reported.corrects == reported.id:
        return problem("E645", PLACE)
    target = pieces.events.get(reported.corrects)
    if target is None:
        return None
    if target.kind == "withdrawn" or _piece_id(target) != (reported.code or piece.pk):
        return problem("E645", PLACE)
    own = (
        target.device_id == device.pk
        if device
        else target.user_id == user.pk and target.device_id is None
    )
    return None if own or _is_office(user, piece, pieces) else problem("E646", PLACE)


def _piece_id(event: Event) -> object:
    return event.card_id or event.spare_id or event.pack_id


def _is_office(user: User, piece: Piece, pieces: Pieces) -> bool:
    areas = (piece.area_id, pieces.pack_of(piece).village)
    return any(has_permission(user, "card.withdraw", area) for area in areas)


def _party_problem(
    user: User, reported: EventInput, piece: Piece, pieces: Pieces
) -> Problem | None:
    """What is wrong with the household or other card that an event names: it is not there, or lies
    where the person has no right.
    """
    # A household that is on no list yet is reported in a note; the township adds it and binds the
    # spare to it.
    needs_one = reported.household or reported.detail != "unlisted" or not reported.note
    home = _household(reported, piece, pieces)
    if reported.kind == "bound" and needs_one:
        verb = _verb(reported, piece, pieces)
        if home is None or not (
            home.area_id == piece.area_id or has_permission(user, verb, home.area_id)
        ):
            return problem("E650", PLACE, household=reported.household[:64])
    if reported.kind == "replaced":
        other = pieces.cards.get(reported.other) or pieces.spares.get(reported.other)
        if (
            other is None
            or other.code == reported.code
            or not _is_near(user, reported, other, piece, pieces)
        ):
            return problem("E652", PLACE, card=reported.code)
    return None


def _is_near(
    user: User, event: EventInput, other: Card | Spare, piece: Piece, pieces: Pieces
) -> bool:
    """Whether a card may be replaced by another: of the same county, where the person has the right
    for both.
    """
    areas = (other.area_id, pieces.pack_of(other).village)
    verb = _verb(event, piece, pieces)
    is_here = other.area_id == piece.area_id or any(has_permission(user, verb, a) for a in areas)
    return is_here and other.area_id[:6] == piece.area_id[:6]


def _household(reported: EventInput, piece: Piece, pieces: Pieces) -> Household | None:
    county = pieces.pack_of(piece).village[:6]
    return pieces.households.get((piece.area_id[:6], reported.household)) or pieces.households.get(
        (county, reported.household)
    )


def _event(
    user: User, reported: EventInput, piece: Piece, pieces: Pieces, device: Device | None
) -> Event:
    detail = reported.detail
    if reported.kind == "withdrawn":
        detail = "office" if _is_office(user, piece, pieces) else "own"
    return Event(
        id=reported.id,
        kind=reported.kind,
        detail=detail,
        evidence=reported.evidence,
        pack=pieces.pack_of(piece),
        card_id=piece.code if isinstance(piece, Card) else None,
        spare_id=piece.code if isinstance(piece, Spare) else None,
        household=_household(reported, piece, pieces) if reported.kind == "bound" else None,
        goods=reported.goods if isinstance(piece, Pack) else "",
        hop=reported.hop if isinstance(piece, Pack) else "",
        count=reported.count if isinstance(piece, Pack) and reported.kind != "withdrawn" else 0,
        other=reported.other if reported.kind == "replaced" else "",
        corrects=reported.corrects if reported.kind == "withdrawn" else None,
        device_time=reported.device_time,
        user=user if user.pk else None,
        device=device,
    )
