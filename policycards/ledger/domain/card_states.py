"""What became of a card: nothing but what its events say, in the order in which they happened.

The same events give the same state, in whatever order and however often they arrive. An event that
another withdraws does not count. Two that contradict each other both stay, and the state says that
a person must decide.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from policycards.ledger.domain.event_kinds import SINGLE

WAITING = "waiting"
"""The status of a card of which nobody has said anything: in its pack."""
BLANK = "blank"
"""The status of a spare card that has no household."""
STATUSES = (
    WAITING,
    "spoilt",
    "delivered",
    "left",
    "absent",
    "moved",
    "refused",
    "wrong",
    "returned",
    "lost",
)
"""What became of the paper."""
SPARE_STATUSES = (BLANK, "bound", "returned", "destroyed", "lost")
THERE = (WAITING, "left", "absent", "moved", "refused", "wrong")
"""Statuses of cards that are in the village and not in a household's hand."""
OUTSTANDING = (WAITING, "left", "absent")
"""Statuses of cards that another round may bring to their households."""
PROBLEMS = ("moved", "refused", "wrong", "returned", "lost", "spoilt")
"""Statuses of cards that somebody has to look into."""
VALIDITIES = ("valid", "replaced", "voided")
"""Whether the paper still holds, wherever it is."""


@dataclass(frozen=True, slots=True)
class Fact:
    """An event as far as it decides a state: ``at`` is when it happened, ``source`` the device or
    person that reported.
    """

    id: UUID
    at: datetime
    kind: str
    detail: str = ""
    source: str = ""
    evidence: str = ""
    corrects: UUID | None = None
    other: str = ""
    household: int | None = None
    goods: str = ""
    hop: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """What became of a card or spare. ``since``, ``evidence`` and ``detail`` are those of the event
    that decided.
    """

    status: str
    validity: str = "valid"
    replaced_by: str = ""
    collected: bool = False
    confirmed: bool = False
    household: int | None = None
    conflict: bool = False
    since: datetime | None = None
    evidence: str = ""
    detail: str = ""
    source: str = ""


def effective_events(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that count, in the order in which they happened: each once, without the withdrawn.

    Somebody in the field withdraws only what the same device or person reported; the office
    withdraws anything. A withdrawal is not withdrawn: what is right is reported again.
    """
    once = {fact.id: fact for fact in facts}
    withdrawn = set()
    for fact in once.values():
        target = once.get(fact.corrects) if fact.kind == "withdrawn" and fact.corrects else None
        if target is not None and (fact.detail == "office" or fact.source == target.source):
            withdrawn.add(target.id)
    left = [fact for fact in once.values() if fact.kind != "withdrawn" and fact.id not in withdrawn]
    return sorted(left, key=lambda fact: (fact.at, fact.id))


def card_state(facts: Iterable[Fact]) -> State:
    """What became of a card.

    >>> from datetime import UTC
    >>> card_state([Fact(UUID(int=1), datetime(2026, 1, 1, tzinfo=UTC), "absent")]).status
    'absent'
    """
    state = State(WAITING)
    for fact in effective_events(facts):
        state = _after(state, fact)
    return state


def _after(state: State, fact: Fact) -> State:
    if fact.kind == "replaced":
        return (
            replace(state, validity="replaced", replaced_by=fact.other)
            if state.validity != "voided"
            else state
        )
    if fact.kind == "voided":
        return replace(state, validity="voided")
    if fact.kind == "collected":
        return replace(state, collected=True)
    if _contradicts(state, fact):
        return replace(state, conflict=True)
    if (
        state.status == "delivered" and fact.kind != "returned"
    ) or state.status == fact.kind == "spoilt":
        return state  # what a household lost or found wrong was delivered all the same
    handed_out_of_date = fact.kind == "delivered" and state.validity != "valid"
    return replace(_decided(state, fact), conflict=state.conflict or handed_out_of_date)


def _contradicts(state: State, fact: Fact) -> bool:
    """Whether a fact cannot be true of a card in this state."""
    if state.status == "spoilt":
        return fact.kind != "spoilt"
    if state.status != "delivered" or fact.kind in ("lost", "wrong", "returned"):
        return False
    if fact.kind != "delivered":
        return True
    # A register confirms what a phone reported; two hands cannot both have given the same paper
    # away.
    return fact.source != state.source and fact.evidence in SINGLE and state.evidence in SINGLE


def _decided(state: State, fact: Fact) -> State:
    return replace(
        state,
        status=fact.kind,
        since=fact.at,
        evidence=fact.evidence,
        detail=fact.detail,
        source=fact.source,
    )


def spare_state(facts: Iterable[Fact]) -> State:
    """What became of a spare card: bound to one household at most."""
    state = State(BLANK)
    for fact in effective_events(facts):
        if fact.kind == "confirmed":
            state = replace(state, confirmed=True)
        elif state.status == BLANK:
            state = replace(_decided(state, fact), household=fact.household)
        elif (fact.kind, fact.household) != (state.status, state.household):
            state = replace(state, conflict=True)
    return state


Tally = Counter[tuple[str, str, str]]
"""Pieces by goods, hop and kind of event."""


def tally(facts: Iterable[Fact]) -> Tally:
    """What the events of a pack say of its goods at each hop."""
    counts: Tally = Counter()
    for fact in effective_events(facts):
        counts[fact.goods, fact.hop, fact.kind] += fact.count
    return counts
