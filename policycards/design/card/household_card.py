"""The household's card: one sheet of paper, front and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Text
from policycards.core.problems import Place, Problem, problem
from policycards.core.units import mm
from policycards.design.card.card_fit import (
    MOST_LIST_PADDING,
    MOST_PADDING,
    CardFit,
    CardModel,
    Fitter,
    Row,
)
from policycards.design.card.card_format import (
    A5,
    DENSE,
    MARGIN,
    CardDesign,
    Format,
    FormatSetters,
)
from policycards.design.card.card_sides import CardSides
from policycards.design.card.card_table import CardTable
from policycards.design.content.card_content import CardContent
from policycards.design.content.print_context import Drafts, Marks, PrintContext
from policycards.design.layout.block_cache import whole
from policycards.design.layout.blocks import Block, placed
from policycards.design.layout.frames import Bookmark, Box, Item, Page, Piece, Tagged
from policycards.design.layout.name_lines import Namer, without_selectors
from policycards.design.layout.theme import Theme
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import bound
from policycards.typeset import Fonts

TICK = (mm(4.2), mm(2.0), mm(0.2))
"""Where a mark for folding begins, its length and thickness."""
SEAL, MOST_SEAL = 26.0, 38.0
"""mm of height from which a side has a place for the seal, and the most that it takes."""


@dataclass(frozen=True, slots=True)
class CardIssue:
    """What a card carries besides its substance: its code, its place in the pile, the facts of the
    run.

    The squares of ``imprint`` are this card's, its area is the household's village. ``former`` has,
    by policy and standard, the amounts of the card that it replaces where they are others, None
    where it had none.
    """

    code: str
    pile: int
    imprint: PrintContext
    former: Mapping[tuple[str, str], Decimal | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CardChoice:
    """How cards are printed: on which paper, with their fronts alone, in large type rather than
    whole on the front.
    """

    design: CardDesign = "a4"
    fronts_only: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class HouseholdCard:
    """A card that was laid out; ``fit`` is None where its format cannot hold it."""

    piece: Piece | None
    problems: tuple[Problem, ...]
    fit: CardFit | None


def household_card(
    catalogue: Catalogue,
    content: CardContent,
    issue: CardIssue,
    theme: Theme,
    fonts: Fonts,
    place: Place,
    choice: CardChoice | None = None,
) -> tuple[Piece | None, list[Problem]]:
    """One household's card with everything in its place, and what is wrong with it; a card that
    half a sheet cannot hold takes a whole one.
    """
    choice = choice or CardChoice()
    made = Cards(catalogue, theme, fonts, choice).card(content, issue, place)
    if made.fit is None and choice.design == "a5" and not made.problems:
        whole_sheet = replace(choice, design="a4")
        made = Cards(catalogue, theme, fonts, whole_sheet).card(content, issue, place)
    problems = list(made.problems)
    if made.piece is None and not problems:
        problems = [problem("E343", place, household=content.household)]
    return (whole(made.piece, fonts) if made.piece else None), problems


class Cards:
    """Sets the cards of households, one after the other; what many of them share is set once."""

    def __init__(
        self, catalogue: Catalogue, theme: Theme, fonts: Fonts, choice: CardChoice
    ) -> None:
        self.catalogue, self.choice = catalogue, choice
        self.setters = FormatSetters(theme, fonts)
        self._drafts = Drafts.of(catalogue)
        self._marks: dict[tuple[object, ...], Marks] = {}

    def card(self, content: CardContent, issue: CardIssue, place: Place) -> HouseholdCard:
        """The two sides of a card, and what is wrong with them.

        ``place`` is where the roster has the household. With an error nothing may be printed; a
        name that cannot be is a warning.
        """
        imprint = issue.imprint
        if not content.phones:
            missing = problem("E340", self.catalogue.place("contacts"), area=imprint.area)
            return HouseholdCard(None, (missing,), None)
        content = replace(
            content,
            name_bo=without_selectors(content.name_bo),
            name_zh=without_selectors(content.name_zh),
        )
        return self.laid_out(content, issue, place, content.policies)

    def laid_out(
        self, content: CardContent, issue: CardIssue, place: Place, policies: Sequence[str]
    ) -> HouseholdCard:
        """The sides of a card that tells of some policies."""
        self.setters.clear()
        imprint = issue.imprint
        sheet = _Sheet(self, content, issue, place, self.marks(imprint, policies))
        fit = sheet.fitter.fit(self.choice.design)
        if fit is None:
            return HouseholdCard(None, (), None)
        pages = sheet.pages(fit)
        problems = [*sheet.problems(fit), *sheet.namer_problems(fit)]
        look = self.setters.of(fit.front).look
        piece = bound(self.catalogue, imprint, look, issue.code, pages, self._bookmarks(len(pages)))
        return HouseholdCard(piece, tuple(dict.fromkeys(problems)), fit)

    def marks(self, imprint: PrintContext, policies: Sequence[str]) -> tuple[Text, ...]:
        """The marks of a card that tells of these policies."""
        facts = (imprint.area, imprint.day, imprint.published, imprint.demo)
        if facts not in self._marks:  # of one village at a time
            self._marks = {facts: Marks(self.catalogue, imprint, self._drafts)}
        return self._marks[facts].of(policies)

    def _bookmarks(self, pages: int) -> list[Bookmark]:
        words = self.catalogue.words
        return [
            Bookmark(" ".join(words[key][lang] for lang in LANGS), at, mm(MARGIN))
            for at, key in enumerate(("card_front", "card_back")[:pages])
        ]


class _Sheet:
    """One card while it is laid out: its parts in the formats that are tried."""

    def __init__(
        self,
        cards: Cards,
        content: CardContent,
        issue: CardIssue,
        place: Place,
        marks: tuple[Text, ...],
    ) -> None:
        self.cards, self.content, self.issue, self.place = cards, content, issue, place
        self._marks = marks
        self.is_dated = any(line.is_own and line.form.month for line in content.lines)
        self._parts: dict[Format, tuple[CardSides, CardTable]] = {}
        choice = cards.choice
        self.fitter = Fitter(
            CardModel.of(content.lines, issue.former),
            self.part,
            choice.fronts_only,
            choice.large,
            bool(content.ask_about),
        )

    def part(self, form: Format) -> tuple[CardSides, CardTable]:
        if form not in self._parts:
            made = self.cards.setters.of(form)
            catalogue = self.cards.catalogue
            surround = PageFurniture(catalogue, self.issue.imprint, made.setter, self._marks)
            namer = Namer(made.setter, self.content.household, self.place, {})
            marker = self.cards.setters.of(A5 if form.design == "a5" else DENSE[0]).setter
            sides = CardSides(
                made, surround, marker, self.content, self.issue.code, self.issue.pile, namer
            )
            self._parts[form] = sides, CardTable(made, catalogue, form.is_dense and self.is_dated)
        return self._parts[form]

    def problems(self, fit: CardFit) -> list[Problem]:
        found = self.cards.setters.problems_of(fit.front)
        return (
            found if fit.back == fit.front else [*found, *self.cards.setters.problems_of(fit.back)]
        )

    def namer_problems(self, fit: CardFit) -> list[Problem]:
        return [
            found for form in {fit.front, fit.back} for found in self.part(form)[0].namer.problems
        ]

    def pages(self, fit: CardFit) -> list[Page]:
        """The sides, with a place for the seal on the back or else where there is room."""
        sides, _table = self.part(fit.front)
        shown = fit
        if self.fitter.is_single:
            shown = replace(fit, groups=len(self.fitter.model.kinds))
        found = [
            _Side(
                fit.front,
                (sides.strip(), sides.title(), sides.household()),
                self.fitter.front_rows(shown),
                self.fitter.front_foot(fit),
            )
        ]
        if not self.fitter.is_single:
            sides, _table = self.part(fit.back)
            head = (sides.strip().tagged("P"), sides.back_head())
            foot = [sides.back_foot(), sides.source(dated=True)]
            found.append(_Side(fit.back, head, self.fitter.back_rows(fit), foot))
        sealed = next(
            (at for at, each in enumerate(reversed(found)) if self.free(each) >= SEAL), -1
        )
        return [self.page(side, is_sealed=at == sealed) for at, side in enumerate(reversed(found))][
            ::-1
        ]

    def free(self, side: _Side) -> float:
        """mm of height that no row takes, at scale 1."""
        sides, table = self.part(side.form)
        blocks = [*side.head, *side.foot, *(row.block for row in side.rows)]
        spare = sides.made.height - sum(block.height for block in blocks)
        growth = _growth(side.rows, spare, table)
        grown = sum(growth[row.is_own] for row in side.rows if row.grows)
        return (spare - grown) / table.mm(1)

    def page(self, side: _Side, *, is_sealed: bool) -> Page:
        """A page: its head from the top, its foot from the bottom, its rows between them."""
        sides, table = self.part(side.form)
        made = sides.made
        left, y = mm(MARGIN), mm(MARGIN)
        items: list[Item] = []
        for block in side.head:
            items += placed(block, left, y)
            y += block.height
        bottom = mm(MARGIN) + made.height - sum(block.height for block in side.foot)
        items += self.rows(side.rows, table, left, y, bottom)
        if is_sealed:
            seal = sides.seal(min(self.free(side) - 4, MOST_SEAL))
            right = left + made.width - seal.width
            items += placed(seal, right, bottom - seal.height - table.mm(2))
        for block in side.foot:
            items += placed(block, left, bottom)
            bottom += block.height
        if side.form.design == "a4":
            items.append(_ticks(made.look.width))
        return Page(made.look.width, made.look.height, tuple(items))

    def rows(
        self, rows: Sequence[Row], table: CardTable, left: float, y: float, bottom: float
    ) -> list[Item]:
        """Rows one below the other; what room is left makes them taller."""
        spare = bottom - y - sum(row.block.height for row in rows)
        growth = _growth(rows, spare, table)
        items: list[Item] = []
        inside: list[Item] = []
        name = ""
        look = table.made.look
        amount = table.columns[4]
        for row in rows:
            if row.table != name:
                items += _tabled(name, inside)
                name, inside = row.table, []
            more = growth[row.is_own] if row.grows else 0.0
            high = row.block.height + more
            back: list[Item] = []
            if row.is_own:
                box = Box(left + amount, y, table.made.width - amount, high, fill=look.column)
                back.append(box)
            if row.ruled:
                back.append(Box(left, y, table.made.width, row.ruled, fill=0.0))
            if back:
                inside.append(Tagged("Artifact", tuple(back)))
            inside += placed(row.block, left, y + more / 2)
            y += high
        items += _tabled(name, inside)
        return items


class _Side(NamedTuple):
    """What stands on a side, from top to bottom."""

    form: Format
    head: Sequence[Block]
    rows: Sequence[Row]
    foot: Sequence[Block]


def _growth(rows: Sequence[Row], spare: float, table: CardTable) -> tuple[float, float]:
    """pt by which rows of the list and those of own money grow, where there is room."""
    own = sum(row.grows and row.is_own for row in rows)
    listed = sum(row.grows and not row.is_own for row in rows)
    growth = min(max(spare, 0.0) / own, table.mm(MOST_PADDING)) if own else 0.0
    rest = max(spare - growth * own, 0.0)
    return min(rest / listed, table.mm(MOST_LIST_PADDING)) if listed else 0.0, growth


def _tabled(name: str, inside: Sequence[Item]) -> Sequence[Item]:
    return [Tagged("Table", tuple(inside))] if name and inside else inside


def _ticks(width: float) -> Tagged:
    """Where a sheet is folded, the front inside."""
    start, length, thick = TICK
    middle = mm(148.5) - thick / 2
    return Tagged(
        "Artifact",
        tuple(Box(x, middle, length, thick, fill=0.0) for x in (start, width - start - length)),
    )
