"""Printing households' own cards, one file each: roster, entitlements, substance, layout, tagged PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policycards.cli import report
from policycards.cli.messages import _
from policycards.problems import Place, Severity, has_errors, problem

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue
    from policycards.design import Look
    from policycards.design.substance import Substance
    from policycards.households.homes import HouseholdFacts
    from policycards.households.model import Entitlement, Roster
    from policycards.qr import Encoder, Key, Link
    from policycards.typeset import Fonts

HELP = _("Print households' own cards: what each is entitled to, how much that is, and how to claim it.")


def print_cards(
    roster: Annotated[Path, typer.Argument(help=_("XLSX, CSV, or a folder of households.csv and members.csv."))],
    household: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help=_("Number of a household in the roster; may be repeated; default: all.")),
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help=_("Standards in force on this day; default: today."))
    ] = None,
    theme: Annotated[
        str, typer.Option(metavar="NAME|FILE", help=_("A shipped theme (plain, colour) or a theme file."))
    ] = "plain",
    large: Annotated[bool, typer.Option("--large", help=_("Larger type, for old eyes."))] = False,
    key_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help=_("The county's key; without it cards are samples."), envvar="POLICYCARDS_KEY_FILE"
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=_("Folder for what is made."))] = Path("output"),
    policies: Annotated[Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))] = Path(
        "policies"
    ),
    fonts: Annotated[Path, typer.Option("--fonts", metavar="DIR", help=_("Folder of the fonts."))] = Path("fonts"),
) -> None:
    """One card for each household that is named, or for every one; the help is ``HELP``."""
    from policycards.catalogue import check
    from policycards.cli.printing import open_fonts
    from policycards.design import Look, read_theme

    catalogue, problems = check(policies, date.today())
    report.stop_on_errors(problems)
    assert catalogue is not None
    key = key_of(key_file)
    look_theme, problems = read_theme(theme)
    report.stop_on_errors(problems)
    assert look_theme is not None
    found, facts, is_sound = _picked(roster, household or [], catalogue, key)
    look = Look(look_theme, "hand", large)
    day = as_of.date() if as_of else date.today()
    office = _Office(catalogue, key, day, look, open_fonts(fonts, look_theme), roster, out)
    raise typer.Exit(0 if office.print(found, facts) and is_sound else 1)


@dataclass(frozen=True, slots=True)
class _Office:
    """What all cards of one command share."""

    catalogue: Catalogue
    key: Key
    day: date
    look: Look
    fonts: Fonts
    roster: Path
    out: Path

    def print(self, found: Roster, facts: list[HouseholdFacts]) -> bool:
        """A file for each household; whether all of them could be printed."""
        from policycards.design import proof_edition
        from policycards.households.entitlements import entitlements, grouped
        from policycards.qr import Encoder, link_of

        answers = grouped(entitlements(found, self.catalogue, self.day))
        link = link_of(self.catalogue, proof_edition(self.catalogue.digest, self.day))
        encoder = Encoder(link.length)
        self.out.mkdir(parents=True, exist_ok=True)
        done = [self.card(each, answers.get(each.household_id, []), link, encoder) for each in facts]
        return all(done)

    def card(self, facts: HouseholdFacts, answers: list[Entitlement], link: Link, encoder: Encoder) -> bool:
        """Whether the card of a household could be printed; what is wrong with it is told."""
        from policycards import pdf
        from policycards.design import Imprint
        from policycards.design.household import Dress, household_card
        from policycards.design.substance import substance
        from policycards.qr import card_code, format_code

        told = substance(self.catalogue, facts, answers, self.day)
        code = card_code(self.key, facts.area, facts.household_id, link.edition)
        imprint = Imprint(
            area=facts.area,
            day=self.day,
            edition=link.edition,
            published=False,
            squares=encoder.encode(link.payload(code, told.policies)),
            domain=link.domain,
            demo=self.key.is_demo,
        )
        place = Place(str(self.roster), facts.row)
        dress = Dress(code, facts.pile, imprint)
        piece, problems = household_card(self.catalogue, told, dress, self.look, self.fonts, place)
        report.tell(problems)
        if piece is None or any(each.severity is Severity.ERROR for each in problems):
            return False
        file = self.out / f"card-{format_code(code)}.pdf"
        pdf.write(piece, self.fonts, file, tagged=True)
        self.say(file, facts, told, len(piece.pages))
        return True

    def say(self, file: Path, facts: HouseholdFacts, told: Substance, pages: int) -> None:
        report.say(
            _("{file}: household {household}, {policies} policies on {pages} pages, standards as of {day}.").format(
                file=file, household=facts.household_id, policies=len(told.policies), pages=pages, day=self.day
            )
        )


def key_of(key_file: Path | None) -> Key:
    from policycards.qr import DEMO_KEY, read_key

    if key_file is None:
        return DEMO_KEY
    key, problems = read_key(key_file)
    report.stop_on_errors(problems)
    assert key is not None
    return key


def _picked(file: Path, ids: list[str], catalogue: Catalogue, key: Key) -> tuple[Roster, list[HouseholdFacts], bool]:
    """The households that are named, or all, and whether no row was faulty that belongs to them.

    Exits 1 where one that is named has a faulty row, 2 where there is none of that number.
    """
    from policycards.catalogue.form import brief, nearest
    from policycards.cli.rosternotes import tell_problems
    from policycards.households.homes import picked
    from policycards.households.roster import read_roster

    roster, problems, notes = read_roster(file, catalogue, today=date.today(), digest=key.digest)
    if roster is None:
        report.stop_on_errors(problems)
    assert roster is not None
    known = roster.households["household_id"].to_list()
    for each in ids:
        if each in notes.left_out:
            tell_problems(problems)
            report.stop_on_errors([problem("E915", Place(str(file)), household=brief(each))])
        if each not in known:
            place = Place(str(file))
            report.wrong_use(problem("E610", place, household=brief(each), nearest=nearest(each, known)))
    if not ids:
        tell_problems(problems)
    return *picked(roster, ids or known), bool(ids) or not has_errors(problems)
