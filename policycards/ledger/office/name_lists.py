"""Lists of people as offices have them: users with role and area, and the names of a roster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.actions.people_changes import NewUser, first_password
from policycards.ledger.labels import ROLES
from policycards.tables.tables import read_tables
from policycards.tables.xlsx_writer import Column, write_sheet

USER_HEADINGS = {
    "username": ("username", "用户名", "སྤྱོད་མཁན་གྱི་མིང་།"),
    "role": ("role", "角色", "འགན།"),
    "area": ("area", "区划代码", "ས་ཁུལ་གྱི་ཨང་རྟགས།"),
    "name": ("name", "姓名", "མིང་།"),
}
NEEDED = ("username", "role", "area")
ALSO = {"township": ("乡", "镇"), "region": ("地区", "市")}
"""What people write for a role besides its name on the screens."""


def read_users(
    path: Path, password: Callable[[], str] = first_password
) -> tuple[list[NewUser], list[Problem]]:
    """The users of a list, each with a first password, or why it cannot be read."""
    place = Place(path.name)
    rows, problems = table_of(path)
    if problems:
        return [], problems
    named = _user_columns(rows[0] if rows else [])
    if missing := [name for name in NEEDED if name not in named]:
        known = "、".join(USER_HEADINGS[name][1] for name in USER_HEADINGS)
        return [], [
            problem("E677", place, column=USER_HEADINGS[name][1], known=known) for name in missing
        ]
    return [_user(row, named, password()) for row in rows[1:] if any(row)], problems


def table_of(path: Path) -> tuple[list[list[str]], list[Problem]]:
    """The rows of the first table of an office's file, or why it cannot be read."""
    tables, problems = read_tables(path)
    if not tables:
        return [], [replace(each, place=Place(path.name)) for each in problems]
    return [cells for _row, cells in tables[0].rows()], []


def _user_columns(headings: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        for name, known in USER_HEADINGS.items():
            if heading.strip().lower() in known:
                found.setdefault(name, at)
    return found


def _user(row: list[str], named: dict[str, int], password: str) -> NewUser:
    cells = {name: row[at].strip() if at < len(row) else "" for name, at in named.items()}
    return NewUser(
        cells["username"], _role(cells["role"]), cells["area"], password, cells.get("name", "")
    )


def _role(word: str) -> str:
    """The role that a word means, in any language of the screens; the word itself where it means
    none.
    """
    for language, _name in settings.LANGUAGES:
        with override(language):
            for role, label in ROLES.items():
                if word.rstrip("་།") == _(label).rstrip("་།") or word in ALSO.get(role, ()):
                    return role
    return word


def write_passwords(path: Path, users: list[NewUser]) -> None:
    """The first passwords, to be given to each person and then destroyed."""
    columns = (
        Column("用户名", width=20),
        Column("角色", width=12),
        Column("区划代码", width=16),
        Column("初始密码", width=20),
    )
    write_sheet(path, "", columns, _password_rows(users), private=True)


def _password_rows(users: list[NewUser]) -> Iterator[list[str]]:
    for each in users:
        yield [each.username, each.role, each.area, each.password]


def write_slips(
    path: Path, names: Mapping[str, str], slips: Sequence[tuple[str, str]], now: datetime, days: int
) -> None:
    """Slips to be cut apart: the village, the code in groups of four, and until when it holds."""
    columns = (
        Column("村", width=24),
        Column("区划代码", width=16),
        Column("加入码", width=26),
        Column("有效期至", width=14),
    )
    until = localtime(now + timedelta(days=days)).strftime("%Y-%m-%d")
    rows = ([names[area], area, grouped(code), until] for area, code in slips)
    write_sheet(path, "", columns, rows, private=True)


def grouped(code: str) -> str:
    """A code as people copy it.

    >>> grouped("7F3K9Q2M8ZT1AAAA")
    '7F3K-9Q2M-8ZT1-AAAA'
    """
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


NAME_HEADINGS = {
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
    heads = [
        (at, named) for at, row in enumerate(rows[:6]) if _is_heading(named := _name_columns(row))
    ]
    if not heads:
        return None, [
            problem(
                "E699",
                Place(path.name),
                why="、".join(names[1] for names in NAME_HEADINGS.values()),
            )
        ]
    at, named = heads[-1]  # a list in two scripts has two rows of headings
    return pl.DataFrame(_heads(rows[at + 1 :], named), schema=SCHEMA, orient="row"), []


def _is_heading(named: dict[str, int]) -> bool:
    return "household_id" in named and not named.keys().isdisjoint(("name_bo", "name_zh"))


def _name_columns(row: list[str]) -> dict[str, int]:
    cells = [cell.strip().strip("་།").lower() for cell in row]
    return {
        name: cells.index(word)
        for name, words in NAME_HEADINGS.items()
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
