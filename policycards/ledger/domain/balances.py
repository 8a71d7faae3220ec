"""Reconciliation: at every hop, what came must be what went on, what was lost and what is there.
Gaps are shown.

printed = spoilt + in store + dispatched; dispatched = on the way + received + lost; at the village,
received = delivered + returned + lost + still there; spares issued = bound + returned + destroyed +
lost + still there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policycards.core.units import AREA_DIGITS
from policycards.ledger.domain.card_states import THERE, WAITING, Tally
from policycards.ledger.domain.event_kinds import ITEM_TYPES, STAGES

PLACES = tuple(STAGES)
"""From the press to the village."""
_DIGITS = {"press": 6, "county": 6, "township": 9, "village": AREA_DIGITS}
"""Digits of the area whose office answers for a hop."""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of some goods of a pack, or of many packs, at one step of the way.

    ``at`` is ``press``, ``to county``, ``county``, …, ``village``; ``came`` = the sum of ``went`` +
    ``left``, where ``left`` is in store, on the way or still there. What cannot be is a gap:
    ``surplus`` where more went than came, ``missing`` where a closed pack leaves pieces of which
    nobody has said anything; both are counts, never below 0. ``ask`` is the area of the office that
    should know.
    """

    goods: str
    at: str
    came: int
    went: Mapping[str, int]
    left: int
    missing: int
    surplus: int
    ask: str

    @property
    def has_gap(self) -> bool:
        return bool(self.missing or self.surplus)


def steps(
    village: str, stock: Tally, cards: Counter[str], spares: Counter[str], *, closed: bool
) -> list[Step]:
    """All steps of a pack's goods: ``stock`` from its events, ``cards`` and ``spares`` by
    status.
    """
    found: list[Step] = []
    for goods in ITEM_TYPES:
        counts = {
            (hop, kind): number
            for (name, hop, kind), number in stock.items()
            if name == goods and number
        }
        if counts:
            found += _way(goods, village, Counter(counts), closed)
            statuses = {"cards": cards, "spares": spares}.get(goods)
            arrived = Counter(counts)["village", "received"]
            found.append(_arrived(goods, village, Counter(counts), arrived, statuses, closed))
    return found


def _way(
    goods: str, village: str, counts: Counter[tuple[str, str]], closed: bool
) -> Iterator[Step]:
    """From the press to the village; offices that no event names were passed by."""
    used = [hop for hop in PLACES[1:] if counts[hop, "dispatched"] or counts[hop, "received"]]
    holder, came = "press", counts["press", "printed"]
    for hop in used:
        sent = counts[hop, "dispatched"]
        went = (
            {"spoilt": counts["press", "spoilt"]}
            if holder == "press"
            else {"returned": counts[holder, "returned"]}
        )
        if holder == "press" and not came:
            came = sent  # uncoded goods come from a print shop that tells nothing
        yield _step(goods, holder, came, {**went, "dispatched": sent}, village, closed=False)
        way = {"received": counts[hop, "received"], "lost": counts[hop, "lost"]}
        yield _step(goods, f"to {hop}", sent, way, village, closed=closed)
        holder, came = hop, counts[hop, "received"]
    if not used:
        yield _step(
            goods,
            "press",
            came,
            {"spoilt": counts["press", "spoilt"], "dispatched": 0},
            village,
            closed=False,
        )


def _step(
    goods: str, at: str, came: int, went: Mapping[str, int], village: str, *, closed: bool
) -> Step:
    left = came - sum(went.values())
    return _of(goods, at, came, went, left, left if left < 0 or closed else 0, village)


def _of(
    goods: str, at: str, came: int, went: Mapping[str, int], left: int, gap: int, village: str
) -> Step:
    return Step(goods, at, came, went, left, max(gap, 0), max(-gap, 0), _ask(village, at))


def _ask(village: str, at: str) -> str:
    """Who should know: at a place its own office, on the way the office that sent."""
    hop = at.removeprefix("to ")
    if at != hop:
        hop = PLACES[max(PLACES.index(hop) - 1, 0)]
    return village[: _DIGITS[hop]]


def _arrived(
    goods: str,
    village: str,
    counts: Counter[tuple[str, str]],
    came: int,
    statuses: Counter[str] | None,
    closed: bool,
) -> Step:
    """What became of what arrived at the village."""
    if statuses is None:
        went = {kind: counts["village", kind] for kind in ("delivered", "returned")}
        return _step(goods, "village", came, went, village, closed=False)
    if goods == "spares":
        went = {status: statuses[status] for status in ("bound", "returned", "destroyed", "lost")}
        left = came - sum(went.values())
        gap = left if left < 0 or closed else 0
        return _of(goods, "village", came, went, left, gap, village)
    went = {status: statuses[status] for status in ("delivered", "returned", "lost")}
    left = came - sum(went.values())
    known = sum(statuses[status] for status in THERE if status != WAITING)
    # More is said of cards than arrived, or the village has finished and of some cards nothing was
    # said.
    gap = left - known if left < known or closed else 0
    return _of(goods, "village", came, went, left, gap, village)
