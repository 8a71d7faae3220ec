"""What a row of a reader's list decides, and everything that can be wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from catalogue_folders import POLICY, good_folder

from policycards.catalogue import Catalogue, Text, read_catalogue, text_digest
from policycards.catalogue.model.catalogue import Review
from policycards.catalogue.reading.glossary import Glossary, Term, read_glossary, terms_in
from policycards.catalogue.reviews.verdicts import (
    Decisions,
    Pair,
    decide,
    pairs,
    read_by_owner,
    read_by_person,
    read_person,
    reading_minutes,
    unread,
)
from policycards.core.problems import Problem

TODAY = date(2024, 9, 1)
PERSON = Review(text="0" * 16, by="示例审读人", office="示例县编译局", on=TODAY)
GLOSSARY = """terms:
  - {zh: 禁牧, bo: ཕྱུགས་འཚོ་བཀག་སྡོམ, confidence: low}
  - {zh: 草场, bo: རྩྭ་ཐང, confidence: high, seen: https://example.cn/1}
  - {zh: 牧户, bo: དུད་ཚང, confidence: medium}
"""
WHO = Text(zh="草场划入禁牧区的牧户", bo="རྩྭ་ཐང་བཀག་སྡོམ་བྱེད་མཁན་གྱི་དུད་ཚང")
SUMMARY = Text(
    zh="草场禁牧后，{unit}，{effective}起执行",
    bo="རྩྭ་ཐང་བཀག་སྡོམ་བྱས་ན་{unit}སྤྲོད། {effective}ནས།",
)


@dataclass(frozen=True)
class Row:
    row: int
    zh: str
    bo: str
    right: str = ""
    new: str = ""
    digest: str = ""


def row(text: Text, *, right: str = "", new: str = "", number: int = 7) -> Row:
    return Row(number, text.zh, text.bo, right, new, text_digest(text))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = good_folder(tmp_path / "policies")
    (folder / "glossary.yaml").write_text(GLOSSARY, encoding="utf-8")
    return folder


def read(folder: Path) -> tuple[Catalogue, list[Pair]]:
    catalogue, _problems = read_catalogue(folder)
    glossary, problems = read_glossary(folder)
    assert catalogue is not None and problems == []
    return catalogue, pairs(catalogue, glossary)


def decided(folder: Path, *rows: Row) -> tuple[Decisions | None, list[Problem]]:
    catalogue, made = read(folder)
    return decide(rows, PERSON, made, catalogue, "list.xlsx")


def test_terms_come_first_and_one_that_was_seen_is_not_read_alone(folder: Path) -> None:
    _catalogue, made = read(folder)
    assert [pair.text.zh for pair in made if pair.is_term] == ["禁牧", "牧户"]
    assert [pair.is_term for pair in made] == sorted((pair.is_term for pair in made), reverse=True)
    (who,) = (pair for pair in made if pair.text == WHO)
    assert [(term.zh, term.confidence) for term in who.hits] == [
        ("草场", "high"),
        ("牧户", "medium"),
    ]


def test_a_pair_that_stands_in_several_places_is_read_once(folder: Path) -> None:
    text = (folder / POLICY).read_text(encoding="utf-8")
    step = "  - {bo: གྲོང་ཚོར་ཐོ་འགོད།, zh: 到村委会登记}\n"
    (folder / POLICY).write_text(text.replace(step, step * 3), encoding="utf-8")
    catalogue, made = read(folder)
    assert len({pair.digest for pair in made}) == len(made) < len(catalogue.texts)
    (pair,) = (pair for pair in made if pair.text.zh == "到村委会登记")
    assert [each.path for each in pair.where] == [("how", 0), ("how", 1), ("how", 2)]


@pytest.mark.parametrize(
    ("zh", "bo", "stands"),
    [
        ("草场很大", "རྩྭ་ཐང་ཆེན་པོ", True),
        ("草场很大", "རྩྭ་ཐངས་ཆེན་པོ", False),
        ("草地很大", "རྩྭ་ཐང་ཆེན་པོ", False),
    ],
)
def test_a_term_stands_in_a_text_as_whole_syllables_and_in_both_languages(
    zh: str, bo: str, stands: bool
) -> None:
    term = Term(zh="草场", bo="རྩྭ་ཐང", confidence="high")
    assert list(terms_in(Text(zh=zh, bo=bo), [term])) == [term] * stands


def test_a_faulty_glossary_is_told_with_its_place(folder: Path) -> None:
    (folder / "glossary.yaml").write_text(
        "terms:\n  - {zh: 草场, bo: རྩྭ, confidence: sure}\n", encoding="utf-8"
    )
    glossary, problems = read_glossary(folder)
    assert glossary == Glossary()
    assert [(problem.code, problem.place.line) for problem in problems] == [("E133", 2)]


def test_right_and_corrected_rows_become_reviews_and_corrections(folder: Path) -> None:
    better = "རྩྭ་ཐང་བཀག་སྡོམ་གྱི་དུད་ཚང"
    done, problems = decided(
        folder, row(WHO, new=better), row(SUMMARY, right="√"), row(Text(zh="牧户", bo="དུད་ཚང"))
    )
    assert problems == [] and done is not None
    assert [(located.path, new) for located, new in done.corrections] == [(("who",), better)]
    assert {review.text for review in done.reviews} == {
        text_digest(SUMMARY),
        text_digest(Text(zh=WHO.zh, bo=better)),
    }
    assert {(review.by, review.office, review.on) for review in done.reviews} == {
        ("示例审读人", "示例县编译局", TODAY)
    }


def test_the_old_text_typed_again_is_as_good_as_a_tick(folder: Path) -> None:
    done, _problems = decided(folder, row(WHO, new=WHO.bo))
    assert done is not None
    assert done.corrections == ()
    assert [review.text for review in done.reviews] == [text_digest(WHO)]


def test_a_better_term_goes_into_the_texts_in_which_it_stands_and_which_nobody_decided_on(
    folder: Path,
) -> None:
    household = Text(zh="牧户", bo="དུད་ཚང")
    done, _problems = decided(folder, row(household, new="འབྲོག་ཁྱིམ"))
    assert done is not None
    assert {(located.owner, new) for located, new in done.corrections} == {
        ("glossary", "འབྲོག་ཁྱིམ"),
        ("grazing-ban", "རྩྭ་ཐང་བཀག་སྡོམ་བྱེད་མཁན་གྱི་འབྲོག་ཁྱིམ"),
    }
    assert done.reused == 1
    assert [review.text for review in done.reviews] == [text_digest(Text(zh="牧户", bo="འབྲོག་ཁྱིམ"))]
    kept, _problems = decided(folder, row(household, new="འབྲོག་ཁྱིམ"), row(WHO, right="√"))
    assert kept is not None
    assert [located.owner for located, _new in kept.corrections] == ["glossary"]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [replace(row(WHO, right="√"), digest="0" * 16)],
            ["list.xlsx:7:3 E876 the Chinese or the Tibetan of this row was typed over"],
        ),
        (
            [replace(row(WHO, right="√"), bo="རྩྭ་ཐང")],
            ["list.xlsx:7:3 E876 the Chinese or the Tibetan of this row was typed over"],
        ),
        (
            [row(Text(zh="没有的", bo="མེད་པ"), right="√")],
            ["list.xlsx:7:2 E870 the text of this row is in the catalogue no longer"],
        ),
        (
            [row(WHO, right="√", new="དུད་ཚང")],
            ["list.xlsx:7:7 E871 this row is marked as right and has a new text too"],
        ),
        (
            [row(WHO, right="不对")],
            [
                "list.xlsx:7:6 E872 '不对' in the column of the texts that are right is not"
                " understood"
            ],
        ),
        (
            [row(SUMMARY, new="རྩྭ་ཐང་བཀག་ན་{unit}སྤྲོད")],
            [
                "list.xlsx:7:7 E873 the new text has not the placeholders of the old one: {unit}"
                " {effective}"
            ],
        ),
        (
            [row(WHO, new="དུད་་ཚང")],
            ["list.xlsx:7:7 E222 two tshegs in a row"],
        ),
        (
            [row(WHO, new="མུའུ་རེར་སྒོར་7.50སྤྲོད")],
            [
                "list.xlsx:7:7 E203 the number 7.50 repeats the value of area; "
                "when the value changes, this text would be wrong"
            ],
        ),
        (
            [row(WHO, new="དུད་ཚང", number=7), row(WHO, new="ཁྱིམ་ཚང", number=8)],
            ["list.xlsx:8:7 E880 this row has another new text for the same words as row 7"],
        ),
    ],
)
def test_a_wrong_row_is_told_and_nothing_is_decided(
    folder: Path, rows: list[Row], told: list[str]
) -> None:
    done, problems = decided(
        folder, *rows, row(SUMMARY, right="√", number=99) if len(rows) < 2 else rows[0]
    )
    assert done is None
    assert [f"{problem.place} {problem.code} {problem.message()}" for problem in problems] == told


def test_a_list_that_comes_back_a_second_time_decides_nothing_new(folder: Path) -> None:
    better = "རྩྭ་ཐང་བཀག་སྡོམ་གྱི་དུད་ཚང"
    text = (folder / POLICY).read_text(encoding="utf-8")
    (folder / POLICY).write_text(text.replace(WHO.bo, better), encoding="utf-8")
    digests = (text_digest(Text(zh=WHO.zh, bo=better)), text_digest(SUMMARY))
    entries = "".join(
        f"  - {{text: {each!r}, by: a, office: b, on: 2024-01-01}}\n" for each in digests
    )
    (folder / "reviews.yaml").write_text("reviews:\n" + entries, encoding="utf-8")
    assert decided(folder, row(WHO, new=better), row(SUMMARY, right="√")) == (Decisions(), [])


@pytest.mark.parametrize(
    ("told", "codes"),
    [
        (("", "局", "2024-09-01"), ["E874"]),
        (("", "", ""), ["E874", "E874", "E874"]),
        (("人", "局", "去年"), ["E875"]),
        (("人", "局", "2024-09-02"), ["E875"]),
        (("人", "局", "2024年9月1日"), ["E875"]),
        (("人", "局", "2024年09月01日"), []),
        (("人", "局", "2024-09-01"), []),
    ],
)
def test_who_read_is_asked_for_by_name_office_and_day(
    told: tuple[str, ...], codes: list[str]
) -> None:
    person, problems = read_person(told, "list.xlsx", TODAY)
    assert [problem.code for problem in problems] == codes
    assert (person is None) is bool(codes)


def test_how_far_the_reading_is_by_owner_and_by_person(folder: Path) -> None:
    catalogue, made = read(folder)
    digest = text_digest(WHO)
    catalogue = replace(catalogue, reviewed=frozenset({digest}))
    assert read_by_owner(catalogue)["grazing-ban"] == (1, 6)
    assert len(unread(made, catalogue)) == len(made) - 1
    reviews = [PERSON.model_copy(update={"text": each}) for each in (digest, "f" * 16)]
    assert read_by_person(reviews, made) == {("示例审读人", "示例县编译局"): 1}


def test_the_shipped_texts_can_be_read_in_half_a_day(root: Path) -> None:
    catalogue, made = read(root / "policies")
    assert len(made) < len(catalogue.texts)
    assert reading_minutes(made) <= 180


@pytest.mark.parametrize(
    ("paper", "pattern"),
    [
        ("docs/reviews-and-editions.md", r"一共大约 (\d+) 行.*?大约 (\d+) 分钟"),
        ("docs/reviews-and-editions.md", r"about (\d+) rows.*?about (\d+) minutes"),
    ],
)
def test_the_papers_tell_about_how_much_there_is_to_read(
    root: Path, paper: str, pattern: str
) -> None:
    _catalogue, made = read(root / "policies")
    text = " ".join((root / paper).read_text(encoding="utf-8").split())
    ((rows, minutes),) = re.findall(pattern, text)
    assert int(rows) == pytest.approx(len(made), rel=0.1)
    assert int(minutes) == pytest.approx(reading_minutes(made), rel=0.1)
