"""The household's own card: whose it is outside; what it has and how to claim it inside, on as many
pages as needed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Text
from policycards.core.problems import Place, Problem, problem
from policycards.core.units import MM
from policycards.design.card.card_pagination import EMPTY, flat_pages, folded_pages
from policycards.design.card.front_page import NEEDED, FrontPage, Part
from policycards.design.card.inner_pages import InnerPages
from policycards.design.content.benefit_lines import (
    BenefitLine,
    changed_since,
    with_changes,
    with_former,
)
from policycards.design.content.card_content import CardContent
from policycards.design.content.policy_text import PolicyText, Row
from policycards.design.content.print_context import Drafts, Marks, PrintContext
from policycards.design.layout.block_cache import BlockCache, whole
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Bookmark, Page, Piece
from policycards.design.layout.pagination import Placement
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.design.parts.pages import FOOT_GAP, bound, leaf
from policycards.typeset import Fonts, numbers
from policycards.typeset.slots import mark

MOST_PAGES = (9, 99)
"""The widest page numbers for which the foot is given room, the usual one first."""


@dataclass(frozen=True, slots=True)
class CardIssue:
    """What a card carries besides its substance: its code, its place in the pile, the facts of the
    run.

    The squares of ``imprint`` are this card's, its area is the household's village. ``former`` has,
    by policy and standard, the amounts of the card that it replaces.
    """

    code: str
    pile: int
    imprint: PrintContext
    former: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)


def household_card(
    catalogue: Catalogue,
    substance: CardContent,
    dress: CardIssue,
    look: Look,
    fonts: Fonts,
    place: Place,
) -> tuple[Piece | None, list[Problem]]:
    """The pages of one household's card with everything in its place, and what is wrong with
    them.
    """
    piece, problems = Cards(catalogue, look, fonts).card(substance, dress, place)
    return whole(piece, fonts) if piece else None, problems


class Cards:
    """Sets the cards of households, one after the other; what many of them share is set once.

    ``folded`` ones are made to be printed as A4 sheets folded once, the first and the last page
    outside.
    """

    def __init__(
        self, catalogue: Catalogue, look: Look, fonts: Fonts, *, folded: bool = False
    ) -> None:
        self.catalogue, self.look, self.folded = catalogue, look, folded
        self.setter = Typesetter(look, fonts)
        self.plates = BlockCache(self.setter)
        self._drafts = Drafts.of(catalogue)
        self._marks: dict[tuple[object, ...], Marks] = {}
        self._policies = {policy.id: policy for policy in catalogue.policies}
        self._discreet = frozenset(policy.id for policy in catalogue.policies if policy.discreet)
        self._told: dict[tuple[int, tuple[str, ...]], tuple[Row, Row]] = {}

    def card(
        self, substance: CardContent, dress: CardIssue, place: Place
    ) -> tuple[Piece | None, list[Problem]]:
        """The pages of a card, the first of them its outside, and what is wrong with them.

        ``place`` is where the roster has the household. With an error nothing may be printed; a
        name that cannot be is a warning.
        """
        imprint = dress.imprint
        if not substance.phones:
            return None, [problem("E340", self.catalogue.place("contacts"), area=imprint.area)]
        self.setter.problems = []
        surround = PageFurniture(
            self.catalogue, imprint, self.setter, self.marks(imprint, substance.policies)
        )
        outside = FrontPage.of(surround, self.plates, substance, dress.code, dress.pile, place)
        pages, bookmarks, problems = self.laid_out(substance, surround, outside, dress, place)
        problems = [*dict.fromkeys(self.setter.problems), *outside.namer.problems, *problems]
        return bound(self.catalogue, imprint, self.look, dress.code, pages, bookmarks), problems

    def marks(self, imprint: PrintContext, policies: Sequence[str]) -> tuple[Text, ...]:
        """The marks of a card that tells of these policies."""
        facts = (imprint.area, imprint.day, imprint.published, imprint.demo)
        if facts not in self._marks:
            self._marks = {
                facts: Marks(self.catalogue, imprint, self._drafts)
            }  # of one village at a time
        return self._marks[facts].of(policies)

    def laid_out(
        self,
        substance: CardContent,
        surround: PageFurniture,
        outside: FrontPage,
        dress: CardIssue,
        place: Place,
    ) -> tuple[list[Page], list[Bookmark], list[Problem]]:
        """The pages from first to last."""
        look, pile = self.look, str(outside.pile)
        head = self.plates.block(("head", surround.marks), surround.running_head)
        inner = look.height - 2 * look.margin - FOOT_GAP
        front, rest = _shared_out(
            outside.parts, inner - self.foot(surround, 1, MOST_PAGES[-1], "").height
        )
        inside = InnerPages(
            surround, self.plates, substance, partial(self.told, dress), self._discreet
        )
        said = [*inside.closing(), *(part.block for part in rest)]
        for most in MOST_PAGES:
            room = inner - self.foot(surround, most, most, pile).height - head.height
            poured, too_tall = (folded_pages if self.folded else flat_pages)(
                list(inside.sections(room)), said, room
            )
            of = 1 + len(poured)
            if of <= most:
                break
        pages = [leaf(look, front, EMPTY, self.foot(surround, 1, of, ""))]
        for number, placements in enumerate(poured, 2):
            pages.append(leaf(look, placements, head, self.foot(surround, number, of, pile)))
        problems = (
            [problem("E343", place, household=substance.household)]
            if self.misses(outside, front)
            else []
        )
        problems += [
            problem("E311", self.catalogue.place(row.policy), over=f"{row.over / MM:.1f}")
            for row in too_tall
        ]
        return pages, list(_bookmarks(self.catalogue, poured, look.margin + head.height)), problems

    def foot(self, surround: PageFurniture, number: int, of: int, pile: str) -> Block:
        """The bottom of a page: outside with the issuer; inside with the nearest phone, and the
        pile number, by which loose pages find back to their card.
        """
        shapes = self.plates.shapes([pile])
        facts = (surround.imprint.area, surround.imprint.day, surround.imprint.edition)
        make = partial(
            _foot, surround, number, of, self.plates.spell(mark(0), shapes) if pile else ""
        )
        return self.plates.block(("foot", *facts, shapes, number, of), make, (pile,))

    def told(self, dress: CardIssue, claim: BenefitLine) -> BenefitLine:
        """A claim with what changed lately, and with what the card that this one replaces had
        instead.
        """
        standards = changed_since(claim, dress.former) if dress.former else ()
        key = (
            id(claim.form),
            standards,
        )  # a form is of one kind of area, and kept here, so that its id stays its own
        if key not in self._told:
            speaker = PolicyText(self.catalogue, dress.imprint.area, dress.imprint.day)
            news = with_changes(speaker, self._policies[claim.policy], claim.form)
            self._told[key] = claim.form, with_former(speaker, news, standards, len(claim.figures))
        former = (numbers.plain(dress.former[claim.policy, standard]) for standard in standards)
        return BenefitLine(self._told[key][1], (*claim.figures, *former))

    def misses(self, outside: FrontPage, front: list[Placement]) -> bool:
        """Whether a part without which there is no card found no room on the front."""
        return sum(part.rank == NEEDED for part in outside.parts) > sum(
            each.category == "needed" for each in front
        )


def _shared_out(parts: Sequence[Part], room: float) -> tuple[list[Placement], list[Part]]:
    """What stands on the front, and what it has no room for."""
    chosen: list[Part] = []
    free = room + GAP
    for part in sorted(parts, key=lambda part: part.rank):
        if part.block.height + GAP <= free:
            chosen.append(part)
            free -= part.block.height + GAP
    in_order = [part for part in parts if part in chosen]
    return _spread(in_order, free), [part for part in parts if part not in chosen]


def _foot(surround: PageFurniture, number: int, of: int, pile: str) -> Block:
    """A foot with the issuer, or where there is a pile number, with it and the nearest phone."""
    return (
        surround.slim_foot(number, of, pile)
        if pile
        else surround.foot(number, of, surround.issuer())
    )


def _spread(parts: list[Part], free: float) -> list[Placement]:
    """Parts one below the other, what is free shared among the gaps up to their double."""
    gap = GAP + min(GAP, free / max(1, len(parts) - 1))
    placements, y = [], 0.0
    for part in parts:
        placements.append(Placement(y, part.block, "needed" if part.rank == NEEDED else "outside"))
        y += part.block.height + gap
    return placements


def _bookmarks(
    catalogue: Catalogue, poured: list[list[Placement]], top: float
) -> Iterator[Bookmark]:
    """Where each section begins; never the name of a policy, for an outline is shown with the file
    closed.
    """
    for number, placements in enumerate(poured, 1):
        for placement in placements:
            if placement.is_heading and placement.category in catalogue.words:
                words = catalogue.words[placement.category]
                yield Bookmark(" ".join(words[lang] for lang in LANGS), number, top + placement.y)
