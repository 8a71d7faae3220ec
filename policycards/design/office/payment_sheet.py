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
from policycards.design.layout.pagination import Kept, Section, paginate
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.page_furniture import PageFurniture
from policycards.design.parts.pages import FOOT_GAP, leaf, ruled
from policycards.households.exchange.compare import Comparison, reason_text
from policycards.typeset import Fonts

EMPTY = Block(0, 0)
MOST_PAGES = 9
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
    front, head = sheet.front(policy), surround.running_head()
    foot = surround.slim_foot(MOST_PAGES, MOST_PAGES)
    room = look.height - 2 * look.margin - foot.height - FOOT_GAP
    kept = tuple(Kept(policy.id, block) for block in sheet.lines())
    pages, _too_tall = paginate(
        [Section("", EMPTY, EMPTY, kept)], room - front.height, room - head.height
    )
    title = catalogue.words["payment_title"]
    piece = Piece(
        title=f"{title.bo} {title.zh}",
        lang="zh",
        author=catalogue.settings.issuer.zh,
        date=imprint.day,
        identity=f"payments {catalogue.digest} {policy.id}",
        pages=tuple(
            leaf(
                look,
                placements,
                head if number > 1 else front,
                surround.slim_foot(number, len(pages)),
            )
            for number, placements in enumerate(pages, 1)
        ),
    )
    return piece, setter.problems


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
        title = self.setter.inline(
            self.catalogue.words["payment_title"], "heading", self.width, self.place, bold=True
        ).tagged("H1")
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
