"""Single cards: some households' own cards as pieces of their own, to be sent to somebody or looked
at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.problems import Place, Problem, has_errors
from policycards.design import PrintContext, Theme
from policycards.design.card.household_card import CardChoice, CardIssue, household_card
from policycards.design.content.card_content import substance
from policycards.design.layout.frames import Piece
from policycards.households.entitlements.calculate import entitlements, grouped
from policycards.households.model import Entitlement, Roster
from policycards.households.roster.homes import HouseholdFacts
from policycards.press.pack.village_pack import Order
from policycards.qr import Encoder, card_code, link_of
from policycards.typeset import Fonts


@dataclass(frozen=True, slots=True)
class SingleCard:
    """One household's card; ``piece`` is None where something is wrong with it. ``policies`` counts
    those on it.
    """

    code: str
    piece: Piece | None
    policies: int
    problems: tuple[Problem, ...]


class CardMaker:
    """Makes the cards of one order; the same cards as a run of it would print."""

    def __init__(self, catalogue: Catalogue, order: Order, theme: Theme, fonts: Fonts) -> None:
        self.catalogue, self.order, self.fonts = catalogue, order, fonts
        self.link = link_of(catalogue, order.edition)
        self.encoder = Encoder(self.link.length)
        self.theme = theme
        self.choice = CardChoice(order.design, order.fronts_only, order.large)

    def cards(self, roster: Roster, facts: Sequence[HouseholdFacts]) -> Iterator[SingleCard]:
        """The cards of some households; ``roster`` has these alone, ``facts`` their places in the
        whole of it.
        """
        answers = grouped(entitlements(roster, self.catalogue, self.order.day, on=self.order.on))
        for each in facts:
            yield self.card(each, answers.get(each.household_id, []))

    def card(self, facts: HouseholdFacts, answers: Sequence[Entitlement]) -> SingleCard:
        order, link = self.order, self.link
        content = substance(self.catalogue, facts, answers, order.day)
        code = card_code(order.key, facts.area, facts.household_id, link.edition)
        imprint = PrintContext(
            area=facts.area,
            day=order.day,
            edition=link.edition,
            published=order.is_published,
            squares=self.encoder.encode(link.payload(code, content.policies)),
            domain=link.domain,
            demo=order.key.is_demo,
        )
        issue = CardIssue(code, facts.pile, imprint)
        place = Place(order.roster, facts.row)
        piece, problems = household_card(
            self.catalogue, content, issue, self.theme, self.fonts, place, self.choice
        )
        return SingleCard(
            code, None if has_errors(problems) else piece, len(content.policies), tuple(problems)
        )
