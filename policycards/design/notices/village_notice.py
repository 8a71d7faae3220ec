"""The notice for a village's board: which standards changed for households there, and nobody's name
or amount.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from policycards.catalogue.editions.catalogue_changes import Changes, ValueChange
from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.problems import Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.policy_text import PolicyText
from policycards.design.content.print_context import PrintContext, ladder
from policycards.design.layout.blocks import Block, stacked
from policycards.design.layout.frames import Page, Piece
from policycards.design.layout.pagination import Kept, Section, paginate
from policycards.design.layout.theme import A4, DesignName, Theme, look_on
from policycards.design.layout.typesetter import Typesetter
from policycards.design.notices.edition_notice import Compared, Notice
from policycards.design.parts.page_furniture import GAP
from policycards.design.parts.pages import FOOT_GAP, leaf
from policycards.typeset import Fonts

ARRANGEMENTS: tuple[tuple[DesignName, int], ...] = (("wall", 1), ("hand", 1))
"""Type and columns on A4, the most legible first; a village has no larger printer."""
EMPTY = Block(0, 0)
MOST_PAGES = 99


def village_notice(
    catalogue: Catalogue,
    changed: Collection[tuple[str, str]],
    imprint: PrintContext,
    theme: Theme,
    fonts: Fonts,
) -> tuple[Piece | None, list[Problem]]:
    """The notice of standards of which cards of the village say something else now, by policy and
    standard.

    On one page where that fits, else on several in small type. None where no standard's own value
    has changed: then only what is registered of households has. Discreet policies are named, but
    not which.
    """
    if not ladder(catalogue, imprint.area):
        return None, [problem("E340", catalogue.place("contacts"), area=imprint.area)]
    discreet = {policy.id for policy in catalogue.policies if policy.discreet}
    found = list(_changes(catalogue, changed, imprint))
    content = tuple(each for each in found if each.policy not in discreet)
    if not found:
        return None, []
    compared = Compared(
        catalogue, catalogue, imprint.day, imprint.day, Changes(values=content), imprint
    )
    for sizes, columns in ARRANGEMENTS:
        setter = Typesetter(look_on(theme, sizes, A4), fonts)
        notice = _VillageNotice.of(compared, setter, columns)
        notice = replace(notice, has_discreet=len(content) < len(found))
        page, over = notice.page()
        if over <= 0:
            return notice.bound((page,)), setter.problems
    pages, problems = notice.pages()
    return notice.bound(pages), [*setter.problems, *problems]


def _changes(
    catalogue: Catalogue, changed: Collection[tuple[str, str]], imprint: PrintContext
) -> Iterator[ValueChange]:
    """What changed lately in the values of standards: of the others only what is registered has."""
    speaker = PolicyText(catalogue, imprint.area, imprint.day)
    for policy, held in speaker.in_force:
        standard, value = held.standard, held.value
        if (policy.id, standard.id) not in changed:
            continue
        if (value and speaker.change(standard, value)) or (
            held.ended and speaker.is_recent(held.ended.since)
        ):
            yield ValueChange(policy.id, standard.id, "", held.former, value)


@dataclass(frozen=True, slots=True)
class _VillageNotice(Notice):
    """Sets the notice for one village."""

    has_discreet: bool = False

    def front(self) -> Block:
        catalogue = self.compared.new
        title, place = (
            catalogue.words["village_notice_title"],
            catalogue.place("words", "village_notice_title"),
        )
        village = catalogue.areas[self.compared.imprint.area].name
        named = self.setter.inline(title, "title", self.width, place, bold=True).tagged("H1")
        where = self.setter.inline(
            village, "heading", self.width, catalogue.place("areas"), bold=True
        )
        return stacked([self.surround.mark_band(), named, where], mm(1.5))

    def sections(self) -> Iterator[Block]:
        entries = list(self.entries())
        if entries:
            yield self.in_columns(entries)
        yield from self.remarks()

    def remarks(self) -> Iterator[Block]:
        """Where each household finds its own amount; that more changed than stands here; what a
        swindler would ask.
        """
        keys = ["village_notice_own", *(["village_notice_discreet"] if self.has_discreet else [])]
        words, place = self.compared.new.words, self.compared.new.place("words")
        for key in (*keys, "no_fee", "no_secrets"):
            yield self.setter.inline(
                words[key], "body", self.width, place, bold=key in ("no_fee", "no_secrets")
            )

    def pages(self) -> tuple[tuple[Page, ...], list[Problem]]:
        """The notice on as many pages as it needs."""
        look, foot = self.setter.look, self.surround.foot(MOST_PAGES, MOST_PAGES, EMPTY)
        head = self.surround.running_head()
        room = look.height - 2 * look.margin - foot.height - FOOT_GAP
        spaced = [
            self.front(),
            *self.entries(),
            Block(self.width, GAP),
            *self.remarks(),
            Block(self.width, GAP),
            self.end(),
        ]
        kept = tuple(Kept("", part) for part in spaced)
        poured, too_tall = paginate([Section("", EMPTY, EMPTY, kept)], room, room - head.height)
        pages = tuple(
            leaf(
                look,
                placements,
                head if number > 1 else EMPTY,
                self.surround.foot(number, len(poured), EMPTY),
            )
            for number, placements in enumerate(poured, 1)
        )
        place = self.compared.new.place("words", "village_notice_title")
        return pages, [problem("E352", place, over=f"{row.over / MM:.1f}") for row in too_tall]
