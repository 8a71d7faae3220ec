"""Commands of an office as a whole: make its folder, build its site, open its desk."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import options
from policycards.cli.messages import _
from policycards.cli.options import Commands
from policycards.cli.output import Answer
from policycards.core.codes.kind import N_
from policycards.core.problems import Place, problem
from policycards.services.result import Result, WrongUse

commands = Commands()


@commands.add(
    "init",
    N_("Make the folder of a new office: catalogue, areas, contacts, key and its recovery sheet."),
)
def init(
    folder: Annotated[
        Path, typer.Argument(help=N_("The new folder; it must not exist or be empty."))
    ],
    area: Annotated[
        str, typer.Option(metavar="CODE", help=N_("Code of the office's own division."))
    ],
    zh: Annotated[
        str, typer.Option("--zh", metavar="NAME", help=N_("Name of the issuing office in Chinese."))
    ],
    bo: Annotated[
        str, typer.Option("--bo", metavar="NAME", help=N_("Name of the issuing office in Tibetan."))
    ],
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    from policycards.services.offices import make_office  # the desk starts without the site's rooms

    found = make_office(folder, area=area, zh=zh, bo=bo, model=policies, font_folder=fonts)
    keep = _(
        "Print the recovery sheet, put it into the safe, delete its file; keep the key secret."
    )
    then = _(
        "Then fill in areas.csv and contacts.csv, and put the policies into folders named after"
        " categories."
    )
    return Answer(found, [*map(str, found.files), keep, then])


@commands.add(
    "site",
    N_(
        "Build the site that the QR codes open: static pages for any host, or to open from the"
        " folder."
    ),
)
def site(
    as_of: options.AsOf = None,
    out: options.Out = Path("output/site"),
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    from policycards.services.offices import build_site  # as above

    found = build_site(policies, options.day_of(as_of) or date.today(), fonts, out)
    counted = _(
        "{folder}: {files} files, {written} of them written, {removed} removed; editions:"
        " {editions}."
    ).format(
        folder=out,
        files=found.count,
        written=found.written,
        removed=found.removed,
        editions=", ".join(found.editions) or "–",
    )
    where = _("Open {file} in a browser, or put the folder on a host: docs/hosting.md.")
    return Answer(found, [counted, where.format(file=found.files[0])])


@commands.add(
    "desk",
    N_(
        "Open the desk in the browser: everything by dragging files and pressing buttons, on this"
        " computer alone."
    ),
)
def desk(
    folder: Annotated[
        Path, typer.Argument(help=N_("The office's folder, with policies and fonts in it."))
    ] = Path(),
    port: Annotated[
        int, typer.Option(min=0, max=65535, help=N_("Port to listen on, if it is free."))
    ] = 8765,
    browser: Annotated[bool, typer.Option(help=N_("Open the browser."))] = True,
) -> Answer:
    place = Place("policycards desk")
    try:  # Django comes with the extra ``desk`` only
        from policycards.desk.core.office_folder import Office
        from policycards.desk.core.server import serve
        from policycards.desk.office.new_office import is_new
    except ImportError as error:
        raise WrongUse(problem("E697", place, why=error)) from error
    office = Office(folder.resolve())
    missing = next((each for each in (office.policies, office.fonts) if not each.is_dir()), None)
    if missing and not is_new(office):  # a folder of something else
        raise WrongUse(problem("E931", place, folder=missing))

    office.folder.mkdir(parents=True, exist_ok=True)

    def tell(address: str) -> None:
        print(_("The desk is open at {address}").format(address=address))
        print(
            _("It is open as long as this window is; Ctrl-C closes it. What is under way goes on.")
        )

    serve(office, port, opens=browser, tell=tell)
    return Answer(Result())
