"""Other texts in a policy's file: just those lines differ, and what was typed is what is read."""

from __future__ import annotations

import codecs
import shutil
from datetime import date
from pathlib import Path

import pytest
from command import ROOT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policycards.catalogue.editing.catalogue_edit import apply, differences, open_catalogue, retold
from policycards.catalogue.editing.editable_texts import (
    LISTS,
    NEEDED,
    Change,
    as_json,
    fields_of,
    read_changes,
    reworded,
)
from policycards.catalogue.editing.yaml_edit import with_changes
from policycards.catalogue.model.form import parse_form
from policycards.catalogue.model.policy import Policy, Text
from policycards.catalogue.yaml.source import read_source

TODAY = date(2026, 11, 25)
FILES = sorted(path for path in (ROOT / "policies").glob("*/*.yaml") if path.parent.name != "tests")
COMMENTED = """\
# 表头
id: yak  # 代号
category: herds
name: {bo: 'གཡག', zh: 牦牛}  # 名称
# 说明在下面
summary:
  bo: "གཡག་གི་རོགས་དངུལ"
  # 中文
  zh: '牦牛补贴'
who:
  bo: >-
    འབྲོག
  zh: 牧户
how:
  # 先去村里
  - bo: གྲོང་ཚོ
    zh: 村委会  # 找主任
    # 带上名册
  # 再去乡里
  - {bo: ཤང་, zh: 乡政府}

  - bo: "རྫོང་"
    zh: "县里"
papers: [{bo: ཐོ, zh: 户口本}, {bo: བྱང་བུ, zh: 社保卡}]
paid:
  by:
    bo: བྱང་བུ
    zh: 社保卡
standards:
  # 只有一个标准
  - id: cow
    pays: by_notice
    label: {bo: བ, zh: 牛}
  - {id: calf, pays: by_notice}
# 文件到此为止
"""
wild = (
    st.text(min_size=1, max_size=12)
    | st.text(
        st.sampled_from("甲:#,'\"{}[]&*!|>%@`-?~= nullyes0\\藏བོད་།\u2028\x85\ufeff\t"),
        min_size=1,
        max_size=10,
    )
    | st.sampled_from(
        ["null", "~", "yes", "2016", "- a", "a: b", "#", " x ", "'", '"', "{value}", "...", "---"]
    )
)
texts = st.builds(lambda bo, zh: Text.model_construct(bo=bo, zh=zh), wild, wild)


def policy_of(content: bytes) -> Policy:
    document, problems = read_source(content, "x.yaml")
    assert document is not None, problems
    policy, problems = parse_form(Policy, document)
    assert policy is not None, problems
    return policy


def comments_of(content: bytes) -> list[str]:
    """The comments of the example that have lines of their own."""
    known = {line.strip() for line in COMMENTED.splitlines() if line.strip().startswith("#")}
    return [
        line.strip() for line in content.decode("utf-8-sig").splitlines() if line.strip() in known
    ]


def a_text(told: str) -> Text:
    return Text(bo=told, zh=told)


def lines_of(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").splitlines()


@st.composite
def wild_changes(draw: st.DrawFn, policy: Policy) -> list[Change]:
    """Any fields with any texts: lists reordered, cut, added to, reworded; what may be left out
    sometimes is.
    """
    made = []
    now = fields_of(policy)
    for field in draw(st.lists(st.sampled_from(sorted(now)), unique=True, min_size=1, max_size=5)):
        was = now[field]
        if field in LISTS:
            assert isinstance(was, tuple)
            kept = draw(st.permutations([*was, *draw(st.lists(texts, max_size=3))]))
            made.append(Change(field, was, tuple(kept[: draw(st.integers(0, len(kept)))])))
        elif isinstance(was, bool):
            made.append(Change(field, was, draw(st.booleans())))
        else:
            made.append(Change(field, was, draw(texts if field in NEEDED else st.none() | texts)))
    return made


@settings(max_examples=40)
@given(st.data())
def test_what_is_typed_is_what_is_read_and_comments_stay(data: st.DataObject) -> None:
    files = [
        COMMENTED.encode(),
        COMMENTED.replace("\n", "\r\n").encode(),
        *(path.read_bytes() for path in FILES[:12]),
    ]
    content = data.draw(st.sampled_from(files))
    policy = policy_of(content)
    changes = data.draw(wild_changes(policy))
    made = with_changes(content, changes)
    if made is None:  # a character that no file may hold, or a layout that cannot be taken apart
        return
    assert fields_of(policy_of(made)) == fields_of(reworded(policy, changes))
    assert policy_of(made).standards == reworded(policy, changes).standards
    if content == files[0]:
        assert sorted(comments_of(content)) == sorted(comments_of(made))
    if b"\r\n" in content:
        assert b"\n" not in made.replace(b"\r\n", b"")


@settings(max_examples=40)
@given(texts)
@example(Text.model_construct(bo="a: b # c", zh="null"))
def test_a_text_of_signs_that_people_type_is_always_taken(text: Text) -> None:
    changes = [Change("summary", None, text)]
    made = with_changes(COMMENTED.encode(), changes)
    printable = all(side.isprintable() for side in (text.bo, text.zh))
    assert made is not None or not printable
    if made:
        assert fields_of(policy_of(made))["summary"] == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_only_the_lines_of_the_field_change_in_every_shipped_policy(path: Path) -> None:
    content = path.read_bytes()
    made = with_changes(content, [Change("who", None, a_text("甲"))])
    assert made is not None
    differing = [
        (old, new) for old, new in zip(lines_of(content), lines_of(made), strict=True) if old != new
    ]
    assert [new.strip() for _old, new in differing] == ["bo: 甲", "zh: 甲"]
    added = with_changes(content, [Change("deadline", None, a_text("月底"))])
    assert added is not None
    if policy_of(content).deadline is None:
        assert with_changes(added, [Change("deadline", None, None)]) == content


def test_a_file_keeps_its_mark_and_its_line_ends() -> None:
    content = codecs.BOM_UTF8 + COMMENTED.replace("\n", "\r\n").encode()
    made = with_changes(content, [Change("office", None, a_text("乡政府"))])
    assert made is not None and made.startswith(codecs.BOM_UTF8)
    assert (
        made.count(b"\r\n") == made.count(b"\n") == content.count(b"\n") + 1
    )  # in braces, as the name


def test_a_comment_behind_a_text_stays_behind_it() -> None:
    policy = policy_of(COMMENTED.encode())
    step = Text(bo=policy.how[0].bo, zh="村里")
    changes = [
        Change("name", policy.name, a_text("马")),
        Change("how", policy.how, (step, *policy.how[1:])),
    ]
    made = with_changes(COMMENTED.encode(), changes)
    assert made is not None
    told = made.decode()
    assert "name: {bo: '马', zh: 马}  # 名称\n" in told and "    zh: 村里  # 找主任\n" in told


def test_steps_move_with_their_comments() -> None:
    steps = policy_of(COMMENTED.encode()).how
    made = with_changes(COMMENTED.encode(), [Change("how", steps, (steps[2], steps[0]))])
    assert made is not None
    told = made.decode()
    assert (
        told[told.index("how:") : told.index("papers:")] == "how:\n"
        "  # 先去村里\n"
        "  # 再去乡里\n"
        "\n"
        '  - bo: "རྫོང་"\n'
        '    zh: "县里"\n'
        "  - bo: གྲོང་ཚོ\n"
        "    zh: 村委会  # 找主任\n"
        "    # 带上名册\n"
    )


def test_a_change_as_json_is_read_again() -> None:
    policy = policy_of(COMMENTED.encode())
    changes = [
        Change("name", policy.name, a_text("马")),
        Change("how", policy.how, policy.how[:1]),
        Change("discreet", False, True),
        Change("paid.by", policy.paid and policy.paid.by, None),
    ]
    assert read_changes(as_json("yak", changes), policy, "x.json") == (changes, [])
    with_spaces = '{"fields": {"name": {"new": {"bo": " a  b\\n", "zh": "甲"}}}}'
    assert read_changes(with_spaces, policy, "x")[0][0].new == Text(bo="a b", zh="甲")


@pytest.mark.parametrize(
    "told",
    [
        "",
        "[]",
        "{}",
        '{"fields": []}',
        '{"fields": {"name": {"new": "x"}}}',
        '{"fields": {"how": {"new": null}}}',
        '{"fields": {"discreet": {"new": "yes"}}}',
        '{"fields": {"name": {}}}',
        '{"fields": {"name": {"new": {"bo": 1, "zh": ""}}}}',
    ],
)
def test_what_is_no_list_of_changes_is_refused(told: str) -> None:
    changes, problems = read_changes(told, policy_of(COMMENTED.encode()), "x.json")
    assert (changes, [each.code for each in problems]) == ([], ["E946"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    return tmp_path / "policies"


def test_a_change_is_proved_and_written_and_the_reverse_brings_the_file_back(folder: Path) -> None:
    opened, _problems = open_catalogue(folder)
    assert opened is not None
    policy = next(each for each in opened.catalogue.policies if each.id == "barley-seed")
    change = Change("summary", policy.summary, Text(bo="ནས་ཀྱི་ས་བོན", zh="青稞良种补贴"))
    files, problems = retold(opened, policy, [change], TODAY)
    assert problems == []
    before = (folder / "agriculture/barley-seed.yaml").read_bytes()
    assert [line.text.strip() for line in differences(files[0]) if line.sign == "+"] == [
        "bo: ནས་ཀྱི་ས་བོན",
        "zh: 青稞良种补贴",
    ]
    assert apply(opened, files) == []
    again, _problems = open_catalogue(folder)
    assert again is not None
    policy = next(each for each in again.catalogue.policies if each.id == "barley-seed")
    files, problems = retold(again, policy, [change.reverse], TODAY)
    assert problems == [] and files[0].new == before


def test_a_faulty_text_a_missing_side_and_a_field_changed_meanwhile_are_refused(
    folder: Path,
) -> None:
    opened, _problems = open_catalogue(folder)
    assert opened is not None
    policy = next(each for each in opened.catalogue.policies if each.id == "barley-seed")

    def refused(change: Change) -> list[tuple[str, str]]:
        files, problems = retold(opened, policy, [change], TODAY)
        assert files == []
        return [(each.code, each.place.file.rpartition("/")[2]) for each in problems]

    name = "barley-seed.yaml"
    assert refused(Change("summary", policy.summary, Text(bo="ནས{x}", zh="甲{x}")))[0] == (
        "E200",
        name,
    )
    assert refused(Change("summary", policy.summary, Text.model_construct(bo="", zh="甲"))) == [
        ("E883", name)
    ]
    assert refused(Change("who", policy.who, None)) == [("E883", name), ("E883", name)]
    assert refused(Change("who", a_text("以前"), a_text("以后"))) == [("E881", name)]
