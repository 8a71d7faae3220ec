"""The half page for a household that asks: policy by policy why, and how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Lang, Text
from policycards.core.problems import Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.print_context import PrintContext, ladder, marks
from policycards.design.content.reasons_text import Explained
from policycards.design.layout.blocks import Block, stacked
from policycards.design.layout.frames import Piece
from policycards.design.layout.pagination import Kept, Section, paginate
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import FOOT_GAP, leaf, ruled
from policycards.typeset import Fonts

EMPTY = Block(0, 0)
MOST_PAGES = 9
"""The widest page number for which the foot is given room."""


def explanation(
    catalogue: Catalogue,
    content: Sequence[Explained],
    names: Sequence[Text],
    imprint: PrintContext,
    look: Look,
    fonts: Fonts,
) -> tuple[Piece | None, list[Problem]]:
    """What a household reads on as many pages as it needs. ``names`` say whose it is, such as
    name and village.
    """
    if not ladder(catalogue, imprint.area):
        return None, [problem("E340", catalogue.place("contacts"), area=imprint.area)]
    setter = Typesetter(look, fonts)
    policies = [
        policy for policy in catalogue.policies if policy.id in {each.policy for each in content}
    ]
    surround = PageFurniture(catalogue, imprint, setter, marks(catalogue, policies, imprint))
    front, head, foot = (
        _front(surround, names),
        surround.running_head(),
        surround.slim_foot(MOST_PAGES, MOST_PAGES),
    )
    room = look.height - 2 * look.margin - foot.height - FOOT_GAP
    kept = tuple(
        Kept(each.policy, block) for each in content for block in _blocks(each, setter, catalogue)
    )
    place = catalogue.place("words", "approval_decides")
    end = Kept(
        "", setter.inline(catalogue.words["approval_decides"], "body", look.inner_width, place)
    )
    poured, too_tall = paginate(
        [Section("", EMPTY, EMPTY, (*kept, end))], room - front.height, room - head.height
    )
    over = [
        problem("E311", catalogue.place(row.policy), over=f"{row.over / MM:.1f}")
        for row in too_tall
    ]
    title = catalogue.words["explain_title"]
    piece = Piece(
        title=f"{title.bo} {title.zh}",
        lang="zh",
        author=catalogue.settings.issuer.zh,
        date=imprint.day,
        identity=" ".join(
            ("explanation", catalogue.digest, imprint.edition, *(name.zh for name in names))
        ),
        pages=tuple(
            leaf(
                look,
                placements,
                head if number > 1 else front,
                surround.slim_foot(number, len(poured)),
            )
            for number, placements in enumerate(poured, 1)
        ),
    )
    return piece, [*setter.problems, *over]


def _front(surround: PageFurniture, names: Sequence[Text]) -> Block:
    setter, width = surround.setter, surround.setter.look.inner_width
    place = surround.catalogue.place("words", "explain_title")
    title = setter.inline(
        surround.catalogue.words["explain_title"], "heading", width, place, bold=True
    ).tagged("H1")
    whose = Text(bo=" ".join(name.bo for name in names), zh=" ".join(name.zh for name in names))
    return stacked(
        [
            surround.mark_band(),
            title,
            setter.inline(whose, "body", width, place, langs=_langs(whose)),
        ],
        mm(1.2),
    )


def _blocks(content: Explained, setter: Typesetter, catalogue: Catalogue) -> Iterator[Block]:
    """The title with the first line, then each line by itself, so that a page may end between
    them.
    """
    width, place = setter.look.inner_width, catalogue.place(content.policy)
    title = setter.inline(content.title, "body", width, place).tagged("H2")
    lines = [
        setter.inline(line, "body", width, place, langs=_langs(line)) for line in content.lines
    ]
    yield stacked([Block(width, mm(0.3)), ruled(stacked([title, *lines[:1]]), setter.look)])
    yield from lines[1:]


def _langs(text: Text) -> tuple[Lang, ...]:
    """What is the same in both languages is said once."""
    return ("zh",) if text.bo == text.zh else LANGS
