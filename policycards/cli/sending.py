"""Households' own cards as files to send: roster, entitlements, substance, layout, tagged PDF; and the county's key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policycards.cli import report
from policycards.cli.messages import _
from policycards.problems import Place, has_errors

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue
    from policycards.design import Look, Theme
    from policycards.households.homes import HouseholdFacts
    from policycards.households.model import Entitlement, Roster
    from policycards.press.village import Order
    from policycards.qr import Encoder, Key, Link
    from policycards.typeset import Fonts


def send_cards(
    catalogue: Catalogue, theme: Theme, order: Order, roster: Roster, households: Sequence[str], out: Path
) -> None:
    """A tagged file for each household, to be sent; those with a fault are told and left out."""
    from policycards.design import Look
    from policycards.households.entitlements import entitlements, grouped
    from policycards.households.homes import picked
    from policycards.qr import Encoder, link_of
    from policycards.typeset import Fonts

    chosen, facts = picked(roster, households)
    answers = grouped(entitlements(chosen, catalogue, order.day, on=order.on))
    link = link_of(catalogue, order.edition)
    look = Look(theme, "hand", order.large)
    desk = _Desk(catalogue, order, link, Encoder(link.length), look, Fonts.open(order.fonts, theme.fonts))
    folder = out / order.edition / "send"
    folder.mkdir(parents=True, exist_ok=True)
    for each in facts:
        desk.card(each, answers.get(each.household_id, []), folder)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What all cards of one command share."""

    catalogue: Catalogue
    order: Order
    link: Link
    encoder: Encoder
    look: Look
    fonts: Fonts

    def card(self, facts: HouseholdFacts, answers: list[Entitlement], folder: Path) -> None:
        """The card of one household; what is wrong with it was told by the run."""
        from policycards import pdf
        from policycards.design import Imprint
        from policycards.design.household import Dress, household_card
        from policycards.design.substance import substance
        from policycards.qr import card_code, format_code

        order, link = self.order, self.link
        told = substance(self.catalogue, facts, answers, order.day)
        code = card_code(order.key, facts.area, facts.household_id, link.edition)
        imprint = Imprint(
            area=facts.area,
            day=order.day,
            edition=link.edition,
            published=order.is_published,
            squares=self.encoder.encode(link.payload(code, told.policies)),
            domain=link.domain,
            demo=order.key.is_demo,
        )
        dress = Dress(code, facts.pile, imprint)
        piece, problems = household_card(
            self.catalogue, told, dress, self.look, self.fonts, Place(order.roster, facts.row)
        )
        if piece and not has_errors(problems):
            file = folder / f"card-{format_code(code)}.pdf"
            pdf.write(piece, self.fonts, file, tagged=True)
            report.say(
                _("{file}: household {household}, {policies} policies on {pages} pages, standards as of {day}.").format(
                    file=file,
                    household=facts.household_id,
                    policies=len(told.policies),
                    pages=len(piece.pages),
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
