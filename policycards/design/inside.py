"""The inside of a household's card: its rows, each with how to claim it, what they come to, and what to ask about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from policycards.catalogue.model import LANGS, Text
from policycards.design.blocks import Block, beside, framed, stacked
from policycards.design.brief import BriefRows, without_kind
from policycards.design.claimrow import ClaimRows
from policycards.design.claims import Claim, claimed_alike, of_each_kind, spelled_row
from policycards.design.frames import Box
from policycards.design.leaves import heading, ruled
from policycards.design.plates import Plates
from policycards.design.pour import Kept, Section
from policycards.design.row import GUTTER
from policycards.design.statement import Row, joined, listed
from policycards.design.substance import Substance, Subtotal
from policycards.design.surround import GAP, Surround
from policycards.problems import Place
from policycards.typeset import numbers
from policycards.typeset.slots import mark
from policycards.units import mm

PADDING = mm(1.8)
FIGURE_SHARE = 0.46
"""Part of the width that a sum takes."""
ICON = mm(4.4)
EMPTY = Block(0, 0)


@dataclass(frozen=True, slots=True)
class Inside:
    """Sets what a household is entitled to; ``told`` adds to a claim what changed."""

    surround: Surround
    plates: Plates
    substance: Substance
    told: Callable[[Claim], Claim]

    def sections(self, room: float) -> Iterator[Section]:
        """The sections for pages with ``room`` pt; a part that is higher is divided where it can be."""
        told = self.substance
        if told.own:
            kept = [*self.benefits(told.own, self.detailed, room), *self.sums()]
            yield self.section("your_policies", "money", kept)
        if told.general:
            key = "other_policies" if told.own else "your_policies"
            yield self.section(key, "assistance", list(self.of_each_kind(room)))

    def closing(self) -> Iterator[Block]:
        """What is said after the rows: about payment, and what to ask about."""
        note = self.note()
        if note.height:
            yield note
        if asked := self.substance.ask_about:
            yield self.plates.block(("ask", *(text.zh for text in asked)), self.ask_about)

    def of_each_kind(self, room: float) -> Iterator[Kept]:
        """The rows without an amount of the household's own, by kind of money, which is said once above its rows."""
        words = self.surround.catalogue.words
        for kind, claims in of_each_kind(self.substance.general, words).items():
            first, *others = self.benefits(claims, self.brief, room)
            if kind:
                note = self.plates.block(("kind", kind), partial(self.kind, kind))
                first = Kept(first.policy, stacked([note, first.block]))
            yield from (first, *others)

    def kind(self, kind: tuple[str, ...]) -> Block:
        """What kind of money the rows below are, both languages in a band."""
        words, setter = self.surround.catalogue.words, self.surround.setter
        told = [setter.inline(words[key], "body", self.width - PADDING, self.place(key), bold=True) for key in kind]
        band = framed(stacked(told, mm(0.5)), PADDING / 2, Box(0, 0, 0, 0, fill=setter.look.tint))
        return Block(self.width, band.height + mm(1), parts=((band, 0, mm(1)),))

    def place(self, key: str) -> Place:
        return self.surround.catalogue.place("words", key)

    def section(self, key: str, pictogram: str, kept: list[Kept]) -> Section:
        words, place = self.surround.catalogue.words[key], self.surround.catalogue.place("words", key)
        setter, element = self.surround.setter, f"heading:{key}"
        band = self.plates.block(
            ("heading", key, pictogram),
            lambda: heading(words, pictogram, place, setter, slim=True).tagged("Sect", key=element),
        )
        return Section(key, band, EMPTY, tuple(kept))

    @property
    def width(self) -> float:
        return self.surround.setter.look.inner_width

    def benefits(
        self, claims: Sequence[Claim], how: Callable[[Row, float], list[Block]], room: float
    ) -> Iterator[Kept]:
        """A row for each policy, set once for all figures of one shape; those claimed alike say how below the last."""
        for way, alike in claimed_alike(claims):
            rows = [self.told(claim) for claim in alike]
            for claim in rows:
                shapes = self.plates.shapes(claim.figures)
                make = partial(self.set_row, claim, shapes, how, room, len(rows) == 1)
                key = ("row", id(claim.form), shapes, room, len(rows) == 1)
                for block in self.plates.blocks(key, make, claim.figures):
                    yield Kept(claim.policy, block)
            if way and rows[1:]:
                make_way = partial(self.way, way, len(rows))
                yield Kept("words", self.plates.block(("way", id(way), len(rows)), make_way))

    def way(self, way: Text, rows: int) -> Block:
        """How the rows above are claimed."""
        number = Text(bo=str(rows), zh=str(rows))
        words = joined(self.surround.telling("how_above", n=number), way)
        indent = self.surround.setter.look.pictogram + GUTTER
        told = self.surround.setter.inline(words, "body", self.width - indent - GUTTER, self.place("how_above"))
        return Block(self.width, told.height + mm(1.6), parts=((told, indent, mm(0.4)),))

    def set_row(
        self, claim: Claim, shapes: Sequence[str], how: Callable[[Row, float], list[Block]], room: float, says_how: bool
    ) -> list[Block]:
        form = claim.form if says_how else replace(claim.form, how=None)
        row = spelled_row(form, shapes, self.plates.spell)
        if row.how:
            row = replace(row, how=joined(self.surround.catalogue.words["how"], row.how))
        return [ruled(block, self.surround.setter.look) for block in how(row, room * 0.9)]

    def detailed(self, row: Row, room: float) -> list[Block]:
        """How an amount of the household's own came about."""
        return self.rower.blocks(row, room)

    def brief(self, row: Row, room: float) -> list[Block]:
        """What everybody has alike, in few lines."""
        catalogue = self.surround.catalogue
        rows = BriefRows(catalogue, self.surround.setter, self.width)
        return rows.blocks(without_kind(row, catalogue.words), room)

    def note(self) -> Block:
        """Whom to ask when it is paid; or, for a household without any policy, that it has none, and whom to ask."""
        told = self.substance
        if told.policies:
            needed = {
                "paid_unknown": not all(claim.form.paid for claim in (*told.own, *told.general)),
                "approval_decides": not told.own,
            }
            keys = tuple(key for key, wanted in needed.items() if wanted)
            return self.plates.block(("note", keys), lambda: self.noted(keys)) if keys else EMPTY
        return self.plates.block(("nothing", self.surround.imprint.area), self.nothing)

    def noted(self, keys: Sequence[str]) -> Block:
        return self.spaced(stacked([self.surround.word(key, "body", self.width) for key in keys], mm(1.2)))

    def nothing(self) -> Block:
        words = self.surround.word("nothing_found", "name", self.width, bold=True)
        phones = [self.surround.phone_line(key, contact, self.width) for key, contact in self.substance.phones]
        return self.spaced(stacked([words, *phones], GAP))

    def spaced(self, block: Block) -> Block:
        return Block(block.width, block.height + 2 * PADDING, parts=((block, 0, PADDING),))

    def sums(self) -> Iterator[Kept]:
        """The subtotals of cash, each in a frame, and with the last of them that approval decides."""
        inner = self.width - 2 * PADDING
        decides = self.plates.block("decides", lambda: self.surround.word("approval_decides", "body", inner))
        blocks = [self.subtotal(each, inner) for each in self.substance.subtotals] or [EMPTY]
        blocks[-1] = stacked([blocks[-1], decides], mm(1.2))
        frame = Box(0, 0, 0, 0, fill=self.surround.setter.look.tint, stroke=0.0, line_width=1.0, radius=2)
        for block in blocks:
            framed_block = framed(Block(inner, block.height, parts=((block, 0, 0),)), PADDING, frame)
            yield Kept("words", replace(framed_block, height=framed_block.height + mm(1.2)))

    def subtotal(self, each: Subtotal, width: float) -> Block:
        """Its name beside the sum, which is large; its terms below."""
        figures = (numbers.plain(each.total),)
        shapes = self.plates.shapes(figures)
        name = self.plates.block((each.key, shapes), lambda: self.sum_of(each, shapes, width), figures)
        terms = (self.surround.setter.signs(line, "body") for line in self.broken(each.reckoning, width))
        return stacked([name, stacked(terms)], mm(1))

    def sum_of(self, each: Subtotal, shapes: Sequence[str], width: float) -> Block:
        setter, place = self.surround.setter, self.surround.catalogue.place("words", each.key)
        right = width * FIGURE_SHARE
        name = setter.pair(each.name, "body", width - right - GUTTER, place, bold=True)
        number = self.plates.spell(mark(0), shapes)
        phrases = self.surround.speaker.phrases(number, each.label)
        figures = stacked((self.rower.phrase(phrases[lang], lang, right, place) for lang in LANGS), mm(0.6))
        return beside([name, figures], GUTTER)

    def broken(self, reckoning: str, width: float) -> Iterator[str]:
        """A sum's terms on lines that fit, broken before a plus."""
        line, setter = "", self.surround.setter
        for term in reckoning.split(" + ") if reckoning else []:
            longer = f"{line} + {term}" if line else term
            if line and setter.signs_width(longer, "body") > width:
                yield line
                longer = f"+ {term}"
            line = longer
        if line:
            yield line

    @property
    def rower(self) -> ClaimRows:
        return ClaimRows(self.surround.catalogue, self.surround.setter, self.width)

    def ask_about(self) -> Block:
        """Policies of which nobody can tell whether the household may have them."""
        names = listed(self.substance.ask_about, "、")
        return self.spaced(self.surround.filled("ask_about", "body", self.width, names=names))
