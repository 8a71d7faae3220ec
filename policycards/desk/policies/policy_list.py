"""The list of policies: what each is called, what is in force of it, and what is to be known about
it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policycards.catalogue import Catalogue, Policy
from policycards.catalogue.editing.catalogue_edit import file_of
from policycards.catalogue.model.catalogue import Category
from policycards.catalogue.model.policy import Text
from policycards.catalogue.reviews.reading_list import read_by_owner
from policycards.core.problems import Problem
from policycards.design.content.policy_text import Phrase, PolicyText
from policycards.site.html import pictogram


@dataclass(frozen=True, slots=True)
class Listed:
    """A policy on the list; the marks count texts that are drafts, values that nobody confirmed,
    and problems.
    """

    id: str
    name: Text
    figures: tuple[Text, ...]
    drafts: int
    unconfirmed: int
    problems: int


@dataclass(frozen=True, slots=True)
class Group:
    """A category with its policies."""

    category: Category
    drawing: str
    policies: tuple[Listed, ...]


def in_categories(catalogue: Catalogue, problems: Sequence[Problem], day: date) -> list[Group]:
    """Every sound policy, by category in the order of print."""
    read = read_by_owner(catalogue)
    faults = Counter(each.place.file for each in problems)
    found: dict[str, list[Listed]] = {}
    in_force = catalogue.at(day, catalogue.settings.area)
    for policy in catalogue.policies:
        values = [in_force[each].value for each in policy.standards]
        done, count = read.get(policy.id, (0, 0))
        found.setdefault(policy.category, []).append(
            Listed(
                id=policy.id,
                name=policy.name,
                figures=tuple(_figures(catalogue, policy, day)),
                drafts=count - done,
                unconfirmed=sum(bool(value and not value.confirmed) for value in values),
                problems=sum(
                    number for file, number in faults.items() if file.endswith(file_of(policy))
                ),
            )
        )
    return [
        Group(each, pictogram(each.pictogram), tuple(found[each.id]))
        for each in catalogue.settings.categories
        if each.id in found
    ]


def _figures(catalogue: Catalogue, policy: Policy, day: date) -> Iterator[Text]:
    """What is in force of each standard, in words; the same words once."""
    speaker = PolicyText(catalogue, catalogue.settings.area, day)
    unique: dict[str, Text] = {}
    for standard in policy.standards:
        offer = speaker.offer(standard)
        phrases = offer.phrases if offer else None
        if phrases:
            text = Text.model_construct(bo=_words(phrases["bo"]), zh=_words(phrases["zh"]))
            unique.setdefault(text.zh, text)
    yield from unique.values()


def _words(phrase: Phrase) -> str:
    return phrase.before + phrase.number + phrase.after
