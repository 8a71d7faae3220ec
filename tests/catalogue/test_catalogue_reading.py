"""Reading a catalogue's folder: what is kept, what is left out, and what decides the digest."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from catalogue_folders import POLICY, good_folder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policycards.catalogue import Catalogue, Text, check, read_catalogue, text_digest
from policycards.core.problems import Place
from policycards.tables.encoding import LIMIT

TODAY = date(2024, 9, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return good_folder(tmp_path / "policies")


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def read(folder: Path) -> Catalogue:
    catalogue, problems = read_catalogue(folder)
    assert catalogue is not None and problems == []
    return catalogue


def codes(folder: Path) -> list[str]:
    return [problem.code for problem in read_catalogue(folder)[1]]


def test_a_policy_with_an_error_is_left_out_and_the_rest_is_there(folder: Path) -> None:
    good = (folder / POLICY).read_text(encoding="utf-8")
    (folder / "pasture" / "balance.yaml").write_text(
        good.replace("id: grazing-ban", "id: balance").replace("pays: cash", "pays: gold"),
        encoding="utf-8",
    )
    catalogue, problems = read_catalogue(folder)
    assert [problem.code for problem in problems] == ["E133"]
    assert catalogue is not None and [policy.id for policy in catalogue.policies] == ["grazing-ban"]
    assert {located.owner for located in catalogue.texts} == {
        "catalogue",
        "words",
        "areas",
        "contacts",
        "grazing-ban",
    }


def test_policies_come_in_the_order_of_categories_then_by_id(folder: Path) -> None:
    good = (folder / POLICY).read_text(encoding="utf-8")
    change(
        folder / "catalogue.yaml",
        (
            "  - id: pasture",
            "  - {id: school, name: {bo: སློབ་གསོ, zh: 教育}, pictogram: a}\n  - id: pasture",
        ),
    )
    for name, category in (("zebra", "school"), ("alpha", "pasture")):
        (folder / category).mkdir(exist_ok=True)
        text = good.replace("id: grazing-ban", f"id: {name}").replace(
            "category: pasture", f"category: {category}"
        )
        (folder / category / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert [policy.id for policy in read(folder).policies] == ["zebra", "alpha", "grazing-ban"]


def test_of_two_policies_with_one_id_only_the_first_is_read(folder: Path) -> None:
    good = (folder / POLICY).read_text(encoding="utf-8")
    (folder / "zoo").mkdir()
    (folder / "zoo" / "grazing-ban.yaml").write_text(good, encoding="utf-8")
    catalogue, problems = read_catalogue(folder)
    assert [(problem.code, Path(problem.place.file).parent.name) for problem in problems] == [
        ("E152", "zoo")
    ]
    assert catalogue is not None and len(catalogue.policies) == 1


def test_a_policy_may_not_take_the_name_of_a_file_of_the_frame(folder: Path) -> None:
    good = (folder / POLICY).read_text(encoding="utf-8")
    (folder / "pasture" / "words.yaml").write_text(
        good.replace("id: grazing-ban", "id: words"), encoding="utf-8"
    )
    assert codes(folder) == ["E152"]


@pytest.mark.parametrize("name", ["catalogue.yaml", "words.yaml", "areas.csv", "contacts.csv"])
def test_without_a_file_of_the_frame_there_is_no_catalogue(folder: Path, name: str) -> None:
    (folder / name).unlink()
    catalogue, problems = read_catalogue(folder)
    assert catalogue is None
    assert [str(problem.place) for problem in problems if problem.code == "E114"] == [
        folder.as_posix()
    ]


def test_a_folder_that_is_not_there_is_told_once_for_each_file(tmp_path: Path) -> None:
    catalogue, problems = read_catalogue(tmp_path / "nowhere")
    assert catalogue is None
    assert [problem.code for problem in problems] == ["E114"] * 4


def test_words_have_exactly_the_keys_that_cards_need(folder: Path) -> None:
    words = folder / "words.yaml"
    lines = [
        line
        for line in words.read_text(encoding="utf-8").splitlines()
        if not line.startswith("who:")
    ]
    words.write_text("\n".join([*lines, "whom: {bo: ཀ, zh: 字}"]) + "\n", encoding="utf-8")
    catalogue, problems = read_catalogue(folder)
    assert catalogue is None
    assert [problem.message() for problem in problems] == [
        "the key who is missing here",
        "the key 'whom' is not known here; the nearest known one is who",
    ]


def test_the_nearest_key_that_is_known_is_named_where_it_belongs(folder: Path) -> None:
    change(folder / POLICY, ("    quantity: mu", "    quantitiy: mu"), ("recorded:", "record:"))
    problems = read_catalogue(folder)[1]
    assert [problem.message() for problem in problems] == [
        "the key 'quantitiy' is not known here; the nearest known one is quantity",
        "the key recorded is missing here",
        "the key 'record' is not known here; the nearest known one is recorded",
    ]


def test_python_names_of_keys_are_not_keys_of_the_format(folder: Path) -> None:
    change(folder / POLICY, ('- from: "2011"', '- since: "2011"'))
    assert codes(folder) == ["E120", "E121"]


def test_a_part_of_a_policy_knows_its_place(folder: Path) -> None:
    catalogue = read(folder)
    file = (folder / POLICY).as_posix()
    assert catalogue.place("grazing-ban", "standards", 0, "values", 1, "amount") == Place(
        file, 33, 18
    )
    assert catalogue.place("grazing-ban", "deadline") == Place(file, 1, 1)
    assert catalogue.place("areas", "549901").line == 3


def test_texts_know_owner_path_and_the_place_of_both_languages(folder: Path) -> None:
    texts = {(located.owner, located.path): located for located in read(folder).texts}
    file = (folder / POLICY).as_posix()
    how = texts["grazing-ban", ("how", 0)]
    line = (folder / POLICY).read_text(encoding="utf-8").splitlines()[12]
    assert (how.bo, how.zh) == (Place(file, 13, 10), Place(file, 13, line.index("到") + 1))
    assert texts["areas", ("549901",)].text.zh == "示例县"
    assert texts["contacts", (0, "hours")].bo == Place((folder / "contacts.csv").as_posix(), 2)
    assert ("grazing-ban", ("standards", 0, "label")) in texts and (
        "catalogue",
        ("units", 0, "label"),
    ) in texts


def test_reviews_are_known_by_digest_and_may_be_absent(folder: Path) -> None:
    assert read(folder).reviewed == {"0123456789abcdef"}
    (folder / "reviews.yaml").unlink()
    assert read(folder).reviewed == frozenset()


def test_faulty_reviews_make_all_a_draft(folder: Path) -> None:
    change(folder / "reviews.yaml", ("0123456789abcdef", "0123"))
    catalogue, problems = read_catalogue(folder)
    assert catalogue is not None and catalogue.reviewed == frozenset()
    assert [problem.code for problem in problems] == ["E134"]


def test_a_digest_of_a_text_changes_with_either_language_only() -> None:
    digest = text_digest(Text(bo="བོད་", zh="补助"))
    assert digest == "e9eb23892f0f6ea8"
    assert text_digest(Text(bo="བོད་ ", zh="补助\n")) == digest
    assert text_digest(Text(bo="བོད", zh="补助")) != digest
    assert text_digest(Text(bo="བོད་", zh="补 助")) != digest
    assert text_digest(Text(bo="\u0f69", zh="字")) == text_digest(Text(bo="\u0f40\u0fb5", zh="字"))


def test_the_digest_is_the_same_on_windows_and_changes_with_every_file(folder: Path) -> None:
    digest = read(folder).digest
    for name in ("catalogue.yaml", "contacts.csv", POLICY):
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    assert read(folder).digest == digest
    (folder / "reviews.yaml").unlink()
    (folder / "editions").mkdir()
    (folder / "editions" / "2024b.yaml").write_text("standards: []\n", encoding="utf-8")
    (folder / "policy.schema.json").write_text("{}", encoding="utf-8")
    assert read(folder).digest == digest
    change(folder / "contacts.csv", ("0000-0000002", "0000-0000003"))
    assert read(folder).digest != digest


def test_a_digest_is_sixty_four_hexadecimal_digits(folder: Path) -> None:
    digest = read(folder).digest
    assert len(digest) == 64 and int(digest, 16) >= 0


def test_a_table_from_a_chinese_excel_is_read_with_a_warning(folder: Path) -> None:
    contacts = folder / "contacts.csv"
    contacts.write_bytes(contacts.read_text(encoding="utf-8").encode("gb18030"))
    catalogue, problems = read_catalogue(folder)
    assert [problem.code for problem in problems] == ["W103"]
    assert catalogue is not None and catalogue.contacts[1].office.zh == "示例县财政局"


def test_line_ends_of_old_computers_do_not_confuse_the_lines_of_a_table(folder: Path) -> None:
    content = (folder / "contacts.csv").read_bytes()
    (folder / "contacts.csv").write_bytes(
        content.replace(b"\n", b"\r").replace(b"0000-0000002", b"x")
    )
    assert [(problem.code, problem.place.line) for problem in read_catalogue(folder)[1]] == [
        ("E144", 3)
    ]


def test_a_faulty_row_is_left_out_and_the_others_stay(folder: Path) -> None:
    change(folder / "contacts.csv", ("0000-0000002", "x"))
    catalogue, problems = read_catalogue(folder)
    assert [problem.code for problem in problems] == ["E144"]
    assert catalogue is not None and [contact.role for contact in catalogue.contacts] == ["ask"]


def test_a_faulty_area_is_not_reported_again_wherever_it_is_named(folder: Path) -> None:
    change(folder / "areas.csv", ("示例县,四类", "示例县,五类"))
    assert codes(folder) == ["E156"]


def test_contacts_of_one_area_and_role_stand_once(folder: Path) -> None:
    change(folder / "contacts.csv", ("supervise", "ask"))
    first = f"{(folder / 'contacts.csv').as_posix()}:2:1"
    assert [problem.message() for problem in read_catalogue(folder)[1]] == [
        f"549901 ask is used twice, first at {first}; nobody could tell the two apart"
    ]


def test_a_recording_outside_the_policys_folder_is_never_looked_for(folder: Path) -> None:
    change(
        folder / POLICY,
        ("category: pasture\n", "category: pasture\naudio: {bo: ../catalogue.yaml}\n"),
    )
    assert codes(folder) == ["E158"]


def test_a_file_of_just_the_limit_is_read(folder: Path) -> None:
    path = folder / POLICY
    content = path.read_bytes()
    path.write_bytes(content + b"#" * (LIMIT - len(content)))
    assert codes(folder) == []
    path.write_bytes(content + b"#" * (LIMIT + 1 - len(content)))
    assert codes(folder) == ["E101"]


def test_a_file_of_a_thousand_unknown_keys_is_refused_with_a_page_of_them(folder: Path) -> None:
    (folder / POLICY).write_text("".join(f"key{n}: x\n" for n in range(20_000)), encoding="utf-8")
    assert 10 < len(codes(folder)) <= 100


def test_a_table_without_rows_leaves_the_offices_area_unknown(folder: Path) -> None:
    (folder / "areas.csv").write_text("code,bo,zh,area_class\n", encoding="utf-8")
    catalogue, problems = read_catalogue(folder)
    assert catalogue is not None and catalogue.areas == {}
    assert {problem.code for problem in problems} == {"E157"}


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux lets a file have a name that is no text"
)
def test_a_file_name_that_is_no_text_can_still_be_told(folder: Path) -> None:
    name = os.fsencode(folder / "pasture") + b"/\xff.yaml"
    Path(os.fsdecode(name)).write_text("id: x\n", encoding="utf-8")
    told = [str(problem) for problem in read_catalogue(folder)[1]]
    assert told and all(line.encode("utf-8") for line in told)


def test_equal_keys_do_not_hide_the_other_faults_of_a_file(folder: Path) -> None:
    change(
        folder / POLICY,
        ("category: pasture\n", "category: pasture\nid: twice\n"),
        ("pays: cash", "pays: gold"),
    )
    assert codes(folder) == ["E111", "E133"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (POLICY, "id: a\n" * 50_000),
        (POLICY, "- 1\n" * 50_000),
        (POLICY, "how:\n" + "  - {bo: ཀ, zh: }\n" * 20_000),
        ("areas.csv", "x," * 200_000 + "\n"),
        ("areas.csv", "code,bo,zh,area_class\n" + "x\n" * 100_000),
        ("areas.csv", "code,bo,zh,area_class\n" + "x," * 200_000),
        ("contacts.csv", '"' + "x" * 500_000),
    ],
)
def test_a_file_of_nothing_but_faults_is_told_in_a_page(
    folder: Path, name: str, content: str
) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    assert 0 < len(check(folder, TODAY)[1]) <= 110


@pytest.mark.parametrize("fault", ["（", "字,", "{a}"])
def test_a_text_of_nothing_but_faults_is_told_in_a_page(folder: Path, fault: str) -> None:
    change(folder / POLICY, ("zh: 草场划入禁牧区的牧户", f'zh: "{fault * 50_000}"'))
    assert 0 < len(check(folder, TODAY)[1]) <= 110


def test_neither_sql_nor_data_frames_are_loaded_to_read_or_check(folder: Path) -> None:
    before = set(sys.modules)
    check(folder, TODAY)
    assert not {"polars", "sqlglot", "reportlab"} & (set(sys.modules) - before)


quiet = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@quiet
@given(
    content=st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8"))
    )
)
def test_arbitrary_files_are_reported_and_never_raise(folder: Path, content: bytes) -> None:
    for name in (POLICY, "areas.csv", "contacts.csv", "reviews.yaml"):
        (folder / name).write_bytes(content)
    catalogue, _ = check(folder, TODAY)
    assert catalogue is None or catalogue.policies == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_a_good_file_with_a_slip_anywhere_never_raises(
    folder: Path, root: Path, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([POLICY, "catalogue.yaml", "areas.csv", "contacts.csv"]))
    text = (root / "tests/catalogue/good" / name).read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 30))
    put = data.draw(st.text(alphabet="\r\n -:[]{}'\",0129aཀ་།字，：\u200b\t&*", max_size=6))
    (folder / name).write_text(text[:at] + put + text[at + length :], encoding="utf-8", newline="")
    try:
        check(folder, TODAY)
    finally:
        (folder / name).write_text(text, encoding="utf-8")


def test_a_folder_that_cannot_be_read_is_told_and_never_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = good_folder(tmp_path / "policies")
    scandir = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "pasture":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    _catalogue, problems = read_catalogue(folder)
    assert [(each.code, Path(each.place.file).name) for each in problems] == [("E100", "pasture")]


@pytest.mark.parametrize("name", ["grazing-ban-2.YAML", "grazing-ban-2.Yml", "deeper/x.yaml"])
def test_a_policy_under_another_ending_is_not_passed_over(name: str, tmp_path: Path) -> None:
    folder = good_folder(tmp_path / "policies")
    spare = folder / "pasture" / name
    spare.parent.mkdir(exist_ok=True)
    shutil.copyfile(folder / POLICY, spare)
    _catalogue, problems = read_catalogue(folder)
    assert [each.code for each in problems] == ["W113"]


@pytest.mark.parametrize("name", ["pasture/pipe.yaml", "pipe.yml"])
def test_what_is_no_regular_file_is_refused_and_not_waited_for(name: str, tmp_path: Path) -> None:
    folder = good_folder(tmp_path / "policies")
    os.mkfifo(folder / name)
    _catalogue, problems = read_catalogue(folder)
    assert [each.code for each in problems] == (["E100"] if name.endswith(".yaml") else [])
