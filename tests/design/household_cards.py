"""Households to print: what they are entitled to on a day, and their cards in any look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policycards.catalogue import Catalogue
from policycards.catalogue.model.in_force import in_force
from policycards.catalogue.model.policy import Policy, Standard
from policycards.core.problems import Place, Problem
from policycards.design import PrintContext, read_theme
from policycards.design.card.household_card import CardChoice, CardIssue, household_card
from policycards.design.content.card_content import CardContent, substance
from policycards.design.layout.frames import Item, Page, Piece, Tagged, Text
from policycards.households.model import Answer, Entitlement
from policycards.households.roster.homes import HouseholdFacts
from policycards.qr import DEMO_KEY, Encoder, card_code, link_of
from policycards.typeset import Fonts

DAY = date(2026, 11, 23)
VILLAGE = "549901101201"
EDITION = "p0test00"
PLACE = Place("roster.xlsx", 7)
CODE = card_code(DEMO_KEY, VILLAGE, "h-17", EDITION)
HOME = HouseholdFacts("h-17", VILLAGE, "二组", 17, "བཀྲ་ཤིས་ཚེ་རིང", "扎西次仁", 5, 7)


@dataclass(frozen=True)
class Sample:
    """A catalogue with its fonts, and what of it a household may have."""

    catalogue: Catalogue
    fonts: Fonts

    def entitled(
        self,
        policy_id: str,
        quantity: str | None = None,
        amount: str | None = None,
        *,
        answer: Answer = "yes",
        standard_id: str | None = None,
    ) -> Entitlement:
        """One of a policy's standards, the first unless named; the amount is reckoned where it is
        not given.
        """
        policy = next(each for each in self.catalogue.policies if each.id == policy_id)
        standard = next(each for each in policy.standards if standard_id in (None, each.id))
        return self._entitled(policy, standard, quantity, amount, answer)

    def _entitled(
        self,
        policy: Policy,
        standard: Standard,
        quantity: str | None,
        amount: str | None,
        answer: Answer,
    ) -> Entitlement:
        value = in_force(standard, DAY, VILLAGE).value
        worth = value.amount if value else None
        count = Decimal(quantity) if quantity else None
        total = Decimal(amount) if amount else None
        if total is None and worth is not None and count is not None:
            total = (worth * count).quantize(standard.rounding)
        return Entitlement(HOME.household_id, policy.id, standard.id, answer, worth, count, total)

    def eight(self) -> list[Entitlement]:
        """Land by mu with decimals, instalments, approved, per person, by event, for school; and
        two uncertain ones.
        """
        return [
            self.entitled("grassland-grazing-ban", "120"),
            self.entitled("grassland-balance-reward", "350.5"),
            self.entitled("cropland-to-forest", "10"),
            self.entitled("rural-dibao", amount="9600"),
            self.entitled("longevity-80", "1"),
            self.entitled("childcare-subsidy", "2"),
            self.entitled("three-guarantees"),
            self.entitled("hospital-delivery"),
            self.entitled("free-majors", answer="cannot_tell"),
            self.entitled("orphan-living", answer="cannot_tell"),
        ]

    def many(self, most: int) -> list[Entitlement]:
        """So many policies of all kinds, every standard that holds in the village."""
        found: dict[str, list[Entitlement]] = {}
        for policy, standard in self._holding():
            quantity = "3" if standard.pays == "cash" else None
            amount = "9600" if standard.pays == "approved" else None
            found.setdefault(policy.id, []).append(
                self._entitled(policy, standard, quantity, amount, "yes")
            )
        return [each for policy in list(found)[:most] for each in found[policy]]

    def _holding(self) -> Iterator[tuple[Policy, Standard]]:
        for policy in self.catalogue.policies:
            for standard in policy.standards:
                if not standard.values or in_force(standard, DAY, VILLAGE).value:
                    yield policy, standard

    def substance(
        self, entitled: Sequence[Entitlement], home: HouseholdFacts = HOME, day: date = DAY
    ) -> CardContent:
        return substance(self.catalogue, home, entitled, day)

    def address(self, entitled: Sequence[Entitlement]) -> bytes:
        return link_of(self.catalogue, EDITION).payload(CODE, self.substance(entitled).policies)

    def imprint(
        self, entitled: Sequence[Entitlement], *, demo: bool = True, published: bool = False
    ) -> PrintContext:
        link = link_of(self.catalogue, EDITION)
        squares = Encoder(link.length).encode(self.address(entitled))
        return PrintContext(VILLAGE, DAY, EDITION, published, squares, link.domain, demo)

    def card(
        self,
        entitled: Sequence[Entitlement],
        home: HouseholdFacts = HOME,
        *,
        theme: str = "plain",
        choice: CardChoice | None = None,
    ) -> tuple[Piece, list[Problem]]:
        read, _problems = read_theme(theme)
        assert read is not None
        dress = CardIssue(CODE, home.pile, self.imprint(entitled))
        told = self.substance(entitled, home)
        piece, found = household_card(self.catalogue, told, dress, read, self.fonts, PLACE, choice)
        assert piece is not None
        return piece, found


def flat(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Tagged):
            yield from flat(item.items)
        else:
            yield item


def texts(page: Page) -> list[Text]:
    return [item for item in flat(page.items) if isinstance(item, Text)]


def said(*pages: Page) -> str:
    """All lines of pages, one behind the other."""
    return "\n".join(text.line.text for page in pages for text in texts(page))


def paragraphs(items: tuple[Item, ...]) -> Iterator[list[Text]]:
    if lines := [item for item in items if isinstance(item, Text)]:
        yield lines
    for item in items:
        if isinstance(item, Tagged):
            yield from paragraphs(item.items)
