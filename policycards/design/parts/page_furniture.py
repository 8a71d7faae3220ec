"""What surrounds the rows: title, marks, phones, warnings, seal and QR code on the front, heads and
feet elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policycards.catalogue.model.catalogue import Catalogue, Contact
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.policy import LANGS, Lang, Text
from policycards.core.units import mm
from policycards.design.content.policy_text import PolicyText, joined
from policycards.design.content.print_context import PrintContext, ladder
from policycards.design.layout.blocks import Block, beside, flowing, framed, stacked
from policycards.design.layout.frames import Box, Role, Squares, Tagged
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import strip
from policycards.typeset import Span, numbers

QUIET_ZONE = 4
"""Modules of white around a QR code (ISO/IEC 18004, 5.3.8)."""
MODULE = mm(0.54)
"""So that a module is at least 0.5 mm when a page is shrunk to 94 %."""
SEAL = mm(30)
GAP = mm(2.5)
FIRM = ("no_fee", "no_secrets", "newest_card", "newest_print")
WARNINGS = ("no_fee", "no_secrets", "newest_card", "approval_decides")


@dataclass(frozen=True, slots=True)
class PageFurniture:
    """Sets the parts of a piece that are no policy."""

    catalogue: Catalogue
    imprint: PrintContext
    setter: Typesetter
    marks: tuple[Text, ...]

    @property
    def speaker(self) -> PolicyText:
        return PolicyText(self.catalogue, self.imprint.area, self.imprint.day)

    def word(
        self, key: str, role: str, width: float, tag: Role | None = None, bold: bool = False
    ) -> Block:
        return self.setter.pair(
            self.catalogue.words[key],
            role,
            width,
            self.catalogue.place("words", key),
            bold=bold,
            tag=tag,
        )

    def filled(self, key: str, role: str, width: float, **parts: Text) -> Block:
        return self.setter.pair(
            self.telling(key, **parts), role, width, self.catalogue.place("words", key)
        )

    def telling(self, key: str, **parts: Text) -> Text:
        """A word with its placeholders filled, each in its own language."""
        word = self.catalogue.words[key]
        return Text(
            **{
                lang: word[lang].format(**{name: part[lang] for name, part in parts.items()})
                for lang in LANGS
            }
        )

    def front(self) -> Block:
        """The top of the first page: marks, title, for whom and where, and what holds where a row
        says nothing.
        """
        width, area = self.setter.look.inner_width, self.catalogue.areas[self.imprint.area].name
        half = (width - GAP) / 2
        kind = self.word("general_card", "heading", half, bold=True)
        place = self.filled("for_area", "heading", half, area=area)
        where = beside([kind, place], GAP)
        notes = [self.word(key, "body", width) for key in ("general_note", "paid_unknown")]
        top = [self.mark_band(), self.title("title"), self.colophon(width)]
        return stacked([*top, where, *notes, Block(width, GAP)], GAP)

    def title(self, role: str) -> Block:
        """What the piece is, centred."""
        words, place = self.catalogue.words["title"], self.catalogue.place("words", "title")
        return self.setter.pair(
            words, role, self.setter.look.inner_width, place, bold=True, align="center", tag="H1"
        )

    def mark_band(self) -> Block:
        """The strip of marks across the page."""
        return strip(self.setter, self.catalogue, self.marks, self.setter.look.inner_width)

    def closing(self) -> Iterator[Block]:
        """What ends a card, each part whole: whom to ring, QR code and seal, warnings."""
        width = self.setter.look.inner_width
        rule = Block(width, 1.2, (Tagged("Artifact", (Box(0, 0, width, 1.2, fill=0.0),)),))
        for part in (
            stacked([rule, self.phones(width)], GAP),
            self.code_and_seal(width),
            self.warnings(width),
        ):
            yield Block(width, part.height + GAP, part.items)

    def phones(self, width: float) -> Block:
        """The ladder of phones, two beside each other."""
        half = (width - GAP) / 2
        each = [
            self.phone(key, contact, half)
            for key, contact in ladder(self.catalogue, self.imprint.area)
        ]
        return stacked([beside(each[at : at + 2], GAP) for at in range(0, len(each), 2)], GAP)

    def phone(self, key: str, contact: Contact, width: float) -> Block:
        """A role and office in both languages, then the number large."""
        place = self.catalogue.place("contacts")
        who = joined(self.catalogue.words[key], contact.office)
        extras = [contact.hours] if contact.hours else []
        if contact.speaks_tibetan:
            extras.append(self.catalogue.words["speaks_tibetan"])
        number = self.setter.paragraph(
            [Span(contact.phone)], "zh", "phone", width, place, bold=True
        )
        return stacked(
            [
                self.setter.pair(who, "body", width, place),
                number,
                *(
                    self.setter.pair(
                        text, "body", width, place, langs=("zh",) if text.bo == text.zh else ()
                    )
                    for text in extras
                ),
            ],
            mm(0.6),
        )

    def phone_line(self, key: str, contact: Contact, width: float) -> Block:
        """An office, and below it the number large, beside it what it is for."""
        setter, catalogue = self.setter, self.catalogue
        place = catalogue.place("contacts")
        number = [Span(contact.phone)]
        needed = setter.natural(number, "zh", "phone", bold=True) + 0.1
        label = catalogue.words[key]
        sides: list[tuple[str, Lang]] = [(label[lang], lang) for lang in LANGS]
        if contact.hours:
            sides.append((contact.hours.zh, "zh"))
        content = [
            setter.paragraph(text, lang, "body", setter.natural(text, lang, "body") + 0.1, place)
            for text, lang in sides
        ]
        large = setter.paragraph(number, "zh", "phone", needed, place, bold=True)
        return stacked(
            [
                setter.inline(contact.office, "body", width, place),
                flowing([large, *content], width, mm(3), mm(0.6)),
            ],
            mm(0.4),
        )

    def code_and_seal(self, width: float) -> Block:
        """The QR code, beside it what it opens and the plain domain, and at the right the box for
        the seal.
        """
        code, seal = self.code(), self.seal()
        beside_code = width - code.width - seal.width - 2 * GAP
        place = self.catalogue.place("catalogue", "base_url")
        content = stacked(
            [
                self.word("qr_opens", "body", beside_code, bold=True),
                self.word("qr_network", "body", beside_code),
                self.setter.paragraph(self.imprint.domain, "zh", "body", beside_code, place),
            ],
            mm(0.8),
        )
        return beside([code, content, seal], GAP, middle=True)

    def seal(self) -> Block:
        """A free box for the office's seal, 30 mm wide and high, its label below."""
        box = Tagged(
            "Artifact",
            (Box(0.3, 0.3, SEAL - 0.6, SEAL - 0.6, stroke=0.0, line_width=0.6, dash=(3, 2)),),
        )
        words, place = self.catalogue.words["seal"], self.catalogue.place("words", "seal")
        label = self.setter.line(words, "body", place)
        width = max(SEAL, label.width)
        parts = (
            (Block(SEAL, SEAL, (box,)), (width - SEAL) / 2, 0.0),
            (label, (width - label.width) / 2, SEAL + mm(1.2)),
        )
        return Block(width, SEAL + mm(1.2) + label.height, parts=parts)

    def code(self, module: float = MODULE) -> Block:
        """The QR code in its quiet zone."""
        rows = self.imprint.squares
        side = (len(rows) + 2 * QUIET_ZONE) * module
        squares = Squares(QUIET_ZONE * module, QUIET_ZONE * module, module, rows)
        alt = self.catalogue.words["qr_alt"].zh
        return Block(side, side, (Tagged("Figure", (squares,), lang="zh", alt=alt),))

    def warnings(self, width: float, keys: tuple[str, ...] = WARNINGS) -> Block:
        padding = mm(1.8)
        content = [self.word(key, "body", width - 2 * padding, bold=key in FIRM) for key in keys]
        return framed(
            stacked(content, mm(1)), padding, Box(0, 0, 0, 0, stroke=0.0, line_width=1.0, radius=2)
        )

    def colophon(self, width: float) -> Block:
        """Who issued the card."""
        by = joined(self.catalogue.words["issuer"], self.catalogue.settings.issuer)
        return self.setter.pair(
            by, "body", width, self.catalogue.place("catalogue", "issuer"), bold=True
        )

    def issuer(self) -> Block:
        """Who issued the card, as wide as it needs, for the foot."""
        words, place = self.catalogue.settings.issuer, self.catalogue.place("catalogue", "issuer")
        width = max(self.setter.natural(words[lang], lang, "body") for lang in LANGS) + 0.1
        return self.setter.pair(words, "body", width, place)

    def date(self) -> Text:
        day = When(self.imprint.day.year, self.imprint.day.month, self.imprint.day.day)
        words = self.catalogue.words
        return Text(
            **{
                lang: numbers.date(day, {key: text[lang] for key, text in words.items()}, lang)
                for lang in LANGS
            }
        )

    def edition(self) -> dict[str, Text]:
        digest = self.catalogue.digest[:8]
        return {
            "name": Text(bo=self.imprint.edition, zh=self.imprint.edition),
            "digest": Text(bo=digest, zh=digest),
        }

    def running_head(self) -> Block:
        """The top of every other page: the marks."""
        band = self.mark_band()
        return Block(band.width, band.height + (mm(1.5) if band.height else 0), band.items).tagged(
            "Artifact"
        )

    def page(self, number: int, of: int) -> Text:
        parts = {"page": str(number), "pages": str(of)}
        return self.telling(
            "page", **{name: Text(bo=text, zh=text) for name, text in parts.items()}
        )

    def foot(
        self, number: int, of: int, beside_it: Block | None = None, known_as: Block | None = None
    ) -> Block:
        """The bottom of every page: page, date and edition small, and whom to ring large, or what
        is given instead.

        ``known_as`` tells at the start of the first line whose pages belong together.
        """
        width, page = self.setter.look.inner_width, self.page(number, of)
        as_of, edition = (
            self.telling("as_of", date=self.date()),
            self.telling("edition", **self.edition()),
        )
        ring = beside_it or self.ring()
        place, left = self.catalogue.place("words", "page"), width - ring.width - GAP
        known = [known_as] if known_as else []
        numbered = self.setter.inline(
            page, "small", left - sum(each.width + mm(2) for each in known), place
        )
        content = stacked(
            [
                beside([*known, numbered], mm(2)),
                self.setter.paragraph(as_of.bo, "bo", "small", left, place),
                self.setter.paragraph(f"{as_of.zh} {edition.zh}", "zh", "small", left, place),
            ]
        )
        return beside([content, ring], GAP, middle=True).tagged("Artifact")

    def slim_foot(self, number: int, of: int, known_as: str = "") -> Block:
        """The bottom of an inner page in two lines: page and whom to ring, below them date and
        edition.

        ``known_as`` is a number by which loose pages find back to their card.
        """
        setter, place, width = (
            self.setter,
            self.catalogue.place("words", "page"),
            self.setter.look.inner_width,
        )
        needed = setter.natural(known_as, "zh", "small", bold=True) + 0.1
        known, ring = (
            setter.paragraph(known_as, "zh", "small", needed, place, bold=True),
            self.ring_line(),
        )
        left, page = width - needed - ring.width - 2 * mm(1.5), self.page(number, of)
        as_of, edition = (
            self.telling("as_of", date=self.date()),
            self.telling("edition", **self.edition()),
        )
        facts = f"{as_of.zh} {edition.zh}"
        content, tibetan = (
            setter.inline(page, "small", left, place),
            setter.paragraph(page.bo, "bo", "small", left, place),
        )
        if content.height > tibetan.height + setter.look.size(
            "small"
        ):  # the Chinese has room only on the second line
            content, facts = tibetan, f"{page.zh} {facts}"
        top = beside([known, content, ring], mm(1.5), middle=True)
        below = setter.inline(Text(bo=as_of.bo, zh=facts), "small", width, place)
        return stacked([top, below]).tagged("Artifact")

    def ring_line(self) -> Block:
        """The nearest telephone on one line."""
        (key, contact), *_others = ladder(self.catalogue, self.imprint.area)
        label, place = self.catalogue.words[key], self.catalogue.place("contacts")
        needed = sum(
            self.setter.natural(label[lang], lang, "small") for lang in LANGS
        ) + self.setter.look.size("small")
        number = self.setter.natural([Span(contact.phone)], "zh", "phone", bold=True) + 0.1
        return beside(
            [
                self.setter.inline(label, "small", needed, place),
                self.setter.paragraph(
                    [Span(contact.phone)], "zh", "phone", number, place, bold=True
                ),
            ],
            mm(1),
            middle=True,
        )

    def ring(self) -> Block:
        """The nearest telephone, as wide as it needs."""
        (key, contact), *_others = ladder(self.catalogue, self.imprint.area)
        label, place = self.catalogue.words[key], self.catalogue.place("contacts")
        number = [Span(contact.phone)]
        labels = sum(
            self.setter.natural(label[lang], lang, "body") for lang in LANGS
        ) + self.setter.look.size("body")
        width = max(labels, self.setter.natural(number, "zh", "phone", bold=True))
        return stacked(
            [
                self.setter.inline(label, "body", width, place),
                self.setter.paragraph(number, "zh", "phone", width, place, bold=True),
            ],
            mm(0.3),
        )
