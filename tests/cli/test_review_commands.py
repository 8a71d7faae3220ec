"""A list for a reader of Tibetan goes out, comes back filled in, and the catalogue is as the reader
said.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from catalogue_folders import POLICY, good_folder
from command import Said, policycards
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from readers import pdfium
from ready_folder import change

from policycards.catalogue import read_catalogue, text_digest

TOP = 6
GLOSSARY = "terms:\n  - {zh: 牧户, bo: དུད་ཚང, confidence: low}\n"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a catalogue, its list and the sheet; made once."""
    home = tmp_path_factory.mktemp("review")
    folder = good_folder(home / "policies")
    (folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    said = policycards("review", "export", "--policies", folder, "--out", home / "list.xlsx")
    assert said.code == 0, said.out + said.err
    assert said.out.splitlines()[0].startswith(f"{home / 'list.xlsx'}: ")
    return home


@pytest.fixture
def home(exported: Path, tmp_path: Path) -> Path:
    """A copy to be changed."""
    folder = good_folder(tmp_path / "policies")
    (folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    (tmp_path / "list.xlsx").write_bytes((exported / "list.xlsx").read_bytes())
    return tmp_path


def fill(
    file: Path,
    cells: dict[tuple[str, str], str],
    reader: tuple[str, ...] = ("示例审读人", "示例县编译局", "2024-06-01"),
) -> None:
    """Write into the list: by Chinese text and column."""
    book = load_workbook(file)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row, told in enumerate(reader, 2):
        sheet.cell(row, 3, told)
    rows = {str(sheet.cell(row, 2).value): row for row in range(TOP + 1, sheet.max_row + 1)}
    for (zh, column), told in cells.items():
        sheet[f"{column}{rows[zh]}"] = told
    book.save(file)


def bring_back(home: Path) -> Said:
    return policycards(
        "review", "import", home / "list.xlsx", "--apply", "--policies", home / "policies"
    )


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*.*"))}


WHO = "草场划入禁牧区的牧户"
BETTER = "རྩྭ་ཐང་བཀག་སྡོམ་གྱི་འབྲོག་ཁྱིམ"


def test_the_list_shows_every_text_once_with_its_picture_and_its_terms(exported: Path) -> None:
    sheet = load_workbook(exported / "list.xlsx").active
    assert isinstance(sheet, Worksheet)
    catalogue, _problems = read_catalogue(exported / "policies")
    assert catalogue is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=TOP + 1)]
    digests = [row[9] for row in rows]
    wanted = {text_digest(text.text) for text in catalogue.texts}
    assert len(digests) == len(set(digests))
    assert wanted < set(digests) and len(digests) == len(wanted) + 1
    assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
    assert (rows[0][1], rows[0][2]) == ("牧户", "དུད་ཚང")
    (who,) = (row for row in rows if row[1] == WHO)
    assert str(who[4]).startswith("牧户 དུད་ཚང（")
    assert who[8] == "grazing-ban who"
    assert len(sheet._images) == len(rows)
    assert all(image.width > image.height > 10 for image in sheet._images)
    locked = {cell.column_letter for cell in sheet[TOP + 1] if cell.protection.locked}
    assert locked == set("ABCDEIJ") and sheet.protection.sheet


def test_the_sheet_on_paper_has_the_same_numbers_and_texts(exported: Path) -> None:
    told = "".join(pdfium(exported / "list.pdf")).replace("\n", "")
    assert WHO in told
    assert "་བཀག་སྡོམ་" in told


def test_what_the_reader_says_is_done_and_the_names_are_kept(home: Path) -> None:
    fill(home / "list.xlsx", {(WHO, "G"): BETTER, ("禁牧补助", "F"): "√"})
    said = bring_back(home)
    assert said.code == 0, said.out + said.err
    assert (
        said.out
        == "Texts now read: 2. Replaced: 1; of these only a term in it, and to be read: 0.\n"
    )
    catalogue, _problems = read_catalogue(home / "policies")
    assert catalogue is not None
    by_zh = {text.text.zh: text.text for text in catalogue.texts}
    assert by_zh[WHO].bo == BETTER
    assert {text_digest(by_zh[WHO]), text_digest(by_zh["禁牧补助"])} < catalogue.reviewed
    status = policycards("review", "status", "--policies", home / "policies").out
    assert "    2 / 6     grazing-ban" in status
    assert "示例审读人, 示例县编译局: 2 texts" in status
    again = policycards(
        "review", "export", "--policies", home / "policies", "--out", home / "next.xlsx"
    )
    assert again.code == 0
    sheet = load_workbook(home / "next.xlsx").active
    assert isinstance(sheet, Worksheet)
    assert not {WHO, "禁牧补助"} & {str(cell.value) for cell in sheet["B"]}


def test_a_list_that_is_brought_back_twice_changes_nothing_the_second_time(home: Path) -> None:
    fill(home / "list.xlsx", {(WHO, "G"): BETTER, ("禁牧补助", "F"): "√", ("牧户", "G"): "འབྲོག་ཁྱིམ"})
    assert bring_back(home).code == 0
    before = contents(home / "policies")
    said = bring_back(home)
    assert said.code == 0, said.out
    assert (
        said.out
        == "Texts now read: 0. Replaced: 0; of these only a term in it, and to be read: 0.\n"
    )
    assert contents(home / "policies") == before


def test_a_text_that_changes_falls_back_to_draft_by_itself(home: Path) -> None:
    fill(home / "list.xlsx", {(WHO, "F"): "√"})
    assert bring_back(home).code == 0
    assert (
        "    1 / 6     grazing-ban"
        in policycards("review", "status", "--policies", home / "policies").out
    )
    change(home / "policies" / POLICY, (WHO, "划入禁牧区的牧户"))
    assert (
        "    0 / 6     grazing-ban"
        in policycards("review", "status", "--policies", home / "policies").out
    )


def test_a_list_without_verdicts_changes_nothing(home: Path) -> None:
    fill(home / "list.xlsx", {})
    before = contents(home / "policies")
    assert bring_back(home).code == 0
    assert contents(home / "policies") == before


@pytest.mark.parametrize(
    ("cells", "reader", "told"),
    [
        ({(WHO, "F"): "√", (WHO, "G"): BETTER}, None, "E871"),
        ({(WHO, "F"): "maybe"}, None, "E872"),
        ({(WHO, "C"): BETTER, (WHO, "F"): "√"}, None, "E876"),
        ({("草场禁牧后，{unit}，{effective}起执行", "G"): BETTER}, None, "E873"),
        ({(WHO, "G"): "དུད་་ཚང"}, None, "E222"),
        ({(WHO, "F"): "√"}, ("", "示例县编译局", "2024-06-01"), "E874"),
        ({(WHO, "F"): "√"}, ("示例审读人", "示例县编译局", "2999-06-01"), "E875"),
    ],
)
def test_a_wrong_row_is_told_by_its_number_and_nothing_is_changed(
    home: Path, cells: dict[tuple[str, str], str], reader: tuple[str, ...] | None, told: str
) -> None:
    before = contents(home / "policies")
    fill(home / "list.xlsx", {**cells, ("禁牧补助", "F"): "√"}, *([reader] if reader else []))
    said = bring_back(home)
    assert said.code == 1
    assert f"{home / 'list.xlsx'}:" in said.out
    assert f"error {told}: " in said.out
    assert said.out.endswith(
        "Nothing was changed: correct the rows above and bring the list back again.\n"
    )
    assert contents(home / "policies") == before


def test_a_text_that_was_changed_meanwhile_is_told(home: Path) -> None:
    change(home / "policies" / POLICY, (WHO, "划入禁牧区的牧户"))
    fill(home / "list.xlsx", {(WHO, "F"): "√"})
    assert "error E870: " in bring_back(home).out


def test_another_workbook_is_no_list(home: Path) -> None:
    (home / "list.xlsx").write_bytes(b"PK")
    assert "error E877: " in bring_back(home).err


def test_verdicts_that_a_program_kept_are_taken_in_by_the_same_rules(home: Path) -> None:
    catalogue, _problems = read_catalogue(home / "policies")
    assert catalogue is not None
    pairs = {text.text.zh: text.text for text in catalogue.texts}
    who, name = pairs[WHO], next(pairs[policy.name.zh] for policy in catalogue.policies)
    verdicts: list[dict[str, str]] = [
        {"digest": text_digest(text), "zh": text.zh, "bo": text.bo, **said}
        for text, said in ((who, {"new": BETTER}), (name, {"right": "yes"}))
    ]
    verdicts.append({**verdicts[1], "right": "", "remark": "?"})
    reader = {"name": "示例审读人", "office": "示例县编译局", "date": "2024-06-01"}

    def bring(told: object) -> Said:
        (home / "list.json").write_text(json.dumps(told), encoding="utf-8")
        return policycards(
            "review", "import", home / "list.json", "--apply", "--policies", home / "policies"
        )

    before = contents(home / "policies")
    for told, code in (
        ({"reader": reader}, 2),
        ({"reader": {**reader, "name": ""}, "verdicts": verdicts}, 1),
        ({"reader": reader, "verdicts": [{**verdicts[0], "digest": "0" * 16}]}, 1),
    ):
        assert bring(told).code == code
    assert contents(home / "policies") == before
    said = bring({"reader": reader, "verdicts": verdicts})
    assert said.code == 0, said.out + said.err
    catalogue, _problems = read_catalogue(home / "policies")
    assert catalogue is not None and text_digest(name) in catalogue.reviewed
    assert BETTER in {text.text.bo for text in catalogue.texts}
