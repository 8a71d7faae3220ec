"""The ledger for trying: filled once, with a login made on the spot each time; and names of a
roster.
"""

from __future__ import annotations

from pathlib import Path

from counties import NOW, print_run
from databases import PostgreSQL, SQLite

from policycards.ledger.models import Household, Run, User
from policycards.ledger.office.name_lists import read_names
from policycards.services.ledger import Ledger


def test_a_demo_is_filled_once_and_makes_a_login_each_time(
    ledger: SQLite | PostgreSQL, tmp_path: Path, root: Path
) -> None:
    printed = print_run(tmp_path, villages=["549901101201"], published="False")
    reported = [
        Ledger(NOW).fill_demo(
            printed.folder, root / "rosters" / "sample-village.xlsx", root / "policies"
        )
        for _time in range(2)
    ]
    assert [login.user for login in reported] == ["county1", "county2"]
    assert (Run.objects.count(), Household.objects.count()) == (1, 4)
    for login in reported:
        user = User.objects.get(username=login.user)
        assert (user.role, user.area, user.must_change) == ("county", "549901", True)
        assert user.check_password(login.password)


def test_names_are_those_of_the_heads(root: Path, tmp_path: Path) -> None:
    names, problems = read_names(root / "rosters" / "sample-village.xlsx")
    assert names is not None and problems == []
    assert names.height == 40
    assert names.row(0) == ("5499011012010001", "ཟླ་བ་དབང་ཕྱུག", "达瓦旺久")
    list_ = tmp_path / "list.csv"
    list_.write_text("户编号,与户主关系,姓名\n1,子,甲\n1,户主,乙\n,户主,丙\n", encoding="gb18030")
    names, problems = read_names(list_)
    assert names is not None and names.rows() == [("1", "", "乙")]


def test_a_list_without_numbers_of_households_is_told(tmp_path: Path) -> None:
    list_ = tmp_path / "list.csv"
    list_.write_text("姓名,身份证号\n甲,1\n", encoding="utf-8")
    names, problems = read_names(list_)
    assert names is None
    assert [str(each) for each in problems] == [
        "list.csv: error E699: what was given is not what is needed here: 户编号、藏文姓名、姓名、"
        "与户主关系"
    ]
