"""Half a page for the office: what cards promise for a policy beside what a list pays."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy, Text
from policycards.core.problems import Problem
from policycards.core.units import mm
from policycards.design.content.print_context import PrintContext, marks
from policycards.design.layout.blocks import Block, stacked
from policycards.design.layout.frames import Piece
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import title_band
from policycards.design.parts.grid import Chapter, Rows, filled_pages
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import bound, ruled
from policycards.households.exchange.compare import Comparison, reason_text
from policycards.typeset import Fonts

MOST_VILLAGES = 12
"""Villages that are named; the workbook has all of them."""


def payment_sheet(
    catalogue: Catalogue,
    policy: Policy,
    comparison: Comparison,
    imprint: PrintContext,
    look: Look,
    fonts: Fonts,
) -> tuple[Piece, list[Problem]]:
    """Counts and sums by reason and by village; no household is named."""
    setter = Typesetter(look, fonts)
    surround = PageFurniture(catalogue, imprint, setter, marks(catalogue, [policy], imprint))
    sheet = _Sheet(catalogue, comparison, surround)
    sections = [Rows("payments", Block(look.inner_width, 0), list(sheet.lines()))]
    chapter = Chapter(sheet.front(policy), surround.running_head(), sections)
    pages, too_tall = filled_pages([chapter], surround)
    piece = bound(catalogue, imprint, look, f"payments {policy.id}", pages, title="payment_title")
    return piece, [*setter.problems, *too_tall]


class _Sheet:
    """Sets the lines of the sheet."""

    def __init__(
        self, catalogue: Catalogue, comparison: Comparison, surround: PageFurniture
    ) -> None:
        self.catalogue, self.comparison, self.surround = catalogue, comparison, surround
        self.setter, self.width = surround.setter, surround.setter.look.inner_width
        self.place = catalogue.place("words", "payment_title")

    def front(self, policy: Policy) -> Block:
        """What is compared, how many rows found their household, and the sums."""
        found = self.comparison
        same = len(found.lines) - len(found.differing)
        villages = found.villages()
        promised = sum((each.promised for each in villages), Decimal(0))
        paid = sum((each.paid for each in villages), Decimal(0))
        words = self.catalogue.words["payment_title"]
        title = title_band(self.setter, words, self.width, self.place, height=8.6)
        lines = [
            self.setter.inline(policy.name, "body", self.width, self.place, bold=True),
            self.line("payment_rows", rows=f"{found.rows:,}", fitting=f"{found.fitting:,}"),
            self.line("payment_same", same=f"{same:,}", differing=f"{len(found.differing):,}"),
        ]
        if found.has_amounts:
            sums = {"promised": promised, "paid": paid, "difference": paid - promised}
            lines.append(
                self.line("payment_sums", **{name: f"{each:,.2f}" for name, each in sums.items()})
            )
        return stacked([self.surround.mark_band(), title, *lines, Block(self.width, mm(1))], mm(1))

    def lines(self) -> Iterator[Block]:
        """A line for each reason, then one for each village in which anything differs."""
        for reason, count in self.comparison.counts().items():
            text = reason_text(self.catalogue, reason)
            money = f"{self.comparison.difference_of(reason):+,.2f}"
            yield self.row(text, self.filled("payment_count", n=f"{count:,}", difference=money))
        differing = [each for each in self.comparison.villages() if each.differing and each.area]
        for each in differing[:MOST_VILLAGES]:
            area = self.catalogue.areas.get(each.area)
            name = area.name if area else Text(bo=each.area, zh=each.area)
            counts = {
                "households": f"{each.households:,}",
                "differing": f"{each.differing:,}",
                "difference": f"{each.paid - each.promised:+,.2f}",
            }
            yield self.row(name, self.filled("payment_village", **counts))
        if len(differing) > MOST_VILLAGES:
            yield self.line("payment_more", n=str(len(differing) - MOST_VILLAGES))

    def row(self, name: Text, content: Text) -> Block:
        label = self.setter.inline(name, "body", self.width, self.place, bold=True)
        figures = self.setter.inline(content, "body", self.width, self.place)
        return ruled(stacked([Block(self.width, mm(0.5)), label, figures]), self.setter.look)

    def filled(self, key: str, **figures: str) -> Text:
        return self.surround.telling(
            key, **{name: Text(bo=each, zh=each) for name, each in figures.items()}
        )

    def line(self, key: str, **figures: str) -> Block:
        return self.setter.inline(self.filled(key, **figures), "body", self.width, self.place)
