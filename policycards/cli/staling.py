"""Finding stale cards: what was printed against what would be printed now, the lists, and what is
done about it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policycards.cli import report
from policycards.cli.messages import _
from policycards.core.problems import Place, problem

if TYPE_CHECKING:
    from policycards.catalogue.editions.edition import Version
    from policycards.households.model import Roster
    from policycards.households.roster.findings import Notes
    from policycards.press.stale.printed_cards import Issued
    from policycards.press.stale.stale_cards import Now
    from policycards.press.stale.stale_report import Stale
    from policycards.qr import Key

HELP = _(
    "Find the printed cards that are wrong now, and why: a list, counts by village, and what to"
    " print again."
)
COMMAND = Place("policycards stale")


def find_stale(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUN... ROSTER",
            help=_("Folders of editions that were printed, and the roster."),
        ),
    ],
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="EDITION|DATE", help=_("What is to hold: an edition, a day, now.")
        ),
    ],
    on: Annotated[
        datetime | None,
        typer.Option(
            "--ages-as-of",
            formats=["%Y-%m-%d"],
            help=_("Ages of people on this day; default: the day of --to."),
        ),
    ] = None,
    least: Annotated[
        str,
        typer.Option(
            "--least", metavar="YUAN", help=_("Change of yearly cash below which a card may wait.")
        ),
    ] = "0",
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", help=_("HEADING=COLUMN for an odd heading; may be repeated.")),
    ] = None,
    key_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=_("The county's key; without it cards are samples."),
            envvar="POLICYCARDS_KEY_FILE",
        ),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help=_("Folder for what is made."))
    ] = Path("output/stale"),
    policies: Annotated[
        Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))
    ] = Path("policies"),
) -> None:
    """The lists of stale cards; the help is ``HELP``."""
    from policycards.cli.sending import key_of
    from policycards.cli.sources import open_version
    from policycards.press.stale.printed_cards import read_issued

    if len(paths) < 2:
        report.wrong_use(problem("E763", COMMAND))
    yuan = _yuan(least)
    version = open_version(policies, to)
    key = key_of(key_file)
    issued, problems = read_issued(paths[:-1], key.fingerprint)
    if problems:
        report.tell(problems)
        raise typer.Exit(1)
    assert issued is not None
    _Search(version, on.date() if on else version.day, yuan, to, key, issued).tell(
        paths[-1], map_ or [], out
    )


def _yuan(told: str) -> Decimal:
    from policycards.core import units

    try:
        return units.amount(told)
    except ValueError:
        report.wrong_use(
            problem("E903", COMMAND, option="--least", value=told, known="0 / 50 / 99.50")
        )


@dataclass(frozen=True, slots=True)
class _Search:
    """One search: what holds, for whom on which day, and what was printed."""

    version: Version
    on: date
    least: Decimal
    to: str
    key: Key
    issued: Issued

    def tell(self, roster_file: Path, mapping: list[str], out: Path) -> None:
        """Search, write the lists, say what came of it."""
        from policycards.press.stale.stale_cards import gone, stale_by_part
        from policycards.press.stale.stale_report import Found, Stale, write_stale

        roster, notes = self.read(roster_file, mapping)
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out) as scratch:
            found = Found(Path(scratch))
            for part in stale_by_part(roster, self.issued, self.now, self.key.digest, self.least):
                found.add(part)
            left, unknown = gone(roster, self.issued, notes.left_out)
            stale = Stale.of(found, roster, self.issued, left, unknown.height)
            decision = {**self.decision(roster_file), "issued": self.issued.cards.height}
            files = write_stale(stale, found, self.version.catalogue, roster, decision, out)
        _say(stale, files)

    @property
    def now(self) -> Now:
        from policycards.press.stale.stale_cards import Now

        return Now(self.version.catalogue, self.version.day, self.on)

    def decision(self, roster_file: Path) -> dict[str, object]:
        """What was asked, as it is kept beside the lists."""
        from policycards.core.files import digest_files

        edition = self.version.edition
        return {
            "to": self.to,
            "edition": edition.name if edition else None,
            "catalogue": self.version.catalogue.digest,
            "standards_on": self.version.day,
            "households_on": self.on,
            "least_yuan_a_year": self.least,
            "runs": self.issued.runs,
            "roster": digest_files([roster_file]),
        }

    def read(self, file: Path, told: list[str]) -> tuple[Roster, Notes]:
        from policycards.cli.sources import open_roster

        roster, _problems, notes = open_roster(file, self.version.catalogue, self.key.digest, told)
        if roster is None:
            raise typer.Exit(1)
        return roster, notes


def _say(stale: Stale, files: Iterable[Path]) -> None:
    from policycards.press.stale.stale_report import REASONS

    counts = stale.counts
    told = _(
        "{right} cards are right; {now} are to be printed again now, {next} may wait, {back} are to"
        " be taken back."
    )
    report.say(told.format(**{name: counts[name] for name in ("right", "now", "next", "back")}))
    words = {
        "standard": _("another standard"),
        "amount": _("another quantity or amount"),
        "gained": _("an entitlement gained"),
        "lost": _("an entitlement lost"),
        "ended": _("a policy has ended"),
        "text": _("words"),
        "ask": _("what to ask about"),
        "name": _("the head's name"),
        "head": _("another head"),
        "people": _("the number of people"),
        "moved": _("village or group"),
        "contact": _("telephones"),
        "left": _("the household is gone"),
    }
    for kind in REASONS:
        if counts.get(kind):
            report.say(f"  {words[kind]}: {counts[kind]}")
    if counts["late"]:
        report.say(
            _(
                "{count} were right by what was known on their day; a notice that came late makes"
                " them wrong."
            ).format(count=counts["late"])
        )
    if counts["unknown"]:
        report.say(
            _(
                "{count} cards were not compared: their village is not in the roster, or their row"
                " is faulty."
            ).format(count=counts["unknown"])
        )
    if counts["without"]:
        report.say(
            _(
                "{count} households of these villages have no card in these runs: see first.csv."
            ).format(count=counts["without"])
        )
    report.say(", ".join(map(str, files)))
    if counts["now"]:
        report.say(
            _("Print them with 'policycards print ROSTER --only {file}'.").format(
                file=list(files)[2]
            )
        )
