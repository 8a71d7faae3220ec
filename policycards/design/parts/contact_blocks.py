"""Whom to ring, what the QR code opens, what a swindler would ask, and the line at the foot of a
page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policycards.catalogue.model.policy import Text
from policycards.core.problems import Place
from policycards.core.units import mm
from policycards.design.content.print_context import OFFICE_KINDS, ladder
from policycards.design.layout.blocks import Block, beside
from policycards.design.layout.frames import Box, Item, Squares, Tagged
from policycards.design.layout.icons import shape
from policycards.design.layout.theme import TypeSize
from policycards.design.layout.typesetter import BODY_CENTRE, Typesetter, baseline
from policycards.design.parts.page_furniture import PageFurniture

LEADING, WRAPPED = 1.45, 1.65
"""em of the Tibetan between two sentences, and where one of them takes several lines."""
READING = (13.0, 10.5)
"""pt of the Tibetan and the Chinese that are read: the least for old eyes."""
FOOT_TYPE = (10.0, 8.0)
PHONE_TYPE = 17.0
PITCH = 7.4
"""mm between two telephones."""
BLANK = 44.0
"""mm to write a number on."""
ICON = 1.0
"""em of the Tibetan that the pictogram of a telephone is large."""
QUIET_ZONE = 4
"""Modules of white around a QR code (ISO/IEC 18004, 5.3.8)."""
DIGIT = 0.733
"""em of the height of a digit."""

Rung = tuple[Text, str | None]
"""An office and its number, None for one that is written by hand."""


def rungs(surround: PageFurniture, *, short: bool = False) -> list[Rung]:
    """The offices of the area's ladder, nearest first, the one that supervises last; ``short`` by
    what kind of office they are, where that is known.
    """
    words, content = surround.catalogue.words, list[Rung]()
    for key, contact in ladder(surround.catalogue, surround.imprint.area):
        kind = OFFICE_KINDS.get(len(contact.area)) if short else None
        supervises = words["supervise"] if key == "supervise" else None
        content.append((supervises or (words[kind] if kind else contact.office), contact.phone))
    return content


def phone_rows(
    setter: Typesetter,
    entries: Iterable[Rung],
    width: float,
    place: Place,
    *,
    digits: float = PHONE_TYPE,
    pitch: float = PITCH,
    size: TypeSize = READING,
) -> Block:
    """A pictogram, the office and at the right its number, large, or a rule to write it on."""
    look, rows, drawings = setter.look, list[Block](), list[Item]()
    icon, numbers = look.tibetan(size) * ICON, list[Block | None]()
    for office, number in entries:
        shown = setter.signs(number, (digits, digits), bold=True) if number else None
        taken = shown.width if shown else look.length(BLANK)
        left = icon * 1.25
        named = setter.inline(office, size, width - left - taken - look.length(1), place)
        rows.append(Block(width, named.height, parts=((named, left, 0.0),)))
        numbers.append(shown)
    content = setter.closely(rows, look.length(pitch))
    parts = list(content.parts)
    for (row, _left, top), shown in zip(content.parts, numbers, strict=True):
        middle = top + baseline(row) - BODY_CENTRE * look.tibetan(size)
        drawings.append(shape("phone", 0, middle - icon / 2, icon, 0.0))
        if shown:
            down = middle + digits * look.scale * DIGIT / 2 - baseline(shown)
            parts.append((shown, width - shown.width, down))
        else:
            blank = look.length(BLANK)
            drawings.append(
                Box(width - blank, middle + look.tibetan(size) * 0.5, blank, 0.8, fill=0.0)
            )
    lowest = max(top + block.height for block, _left, top in parts)
    return Block(width, lowest, (Tagged("Artifact", tuple(drawings)),), tuple(parts))


def code_block(
    surround: PageFurniture, module: float, below: str = "", *, bold: bool = False
) -> Block:
    """The QR code in its quiet zone, modules of so many mm, and below it what can be typed."""
    look, rows = surround.setter.look, surround.imprint.squares
    one = look.length(module)
    side, quiet = (len(rows) + 2 * QUIET_ZONE) * one, QUIET_ZONE * one
    alt = surround.catalogue.words["qr_alt"].zh
    code = Tagged("Figure", (Squares(quiet, quiet, one, rows),), lang="zh", alt=alt)
    if not below:
        return Block(side, side, (code,))
    typed = surround.setter.signs(below, (9.5, 9.5), bold=bold)
    width = max(side, typed.width)
    # The quiet zone holds the words: white is white.
    top = side - quiet + look.length(0.8)
    parts = ((typed, (width - typed.width) / 2, top),)
    shift = (width - side) / 2
    squares = Squares(shift + quiet, quiet, one, rows)
    return Block(
        width,
        max(side, top + typed.height),
        (Tagged("Figure", (squares,), lang="zh", alt=alt),),
        parts,
    )


def warning_frame(
    surround: PageFurniture, keys: Sequence[str], width: float, size: TypeSize = READING
) -> Block:
    """What is never asked for, in one frame; beside the warning sign where the sentences do not
    need more lines for it, else with a smaller one at the end of the first, which is short.
    """
    look, padding = surround.setter.look, surround.setter.look.length(0.8)
    sign = look.length(8)
    left = padding + sign + look.length(2)
    content = _sentences(surround, keys, width - 2 * padding, size)
    beside_sign = _sentences(surround, keys, width - left - padding, size)
    signed = beside_sign.height < content.height + look.size(size)
    if signed:
        content = beside_sign
    high = max(content.height, sign * signed) + 2 * padding
    items: list[Item] = [Box(0.7, 0.7, width - 1.4, high - 1.4, stroke=0.0, line_width=1.4)]
    if signed:
        items.append(shape("warning", padding, (high - sign) / 2, sign, 0.0))
    else:
        small = look.length(5.5)
        items.append(shape("warning", width - padding - small, padding, small, 0.0))
    part = (content, left if signed else padding, (high - content.height) / 2)
    return Block(width, high, (Tagged("Artifact", tuple(items)),), (part,))


def _sentences(surround: PageFurniture, keys: Sequence[str], width: float, size: TypeSize) -> Block:
    catalogue = surround.catalogue
    lines = [
        surround.setter.inline(catalogue.words[key], size, width, catalogue.place("words", key))
        for key in keys
    ]
    tibetan = surround.setter.look.tibetan(size)
    wraps = any(line.height > 2 * tibetan for line in lines)
    return surround.setter.closely(lines, tibetan * (WRAPPED if wraps else LEADING))


def source_line(
    surround: PageFurniture, width: float, right: str = "", size: TypeSize = FOOT_TYPE
) -> Block:
    """Who issued the piece and of which day, small, above it a thin rule; at the right page and
    edition.
    """
    setter, catalogue = surround.setter, surround.catalogue
    imprint, place = surround.imprint, catalogue.place("words", "as_of")
    facts = " · ".join(part for part in (right, imprint.edition, catalogue.digest[:8]) if part)
    typed = setter.paragraph(facts, "zh", size, setter.natural(facts, "zh", size) + 0.1, place)
    issuer, dated = catalogue.settings.issuer, surround.telling("as_of", date=surround.date())
    content = Text(bo=f"{issuer.bo} {dated.bo}", zh=f"{issuer.zh} · {dated.zh}")
    room = width - typed.width - mm(3)
    named = setter.inline(content, size, room, place)
    if named.height > 2 * setter.look.tibetan(size):  # dated in Chinese alone
        named = setter.inline(Text(bo=issuer.bo, zh=content.zh), size, room, place)
    rule = Tagged("Artifact", (Box(0, 0, width, mm(0.2), fill=0.0),))
    top = setter.look.length(0.6)
    parts = (
        (named, 0.0, top),
        (typed, width - typed.width, top + (named.height - typed.height) / 2),
    )
    return Block(width, top + named.height, (rule,), parts).tagged("Artifact")


def opened(surround: PageFurniture, size: TypeSize = READING) -> Block:
    """What the code opens and that it needs a network, on one line."""
    words = surround.catalogue.words
    content = Text(
        bo=words["qr_opens"].bo, zh=f"{words['qr_opens'].zh}（{words['qr_network'].zh}）"
    )
    place = surround.catalogue.place("words", "qr_opens")
    setter = surround.setter
    side = setter.look.size(size) * 0.8 / setter.look.scale
    width = setter.natural("◀", "zh", (side, side)) + 0.1
    arrow = setter.paragraph("◀", "zh", (side, side), width, place, tag="Artifact")
    line = surround.setter.line(content, size, place)
    return beside([arrow, line], mm(1), middle=True)
