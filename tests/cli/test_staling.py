"""Impact, stale and reissue as commands: what they say, what they write, what they refuse."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from command import ROOT, Said, policycards

ROSTER = ROOT / "rosters" / "sample-village.xlsx"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some households of a village, printed on a day."""
    out = tmp_path_factory.mktemp("out")
    some = [f"--household=549901101201000{number}" for number in range(1, 5)]
    said = policycards("print", ROSTER, "--as-of", "2024-07-01", *some, "--out", out)
    assert said.code == 0, said.out + said.err
    return out


def run_of(out: Path) -> Path:
    (run,) = (folder for folder in out.iterdir() if (folder / "run").is_dir())
    return run


def stale(out: Path, *more: object) -> Said:
    return policycards("stale", run_of(out), ROSTER, *more)


def lines(said: Said) -> list[str]:
    """What a command printed, line by line."""
    return said.out.splitlines()


def test_nothing_is_stale_on_the_day_of_printing(out: Path, tmp_path: Path) -> None:
    said = stale(out, "--to", "2024-07-01", "--out", tmp_path)
    assert said.code == 0, said.out + said.err
    names = ("stale.xlsx", "changes.csv", "reissue.csv", "first.csv", "decision.json")
    assert lines(said) == [
        "4 cards are right; 0 are to be printed again now, 0 may wait, 0 are to be taken back.",
        "36 households of these villages have no card in these runs: see first.csv.",
        ", ".join(str(tmp_path / name) for name in names),
    ]


def test_what_is_stale_later_is_printed_again_and_then_right(out: Path, tmp_path: Path) -> None:
    said = stale(
        out,
        "--to",
        "2026-07-01",
        "--ages-as-of",
        "2026-09-01",
        "--least",
        "20",
        "--out",
        tmp_path / "lists",
    )
    assert said.code == 0, said.out + said.err
    told = lines(said)
    assert (
        told[0]
        == "0 cards are right; 4 are to be printed again now, 0 may wait, 0 are to be taken back."
    )
    assert (
        told[-1] == "Print them with 'policycards print ROSTER --reissue-list"
        f" {tmp_path / 'lists' / 'reissue.csv'}'."
    )
    decision = json.loads((tmp_path / "lists" / "decision.json").read_text(encoding="utf-8"))
    del decision["catalogue"], decision["runs"], decision["roster"], decision["counts"]
    assert decision == {
        "to": "2026-07-01",
        "edition": None,
        "standards_on": "2026-07-01",
        "households_on": "2026-09-01",
        "least_yuan_a_year": "20",
        "issued": 4,
    }
    again = tmp_path / "again"
    only = tmp_path / "lists" / "reissue.csv"
    printed = policycards(
        "print",
        ROSTER,
        "--as-of",
        "2026-07-01",
        "--ages-as-of",
        "2026-09-01",
        "--reissue-list",
        only,
        "--out",
        again,
    )
    assert printed.code == 0, printed.out + printed.err
    days = ("--to", "2026-07-01", "--ages-as-of", "2026-09-01", "--out", tmp_path / "after")
    after = policycards("stale", run_of(out), run_of(again), ROSTER, *days)
    assert (
        lines(after)[0]
        == "4 cards are right; 0 are to be printed again now, 0 may wait, 0 are to be taken back."
    )


def test_impact_is_told_drawn_and_kept(tmp_path: Path) -> None:
    said = policycards(
        "impact", ROSTER, "--from", "2024-07-01", "--to", "2026-07-01", "--out", tmp_path
    )
    assert said.code == 0, said.out + said.err
    told = lines(said)
    assert told[0] == "40 of 40 households get something else; 40 cards would say something else."
    assert "  longevity-80 高龄健康补贴（80–89岁）: fewer than 5" in told
    assert told[-2].startswith("To print them again: ")
    assert told[-1] == f"{tmp_path / 'impact.png'}, {tmp_path / 'impact.xlsx'}"
    same = policycards("impact", ROSTER, "--from", "now", "--to", "now", "--out", tmp_path)
    assert (
        lines(same)[0]
        == "Nothing differs for these 40 households: no card would say anything else."
    )


def test_impact_of_a_workbook_that_is_not_written_yet(tmp_path: Path) -> None:
    book = tmp_path / "new.csv"
    month = f"{date.today():%Y-%m}"
    book.write_text(
        f"policy,standard,amount,from,published,title,missing\nchildcare-subsidy,subsidy,3900,{month},{month},X,Y\n",
        encoding="utf-8",
    )
    asked = ("impact", ROSTER, "--from", "now", "--proposed", book, "--out", tmp_path / "impact")
    said = policycards(*asked, "--to", "now")
    assert said.code == 0, said.out + said.err
    changed = re.search(
        r"^  childcare-subsidy 育儿补贴: (\d+)  ([\d,.]+) → ([\d,.]+)$", said.out, re.MULTILINE
    )
    assert changed is not None, said.out
    old, new = (int(float(each.replace(",", ""))) for each in changed.groups()[1:])
    # how many children are young enough is another matter every month
    assert old // 3600 >= int(changed[1]) >= 1 and old % 3600 == 0
    assert new == old // 3600 * 3900
    refused = policycards(*asked, "--to", "2024b")
    assert (refused.code, refused.out) == (2, "")
    assert "error E903: --to: there is no '2024b'" in refused.err
    book.write_text(book.read_text(encoding="utf-8").replace("3900", "much"), encoding="utf-8")
    assert "error E814" in policycards(*asked, "--to", "now").out


def test_what_is_no_run_or_no_edition_is_refused(out: Path, tmp_path: Path) -> None:
    said = policycards("stale", tmp_path, ROSTER, "--to", "now")
    assert (said.code, said.out) == (
        1,
        (
            f"{tmp_path}: error E760: no run was printed into this folder\n    Name the folder of"
            " an edition, such as output/2024b, which has a folder 'run' with run.json.\n"
            "Nothing was written: correct the errors above first.\n"
        ),
    )
    said = stale(out, "--to", "2030x", "--out", tmp_path)
    assert said.code == 1
    assert ": error E862: " in said.out
    said = policycards("stale", ROSTER, "--to", "now")
    assert (said.code, said.err) == (
        2,
        (
            "policycards stale: error E763: a run and a roster are needed: what was printed, and"
            " the households as they are now\n    Name folders of editions, then the roster, such"
            " as: policycards stale output/2024b list.xlsx --to now.\n"
        ),
    )
    said = stale(out, "--to", "now", "--least", "-5")
    assert said.code == 2
    assert "error E903: --least: there is no '-5'" in said.err
