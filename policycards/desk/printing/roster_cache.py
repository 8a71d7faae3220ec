"""A list of households kept in memory to look at: read once for each state of list and catalogue,
cards made as asked.

Only for lists of a size that is read while somebody waits; what is larger is looked at by tasks.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cached_property
from threading import RLock

from policycards import pdf
from policycards.catalogue import Catalogue
from policycards.core.problems import Problem
from policycards.design import proof_edition, read_theme
from policycards.design.content.reasons_text import Explained, Reasoner
from policycards.design.layout.sheet_plan import Sheet
from policycards.desk.core.office_folder import Office
from policycards.desk.core.page import today
from policycards.desk.printing.roster_list import Listed
from policycards.households.entitlements.reasons import household_of, reasons
from policycards.households.model import Roster
from policycards.households.roster.answers import read_mapping
from policycards.households.roster.homes import HouseholdFacts, picked
from policycards.households.roster.read_roster import read_roster
from policycards.press.pack.single_cards import CardMaker
from policycards.press.pack.village_pack import Order
from policycards.qr import DEMO_KEY, Key, read_key
from policycards.typeset import Fonts

MOST_PEOPLE = 10_000
"""People of a list that is read while somebody waits."""
KEPT, CARDS = 2, 30
"""Lists, and cards of each, that are kept."""
_BUSY = RLock()
"""One reading or one card at a time."""
_BOOKS: OrderedDict[tuple[object, ...], Book] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Card:
    """A household's card as a file; no file where something is wrong with it."""

    data: bytes
    pages: int
    problems: tuple[Problem, ...]


@dataclass
class Book:
    """A list with the catalogue of a day."""

    listed: Listed
    catalogue: Catalogue
    roster: Roster | None
    key: Key
    problems: list[Problem]
    cards: OrderedDict[str, Card] = field(default_factory=OrderedDict)

    @cached_property
    def homes(self) -> list[HouseholdFacts]:
        """Every household, in walking order."""
        if self.roster is None:
            return []
        return picked(self.roster, self.roster.households["household_id"].to_list())[1]

    @cached_property
    def maker(self) -> CardMaker:
        """Makes cards as a proof of today has them."""
        theme = read_theme("plain")[0]
        assert theme is not None
        day, folder = today(), self.listed.office.fonts.resolve()
        edition, sheet = proof_edition(self.catalogue.digest, day), Sheet()
        order = Order(self.key, day, edition, False, self.listed.path, folder, sheet)
        return CardMaker(self.catalogue, order, theme, Fonts.open(folder, theme.fonts))

    def find(self, asked: str) -> list[HouseholdFacts]:
        """The households that somebody means: by id, else by pile number, else by a part of the
        head's name.
        """
        asked = asked.strip()
        by_id = [each for each in self.homes if each.household_id == asked]
        by_pile = [each for each in self.homes if asked.isdecimal() and each.pile == int(asked)]
        by_name = [
            each
            for each in self.homes
            if asked and any(asked in (n or "") for n in (each.name_bo, each.name_zh))
        ]
        return by_id or by_pile or by_name

    def card(self, home: HouseholdFacts) -> Card:
        """The card of a household."""
        with _BUSY:
            made = self.cards.get(home.household_id)
            if made is None:
                made = self.cards[home.household_id] = self._made(home)
                if len(self.cards) > CARDS:
                    self.cards.popitem(last=False)
            return made

    def _made(self, home: HouseholdFacts) -> Card:
        assert self.roster is not None
        some, _facts = picked(self.roster, [home.household_id])
        (card,) = self.maker.cards(some, [home])
        data = pdf.render(card.piece, self.maker.fonts, tagged=True) if card.piece else b""
        return Card(data, len(card.piece.pages) if card.piece else 0, card.problems)

    def rows(self, home: HouseholdFacts) -> tuple[dict[str, object], list[dict[str, object]]]:
        """What the list says of the household, and of its people, by column."""
        assert self.roster is not None
        own = household_of(self.roster, home.household_id)
        return own.households.row(0, named=True), list(own.members.iter_rows(named=True))

    def explained(self, home: HouseholdFacts) -> list[Explained]:
        """What the household is entitled to and why."""
        assert self.roster is not None
        with _BUSY:
            found = reasons(self.roster, home.household_id, self.catalogue, today())
            return Reasoner.of(self.catalogue, home.area, today()).in_full(found)


def opened(listed: Listed, catalogue: Catalogue) -> Book:
    """The book of a list as it is now."""
    key = (listed.path, listed.changed, catalogue.digest, today())
    with _BUSY:
        if key not in _BOOKS:
            _BOOKS[key] = _read(listed, catalogue)
        _BOOKS.move_to_end(key)
        while len(_BOOKS) > KEPT:
            _BOOKS.popitem(last=False)
        return _BOOKS[key]


def _read(listed: Listed, catalogue: Catalogue) -> Book:
    key, faults = key_of(listed.office)
    mapping, problems = read_mapping([str(listed.headings)] if listed.headings.is_file() else [])
    digest = key.digest if listed.office.key else None
    roster, found, _notes = read_roster(
        listed.file, catalogue, today=today(), digest=digest, mapping=mapping
    )
    return Book(
        listed, catalogue, roster, key, [*faults, *problems, *(found if roster is None else [])]
    )


def key_of(office: Office) -> tuple[Key, list[Problem]]:
    """The county's key; without one cards are samples."""
    if office.key is None:
        return DEMO_KEY, []
    key, problems = read_key(office.key)
    return key or DEMO_KEY, problems
