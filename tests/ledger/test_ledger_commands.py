"""The commands of the ledger, as a person types them, on a database of their own."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest
from command import Said, policycards
from counties import print_run
from openpyxl import load_workbook

from policycards.ledger.actions.backups import new_key

SAMPLE = ("549901101201", "549901101202")


class Office:
    """A folder with a ledger in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.environment = folder, dict(os.environ)

    def __call__(
        self, *arguments: object, database: str = "ledger.sqlite3", **environment: str
    ) -> Said:
        reported = {"DATABASE_URL": f"sqlite:///{self.folder / database}", **environment}
        os.environ.update(reported)
        try:
            return policycards("ledger", *arguments)
        finally:
            os.environ.clear()
            os.environ.update(self.environment)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    said = office("migrate")
    assert (said.code, said.err) == (0, "")
    assert (
        said.out == "The ledger is up to date, and its database refuses to change what happened.\n"
    )
    return office


def test_a_county_loads_areas_and_a_run_backs_up_and_restores_elsewhere(
    office: Office, tmp_path: Path
) -> None:
    said = office("areas", "--dry-run")
    assert said.code == 0 and "Nothing was changed: this was a dry run." in said.out
    said = office("areas")
    assert (said.code, said.err) == (0, "")
    printed = print_run(tmp_path, villages=SAMPLE)
    said = office("load-run", printed.folder)
    assert said.code == 0
    assert "Edition 2026a: 8 cards and 4 spare cards are in the ledger.\n" in said.out
    assert "warning W666: 8 households have no name in the ledger" in said.out
    said = office("load-run", printed.folder)
    assert (said.code, "error E662" in said.out, said.out.endswith("Nothing was changed.\n")) == (
        1,
        True,
        True,
    )
    key = new_key()
    said = office("backup", tmp_path / "a.backup", POLICYCARDS_BACKUP_KEY=key)
    assert (said.code, said.err) == (0, "")
    assert b"SQLite" not in (tmp_path / "a.backup").read_bytes()
    said = office(
        "restore", tmp_path / "a.backup", database="second.sqlite3", POLICYCARDS_BACKUP_KEY=key
    )
    assert said.out == "Restored: 8 cards, 4 events. Prove it with 'policycards ledger recount'.\n"
    assert office("recount", database="second.sqlite3").out == "No problems.\n"
    said = office(
        "restore", tmp_path / "a.backup", database="second.sqlite3", POLICYCARDS_BACKUP_KEY=key
    )
    assert (said.code, "error E687" in said.out) == (1, True)
    said = office(
        "restore", tmp_path / "a.backup", database="third.sqlite3", POLICYCARDS_BACKUP_KEY=new_key()
    )
    assert (said.code, "error E686" in said.out) == (1, True)
    assert "error E685" in office("backup", tmp_path / "b.backup").out
    assert not (tmp_path / "b.backup").exists()


def test_people_are_let_in_by_list_by_name_and_by_slip(office: Office, tmp_path: Path) -> None:
    office("areas")
    people = tmp_path / "people.csv"
    people.write_text(
        "用户名,角色,区划代码\n一乡,township,549901101\n县,county,549901\n", "gb18030"
    )
    said = office("users", people, "--out", tmp_path / "p.xlsx")
    assert (said.code, said.err) == (0, "")
    rows = list(load_workbook(tmp_path / "p.xlsx").active.values)
    assert [row[:3] for row in rows[1:]] == [
        ("一乡", "township", "549901101"),
        ("县", "county", "549901"),
    ]
    said = office("users", people, "--dry-run")
    assert said.out.count("error E676") == 2
    assert "users:2: error E676: there is already a user 一乡" in said.out
    assert office("user", "查", "--role", "viewer", "--area", "549901").out.startswith(
        "Users: 1.\n查  "
    )
    said = office("slips", "549901101", "--out", tmp_path / "s.xlsx")
    assert said.code == 0
    slips = list(load_workbook(tmp_path / "s.xlsx").active.values)
    assert all(row[1].startswith("549901101") and len(row[2]) == 19 for row in slips[1:])


def test_what_is_not_there_yet_is_told(tmp_path: Path) -> None:
    said = Office(tmp_path)("recount")
    assert said.code == 1
    assert "error E696: the ledger's database cannot be used: no such table" in said.out


def test_names_come_from_the_roster(office: Office, tmp_path: Path) -> None:
    office("areas")
    printed = print_run(tmp_path, villages=SAMPLE, households=1, spares=0)
    cards = pl.read_parquet(printed.folder / "run" / "manifest-cards.parquet")
    roster = tmp_path / "roster.csv"
    lines = ["户编号,区划代码,户主关系,姓名,藏文姓名,组"]
    lines += [f"{row['household']},{row['area']},户主,扎西,བཀྲ་ཤིས་,一组" for row in cards.to_dicts()]
    roster.write_text("\n".join(lines) + "\n", "utf-8")
    said = office("load-run", printed.folder, "--roster", roster)
    assert (said.code, "W666" in said.out) == (0, False), said.out


def test_purging_and_corrections_say_what_they_did(office: Office, tmp_path: Path) -> None:
    office("areas")
    said = office("purge", "--days", "400")
    assert (
        said.out
        == "Forgotten: 0 names, 0 answers, 0 notes, 0 errors, 0 slips, 0 sessions, 0 names of"
        " devices.\n"
    )
    said = office("corrections", "--out", tmp_path / "c.xlsx")
    assert said.out == f"{tmp_path / 'c.xlsx'}: 0 households to correct.\n"
