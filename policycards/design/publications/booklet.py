"""The booklet: every policy of an area with contents and an index by who one is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from policycards.catalogue.model.catalogue import TOPICS, Catalogue, Category, policies_on
from policycards.catalogue.model.policy import Policy, Text
from policycards.core.problems import Problem, problem
from policycards.core.units import MM
from policycards.design.content.print_context import Drafts, Marks, PrintContext, ladder
from policycards.design.layout.blocks import Block, stacked
from policycards.design.layout.frames import Bookmark, Page, Piece
from policycards.design.layout.pagination import Placement, Section, paginate
from policycards.design.layout.sheet_plan import Duplex, Sheet, sides
from policycards.design.layout.theme import Look
from policycards.design.layout.tiling import imposed
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import FOOT_GAP, leaf
from policycards.design.publications.booklet_parts import BookParts
from policycards.design.publications.contents import GAPS as CONTENT_GAPS
from policycards.design.publications.contents import Contents
from policycards.design.publications.policy_page import PolicyPages
from policycards.typeset import Fonts

EMPTY = Block(0, 0)
SHEET = 4
"""Pages on a folded sheet."""


def booklet(
    catalogue: Catalogue,
    policies: tuple[Policy, ...],
    imprint: PrintContext,
    look: Look,
    fonts: Fonts,
) -> tuple[Piece | None, list[Problem]]:
    """The booklet, its pages a multiple of four, and what is wrong with it. With an error nothing
    may be printed.
    """
    if not ladder(catalogue, imprint.area):
        return None, [problem("E340", catalogue.place("contacts"), area=imprint.area)]
    setter = Typesetter(look, fonts)
    shown = Marks(catalogue, imprint, Drafts.of(catalogue)).of(
        [*(policy.id for policy in policies), TOPICS]
    )
    maker = _Maker(catalogue, policies, PageFurniture(catalogue, imprint, setter, shown))
    leaves = maker.leaves()
    title = catalogue.words["booklet_title"]
    piece = Piece(
        title=f"{title.bo} {title.zh}",
        lang="zh",
        author=catalogue.settings.issuer.zh,
        date=imprint.day,
        identity=" ".join((catalogue.digest, imprint.edition, imprint.area, look.name)),
        pages=tuple(maker.page(each, number) for number, each in enumerate(leaves, 1)),
        bookmarks=tuple(
            replace(mark, page=page) for page, each in enumerate(leaves) for mark in each.bookmarks
        ),
    )
    return piece, [*setter.problems, *dict.fromkeys(maker.too_tall)]


def saddle_stitched(piece: Piece, duplex: Duplex) -> Piece:
    """The booklet's pages on A4 sheets, to be folded in the middle one inside the other."""
    size = piece.pages[0].width, piece.pages[0].height
    printed = sides([len(piece.pages)], Sheet("saddle", duplex), size)
    identity = f"{piece.identity} {duplex}"
    return replace(
        piece, identity=identity, bookmarks=(), pages=tuple(imposed([piece.pages], printed))
    )


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page before it has its number: what stands on it, and what begins there."""

    placements: list[Placement]
    bookmarks: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the leaves of a booklet, and pages of them."""

    catalogue: Catalogue
    policies: tuple[Policy, ...]
    surround: PageFurniture
    too_tall: list[Problem] = field(default_factory=list)

    @property
    def look(self) -> Look:
        return self.surround.setter.look

    @property
    def parts(self) -> BookParts:
        return BookParts(self.surround)

    @property
    def room(self) -> float:
        """pt for what stands between head and foot."""
        return self.free - self.parts.foot(SHEET).height - FOOT_GAP

    @property
    def free(self) -> float:
        """pt below the head."""
        return self.look.height - 2 * self.look.margin - self.surround.running_head().height

    def leaves(self) -> list[_Leaf]:
        """All leaves in their order: cover, contents, policies, index, notes, back."""
        unknown = dict.fromkeys((policy.id for policy in self.policies), 0)
        first = 2 + len(self.contents(unknown))
        inner, pages = self.policy_leaves(first)
        rest = self.index(pages)
        number = first + len(inner) + len(rest)
        notes = [self.leaf_of(self.parts.notes(self.room)) for _page in range(-number % SHEET)]
        cover, back = (
            self.leaf_of(self.parts.cover(self.free), self.free),
            self.leaf_of(self.parts.back()),
        )
        return [cover, *self.contents(pages), *inner, *rest, *notes, back]

    def contents(self, pages: Mapping[str, int]) -> list[_Leaf]:
        """What there is, by category."""
        place = self.catalogue.place("catalogue", "categories")

        def sections(lists: Contents) -> list[Section]:
            return [
                lists.listed(
                    f"contents-{category.id}", category.name, category.pictogram, place, members
                )
                for category, members in self.by_category()
            ]

        note = self.surround.word("booklet_note", "body", self.look.inner_width)
        return self.fewest(pages, lambda lists: self.chapter("contents", sections(lists), note))

    def index(self, pages: Mapping[str, int]) -> list[_Leaf]:
        """What there is for whom, if anything."""
        place = self.catalogue.place(TOPICS)

        def sections(lists: Contents) -> list[Section]:
            content = [
                (topic, policies_on(self.catalogue, topic)) for topic in self.catalogue.topics
            ]
            there = [
                (topic, [policy for policy in policies if policy.id in pages])
                for topic, policies in content
            ]
            return [
                lists.listed(f"topic-{topic.id}", topic.who, topic.pictogram, place, members)
                for topic, members in there
                if members
            ]

        return self.fewest(pages, lambda lists: self.chapter("by_who", sections(lists)))

    def fewest(
        self, pages: Mapping[str, int], make: Callable[[Contents], list[_Leaf]]
    ) -> list[_Leaf]:
        """A list of policies on as few leaves as it can be, and on those as open."""
        return min((make(Contents(self.surround, pages, gap)) for gap in CONTENT_GAPS), key=len)

    def chapter(self, key: str, sections: Sequence[Section], note: Block = EMPTY) -> list[_Leaf]:
        """Sections poured into leaves of their own, below the name of the chapter; none without
        sections.
        """
        if not sections:
            return []
        front = stacked(
            [self.parts.title(key), note, Block(self.look.inner_width, self.look.size("body"))],
            self.look.size("body") / 2,
        )
        top = Placement(0, front, key, is_heading=True)
        poured = self.poured(sections, self.room - front.height)
        first = [top, *(replace(each, y=each.y + front.height) for each in poured[0])]
        return [
            _Leaf(first, (self.bookmark(self.catalogue.words[key], key, 0),)),
            *map(_Leaf, poured[1:]),
        ]

    def policy_leaves(self, first: int) -> tuple[list[_Leaf], dict[str, int]]:
        """The policies' leaves from page ``first`` on, one behind the other, and on which page each
        policy begins.
        """
        setter = PolicyPages(self.surround)
        sections = [
            setter.section(policy, category, begins=policy is members[0])
            for category, members in self.by_category()
            for policy in members
        ]
        known = {policy.id: policy for policy in self.policies}
        leaves, pages, begun = list[_Leaf](), dict[str, int](), set[str]()
        for placements in self.poured(sections, self.room):
            marks = []
            for each in placements:
                if each.category in pages:
                    continue
                policy = known[each.category]
                pages[policy.id] = first + len(leaves)
                if policy.category not in begun:
                    begun.add(policy.category)
                    name = next(
                        one.name
                        for one in self.catalogue.settings.categories
                        if one.id == policy.category
                    )
                    marks.append(self.bookmark(name, f"category-{policy.category}", 0, each.y))
                name = self.surround.speaker.filled(policy.name, policy)
                marks.append(self.bookmark(name, policy.id, 1, each.y))
            leaves.append(_Leaf(placements, tuple(marks)))
        return leaves, pages

    def by_category(self) -> Iterator[tuple[Category, list[Policy]]]:
        for category in self.catalogue.settings.categories:
            members = [policy for policy in self.policies if policy.category == category.id]
            if members:
                yield category, members

    def poured(self, sections: Iterable[Section], first: float) -> list[list[Placement]]:
        """Placements page by page; what no page holds is noted."""
        pages, too_tall = paginate(sections, first, self.room)
        self.too_tall.extend(
            problem("E311", self.catalogue.place(row.policy), over=f"{row.over / MM:.1f}")
            for row in too_tall
        )
        return pages

    def leaf_of(self, block: Block, room: float | None = None) -> _Leaf:
        """A block alone; that it is higher than the page's room is noted."""
        over = block.height - (room or self.room)
        if over > 0.01:
            self.too_tall.append(
                problem("E352", self.catalogue.place("words", "title"), over=f"{over / MM:.1f}")
            )
        return _Leaf([Placement(0, block, "surround")])

    def bookmark(self, name: Text, key: str, level: int, down: float = 0.0) -> Bookmark:
        """An entry of the outline ``down`` pt below the head of its page."""
        top = self.look.margin + self.surround.running_head().height * bool(down)
        return Bookmark(f"{name.bo} {name.zh}", 0, top + down, level, key)

    def page(self, each: _Leaf, number: int) -> Page:
        """A leaf with its number; none is on the cover."""
        foot = self.parts.foot(number) if number > 1 else EMPTY
        return leaf(self.look, each.placements, self.surround.running_head(), foot)
