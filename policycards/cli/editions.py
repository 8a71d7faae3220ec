"""Commands about editions: publish one, list and show them, compare two."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policycards.cli import report
from policycards.cli.messages import _
from policycards.core.problems import Place, Problem, has_errors, problem

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue
    from policycards.catalogue.editions.edition import Edition

COMMAND = Place("policycards edition publish")

edition = typer.Typer(
    name="edition",
    help=_("Editions: freeze the catalogue for printing, list editions, compare two."),
    no_args_is_help=True,
    rich_markup_mode=None,
)

Policies = Annotated[
    Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))
]
FontFolder = Annotated[Path, typer.Option("--fonts", metavar="DIR", help=_("Folder of the fonts."))]
Print = Annotated[
    Path | None,
    typer.Option("--print", metavar="FILE", help=_("Also make a page to print: a PDF file.")),
]
Side = Annotated[str, typer.Argument(help=_("An edition, a day such as 2024-07-01, or now."))]


@edition.command(
    help=_("Freeze everything that prints, and make the sheet for signature and seal.")
)
def publish(
    name: Annotated[
        str,
        typer.Argument(help=_("Name of the edition, up to eight of 0-9 and a-z, such as 2024b.")),
    ],
    as_of: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help=_("Standards in force on this day."))
    ],
    prepared: Annotated[str, typer.Option(metavar="PERSON", help=_("Who prepared the edition."))],
    approved: Annotated[
        str, typer.Option(metavar="PERSON", help=_("Who approves it; another person."))
    ],
    number: Annotated[
        str, typer.Option(help=_("Number of the approval sheet; default: the edition's name."))
    ] = "",
    dated: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help=_("Date of the approval sheet; default: today.")),
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help=_("An edition for trial: all it prints is marked."))
    ] = False,
    key_file: Annotated[
        Path | None,
        typer.Option(
            "--key-file", metavar="FILE", help=_("The county's key."), envvar="POLICYCARDS_KEY_FILE"
        ),
    ] = None,
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help=_("Folder for what is made."))
    ] = Path("output"),
    policies: Policies = Path("policies"),
    fonts: FontFolder = Path("fonts"),
) -> None:
    from policycards.catalogue.editions.edition import Edition, freeze, write_edition
    from policycards.cli.checking import examined

    facts = Edition.model_construct(
        name=name,
        as_of=as_of.date(),
        draft=draft,
        prepared=" ".join(prepared.split()),
        approved=" ".join(approved.split()),
        number=" ".join(number.split()) or name,
        dated=dated.date() if dated else date.today(),
        digest="",
    )
    catalogue, problems = examined(policies, fonts, date.today())
    found = [*_fact_problems(facts, policies), *problems]
    if catalogue is not None and not draft:
        found += [*_unready(catalogue, facts.as_of), *_key_problems(key_file)]
    _stop(found)
    assert catalogue is not None
    frozen, problems = freeze(policies, catalogue, facts)
    _stop(problems)
    assert frozen is not None
    sheet = out / f"approval-{name}.pdf"
    _print_sheet(frozen.catalogue, frozen.edition, fonts, sheet)
    home = write_edition(policies, frozen)
    report.say(
        _("{folder}: edition {name}, digest {digest}.").format(
            folder=home, name=name, digest=frozen.edition.digest
        )
    )
    report.say(_("{file}: to be signed and sealed.").format(file=sheet))


def _fact_problems(facts: Edition, policies: Path) -> Iterator[Problem]:
    from policycards.catalogue.editions.edition import FOLDER, is_edition_name
    from policycards.catalogue.model.form import brief

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


def _unready(catalogue: Catalogue, day: date) -> Iterator[Problem]:
    from policycards import qr
    from policycards.catalogue.editions.readiness import unready

    yield from unready(catalogue, day)
    place = catalogue.place("catalogue", "base_url")
    yield from qr.base_url_problems(catalogue.settings.base_url, place, publish=True)


def _key_problems(key_file: Path | None) -> list[Problem]:
    """Why the county's key cannot be used; the demo key never can."""
    from policycards.qr import read_key

    if key_file is None:
        return [problem("E858", COMMAND)]
    key, problems = read_key(key_file)
    return [problem("E858", Place(str(key_file)))] if key and key.is_demo else problems


def _stop(problems: list[Problem]) -> None:
    if has_errors(problems):
        report.tell_errors(problems)
        report.say(
            _(
                "Nothing was published: correct the errors above first, or make a draft with"
                " --draft."
            )
        )
        raise typer.Exit(1)


def _print_sheet(catalogue: Catalogue, facts: Edition, font_folder: Path, file: Path) -> None:
    """The approval sheet as a PDF file."""
    from policycards import pdf
    from policycards.cli.printing import open_fonts
    from policycards.cli.sources import open_theme
    from policycards.design.layout.theme import desk_look
    from policycards.design.office.approval import approval_sheet

    theme = open_theme()
    opened = open_fonts(font_folder, theme)
    piece, problems = approval_sheet(catalogue, facts, desk_look(theme), opened)
    report.stop_on_errors(problems)
    assert piece is not None
    file.parent.mkdir(parents=True, exist_ok=True)
    pdf.write(piece, opened, file, tagged=True)


@edition.command(
    "list", help=_("List the editions: day of the standards, digest, who prepared and approved.")
)
def list_(policies: Policies = Path("policies")) -> None:
    from policycards.catalogue.editions.edition import editions, read_edition

    found: list[Problem] = []
    for name in editions(policies):
        read, problems = read_edition(policies, name)
        found += problems
        if read:
            facts = read[1]
            state = _("draft") if facts.draft else _("approved")
            report.say(
                f"{name:8}  {facts.as_of}  {state}  {facts.digest[:8]}  {facts.prepared} →"
                f" {facts.approved}"
            )
    report.tell(found)
    raise typer.Exit(1 if found else 0)


@edition.command(help=_("Show an edition: its facts, and every value in force."))
def show(
    name: Annotated[str, typer.Argument(help=_("Name of the edition."))],
    out: Print = None,
    policies: Policies = Path("policies"),
    fonts: FontFolder = Path("fonts"),
) -> None:
    from policycards.catalogue.editions.edition import read_edition

    read, problems = read_edition(policies, name)
    report.stop_on_errors(problems)
    assert read is not None
    catalogue, facts = read
    for key, fact in facts.model_dump().items():
        report.say(f"{key:10}{('yes' if fact else 'no') if key == 'draft' else fact}")
    for policy, held in catalogue.on(facts.as_of):
        if (value := held.value) and held.is_own:
            amount = "–" if value.amount is None else value.amount
            name = f"{policy.id}  {held.standard.id}  {held.area or '–'}"
            report.say(f"{name}  {amount}  {value.since}")
    if out:
        _print_sheet(catalogue, facts, fonts, out)
        report.say(str(out))


@edition.command(
    help=_("Compare two editions or days: values, texts, rules, policies added and ended.")
)
def diff(
    old: Side,
    new: Side,
    form: Annotated[
        report.Told, typer.Option("--format", help=_("text or json."))
    ] = report.Told.TEXT,
    out: Print = None,
    policies: Policies = Path("policies"),
    fonts: FontFolder = Path("fonts"),
) -> None:
    from policycards.catalogue.editions.catalogue_changes import difference
    from policycards.cli.changes import print_notice, tell_changes
    from policycards.cli.sources import open_version

    before, after = (open_version(policies, told) for told in (old, new))
    changes = difference(before.catalogue, after.catalogue, before.day, after.day)
    tell_changes(changes, form)
    if out:
        print_notice(before, after, changes, fonts, out)
