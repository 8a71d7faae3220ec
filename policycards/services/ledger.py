"""What an operator does with the ledger. Import it through ``open_ledger``, which sets Django up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connections, transaction

from policycards.catalogue import Catalogue
from policycards.core.problems import Place, problem
from policycards.ledger.actions import people_changes
from policycards.ledger.actions.area_changes import load_areas
from policycards.ledger.actions.backups import backup, begin_epoch, new_key, restore
from policycards.ledger.actions.exporting import (
    export_corrections,
    export_reissues,
    export_report,
)
from policycards.ledger.actions.households import load_stale
from policycards.ledger.actions.loading import load_run
from policycards.ledger.actions.maintenance import purge, recount, upgrade
from policycards.ledger.models import Area, Card, Event, Run, User
from policycards.ledger.office.name_lists import (
    read_names,
    read_users,
    write_passwords,
    write_slips,
)
from policycards.ledger.permissions import OPERATOR
from policycards.ledger.queries.reissues import read_stale
from policycards.services.result import Listener, Progress, Result, ServiceError, sound, unheard
from policycards.services.rosters import Translate, open_roster
from policycards.services.sources import open_catalogue, open_key

ROLES = {2: "region", 4: "region", 6: "county", 9: "township"}
"""The role of the first user, by the digits of the office's area."""

_Done = TypeVar("_Done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Result):
    """What an action changed or wrote, by the names of its counts."""

    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedRun(Result):
    run: str
    edition: str
    cards: int
    spares: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Login(Result):
    """A user with the first password, where it is not in a file; an empty one has none."""

    user: str
    password: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger, at the moment at which something is done."""

    now: datetime

    def upgrade(self) -> Result:
        """Make the database or bring it to this version; everything in it stays."""
        upgrade()
        return Result()

    def load_areas(self, policies: Path, *, dry_run: bool) -> Counted:
        """Bring areas and contacts to what the catalogue says; cards follow merged villages."""
        catalogue, warnings = open_catalogue(policies)
        problems = _tried(
            lambda: load_areas(OPERATOR, catalogue.areas, catalogue.contacts, now=self.now),
            dry_run=dry_run,
        )
        return Counted(
            problems=tuple(problems),
            hidden_warnings=len(warnings),
            counts={"areas": len(catalogue.areas), "contacts": len(catalogue.contacts)},
        )

    def load_run(
        self,
        folder: Path,
        roster: Path | None,
        key_file: Path | None,
        policies: Path,
        listener: Listener = unheard,
    ) -> LoadedRun:
        """Load a printed run, with the names of the roster from which it was printed."""
        listener(Progress("reading"))
        names = None
        if roster:
            catalogue, _warnings = open_catalogue(policies)
            names = open_roster(roster, catalogue, open_key(key_file).digest, ()).roster.households
        loaded = load_run(
            OPERATOR,
            folder,
            now=self.now,
            names=names,
            is_demo=settings.DEMO,
            tell=lambda done, of: listener(Progress("loading", done, of)),
        )
        return LoadedRun(
            problems=tuple(loaded.problems),
            run=str(loaded.run.pk),
            edition=loaded.run.edition,
            cards=loaded.run.cards,
            spares=loaded.run.spares,
        )

    def add_users(self, file: Path, out: Path, *, dry_run: bool) -> Counted:
        """Users of a list, and a workbook of their first passwords."""
        rows, problems = read_users(file)
        sound(problems)
        _tried(lambda: people_changes.add_users(OPERATOR, rows, now=self.now), dry_run=dry_run)
        if not dry_run:
            write_passwords(out, rows)
        return Counted(files=() if dry_run else (out,), counts={"users": len(rows)})

    def add_user(self, name: str, role: str, area: str) -> Login:
        """One user with a first password."""
        password = people_changes.first_password()
        new = people_changes.NewUser(name, role, area, password)
        people_changes.add_users(OPERATOR, [new], now=self.now)
        return Login(user=name, password=password)

    def reset_user(self, name: str, *, factor: bool) -> Login:
        """A new first password, or the phones of a village team revoked."""
        password = people_changes.reset_user(OPERATOR, name, now=self.now, factor=factor)
        return Login(user=name, password=password or "")

    def make_slips(self, area: str, days: int, out: Path) -> Counted:
        """Slips by which the teams of an area's villages join, each once."""
        villages = [
            each
            for each in Area.objects.in_area(area).order_by("code")
            if len(each.code) in people_changes.LENGTHS["team"]
        ]
        slips = people_changes.make_slips(
            OPERATOR, [each.code for each in villages], now=self.now, days=days
        )
        write_slips(out, {each.code: each.zh for each in villages}, slips, self.now, days)
        return Counted(files=(out,), counts={"slips": len(slips)})

    def new_backup_key(self) -> str:
        return new_key()

    def begin_epoch(self) -> Result:
        """Say that the database was restored by other means than a backup."""
        begin_epoch(self.now)
        return Result()

    def back_up(self, file: Path, key: str | None) -> Counted:
        """The whole ledger as a file; without a key it is not encrypted."""
        size = backup(OPERATOR, file, now=self.now, key=key)
        return Counted(files=(file,), counts={"bytes": size})

    def restore(self, file: Path, key: str | None) -> Counted:
        """Fill an empty database from a backup."""
        restore(OPERATOR, file, now=self.now, key=key)
        return Counted(counts={"cards": Card.objects.count(), "events": Event.objects.count()})

    def purge(self, days: int, *, dry_run: bool) -> Counted:
        """Forget names, notes and errors of what was closed long ago; cards and events stay."""
        counts = _tried(lambda: purge(OPERATOR, now=self.now, days=days), dry_run=dry_run)
        return Counted(counts=dict(counts))

    def export_corrections(
        self, area: str, edition: str, out: Path, translate: Translate
    ) -> Counted:
        """The wrong data found at the handing-over, for the office that owns the list."""
        count = export_corrections(OPERATOR, area, out, translate, now=self.now, edition=edition)
        return Counted(files=(out,), counts={"households": count})

    def export_reissues(self, area: str, edition: str, out: Path) -> Counted:
        """The cards to print again: lost, spoilt, corrected, stale."""
        count = export_reissues(OPERATOR, area, out, now=self.now, edition=edition)
        return Counted(files=(out,), counts={"cards": count})

    def export_report(self, area: str, first: date, last: date, edition: str, out: Path) -> Counted:
        """A period by area: cards, households, villages, rounds, calls; with charts."""
        found = export_report(OPERATOR, area, first, last, out, now=self.now, edition=edition)
        counts = {"delivered": found.total.delivered, "outstanding": found.total.outstanding}
        return Counted(files=(out,), counts=counts)

    def load_stale(self, file: Path, area: str) -> Counted:
        """Mark the stale cards of an area, from a list of ``policycards stale``."""
        try:
            reasons = read_stale(file)
        except ValueError:
            raise ServiceError(problem("E654", Place(str(file)))) from None
        count = load_stale(OPERATOR, area, reasons, now=self.now)
        return Counted(counts={"stale": count, "listed": len(reasons)})

    def recount(self) -> Result:
        """Prove states and counts against the events."""
        return Result(problems=tuple(recount()))

    def set_up(self, catalogue: Catalogue, name: str, area: str) -> Login:
        """Make the database with areas and a first user, and leave it closed."""
        upgrade()
        problems = load_areas(OPERATOR, catalogue.areas, catalogue.contacts, now=self.now)
        login = self.add_user(name, ROLES.get(len(area), "county"), area)
        connections.close_all()  # Windows renames no folder with an open file in it
        return Login(problems=tuple(problems), user=login.user, password=login.password)

    def fill_demo(self, run: Path, roster: Path, policies: Path) -> Login:
        """Fill the ledger with a run where it is empty, and make a login of the run's county."""
        upgrade()
        if not Run.objects.exists():
            catalogue, _warnings = open_catalogue(policies)
            names, problems = read_names(roster)
            sound(problems)
            load_areas(OPERATOR, catalogue.areas, catalogue.contacts, now=self.now)
            load_run(OPERATOR, run, now=self.now, names=names, is_demo=True)
        county = Run.objects.get().area[:6]
        return self.add_user(f"county{User.objects.count() + 1}", "county", county)


def _tried(act: Callable[[], _Done], *, dry_run: bool) -> _Done:
    """What an action comes to; in a dry run it is taken back."""
    with transaction.atomic():
        done = act()
        transaction.set_rollback(dry_run)
    return done
