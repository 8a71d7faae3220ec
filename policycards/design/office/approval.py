"""The sheet that is signed and sealed before an edition prints: all values in force, their notices,
the digest.
"""

from __future__ import annotations

from collections.abc import Iterator

from policycards.catalogue.editions.edition import Edition
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.policy import Policy, Standard, Text, Value
from policycards.core.problems import Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.policy_text import PolicyText
from policycards.design.content.print_context import PrintContext, marks
from policycards.design.layout.blocks import Block, beside, stacked
from policycards.design.layout.frames import Box, Piece, Tagged
from policycards.design.layout.pagination import Kept, Section, paginate
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.design.parts.pages import FOOT_GAP, leaf, ruled
from policycards.typeset import Fonts

EMPTY = Block(0, 0)
MOST_PAGES = 99


def approval_sheet(
    catalogue: Catalogue, edition: Edition, look: Look, fonts: Fonts
) -> tuple[Piece | None, list[Problem]]:
    """The sheet of an edition, on as many A4 pages as its values need; persons sign on the last."""
    day, area = edition.as_of, catalogue.settings.area
    imprint = PrintContext(
        area, day, edition.name, published=not edition.draft, squares=(), domain=""
    )
    setter = Typesetter(look, fonts)
    surround = PageFurniture(
        catalogue, imprint, setter, marks(catalogue, catalogue.policies, imprint)
    )
    sheet = _Sheet(catalogue, edition, surround)
    front, head, foot = (
        sheet.front(),
        surround.running_head(),
        surround.foot(MOST_PAGES, MOST_PAGES, EMPTY),
    )
    room = look.height - 2 * look.margin - foot.height - FOOT_GAP
    kept = (*sheet.rows(), Kept("", sheet.signatures()))
    poured, too_tall = paginate(
        [Section("", EMPTY, EMPTY, kept)], room - front.height, room - head.height
    )
    over = [
        problem("E311", catalogue.place(row.policy), over=f"{row.over / MM:.1f}")
        for row in too_tall
    ]
    title = catalogue.words["approval_title"]
    piece = Piece(
        title=f"{title.bo} {title.zh} {edition.name}",
        lang="zh",
        author=catalogue.settings.issuer.zh,
        date=edition.dated,
        identity=f"approval {edition.digest}",
        pages=tuple(
            leaf(
                look,
                placements,
                head if number > 1 else front,
                surround.foot(number, len(poured), EMPTY),
            )
            for number, placements in enumerate(poured, 1)
        ),
    )
    return piece, [*setter.problems, *over]


class _Sheet:
    """Sets the parts of the sheet."""

    def __init__(self, catalogue: Catalogue, edition: Edition, surround: PageFurniture) -> None:
        self.catalogue, self.edition, self.surround, self.setter = (
            catalogue,
            edition,
            surround,
            surround.setter,
        )
        self.width = self.setter.look.inner_width
        self.speaker = PolicyText(catalogue, catalogue.settings.area, edition.as_of)

    def front(self) -> Block:
        """What is to be signed: whose edition, of which day, under which number, and the digest of
        its files.
        """
        words, surround, digest = self.catalogue.words, self.surround, self.edition.digest
        place = self.catalogue.place("words", "approval_title")
        title = self.setter.pair(
            words["approval_title"], "title", self.width, place, bold=True, align="center", tag="H1"
        )
        dated = self.speaker.date(When.of(self.edition.dated))
        number = self.speaker.word("approval_number", number=self.edition.number, date=dated)
        content = [
            surround.filled("edition", "name", self.width, **surround.edition()),
            surround.filled("as_of", "name", self.width, date=surround.date()),
            self.setter.pair(number, "body", self.width, place),
            surround.filled(
                "approval_digest", "body", self.width, digest=_same(f"{digest[:32]} {digest[32:]}")
            ),
            surround.word("approval_note", "body", self.width, bold=True),
        ]
        band = surround.mark_band()
        return stacked(
            [band, title, surround.colophon(self.width), *content, Block(self.width, mm(0.5))], GAP
        )

    def rows(self) -> Iterator[Kept]:
        """One row for each value in force, in the order of the catalogue."""
        for policy, held in self.catalogue.on(self.edition.as_of):
            if held.value and held.is_own:
                row = self.row(policy, held.standard, held.value)
                yield Kept(policy.id, ruled(row, self.setter.look))

    def row(self, policy: Policy, standard: Standard, value: Value) -> Block:
        """Whose value it is on the left, the value and since when on the right, its notice
        below.
        """
        left, right, place = (
            self.width * 0.46,
            self.width * 0.54 - GAP,
            self.catalogue.place(policy.id),
        )
        name = self.speaker.filled(policy.name, policy)
        whose = [self.setter.pair(name, "body", left, place, bold=True, gap=0.05)]
        if standard.label:
            whose.append(self.setter.inline(standard.label, "body", left, place))
        content = [
            self.setter.pair(text, "body", right, place, gap=0.05)
            for text in self.value(standard, value)
        ]
        columns = beside([stacked(whose, mm(0.4)), stacked(content, mm(0.4))], GAP)
        notice = self.setter.paragraph(self.notice(value), "zh", "small", self.width, place)
        return stacked(
            [Block(self.width, mm(0.8)), columns, notice, Block(self.width, mm(0.4))], mm(0.6)
        )

    def value(self, standard: Standard, value: Value) -> Iterator[Text]:
        if value.amount is None or standard.unit is None:
            yield self.catalogue.words[
                "pays_in_kind" if standard.pays == "in_kind" else "pays_by_notice"
            ]
        else:
            phrases = self.speaker.phrases(value.amount, self.catalogue.unit(standard.unit).label)
            yield Text(
                **{
                    lang: "".join((content.before, content.number, content.after))
                    for lang, content in phrases.items()
                }
            )
        yield self.speaker.since(value)
        if value.area is not None:
            yield self.surround.telling("approval_area", area=self.catalogue.areas[value.area].name)

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
        return stacked([Block(self.width, mm(4)), beside([stacked(people, mm(5)), seal], 2 * GAP)])

    def line(self, width: float) -> Block:
        """A word, and a line to write on."""
        word = self.catalogue.words["signature"]
        needed = (
            self.setter.natural(word.bo, "bo", "body")
            + self.setter.natural(word.zh, "zh", "body")
            + mm(5)
        )
        label = self.setter.inline(word, "body", needed, self.catalogue.place("words", "signature"))
        rule = Box(0, mm(9), width - needed - GAP, 0.6, fill=0.0)
        return beside(
            [label, Block(rule.width, mm(10), (Tagged("Artifact", (rule,)),))], GAP, middle=True
        )


def _same(text: str) -> Text:
    return Text(bo=text, zh=text)
