"""Opening the desk: the three jobs in a browser, on this PC alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import report
from policycards.cli.messages import _
from policycards.core.problems import Place, problem

HELP = _(
    "Open the desk in the browser: everything by dragging files and pressing buttons, on this"
    " computer alone."
)
COMMAND = Place("policycards desk")


def desk(
    folder: Annotated[
        Path, typer.Argument(help=_("The office's folder, with policies and fonts in it."))
    ] = Path(),
    port: Annotated[
        int, typer.Option(min=0, max=65535, help=_("Port to listen on, if it is free."))
    ] = 8765,
    browser: Annotated[bool, typer.Option(help=_("Open the browser."))] = True,
) -> None:
    """The desk; the help is ``HELP``."""
    from policycards.desk.core.office_folder import Office
    from policycards.desk.office.new_office import is_new

    office = Office(folder.resolve())
    missing = next((each for each in (office.policies, office.fonts) if not each.is_dir()), None)
    if missing and not is_new(office):  # a folder of something else
        report.wrong_use(problem("E931", COMMAND, folder=missing))
    office.folder.mkdir(parents=True, exist_ok=True)
    try:
        from policycards.desk.core.server import serve
    except ImportError as error:
        report.wrong_use(problem("E697", COMMAND, why=error))

    def tell(address: str) -> None:
        report.say(_("The desk is open at {address}").format(address=address))
        report.say(
            _("It is open as long as this window is; Ctrl-C closes it. What is under way goes on.")
        )

    serve(office, port, opens=browser, tell=tell)
