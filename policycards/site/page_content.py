"""What the pages of a site say, before any HTML: policies, what they are listed under, phones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from policycards.catalogue.model.catalogue import (
    Catalogue,
    Category,
    Contact,
    Topic,
    policies_on,
    topics_with,
)
from policycards.catalogue.model.policy import LANGS, Lang, Policy, Source, Text
from policycards.design.content.policy_selection import holds_in, offered
from policycards.design.content.policy_text import PolicyText, Row, statement
from policycards.design.content.print_context import Drafts, Marks, PrintContext, ladder
from policycards.site.recordings import ending, recording
from policycards.site.standard_history import Entry, History, histories

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
