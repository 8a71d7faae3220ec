"""Placeholders of both languages agree, and no value of a policy is typed in its texts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from catalogue_folders import POLICY, good_folder

from policycards.catalogue import check


def policy(bo: str, zh: str, amounts: tuple[str, ...], unit: str) -> str:
    source = (
        "recorded: 2024-01-10, checked_on: 2024-06-01, source: {title: 办法}, missing: 未见原文"
    )
    values = "".join(
        f'      - {{from: "{2010 + n}", amount: "{a}", {source}}}\n' for n, a in enumerate(amounts)
    )
    who = f"{{bo: {json.dumps(bo, ensure_ascii=False)}, zh: {json.dumps(zh, ensure_ascii=False)}}}"
    return (
        "id: grazing-ban\ncategory: pasture\nname: {bo: ཀ, zh: 字}\nsummary: {bo: ཀ, zh:"
        f" 字}}\nwho: {who}\nstandards:\n  - id: first\n    unit: {unit}\n    pays: limit\n   "
        f" limit: at_most\n    values:\n{values}  - id: second\n    pays: in_kind\n"
    )


def codes(
    tmp_path: Path, bo: str, zh: str, amounts: tuple[str, ...] = ("6",), unit: str = "mu-year"
) -> list[str]:
    folder = tmp_path / "policies"
    if not folder.exists():
        good_folder(folder)
    (folder / POLICY).write_text(policy(bo, zh, amounts, unit), encoding="utf-8")
    return [problem.code for problem in check(folder, date(2024, 9, 1))[1]]


@pytest.mark.parametrize(
    ("zh", "amount"),
    [
        ("每亩6元", "6"),
        ("每亩 6 元", "6"),
        ("每亩６元", "6"),
        ("每亩༦元", "6"),
        ("每亩6.0元", "6"),
        ("每人1,200元", "1200"),
        ("最高2万元", "20000"),
        ("最高1.5万元", "15000"),
        ("标准为1200。", "1200"),
        ("补助标准1200", "1200"),
        ("贴息70%", "70"),
    ],
)
def test_a_value_typed_in_chinese_is_found(tmp_path: Path, zh: str, amount: str) -> None:
    assert "E203" in codes(tmp_path, "ཀ", zh, (amount,))


@pytest.mark.parametrize(
    ("bo", "amount"),
    [
        ("མུའུ་རེར་སྒོར་6སྤྲོད།", "6"),
        ("མུའུ་རེར་སྒོར་༦།", "6"),
        ("མུའུ་རེར་སྒོར་ 6 སྤྲོད།", "6"),
        ("སྒོར་1,200སྤྲོད།", "1200"),
        ("སྒོར་ཁྲི་2སྤྲོད།", "20000"),
        ("ཁ་གསབ། 1200།", "1200"),
    ],
)
def test_a_value_typed_in_tibetan_is_found(tmp_path: Path, bo: str, amount: str) -> None:
    assert "E203" in codes(tmp_path, bo, "字", (amount,))


@pytest.mark.parametrize(
    ("bo", "zh"),
    [
        ("ཟླ་6པའི་ནང་", "每年6月底前"),
        ("ལོ་6ཡན་", "6周岁以上"),
        ("ཉིན་6རེར་", "6天以内"),
        ("2006ལོའི་ཟླ་བ་6", "2006年6月"),
        ("མི་6ཡན་", "6人以上户"),
        ("སྒོར་60དང་16", "60元或16元"),
    ],
)
def test_the_same_figure_of_a_month_or_an_age_is_no_value(tmp_path: Path, bo: str, zh: str) -> None:
    assert codes(tmp_path, bo, zh) == []


def test_a_past_value_counts_too(tmp_path: Path) -> None:
    assert codes(tmp_path, "ཀ", "原为5元", ("5", "6")) == ["E203"]


def test_a_placeholder_may_name_its_standard(tmp_path: Path) -> None:
    assert (
        codes(tmp_path, "{value.first}ཀ{unit}ཀ{effective}", "{unit}字{effective}字{value.first}")
        == []
    )
    assert codes(tmp_path, "{value.third}", "{value.third}") == ["E200", "E200"]
    assert codes(tmp_path, "{n}", "{n}") == ["E200", "E200"]


def test_a_placeholder_of_a_standard_without_figures_has_nothing_to_stand_for(
    tmp_path: Path,
) -> None:
    assert codes(tmp_path, "{value.second}", "{value.second}") == ["E204", "E204"]


@pytest.mark.parametrize("text", ["ཀ{", "}ཀ", "ཀ{{value}", "{value}}"])
def test_a_brace_without_partner_is_found(tmp_path: Path, text: str) -> None:
    assert "E202" in codes(tmp_path, text, text.replace("ཀ", "字"))


def test_a_fixed_word_keeps_its_placeholders(tmp_path: Path) -> None:
    folder = good_folder(tmp_path / "policies")
    words = folder / "words.yaml"
    good = words.read_text(encoding="utf-8")

    def told(bo: str, zh: str) -> list[str]:
        lines = [line for line in good.splitlines() if not line.startswith("as_of:")]
        words.write_text(
            "\n".join([*lines, f'as_of: {{bo: "{bo}", zh: "{zh}"}}']) + "\n", encoding="utf-8"
        )
        return [problem.message() for problem in check(folder, date(2024, 9, 1))[1]]

    assert told("{date}བར", "截至{date}") == []
    assert told("ཀ", "截至{date}") == [
        "the placeholder {date} stands in zh only; the other language would lack it"
    ]
    assert (
        told("ཀ", "截至")
        == ["the placeholder {date} must stand in this text once, but stands 0 times"] * 2
    )
    assert told("{date}བར", "{date}至{date}") == [
        "the placeholder {date} must stand in this text once, but stands 2 times"
    ]
    unknown = "the placeholder {day} is not known here; the nearest known is {date}"
    needed = "the placeholder {date} must stand in this text once, but stands 0 times"
    assert sorted(told("{day}བར", "{day}")) == sorted([needed, needed, unknown, unknown])
