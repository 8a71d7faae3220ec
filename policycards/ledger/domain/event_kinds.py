"""Kinds of events of cards, spares and packs, their details and evidence, and the ids of events."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from policycards.core.codes import N_


def uuid7(at: datetime) -> UUID:
    """A new id of a moment.

    >>> from datetime import UTC
    >>> str(uuid7(datetime(2026, 1, 1, tzinfo=UTC)))[:15]
    '019b76da-a800-7'
    """
    milliseconds = int(at.timestamp() * 1000)
    return UUID(
        int=milliseconds << 80
        | 7 << 76
        | secrets.randbits(12) << 64
        | 2 << 62
        | secrets.randbits(62)
    )


def same_uuid7(at: datetime, text: str) -> UUID:
    """The id that the same moment and text always give: a form that is sent twice tells nothing
    twice.

    >>> from datetime import UTC
    >>> moment = datetime(2026, 1, 1, tzinfo=UTC)
    >>> same_uuid7(moment, "a") == same_uuid7(moment, "a") != same_uuid7(moment, "b")
    True
    """
    milliseconds = int(at.timestamp() * 1000)
    digest = int.from_bytes(sha256(text.encode()).digest(), "big")
    return UUID(
        int=milliseconds << 80
        | 7 << 76
        | (digest >> 64) % (1 << 12) << 64
        | 2 << 62
        | digest % (1 << 62)
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: what people call it, the details of which it needs one, and whether it
    counts goods.
    """

    label: str
    details: Mapping[str, str] = field(default_factory=dict)


WITHDRAWN = Kind(
    N_("withdrawn"), {"own": N_("own mistake"), "office": N_("corrected by the office")}
)
"""Says that another event of the same card or pack, which it names, was wrong."""

CARDS: Mapping[str, Kind] = {
    "spoilt": Kind(N_("spoilt in printing")),
    "delivered": Kind(
        N_("delivered"),
        {"self": N_("in person"), "relative": N_("to a relative"), "proxy": N_("to a proxy")},
    ),
    "left": Kind(N_("left with the leader")),
    "absent": Kind(N_("absent")),
    "moved": Kind(N_("moved away")),
    "refused": Kind(N_("refused")),
    "wrong": Kind(
        N_("wrong data"),
        {
            "name": N_("name"),
            "dead_head": N_("the head has died"),
            "split": N_("household split"),
            "merged": N_("households merged"),
            "moved": N_("household moved"),
            "members": N_("number of people"),
            "land": N_("land or animals"),
            "policy": N_("a policy is missing or too many"),
        },
    ),
    "returned": Kind(N_("sent back")),
    "lost": Kind(N_("lost")),
    "replaced": Kind(N_("replaced")),
    "collected": Kind(N_("old card collected")),
    "voided": Kind(N_("voided")),
    "withdrawn": WITHDRAWN,
}
SPARES: Mapping[str, Kind] = {
    "bound": Kind(
        N_("given to a household"),
        {
            "lost": N_("card lost"),
            "spoilt": N_("card spoilt"),
            "wrong": N_("card wrong"),
            "unlisted": N_("household not listed"),
        },
    ),
    "confirmed": Kind(N_("confirmed by the township")),
    "returned": Kind(N_("sent back")),
    "destroyed": Kind(N_("destroyed")),
    "lost": Kind(N_("lost")),
    "withdrawn": WITHDRAWN,
}
PACKS: Mapping[str, Kind] = {
    "printed": Kind(N_("printed")),
    "spoilt": Kind(N_("spoilt in printing")),
    "dispatched": Kind(N_("dispatched")),
    "received": Kind(N_("received")),
    "lost": Kind(N_("lost on the way")),
    "delivered": Kind(N_("handed out")),
    "returned": Kind(N_("sent back")),
    "withdrawn": WITHDRAWN,
}
EVIDENCE: Mapping[str, str] = {
    "scanned": N_("scanned"),
    "typed": N_("typed"),
    "register": N_("from the register"),
    "bulk": N_("in bulk"),
    "manifest": N_("from the manifest"),
}
"""How an event is known, the strongest first; ``manifest`` is what the program itself knows from a
run.
"""

SINGLE = ("scanned", "typed")
"""Evidence of somebody who had this one card in the hand."""

ITEM_TYPES: Mapping[str, str] = {
    "cards": N_("cards"),
    "spares": N_("spare cards"),
    "booklets": N_("booklets"),
    "posters": N_("posters"),
    "leaflets": N_("leaflets"),
}
CODED = ("cards", "spares")
"""Goods of which each piece has a code."""

PACK_STEPS: Mapping[str, tuple[str, ...]] = {
    "spoilt": ("press",),
    "dispatched": ("county", "township", "village"),
    "received": ("county", "township", "village"),
    "lost": ("county", "township", "village"),
    "delivered": ("village",),
    "returned": ("county", "township", "village"),
}
"""The stages at which each kind counts for a pack: what is dispatched or lost is on the way to the
stage, what is returned leaves it. ``printed`` the program itself knows from a run.
"""
_OF_CARDS = (("delivered", "village"), ("returned", "village"))
"""What of coded goods their own events say, card by card."""


def is_pack_step(goods: str, stage: str, kind: str) -> bool:
    """Whether something can happen to some goods of a pack at a stage.

    >>> is_pack_step("cards", "press", "dispatched"), is_pack_step("posters", "village", "delivered")
    (False, True)
    """
    return stage in PACK_STEPS.get(kind, ()) and not (goods in CODED and (kind, stage) in _OF_CARDS)


STAGES: Mapping[str, str] = {
    "press": N_("press"),
    "county": N_("county"),
    "township": N_("township"),
    "village": N_("village"),
}
"""Where a pack is sent from or arrives, on its way from the press to the village."""
