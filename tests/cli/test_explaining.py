"""policycards explain: one household, policy by policy, on the screen and as a page; and cases in
check.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pypdfium2
import pytest
from command import ROOT, policycards

LIST = """户编号,区划代码,姓名,与户主关系,出生日期,户口性质,禁牧面积
A1,549901101201,扎西,户主,1960-03-02,农牧,120
A2,549901101201,次仁,户主,1970-03-02,农牧,
A3,549901101201,次仁,户主,1971-03-02,农牧,
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path / "list.csv"


def test_a_household_is_told_in_both_languages(roster: Path) -> None:
    said = policycards("explain", roster, "A1", "--as-of", "2026-06-01")
    assert said.code == 0
    assert "户主：扎西 A1\n" in said.out
    assert "草原禁牧补助：可以享受\n" in said.out
    assert "རྩྭ་ཐང་ཕྱུགས་འཚོ་བཀག་སྡོམ་གྱི་རོགས་དངུལ། ཐོབ་ཆོག\n" in said.out
    assert "    本户：禁牧面积 120\n" in said.out
    assert "请补填：草畜平衡面积\n" in said.out


def test_a_console_without_tibetan_is_told_in_chinese(roster: Path) -> None:
    said = policycards("explain", roster, "A1", "--as-of", "2026-06-01", encoding="gbk")
    assert said.code == 0
    assert "草原禁牧补助：可以享受" in said.out
    assert "\\u0f" not in said.out


def test_the_page_is_half_a_sheet_with_its_marks(roster: Path, tmp_path: Path) -> None:
    said = policycards(
        "explain", roster, "扎西", "--as-of", "2026-06-01", "--print", tmp_path / "out" / "a1.pdf"
    )
    assert said.code == 0
    document = pypdfium2.PdfDocument(tmp_path / "out" / "a1.pdf")
    assert f"{tmp_path / 'out' / 'a1.pdf'}: {len(document)} pages.\n" in said.out
    texts = [page.get_textpage().get_text_range() for page in document]
    assert [tuple(map(round, page.get_size())) for page in document] == [(420, 595)] * len(document)
    assert "本户政策逐项说明" in texts[0]
    assert all("样稿" in text and "试印" in text for text in texts)
    assert "1960" not in "".join(texts)


@pytest.mark.parametrize(
    ("household", "words"),
    [
        ("A9", "E610: the roster has no household 'A9'; the nearest id is A1"),
        ("次仁", "E611: the roster has several households whose head is called '次仁': A2, A3"),
    ],
)
def test_a_household_that_is_not_meant_clearly_is_wrong_use(
    household: str, words: str, roster: Path
) -> None:
    said = policycards("explain", roster, household)
    assert said.code == 2
    assert words in said.err


def test_check_runs_the_cases_beside_the_policies(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    file = tmp_path / "policies" / "health-maternity" / "childcare-subsidy.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("age < 3", "age <= 3"), encoding="utf-8"
    )
    said = policycards("check", tmp_path / "policies")
    assert said.code == 1
    assert (
        "childcare-subsidy.yaml:19:13: error E603: case '满3周岁当天，没有了' on 2026-06-01: answer"
        in said.out
    )


def test_a_program_is_told_the_household_s_rows_and_the_same_reasons(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST.replace("户编号", "牧户证"), encoding="utf-8")
    options = ("--map", "牧户证=household_id", "--as-of", "2026-06-01", "--format", "json")
    said = policycards("explain", file, "A1", *options)
    assert said.code == 0
    told = json.loads(said.out)["result"]
    assert (
        told["household"]["household_id"],
        told["household"]["pile"],
        told["household"]["row"],
    ) == ("A1", 1, 2)
    assert told["home"]["grazing_ban_mu"] == "120.0000" and told["people"][0]["name_zh"] == "扎西"
    titles = [each["title"]["zh"] for each in told["reasons"]]
    assert "草原禁牧补助：可以享受" in titles and all(
        each["title"]["bo"] for each in told["reasons"]
    )
