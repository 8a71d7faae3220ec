"""Commands about rosters: check one, make an empty one, add a department's list, make one up."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from policycards.cli import report
from policycards.cli.messages import _
from policycards.cli.report import Told
from policycards.cli.rosternotes import tell_notes, tell_problems
from policycards.core.problems import Place, Problem, has_errors, problem

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue
    from policycards.households.model import Roster
    from policycards.households.roster.findings import Notes
    from policycards.households.roster.identity_numbers import Digest

roster = typer.Typer(
    name="roster",
    help=_("Rosters: check a list, make an empty one, add a department's list, make one up."),
    no_args_is_help=True,
    rich_markup_mode=None,
)

Policies = Annotated[Path, typer.Option("--policies", help=_("Folder of the catalogue."))]
Maps = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        help=_("HEADING=COLUMN for an odd heading, or a CSV that says so; may be repeated."),
    ),
]
KeyFile = Annotated[
    Path | None,
    typer.Option(
        "--key-file",
        help=_("The county's key, for household numbers."),
        envvar="POLICYCARDS_KEY_FILE",
    ),
]


@roster.command(
    help=_(
        "Check a list: what to correct, marked in a copy of it, and a clean copy of all that is"
        " sound."
    )
)
def check(
    file: Annotated[
        Path, typer.Argument(help=_("XLSX, CSV, or a folder of households.csv and members.csv."))
    ],
    map_: Maps = None,
    save_map: Annotated[
        Path | None, typer.Option(help=_("Write down which heading means what."))
    ] = None,
    key_file: KeyFile = None,
    out: Annotated[Path, typer.Option("--out", help=_("Folder for what is made."))] = Path(
        "output"
    ),
    form: Annotated[Told, typer.Option("--format", help=_("text or json."))] = Told.TEXT,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.cli.rosterfacts import facts
    from policycards.households.roster.read_roster import read_roster

    catalogue, mapping, today = _catalogue(policies), _mapping(map_), date.today()
    found, problems, notes = read_roster(
        file, catalogue, today=today, digest=_digest(key_file), mapping=mapping
    )
    with report.aside(form):
        tell_notes(notes)
        tell_problems(problems)
        made = _made(file, out, catalogue, mapping, found, problems, notes)
        if save_map:
            _kept(save_map, {**notes.matched, **mapping})
    if form is Told.JSON:
        told = facts(file, catalogue, found, problems, notes, made)
        report.say(json.dumps(told, ensure_ascii=False, indent=1))
    raise typer.Exit(1 if has_errors(problems) else 0)


def _made(
    file: Path,
    out: Path,
    catalogue: Catalogue,
    mapping: dict[str, str],
    found: Roster | None,
    problems: list[Problem],
    notes: Notes,
) -> dict[str, Path]:
    """Write what a check gives back: ``errors``, the list ``marked``, and a ``clean`` copy, those
    that there are.
    """
    from policycards.households.exchange.clean_copy import write_clean
    from policycards.households.exchange.marked_copy import NoCopy, mark_list, write_errors

    name, made = file.stem, dict[str, Path]()
    try:
        out.mkdir(parents=True, exist_ok=True)
        if problems:
            made["errors"] = out / "errors.xlsx"
            write_errors(made["errors"], problems, notes.values, _)
            report.say(_("{file}: every problem, with what to do.").format(file=made["errors"]))
        if found:
            made["clean"] = write_clean(found, catalogue, out / f"{name}-clean.xlsx")
            report.say(_("{file}: a clean copy of all that is sound.").format(file=made["clean"]))
        if problems and notes.rows:
            target = out / (f"{name}-marked" + (file.suffix if file.is_file() else ""))
            try:
                made["marked"] = mark_list(file, target, catalogue, mapping, problems, _)
                report.say(
                    _("{file}: your own list, with a column of what to correct.").format(
                        file=made["marked"]
                    )
                )
            except NoCopy as why:
                report.tell([problem("E591", Place(file.as_posix()), why=why)])
    except OSError as error:
        _unwritten(error, out)
    return made


def _kept(save_map: Path, mapping: dict[str, str]) -> None:
    from policycards.households.roster.answers import write_mapping

    try:
        save_map.parent.mkdir(parents=True, exist_ok=True)
        write_mapping(save_map, mapping)
    except OSError as error:
        _unwritten(error, save_map)
    report.say(str(save_map))


@roster.command(
    help=_("Make an empty workbook with every column of the catalogue, choices to pick, and help.")
)
def template(
    out: Annotated[Path, typer.Option("--out", help=_("The workbook."))] = Path(
        "output/roster.xlsx"
    ),
    policies: Policies = Path("policies"),
) -> None:
    from policycards.households.exchange.template import write_template
    from policycards.households.roster.area_codes import AreaCodes

    catalogue = _catalogue(policies)
    try:
        write_template(catalogue, AreaCodes.of(catalogue, date.today()), out)
    except OSError as error:
        _unwritten(error, out)
    report.say(str(out))


@roster.command(
    "merge", help=_("Add a department's list of people approved for a policy to a roster.")
)
def add(
    file: Annotated[Path, typer.Argument(help=_("The department's list, XLSX or CSV."))],
    policy: Annotated[str, typer.Option("--policy", help=_("Id of the policy."))],
    to: Annotated[Path, typer.Option("--to", help=_("The roster to which the list is added."))],
    map_: Maps = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help=_("The joined roster; default: beside the old one.")),
    ] = None,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.households.exchange.marked_copy import write_copy
    from policycards.households.exchange.merge import merge_list

    catalogue = _catalogue(policies)
    known = sorted(each.id for each in catalogue.policies)
    if policy not in known:
        told = problem(
            "E903",
            Place("policycards roster add"),
            option="--policy",
            value=policy,
            known=", ".join(known),
        )
        report.wrong_use(told)
    joined, problems = merge_list(to, file, policy, catalogue, date.today(), _mapping(map_))
    tell_problems(problems)
    if joined is None:
        raise typer.Exit(1)
    target = out or to.with_name(f"{to.stem}-joined{to.suffix}")
    try:
        write_copy(to, target, joined.added)
    except OSError as error:
        _unwritten(error, target)
    report.say(
        _("{file}: {fitting} of {rows} rows of the list were found in the roster.").format(
            file=target, fitting=joined.fitting, rows=joined.rows
        )
    )
    raise typer.Exit(1 if has_errors(problems) else 0)


@roster.command(help=_("Make up a roster: people and figures that look right and are nobody's."))
def sample(
    villages: Annotated[int, typer.Option(min=1, max=7000, help=_("How many villages."))] = 1,
    households: Annotated[
        int, typer.Option(min=1, max=2_000_000, help=_("How many households in all."))
    ] = 40,
    seed: Annotated[int, typer.Option(help=_("The same seed makes the same people."))] = 1,
    out: Annotated[Path, typer.Option("--out", help=_("An XLSX, or a folder for CSVs."))] = Path(
        "output/sample.xlsx"
    ),
    policies: Policies = Path("policies"),
) -> None:
    from policycards.households.exchange.sample import write_sample_folder, write_sample_workbook

    catalogue = _catalogue(policies)
    write = write_sample_workbook if out.suffix.lower() == ".xlsx" else write_sample_folder
    try:
        write(catalogue, out, villages, households, seed)
    except OSError as error:
        _unwritten(error, out)
    report.say(str(out))
    if (out / "areas.csv").exists():
        report.say(
            _("The catalogue has fewer villages; for this sample put {file} in its place.").format(
                file=out / "areas.csv"
            )
        )


def _catalogue(policies: Path) -> Catalogue:
    from policycards.catalogue import read_catalogue

    catalogue, problems = read_catalogue(policies)
    if catalogue is None:
        report.stop_on_errors(problems)
    assert catalogue is not None
    return catalogue


def _mapping(told: list[str] | None) -> dict[str, str]:
    from policycards.households.roster.answers import read_mapping

    mapping, problems = read_mapping(told or [])
    report.stop_on_errors(problems)
    return mapping


def _digest(key_file: Path | None) -> Digest | None:
    if key_file is None:
        return None
    from policycards.qr import read_key

    key, problems = read_key(key_file)
    report.stop_on_errors(problems)
    assert key is not None
    return key.digest


def _unwritten(error: OSError, path: Path) -> NoReturn:
    why = error.strerror or type(error).__name__
    report.wrong_use(problem("E908", Place(str(error.filename or path)), why=why))
