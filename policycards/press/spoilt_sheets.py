"""Reprinting after a jam: the spoilt sheets from the packs as they were printed, and a list of
them.

Copy numbers do not rise: what is printed again is the same card, and its spoilt sheets never left
the office. Clerks write numbers and ranges: ``40-52,60``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Literal, get_args

import polars as pl

from policycards.catalogue.model.form import nearest
from policycards.core.problems import Place, Problem, problem
from policycards.design.layout.sheet_plan import (
    Duplex,
    Form,
    Sheet,
    Side,
    sides,
    spots,
    without_backs,
)
from policycards.pdf.text_reader import Pages, excerpt
from policycards.qr import format_code
from policycards.tables.csv_writer import csv_file

Range = tuple[int, int]
"""First and last number, both in it."""

_FOLDED = str.maketrans("０１２３４５６７８９－–—−~～至到，、；;", "0123456789--------,,,,")
_RANGE = re.compile(r"([1-9][0-9]{0,8})(?:-([1-9][0-9]{0,8}))?")


def parse_ranges(text: str, place: Place) -> tuple[tuple[Range, ...], list[Problem]]:
    """The ranges of a text in order, those that touch as one; or what is wrong with it (E750,
    E751).

    >>> parse_ranges("40-52, 60，41－53", Place("--cards"))
    (((40, 53), (60, 60)), [])
    """
    found: list[Range] = []
    problems = []
    for part in text.translate(_FOLDED).split(","):
        match = _RANGE.fullmatch("".join(part.split()))
        if not match:
            problems.append(problem("E750", place, part=part.strip()[:40]))
            continue
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            problems.append(
                problem("E751", place, part=f"{first}-{last}", turned=f"{last}-{first}")
            )
        found.append((first, last))
    return ((), problems) if problems else (tuple(_joined(found)), [])


def format_ranges(ranges: Sequence[Range]) -> str:
    """Ranges as they are written.

    >>> format_ranges(((40, 53), (60, 60)))
    '40-53,60'
    """
    return ",".join(f"{first}-{last}" if last > first else str(first) for first, last in ranges)


def within(number: int, ranges: Sequence[Range]) -> bool:
    """Whether a number is in one of the ranges."""
    return any(first <= number <= last for first, last in ranges)


def first_missing(ranges: Sequence[Range], known: Collection[int]) -> int | None:
    """The first number of the ranges that is not known."""
    there = frozenset(known)
    return next(
        (
            number
            for first, last in ranges
            for number in range(first, last + 1)
            if number not in there
        ),
        None,
    )


def _joined(ranges: list[Range]) -> Iterator[Range]:
    ordered = sorted(ranges)
    first, last = ordered[0]
    for start, end in ordered[1:]:
        if start > last + 1:
            yield first, last
            first, last = start, end
        last = max(last, end)
    yield first, last


COLUMNS = ("code", "village", "pile", "reason")
PASSES: tuple[Duplex, ...] = ("long-edge", "two-passes")
"""Ways of printing both sides that differ in the order of the pages."""
MOST_UNKNOWN = 5
"""Unknown codes that are reported; of a list for another run all are unknown."""

Length = Callable[[str], int]
"""How many pages a file of an edition has; raises OSError or ValueError where it is none."""
Reason = Literal["spoilt", "printed twice"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was spoilt: cards by their pile numbers or sheets, both of one village, or cards by
    their codes.
    """

    what: Literal["cards", "sheets", "codes"]
    ranges: tuple[Range, ...] = ()
    codes: tuple[str, ...] = ()
    village: str = ""


@dataclass(frozen=True, slots=True)
class PackSheet:
    """A sheet of a pack: its number from 1 as it is printed, its front and back in the file from 0,
    the codes on it.
    """

    file: str
    number: int
    pages: tuple[int, ...]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A card of which paper is to be destroyed: what was spoilt, or what its neighbour's reprint
    makes twice.

    A spare card has no pile number.
    """

    code: str
    village: str
    pile: int | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Reprint:
    """Which sheets are to be printed again, in the order of the packs, and whose paper is to be
    destroyed.
    """

    sheets: tuple[PackSheet, ...]
    spoilt: tuple[Spoilt, ...]


def with_spares(cards: pl.DataFrame, spares: pl.DataFrame) -> pl.DataFrame:
    """The cards of a manifest with its spare cards behind them, which are in no pile."""
    return pl.concat(
        [cards, spares.select(name for name in spares.columns if name in cards.columns)],
        how="diagonal",
    )


def plan_reprint(
    cards: pl.DataFrame, length: Length, choice: Choice, place: Place
) -> tuple[Reprint | None, list[Problem]]:
    """What a choice means for the cards of a manifest and their packs, or why it cannot be (E752 to
    E759).
    """
    cards, problems = _of_village(cards, choice, place)
    codes: frozenset[str] = frozenset()
    if choice.what != "sheets" and not problems:
        codes, problems = _chosen(cards, choice, place)
        areas = cards.filter(pl.col("code").is_in(codes))["area"].unique()
        cards = cards.filter(pl.col("area").is_in(areas.implode()))
    if problems:
        return None, problems
    sheets, problems = sheets_of(cards, length)
    if choice.what == "sheets" and not problems:
        problems = _unknown_sheets(cards, sheets, choice, place)
        again = [sheet for sheet in sheets if within(sheet.number, choice.ranges)]
        codes = _on(again)
    else:
        again = [sheet for sheet in sheets if sheet.codes & codes]
    return (None if problems else _reprint(cards, again, codes)), problems


def sheets_of(cards: pl.DataFrame, length: Length) -> tuple[list[PackSheet], list[Problem]]:
    """All sheets of the packs of some cards; in a village of several files they count on from file
    to file.
    """
    sheets: list[PackSheet] = []
    problems = []
    counts: dict[object, int] = {}
    for (area, file), pack in _ordered(cards).group_by(["area", "file"], maintain_order=True):
        found = _sheets_of_pack(str(file), pack, length)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        before = counts.get(area, 0)
        counts[area] = before + len(found)
        sheets += [replace(sheet, number=before + sheet.number) for sheet in found]
    return sheets, problems


def _ordered(cards: pl.DataFrame) -> pl.DataFrame:
    """Cards in the order of their piles, the spare cards behind them as they were made."""
    return cards.sort("area", "pile", nulls_last=True, maintain_order=True)


def _sheets_of_pack(file: str, pack: pl.DataFrame, length: Length) -> list[PackSheet] | Problem:
    try:
        count = length(file)
    except (OSError, ValueError) as error:
        return _changed(file, error)
    first = min(pack["page"])
    ways = _ways(pack, first)
    if not ways:
        return problem("E759", Place(file))
    whole = [way for way in ways if first + len(way) == count]
    return (
        _pack_sheets(file, pack, first, whole) if whole else _changed(file, f"it has {count} pages")
    )


def page_counts(folder: Path) -> Length:
    """How many pages the files in an edition's folder have."""

    def length(file: str) -> int:
        with Pages(folder / file) as pages:
            return len(pages)

    return length


def _changed(file: str, why: object) -> Problem:
    reason = why.strerror if isinstance(why, OSError) and why.strerror else why
    return problem("E758", Place(file), why=reason)


def reprint_files(folder: Path, reprint: Reprint) -> tuple[list[tuple[str, bytes]], list[Problem]]:
    """For each pack its village's code and the file of its sheets, drawn by the bytes of the pack
    (E758).
    """
    packs: dict[str, list[PackSheet]] = {}
    for sheet in reprint.sheets:
        packs.setdefault(sheet.file, []).append(sheet)
    files, problems = [], []
    for file, sheets in packs.items():
        path = folder / file
        try:
            name = path.stem.removeprefix("cards").replace("spares", "-spares")
            files.append((f"{path.parent.name}{name}", excerpt(path, _in_order(sheets))))
        except (OSError, ValueError) as error:
            problems.append(_changed(file, error))
    return files, problems


def spoilt_list(reprint: Reprint) -> bytes:
    """The list of the spoilt for the ledger: a CSV with the columns code, village, pile, reason,
    without names.
    """
    rows = (
        [format_code(each.code), each.village, str(each.pile or ""), each.reason]
        for each in reprint.spoilt
    )
    return csv_file(COLUMNS, rows)


def _of_village(
    cards: pl.DataFrame, choice: Choice, place: Place
) -> tuple[pl.DataFrame, list[Problem]]:
    """The cards among which the choice is made: pile numbers and sheets are those of one
    village.
    """
    villages = sorted(cards["area"].unique())
    if choice.village and choice.village not in villages:
        near = nearest(choice.village, villages)
        return cards, [problem("E755", place, village=choice.village[:40], nearest=near)]
    if not choice.village and choice.what != "codes" and len(villages) > 1:
        return cards, [problem("E756", place, count=len(villages), village=villages[0])]
    return cards.filter(pl.col("area") == choice.village) if choice.village else cards, []


def _chosen(
    cards: pl.DataFrame, choice: Choice, place: Place
) -> tuple[frozenset[str], list[Problem]]:
    """The codes of the cards that were chosen, by pile numbers or by codes."""
    if choice.what == "codes":
        return frozenset(choice.codes), _unknown_codes(cards, choice.codes, place)
    piles = cards["pile"].drop_nulls().to_list()
    missing = first_missing(choice.ranges, piles)
    if missing is not None:
        near = min(piles, key=lambda pile: (abs(pile - missing), pile), default="–")
        unknown = problem(
            "E752", place, number=missing, village=_village(cards, choice), nearest=near
        )
        return frozenset(), [unknown]
    rows = cards.select("code", "pile").drop_nulls().iter_rows()
    return frozenset(code for code, pile in rows if within(pile, choice.ranges)), []


def _unknown_codes(cards: pl.DataFrame, codes: Sequence[str], place: Place) -> list[Problem]:
    known = frozenset(cards["code"])
    unknown = [code for code in codes if code not in known][:MOST_UNKNOWN]
    near = [
        min(known, key=lambda other: (_slips(code, other), other), default="") for code in unknown
    ]
    return [
        problem("E754", place, card=format_code(code), nearest=format_code(other) or "–")
        for code, other in zip(unknown, near, strict=True)
    ]


def _unknown_sheets(
    cards: pl.DataFrame, sheets: Sequence[PackSheet], choice: Choice, place: Place
) -> list[Problem]:
    missing = first_missing(choice.ranges, [sheet.number for sheet in sheets])
    if missing is None:
        return []
    return [
        problem("E753", place, number=missing, village=_village(cards, choice), last=len(sheets))
    ]


def _reprint(cards: pl.DataFrame, sheets: Sequence[PackSheet], spoilt: Collection[str]) -> Reprint:
    rows = cards.filter(pl.col("code").is_in(_on(sheets))).pipe(_ordered)
    destroyed = (
        Spoilt(code, area, pile, "spoilt" if code in spoilt else "printed twice")
        for code, area, pile in rows.select("code", "area", "pile").iter_rows()
    )
    return Reprint(tuple(sheets), tuple(destroyed))


def _pack_sheets(
    file: str, pack: pl.DataFrame, first: int, ways: Sequence[Sequence[Side]]
) -> list[PackSheet]:
    """The sheets of a pack, those of its test page first.

    In a pack of few cards the order of the pages may fit two ways of printing; each of its sheets
    is then all of it.
    """
    printed, codes = ways[0], pack["code"].to_list()
    sheets = [PackSheet(file, at // 2 + 1, (at, at + 1), frozenset()) for at in range(0, first, 2)]
    pages: dict[int, list[int]] = {}
    for page, side in enumerate(printed):
        pages.setdefault(side.sheet, []).append(page)
    if len({tuple(side.sheet for side in way) for way in ways}) > 1:
        pages = {key: list(range(len(printed))) for key in pages}
    before = len(sheets) + 1
    for sheet, its in sorted(pages.items()):
        on_it = frozenset(codes[each.card] for page in its for each in printed[page].pages)
        sheets.append(PackSheet(file, before + sheet, tuple(first + page for page in its), on_it))
    return sheets


def _ways(pack: pl.DataFrame, first: int) -> list[list[Side]]:
    """The ways of imposing that put each card where the manifest has it, behind the pages of the
    test page.
    """
    there = list(pack.select(pl.col("page") - first, "slot", "side").iter_rows())
    ways = [
        sides(pack["pages"].to_list(), Sheet(form, duplex))
        for form, duplex in product(get_args(Form), PASSES)
    ]
    ways += [without_backs(way) for way in ways[::2]]
    return [
        way for way in ways if [(spot.page, spot.slot, spot.side) for spot in spots(way)] == there
    ]


def _in_order(sheets: Sequence[PackSheet]) -> list[int]:
    """The pages as one stack is printed: sheet by sheet, or all fronts and then the backs, the last
    sheet first.
    """
    if any(sheet.pages[1:] and sheet.pages[1] != sheet.pages[0] + 1 for sheet in sheets):
        return [sheet.pages[0] for sheet in sheets] + [sheet.pages[1] for sheet in reversed(sheets)]
    return list(dict.fromkeys(page for sheet in sheets for page in sheet.pages))


def _on(sheets: Sequence[PackSheet]) -> frozenset[str]:
    """The codes on some sheets."""
    return frozenset[str]().union(*(sheet.codes for sheet in sheets))


def _village(cards: pl.DataFrame, choice: Choice) -> str:
    return choice.village or next(iter(cards["area"]), "–")


def _slips(code: str, other: str) -> int:
    return sum(one != two for one, two in zip(code, other, strict=False))
