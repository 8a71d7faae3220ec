"""The commands about standards, run as a county editor would."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from command import ROOT, Said, policycards
from openpyxl import load_workbook

from policycards.catalogue import check
from policycards.core.problems import has_errors
from policycards.workbooks.standards_columns import COLUMNS, STANDARDS
from policycards.workbooks.standards_writer import FIRST

NOTICE = (
    "--source",
    "关于提高标准的通知",
    "--number",
    "藏财〔2026〕1号",
    "--missing",
    "纸质文件，无网址",
)
SET = ("set", "longevity-80", "--from", "2026-07", "--amount", "1400", "--published", "2026-06")
FIELDS = [column.field for column in COLUMNS]
TODAY = date.today()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with the shipped catalogue in it."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    return tmp_path


def standards(office: Path, *arguments: object, lang: str = "en") -> Said:
    return policycards("standards", *arguments, folder=office, lang=lang)


def longevity(office: Path) -> str:
    return (office / "policies/pension-elderly/longevity-80.yaml").read_text(encoding="utf-8")


def fill(path: Path, standard: str, **cells: str) -> None:
    book = load_workbook(path)
    sheet = book[STANDARDS]
    for row in range(FIRST, sheet.max_row + 1):
        if f"{sheet.cell(row, 1).value}/{sheet.cell(row, 2).value}" == standard:
            for field, text in cells.items():
                sheet.cell(row, FIELDS.index(field) + 1).value = text
    book.save(path)


def test_list_tells_what_held_on_a_day(office: Path) -> None:
    now, then = standards(office, "list"), standards(office, "list", "--as-of", "2015-01-01")
    assert now.code == then.code == 0
    assert (
        "longevity-80/allowance 高龄健康补贴（80–89岁）: 每人每年1300元, since 2025-01-01\n"
        in now.out
    )
    assert (
        "longevity-80/allowance 高龄健康补贴（80–89岁）: 每人每年300元, since ../2013\n    from"
        " 2024: 每人每年1200元\n" in then.out
    )


def test_set_adds_the_value_and_history_tells_it(office: Path) -> None:
    before = longevity(office)
    said = standards(office, *SET, *NOTICE)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [
        (
            "longevity-80/allowance 高龄健康补贴（80–89岁）: 每人每年1300元 → 每人每年1400元, from"
            " 2026-07"
        ),
        "Changes: 1, new policies: 0.",
        "policies/pension-elderly/longevity-80.yaml: written.",
    ]
    assert (
        longevity(office)
        == before
        + '      - from: "2026-07"\n        amount: "1400"\n        published: "2026-06"\n'
        f'        recorded: "{TODAY}"\n        source:\n'
        "          title: 关于提高标准的通知\n          number: 藏财〔2026〕1号\n"
        f'        checked_on: "{TODAY}"\n        missing: 纸质文件，无网址\n'
    )
    told = standards(office, "history", "longevity-80/allowance").out
    assert "2026-07: 每人每年1400元 [in force]\n" in told
    assert f"    recorded {TODAY}, published 2026-06: 关于提高标准的通知 藏财〔2026〕1号\n" in told


def test_a_trial_shows_the_lines_and_writes_nothing(office: Path) -> None:
    before = longevity(office)
    said = standards(office, *SET, *NOTICE, "--dry-run")
    assert (said.code, said.err) == (0, "")
    told = said.out.splitlines()
    assert told[2:5] == [
        "policies/pension-elderly/longevity-80.yaml",
        '    +      - from: "2026-07"',
        '    +        amount: "1400"',
    ]
    assert told[-1] == "Nothing was written: this was a trial."
    looked_up = standards(office, "verify", "longevity-80", "--dry-run").out.splitlines()
    assert looked_up[-2:] == [
        f'    +        checked_on: "{TODAY}"',
        "Nothing was written: this was a trial.",
    ]
    assert longevity(office) == before


def figure(amount: str, since: str) -> dict[str, object]:
    """A value of the health grant as data."""
    return {
        "amount": amount,
        "status": None,
        "unit": {"bo": "མི་རེར་ལོ་རེར་སྒོར་{n}", "zh": "每人每年{n}元"},
        "since": since,
        "corrects": None,
    }


def test_a_change_is_told_as_data(office: Path) -> None:
    said = standards(
        office, *SET[:-3], "14000", *SET[-2:], *NOTICE, "--dry-run", "--format", "json"
    )
    assert (said.code, said.err) == (1, "")
    document = json.loads(said.out)
    told = document["result"]
    assert [told["written"], told["files"], told["looked_up"], told["new_policy"]] == [
        False,
        [],
        [],
        None,
    ]
    (found,) = document["problems"]
    assert (found["code"], found["where"], found["id"]) == (
        "E819",
        "--amount",
        "longevity-80/allowance",
    )
    assert told["changes"] == [
        {
            "id": "longevity-80/allowance",
            "area": None,
            "name": {
                "bo": "ལོ་80ནས་89བར་གྱི་རྒན་པའི་བདེ་ཐང་ཁ་གསབ",
                "zh": "高龄健康补贴（80–89岁）",
            },
            "label": None,
            "old": figure("1300", "2025-01-01"),
            "new": figure("14000", "2026-07"),
        }
    ]
    done = json.loads(standards(office, "verify", "longevity-80", "--format", "json").out)
    (looked_up,) = done["result"]["looked_up"]
    assert (done["result"]["written"], done["problems"]) == (True, [])
    assert looked_up["id"] == "longevity-80/allowance"
    assert done["files"] == ["policies/pension-elderly/longevity-80.yaml"]
    assert f'checked_on: "{TODAY}"' in longevity(office)


def test_examples_are_brought_to_what_a_new_value_gives(office: Path) -> None:
    cases = office / "policies/tests/longevity-80.yaml"
    before = cases.read_text(encoding="utf-8")
    standards(office, *SET[:2], "--from", "2026-05", *SET[4:], *NOTICE)
    shown = standards(office, "examples")
    assert shown.code == 1
    assert "amount should be 1300 but comes out as 1400.00" in shown.out
    assert cases.read_text(encoding="utf-8") == before
    done = standards(office, "examples", "--apply")
    assert done.code == 0, done.out
    assert done.out.splitlines()[-1] == "policies/tests/longevity-80.yaml: written."
    after = cases.read_text(encoding="utf-8")
    changed = [
        pair
        for pair in zip(before.splitlines(), after.splitlines(), strict=True)
        if pair[0] != pair[1]
    ]
    assert set(changed) == {
        ('    value: "1300"', '    value: "1400"'),
        ('    amount: "1300"', '    amount: "1400"'),
        ('    amount: "2600"', '    amount: "2800"'),
    }
    assert standards(office, "examples").out == "Examples that come out otherwise: 0.\n"


def test_a_correction_and_an_end_are_added_too_and_nothing_is_ever_taken_away(office: Path) -> None:
    before = longevity(office)
    correct = (
        "correct",
        "longevity-80",
        "--from",
        "2024",
        "--amount",
        "1250",
        "--why",
        "原文是1250",
    )
    assert standards(office, *correct, *NOTICE, "--published", "2024").code == 0
    assert (
        standards(
            office, "end", "longevity-80", "--from", "2026-07", "--published", "2026-06", *NOTICE
        ).code
        == 0
    )
    assert longevity(office).startswith(before)
    told = standards(office, "history", "longevity-80").out
    assert "2024: 每人每年1200元 [corrected later]\n" in told
    assert "    corrects 1200（2026-11-23 录入）：原文是1250\n" in told
    assert "2026-07: ended\n" in told
    assert (
        "longevity-80/allowance 高龄健康补贴（80–89岁）: ended, since 2026-07\n"
        in standards(office, "list").out
    )
    assert not has_errors(check(office / "policies", TODAY)[1])


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (
            ("history", "longevity-08"),
            2,
            "E810: ID: there is no standard longevity-08; the nearest is longevity-80/",
        ),
        (
            ("history", "yak-insurance"),
            2,
            "E811: ID: the policy yak-insurance has several standards: yak-",
        ),
        (
            (*SET, "--source", "通知"),
            1,
            "E823: --missing: longevity-80: --number, --url is not given",
        ),
        (
            (*SET[:4], "--amount", "13000", *SET[6:], *NOTICE),
            1,
            "E819: --amount: longevity-80/allowance goes",
        ),
        (("set", "longevity-80", "--amount", "1"), 2, "E910"),
        (("list", "--as-of", "2026-02-30"), 2, "2026-02-30"),
        (("import", "nothing.xlsx"), 1, "nothing.xlsx: error E100: this file cannot be read"),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    office: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    before = longevity(office)
    said = standards(office, *arguments)
    assert said.code == code and words in said.out + said.err and "Traceback" not in said.err
    assert longevity(office) == before


def test_a_jump_that_is_right_is_confirmed(office: Path) -> None:
    jump = (
        "set",
        "longevity-80",
        "--from",
        "2026-07",
        "--amount",
        "13000",
        "--published",
        "2026-06",
        *NOTICE,
    )
    assert standards(office, *jump).code == 1
    assert standards(office, *jump, "--confirm").code == 0


def test_a_workbook_is_shown_first_and_written_with_apply(office: Path) -> None:
    assert (
        "standards.xlsx: 64 standards; fill in" in standards(office, "export", "standards.xlsx").out
    )
    told = {
        "from": "2026-07",
        "published": "2026-08-01",
        "title": "通知",
        "number": "1号",
        "missing": "无网址",
    }
    fill(office / "standards.xlsx", "longevity-80/allowance", amount="1400", **told)
    fill(office / "standards.xlsx", "longevity-90/allowance", amount="9000", **told)
    before = longevity(office)
    refused = standards(office, "import", "standards.xlsx", "--apply")
    assert refused.code == 1 and "error E819: K" in refused.out and longevity(office) == before
    confirm = ("--confirm", "longevity-90/allowance")
    shown = standards(office, "import", "standards.xlsx", *confirm)
    assert shown.code == 0 and longevity(office) == before
    assert (
        "warning W821: M" in shown.out
        and "late: longevity-80/allowance holds from 2026-07" in shown.out
    )
    command = (
        'policycards standards import "standards.xlsx" --confirm longevity-90/allowance --apply'
    )
    assert f"Nothing was written. To do it: {command}" in shown.out
    assert standards(office, "import", "standards.xlsx", *confirm, "--apply").code == 0
    assert longevity(office).startswith(before) and 'amount: "1400"' in longevity(office)
    again = standards(office, "import", "standards.xlsx", *confirm)
    assert again.code == 1 and "error E827: K" in again.out
    assert (
        standards(office, "import", "standards.xlsx", "--confirm", "longevity-09/allowance").code
        == 2
    )


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "→ 每人每年1400元"), ("bo", "མི་རེར་ལོ་རེར་སྒོར་1400")]
)
def test_changes_are_told_in_the_chosen_language(office: Path, lang: str, words: str) -> None:
    said = standards(office, *SET, *NOTICE, lang=lang)
    assert said.code == 0 and words in said.out and "Changes" not in said.out


def test_a_catalogue_with_an_error_is_not_changed(office: Path) -> None:
    path = office / "policies/border/border-first-line.yaml"
    path.write_text(
        path.read_text("utf-8").replace("unit: person-year", "unit: person-yaer"), encoding="utf-8"
    )
    before = longevity(office)
    said = standards(office, *SET, *NOTICE)
    assert said.code == 1 and "error E154" in said.out and longevity(office) == before
    assert "Nothing was changed: correct the errors above first." in said.out


def test_what_was_looked_up_says_so_and_changes_nothing_else(office: Path) -> None:
    exported = standards(office, "export", "s.xlsx")
    before = longevity(office)
    said = standards(office, "verify", "longevity-80", "longevity-90/allowance")
    assert (exported.code, said.code) == (0, 0)
    assert said.out.startswith(
        f"longevity-80/allowance 高龄健康补贴（80–89岁）: holds unchanged, looked up on {TODAY}\n"
    )
    day = f'        checked_on: "{TODAY}"\n'
    assert longevity(office).replace(day, "") == before and longevity(office).count(day) == 1
    fill(
        office / "s.xlsx",
        "longevity-80/allowance",
        amount="1400",
        **{"from": "2026-07", "title": "通知"},
    )
    fill(office / "s.xlsx", "longevity-80/allowance", missing="纸质文件，无网址")
    again = standards(
        office, "import", "s.xlsx"
    )  # a workbook made before it was looked up is still good
    assert again.code == 0 and "E827" not in again.out


def test_what_has_no_value_in_force_cannot_be_looked_up(office: Path) -> None:
    before = longevity(office)
    said = standards(office, "verify", "longevity-80", "longevity-90", "--area", "5499")
    assert said.code == 2
    assert said.err == "".join(
        f"policycards standards verify: error E780: ID: longevity-{age}/allowance has no value in"
        " force here that could have been looked up; it has values for areas: –\n    Name the"
        " area with --area; 'policycards standards history' shows all its values.\n"
        for age in (80, 90)
    )
    assert longevity(office) == before


OWN_VALUE = """\
      - from: "2020-01-01"
        amount: "400"
        area: "549901102"
        recorded: "2026-11-23"
        source:
          title: 示例二乡通知
        missing: 示例
"""


def test_a_raise_that_does_not_reach_an_area_is_asked_about_before_anything_is_written(
    office: Path,
) -> None:
    path = office / "policies/pension-elderly/longevity-80.yaml"
    path.write_text(longevity(office) + OWN_VALUE, encoding="utf-8")
    before = longevity(office)
    for more in (["--dry-run"], []):
        said = standards(office, *SET, *NOTICE, *more)
        assert said.code == 1
        assert (
            "E833: --area: the value of longevity-80/allowance from 2026-07 does not reach areas"
            " with values of their own: 549901102: 400 (2020-01-01)\n" in said.out
        )
        assert longevity(office) == before
    assert standards(office, *SET, *NOTICE, "--confirm").code == 0
