"""Editions: publish one, list and show them, compare two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from policycards import pdf, qr
from policycards.catalogue import Catalogue
from policycards.catalogue.editions.catalogue_changes import Changes, difference
from policycards.catalogue.editions.edition import (
    FOLDER,
    Edition,
    Version,
    freeze,
    is_edition_name,
    read_edition,
    unready,
    write_edition,
)
from policycards.catalogue.editions.edition import editions as edition_names
from policycards.catalogue.model.form import brief
from policycards.core.problems import Place, Problem, problem
from policycards.design import PrintContext, proof_edition
from policycards.design.layout.theme import desk_look
from policycards.design.notices.edition_notice import Compared, change_notice
from policycards.design.office.approval import approval_sheet
from policycards.qr import read_key
from policycards.services.catalogues import examine
from policycards.services.result import Listener, Progress, Result, plain, sound, unheard
from policycards.services.sources import open_fonts, open_theme, open_version

COMMAND = Place("policycards edition publish")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedEdition(Result):
    """An edition that was frozen into ``folder``; ``sheet`` is to be signed and sealed."""

    name: str
    digest: str
    draft: bool
    folder: Path
    sheet: Path


def publish(
    facts: Edition,
    policies: Path,
    fonts: Path,
    out: Path,
    key_file: Path | None,
    listener: Listener = unheard,
) -> PublishedEdition:
    """Freeze everything that prints, and make the sheet for signature and seal; a draft is not held
    to what an approved edition must be.
    """
    listener(Progress("checking"))
    catalogue, problems = examine(policies, fonts, date.today())
    found = [*_fact_problems(facts, policies), *problems]
    if catalogue is not None and not facts.draft:
        found += unready(catalogue, facts.as_of)
        place = catalogue.place("catalogue", "base_url")
        found += qr.base_url_problems(catalogue.settings.base_url, place, publish=True)
        found += _key_problems(key_file)
    sound(found)
    assert catalogue is not None
    frozen, problems = freeze(policies, catalogue, facts)
    sound(problems)
    assert frozen is not None
    sheet = out / f"approval-{facts.name}.pdf"
    _print_sheet(frozen.catalogue, frozen.edition, fonts, sheet)
    folder = write_edition(policies, frozen)
    return PublishedEdition(
        files=(sheet,),
        name=facts.name,
        digest=frozen.edition.digest,
        draft=facts.draft,
        folder=folder,
        sheet=sheet,
    )


def _fact_problems(facts: Edition, policies: Path) -> Iterator[Problem]:
    if not is_edition_name(facts.name):
        yield problem("E850", COMMAND, name=brief(facts.name))
    elif (policies / FOLDER / facts.name).exists():
        yield problem("E851", COMMAND, name=facts.name)
    for option, person in (("--prepared", facts.prepared), ("--approved", facts.approved)):
        if not person:
            yield problem("E853", COMMAND, option=option)
    if facts.prepared and _same_person(facts.prepared, facts.approved):
        yield problem("E852", COMMAND, person=facts.prepared)


def _same_person(one: str, other: str) -> bool:
    """Whether two names are one, however they are spaced or typed."""
    first, second = (
        unicodedata.normalize("NFKC", "".join(name.split())).casefold() for name in (one, other)
    )
    return first == second


def _key_problems(key_file: Path | None) -> list[Problem]:
    """Why the county's key cannot be used; the demo key never can."""
    if key_file is None:
        return [problem("E858", COMMAND)]
    key, problems = read_key(key_file)
    return [problem("E858", Place(str(key_file)))] if key and key.is_demo else problems


def _print_sheet(catalogue: Catalogue, facts: Edition, font_folder: Path, file: Path) -> None:
    """The approval sheet as a PDF file."""
    theme = open_theme()
    fonts = open_fonts(font_folder, theme)
    piece, problems = approval_sheet(catalogue, facts, desk_look(theme), fonts)
    sound(problems)
    assert piece is not None
    file.parent.mkdir(parents=True, exist_ok=True)
    pdf.write(piece, fonts, file, tagged=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionList(Result):
    editions: tuple[Edition, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"editions": [each.model_dump(mode="json") for each in self.editions]}


def list_editions(policies: Path) -> EditionList:
    """Every edition that is as it was published; problems of those that are not."""
    found, problems = [], list[Problem]()
    for name in edition_names(policies):
        read, wrong = read_edition(policies, name)
        problems += wrong
        if read:
            found.append(read[1])
    return EditionList(problems=tuple(problems), editions=tuple(found))


@dataclass(frozen=True, slots=True)
class ValueInForce:
    policy: str
    standard: str
    area: str
    amount: Decimal | None
    since: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEdition(Result):
    facts: Edition
    values: tuple[ValueInForce, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "facts": self.facts.model_dump(mode="json"),
            "values": [plain(each) for each in self.values],
        }


def show_edition(policies: Path, name: str, fonts: Path, out: Path | None) -> ShownEdition:
    """The facts of an edition and every value in force; ``out`` is its approval sheet."""
    read, problems = read_edition(policies, name)
    sound(problems)
    assert read is not None
    catalogue, facts = read
    values = [
        ValueInForce(policy.id, held.standard.id, held.area, value.amount, str(value.since))
        for policy, held in catalogue.on(facts.as_of)
        if (value := held.value) and held.is_own
    ]
    if out:
        _print_sheet(catalogue, facts, fonts, out)
    return ShownEdition(files=(out,) if out else (), facts=facts, values=tuple(values))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Result):
    """What changed between two editions or days, values as they are in the catalogue's files."""

    changes: Changes

    def to_dict(self) -> dict[str, Any]:
        changes = self.changes
        return {
            "added": list(changes.added),
            "ended": list(changes.ended),
            "values": [
                {
                    "policy": change.policy,
                    "standard": change.standard,
                    "area": change.area,
                    "old": _value(change.old),
                    "new": _value(change.new),
                }
                for change in changes.values
            ],
            "texts": [
                {
                    "owner": text.owner,
                    "path": list(text.path),
                    "old": text.old and text.old.model_dump(),
                    "new": text.new and text.new.model_dump(),
                }
                for text in changes.texts
            ],
            "rules": [
                {"owner": rule.owner, "path": list(rule.path), "old": rule.old, "new": rule.new}
                for rule in changes.rules
            ],
        }


def _value(value: Any) -> Any:
    return value and value.model_dump(mode="json", by_alias=True, exclude_none=True)


def compare(policies: Path, old: str, new: str, fonts: Path, out: Path | None) -> Comparison:
    """Two editions or days compared; ``out`` is a notice for the board."""
    before, after = (open_version(policies, each) for each in (old, new))
    changes = difference(before.catalogue, after.catalogue, before.day, after.day)
    if out:
        _print_notice(before, after, changes, fonts, out)
    return Comparison(files=(out,) if out else (), changes=changes)


def _print_notice(
    before: Version, after: Version, changes: Changes, font_folder: Path, out: Path
) -> None:
    theme = open_theme()
    fonts = open_fonts(font_folder, theme)
    name = after.edition.name if after.edition else proof_edition(after.catalogue.digest, after.day)
    published = after.edition is not None and not after.edition.draft
    context = PrintContext(after.catalogue.settings.area, after.day, name, published, (), "")
    compared = Compared(before.catalogue, after.catalogue, before.day, after.day, changes, context)
    piece, problems = change_notice(compared, theme, fonts)
    sound(problems)
    assert piece is not None
    out.parent.mkdir(parents=True, exist_ok=True)
    pdf.write(piece, fonts, out, tagged=True)
