"""Rosters in the office's folder: what is there, how the check went, and one opened for its cards."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from threading import RLock

from policycards import pdf
from policycards.catalogue import Catalogue
from policycards.core.problems import Problem
from policycards.design import proof_edition, read_theme
from policycards.design.content.reasons_text import Explained, Reasoner
from policycards.design.layout.sheet_plan import Sheet
from policycards.desk.core import tasks
from policycards.desk.core.desk_page import today
from policycards.desk.core.office_folder import LISTS, Office
from policycards.desk.core.tasks import Task
from policycards.households.entitlements.reasons import household_of, reasons
from policycards.households.model import Roster
from policycards.households.roster.answers import read_mapping
from policycards.households.roster.homes import HouseholdFacts, picked
from policycards.households.roster.read_roster import read_roster
from policycards.press.pack.single_cards import CardMaker
from policycards.press.pack.village_pack import Order
from policycards.qr import DEMO_KEY, Key, read_key
from policycards.typeset import Fonts

HEADINGS = "headings"
"""The folder in that of lists which has a CSV for each list with odd headings, that says what they
mean.
"""
_SET_ASIDE = re.compile(r"-\d{8}-\d{6}$")
"""What ``page.keep_upload`` calls an older list of the same name."""


@dataclass(frozen=True)
class Listed:
    """A list by its file. ``task`` is its latest check, which may be under way."""

    office: Office
    file: Path
    task: Task | None = None

    @property
    def name(self) -> str:
        return self.file.name

    @property
    def path(self) -> str:
        """Its path from the office's folder."""
        return self.office.relative(self.file)

    @property
    def headings(self) -> Path:
        return self.file.parent / HEADINGS / f"{self.file.stem}.csv"

    @property
    def check_folder(self) -> str:
        """The folder for what its checks make."""
        return f"output/lists/{self.file.stem}"

    @property
    def source(self) -> list[str]:
        """The list as an argument of commands, with the meanings of its odd headings."""
        mapping = (
            [f"--map={self.office.relative(self.headings)}"] if self.headings.is_file() else []
        )
        return [self.path, *mapping]

    @property
    def changed(self) -> float:
        """When the list or what its headings mean was last changed."""
        return max(each.stat().st_mtime for each in (*self._files, self.headings) if each.exists())

    def check(self, mapping: Mapping[str, str], answers: Mapping[str, str]) -> list[str]:
        """The command that checks it; headings given a meaning now are kept for the list, answers
        for every list of the office.
        """
        now = [f"--map={heading}={column}" for heading, column in mapping.items()]
        kept = [f"--save-map={self.office.relative(self.headings)}"] if now else []
        return [
            "roster",
            "check",
            *self.source,
            *now,
            *kept,
            *(f"--answer={question}={answer}" for question, answer in answers.items()),
            "--out",
            self.check_folder,
            "--format",
            "json",
        ]

    @cached_property
    def facts(self) -> dict[str, object] | None:
        """What the latest check found; None where there is none, or it did not come so far."""
        if self.task is None or self.task.is_under_way:
            return None
        return self.task.facts

    @property
    def is_old(self) -> bool:
        """Whether the list was changed after its latest check."""
        changed = max(each.stat().st_mtime for each in self._files)
        return self.task is not None and changed > self.task.started.timestamp()

    @property
    def _files(self) -> list[Path]:
        return [self.file, *(sorted(self.file.glob("*.csv")) if self.file.is_dir() else [])]


def delete(listed: Listed) -> None:
    """Delete a list, what its headings mean, and what its checks made; printed cards stay."""
    made = listed.office.folder / listed.check_folder
    if listed.file.is_dir():
        rmtree(listed.file)
    else:
        listed.file.unlink()
    listed.headings.unlink(missing_ok=True)
    rmtree(made, ignore_errors=True)


def lists(office: Office) -> list[Listed]:
    """All lists, the latest first; those that were replaced by one of the same name stay in the
    folder unseen.
    """
    folder = office.rosters
    files = [each for each in sorted(folder.iterdir()) if _is_list(each)] if folder.is_dir() else []
    checks = _checks(office)
    found = [Listed(office, file, checks.get(office.relative(file))) for file in files]
    return sorted(found, key=lambda each: -each.file.stat().st_mtime)


def find(office: Office, name: str) -> Listed | None:
    """A list by the name of its file."""
    file = office.inside(f"rosters/{name}")
    if file is None or file.parent != office.rosters.resolve() or not _is_list(file):
        return None
    return Listed(office, file, _checks(office).get(office.relative(file)))


def _is_list(file: Path) -> bool:
    if file.is_dir():
        return (file / "households.csv").is_file()
    is_hidden = file.name.startswith((".", "~$")) or _SET_ASIDE.search(file.stem)
    return file.suffix.lower() in LISTS and not is_hidden


def _checks(office: Office) -> dict[str, Task]:
    """The latest check of each list."""
    found: dict[str, Task] = {}
    for each in tasks.history(office):
        if each.arguments[:2] == ("roster", "check"):
            found.setdefault(each.arguments[2], each)
    return found


MOST_PEOPLE = 10_000
"""People of a list that is read while somebody waits."""
KEPT, CARDS = 2, 30
"""Lists, and cards of each, that are kept."""
_BUSY = RLock()
"""One reading or one card at a time."""
_BOOKS: OrderedDict[tuple[object, ...], Book] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Card:
    """A household's card as a file; no file where something is wrong with it."""

    data: bytes
    pages: int
    problems: tuple[Problem, ...]


@dataclass
class Book:
    """A list with the catalogue of a day."""

    listed: Listed
    catalogue: Catalogue
    roster: Roster | None
    key: Key
    problems: list[Problem]
    cards: OrderedDict[str, Card] = field(default_factory=OrderedDict)

    @cached_property
    def homes(self) -> list[HouseholdFacts]:
        """Every household, in walking order."""
        if self.roster is None:
            return []
        return picked(self.roster, self.roster.households["household_id"].to_list())[1]

    @cached_property
    def maker(self) -> CardMaker:
        """Makes cards as a proof of today has them."""
        theme = read_theme("plain")[0]
        assert theme is not None
        day, folder = today(), self.listed.office.fonts.resolve()
        edition, sheet = proof_edition(self.catalogue.digest, day), Sheet()
        order = Order(self.key, day, edition, False, self.listed.path, folder, sheet)
        return CardMaker(self.catalogue, order, theme, Fonts.open(folder, theme.fonts))

    def find(self, asked: str) -> list[HouseholdFacts]:
        """The households that somebody means: by id, else by pile number, else by a part of the
        head's name.
        """
        asked = asked.strip()
        by_id = [each for each in self.homes if each.household_id == asked]
        by_pile = [each for each in self.homes if asked.isdecimal() and each.pile == int(asked)]
        by_name = [
            each
            for each in self.homes
            if asked and any(asked in (n or "") for n in (each.name_bo, each.name_zh))
        ]
        return by_id or by_pile or by_name

    def card(self, home: HouseholdFacts) -> Card:
        """The card of a household."""
        with _BUSY:
            made = self.cards.get(home.household_id)
            if made is None:
                made = self.cards[home.household_id] = self._card_of(home)
                if len(self.cards) > CARDS:
                    self.cards.popitem(last=False)
            return made

    def _card_of(self, home: HouseholdFacts) -> Card:
        assert self.roster is not None
        some, _facts = picked(self.roster, [home.household_id])
        (card,) = self.maker.cards(some, [home])
        data = pdf.render(card.piece, self.maker.fonts, tagged=True) if card.piece else b""
        return Card(data, len(card.piece.pages) if card.piece else 0, card.problems)

    def rows(self, home: HouseholdFacts) -> tuple[dict[str, object], list[dict[str, object]]]:
        """What the list says of the household, and of its people, by column."""
        assert self.roster is not None
        own = household_of(self.roster, home.household_id)
        return own.households.row(0, named=True), list(own.members.iter_rows(named=True))

    def explained(self, home: HouseholdFacts) -> list[Explained]:
        """What the household is entitled to and why."""
        assert self.roster is not None
        with _BUSY:
            found = reasons(self.roster, home.household_id, self.catalogue, today())
            return Reasoner.of(self.catalogue, home.area, today()).in_full(found)


def opened(listed: Listed, catalogue: Catalogue) -> Book:
    """The book of a list as it is now."""
    key = (listed.path, listed.changed, catalogue.digest, today())
    with _BUSY:
        if key not in _BOOKS:
            _BOOKS[key] = _read(listed, catalogue)
        _BOOKS.move_to_end(key)
        while len(_BOOKS) > KEPT:
            _BOOKS.popitem(last=False)
        return _BOOKS[key]


def _read(listed: Listed, catalogue: Catalogue) -> Book:
    key, faults = key_of(listed.office)
    own = [str(listed.headings)] if listed.headings.is_file() else []
    mapping, problems = read_mapping(own, listed.office.folder)
    digest = key.digest if listed.office.key else None
    roster, found, _notes = read_roster(
        listed.file, catalogue, today=today(), digest=digest, mapping=mapping
    )
    return Book(
        listed, catalogue, roster, key, [*faults, *problems, *(found if roster is None else [])]
    )


def key_of(office: Office) -> tuple[Key, list[Problem]]:
    """The county's key; without one cards are samples."""
    if office.key is None:
        return DEMO_KEY, []
    key, problems = read_key(office.key)
    return key or DEMO_KEY, problems
