"""A register as a workbook: given to the township with an empty column, and read back row by
row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.domain.register_words import Mark, mark_of
from policycards.ledger.models import Card
from policycards.qr import format_code
from policycards.qr.crockford import fold
from policycards.tables.xlsx import NoWorkbook, read_workbook
from policycards.tables.xlsx_writer import Column, write_sheet

COLUMNS = (
    Column("顺序号", "གོ་རིམ་ཨང་སྒྲིག", 10),
    Column("户主姓名", "ཁྱིམ་བདག་གི་མིང་།", 20),
    Column("户主姓名（藏文）", "ཁྱིམ་བདག་གི་མིང་། (བོད་ཡིག)", 28),
    Column("卡码", "བྱང་བུའི་ཨང་རྟགས།", 18),
    Column("结果", "འབྲས་བུ།", 20),
)
ERROR = Column("错误", "ནོར་འཁྲུལ།", 50)
PILE, CODE, RESULT = 0, 3, 4
"""The columns that are read."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list that came back: its rows, what each says, and what is wrong with it, by the place of
    the row.
    """

    rows: Sequence[Sequence[str]]
    marks: Mapping[int, Mark]
    problems: Mapping[int, Problem]


def write_register(path: Path, cards: Sequence[Card]) -> None:
    """The list of a pack in the order of its pile, with an empty column for what became of each
    card.
    """
    write_sheet(path, "", COLUMNS, (_row(card) for card in cards))


def _row(card: Card) -> list[str]:
    home = card.household
    return [str(card.pile), home.name_zh, home.name_bo, format_code(card.code), ""]


def read_register(path: Path, cards: Sequence[Card]) -> tuple[Sheet | None, list[Problem]]:
    """What a list says of the cards of a pack; a row without a result says nothing. None where it
    is another list.
    """
    place = Place("list")
    try:
        sheets = read_workbook(path)
    except (NoWorkbook, OSError) as error:
        return None, [problem("E502", place, why=error)]
    rows = [sheets[0].rows[number] for number in sorted(sheets[0].rows)] if sheets else []
    head = next(
        (
            at
            for at, row in enumerate(rows[:5])
            if row[: RESULT + 1] == [each.heading for each in COLUMNS]
        ),
        None,
    )
    if head is None:
        return None, [problem("E694", place, why="、".join(each.heading for each in COLUMNS))]
    known = {card.code: card.pile for card in cards}
    marks: dict[int, Mark] = {}
    problems: dict[int, Problem] = {}
    listed = [[*row, "", "", "", "", ""][: RESULT + 1] for row in rows[head + 1 :] if any(row)]
    for at, row in enumerate(listed):
        found = _judged(row, known, marks, Place("list", head + 2 + at))
        if isinstance(found, Problem):
            problems[at] = found
        elif found:
            marks[known[fold(row[CODE])]] = found
    return Sheet(listed, marks, problems), []


def _judged(
    row: Sequence[str], known: Mapping[str, int], marks: Mapping[int, Mark], place: Place
) -> Mark | Problem | None:
    """What a row says, or what is wrong with it."""
    code, result = fold(row[CODE]), row[RESULT].strip()
    if code not in known or row[PILE].strip() != str(known[code]):
        return problem("E694", place, why=f"{row[PILE][:10]} {row[CODE][:20]}")
    if known[code] in marks:
        return problem("E689", place, number=known[code])
    if not result:
        return None
    return mark_of(result) or problem("E674", place, word=result[:20])


def write_checked(path: Path, sheet: Sheet, translate: Callable[[str], str]) -> None:
    """The list as it came, with what is wrong with each row in a column at its end."""
    rows = (
        [
            *row,
            f"{found.message(translate)} {found.hint(translate)}"
            if (found := sheet.problems.get(at))
            else "",
        ]
        for at, row in enumerate(sheet.rows)
    )
    write_sheet(path, "", (*COLUMNS, ERROR), rows)
