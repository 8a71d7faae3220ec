"""The half page for a household that asks: policy by policy why, and how much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Lang, Text
from policycards.core.problems import Problem, problem
from policycards.core.units import mm
from policycards.design.content.print_context import PrintContext, ladder, marks
from policycards.design.content.reasons_text import Explained
from policycards.design.layout.blocks import Block, stacked
from policycards.design.layout.frames import Piece
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import SUM_RULE, rule, title_band
from policycards.design.parts.contact_blocks import phone_rows, rungs
from policycards.design.parts.grid import Chapter, Rows, filled_pages
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import bound, ruled
from policycards.typeset import Fonts


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
    rows = [block for each in content for block in _blocks(each, setter, catalogue)]
    rows.append(_end(surround))
    head = surround.running_head()
    sections = [Rows("reasons", Block(look.inner_width, 0), rows)]
    pages, too_tall = filled_pages([Chapter(_front(surround, names), head, sections)], surround)
    subject = " ".join(("explanation", *(name.zh for name in names)))
    piece = bound(catalogue, imprint, look, subject, pages, title="explain_title")
    return piece, [*setter.problems, *too_tall]


def _front(surround: PageFurniture, names: Sequence[Text]) -> Block:
    setter, width = surround.setter, surround.setter.look.inner_width
    words, place = surround.catalogue.words, surround.catalogue.place("words", "explain_title")
    title = title_band(setter, words["explain_title"], width, place, height=8.6)
    whose = Text(bo=" ".join(name.bo for name in names), zh=" ".join(name.zh for name in names))
    named = setter.inline(whose, "body", width, place, langs=_langs(whose))
    return stacked([surround.mark_band(), title, named], mm(1))


def _end(surround: PageFurniture) -> Block:
    """What decides, and whom to ring."""
    setter, width = surround.setter, surround.setter.look.inner_width
    words, place = surround.catalogue.words, surround.catalogue.place("words", "card_decides")
    decides = setter.inline(words["card_decides"], "body", width, place)
    ring = phone_rows(setter, rungs(surround, short=True)[:1], width, place)
    return stacked([rule(width, SUM_RULE), decides, ring], mm(1))


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
