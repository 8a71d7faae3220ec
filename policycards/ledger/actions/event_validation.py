"""Whether an event that is told can be: the piece is there, the kind fits it, and the person
may.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Value
from django.db.models.functions import Concat

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.actions.event_input import Told
from policycards.ledger.actions.permission import told as name_of
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
from policycards.ledger.permissions import has_permission

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
    def locked(cls, told: Sequence[Told]) -> Pieces:
        codes = {each.code for each in told if each.code} | {
            each.other for each in told if each.other
        }
        packs = {each.pack for each in told if not each.code}
        for table in (Card, Spare):
            packs.update(table.objects.filter(code__in=codes).values_list("pack_id", flat=True))
        # In the order of their ids, so that two writers never wait for each other.
        locked = Pack.objects.select_for_update().filter(pk__in=packs).order_by("pk").in_bulk()
        cards = Card.objects.filter(code__in=codes).in_bulk()
        spares = Spare.objects.filter(code__in=codes).in_bulk()
        ids = {each.id for each in told} | {each.corrects for each in told if each.corrects}
        numbers = {each.household for each in told if each.household}
        households = Household.objects.filter(number__in=numbers) if numbers else ()
        return cls(
            cards,
            spares,
            locked,
            Event.objects.filter(pk__in=ids).in_bulk(),
            {(each.county, each.number): each for each in households},
        )

    def of(self, told: Told) -> Piece | None:
        """The card, spare or pack that an event is about."""
        if not told.code:
            return self.packs.get(told.pack)
        return self.cards.get(told.code) or self.spares.get(told.code)

    def pack_of(self, piece: Piece) -> Pack:
        return piece if isinstance(piece, Pack) else self.packs[piece.pack_id]


def validate_event(user: User, told: Told, pieces: Pieces, device: Device | None) -> Validation:
    """The event that somebody tells, without its times, or the problem with it."""
    if device is not None and (device.revoked or device.user_id != user.pk):
        return None, problem("E648", PLACE)
    piece = pieces.of(told)
    if piece is None:
        if told.code:
            return None, problem("E641", PLACE, card=told.code[:20])
        return None, problem("E651", PLACE, pack=told.pack)
    if told.id in pieces.events:
        return None, None if _same(pieces.events[told.id], told) else problem(
            "E647", PLACE, id=told.id
        )
    found = _form_problem(told, piece) or _right_problem(user, told, piece, pieces)
    found = (
        found
        or _target_problem(user, told, piece, pieces, device)
        or _party_problem(user, told, piece, pieces)
        or _count_problem(told, piece)
    )
    return (None, found) if found else (_event(user, told, piece, pieces, device), None)


def _same(event: Event, told: Told) -> bool:
    piece = event.card_id or event.spare_id or ""
    return (event.kind, piece) == (told.kind, told.code) and (
        bool(piece) or event.pack_id == told.pack
    )


def kinds_of(piece: Piece) -> Mapping[str, Kind]:
    return CARDS if isinstance(piece, Card) else SPARES if isinstance(piece, Spare) else PACKS


def _form_problem(told: Told, piece: Piece) -> Problem | None:
    """What is wrong with an event whoever tells it."""
    kinds = kinds_of(piece)
    kind = kinds.get(told.kind)
    if kind is None:
        return problem(
            "E642",
            PLACE,
            kind=told.kind[:20],
            piece=told.code[:12] or told.goods,
            known=", ".join(kinds),
        )
    if (
        told.kind != "withdrawn"
        and (told.detail or kind.details)
        and told.detail not in kind.details
    ):
        known = ", ".join(kind.details) or "–"
        return problem("E643", PLACE, kind=told.kind, detail=told.detail[:20], known=known)
    if told.evidence not in EVIDENCE or told.evidence == "manifest":
        known = ", ".join(name for name in EVIDENCE if name != "manifest")
        return problem("E644", PLACE, evidence=told.evidence[:20], known=known)
    if isinstance(piece, Pack) and told.kind != "withdrawn" and not _counts(told):
        value = f"{told.goods[:10]} {told.hop[:10]} {told.count}"
        return problem(
            "E649", PLACE, value=value, goods=", ".join(ITEM_TYPES), hops=", ".join(STAGES)
        )
    return None


def _count_problem(event: Told, piece: Piece) -> Problem | None:
    """Why there cannot be so many: more of what has codes than was printed, or more of anything
    arrived at a stage than was sent there, where anybody told of that.
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


def _counts(told: Told) -> bool:
    is_step = told.goods in ITEM_TYPES and is_pack_step(told.goods, told.hop, told.kind)
    return is_step and 0 < told.count < 10_000_000


def _right_problem(user: User, told: Told, piece: Piece, pieces: Pieces) -> Problem | None:
    verb = _verb(told, piece, pieces)
    pack = pieces.pack_of(piece)
    # A team keeps the right to its own village's cards when the village was merged into another.
    allowed = has_permission(user, verb, piece.area_id) or has_permission(user, verb, pack.village)
    if allowed and isinstance(piece, Pack) and user.role == "team":
        allowed = told.kind == "withdrawn" or (told.hop == "village" and told.kind in _FIELD_HOP)
    return None if allowed else problem("E640", PLACE, person=name_of(user), verb=verb)


def _verb(told: Told, piece: Piece, pieces: Pieces) -> str:
    """The right that an event needs."""
    if isinstance(piece, Pack):
        return "pack.record"
    if told.kind in _HIGH_KINDS:
        return _HIGH_KINDS[told.kind]
    if told.kind == "replaced":
        return "spare.bind" if told.other in pieces.spares else "card.void"
    if told.evidence in ("register", "bulk"):
        return "card.bulk"
    return "spare.bind" if isinstance(piece, Spare) else "card.record"


def _target_problem(
    user: User, told: Told, piece: Piece, pieces: Pieces, device: Device | None
) -> Problem | None:
    """What is wrong with what a withdrawal withdraws; an event that is not here yet may still
    come.
    """
    if told.kind != "withdrawn":
        return None
    if told.corrects is None or told.corrects == told.id:
        return problem("E645", PLACE)
    target = pieces.events.get(told.corrects)
    if target is None:
        return None
    if target.kind == "withdrawn" or _piece_id(target) != (told.code or piece.pk):
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


def _party_problem(user: User, told: Told, piece: Piece, pieces: Pieces) -> Problem | None:
    """What is wrong with the household or other card that an event names: it is not there, or lies
    where the person has no right.
    """
    # A household that is on no list yet is told in a note; the township adds it and binds the spare
    # to it.
    needs_one = told.household or told.detail != "unlisted" or not told.note
    home = _household(told, piece, pieces)
    if told.kind == "bound" and needs_one:
        verb = _verb(told, piece, pieces)
        if home is None or not (
            home.area_id == piece.area_id or has_permission(user, verb, home.area_id)
        ):
            return problem("E650", PLACE, household=told.household[:64])
    if told.kind == "replaced":
        other = pieces.cards.get(told.other) or pieces.spares.get(told.other)
        if (
            other is None
            or other.code == told.code
            or not _is_near(user, told, other, piece, pieces)
        ):
            return problem("E652", PLACE, card=told.code)
    return None


def _is_near(user: User, event: Told, other: Card | Spare, piece: Piece, pieces: Pieces) -> bool:
    """Whether a card may be replaced by another: of the same county, where the person has the right
    for both.
    """
    areas = (other.area_id, pieces.pack_of(other).village)
    verb = _verb(event, piece, pieces)
    is_here = other.area_id == piece.area_id or any(has_permission(user, verb, a) for a in areas)
    return is_here and other.area_id[:6] == piece.area_id[:6]


def _household(told: Told, piece: Piece, pieces: Pieces) -> Household | None:
    county = pieces.pack_of(piece).village[:6]
    return pieces.households.get((piece.area_id[:6], told.household)) or pieces.households.get(
        (county, told.household)
    )


def _event(user: User, told: Told, piece: Piece, pieces: Pieces, device: Device | None) -> Event:
    detail = told.detail
    if told.kind == "withdrawn":
        detail = "office" if _is_office(user, piece, pieces) else "own"
    return Event(
        id=told.id,
        kind=told.kind,
        detail=detail,
        evidence=told.evidence,
        pack=pieces.pack_of(piece),
        card_id=piece.code if isinstance(piece, Card) else None,
        spare_id=piece.code if isinstance(piece, Spare) else None,
        household=_household(told, piece, pieces) if told.kind == "bound" else None,
        goods=told.goods if isinstance(piece, Pack) else "",
        hop=told.hop if isinstance(piece, Pack) else "",
        count=told.count if isinstance(piece, Pack) and told.kind != "withdrawn" else 0,
        other=told.other if told.kind == "replaced" else "",
        corrects=told.corrects if told.kind == "withdrawn" else None,
        device_time=told.device_time,
        user=user if user.pk else None,
        device=device,
    )
