"""The sheet that is signed and sealed before an edition prints: all values in force, their notices,
the digest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policycards.catalogue.editions.edition import Edition
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.policy import Policy, Standard, Text, Value
from policycards.core.problems import Problem
from policycards.core.units import mm
from policycards.design.content.policy_text import PolicyText, joined
from policycards.design.content.print_context import PrintContext, marks
from policycards.design.content.standard_lines import unit_words
from policycards.design.layout.blocks import Block, beside, stacked
from policycards.design.layout.frames import Box, Piece, Tagged
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import SUM_RULE, bar, rule, title_band
from policycards.design.parts.figure_row import Figures, category_tile, figure_row, row_length
from policycards.design.parts.grid import Chapter, Rows, filled_pages
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.design.parts.pages import bound
from policycards.typeset import Fonts, numbers

SIZE = (13.0, 13.0)
"""pt of a figure: the sheet is read at a desk."""
SIGNING = mm(11)
LEAST_NOTICE = 0.3
"""Part of the width that a notice has beside the day, else it goes below."""


def approval_sheet(
    catalogue: Catalogue, edition: Edition, look: Look, fonts: Fonts
) -> tuple[Piece | None, list[Problem]]:
    """The sheet of an edition, on as many A4 pages as its values need; persons sign on the last."""
    imprint = PrintContext(
        catalogue.settings.area,
        edition.as_of,
        edition.name,
        published=not edition.draft,
        squares=(),
        domain="",
    )
    setter = Typesetter(look, fonts)
    surround = PageFurniture(
        catalogue, imprint, setter, marks(catalogue, catalogue.policies, imprint)
    )
    sheet = _Sheet(catalogue, edition, surround)
    sections = [
        Rows("values", sheet.heading(), list(sheet.rows())),
        Rows("signatures", Block(sheet.width, 0), [sheet.signatures()]),
    ]
    pages, too_tall = filled_pages([Chapter(sheet.front(), sheet.head(), sections)], surround)
    subject = f"approval {edition.digest}"
    piece = bound(catalogue, imprint, look, subject, pages, title="approval_title")
    piece = replace(piece, title=f"{piece.title} {edition.name}", date=edition.dated)
    return piece, [*setter.problems, *too_tall]


class _Sheet:
    """Sets the parts of the sheet."""

    def __init__(self, catalogue: Catalogue, edition: Edition, surround: PageFurniture) -> None:
        self.catalogue, self.edition, self.surround = catalogue, edition, surround
        self.setter = surround.setter
        self.width = self.setter.look.inner_width
        self.speaker = PolicyText(catalogue, catalogue.settings.area, edition.as_of)

    def head(self) -> Block:
        """The top of every page: the marks, and whose sheet it is."""
        words, place = self.catalogue.words, self.catalogue.place("words", "approval_title")
        title = title_band(
            self.setter, words["approval_title"], self.width, place, [self.edition.name]
        )
        return stacked([self.surround.mark_band(), title, Block(self.width, 0.1)], mm(1))

    def front(self) -> Block:
        """What is to be signed: whose edition, of which day, under which number, and the digest of
        its files.
        """
        surround, digest = self.surround, self.edition.digest
        place = self.catalogue.place("words", "approval_title")
        dated = self.speaker.date(When.of(self.edition.dated))
        known = self.catalogue.words["approval_digest"]
        content = [
            joined(self.catalogue.words["issuer"], self.catalogue.settings.issuer),
            surround.telling("as_of", date=surround.date()),
            self.speaker.word("approval_number", number=self.edition.number, date=dated),
            Text(
                bo=known.bo.format(digest="").rstrip(),
                zh=known.zh.format(digest=f"{digest[:32]} {digest[32:]}"),
            ),
        ]
        lines = [self.setter.inline(text, "body", self.width, place) for text in content]
        return stacked([self.head(), *lines, Block(self.width, 0.1)], mm(0.6))

    def heading(self) -> Block:
        words, place = self.catalogue.words, self.catalogue.place("words", "approval_note")
        return bar(self.setter, words["approval_note"], self.width, place)

    def rows(self) -> Iterator[Block]:
        """One row for each value in force, in the order of the catalogue."""
        for policy, held in self.catalogue.on(self.edition.as_of):
            if held.value and held.is_own:
                row = self.row(policy, held.standard, held.value)
                yield row.tagged("Sect", key=f"value:{policy.id}:{held.standard.id}")

    def row(self, policy: Policy, standard: Standard, value: Value) -> Block:
        """Whose value it is and the value, below them since when and by which notice."""
        setter, place = self.setter, self.catalogue.place(policy.id)
        name = self.speaker.filled(policy.name, policy)
        if standard.label:
            name = joined(name, standard.label)
        lead = category_tile(setter, self.catalogue, policy.category)
        content = self.value(standard, value)
        figures = figure_row(setter, name, content, self.width, place, lead=lead, size=SIZE)
        left = lead.width + row_length(setter, 1.2)
        since = setter.line(self.since(value), "small", place)
        room = self.width - left - since.width - GAP
        aside = room > self.width * LEAST_NOTICE
        room = room if aside else self.width - left
        notice = setter.paragraph(self.notice(value), "zh", "small", room, place)
        below = beside([since, notice], GAP, middle=True) if aside else stacked([since, notice])
        parts = ((figures, 0.0, 0.0), (below, left, figures.height))
        return Block(self.width, figures.height + below.height + mm(0.5), parts=parts)

    def value(self, standard: Standard, value: Value) -> Figures | Text:
        if value.amount is None or standard.unit is None:
            is_in_kind = standard.pays == "in_kind"
            return self.catalogue.words["pays_in_kind" if is_in_kind else "pays_by_notice"]
        return Figures(unit_words(self.speaker, standard), numbers.plain(value.amount))

    def since(self, value: Value) -> Text:
        """Since when it holds, and where, if not everywhere."""
        since = self.speaker.since(value)
        if value.area is None:
            return since
        name = self.catalogue.areas[value.area].name
        return joined(since, self.surround.telling("approval_area", area=name))

    def notice(self, value: Value) -> str:
        """The notice and who confirmed the value; documents have Chinese titles only."""
        parts = (
            [value.source.title, value.source.number, value.source.issuer] if value.source else []
        )
        confirmed = [value.confirmed.by, str(value.confirmed.on)] if value.confirmed else []
        content = " ".join(part for part in parts if part)
        return f"{self.catalogue.words['source'].zh}：{content or '—'}" + (
            f"（{' '.join(confirmed)}）" if confirmed else ""
        )

    def signatures(self) -> Block:
        """Who prepared and who approved, each with a line to sign on, and the box for the seal."""
        seal = self.surround.seal()
        width = self.width - seal.width - 2 * GAP
        people = [
            stacked(
                [self.surround.filled(key, "body", width, name=_same(name)), self.line(width)],
                mm(1),
            )
            for key, name in (
                ("approval_prepared", self.edition.prepared),
                ("approval_approved", self.edition.approved),
            )
        ]
        signed = beside([stacked(people, mm(4)), seal], 2 * GAP)
        return stacked([rule(self.width, SUM_RULE), signed], mm(2))

    def line(self, width: float) -> Block:
        """A word, and a line to write on."""
        words, place = self.catalogue.words["signature"], self.catalogue.place("words", "signature")
        label = self.setter.line(words, "body", place)
        rule = Box(0, SIGNING - 1, width - label.width - GAP, 0.6, fill=0.0)
        signed = Block(rule.width, SIGNING, (Tagged("Artifact", (rule,)),))
        return beside([label, signed], GAP, middle=True)


def _same(text: str) -> Text:
    return Text(bo=text, zh=text)
