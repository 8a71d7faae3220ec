"""The household's own card: whose it is outside; what it has and how to claim it inside, on as many pages as needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policycards.catalogue.model import LANGS, Catalogue
from policycards.design.blocks import Block
from policycards.design.claims import with_changes
from policycards.design.frames import Bookmark, Piece
from policycards.design.imprint import Imprint, marks
from policycards.design.inside import EMPTY, Inside
from policycards.design.leaves import FOOT_GAP, bound, leaf
from policycards.design.outside import NEEDED, Outside, Part
from policycards.design.pour import Kept, Placement, Section, pour
from policycards.design.setting import Setter
from policycards.design.statement import Speaker
from policycards.design.substance import Substance
from policycards.design.surround import GAP, Surround
from policycards.design.theme import Look
from policycards.problems import Place, Problem, problem
from policycards.qr import format_code
from policycards.typeset import Fonts
from policycards.units import MM

MOST_PAGES = 99
"""The widest page number for which the foot is given room."""


@dataclass(frozen=True, slots=True)
class Dress:
    """What a card carries besides its substance: its code, its place in the pile, the facts of the run.

    The squares of ``imprint`` are this card's, its area is the household's village.
    """

    code: str
    pile: int
    imprint: Imprint


def household_card(
    catalogue: Catalogue, substance: Substance, dress: Dress, look: Look, fonts: Fonts, place: Place
) -> tuple[Piece | None, list[Problem]]:
    """The pages of a household's card, the first of them its outside, and what is wrong with them.

    ``place`` is where the roster has the household. With an error nothing may be printed; a name that cannot be is a
    warning.
    """
    imprint = dress.imprint
    if not substance.phones:
        return None, [problem("E340", catalogue.place("contacts"), area=imprint.area)]
    printed = {policy.id: policy for policy in catalogue.policies if policy.id in substance.policies}
    setter = Setter(look, fonts)
    surround = Surround(catalogue, imprint, setter, marks(catalogue, printed.values(), imprint))
    speaker = Speaker(catalogue, imprint.area, imprint.day)
    rows, others = (
        tuple(with_changes(speaker, printed[row.policy], row) for row in told)
        for told in (substance.rows, substance.others)
    )
    outside = Outside.of(surround, substance, dress.code, dress.pile, place)
    inside = Inside(surround, substance, rows, others)
    head, issuer = surround.running_head(), surround.issuer()
    known_as = format_code(dress.code)
    inner = look.height - 2 * look.margin - FOOT_GAP
    first = inner - surround.foot(MOST_PAGES, MOST_PAGES, issuer).height
    later = inner - surround.foot(MOST_PAGES, MOST_PAGES, None, known_as).height - head.height
    parts = list(outside.parts())
    front, rest = _fitted(parts, first)
    sections = [*inside.sections(later), Section("closing", EMPTY, EMPTY, tuple(rest))]
    poured, too_tall = pour(sections, later, later)
    of = 1 + len(poured)
    pages = [leaf(look, front, EMPTY, surround.foot(1, of, issuer))]
    for number, placements in enumerate(poured, 2):
        pages.append(leaf(look, placements, head, surround.foot(number, of, None, known_as)))
    problems = [
        *setter.problems,
        *outside.namer.problems,
        *(
            problem("E343", place, household=substance.household)
            for part in parts
            if part.rank == NEEDED and part.block not in [each.block for each in front]
        ),
        *(problem("E311", catalogue.place(row.policy), over=f"{row.over / MM:.1f}") for row in too_tall),
    ]
    bookmarks = _bookmarks(catalogue, poured, look.margin + head.height)
    return bound(catalogue, imprint, look, dress.code, pages, bookmarks), problems


def _fitted(parts: list[Part], room: float) -> tuple[list[Placement], list[Kept]]:
    """The parts that the outside has room for, spread over it, and those that must go to the end of the inside."""
    chosen: list[Part] = []
    free = room + GAP
    for part in sorted(parts, key=lambda part: part.rank):
        if part.block.height + GAP <= free:
            chosen.append(part)
            free -= part.block.height + GAP
    gap = GAP + min(GAP, free / max(1, len(chosen) - 1))
    placements, rest, y = [], [], 0.0
    for part in parts:
        if part in chosen:
            placements.append(Placement(y, part.block, "outside"))
            y += part.block.height + gap
        else:
            block = part.block
            rest.append(Kept("words", Block(block.width, block.height + GAP, block.items)))
    return placements, rest


def _bookmarks(catalogue: Catalogue, poured: list[list[Placement]], top: float) -> Iterator[Bookmark]:
    """Where each section begins; never the name of a policy, for an outline is shown with the file closed."""
    for number, placements in enumerate(poured, 1):
        for placement in placements:
            if placement.is_heading and placement.category in catalogue.words:
                words = catalogue.words[placement.category]
                yield Bookmark(" ".join(words[lang] for lang in LANGS), number, top + placement.y)
