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
from policycards.catalogue.model.policy import Policy, Standard, Text, Value
from policycards.core.problems import Problem, problem
from policycards.core.units import MM, mm
from policycards.design.content.policy_text import PolicyText, joined
from policycards.design.content.print_context import PrintContext, ladder, marks
from policycards.design.content.standard_lines import unit_words
from policycards.design.layout.blocks import Block, beside, placed, stacked
from policycards.design.layout.frames import Page, Piece
from policycards.design.layout.theme import A3, A4, DesignName, Look, Theme, look_on
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import bar, title_band
from policycards.design.parts.contact_blocks import source_line
from policycards.design.parts.figure_row import Figures, category_tile, figure_row
from policycards.design.parts.notice_parts import cause_band, ending
from policycards.design.parts.page_furniture import GAP, PageFurniture
from policycards.typeset import Fonts, numbers

COLUMN_GAP = mm(6)
ARRANGEMENTS: tuple[tuple[DesignName, tuple[float, float], float, int], ...] = (
    ("wall", A4, 1.3, 1),
    ("wall", A4, 1.15, 1),
    ("wall", A4, 1.0, 1),
    ("hand", A4, 1.0, 1),
    ("wall", A3[::-1], 1.0, 2),
    ("hand", A3[::-1], 1.0, 2),
)
"""Type, paper, scale and columns, the most legible first; very many changes need A3, because
smaller type is not read.
"""
MARGIN = 7.0


def notice_look(theme: Theme, sizes: DesignName, paper: tuple[float, float], scale: float) -> Look:
    """The type of a design on a paper, so many times as large."""
    return look_on(theme, sizes, paper, margin=MARGIN / scale, scale=scale)


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
    for sizes, paper, scale, columns in ARRANGEMENTS:
        setter = Typesetter(notice_look(theme, sizes, paper, scale), fonts)
        notice = Notice.of(compared, setter, columns)
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

    @property
    def column(self) -> float:
        return (self.width - (self.columns - 1) * COLUMN_GAP) / self.columns

    @property
    def speaker(self) -> PolicyText:
        return self.surround.speaker

    def page(self) -> tuple[Page, float]:
        """The page, and by how many pt it is too high."""
        look = self.setter.look
        parts = [ending(self.surround, self.width), source_line(self.surround, self.width)]
        end = stacked(parts, mm(1))
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
        """Marks, what it is, and between which days."""
        words, place = self.compared.new.words, self.compared.new.place("words", "notice_title")
        title = title_band(self.setter, words["notice_title"], self.width, place)
        days = {"old": self.compared.old_day, "new": self.compared.new_day}
        dates = {key: self.speaker.date(When.of(day)) for key, day in days.items()}
        period = self.speaker.word("notice_period", **dates)
        dated = self.setter.inline(period, "body", self.width, place)
        return stacked([self.surround.mark_band(), title, dated], mm(1.2))

    def sections(self) -> Iterator[Block]:
        """The changed standards, then the names of policies that are new, ended, or different in
        their words.
        """
        changes = self.compared.changes
        if not changes:
            yield self.surround.word("notice_nothing", "name", self.width, bold=True)
        entries = list(self.entries())
        if entries:
            yield stacked([self.heading("notice_values"), self.in_columns(entries)])
        named = {
            "notice_added": changes.added,
            "notice_ended": changes.ended,
            "notice_other": self.others(),
        }
        for key, policies in named.items():
            if policies:
                rows = [self.name(policy) for policy in policies]
                yield stacked([self.heading(key), self.in_columns(rows)])

    def others(self) -> list[str]:
        """The policies of which only words or conditions differ."""
        compared = {change.policy for change in self.compared.changes.values} | {
            *self.compared.changes.added
        }
        touched = _touched(self.compared.changes) - compared - {*self.compared.changes.ended}
        return [policy.id for policy in self.compared.new.policies if policy.id in touched]

    def heading(self, key: str) -> Block:
        words, place = self.compared.new.words[key], self.compared.new.place("words", key)
        return bar(self.setter, words, self.width, place)

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
            [stacked([Block(self.column, 0.0), *column]) for column in columns if column],
            COLUMN_GAP,
        )

    def name(self, policy_id: str) -> Block:
        policy, speaker = self.policy(policy_id)
        name, place = (
            speaker.filled(policy.name, policy),
            speaker.catalogue.place(policy.id, "name"),
        )
        return figure_row(self.setter, None, name, self.column, place, lead=self.lead(policy))

    def lead(self, policy: Policy) -> Block:
        return category_tile(self.setter, self.compared.new, policy.category)

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
        """The changed values of policies that held before and still do; the day and the notice that
        several share stand above the first of them.
        """
        apart = {*self.compared.changes.added, *self.compared.changes.ended}
        groups: dict[tuple[When | None, str], list[ValueChange]] = {}
        for change in self.compared.changes.values:
            if change.policy not in apart:
                since = change.new.since if change.new else None
                groups.setdefault((since, _notice(change.new)), []).append(change)
        for (_since, notice), changes in groups.items():
            value, head = changes[0].new, list[Block]()
            if value:
                words = self.speaker.since(value)
                head = [cause_band(self.setter, self.compared.new, words, notice, self.column)]
            for change in changes:
                yield stacked([*head, self.entry(change)])
                head = []

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
        place = speaker.catalogue.place(policy.id, "standards")
        value = self.value(change, standard)
        return figure_row(self.setter, title, value, self.column, place, lead=self.lead(policy))

    def value(self, change: ValueChange, standard: Standard | None) -> Figures | Text:
        old, new = change.old, change.new
        if new is None or new.amount is None or standard is None or standard.unit is None:
            return self.speaker.moved(standard, old, new, change.area)
        former = old.amount if old and old.amount != new.amount else None
        words, figure = unit_words(self.speaker, standard), numbers.plain(new.amount)
        return Figures(words, figure, numbers.plain(former) if former is not None else "")


def _notice(value: Value | None) -> str:
    """Documents have Chinese titles only."""
    parts = [value.source.title, value.source.number] if value and value.source else []
    return " ".join(part for part in parts if part)


def _touched(changes: Changes) -> set[str]:
    """The policies that any change belongs to."""
    owners = {text.owner for text in changes.texts} | {rule.owner for rule in changes.rules}
    return owners | {each.policy for each in changes.values} | {*changes.added, *changes.ended}
