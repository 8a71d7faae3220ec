"""Lists of cards to be issued anew: read as they were written, or as Excel has saved them; refused where damaged."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.press.reissue import read_reissue, reissue_csv

HEAD = "household_id 户编号,copy 第几份,replaces 替换的卡号,reasons 原因"


def listed(folder: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    file = folder / "reissue.csv"
    file.write_text(text, encoding=encoding)
    return file


def rows(folder: Path, text: str) -> list[tuple[object, ...]]:
    table, problems = read_reissue(listed(folder, text))
    assert table is not None and problems == []
    return table.rows()


Listed = tuple[str, int, str | None]
ids = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
households = st.lists(
    st.tuples(ids, st.integers(1, 999), st.sampled_from([None, "7F3K9Q2M8ZT1"])),
    max_size=9,
    unique_by=lambda row: row[0],
)


@given(households)
def test_a_list_comes_back_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, told: list[Listed]) -> None:
    columns = {"household": pl.String, "copy": pl.Int16, "replaces": pl.String}
    table = pl.DataFrame(told, schema=columns, orient="row").with_columns(reasons=pl.lit("standard"))
    file = tmp_path_factory.mktemp("list") / "reissue.csv"
    file.write_bytes(reissue_csv(table))
    read, problems = read_reissue(file)
    assert problems == []
    assert read is not None and read.rows() == told


def test_what_excel_makes_of_a_list_is_read(tmp_path: Path) -> None:
    assert rows(tmp_path, f"{HEAD}\nh1,2,7F3K-9Q2M-8ZT1,\n\n,,,\n'0017,1,,x\nh3,1\n") == [
        ("h1", 2, "7F3K9Q2M8ZT1"),
        ("0017", 1, None),
        ("h3", 1, None),
    ]


def test_a_household_that_is_listed_twice_gets_one_card(tmp_path: Path) -> None:
    assert rows(tmp_path, f"{HEAD}\nh1,2,,\nh2,1,,\nh1,3,,\n") == [("h1", 3, None), ("h2", 1, None)]


@pytest.mark.parametrize("row", ["h1", "h1,", ",2,,", "h1,0,,", "h1,-1,,", "h1,two,,", "h1,1.5,,", "h1,40000,,"])
def test_a_row_without_household_or_number_of_the_copy_is_told(tmp_path: Path, row: str) -> None:
    file = listed(tmp_path, f"{HEAD}\nh9,1,,\n{row}\n")
    table, (problem,) = read_reissue(file)
    assert table is None
    assert str(problem) == f"{file}:3: error E722: row 3 of the reissue list has no household or no number of the copy"
    assert problem.hint() == "Restore the row, or run 'policycards stale' again."


@pytest.mark.parametrize(
    ("text", "encoding"), [("", "utf-8"), ("户编号,姓名\nh1,1\n", "utf-8"), (f"{HEAD}\nh1,1,,藏\n", "gb18030")]
)
def test_what_is_no_reissue_list_is_told(tmp_path: Path, text: str, encoding: str) -> None:
    file = listed(tmp_path, text, encoding)
    table, (problem,) = read_reissue(file)
    assert table is None
    assert str(problem) == f"{file}: error E721: this is no reissue list: it has other headings or is not UTF-8"
    assert problem.hint() == "Use reissue.csv as 'policycards stale' wrote it; Excel may save it as CSV UTF-8."


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    file = tmp_path / "no.csv"
    table, (problem,) = read_reissue(file)
    assert (table, str(problem)) == (None, f"{file}: error E100: this file cannot be read: No such file or directory")
