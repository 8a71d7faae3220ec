"""The notice for the board: which standards changed from one edition to the next, on one A4 page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from policycards.catalogue.changes import Changes, ValueChange
from policycards.catalogue.model import LANGS, Catalogue, Policy, Standard, Text, Value, When
from policycards.design.blocks import Block, beside, placed, stacked
from policycards.design.frames import Box, Page, Piece, Tagged
from policycards.design.imprint import Imprint, ladder, marks
from policycards.design.leaves import FOOT_GAP
from policycards.design.setting import Setter
from policycards.design.statement import Speaker, joined
from policycards.design.surround import GAP, Surround
from policycards.design.theme import Look, Theme, desk_look
from policycards.problems import Problem, problem
from policycards.typeset import Fonts, numbers
from policycards.units import MM, mm

COLUMN_GAP = mm(6)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two catalogues, their days, and what differs; ``edition`` names the newer one as it is printed."""

    old: Catalogue
    new: Catalogue
    old_day: date
    new_day: date
    changes: Changes
    edition: str
    published: bool


def change_notice(told: Compared, theme: Theme, fonts: Fonts) -> tuple[Piece | None, list[Problem]]:
    """The notice in the largest of its arrangements that fits a page; E863 where even the smallest does not."""
    area = told.new.settings.area
    if not ladder(told.new, area):
        return None, [problem("E340", told.new.place("contacts"), area=area)]
    over = 0.0
    for look, columns in ((Look(theme, "wall"), 1), (Look(theme, "wall"), 2), (desk_look(theme), 2)):
        notice = _Notice.of(told, Setter(look, fonts), columns)
        page, over = notice.page()
        if over <= 0 or notice.setter.problems:
            return notice.bound(page), notice.setter.problems
    return None, [problem("E863", told.new.place("catalogue"), over=f"{over / MM:.0f}")]


@dataclass(frozen=True, slots=True)
class _Notice:
    """Sets the parts of the notice in one arrangement."""

    told: Compared
    surround: Surround
    setter: Setter
    columns: int

    @classmethod
    def of(cls, told: Compared, setter: Setter, columns: int) -> _Notice:
        imprint = Imprint(told.new.settings.area, told.new_day, told.edition, told.published, (), "")
        named = [policy for policy in told.new.policies if policy.id in _touched(told.changes)]
        return cls(told, Surround(told.new, imprint, setter, marks(told.new, named, imprint)), setter, columns)

    @property
    def width(self) -> float:
        return self.setter.look.inner_width

    def page(self) -> tuple[Page, float]:
        """The page, and by how many pt it is too high."""
        look, foot = self.setter.look, self.surround.foot(1, 1)
        body = stacked([self.front(), *self.sections(), self.end()], GAP)
        room = look.height - 2 * look.margin - foot.height - FOOT_GAP
        bottom = look.height - look.margin - foot.height
        items = (*placed(body, look.margin, look.margin), *placed(foot, look.margin, bottom))
        return Page(look.width, look.height, items), body.height - room

    def bound(self, page: Page) -> Piece:
        title, told = self.told.new.words["notice_title"], self.told
        return Piece(
            title=f"{title.bo} {title.zh}",
            lang="zh",
            author=told.new.settings.issuer.zh,
            date=told.new_day,
            identity=" ".join(("notice", told.old.digest, told.new.digest, str(told.old_day), str(told.new_day))),
            pages=(page,),
        )

    def front(self) -> Block:
        place = self.told.new.place("words", "notice_title")
        words = self.told.new.words["notice_title"]
        title = self.setter.pair(words, "title", self.width, place, bold=True, align="center", tag="H1")
        speaker = Speaker(self.told.new, self.told.new.settings.area, self.told.new_day)
        days = {"old": self.told.old_day, "new": self.told.new_day}
        period = speaker.word("notice_period", **{key: speaker.date(When.of(day)) for key, day in days.items()})
        return stacked(
            [
                self.surround.mark_band(),
                title,
                self.setter.pair(period, "body", self.width, place, align="center"),
                self.surround.colophon(self.width),
            ],
            GAP,
        )

    def sections(self) -> Iterator[Block]:
        """The changed standards, then the names of policies that are new, ended, or different in their words."""
        changes = self.told.changes
        entries = [self.entry(change) for change in self.changed()]
        if not changes:
            yield self.surround.word("notice_nothing", "name", self.width, bold=True)
        if entries:
            yield self.heading("notice_values")
            yield self.in_columns(entries)
        named = {"notice_added": changes.added, "notice_ended": changes.ended, "notice_other": self.others()}
        for key, policies in named.items():
            if policies:
                yield self.heading(key)
                yield self.in_columns([self.name(policy) for policy in policies])

    def changed(self) -> list[ValueChange]:
        """The changes of policies that held before and still do."""
        apart = {*self.told.changes.added, *self.told.changes.ended}
        return [change for change in self.told.changes.values if change.policy not in apart]

    def others(self) -> list[str]:
        """The policies of which only words or conditions differ."""
        told = {change.policy for change in self.told.changes.values} | {*self.told.changes.added}
        touched = _touched(self.told.changes) - told - {*self.told.changes.ended}
        return [policy.id for policy in self.told.new.policies if policy.id in touched]

    def heading(self, key: str) -> Block:
        look, words = self.setter.look, self.told.new.words[key]
        place = self.told.new.place("words", key)
        text = self.setter.inline(words, "heading", self.width, place, bold=True).tagged("H2")
        rule = Tagged("Artifact", (Box(0, 0, self.width, 1.2, fill=look.rule),))
        return stacked([Block(self.width, 1.2, (rule,)), text], mm(1))

    def in_columns(self, entries: list[Block]) -> Block:
        """Entries in the order of reading: down the first column, then down the second."""
        share = -(-len(entries) // self.columns)
        columns = [stacked(entries[at : at + share], mm(2)) for at in range(0, len(entries), share)]
        return beside(columns, COLUMN_GAP)

    @property
    def column(self) -> float:
        return (self.width - (self.columns - 1) * COLUMN_GAP) / self.columns

    def name(self, policy_id: str) -> Block:
        policy, speaker = self.policy(policy_id)
        place = speaker.catalogue.place(policy.id, "name")
        return self.setter.pair(speaker.filled(policy.name, policy), "body", self.column, place, bold=True, gap=0.05)

    def policy(self, policy_id: str) -> tuple[Policy, Speaker]:
        """A policy of the newer side, or of the older one where it is no longer there."""
        for catalogue, day in ((self.told.new, self.told.new_day), (self.told.old, self.told.old_day)):
            for policy in catalogue.policies:
                if policy.id == policy_id:
                    return policy, Speaker(catalogue, catalogue.settings.area, day)
        raise LookupError(policy_id)

    def entry(self, change: ValueChange) -> Block:
        """Whose value changed, from what to what, since when, and by which notice."""
        policy, speaker = self.policy(change.policy)
        standard = next((each for each in policy.standards if each.id == change.standard), None)
        place, name = speaker.catalogue.place(policy.id, "standards"), speaker.filled(policy.name, policy)
        title = joined(name, standard.label) if standard and standard.label else name
        lines = [self.setter.pair(title, "body", self.column, place, bold=True, gap=0.05)]
        if change.area and change.area in speaker.catalogue.areas:
            where = self.surround.telling("approval_area", area=speaker.catalogue.areas[change.area].name)
            lines.append(self.setter.inline(where, "body", self.column, place))
        told = [self.setter.pair(text, "body", self.column, place, gap=0.05) for text in self.words(change, standard)]
        notice = self.notice(change.new)
        source = [self.setter.paragraph(notice, "zh", "small", self.column, place)] if notice else []
        return stacked([*lines, *told, *source], mm(0.5))

    def words(self, change: ValueChange, standard: Standard | None) -> Iterator[Text]:
        old, new = (side and side.amount for side in (change.old, change.new))
        if change.new is None:
            yield self.told.new.words["notice_ended" if change.old else "notice_nothing"]
            return
        if new is not None and standard is not None and standard.unit is not None:
            speaker = Speaker(self.told.new, self.told.new.settings.area, self.told.new_day)
            label = self.told.new.unit(standard.unit).label
            yield Text(**{lang: self._figure(speaker, label, lang, old, new) for lang in LANGS})
        words = self.told.new.words
        yield Text(
            **{lang: numbers.since(change.new.since, {key: text[lang] for key, text in words.items()}, lang) for lang in LANGS}
        )
