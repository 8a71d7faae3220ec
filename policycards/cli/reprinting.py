"""Reprinting after a jam: the spoilt sheets of a run, as they were, and the list of what is to be
destroyed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policycards.cli import report
from policycards.cli.messages import _
from policycards.core.files import atomic_write
from policycards.core.problems import Place, Problem, problem

if TYPE_CHECKING:
    from policycards.press.reprint.spoilt_sheets import Choice, Reprint

HELP = _(
    "Print spoilt cards or sheets of a run again, by the same bytes, and list what is to be"
    " destroyed."
)
COMMAND = Place("policycards reprint")


def reprint(
    run: Annotated[Path, typer.Argument(help=_("Folder of the edition that was printed."))],
    cards: Annotated[
        str, typer.Option(metavar="NUMBERS", help=_("Pile numbers on the cards, such as 40-52,60."))
    ] = "",
    sheets: Annotated[
        str,
        typer.Option(
            metavar="NUMBERS",
            help=_(
                "Sheets as they came out, such as 20-26; the test page is 1, spare cards come last."
            ),
        ),
    ] = "",
    codes: Annotated[
        str,
        typer.Option(
            metavar="CODES", help=_("Codes of cards or spare cards, with commas between them.")
        ),
    ] = "",
    village: Annotated[
        str, typer.Option(metavar="CODE", help=_("The village; needed where the run has several."))
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="DIR", help=_("Folder for what is made; default: reprint in RUN.")
        ),
    ] = None,
) -> None:
    """Only pages of the run's own files are printed; the help is ``HELP``."""
    from policycards.manifest import read_cards, read_spares
    from policycards.press.reprint.spoilt_sheets import (
        page_counts,
        plan_reprint,
        reprint_files,
        spoilt_list,
        with_spares,
    )

    choice, name = _choice(cards, sheets, codes, village)
    table, problems = read_cards(run)
    spares, more = read_spares(run)
    _stop([*problems, *more])
    assert table is not None and spares is not None
    again, problems = plan_reprint(with_spares(table, spares), page_counts(run), choice, COMMAND)
    if problems:
        _wrong(problems)
    assert again is not None
    files, problems = reprint_files(run, again)
    _stop(problems)
    folder = out or run / "reprint"
    named = [(folder / f"{pack}-{name}.pdf", data) for pack, data in files]
    spoilt = folder / f"spoilt-{village + '-' if village else ''}{name}.csv"
    for path, data in [*named, (spoilt, spoilt_list(again))]:
        atomic_write(path, data)
    _say([path for path, _data in named], spoilt, again)


def _choice(cards: str, sheets: str, codes: str, village: str) -> tuple[Choice, str]:
    """What was asked for, and how its files are called; exits 2 where it is not understood."""
    from policycards.press.reprint.card_ranges import parse_ranges, told
    from policycards.press.reprint.spoilt_sheets import Choice
    from policycards.qr import format_code, parse_code

    given = [
        (what, text)
        for what, text in (("cards", cards), ("sheets", sheets), ("codes", codes))
        if text
    ]
    if len(given) != 1:
        report.wrong_use(problem("E757", COMMAND))
    what, text = given[0]
    if what == "codes":
        parts = [part for part in text.replace("，", ",").split(",") if part.strip()]
        parsed = [parse_code(part, COMMAND) for part in parts]
        _wrong([each for _code, found in parsed for each in found])
        known = sorted({code for code, _found in parsed if code})
        if not known:
            report.wrong_use(problem("E757", COMMAND))
        name = format_code(known[0]) + (f"-and-{len(known) - 1}" if known[1:] else "")
        return Choice("codes", codes=tuple(known), village=village), name
    ranges, problems = parse_ranges(text, COMMAND)
    _wrong(problems)
    name = f"{what}-{told(ranges).replace(',', '_')}"
    return Choice("cards" if what == "cards" else "sheets", ranges, village=village), name[:100]


def _say(files: list[Path], spoilt: Path, again: Reprint) -> None:
    for file in files:
        report.say(_("{file}: print it as the pack was printed.").format(file=file))
    twice = sum(each.reason == "printed twice" for each in again.spoilt)
    report.say(
        _("{sheets} sheets; {cards} cards were spoilt. No card gets a new number or code.").format(
            sheets=len(again.sheets), cards=len(again.spoilt) - twice
        )
    )
    if twice:
        report.say(
            _(
                "{count} other cards share these sheets and come out twice: destroy one of each."
            ).format(count=twice)
        )
    report.say(_("{file}: the list of what to destroy, for the ledger.").format(file=spoilt))


def _wrong(problems: list[Problem]) -> None:
    """Exit 2 where something is wrong with how the command was used, all of it told."""
    for each in problems[:-1]:
        report.tell([each])
    if problems:
        report.wrong_use(problems[-1])


def _stop(problems: list[Problem]) -> None:
    if problems:
        report.tell(problems)
        raise typer.Exit(1)
