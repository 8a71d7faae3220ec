"""The promise: a list spoilt in the ways of offices, composed at random, gives every household as in
the clean list, or tells of it with its rows; never a wrong figure, a person too many, a family
merged or cut in silence.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_lists import catalogue, write_csv, write_xlsx

from policycards.core.problems import Problem
from policycards.households.model import Roster
from policycards.households.roster.read_roster import read_roster

TODAY = date(2026, 11, 30)
HEADINGS = [
    "户编号",
    "区划代码",
    "组",
    "姓名",
    "与户主关系",
    "出生日期",
    "禁牧面积",
    "农村低保金额",
]
VILLAGES = {"549901101201": "示例一村", "549901101202": "示例二村"}
Rows = list[list[str]]
Spoiler = Callable[[Rows, Random], None]


def clean_list(random: Random) -> Rows:
    """Two villages, their numbers different, every head above its people."""
    rows: Rows = []
    number = 0
    for village in VILLAGES:
        for _home in range(random.randint(1, 4)):
            number += 1
            mu = f"{random.randint(0, 400)}.{random.randint(0, 9)}"
            approved = random.choice(["", "", "1200", "2400"])
            for person in range(random.randint(1, 4)):
                born = date(1930 + random.randint(0, 90), random.randint(1, 12), 1 + person)
                relation = "户主" if not person else random.choice(["配偶", "子", "女", "母亲"])
                own = [mu, approved] if not person else ["", ""]
                name = (
                    f"{'扎西次仁卓玛'[2 * (number % 3) :][:2]}{chr(0x4E00 + 40 * number + person)}"
                )
                place = [village, f"{number % 3 + 1}组"] if not person else ["", ""]
                rows.append([f"H{number}", *place, name, relation, born.isoformat(), *own])
    return rows


def _heads(rows: Rows) -> list[int]:
    return [
        at for at, row in enumerate(rows) if row[4].replace(" ", "").startswith(("户主", "本人"))
    ]


def numbers_on_heads_only(rows: Rows, _random: Random) -> None:
    for row in rows:
        row[0] = row[0] if row[4] == "户主" else ""


def numbers_begin_again(rows: Rows, _random: Random) -> None:
    count, village = 0, ""
    for row in rows:
        if row[1] and row[1] != village:
            count, village = 0, row[1]
        count += row[4] == "户主"
        row[0] = str(count) if row[0] else ""


def head_words(rows: Rows, random: Random) -> None:
    for at in _heads(rows):
        rows[at][4] = random.choice(["户主", "户 主", "户主（本人）", "本人"])


def village_names(rows: Rows, random: Random) -> None:
    for row in rows:
        if row[1] in VILLAGES:
            name = VILLAGES[row[1]]
            row[1] = random.choice([name, f"{name}村委会", f"示例县示例一乡{name}"])


def dates_in_many_forms(rows: Rows, random: Random) -> None:
    for row in rows:
        year, month, day = row[5].split("-")
        row[5] = random.choice(
            [row[5], f"{year}.{int(month)}.{int(day)}", f"{year}年{int(month)}月{int(day)}日",
             f"{year}{month}{day}", f"{year}/{month}/{day}"]
        )  # fmt: skip


def units_in_cells(rows: Rows, random: Random) -> None:
    for row in rows:
        if row[6]:
            row[6] = random.choice([row[6], f"{row[6]}亩", f" {row[6]} 亩", f"'{row[6]}"])
        if row[7]:
            row[7] = random.choice([row[7], f"{row[7]}元", f"{int(row[7]):,}"])


def marks_for_nothing(rows: Rows, random: Random) -> None:
    for row in rows:
        for at in (6, 7):
            if not row[at]:
                row[at] = random.choice(["", "／", "—", "　"])


def _aside(rows: Rows, random: Random, *lines: list[str]) -> None:
    for line in lines:
        at = random.choice([*_heads(rows)[1:], len(rows)])
        rows.insert(at, [*line, *[""] * (8 - len(line))])


def sums_and_signatures(rows: Rows, random: Random) -> None:
    _aside(
        rows,
        random,
        ["", "", "", "一组小计", "", "", "1500", ""],
        ["合计", "", "", "", "", "", "3000", "9999"],
        ["", "", "", f"填表人：{rows[0][3]}", "", "2026年9月1日"],
        ["审核人：", "", "", rows[0][3], "", "2026-09-01"],
        ["", "", "", "", "", "", "0", "0"],
    )


def headings_again(rows: Rows, random: Random) -> None:
    _aside(rows, random, list(HEADINGS))


def one_row_twice(rows: Rows, random: Random) -> None:
    at = random.randrange(len(rows))
    rows.insert(at + 1, list(rows[at]))


def a_figure_without_a_person(rows: Rows, random: Random) -> None:
    _aside(rows, random, ["", "", "", "", "", "", "777", ""])


def an_odd_relation(rows: Rows, random: Random) -> None:
    rows[random.choice(_heads(rows))][4] = "户住"


def a_broken_cell(rows: Rows, random: Random) -> None:
    rows[random.randrange(len(rows))][random.choice([5, 6, 7])] = "#REF!"


QUIET: tuple[Spoiler, ...] = (
    numbers_begin_again,
    numbers_on_heads_only,
    village_names,
    head_words,
    dates_in_many_forms,
    units_in_cells,
    marks_for_nothing,
    sums_and_signatures,
    headings_again,
)
"""After these every household must be as in the clean list."""
TOLD: tuple[Spoiler, ...] = (
    one_row_twice,
    a_figure_without_a_person,
    an_odd_relation,
    a_broken_cell,
)
"""After these a household may be missing, or a fact of it unknown, but then it is told of."""


def read(rows: Rows, form: str) -> tuple[Roster | None, list[Problem]]:
    with tempfile.TemporaryDirectory() as folder:
        table = [list(HEADINGS), *rows]
        path = Path(folder) / f"list.{form}"
        if form == "xlsx":
            write_xlsx(path, table)
        else:
            quoted = [[f'"{cell}"' if "," in cell else cell for cell in row] for row in table]
            write_csv(path, quoted)
        roster, problems, _notes = read_roster(path, catalogue(), today=TODAY)
        return roster, problems


def families(roster: Roster | None) -> dict[tuple[str, ...], tuple[object, ...]]:
    """Each household by the names of its people: village, number of people, births, figures."""
    if roster is None:
        return {}
    people = (
        roster.members.sort("row")
        .group_by("household_id", maintain_order=True)
        .agg(pl.col("name_zh"), pl.col("birth_date"))
    )
    homes = roster.households.select(
        "household_id", "area", "members", "grazing_ban_mu", "is_rural-dibao"
    )
    found = {}
    for _id, names, births, *facts in people.join(homes, on="household_id").iter_rows():
        found[tuple(names)] = (tuple(births), *facts)
    return found


def as_listed(rows: Rows) -> dict[tuple[str, ...], tuple[object, ...]]:
    """What ``families`` gives of a clean list, without reading it."""
    found: dict[str, list[list[str]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return {
        tuple(row[3] for row in family): (
            tuple(date.fromisoformat(row[5]) for row in family),
            family[0][1],
            len(family),
            Decimal(family[0][6]),
            family[0][7] or None,
        )
        for family in (sorted(each, key=rows.index) for each in found.values())
    }


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_clean_list_is_read_as_it_is(form: str) -> None:
    for seed in range(3):
        rows = clean_list(Random(seed))
        roster, problems = read(rows, form)
        assert problems == []
        assert families(roster) == as_listed(rows)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.sets(st.sampled_from(QUIET)), st.sampled_from(["xlsx", "csv"]))
def test_what_offices_do_to_a_list_changes_nothing(
    seed: int, spoilers: set[Spoiler], form: str
) -> None:
    random = Random(seed)
    rows = clean_list(random)
    before = as_listed(rows)
    for spoiler in sorted(spoilers, key=QUIET.index):
        spoiler(rows, random)
    after, problems = read(rows, form)
    assert [each.code for each in problems if each.code != "W561"] == []
    assert families(after) == before


@settings(max_examples=80, deadline=None)
@given(
    st.integers(0, 10**9),
    st.sets(st.sampled_from(QUIET)),
    st.sets(st.sampled_from(TOLD), min_size=1),
    st.sampled_from(["xlsx", "csv"]),
)
def test_what_is_not_as_in_the_clean_list_is_told(
    seed: int, quiet: set[Spoiler], loud: set[Spoiler], form: str
) -> None:
    random = Random(seed)
    rows = clean_list(random)
    before = as_listed(rows)
    for spoiler in (*sorted(quiet, key=QUIET.index), *sorted(loud, key=TOLD.index)):
        spoiler(rows, random)
    after, problems = read(rows, form)
    found = families(after)
    rows_told = {each.place.line for each in problems} | {
        int(row) for each in problems for name, row in each.facts if name == "first"
    }
    by_name = {row[3]: at + 2 for at, row in enumerate(rows) if row[3]}
    for names, facts in before.items():
        if found.get(names) != facts:  # missing, or with something unknown: its rows are told of
            first = min(by_name[name] for name in names)
            last = max(by_name[name] for name in names)
            assert rows_told & set(range(first, last + 4)), (names, rows, problems)
    for names, facts in found.items():
        assert names in before, (names, problems)
        births, *figures = facts
        clean_births, *clean_figures = before[names]
        pairs = zip((*births, *figures), (*clean_births, *clean_figures), strict=True)
        assert all(one in (None, other) for one, other in pairs)
