"""What the page behind a card's QR code says: the policies of its edition, whether it holds, what
changed since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from policycards.catalogue.editions.catalogue_changes import Changes, difference
from policycards.catalogue.editions.edition import Version
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.policy import Text
from policycards.design.content.policy_text import joined
from policycards.qr import link_of
from policycards.site.page_content import Listed, PageContentBuilder


class State(StrEnum):
    CURRENT = "current"
    SUPERSEDED = "superseded"
    EARLY = "early"


@dataclass(frozen=True, slots=True)
class Change:
    """A policy, and what of it changed."""

    policy: str
    name: Text
    text: Text


@dataclass(frozen=True, slots=True)
class CardPage:
    """The page of an edition.

    ``order`` are the policies that have a bit in the mask, in its order: those of the whole edition
    that are not discreet, by id. ``listed`` are the policies that cards of the area may show.
    """

    name: str
    named: Text
    as_of: Text
    state: State
    order: tuple[str, ...]
    listed: tuple[Listed, ...]
    changes: tuple[Change, ...]
    added: tuple[Listed, ...]
    ended: tuple[Listed, ...]
    others: tuple[Listed, ...]


def card_page(version: Version, state: State, now: PageContentBuilder) -> CardPage:
    """The page of a published edition, held against the catalogue of today; an early one as of its
    own day.
    """
    assert version.edition is not None
    then = PageContentBuilder(version.catalogue, version.day)
    changes = difference(version.catalogue, now.catalogue, version.day, max(now.day, version.day))
    moved = tuple(_changes(changes, then, now))
    changed = {change.policy for change in moved}
    apart = {*changes.added, *changes.ended}
    return CardPage(
        name=version.edition.name,
        named=then.speaker.word(
            "edition", name=version.edition.name, digest=version.edition.digest[:8]
        ),
        as_of=then.speaker.word("as_of", date=then.speaker.date(When.of(version.day))),
        state=state,
        order=link_of(version.catalogue, version.edition.name).policies,
        listed=tuple(then.listed.values()),
        changes=tuple(change for change in moved if change.policy not in apart),
        added=_named(changes.added, now),
        ended=_named(changes.ended, then),
        others=_named(sorted(_reworded(changes) - changed - apart), now),
    )


def _changes(
    changes: Changes, then: PageContentBuilder, now: PageContentBuilder
) -> Iterable[Change]:
    """The changed values of policies that readers of the area see, in the words of today."""
    standards = {
        (policy.id, standard.id): standard
        for builder in (then, now)
        for policy in builder.policies
        for standard in policy.standards
    }
    for change in changes.values:
        listed = now.listed.get(change.policy) or then.listed.get(change.policy)
        if listed and (now.area.startswith(change.area) or change.area.startswith(now.area)):
            standard = standards.get((change.policy, change.standard))
            name = (
                joined(listed.name, standard.label) if standard and standard.label else listed.name
            )
            if len(change.area) > len(now.area):
                name = joined(name, now.catalogue.areas[change.area].name)
            text = now.speaker.moved(standard, change.old, change.new, change.area)
            yield Change(change.policy, name, text)


def _reworded(changes: Changes) -> set[str]:
    return {text.owner for text in changes.texts} | {rule.owner for rule in changes.rules}


def _named(policies: Iterable[str], builder: PageContentBuilder) -> tuple[Listed, ...]:
    return tuple(builder.listed[policy] for policy in policies if policy in builder.listed)


def states(versions: Sequence[Version], now: PageContentBuilder) -> dict[str, State]:
    """Which edition holds: the newest that has begun. A draft, printed for trial, never outdates an
    approved one.
    """
    found = {}
    for version in versions:
        newer = [other for other in versions if _outdates(other, version) and other.day <= now.day]
        early = version.day > now.day
        assert version.edition is not None
        found[version.edition.name] = (
            State.EARLY if early else State.SUPERSEDED if newer else State.CURRENT
        )
    return found


def _outdates(newer: Version, older: Version) -> bool:
    assert newer.edition is not None and older.edition is not None
    is_later = (newer.day, newer.edition.name) > (older.day, older.edition.name)
    return is_later and (older.edition.draft or not newer.edition.draft)
