"""The notice for the board: which standards changed from one edition to the next, on one page, A4
where it fits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Self

from policycards.catalogue.editions.catalogue_changes import Changes, ValueChange
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.policy import LANGS, Policy, Value
from policycards.core.problems import Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.policy_text import PolicyText, closed, joined
from policycards.design.content.print_context import PrintContext, ladder, marks
from policycards.design.layout.blocks import Block, beside, placed, stacked
from policycards.design.layout.frames import Box, Page, Piece, Tagged
from policycards.design.layout.theme import A3, A4, DesignName, Theme, look_on
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.notice_parts import ending, named_row
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.typeset import Fonts, Span

COLUMN_GAP = mm(6)
ARRANGEMENTS: tuple[tuple[DesignName, tuple[float, float], int], ...] = (
    ("wall", A4, 1),
    ("hand", A4, 1),
    ("hand", A4, 2),
    ("wall", A3, 2),
    ("hand", A3, 3),
)
"""Type, paper and columns, the most legible first; very many changes need A3, because smaller type
is not read.
"""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two catalogues, their days, and what differs; ``imprint`` is the newer one's, in the area of
    the notice.
    """

    old: Catalogue
    new: Catalogue
    old_day: date
    new_day: date
    changes: Changes
    imprint: PrintContext


def change_notice(
    compared: Compared, theme: Theme, fonts: Fonts
) -> tuple[Piece | None, list[Problem]]:
    """The notice in the largest of its arrangements that fits a page; E863 where even the smallest
    does not.
    """
    area = compared.imprint.area
    if not ladder(compared.new, area):
        return None, [problem("E340", compared.new.place("contacts"), area=area)]
    over = 0.0
    for sizes, paper, columns in ARRANGEMENTS:
        notice = Notice.of(compared, Typesetter(look_on(theme, sizes, paper), fonts), columns)
        page, over = notice.page()
        if over <= 0 or notice.setter.problems:
            return notice.bound((page,)), notice.setter.problems
    return None, [problem("E863", compared.new.place("catalogue"), over=f"{over / MM:.0f}")]


@dataclass(frozen=True, slots=True)
class Notice:
    """Sets the parts of the notice in one arrangement."""

    compared: Compared
    surround: PageFurniture
    setter: Typesetter
    columns: int

    @classmethod
    def of(cls, compared: Compared, setter: Typesetter, columns: int) -> Self:
        named = [
            policy for policy in compared.new.policies if policy.id in _touched(compared.changes)
        ]
        surround = PageFurniture(
            compared.new, compared.imprint, setter, marks(compared.new, named, compared.imprint)
        )
        return cls(compared, surround, setter, columns)

    @property
    def width(self) -> float:
        return self.setter.look.inner_width

    def page(self) -> tuple[Page, float]:
        """The page, and by how many pt it is too high."""
        look = self.setter.look
        end = self.end(dated=True)
        body = stacked([self.front(), *self.sections()], GAP)
        bottom = look.height - look.margin - end.height
        items = (*placed(body, look.margin, look.margin), *placed(end, look.margin, bottom))
        return Page(look.width, look.height, items), look.margin + body.height + GAP - bottom

    def bound(self, pages: tuple[Page, ...]) -> Piece:
        title, compared = self.compared.new.words["notice_title"], self.compared
        return Piece(
            title=f"{title.bo} {title.zh}",
            lang="zh",
            author=compared.new.settings.issuer.zh,
            date=compared.new_day,
            identity=" ".join(
                (
                    "notice",
                    compared.old.digest,
                    compared.new.digest,
                    str(compared.old_day),
                    str(compared.new_day),
                )
            ),
            pages=pages,
        )

    def front(self) -> Block:
        place = self.compared.new.place("words", "notice_title")
        words = self.compared.new.words["notice_title"]
        title = self.setter.inline(words, "title", self.width, place, bold=True).tagged("H1")
        days = {"old": self.compared.old_day, "new": self.compared.new_day}
        dates = {key: self.speaker.date(When.of(day)) for key, day in days.items()}
        period = self.speaker.word("notice_period", **dates)
        sized = [self.setter.inline(period, role, self.width, place) for role in ("body", "small")]
        dated = min(
            sized, key=lambda block: block.height > mm(8)
        )  # smaller rather than on two lines
        return stacked([self.surround.mark_band(), title, dated], mm(1.5))

    def sections(self) -> Iterator[Block]:
        """The changed standards, then the names of policies that are new, ended, or different in
        their words.
        """
        changes = self.compared.changes
        entries = list(self.entries())
        if not changes:
            yield self.surround.word("notice_nothing", "name", self.width, bold=True)
        named = {
            "notice_added": changes.added,
            "notice_ended": changes.ended,
            "notice_other": self.others(),
        }
        if entries:
            yield self.heading("notice_values") if any(named.values()) else Block(0, 0)
            yield self.in_columns(entries)
        for key, policies in named.items():
            if policies:
                yield self.heading(key)
                yield self.in_columns([self.name(policy) for policy in policies])

    def changed(self) -> list[ValueChange]:
        """The changes of policies that held before and still do."""
        apart = {*self.compared.changes.added, *self.compared.changes.ended}
        return [change for change in self.compared.changes.values if change.policy not in apart]

    def others(self) -> list[str]:
        """The policies of which only words or conditions differ."""
        compared = {change.policy for change in self.compared.changes.values} | {
            *self.compared.changes.added
        }
        touched = _touched(self.compared.changes) - compared - {*self.compared.changes.ended}
        return [policy.id for policy in self.compared.new.policies if policy.id in touched]

    def heading(self, key: str) -> Block:
        look, words = self.setter.look, self.compared.new.words[key]
        place = self.compared.new.place("words", key)
        text = self.setter.inline(words, "heading", self.width, place, bold=True).tagged("H2")
        rule = Tagged("Artifact", (Box(0, 0, self.width, 1.2, fill=look.rule),))
        return stacked([Block(self.width, 1.2, (rule,)), text], mm(1))

    def in_columns(self, entries: list[Block]) -> Block:
        """Entries in the order of reading, down one column after the other, the columns about
        equally high.
        """
        share = sum(entry.height for entry in entries) / self.columns
        columns: list[list[Block]] = [[] for _column in range(self.columns)]
        done = 0.0
        for entry in entries:
            columns[min(int((done + entry.height / 2) / share), self.columns - 1)].append(entry)
            done += entry.height
        return beside(
            [
                stacked([Block(self.column, 0), *column], mm(0.8) if self.columns > 1 else 0.0)
                for column in columns
                if column
            ],
            COLUMN_GAP,
        )

    @property
    def column(self) -> float:
        return (self.width - (self.columns - 1) * COLUMN_GAP) / self.columns

    def name(self, policy_id: str) -> Block:
        policy, speaker = self.policy(policy_id)
        place = speaker.catalogue.place(policy.id, "name")
        return self.setter.pair(
            speaker.filled(policy.name, policy), "body", self.column, place, bold=True, gap=0.05
        )

    def policy(self, policy_id: str) -> tuple[Policy, PolicyText]:
        """A policy of the newer side, or of the older one where it is no longer there."""
        for catalogue, day in (
            (self.compared.new, self.compared.new_day),
            (self.compared.old, self.compared.old_day),
        ):
            for policy in catalogue.policies:
                if policy.id == policy_id:
                    return policy, PolicyText(catalogue, self.compared.imprint.area, day)
        raise LookupError(policy_id)

    def entries(self) -> Iterator[Block]:
        """The changed values; the day and the notice that several share stand above the first of
        them.
        """
        groups: dict[tuple[When | None, str], list[ValueChange]] = {}
        for change in self.changed():
            since = change.new.since if change.new else None
            groups.setdefault((since, self.notice(change.new)), []).append(change)
        for (_since, notice), changes in groups.items():
            head = list(self.group_head(changes[0].new, notice))
            for change in changes:
                yield stacked([*head, self.entry(change)], mm(0.5))
                head = []

    def group_head(self, value: Value | None, notice: str) -> Iterator[Block]:
        if value is None:
            return
        place = self.compared.new.place("words", "since")
        yield Block(self.column, mm(1))
        yield self.setter.inline(self.speaker.since(value), "body", self.column, place, bold=True)
        if notice:
            yield self.setter.paragraph(notice, "zh", "small", self.column, place)

    @property
    def speaker(self) -> PolicyText:
        return self.surround.speaker

    def entry(self, change: ValueChange) -> Block:
        """Whose value it is, and from what to what it changed."""
        policy, speaker = self.policy(change.policy)
        standard = next((each for each in policy.standards if each.id == change.standard), None)
        name = speaker.filled(policy.name, policy)
        title = joined(name, standard.label) if standard and standard.label else name
        if change.area and change.area in speaker.catalogue.areas:
            where = self.surround.telling(
                "approval_area", area=speaker.catalogue.areas[change.area].name
            )
            title = joined(title, where)
        figure = self.speaker.moved(standard, change.old, change.new, change.area)
        place = speaker.catalogue.place(policy.id, "standards")
        if self.columns == 1:
            return named_row(self.setter, title, figure, self.width, place)
        stops = {"bo": f"{closed(title.bo)} ", "zh": f"{title.zh}："}
        return stacked(
            [
                self.setter.paragraph(
                    [Span(stops[lang]), Span(figure[lang], bold=True)],
                    lang,
                    "body",
                    self.column,
                    place,
                )
                for lang in LANGS
            ]
        )

    def notice(self, value: Value | None) -> str:
        """Documents have Chinese titles only."""
        parts = [value.source.title, value.source.number] if value and value.source else []
        compared = " ".join(part for part in parts if part)
        return f"{self.compared.new.words['source'].zh}：{compared}" if compared else ""

    def end(self, *, dated: bool = False) -> Block:
        return ending(self.surround, self.width, dated=dated)


def _touched(changes: Changes) -> set[str]:
    """The policies that any change belongs to."""
    owners = {text.owner for text in changes.texts} | {rule.owner for rule in changes.rules}
    return owners | {each.policy for each in changes.values} | {*changes.added, *changes.ended}
