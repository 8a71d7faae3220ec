"""The names of a roster for the ledger, where the roster has the numbers of households: manifests
have no names.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.office.user_lists import table_of

HEADINGS = {
    "household_id": ("household_id", "户编号", "户号", "དུད་ཚང་གི་ཨང་གྲངས"),
    "name_bo": ("name_bo", "藏文姓名", "མིང"),
    "name_zh": ("name_zh", "姓名", "户主姓名", "རྒྱ་ཡིག་མིང"),
    "relation": ("relation", "与户主关系", "ཁྱིམ་བདག་དང་འབྲེལ་བ"),
}
HEAD = ("户主", "head", "ཁྱིམ་བདག", "本人")
SCHEMA = {"household_id": pl.String, "name_bo": pl.String, "name_zh": pl.String}


def read_names(path: Path) -> tuple[pl.DataFrame | None, list[Problem]]:
    """The head's names of each household; None where the list has no numbers of households or no
    names.

    Where numbers come from identity numbers, only the server with the county's key can read the
    roster.
    """
    rows, problems = table_of(path)
    if problems:
        return None, problems
    heads = [(at, named) for at, row in enumerate(rows[:6]) if _is_heading(named := _named(row))]
    if not heads:
        return None, [
            problem(
                "E699", Place(path.name), why="、".join(names[1] for names in HEADINGS.values())
            )
        ]
    at, named = heads[-1]  # a list in two scripts has two rows of headings
    return pl.DataFrame(_heads(rows[at + 1 :], named), schema=SCHEMA, orient="row"), []


def _is_heading(named: dict[str, int]) -> bool:
    return "household_id" in named and not named.keys().isdisjoint(("name_bo", "name_zh"))


def _named(row: list[str]) -> dict[str, int]:
    cells = [cell.strip().strip("་།").lower() for cell in row]
    return {
        name: cells.index(word)
        for name, words in HEADINGS.items()
        for word in words
        if word in cells
    }


def _heads(rows: list[list[str]], named: dict[str, int]) -> list[tuple[str, str, str]]:
    """A household's head is the row that says so, else its first."""
    found: dict[str, tuple[str, str, str]] = {}
    for row in rows:
        cell = {name: row[at].strip() if at < len(row) else "" for name, at in named.items()}
        number, is_head = cell["household_id"], cell.get("relation", "") in HEAD
        if number and (is_head or number not in found):
            found[number] = number, cell.get("name_bo", ""), cell.get("name_zh", "")
    return list(found.values())
