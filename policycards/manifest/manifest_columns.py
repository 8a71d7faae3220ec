"""The tables of a manifest: their columns, in order, what stands in them, and fingerprints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

import polars as pl

Table = Literal["cards", "lines", "spares"]

MONEY = pl.Decimal(18, 4)
"""Exact to a hundredth of a fen; the form in which rosters have their quantities too."""

CARDS = pl.Schema(
    {
        "code": pl.String(),
        "household": pl.String(),
        "area": pl.String(),
        "group": pl.String(),
        "pile": pl.Int32(),
        "edition": pl.String(),
        "copy": pl.Int16(),
        "replaces": pl.String(),
        "file": pl.String(),
        "page": pl.Int32(),
        "pages": pl.Int16(),
        "slot": pl.Int16(),
        "side": pl.String(),
    }
)
"""A row for each household's card. ``area`` is its village, ``replaces`` the code of the card that
it replaces.

``file`` is relative to the edition's folder, with /. ``page`` is the page of that file, from 0, on
which the card's first page stands, ``slot`` the place there, from 0 at the left, ``side`` whether
that is the front or the back of a sheet. ``pages`` counts the pages of the card itself: two of them
may stand on one page of the file.
"""

SPARES = pl.Schema(
    {
        "code": pl.String(),
        "area": pl.String(),
        "edition": pl.String(),
        "batch": pl.Int16(),
        "number": pl.Int32(),
        "file": pl.String(),
        "page": pl.Int32(),
        "pages": pl.Int16(),
        "slot": pl.Int16(),
        "side": pl.String(),
    }
)
"""A row for each spare card, which gets its household when it is handed over; where it lies is
as of cards.
"""

LINES = pl.Schema(
    {
        "code": pl.String(),
        "policy": pl.String(),
        "standard": pl.String(),
        "value": MONEY,
        "quantity": MONEY,
        "amount": MONEY,
        "text": pl.String(),
    }
)
"""What each card says: a row for each standard of each policy, with the fingerprint of all its
words.

Rows without a policy are facts of the whole card: ``standard`` is one of ``FACTS``, and only
``text`` is filled.
"""

FACTS = ("name", "home", "people", "phones", "words", "sums", "ask")
"""Head's name; village and group; number of people; telephones; fixed words; figures and sums; what
to ask about.
"""

SCHEMAS: Mapping[Table, pl.Schema] = {"cards": CARDS, "lines": LINES, "spares": SPARES}
MAY_BE_EMPTY = frozenset({"group", "replaces", "policy", "value", "quantity", "amount"})


def frame(table: Table, rows: Iterable[Sequence[object]]) -> pl.DataFrame:
    """A table of rows with all columns in order. Raises ValueError for an amount that it could not
    hold exactly.
    """
    listed = list(rows)
    return pl.DataFrame(
        [
            _column(name, kind, [row[at] for row in listed])
            for at, (name, kind) in enumerate(SCHEMAS[table].items())
        ]
    )


def _column(name: str, kind: pl.DataType, cells: list[object]) -> pl.Series:
    if kind != MONEY:
        return pl.Series(name, cells, kind)
    amounts = {cell for cell in cells if isinstance(cell, Decimal)}
    if lost := [amount for amount in amounts if round(amount, MONEY.scale) != amount]:
        raise ValueError(f"{min(lost)} has more than {MONEY.scale} decimals")
    # Through text, which polars reads four times faster than it takes Python's decimals.
    texts = [None if cell is None else format(cell, "f") for cell in cells]
    return pl.Series(name, texts, pl.String).cast(MONEY)


Digest = Callable[[bytes, int], bytes]
"""A keyed hash of a message, of so many bytes: the county's key."""

BYTES = 6


def fingerprint(digest: Digest, *texts: str) -> str:
    """Twelve hex digits for some texts in their order.

    Without the key nobody can try out which of a village's names it is.
    """
    # Each text goes in behind its length, so that no two lists of texts give the same bytes.
    parts = [text.encode("utf-8") for text in texts]
    return digest(
        b"printed" + b"".join(len(part).to_bytes(4, "big") + part for part in parts), BYTES
    ).hex()
