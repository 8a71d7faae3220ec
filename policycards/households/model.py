"""What leaves the room: a roster, and what each of its households is entitled to. Validated at the
edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import polars as pl

Answer = Literal["yes", "no", "cannot_tell"]


BORN_FROM, BORN_TO = "born_from", "born_to"
"""The first and the last day on which a person can be born of whom only month or year are known."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The households and members of a roster, sound rows only, as columns.

    ``households`` has ``household_id, area, group, walk_order, deliver_to, known_as, name_bo,
    name_zh, members, row`` and the household attributes of the catalogue; ``members`` has
    ``household_id, name_bo, name_zh, relation, birth_date, row`` and the member attributes.
    Overrides (是否享受…) are columns ``is_<policy-id>`` of text yes, no or an amount, there only
    where the office has the list. Numbers are exact decimals, choices and texts text, yes_no
    booleans, dates dates; what is not known is null. Where only month or year of somebody's birth
    are known, ``members`` has ``born_from`` and ``born_to`` too. Sorted by area, group, walk order, household
    id.
    """

    households: pl.DataFrame
    members: pl.DataFrame


def earliest(members: pl.DataFrame) -> pl.Expr:
    """The first day on which each person can be born."""
    return (
        pl.coalesce("birth_date", BORN_FROM)
        if BORN_FROM in members.columns
        else pl.col("birth_date")
    )


def latest(members: pl.DataFrame) -> pl.Expr:
    """The last day on which each person can be born."""
    return (
        pl.coalesce("birth_date", BORN_TO) if BORN_TO in members.columns else pl.col("birth_date")
    )


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What one standard means for one household on a date.

    ``quantity`` and ``amount`` are None where the kind of money has none; ``missing`` names the
    columns without which it cannot be determined. A *yes* with something missing is certain, but not for
    how many: it has neither quantity nor amount. The quantity of a *cannot tell* is the most that
    it could be. A list's own amount has no quantity.
    """

    household_id: str
    policy: str
    standard: str
    answer: Answer
    value: Decimal | None
    quantity: Decimal | None
    amount: Decimal | None
    missing: tuple[str, ...] = ()
