"""The cover sheet of a village pack: whose it is, what is in it, who handed it on, and where each
household's card is.

It stays with the pack: names are on it for the village alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy, Text
from policycards.core.problems import Place, Problem
from policycards.core.units import mm
from policycards.design.content.policy_text import closed, joined
from policycards.design.content.print_context import PrintContext, marks
from policycards.design.content.standard_lines import short_name
from policycards.design.layout.blocks import Block, beside, flowing, stacked
from policycards.design.layout.frames import Box, Piece, Tagged
from policycards.design.layout.name_lines import BLANK, Namer, language
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import LIST_RULE, bar, rule, title_band
from policycards.design.parts.contact_blocks import code_block
from policycards.design.parts.grid import (
    PADDING,
    Chapter,
    Column,
    Rows,
    digits,
    filled_pages,
    head_of,
    needed,
    ruled_row,
)
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.design.parts.pages import bound
from policycards.households.roster.homes import HouseholdFacts

FEWEST = 5
"""Households of a discreet policy below which their number would point at them."""
HANDS = ("pack_printed", "pack_packed", "pack_received", "pack_delivering")
"""The steps of handing a pack over, each signed."""
HANDS_HEIGHT = mm(25)
"""Of a field with its words, two lines of them in Tibetan, and room to sign."""
NUMBER, TIGHT = mm(13), mm(0.4)
MODULE = 0.5
HASH_GROUP = 4


@dataclass(frozen=True, slots=True)
class PackFacts:
    """What is in a pack. ``typed`` is what its QR code says, to be typed; ``sha256`` is of its
    cards' file.

    ``households`` are the numbers of households by policy.
    """

    cards: int
    pages: int
    sheets: int
    spares: int
    typed: str
    sha256: str
    households: Mapping[str, int]


def cover_sheet(
    catalogue: Catalogue,
    policies: tuple[Policy, ...],
    imprint: PrintContext,
    facts: PackFacts,
    homes: Sequence[HouseholdFacts],
    roster: str,
    setter: Typesetter,
) -> tuple[Piece | None, list[Problem]]:
    """The cover sheet of a village on A4, and after it the index of its pile on pages of its own.

    The squares of ``imprint`` are the pack's. ``policies`` are those of the cards; ``roster`` is
    the file that names come from. A name that cannot be printed leaves a blank and is a warning.
    """
    setter.problems = []
    surround = PageFurniture(catalogue, imprint, setter, marks(catalogue, policies, imprint))
    problems: list[Problem] = []
    head = stacked([*_title(surround), Block(setter.look.inner_width, 0.1)], mm(1))
    counts = _counts(surround, policies, facts.households)
    index = _index(surround, homes, roster, problems)
    front = Chapter(_front(surround, facts), head, [counts])
    pages, too_tall = filled_pages([front], surround)
    if index.rows and len(pages) == 1:  # names are not on the first page
        pages, too_tall = filled_pages([front, Chapter(head, head, [index])], surround)
    elif index.rows:
        pages, too_tall = filled_pages([replace(front, rows=[counts, index])], surround)
    piece = bound(
        catalogue, imprint, setter.look, f"cover {imprint.area} {facts.sha256}", pages, ()
    )
    return piece, [*setter.problems, *problems, *too_tall]


def _title(surround: PageFurniture) -> list[Block]:
    """The marks, what the piece is and of which village."""
    catalogue, setter = surround.catalogue, surround.setter
    village = catalogue.areas[surround.imprint.area].name
    place = catalogue.place("words", "pack_title")
    title = title_band(
        setter, catalogue.words["pack_title"], setter.look.inner_width, place, [village]
    )
    return [surround.mark_band(), title]


def _front(surround: PageFurniture, facts: PackFacts) -> Block:
    """The first page down to the counts by policy."""
    catalogue, setter = surround.catalogue, surround.setter
    width = setter.look.inner_width
    dated = surround.telling("as_of", date=surround.date())
    where = [
        setter.line(_above(catalogue, surround.imprint.area), "body", catalogue.place("areas")),
        setter.line(dated, "body", catalogue.place("words")),
    ]
    parts = [
        *_title(surround),
        flowing(where, width, mm(6), mm(0.4)),
        rule(width, LIST_RULE),
        _contents(surround, facts),
        _hash(surround, facts.sha256),
        _handing(surround),
        _hands(surround),
    ]
    return stacked([*parts, Block(width, 0.1)], mm(1.6))


def _above(catalogue: Catalogue, area: str) -> Text:
    """County and township: the two nearest areas that an area lies in."""
    around = sorted(
        (code for code in catalogue.areas if area.startswith(code) and code != area), key=len
    )[-2:]
    names = [catalogue.areas[code].name for code in around]
    return Text(bo=" ".join(name.bo for name in names), zh="".join(name.zh for name in names))


def _contents(surround: PageFurniture, facts: PackFacts) -> Block:
    """The pack's QR code with what it says, and how much is in the pack."""
    code, setter = code_block(surround, MODULE), surround.setter
    place = surround.catalogue.place("words", "pack_scan")
    counted = {
        "pack_cards": facts.cards,
        "pack_pages": facts.pages,
        "pack_sheets": facts.sheets,
        "pack_spares": facts.spares,
    }
    cell = mm(46)
    cells = [_count(surround, key, number, cell - 2 * PADDING) for key, number in counted.items()]
    columns = [Column("", cell)] * 2
    counts = stacked([ruled_row(cells[at : at + 2], columns, 0) for at in (0, 2)])
    text_width = setter.look.inner_width - code.width - counts.width - 2 * GAP
    typed = [
        setter.paragraph(line, "zh", "body", text_width, place)
        for line in _cut(setter, facts.typed, text_width)
    ]
    content = stacked([surround.word("pack_scan", "body", text_width, bold=True), *typed], mm(0.6))
    return beside([code, content, counts], GAP, middle=True)


def _count(surround: PageFurniture, key: str, number: int, width: float) -> Block:
    signs = surround.setter.signs(str(number), (16.0, 16.0), bold=True)
    room = width - signs.width - PADDING
    place = surround.catalogue.place("words", key)
    label = surround.setter.pair(surround.catalogue.words[key], "body", room, place, gap=0.05)
    high = max(label.height, signs.height)
    parts = ((label, 0.0, 0.0), (signs, width - signs.width, (high - signs.height) / 2))
    return Block(width, high, parts=parts)


def _cut(setter: Typesetter, text: str, width: float) -> Iterator[str]:
    """A text without any place to break, such as an address, in lines that fit."""
    while text:
        fits = next(
            n
            for n in range(len(text), 0, -1)
            if n == 1 or setter.natural(text[:n], "zh", "body") <= width
        )
        yield text[:fits]
        text = text[fits:]


def _hash(surround: PageFurniture, sha256: str) -> Block:
    """The hash of the cards' file in short groups, that it can be compared."""
    setter, width = surround.setter, surround.setter.look.inner_width
    groups = " ".join(sha256[at : at + HASH_GROUP] for at in range(0, len(sha256), HASH_GROUP))
    file = Text(bo="cards.pdf sha256", zh="cards.pdf sha256")
    label = joined(surround.catalogue.words["pack_hash"], file)
    place = surround.catalogue.place("words", "pack_hash")
    return stacked(
        [
            setter.line(label, "body", place),
            setter.paragraph(groups, "zh", "body", width, place),
        ],
        mm(0.6),
    )


def _handing(surround: PageFurniture) -> Block:
    """A drawing of how cards are handed out: the back up, so that nobody reads another's amounts;
    a leaf of A4 folded at its ticks, the front inward.
    """
    setter, width = surround.setter, surround.setter.look.inner_width
    high, wide, fold = mm(13), mm(9.2), mm(7)
    leaf = Box(0.5, 0.5, wide, high - 1, fill=1.0, stroke=0.0, line_width=1.0)
    lines = [Box(1.6 * 2, mm(at), wide - 6, 1.2, fill=0.6) for at in (3, 5, 7, 9, 11)]
    ticks = [Box(x, high / 2 - 0.5, mm(1.6), 1.0, fill=0.0) for x in (0.0, wide - mm(1.6) + 1)]
    left = wide + mm(8)
    folded = Box(left, high - fold, wide, fold - 0.5, fill=0.9, stroke=0.0, line_width=1.0)
    edge = Box(left, high - fold - 0.8, wide, 1.6, fill=0.0)
    drawing = (leaf, *lines, *ticks, folded, edge)
    then = setter.paragraph(
        "→", "zh", (13.0, 13.0), mm(6), surround.catalogue.place("words"), tag="Artifact"
    )
    pictured = Block(
        left + wide, high, (Tagged("Artifact", drawing),), ((then, wide + mm(1.6), high / 2 - 5),)
    )
    content = surround.word("pack_back_up", "body", width - pictured.width - mm(4), bold=True)
    return beside([pictured, content], mm(4), middle=True)


def _hands(surround: PageFurniture) -> Block:
    """Through whose hands the pack went, each to be signed and dated."""
    width, catalogue = surround.setter.look.inner_width, surround.catalogue
    columns = [Column(key, width / len(HANDS)) for key in HANDS]
    place, inner = catalogue.place("words", "signature"), columns[0].inner
    both = f"{catalogue.words['signature'].zh} / {catalogue.words['day'].zh}"
    small = surround.setter.paragraph(both, "zh", "small", inner, place)
    fields = []
    for key in HANDS:
        step = surround.setter.pair(
            catalogue.words[key], "body", inner, catalogue.place("words", key), gap=0.05
        )
        # The words stand at the top of the field, the hand signs below them.
        content = stacked([step, small], mm(0.4))
        fields.append(Block(inner, HANDS_HEIGHT, parts=((content, 0, 0),)))
    return ruled_row(fields, columns, HANDS_HEIGHT, padding=TIGHT)


def _counts(
    surround: PageFurniture, policies: Sequence[Policy], households: Mapping[str, int]
) -> Rows:
    """How many households have each policy, two beside each other; every discreet one is listed,
    and small numbers of them are not printed.
    """
    half = surround.setter.look.inner_width / 2
    columns = [Column("pack_policies", half - NUMBER), Column("pack_households", NUMBER)] * 2
    content = [
        _counted(surround, policy, households.get(policy.id, 0), columns)
        for policy in policies
        if policy.discreet or households.get(policy.id, 0)
    ]
    if len(content) % 2:
        content.append([Block(0, 0)] * 2)
    rows = [
        ruled_row([*content[at], *content[at + 1]], columns, 0, padding=TIGHT)
        for at in range(0, len(content), 2)
    ]
    words, place = surround.catalogue.words, surround.catalogue.place("words", "pack_policies")
    few = surround.telling("pack_few", n=Text(bo=str(FEWEST), zh=str(FEWEST)))
    counted = Text(
        bo=f"{closed(words['pack_policies'].bo)} {words['pack_households'].bo}（{few.bo}）",
        zh=f"{words['pack_policies'].zh}、{words['pack_households'].zh}（{few.zh}）",
    )
    setter = surround.setter
    heading = bar(setter, counted, 2 * half, place, fill=setter.look.tint).tagged("Artifact")
    return Rows("policies", heading, rows)


def _counted(
    surround: PageFurniture, policy: Policy, number: int, columns: Sequence[Column]
) -> list[Block]:
    """A policy's name, and how many households have it."""
    setter, place = surround.setter, surround.catalogue.place(policy.id, "name")
    name = setter.inline(short_name(policy), "body", columns[0].inner, place)
    if not policy.discreet or number >= FEWEST:
        return [name, digits(str(number), "name", columns[1].inner, surround, bold=True)]
    few = f"<{FEWEST}"
    return [name, digits(few, "name", columns[1].inner, surround)]


def _index(
    surround: PageFurniture, homes: Sequence[HouseholdFacts], roster: str, problems: list[Problem]
) -> Rows:
    """Where each household's card lies, by pile number: two entries beside each other."""
    setter, words = surround.setter, surround.catalogue.words
    half = setter.look.inner_width / 2
    pile = max(needed([str(home.pile) for home in homes], "name", surround, bold=True), mm(14))
    group = mm(18)
    columns = [
        Column("", pile),
        Column("head", half - pile - group),
        Column("group_kind", group),
    ] * 2
    ordered = sorted(homes, key=lambda home: home.pile)
    entries = [
        _entry(home, columns, surround, Place(roster, home.row), problems) for home in ordered
    ]
    blank = [Block(0, 0)] * 3
    rows = [
        ruled_row(
            [*entries[at], *(entries[at + 1] if at + 1 < len(entries) else blank)],
            columns,
            mm(8),
            padding=TIGHT,
        )
        for at in range(0, len(entries), 2)
    ]
    content = [
        setter.line(words[key], "body", surround.catalogue.place("words", key), bold=bold)
        for key, bold in (("pack_index", False), ("pack_village_only", True))
    ]
    heads = Block(2 * half, mm(1.5)), *content, Block(2 * half, mm(0.5))
    return Rows("index", stacked(heads, mm(0.3)), rows)


def _entry(
    home: HouseholdFacts,
    columns: Sequence[Column],
    surround: PageFurniture,
    place: Place,
    problems: list[Problem],
) -> list[Block]:
    name, found = head_of(home, columns[1].inner, surround, place, "body")
    problems += found
    return [
        digits(str(home.pile), "name", columns[0].inner, surround, bold=True),
        name,
        _group(home, columns[2].inner, surround, place, problems),
    ]


def _group(
    home: HouseholdFacts,
    width: float,
    surround: PageFurniture,
    place: Place,
    problems: list[Problem],
) -> Block:
    """The group as the roster has it; nothing where it cannot be printed."""
    namer = Namer(surround.setter, home.household_id, place, {"body": 3})
    lang = language(home.group or "")
    role = namer.role(home.group, lang, width) if home.group else None
    problems += namer.problems
    if not home.group or not role or role == BLANK:
        return Block(width, 0)
    return surround.setter.own(home.group, lang, role, width, place, align="center")
