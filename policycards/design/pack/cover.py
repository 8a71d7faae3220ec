"""The cover sheet of a village pack: whose it is, what is in it, who handed it on, and where each
household's card is.

It stays with the pack: names are on it for the village alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy, Text
from policycards.core.problems import Place, Problem
from policycards.core.units import mm
from policycards.design.content.policy_text import joined
from policycards.design.content.print_context import PrintContext, marks
from policycards.design.layout.blocks import Block, beside, stacked
from policycards.design.layout.frames import Piece
from policycards.design.layout.name_lines import BLANK, Namer, language
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.grid import (
    PADDING,
    Chapter,
    Column,
    Rows,
    digits,
    filled_pages,
    head_of,
    heading_row,
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
SIGNING_HEIGHT = mm(11)
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
    head = stacked(
        [surround.running_head(), _where(surround), Block(setter.look.inner_width, 0.1)], GAP
    )
    chapters = [
        Chapter(_front(surround, facts), head, [_counts(surround, policies, facts.households)]),
        Chapter(head, head, [_index(surround, homes, roster, problems)]),
    ]
    pages, too_tall = filled_pages(
        [each for each in chapters if each.rows[0].rows or each is chapters[0]], surround
    )
    piece = bound(
        catalogue, imprint, setter.look, f"cover {imprint.area} {facts.sha256}", pages, ()
    )
    return piece, [*setter.problems, *problems, *too_tall]


def _front(surround: PageFurniture, facts: PackFacts) -> Block:
    """The first page down to the counts by policy."""
    catalogue, setter = surround.catalogue, surround.setter
    width = setter.look.inner_width
    village, place = catalogue.areas[surround.imprint.area].name, catalogue.place("areas")
    named = stacked(
        [
            surround.word("pack_title", "heading", width, bold=True),
            setter.pair(village, "title", width, place, bold=True, tag="H1"),
            setter.inline(_above(catalogue, surround.imprint.area), "name", width, place),
            setter.inline(
                surround.telling("as_of", date=surround.date()),
                "name",
                width,
                catalogue.place("words"),
            ),
            setter.inline(
                surround.telling("edition", **surround.edition()),
                "name",
                width,
                catalogue.place("words"),
            ),
        ],
        mm(1.6),
    )
    parts = [
        surround.mark_band(),
        named,
        _contents(surround, facts),
        _hash(surround, facts.sha256),
        _hands(surround),
    ]
    return stacked([*parts, Block(width, 0.1)], mm(4))


def _where(surround: PageFurniture) -> Block:
    """What the piece is and of which village, on every further page."""
    catalogue, setter = surround.catalogue, surround.setter
    half = (setter.look.inner_width - GAP) / 2
    title = setter.inline(
        catalogue.words["pack_title"], "name", half, catalogue.place("words", "pack_title")
    )
    village = catalogue.areas[surround.imprint.area].name
    return beside(
        [title, setter.inline(village, "heading", half, catalogue.place("areas"), bold=True)], GAP
    )


def _above(catalogue: Catalogue, area: str) -> Text:
    """County and township: the two nearest areas that an area lies in."""
    around = sorted(
        (code for code in catalogue.areas if area.startswith(code) and code != area), key=len
    )[-2:]
    names = [catalogue.areas[code].name for code in around]
    return Text(bo=" ".join(name.bo for name in names), zh="".join(name.zh for name in names))


def _contents(surround: PageFurniture, facts: PackFacts) -> Block:
    """The pack's QR code with what it says, and how much is in the pack."""
    code, setter = surround.code(), surround.setter
    place = surround.catalogue.place("words", "pack_scan")
    counted = {
        "pack_cards": facts.cards,
        "pack_pages": facts.pages,
        "pack_sheets": facts.sheets,
        "pack_spares": facts.spares,
    }
    cell = mm(52)
    cells = [_count(surround, key, number, cell - 2 * PADDING) for key, number in counted.items()]
    columns = [Column("", cell)] * 2
    counts = stacked([ruled_row(cells[at : at + 2], columns, 0) for at in (0, 2)])
    told_width = setter.look.inner_width - code.width - counts.width - 2 * GAP
    typed = [
        setter.paragraph(line, "zh", "body", told_width, place)
        for line in _cut(setter, facts.typed, told_width)
    ]
    told = stacked([surround.word("pack_scan", "body", told_width, bold=True), *typed], mm(0.6))
    return beside([code, told, counts], GAP, middle=True)


def _count(surround: PageFurniture, key: str, number: int, width: float) -> Block:
    label = surround.setter.inline(
        surround.catalogue.words[key], "body", width, surround.catalogue.place("words", key)
    )
    return stacked([label, digits(str(number), "figure", width, surround, bold=True)], mm(0.4))


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
    width = surround.setter.look.inner_width
    label = joined(
        surround.catalogue.words["pack_hash"], Text(bo="cards.pdf sha256", zh="cards.pdf sha256")
    )
    groups = " ".join(sha256[at : at + HASH_GROUP] for at in range(0, len(sha256), HASH_GROUP))
    place = surround.catalogue.place("words", "pack_hash")
    return stacked(
        [
            surround.setter.inline(label, "body", width, place),
            surround.setter.paragraph(groups, "zh", "body", width, place),
        ],
        mm(0.6),
    )


def _hands(surround: PageFurniture) -> Block:
    """Through whose hands the pack went, to be signed."""
    width = surround.setter.look.inner_width
    shares = (("pack_handover", 0.4), ("signature", 0.35), ("day", 0.25))
    columns = [Column(key, width * share) for key, share in shares]
    place, words = surround.catalogue.place("words"), surround.catalogue.words
    rows = [
        ruled_row(
            [
                surround.setter.inline(words[key], "body", columns[0].inner, place),
                *(Block(column.inner, 0) for column in columns[1:]),
            ],
            columns,
            SIGNING_HEIGHT,
        )
        for key in HANDS
    ]
    return stacked([heading_row(columns, surround), *rows])


def _counts(
    surround: PageFurniture, policies: Sequence[Policy], households: Mapping[str, int]
) -> Rows:
    """How many households have each policy; every discreet one is listed, and small numbers of them
    are not told.
    """
    columns = _counted_columns(surround)
    few = surround.telling("pack_few", n=Text(bo=str(FEWEST), zh=str(FEWEST)))
    rows = []
    for policy in policies:
        number = households.get(policy.id, 0)
        if not number and not policy.discreet:
            continue
        name = surround.setter.inline(
            policy.name, "body", columns[0].inner, surround.catalogue.place(policy.id, "name")
        )
        if policy.discreet and number < FEWEST:
            told = surround.setter.pair(
                few,
                "body",
                columns[1].inner,
                surround.catalogue.place("words", "pack_few"),
                align="center",
                gap=0.05,
            )
        else:
            told = digits(str(number), "name", columns[1].inner, surround, bold=True)
        rows.append(ruled_row([name, told], columns, 0))
    return Rows("policies", heading_row(columns, surround), rows)


def _counted_columns(surround: PageFurniture) -> list[Column]:
    width = surround.setter.look.inner_width
    return [Column("pack_policies", width * 0.66), Column("pack_households", width * 0.34)]


def _index(
    surround: PageFurniture, homes: Sequence[HouseholdFacts], roster: str, problems: list[Problem]
) -> Rows:
    """Where each household's card lies, by pile number: two entries beside each other."""
    half = surround.setter.look.inner_width / 2
    pile = max(needed([str(home.pile) for home in homes], "name", surround, bold=True), mm(20))
    group = mm(22)
    columns = [
        Column("pile", pile),
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
            [*entries[at], *(entries[at + 1] if at + 1 < len(entries) else blank)], columns, mm(8)
        )
        for at in range(0, len(entries), 2)
    ]
    only = surround.setter.inline(
        surround.catalogue.words["pack_village_only"],
        "name",
        2 * half,
        surround.catalogue.place("words", "pack_village_only"),
        bold=True,
    )
    title = surround.setter.inline(
        surround.catalogue.words["pack_index"],
        "name",
        2 * half,
        surround.catalogue.place("words", "pack_index"),
    )
    return Rows("index", stacked([title, only, heading_row(columns, surround)], mm(1)), rows)


def _entry(
    home: HouseholdFacts,
    columns: Sequence[Column],
    surround: PageFurniture,
    place: Place,
    problems: list[Problem],
) -> list[Block]:
    name, found = head_of(home, columns[1].inner, surround, place)
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
