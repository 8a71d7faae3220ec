"""Reprinting after a jam: the spoilt sheets of a run as they were, by the same bytes, and the list
of what is to be destroyed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from policycards.core.files import atomic_write
from policycards.core.problems import Place, problem
from policycards.manifest import read_cards, read_spares
from policycards.press.spoilt_sheets import (
    Choice,
    format_ranges,
    page_counts,
    parse_ranges,
    plan_reprint,
    reprint_files,
    spoilt_list,
    with_spares,
)
from policycards.qr import format_code, parse_code
from policycards.services.result import Result, ServiceError, WrongUse

COMMAND = Place("policycards reprint")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reprinted(Result):
    """Files to print as the pack was printed. ``spoilt`` lists the cards to destroy, for the
    ledger; ``twice`` other cards share these sheets and come out twice.
    """

    sheets: int
    cards: int
    twice: int
    spoilt: Path


def reprint(
    run: Path,
    *,
    cards: str = "",
    sheets: str = "",
    codes: str = "",
    village: str = "",
    out: Path | None = None,
) -> Reprinted:
    """Print spoilt cards or sheets of a run again; only pages of its own files are printed."""
    choice, name = _choice(cards, sheets, codes, village)
    table, problems = read_cards(run)
    spares, more = read_spares(run)
    if table is None or spares is None or problems or more:
        raise ServiceError(*problems, *more)
    again, problems = plan_reprint(with_spares(table, spares), page_counts(run), choice, COMMAND)
    if again is None or problems:
        raise WrongUse(*problems)
    packs, problems = reprint_files(run, again)
    if problems:
        raise ServiceError(*problems)
    folder = out or run / "reprint"
    files = {folder / f"{pack}-{name}.pdf": content for pack, content in packs}
    spoilt = folder / f"spoilt-{village + '-' if village else ''}{name}.csv"
    for path, content in [*files.items(), (spoilt, spoilt_list(again))]:
        atomic_write(path, content)
    twice = sum(each.reason == "printed twice" for each in again.spoilt)
    return Reprinted(
        files=(*files, spoilt),
        sheets=len(again.sheets),
        cards=len(again.spoilt) - twice,
        twice=twice,
        spoilt=spoilt,
    )


def _choice(cards: str, sheets: str, codes: str, village: str) -> tuple[Choice, str]:
    """What was asked for, and how its files are called."""
    asked = {"cards": cards, "sheets": sheets, "codes": codes}
    named = [(what, text) for what, text in asked.items() if text]
    if len(named) != 1:
        raise WrongUse(problem("E757", COMMAND))
    what, text = named[0]
    if what == "codes":
        parts = [part for part in text.replace("，", ",").split(",") if part.strip()]
        parsed = [parse_code(part, COMMAND) for part in parts]
        if wrong := [each for _code, found in parsed for each in found]:
            raise WrongUse(*wrong)
        known = sorted({code for code, _found in parsed if code})
        if not known:
            raise WrongUse(problem("E757", COMMAND))
        name = format_code(known[0]) + (f"-and-{len(known) - 1}" if known[1:] else "")
        return Choice("codes", codes=tuple(known), village=village), name
    ranges, problems = parse_ranges(text, COMMAND)
    if problems:
        raise WrongUse(*problems)
    name = f"{what}-{format_ranges(ranges).replace(',', '_')}"
    return Choice("cards" if what == "cards" else "sheets", ranges, village=village), name[:100]
