"""A reader's better texts go where the old ones stood, and nothing else changes."""

from __future__ import annotations

import codecs
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from catalogue_folders import POLICY, good_folder
from hypothesis import given
from hypothesis import strategies as st

from policycards.catalogue import Text, read_catalogue, text_digest
from policycards.catalogue.editing.yaml_edit import with_texts
from policycards.catalogue.model.catalogue import LocatedText, Review
from policycards.catalogue.reviews.rewriting import apply_decisions, with_cells
from policycards.catalogue.reviews.verdicts import Decisions
from policycards.catalogue.yaml.source import read_source
from policycards.core.problems import Place

NEW = "ས་ཆ་གསར་པ"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("name:\n  bo: བོད   # remark\n  zh: 藏\n", f"name:\n  bo: {NEW}   # remark\n  zh: 藏\n"),
        ("name: {bo: བོད, zh: 藏}\n", f"name: {{bo: {NEW}, zh: 藏}}\n"),
        ('name: {bo: "བོད", zh: "བོད"}\n', f'name: {{bo: "{NEW}", zh: "བོད"}}\n'),
        ("name:\r\n  bo: 'བོད'\r\n  zh: 藏\r\n", f"name:\r\n  bo: '{NEW}'\r\n  zh: 藏\r\n"),
        ('name:\n  bo: "བོད\\\n    ཡིག"\n  zh: 藏\n', f'name:\n  bo: "{NEW}"\n  zh: 藏\n'),
        ("name:\n  bo: བོད\n    ཡིག\n  zh: 藏\n", f"name:\n  bo: {NEW}\n  zh: 藏\n"),
        ("name:\n  bo: |\n    བོད\n\n  zh: 藏\n", f"name:\n  bo: |-\n    {NEW}\n\n  zh: 藏\n"),
        ("name:\n  zh: 藏\n  bo: བོད", f"name:\n  zh: 藏\n  bo: {NEW}"),
    ],
)
def test_only_the_text_itself_changes_in_a_yaml_file(old: str, new: str) -> None:
    for bom in (b"", codecs.BOM_UTF8):
        changed = with_texts(bom + old.encode("utf-8"), [(("name", "bo"), NEW)])
        assert changed == bom + new.encode("utf-8")


@given(
    st.text(st.sampled_from("བོད་། {}:#\"'&*-n1%@,[]"), min_size=1, max_size=12).filter(
        lambda text: text.strip() == text
    )
)
def test_whatever_the_new_text_is_the_reader_gets_it_back(new: str) -> None:
    for old in ("a: 1\nname: {bo: བོད, zh: 藏}\nb: 2\n", "name:\n  bo: 'བོད'\n  zh: 藏 # c\n"):
        changed = with_texts(old.encode("utf-8"), [(("name", "bo"), new)])
        assert changed is not None
        document, problems = read_source(changed, "x.yaml")
        assert problems == [] and document is not None
        assert document.data["name"] == {"bo": new, "zh": "藏"}


AREAS = (
    "code,bo,zh,area_class,valid_from,valid_to,successors\r\n"
    "5499,དཔེ,示例市,,,,\r\n"
    '549901,"རྫོང",示例县,"四类",2001-01-01,,\r\n'
    "549901101,ཤང,示例乡,四类,,,549901"
)


def test_only_the_row_of_a_text_changes_in_a_table() -> None:
    here = Place("areas.csv", 3, 8)
    area = LocatedText(Text(bo="རྫོང", zh="示例县"), "areas", ("549901",), here, here)
    changed = with_cells(codecs.BOM_UTF8 + AREAS.encode(), [(area, NEW)])
    assert changed is not None
    assert changed.decode("utf-8-sig") == AREAS.replace('"རྫོང"', NEW).replace('"四类"', "四类")
    assert changed.startswith(codecs.BOM_UTF8)


def test_a_table_in_the_encoding_of_old_excel_comes_back_in_one_that_holds_tibetan() -> None:
    here = Place("areas.csv", 2, 1)
    area = LocatedText(Text(bo="དཔེ", zh="示例市"), "areas", ("5499",), here, here)
    changed = with_cells(AREAS.encode("gb18030"), [(area, NEW)])
    assert changed is not None
    assert changed.startswith(codecs.BOM_UTF8)
    assert f"5499,{NEW},示例市" in changed.decode("utf-8-sig")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return good_folder(tmp_path / "policies")


PERSON = Review(text="0" * 16, by="示例审读人", office="示例县编译局", on=date(2024, 6, 1))


def decisions(folder: Path, zh: str, new: str) -> Decisions:
    catalogue, _problems = read_catalogue(folder)
    assert catalogue is not None
    texts = [each for each in catalogue.texts if each.text.zh == zh]
    assert texts
    review = PERSON.model_copy(update={"text": text_digest(Text(zh=zh, bo=new))})
    return Decisions(tuple((each, new) for each in texts), (review,))


@pytest.mark.parametrize(
    ("zh", "file"),
    [
        ("草场划入禁牧区的牧户", POLICY),
        ("示例县", "areas.csv"),
        ("示例县财政局", "contacts.csv"),
        ("困难户", "catalogue.yaml"),
    ],
)
def test_a_text_is_replaced_in_whatever_file_it_stands_and_is_read_from_then_on(
    folder: Path, zh: str, file: str
) -> None:
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*.*"))}
    assert apply_decisions(folder, decisions(folder, zh, NEW)) == []
    after = {path: path.read_bytes() for path in sorted(folder.rglob("*.*"))}
    assert {
        path.relative_to(folder).as_posix() for path in before if before[path] != after[path]
    } == {
        file,
        "reviews.yaml",
    }
    catalogue, problems = read_catalogue(folder)
    assert problems == [] and catalogue is not None
    (text,) = (each.text for each in catalogue.texts if each.text.zh == zh)
    assert text.bo == NEW
    assert text_digest(text) in catalogue.reviewed
    assert "0123456789abcdef" in catalogue.reviewed


def test_the_hours_of_an_office_are_replaced_in_tibetan_only(folder: Path) -> None:
    assert apply_decisions(folder, decisions(folder, "9:30–18:00", "9:30–18:30")) == []
    row = (folder / "contacts.csv").read_text(encoding="utf-8").splitlines()[1]
    assert row.endswith("0000-0000001,9:30–18:30,9:30–18:00,yes,yes")


def test_one_text_that_cannot_be_replaced_keeps_all_from_being_changed(folder: Path) -> None:
    text = (folder / POLICY).read_text(encoding="utf-8")
    done = decisions(folder, "草场划入禁牧区的牧户", NEW)
    (folder / POLICY).write_text(text.replace("who:\n  bo: ", "who:\n  bo: &a "), encoding="utf-8")
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*.*"))}
    assert [problem.code for problem in apply_decisions(folder, done)] == ["E878"]
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*.*"))} == before


def test_faulty_reviews_are_not_overwritten(folder: Path) -> None:
    (folder / "reviews.yaml").write_text("reviews: none\n", encoding="utf-8")
    done = replace(decisions(folder, "草场划入禁牧区的牧户", NEW), corrections=())
    assert [problem.code for problem in apply_decisions(folder, done)] == ["E124"]
    assert (folder / "reviews.yaml").read_text(encoding="utf-8") == "reviews: none\n"
