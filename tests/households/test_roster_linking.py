"""Who belongs to whom, who is the head, and what a household is called where the list does not
number it.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_lists import HEADINGS, TODAY, VILLAGE, catalogue, spoilt, write_csv, write_xlsx

from policycards.households.entitlements.calculate import entitlements, of_household
from policycards.households.roster.identity_numbers import derived_id, identity_of
from policycards.households.roster.read_roster import read_roster
from policycards.qr import DEMO_KEY, Key

WHOLE = "549901195003020018"
OTHER = "549901198001050014"
ALTERED = "5.4990119500302E+17"
OTHER_KEY = Key(bytes(range(32)))


def unnumbered(*identities: str, group: str = "一组") -> list[list[str]]:
    """Households of a head and a child without number, by the heads' identity numbers."""
    rows = [["区划代码", "组", "姓名", "与户主关系", "身份证号"]]
    for number, identity in enumerate(identities):
        rows += [
            [VILLAGE, group, f"扎西{'甲乙丙丁'[number]}", "户主", identity],
            ["", "", "次仁", "子", ""],
        ]
    return rows


def test_an_id_comes_from_the_heads_identity_number_and_the_key_alone(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list.xlsx", unnumbered(WHOLE, OTHER))
    turned = write_xlsx(tmp_path / "turned.xlsx", unnumbered(OTHER, WHOLE))
    ids = {}
    for key in (DEMO_KEY, OTHER_KEY):
        roster, problems, notes = read_roster(path, catalogue(), today=TODAY, digest=key.digest)
        assert roster is not None and problems == [] and notes.derived == 2
        ids[key.fingerprint] = roster.households["household_id"].to_list()
        again, _problems, _notes = read_roster(turned, catalogue(), today=TODAY, digest=key.digest)
        assert (
            again is not None
            and again.households["household_id"].to_list() == ids[key.fingerprint][::-1]
        )
        assert roster.members["household_id"].to_list() == [
            each for each in ids[key.fingerprint] for _person in "ab"
        ]
    assert ids[DEMO_KEY.fingerprint] == [
        derived_id(WHOLE, DEMO_KEY.digest),
        derived_id(OTHER, DEMO_KEY.digest),
    ]
    assert ids[DEMO_KEY.fingerprint] != ids[OTHER_KEY.fingerprint]


def test_without_key_or_with_an_altered_number_the_id_is_area_group_and_order(
    tmp_path: Path,
) -> None:
    path = write_csv(tmp_path / "list.csv", unnumbered(WHOLE, ALTERED))
    roster, problems, notes = read_roster(path, catalogue(), today=TODAY, digest=DEMO_KEY.digest)
    assert roster is not None
    assert [problem.message() for problem in problems if problem.code != "W581"] == [
        "1 households have no number and got one from area, group and order; it changes when the"
        " list does"
    ]
    assert roster.households["household_id"].to_list() == [
        derived_id(WHOLE, DEMO_KEY.digest),
        f"{VILLAGE}-一组-2",
    ]
    roster, problems, notes = read_roster(path, catalogue(), today=TODAY)
    assert roster is not None and notes.derived == 0
    assert roster.households["household_id"].to_list() == [f"{VILLAGE}-一组-1", f"{VILLAGE}-一组-2"]


def test_an_identity_number_never_stands_as_a_household_number(tmp_path: Path) -> None:
    rows = spoilt((2, "户编号", WHOLE), (3, "户编号", WHOLE))
    path = write_xlsx(tmp_path / "list.xlsx", rows)
    roster, problems, notes = read_roster(path, catalogue(), today=TODAY, digest=DEMO_KEY.digest)
    assert roster is not None and problems == [] and notes.derived == 1
    assert roster.households["household_id"].to_list() == [derived_id(WHOLE, DEMO_KEY.digest), "H2"]
    assert roster.households["members"].to_list() == [2, 2]
    roster, problems, _notes = read_roster(path, catalogue(), today=TODAY)
    assert roster is not None and roster.households["household_id"].to_list() == ["H2"]
    assert WHOLE not in str(problems)


def test_the_check_character_finds_an_altered_identity_number() -> None:
    assert identity_of(WHOLE) == WHOLE
    assert [
        identity_of(text) for text in (ALTERED, WHOLE[:-1] + "9", "549901195003020", "", None)
    ] == [None] * 5


def test_what_only_another_row_says_holds_for_the_household(tmp_path: Path) -> None:
    rows = spoilt(
        (2, "禁牧面积（亩）", ""),
        (3, "禁牧面积（亩）", "7"),
        (2, "区划代码", ""),
        (3, "区划代码", VILLAGE),
    )
    roster, problems, _notes = read_roster(
        write_xlsx(tmp_path / "list.xlsx", rows), catalogue(), today=TODAY
    )
    assert roster is not None and problems == []
    assert [str(each) for each in roster.households["grazing_ban_mu"]] == ["7.0000", "0.0000"]


def test_a_faulty_member_takes_the_household_out_and_nobody_else(tmp_path: Path) -> None:
    rows = spoilt((3, "组", "?????"))
    roster, problems, notes = read_roster(
        write_xlsx(tmp_path / "list.xlsx", rows), catalogue(), today=TODAY
    )
    assert roster is not None
    assert [problem.code for problem in problems] == ["W546", "E518"]
    assert roster.households["household_id"].to_list() == ["H2"]
    assert roster.members["household_id"].to_list() == ["H2", "H2"]
    assert notes.left_out == ("H1",)


@pytest.mark.parametrize("row", [2, 3])
def test_a_person_of_whom_a_fact_is_faulty_leaves_the_household_its_card(
    row: int, tmp_path: Path
) -> None:
    rows = spoilt((row, "出生日期", "不详"), (row, "就读阶段", "小学生"))
    roster, problems, notes = read_roster(
        write_xlsx(tmp_path / "list.xlsx", rows), catalogue(), today=TODAY
    )
    assert roster is not None and notes.left_out == ()
    assert sorted(problem.code for problem in problems) == ["E524", "E534", "W560"]
    assert roster.households["household_id"].to_list() == ["H1", "H2"]
    assert roster.households["members"].to_list() == [2, 2]
    person = roster.members.row(row - 2, named=True)
    assert (person["birth_date"], person["school_stage"]) == (None, None)


def test_an_amount_that_hangs_on_a_faulty_fact_is_not_told(tmp_path: Path) -> None:
    def of_the_old(*changes: tuple[int, str, object]) -> list[tuple[str, str, object]]:
        rows = spoilt((2, "出生日期", "1940-03-02"), (3, "出生日期", "1941-07-01"), *changes)
        roster, _problems, _notes = read_roster(
            write_xlsx(tmp_path / "list.xlsx", rows), catalogue(), today=TODAY
        )
        assert roster is not None
        told = of_household(entitlements(roster, catalogue(), TODAY), "H1")
        return [
            (each.answer, " ".join(each.missing), each.amount)
            for each in told
            if each.policy == "longevity-80"
        ]

    assert of_the_old() == [("yes", "", Decimal(2400))]
    assert of_the_old((3, "出生日期", "不详")) == [("yes", "birth_date", None)]
    assert of_the_old((2, "出生日期", "2940-03-02"), (3, "出生日期", "不详")) == [
        ("cannot_tell", "birth_date", None)
    ]


def test_a_head_is_known_in_every_way_of_saying_it(tmp_path: Path) -> None:
    for word in ("户主", "本人", "ཁྱིམ་བདག", "Head"):
        rows = spoilt((2, "与户主关系", "配偶"), (3, "与户主关系", word))
        roster, problems, _notes = read_roster(
            write_xlsx(tmp_path / "list.xlsx", rows), catalogue(), today=TODAY
        )
        assert roster is not None and problems == []
        assert roster.households["name_zh"].to_list()[0] == "卓玛"


def test_two_tables_take_the_heads_name_from_the_members(tmp_path: Path) -> None:
    (tmp_path / "list").mkdir()
    write_csv(tmp_path / "list" / "households.csv", [["户编号", "区划代码"], ["H1", VILLAGE]])
    people = [
        ["户编号", "姓名", "藏文姓名", "与户主关系"],
        ["H1", "卓玛", "", "妻"],
        ["H1", "扎西", "བཀྲ་ཤིས", "户主"],
    ]
    write_csv(tmp_path / "list" / "members.csv", people)
    roster, problems, _notes = read_roster(tmp_path / "list", catalogue(), today=TODAY)
    assert roster is not None and problems == []
    assert roster.households.select("name_bo", "name_zh", "members").rows() == [
        ("བཀྲ་ཤིས", "扎西", 2)
    ]


def test_a_household_number_of_two_rows_of_a_table_is_nobodys(tmp_path: Path) -> None:
    (tmp_path / "list").mkdir()
    homes = [
        ["户编号", "区划代码", "姓名"],
        ["H1", VILLAGE, "扎西"],
        ["H1", VILLAGE, "次仁"],
        ["H2", VILLAGE, "旺堆"],
    ]
    write_csv(tmp_path / "list" / "households.csv", homes)
    write_csv(
        tmp_path / "list" / "members.csv", [["户编号", "姓名"], ["H1", "扎西"], ["H2", "旺堆"]]
    )
    roster, problems, _notes = read_roster(tmp_path / "list", catalogue(), today=TODAY)
    assert roster is not None and roster.households["household_id"].to_list() == ["H2"]
    assert [problem.code for problem in problems] == ["E537"]


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            *(
                st.sampled_from(["", "H1", "H2", "x", "扎西", "户主", VILLAGE, "2000-01-01", "12"])
                for _ in HEADINGS
            )
        ),
        max_size=7,
    )
)
def test_no_list_stops_the_reading_and_every_household_that_is_left_is_whole(
    rows: list[tuple[str, ...]],
) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "list.csv", [HEADINGS, *rows])
        roster, problems, notes = read_roster(path, catalogue(), today=TODAY)
    assert roster is not None or problems
    if roster is not None:
        homes, people = roster.households, roster.members
        assert homes["household_id"].is_unique().all() and not homes["area"].has_nulls()
        assert set(homes["household_id"]) == set(people["household_id"])
        assert homes["members"].sum() == people.height
        assert not set(homes["household_id"]) & set(notes.left_out)
