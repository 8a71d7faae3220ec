"""What someone tells about a standard is held against the catalogue, and every doubt is told with
its cell.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from catalogue_folders import POLICY, good_folder

from policycards.catalogue.editing import catalogue_edit
from policycards.catalogue.editing.amendment_input import Cell, Entry
from policycards.catalogue.editing.amendments import Amendment, read_amendments, standard_digest
from policycards.catalogue.editing.catalogue_edit import Opened, apply, open_catalogue, proposed
from policycards.catalogue.model.in_force import in_force
from policycards.core.journal import NewFile
from policycards.core.problems import Place, Problem, has_errors

TODAY = date(2026, 11, 25)
NOTICE = {"title": "通知", "number": "1号", "url": "https://x.cn/1", "published": "2025-12-01"}
SOUND = {"policy": "grazing-ban", "standard": "area", "amount": "8", "from": "2026", **NOTICE}


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    found, problems = open_catalogue(good_folder(tmp_path / "policies"))
    assert found is not None and problems == []
    return found


def entry(row: int = 4, **told: str) -> Entry:
    cells = {
        name: Cell(text, Place("s.xlsx", row, i), f"{chr(64 + i)}{row}")
        for i, (name, text) in enumerate(told.items(), 1)
    }
    return Entry(Place("s.xlsx", row), cells)


def read(
    opened: Opened, *rows: Entry, confirmed: frozenset[str] = frozenset()
) -> tuple[list[Amendment], list[Problem]]:
    return read_amendments(rows, opened.catalogue, TODAY, confirmed)


def told(opened: Opened, **changed: str) -> str:
    return "\n".join(map(str, read(opened, entry(**{**SOUND, **changed}))[1]))


def write(opened: Opened, *rows: Entry) -> list[NewFile]:
    amendments, problems = read(opened, *rows)
    assert not has_errors(problems), problems
    files, problems = proposed(opened, amendments, {}, TODAY)
    assert problems == []
    return files


def test_a_sound_row_has_no_remark_and_becomes_a_value_recorded_today(opened: Opened) -> None:
    (found,), problems = read(opened, entry(**SOUND))
    assert problems == []
    assert found.id == "grazing-ban/area" and str(found.before and found.before.amount) == "7.50"
    value = found.value
    assert (str(value.since), str(value.amount), value.recorded, value.checked_on) == (
        "2026",
        "8",
        TODAY,
        TODAY,
    )


LOCAL = """\
      - from: "2017"
        amount: "9"
        area: "549901101"
        published: "2017"
        recorded: 2024-01-11
        source: {title: 示例乡通知, number: 1号, url: https://example.cn/2}
"""


@pytest.fixture
def with_area(tmp_path: Path) -> Opened:
    """The good catalogue with a value of a township's own."""
    folder = good_folder(tmp_path / "policies")
    with (folder / POLICY).open("a", encoding="utf-8") as file:
        file.write(LOCAL)
    found, problems = open_catalogue(folder)
    assert found is not None and problems == []
    return found


@pytest.mark.parametrize("amount", ["8", "停止"])
def test_a_raise_or_an_end_that_does_not_reach_an_area_is_asked_about(
    with_area: Opened, amount: str
) -> None:
    sound = {**SOUND, "amount": amount}
    amendments, (found,) = read(with_area, entry(**sound))
    assert str(found).partition(": error ")[2] == (
        "E833: area: the value of grazing-ban/area from 2026 does not reach areas with values of"
        " their own: 549901101: 9 (2017)"
    )
    _amendments, problems = read(
        with_area, entry(**sound), confirmed=frozenset(["grazing-ban/area"])
    )
    assert problems == [] and len(amendments) == 1


def test_a_value_of_the_area_itself_reaches_it(with_area: Opened) -> None:
    assert read(with_area, entry(**{**SOUND, "area": "549901101"}))[1] == []
    assert read(with_area, entry(**{**SOUND, "from": "2016-07", "published": "2016"}))[1] == []


FAULTS = (Path(__file__).parent / "amendment_faults.txt").read_text(encoding="utf-8").splitlines()
"""What is changed in the sound row, and on the next line all that is told of it."""


@pytest.mark.parametrize(("changed", "message"), list(zip(FAULTS[::2], FAULTS[1::2], strict=True)))
def test_a_doubt_is_told_with_row_and_cell(opened: Opened, changed: str, message: str) -> None:
    cells = dict(each.split("=", 1) for each in changed.split("; "))
    assert told(opened, **cells) == message.strip()


def test_a_day_of_publication_still_to_come_may_be_a_swap(opened: Opened) -> None:
    assert "H4: month and day of 2026-12-11 may be swapped: 2026-11-12?" in told(
        opened, published="2026-12-11"
    )


@pytest.mark.parametrize("amount", ["11.25", "3.75"])
def test_just_half_up_or_down_needs_no_confirmation(opened: Opened, amount: str) -> None:
    assert told(opened, amount=amount) == ""


def test_what_was_compared_with_the_notice_is_taken(opened: Opened) -> None:
    row = entry(**{**SOUND, "amount": "75", "from": "2026-01-07"})
    found, problems = read(opened, row, confirmed="grazing-ban/area")
    assert problems == [] and len(found) == 1


@pytest.mark.parametrize("published", ["2026-12", "2026"])
def test_a_month_or_year_of_publication_within_that_of_effect_is_not_late(
    opened: Opened, published: str
) -> None:
    assert "late" not in told(opened, published="2026", **{"from": "2026"})


def test_two_rows_for_one_standard_are_one_too_many(opened: Opened) -> None:
    rows = entry(**SOUND), entry(5, **{**SOUND, "from": "2027"})
    assert list(map(str, read(opened, *rows)[1])) == [
        "s.xlsx:5:2: error E828: B5: grazing-ban/area has a new value in row 4 too"
    ]


def test_a_row_without_anything_new_says_nothing_whatever_its_unit_is_called(
    opened: Opened,
) -> None:
    for unit in ("mu-year", "每亩每年…元", ""):
        row = entry(policy="grazing-ban", standard="area", unit=unit, amount=" ")
        assert read(opened, row, entry(policy="", standard="")) == ([], [])


def test_the_digest_changes_with_the_values_and_not_with_the_texts(opened: Opened) -> None:
    (standard,) = opened.catalogue.policies[0].standards
    assert told(opened, digest=standard_digest(standard)) == ""
    assert standard_digest(standard.model_copy(update={"when": None})) == standard_digest(standard)
    assert standard_digest(
        standard.model_copy(update={"values": standard.values[:1]})
    ) != standard_digest(standard)


def test_a_correction_is_a_new_entry_that_says_what_it_corrects_and_wins(opened: Opened) -> None:
    (file,) = write(
        opened, entry(**{**SOUND, "from": "2011", "amount": "6.5", "corrects": "小数看错"})
    )
    assert file.old is not None and file.new.startswith(file.old)
    assert "corrects: 6（2024-01-10 录入）：小数看错\n" in file.new[len(file.old) :].decode()
    assert apply(opened, [file]) == []
    after, problems = open_catalogue(opened.folder)
    assert after is not None and problems == []
    (standard,) = after.catalogue.policies[0].standards
    assert len(standard.values) == 3
    assert [
        str(held.amount)
        for day in (date(2012, 1, 1), date(2017, 1, 1))
        if (held := in_force(standard, day).value)
    ] == [
        "6.5",
        "7.50",
    ]


def test_an_end_and_what_is_only_expected_have_no_amount(opened: Opened) -> None:
    for word, status in (("停止", "ended"), ("待定", "expected")):
        (found,), problems = read(opened, entry(**{**SOUND, "amount": word}))
        assert problems == [] and (found.value.status, found.value.amount) == (status, None)


def test_what_was_expected_is_followed_by_what_came_of_the_same_date(opened: Opened) -> None:
    assert apply(opened, write(opened, entry(**{**SOUND, "amount": "待定"}))) == []
    (standard,) = opened.catalogue.policies[0].standards
    again, _problems = open_catalogue(opened.folder)
    assert again is not None
    held = in_force(again.catalogue.policies[0].standards[0], TODAY).value
    assert held == in_force(standard, TODAY).value, "what is expected never prints"
    assert apply(again, write(again, entry(**SOUND))) == []
    last, problems = open_catalogue(opened.folder)
    assert last is not None and problems == []
    assert (
        told(last)
        == "s.xlsx:4:4: error E825: D4: grazing-ban/area has this value already: 8 from 2026"
    )


def test_a_file_changed_meanwhile_is_left_alone_and_so_are_the_others(opened: Opened) -> None:
    files = write(opened, entry(**SOUND))
    path = opened.folder / files[0].name
    path.write_bytes(path.read_bytes() + b"# edited\n")
    new = NewFile("pasture/new.yaml", None, b"id: new\n")
    (problem,) = apply(opened, [new, *files])
    said = (
        "error E801: this file was changed by someone else after it was read, so nothing was"
        " written"
    )
    assert str(problem) == f"{path.as_posix()}: {said}"
    assert path.read_bytes().endswith(b"# edited\n") and not (opened.folder / new.name).exists()


def test_a_file_that_cannot_take_a_value_without_another_change_is_left_to_hands(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue_edit, "with_value", lambda *_arguments: None)
    files, (problem,) = proposed(opened, read(opened, entry(**SOUND))[0], {}, TODAY)
    path = opened.folder / "pasture/grazing-ban.yaml"
    assert (files, problem.code, problem.place.file) == ([], "E806", path.as_posix())


def test_a_value_that_the_catalogue_would_not_bear_is_refused_with_its_place(
    opened: Opened,
) -> None:
    path = opened.folder / "pasture/grazing-ban.yaml"
    path.write_text(
        path.read_text("utf-8").replace("recorded: 2024-01-10", "recorded: 2027-01-10"),
        encoding="utf-8",
    )
    again, _problems = open_catalogue(opened.folder)
    assert again is not None
    amendments, problems = read(again, entry(**SOUND))
    assert problems == []
    files, (problem,) = proposed(again, amendments, {}, TODAY)
    assert files == [] and problem.code == "E161" and problem.place.line > 30
