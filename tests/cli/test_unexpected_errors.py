"""What nobody expected is a problem like any other: with its place, and a log without data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import policycards

from policycards.services import catalogues

SECRET = "Tashi 549901195003020018"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office whose check meets what nobody thought of."""

    def fail(*_arguments: object) -> None:
        raise KeyError(SECRET)

    monkeypatch.setattr(catalogues, "check_catalogue", fail)
    (tmp_path / "policies").mkdir()
    return tmp_path


def test_it_is_a_problem_with_the_place_and_no_traceback(office: Path) -> None:
    said = policycards("check", folder=office)
    assert (said.code, said.err) == (1, "")
    assert said.out == (
        "policies: error E918: the program made a mistake here (KeyError); what was finished before"
        " it is whole\n    Send the file desk/errors.log to whoever looks after the program; it"
        " holds no data of people.\n"
    )


def test_its_log_says_where_it_happened_and_holds_no_data(office: Path) -> None:
    for _time in range(2):
        document = json.loads(policycards("check", "--format", "json", folder=office).out)
        assert [each["code"] for each in document["problems"]] == ["E918"]
    log = (office / "desk" / "errors.log").read_text(encoding="utf-8")
    assert SECRET not in log and "549901" not in log and str(office) not in log
    assert log.count("  builtins.KeyError\n") == 2
    assert "    policycards/cli/catalogue.py:" in log


def test_an_office_that_cannot_be_written_still_gets_an_answer(office: Path) -> None:
    (office / "desk").write_text("a file where the folder would be", encoding="utf-8")
    said = policycards("check", folder=office)
    assert said.code == 1 and "Send the file – to whoever" in said.out
