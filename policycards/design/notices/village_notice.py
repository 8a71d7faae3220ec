"""The notice for a village's board: which standards changed for households there, and nobody's name
or amount.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from policycards.catalogue.editions.catalogue_changes import Changes, ValueChange
from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.problems import Problem, problem
from policycards.core.units import mm
from policycards.design.content.policy_text import PolicyText
from policycards.design.content.print_context import PrintContext, ladder
from policycards.design.layout.blocks import Block, stacked
from policycards.design.layout.frames import Page, Piece
from policycards.design.layout.theme import A4, DesignName, Theme
from policycards.design.layout.typesetter import Typesetter
from policycards.design.notices.edition_notice import Compared, Notice, notice_look
from policycards.design.parts.bands import title_band
from policycards.design.parts.contact_blocks import warning_frame
from policycards.design.parts.grid import Chapter, Rows, filled_pages
from policycards.design.parts.notice_parts import ending
from policycards.design.parts.page_furniture import GAP
from policycards.typeset import Fonts

ARRANGEMENTS: tuple[tuple[DesignName, float], ...] = (
    ("wall", 1.3),
    ("wall", 1.15),
    ("wall", 1.0),
    ("hand", 1.0),
)
"""Type and scale on A4, the most legible first; a village has no larger printer."""


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
    for sizes, scale in ARRANGEMENTS:
        setter = Typesetter(notice_look(theme, sizes, A4, scale), fonts)
        notice = _VillageNotice.of(compared, setter, 1)
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
        village = catalogue.areas[self.compared.imprint.area].name
        place = catalogue.place("words", "village_notice_title")
        title = title_band(
            self.setter, catalogue.words["village_notice_title"], self.width, place, [village]
        )
        return stacked([self.surround.mark_band(), title], mm(1.2))

    def sections(self) -> Iterator[Block]:
        yield stacked(self.entries())
        yield from self.remarks()

    def remarks(self) -> Iterator[Block]:
        """Where each household finds its own amount; that more changed than stands here; what a
        swindler would ask.
        """
        keys = ["village_notice_own", *(["village_notice_discreet"] if self.has_discreet else [])]
        words, look = self.compared.new.words, self.setter.look
        for key in keys:
            place = self.compared.new.place("words", key)
            yield self.setter.inline(words[key], "body", self.width, place)
        size = (look.tibetan("body") / look.scale, look.size("body") / look.scale)
        yield warning_frame(self.surround, ("no_fee", "no_secrets"), self.width, size)

    def pages(self) -> tuple[tuple[Page, ...], list[Problem]]:
        """The notice on as many pages as it needs."""
        parts = [*self.entries(), Block(self.width, GAP), *self.remarks()]
        rows = [Rows("notice", Block(self.width, 0), parts)]
        end = Rows("ending", Block(self.width, 0), [ending(self.surround, self.width)])
        front = Block(self.width, self.front().height + GAP, parts=((self.front(), 0, 0),))
        pages, problems = filled_pages([Chapter(front, front, [*rows, end])], self.surround)
        return tuple(pages), problems
