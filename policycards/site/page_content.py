"""What the pages of a site say, before any HTML: policies, lists, phones, recordings, the index.

A recording is a policy read aloud; whether a phone can play it is found here. The index is
compared with a reader's words on the phone itself.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from policycards.catalogue.model.catalogue import (
    Catalogue,
    Category,
    Contact,
    Topic,
    policies_on,
    topics_with,
)
from policycards.catalogue.model.policy import LANGS, Lang, Policy, Source, Text
from policycards.core.files import open_regular
from policycards.core.problems import Problem, problem
from policycards.design.content.policy_selection import holds_in, offered
from policycards.design.content.policy_text import PolicyText, Row, statement
from policycards.design.content.print_context import Drafts, Marks, PrintContext, ladder
from policycards.site.standard_history import Entry, History, histories

PLAYED = {
    ".mp3": rb"ID3|\xff[\xe0-\xff]",
    ".m4a": rb"....ftyp",
    ".ogg": rb"OggS",
    ".wav": rb"RIFF....WAVE",
}
"""What phones play: the ending by which a host knows it, and how such a file begins."""


def recording(catalogue: Catalogue, policy: Policy, lang: Lang) -> Path | None:
    """The file of a policy's recording in a language, beside the policy; None where it has none."""
    name = policy.audio and getattr(policy.audio, lang)
    return Path(catalogue.place(policy.id, "id").file).parent / name if name else None


def ending(file: Path) -> str | None:
    """The ending that fits what is in a file; None where there is no sound in it that phones
    play.
    """
    from tinytag import TinyTag, TinyTagException

    with open_regular(file) as opened:
        beginning = opened.read(12)
        opened.seek(0)
        try:
            seconds = TinyTag.get(file_obj=opened).duration
        except TinyTagException:
            return None
    fitting = (suffix for suffix, form in PLAYED.items() if re.match(form, beginning, re.DOTALL))
    return next(fitting, None) if seconds else None


def problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Recordings that are there and that no phone plays (E621)."""
    for policy in catalogue.policies:
        for lang in LANGS:
            file = recording(catalogue, policy, lang)
            if file and file.is_file() and ending(file) is None:
                yield problem("E621", catalogue.place(policy.id, "audio", lang), file=file.name)


TOWNSHIP = 9
"""Digits of a township's code: smaller areas have their phones on a page of their own."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A policy as lists show it; ``current`` is false where nothing of it is in force."""

    id: str
    pictogram: str
    name: Text
    summary: Text
    row: Row
    current: bool


@dataclass(frozen=True, slots=True)
class Telephones:
    """The contacts of one area."""

    area: Text
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """The content of a policy's own page."""

    listed: Listed
    category: Category
    who: Text
    how: tuple[Text, ...]
    papers: tuple[Text, ...]
    office: Text | None
    histories: tuple[History, ...]
    sources: tuple[Source, ...]
    topics: tuple[Topic, ...]
    recordings: tuple[tuple[Lang, str], ...]


class PageContentBuilder:
    """Builds page content from a catalogue for its own area on a day."""

    def __init__(self, catalogue: Catalogue, day: date) -> None:
        self.catalogue, self.day, self.area = catalogue, day, catalogue.settings.area
        self.speaker = PolicyText(catalogue, self.area, day)

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        """The policies that hold in the area, whether or not anything of them is in force today."""
        return tuple(policy for policy in self.catalogue.policies if holds_in(policy, self.area))

    @cached_property
    def listed(self) -> dict[str, Listed]:
        """Those policies as lists show them, by id."""
        return {policy.id: self._listed(policy) for policy in self.policies}

    @cached_property
    def current(self) -> tuple[Listed, ...]:
        """What somebody in the area may have today."""
        return tuple(listed for listed in self.listed.values() if listed.current)

    def _listed(self, policy: Policy) -> Listed:
        pictogram = self.category(policy.category).pictogram
        name, summary = (
            self.speaker.filled(text, policy) for text in (policy.name, policy.summary)
        )
        row = statement(self.catalogue, policy, self.area, self.day)
        is_current = bool(offered(self.catalogue, policy, self.area, self.day))
        return Listed(policy.id, pictogram, name, summary, row, is_current)

    @cached_property
    def histories(self) -> dict[str, tuple[History, ...]]:
        """What the standards of each policy were."""
        return {policy.id: histories(policy, self.speaker) for policy in self.policies}

    def category(self, name: str) -> Category:
        return next(
            category for category in self.catalogue.settings.categories if category.id == name
        )

    def in_category(self, category: Category) -> list[Listed]:
        return [listed for listed in self.current if listed.row.category == category.id]

    def on_topic(self, topic: Topic) -> list[Listed]:
        found = [self.listed.get(policy.id) for policy in policies_on(self.catalogue, topic)]
        return [listed for listed in found if listed and listed.current]

    def news(self) -> list[Listed]:
        """What changed of late, as cards tell it."""
        return [
            listed for listed in self.current if any(offer.changed for offer in listed.row.offers)
        ]

    def announced(self) -> list[tuple[Listed, Entry]]:
        """Values that are published and hold from a later day on."""
        return [
            (self.listed[policy.id], entry)
            for policy in self.policies
            for history in self.histories[policy.id]
            for entry in history.entries
            if not entry.begun
        ]

    def policy_page(self, policy: Policy) -> PolicyPage:
        fill = self.speaker.filled
        standards = self.histories[policy.id]
        sources = [
            entry.source for history in standards for entry in history.entries if entry.source
        ]
        return PolicyPage(
            listed=self.listed[policy.id],
            category=self.category(policy.category),
            who=fill(policy.who, policy),
            how=tuple(fill(step, policy) for step in policy.how),
            papers=tuple(fill(paper, policy) for paper in policy.papers),
            office=fill(policy.office, policy) if policy.office else None,
            histories=standards,
            sources=tuple(dict.fromkeys(sources)),
            topics=tuple(
                topic for topic in topics_with(self.catalogue, policy.id) if self.on_topic(topic)
            ),
            recordings=tuple(self.recordings(policy)),
        )

    def recordings(self, policy: Policy) -> Iterator[tuple[Lang, str]]:
        """The language of each recording that phones play, and its name on the site."""
        for lang in LANGS:
            file = recording(self.catalogue, policy, lang)
            if file and (suffix := ending(file)):
                yield lang, f"audio/{policy.id}-{lang}{suffix}"

    def nearest(self) -> tuple[tuple[str, Contact], ...]:
        """Whom to ring in the office's own area: to ask, and who supervises."""
        return ladder(self.catalogue, self.area)

    def telephones(self) -> list[Telephones]:
        """Every area of the office that has a telephone, in the order of codes."""
        by_area: dict[str, list[Contact]] = {}
        for contact in sorted(self.catalogue.contacts, key=lambda contact: contact.area):
            if contact.area.startswith(self.area):
                by_area.setdefault(contact.area, []).append(contact)
        areas = self.catalogue.areas
        return [Telephones(areas[code].name, tuple(found)) for code, found in by_area.items()]

    def townships(self) -> list[Telephones]:
        """The telephones of townships and what is above them: few enough for every page."""
        return [each for each in self.telephones() if len(each.contacts[0].area) <= TOWNSHIP]


def marks_of(builder: PageContentBuilder) -> Marks:
    """The marks of pages, by the policies on them. A site is no proof: it has none of a press."""
    imprint = PrintContext(builder.area, builder.day, "", published=True, squares=(), domain="")
    return Marks(builder.catalogue, imprint, Drafts.of(builder.catalogue))


def merged(*several: Sequence[Text]) -> list[Text]:
    """Marks of several sources, each once."""
    return list(dict.fromkeys(mark for marks in several for mark in marks))


def search_index(policies: Iterable[Policy], speaker: PolicyText) -> str:
    """A script that holds the index: no browser lets a page of a folder fetch its neighbour.

    An entry is a policy's id, its names, other words about it in both scripts, and its name in
    pinyin, whole and by initials.
    """
    entries = [_entry(policy, speaker) for policy in policies]
    lines = ",\n".join(
        json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries
    )
    return f'"use strict";\nconst INDEX = [\n{lines}\n];\n'


def _entry(policy: Policy, speaker: PolicyText) -> list[str]:
    name, summary, who = (
        speaker.filled(text, policy) for text in (policy.name, policy.summary, policy.who)
    )
    others = [summary, who, *_subjects(speaker.catalogue, policy)]
    words = " ".join(dict.fromkeys([*(text.bo for text in others), *(text.zh for text in others)]))
    return [policy.id, name.bo, name.zh, words, " ".join(pinyin(name.zh))]


def _subjects(catalogue: Catalogue, policy: Policy) -> list[Text]:
    category = next(
        each.name for each in catalogue.settings.categories if each.id == policy.category
    )
    topics = topics_with(catalogue, policy.id)
    return [category, *(topic.name for topic in topics), *(topic.who for topic in topics)]


def pinyin(text: str) -> tuple[str, str]:
    """A Chinese text in pinyin without tones, and the initials of its characters; what is not
    Chinese is left out.

    >>> pinyin("草原禁牧补助（2024）")
    ('caoyuanjinmubuzhu', 'cyjmbz')
    """
    from pypinyin import lazy_pinyin  # not before a site is built: its dictionary is large

    han = "".join(
        character for character in text if unicodedata.name(character, "").startswith("CJK UNIFIED")
    )
    syllables = lazy_pinyin(han)
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)
