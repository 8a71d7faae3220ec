"""Parts of notices and slips: a name beside its old and new figures, and what a notice for a board
ends with.
"""

from __future__ import annotations

from policycards.catalogue.model.catalogue import Contact
from policycards.catalogue.model.policy import LANGS, Lang, Text
from policycards.core.problems import Place
from policycards.core.units import mm
from policycards.design.content.policy_text import joined
from policycards.design.content.print_context import ladder
from policycards.design.layout.blocks import Block, beside, flowing, stacked
from policycards.design.layout.frames import Box, Tagged
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.typeset import Span

ROW_GAP = mm(1.2)
NAME_SHARES = (0.44, 0.5, 0.56, 0.38)
"""Parts of the width that a name may take beside its figures, the usual one first."""


def named_row(setter: Typesetter, name: Text, figures: Text, width: float, place: Place) -> Block:
    """A name and beside it its figures below a thin rule, in as few lines as they need."""
    rows = [
        beside(
            [
                setter.inline(name, "body", width * share, place),
                setter.inline(figures, "body", width * (1 - share) - ROW_GAP, place, bold=True),
            ],
            ROW_GAP,
        )
        for share in NAME_SHARES
    ]
    row = min(rows, key=lambda block: block.height)
    rule = Tagged("Artifact", (Box(0, 0, width, 0.4, fill=setter.look.rule),))
    return Block(width, row.height + mm(0.6), (rule,), ((row, 0, mm(0.3)),))


def ending(surround: PageFurniture, width: float, *, dated: bool) -> Block:
    """Who says so and whom to ring, of which day and edition if it is asked for, and the box for
    the seal.
    """
    seal = surround.seal()
    left = width - seal.width - GAP
    phones = [
        _phone(surround, key, contact, left)
        for key, contact in ladder(surround.catalogue, surround.imprint.area)
    ]
    content = [surround.colophon(left), *phones, *([_facts(surround, left)] if dated else [])]
    return beside([stacked(content, mm(0.8)), seal], GAP)


def _phone(surround: PageFurniture, key: str, contact: Contact, width: float) -> Block:
    """An office with its role, and below it the number large, with its hours and whether one may
    speak Tibetan.
    """
    setter, words, place = (
        surround.setter,
        surround.catalogue.words,
        surround.catalogue.place("contacts"),
    )
    number = [Span(contact.phone)]
    wide = setter.natural(number, "zh", "phone", bold=True) + 0.1
    sides: list[tuple[str, Lang]] = [(contact.hours.zh, "zh")] if contact.hours else []
    sides += [(words["speaks_tibetan"][lang], lang) for lang in LANGS if contact.speaks_tibetan]
    others = [
        setter.paragraph(text, lang, "body", setter.natural(text, lang, "body") + 0.1, place)
        for text, lang in sides
    ]
    large = setter.paragraph(number, "zh", "phone", wide, place, bold=True)
    office = setter.inline(joined(words[key], contact.office), "body", width, place)
    return stacked([office, flowing([large, *others], width, mm(3), mm(0.4))])


def _facts(surround: PageFurniture, width: float) -> Block:
    """Of which day and edition it is, small."""
    as_of = surround.telling("as_of", date=surround.date())
    edition = surround.telling("edition", **surround.edition())
    sides: list[tuple[str, Lang]] = [(as_of.bo, "bo"), (f"{as_of.zh} {edition.zh}", "zh")]
    place = surround.catalogue.place("words")
    content = (surround.setter.paragraph(text, lang, "small", width, place) for text, lang in sides)
    return stacked(content).tagged("Artifact")
