"""Households' own cards as files to send, and the county's key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policycards.cli import report
from policycards.cli.messages import _

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue
    from policycards.design import Theme
    from policycards.households.model import Roster
    from policycards.press.pack.village_pack import Order
    from policycards.qr import Key


def send_cards(
    catalogue: Catalogue,
    theme: Theme,
    order: Order,
    roster: Roster,
    households: Sequence[str],
    out: Path,
) -> None:
    """A tagged file for each household, to be sent; those with a fault are told and left out."""
    from policycards import pdf
    from policycards.households.roster.homes import picked
    from policycards.press.pack.single_cards import CardMaker
    from policycards.qr import format_code
    from policycards.typeset import Fonts

    chosen, facts = picked(roster, households)
    maker = CardMaker(catalogue, order, theme, Fonts.open(order.fonts, theme.fonts))
    folder = out / order.edition / "send"
    folder.mkdir(parents=True, exist_ok=True)
    for home, card in zip(facts, maker.cards(chosen, facts), strict=True):
        if card.piece is None:
            continue
        file = folder / f"card-{format_code(card.code)}.pdf"
        pdf.write(card.piece, maker.fonts, file, tagged=True)
        report.say(
            _(
                "{file}: household {household}, {policies} policies on {pages} pages, standards as"
                " of {day}."
            ).format(
                file=file,
                household=home.household_id,
                policies=card.policies,
                pages=len(card.piece.pages),
                day=order.day,
            )
        )


def key_of(key_file: Path | None) -> Key:
    from policycards.qr import DEMO_KEY, read_key

    if key_file is None:
        return DEMO_KEY
    key, problems = read_key(key_file)
    report.stop_on_errors(problems)
    assert key is not None
    return key
