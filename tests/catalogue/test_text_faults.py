"""What is a fault in a Tibetan or Chinese text, what is not, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards.catalogue.checks.catalogue_checks import text_faults
from policycards.catalogue.model.policy import Lang
from policycards.catalogue.yaml.source import excerpt

GOOD_TIBETAN = [
    "བོད་ཡིག་ནི་ཡིག་རིགས་ཤིག་ཡིན།",
    "རྩྭ་ཐང་། ཕྱུགས།",
    "ང་། ཁྱོད།",
    "ཤོག །འགྲོ",
    "བདག འགྲོ།",
    "ལག་པ། །མགོ།",
    "བཀྲ་ཤིས་བདེ་ལེགས༎ དེ་ནས༎",
    "བསྒྲུབས་པའི་བསྒྲིགས་འཇོག",
    "མཐའི་མཚམས་མཐའང་ལེའུའི་ནང",
    "སྒོར་{value}ནས་{unit}བར།",
    "སྒོར་7.50དང་སྒོར་༧.༥",
    "ལོ་16ཡན་གྱི་མི། ཁ་པར་0891-1234567",
    "9:30–18:00",
    "༄༅། །སྲིད་ཇུས།",
    "ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ",
    "《སྲིད་ཇུས》（དྲུག་པ）ནང་།",
    "QR་རྟགས་དང་App ལ་ལྟོས།",
    "སངས་རྒྱས༔ ནམཿ བདག",
    "ཕ༹ྱ་ཙ༹",
    "བརྒྱ་ཆ་50%ལས་མང་།",
]
FAULTY_TIBETAN = [
    ("ཐང། ", "W207 W237"),
    ("བོད།།ཡིག༎", "E233"),
    ("བོད།  ཡིག", "W207"),
    ("བོད\u00a0ཡིག", "E231"),
    ("རྟོགས པར", "E231"),
    ("བོད་\u00a0ཡིག", "W239"),
    ("བོད\u0f0c\u0f0bཡིག", "E222"),
    ("1\u0f72", "E221"),
    ("\u0f72ཀ", "E221"),
    ("མ།\u0f72", "E221"),
    ("ཀ\u0f72\u0f72", "E224"),
    ("ཀ\u0f74\u0f74", "E224"),
    ("ཀ\u0f7c\u0f7c", "E223"),
    ("ཀ\u0f72\u0f90", "E227"),
    ("ཀ\u0f7e\u0f90", "E227"),
    ("་\u0f90", "E229"),
    ("ཧ\u0f7e\u0f74", "E228"),
    ("བོད.ཡིག", "E230"),
    ("བོད·ཡིག", "E230"),
    ("བོདlཡིག", "E230"),
    ("བོད་ཡིགI", "E230"),
    ("བོད,ཡིག", "E230"),
    ("བོད\u200bཡིག", "E208"),
    ("བོད\ufeffཡིག", "E208"),
    ("བོད\uf300ཡིག", "E209"),
    ("བོད\ufffdཡིག", "E210"),
    ("བོད???", "E210"),
    ("༼བོད", "E211"),
    ("བོད༽", "E211"),
    ("（བོད》", "E211 E211"),
    ("བོད\u0f33", "E234"),
    ("ཀ\u0f79", "E235"),
    ("བོདཡིགདེབརྩམས", "E232"),
    ("བོད་ལོ１༢", "W212"),
    ("བོད་ཡིག\tདེབ", "E206"),
    ("བོད\n", "E206"),
]
GOOD_CHINESE = [
    "每年6月底前，打入社会保障卡。",
    "草场划入禁牧区的牧户（含联户）",
    "办理时间：9:30至18:00",
    "可打开微信 App 查看QR码，或拨打0891-1234567",
    "{unit}，{effective}起执行",
    "补助比例为70%，住院另计！",
    "《办法》第3.2条",
]
FAULTY_CHINESE = [
    ("每亩,每年", "W215"),
    ("每年(含)", "W215 W215"),
    ("办法:每年", "W215"),
    ("打入社保卡.", "W215"),
    ("每亩 每年", "W216"),
    ("１２元", "W212"),
    ("每亩\u200d每年", "E208"),
    ("《办法", "E211"),
    (" 每亩", "W207"),
    ("每亩བོད", "W214"),
]


def codes(text: str, lang: Lang) -> str:
    return " ".join(sorted(code for code, _, _ in text_faults(text, lang)))


@pytest.mark.parametrize("text", GOOD_TIBETAN)
def test_good_tibetan_has_no_fault(text: str) -> None:
    assert codes(text, "bo") == ""


@pytest.mark.parametrize(("text", "expected"), FAULTY_TIBETAN, ids=lambda value: ascii(value))
def test_a_fault_in_tibetan_is_told_once(text: str, expected: str) -> None:
    assert codes(text, "bo") == expected


@pytest.mark.parametrize("text", GOOD_CHINESE)
def test_good_chinese_has_no_fault(text: str) -> None:
    assert codes(text, "zh") == ""


@pytest.mark.parametrize(("text", "expected"), FAULTY_CHINESE, ids=lambda value: ascii(value))
def test_a_fault_in_chinese_is_told_once(text: str, expected: str) -> None:
    assert codes(text, "zh") == expected


def test_a_fault_is_told_at_its_character() -> None:
    assert [(code, at) for code, at, _ in text_faults("བོད་ཡིག，བོད", "bo")] == [("E220", 7)]


def test_the_mark_to_write_instead_is_named() -> None:
    faults = {code: facts for code, _, facts in text_faults("ཐེེང་ཪང", "bo")}
    assert faults["E223"]["plain"] == "U+0F7B"
    assert faults["E226"]["plain"] == "'ར' (U+0F62)"


def test_long_finds_are_not_spelt_out_without_end() -> None:
    assert excerpt("?" * 1000).count("U+") == 8 and len(excerpt("?" * 1000)) < 100


@given(st.text(max_size=120), st.sampled_from(["bo", "zh"]))
def test_faults_of_any_text_lie_within_it(text: str, lang: Lang) -> None:
    for code, at, facts in text_faults(text, lang):
        assert (
            0 <= at <= len(text)
            and len(code) == 4
            and all(isinstance(fact, str) for fact in facts.values())
        )


@given(st.text(alphabet="ཀཁགངརསཤལབོདཱིེྀུྐྱྲྭ་༌།༎ \u00a0༼༽ཾཿ0༣|{}a，", max_size=60))
def test_faults_of_any_tibetan_lie_within_it(text: str) -> None:
    assert all(0 <= at <= len(text) for _, at, _ in text_faults(text, "bo"))
