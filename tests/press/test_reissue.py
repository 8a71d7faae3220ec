"""Lists of cards to be issued anew: read as they were written, or as Excel has saved them; refused
where damaged.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.design.notices.amount_changes import PrintedAmount
from policycards.press.pack.reissue_list import (
    former_cells,
    parse_former,
    read_reissue,
    reissue_csv,
)

HEAD = "household_id 户编号,copy 第几份,replaces 替换的卡号,reasons 原因,former 旧卡金额"


def listed(folder: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    file = folder / "reissue.csv"
    file.write_text(text, encoding=encoding)
    return file


def rows(folder: Path, text: str) -> list[tuple[object, ...]]:
    table, problems = read_reissue(listed(folder, text))
    assert table is not None and problems == []
    return table.rows()


Listed = tuple[str, int, str | None, str | None]
ids = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
households = st.lists(
    st.tuples(
        ids,
        st.integers(1, 999),
        st.sampled_from([None, "7F3K9Q2M8ZT1"]),
        st.sampled_from([None, "birth/grant@500 cash/a=7.5"]),
    ),
    max_size=9,
    unique_by=lambda row: row[0],
)


@given(households)
def test_a_list_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, told: list[Listed]
) -> None:
    columns = {"household": pl.String, "copy": pl.Int16, "replaces": pl.String, "former": pl.String}
    table = pl.DataFrame(told, schema=columns, orient="row").with_columns(
        reasons=pl.lit("standard")
    )
    file = tmp_path_factory.mktemp("list") / "reissue.csv"
    file.write_bytes(reissue_csv(table.drop("former"), table.select("household", "former")))
    read, problems = read_reissue(file)
    assert problems == []
    assert read is not None and read.rows() == told


def test_what_excel_makes_of_a_list_is_read(tmp_path: Path) -> None:
    assert rows(tmp_path, f"{HEAD}\nh1,2,7F3K-9Q2M-8ZT1,\n\n,,,\n'0017,1,,x\nh3,1\n") == [
        ("h1", 2, "7F3K9Q2M8ZT1", None),
        ("0017", 1, None, None),
        ("h3", 1, None, None),
    ]


def test_a_household_that_is_listed_twice_gets_one_card(tmp_path: Path) -> None:
    assert rows(tmp_path, f"{HEAD}\nh1,2,,\nh2,1,,\nh1,3,,\n") == [
        ("h1", 3, None, None),
        ("h2", 1, None, None),
    ]


@pytest.mark.parametrize(
    "row", ["h1", "h1,", ",2,,", "h1,0,,", "h1,-1,,", "h1,two,,", "h1,1.5,,", "h1,40000,,"]
)
def test_a_row_without_household_or_number_of_the_copy_is_told(tmp_path: Path, row: str) -> None:
    file = listed(tmp_path, f"{HEAD}\nh9,1,,\n{row}\n")
    table, (problem,) = read_reissue(file)
    assert table is None
    assert (
        str(problem)
        == f"{file}:3: error E722: row 3 of the reissue list has no household or no number of the"
        " copy"
    )
    assert problem.hint() == "Restore the row, or run 'policycards stale' again."


def test_a_replaced_card_is_known_by_a_code_with_its_check_character(tmp_path: Path) -> None:
    file = listed(tmp_path, f"{HEAD}\nh1,2,7F3K-9Q2M-8ZT1,\nh2,2,7F3K-9Q2M-8ZTW,\nh3,2,ABC,\n")
    table, problems = read_reissue(file)
    assert table is None
    assert [str(each) for each in problems] == [
        f"{file}:{row}: error E781: row {row} of the reissue list: {card} is no card code, so it is"
        " not known which card is to be taken back"
        for row, card in ((3, "7F3K-9Q2M-8ZTW"), (4, "ABC"))
    ]
    assert (
        problems[0].hint()
        == "Compare it with the card, or run 'policycards stale' again; leave the cell empty where"
        " no card was given."
    )


@pytest.mark.parametrize("part", ["a/b=7,50", "a=7", "a/b", "a/b=-1", "a/b=1e5", "a/b@x"])
def test_what_a_former_card_said_is_read_or_told(tmp_path: Path, part: str) -> None:
    file = listed(tmp_path, f'{HEAD}\nh1,2,,x,"a/b=1 {part}"\n')
    table, (problem,) = read_reissue(file)
    assert table is None
    assert (
        str(problem)
        == f"{file}:2: error E782: row 2 of the reissue list says nothing that can be read of the"
        f" former card: {part}"
    )
    assert (
        problem.hint()
        == "Write POLICY/STANDARD=AMOUNT with a space between two, empty the cell, or run"
        " 'policycards stale' again."
    )


def test_the_figures_of_a_former_card_are_kept_line_by_line() -> None:
    lines = pl.DataFrame(
        [
            ("h2", "b", "x", None, "900.5000", True),
            ("h1", "b", "x", "7.5000", "1200.0000", True),
            ("h1", "a", "y", "500.0000", None, True),
            ("h1", "c", "z", None, None, False),
            ("h1", "d", "z", None, None, True),
        ],
        schema=["household", "policy", "standard", "value", "amount", "had"],
        orient="row",
    ).with_columns(pl.col("value", "amount").cast(pl.Decimal(18, 4)))
    told = former_cells(lines)
    assert told.rows() == [("h1", "a/y@500 b/x=1200 c/z= d/z@"), ("h2", "b/x=900.50")]
    assert parse_former(told["former"][0]) == {
        ("a", "y"): PrintedAmount(Decimal(500), is_value=True),
        ("b", "x"): PrintedAmount(Decimal(1200)),
        ("c", "z"): None,
        ("d", "z"): PrintedAmount(None, is_value=True),
    }
    assert parse_former(None) == {}


def test_a_list_of_before_says_nothing_of_former_cards(tmp_path: Path) -> None:
    head = HEAD.removesuffix(",former 旧卡金额")
    file = listed(tmp_path, f"{head}\nh1,2,7F3K-9Q2M-8ZT1,x\n")
    table, _problems = read_reissue(file)
    assert table is not None and table.rows() == [("h1", 2, "7F3K9Q2M8ZT1", None)]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_reissue_list_that_excel_saved_in_another_encoding_is_read(
    tmp_path: Path, encoding: str
) -> None:
    table, problems = read_reissue(listed(tmp_path, f"{HEAD}\nh1,1,,\n", encoding))
    assert problems == [] and table is not None
    assert table["household_id"].to_list() == ["h1"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("", "utf-8"), ("户编号,姓名\nh1,1\n", "utf-8")],
)
def test_what_is_no_reissue_list_is_told(tmp_path: Path, text: str, encoding: str) -> None:
    file = listed(tmp_path, text, encoding)
    table, (problem,) = read_reissue(file)
    assert table is None
    assert (
        str(problem)
        == f"{file}: error E721: this is no reissue list: it has other headings or is not UTF-8"
    )
    assert (
        problem.hint()
        == "Use reissue.csv as 'policycards stale' wrote it; Excel may save it as CSV UTF-8."
    )


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    file = tmp_path / "no.csv"
    table, (problem,) = read_reissue(file)
    assert (table, str(problem)) == (
        None,
        f"{file}: error E100: this file cannot be read: No such file or directory",
    )


def test_excel_leaves_long_household_ids_as_they_are() -> None:
    told = [("5499011012010017", 2, "7F3K9Q2M8ZT1", "standard")]
    columns = {
        "household": pl.String,
        "copy": pl.Int16,
        "replaces": pl.String,
        "reasons": pl.String,
    }
    row = (
        reissue_csv(pl.DataFrame(told, schema=columns, orient="row"))
        .decode("utf-8-sig")
        .splitlines()[1]
    )
    assert row.startswith("\t5499011012010017,2,")  # behind a tab: without it 5.49901E+15
