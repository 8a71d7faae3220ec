"""The messages in Chinese and Tibetan: whole, fresh, with the placeholders of the English, and
decently written.
"""

from __future__ import annotations

import gettext
import importlib.util
import io
import re
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from command import ROOT, policycards

from policycards.catalogue.checks.catalogue_checks import text_faults
from policycards.catalogue.model.policy import Lang
from policycards.core.codes import KINDS

LANGUAGES: tuple[Lang, ...] = ("bo", "zh")
both = pytest.mark.parametrize("lang", LANGUAGES)


def load(name: str) -> ModuleType:
    """A script of ``tools/``, which is no package."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = load("messages")
TYPED = re.compile(r"--[a-z][a-z-]+|\w+\.(?:yaml|csv)|[a-z]+_[a-z_]+|U\+[0-9A-F]{4}", re.ASCII)
"""Options, file names, keys and numbers of characters: no words of a language."""


def po_file(lang: Lang) -> Path:
    """The texts of a language; the folder of Chinese has the name that Django gives it."""
    file: Path = tool.po_file({"zh": "zh_Hans"}.get(lang, lang))
    return file


def catalogue(lang: Lang) -> Catalog:
    return read_po(io.BytesIO(po_file(lang).read_bytes()))


def translated(lang: Lang) -> dict[str, str]:
    """English to translation."""
    return {str(message.id): str(message.string) for message in catalogue(lang) if message.id}


def names(text: str) -> set[str]:
    return {name for _text, name, _form, _conversion in Formatter().parse(text) if name is not None}


@both
def test_every_text_of_the_code_is_translated_and_no_other(lang: Lang) -> None:
    gathered = [str(message.id) for message in tool.gathered() if message.id]
    assert set(translated(lang)) == set(gathered), "run: make messages"
    assert tool.untranslated(catalogue(lang)) == []
    assert not [message.id for message in catalogue(lang) if message.fuzzy]
    assert not catalogue(lang).obsolete


def test_every_problem_code_has_its_message_and_hint_gathered() -> None:
    gathered = {message.id for message in tool.gathered()}
    assert not [kind.code for kind in KINDS.values() if not {kind.message, kind.hint} <= gathered]


@both
def test_a_translation_has_the_placeholders_of_the_english(lang: Lang) -> None:
    assert {
        text: told for text, told in translated(lang).items() if names(told) != names(text)
    } == {}


@both
def test_what_is_to_be_typed_stays_as_it_is(lang: Lang) -> None:
    lost = {
        text: set(TYPED.findall(text)) - set(TYPED.findall(told))
        for text, told in translated(lang).items()
    }
    assert {text: typed for text, typed in lost.items() if typed} == {}


@both
def test_the_catalogues_are_as_the_tool_writes_them(lang: Lang) -> None:
    file = po_file(lang)
    gathered = tool.updated(file.parts[-3], tool.gathered())
    assert file.read_bytes() == tool.po_text(gathered), "run: make messages"
    assert file.with_name("django.mo").read_bytes() == tool.mo_bytes(file.read_bytes()), (
        "run: make messages"
    )


@both
def test_a_compiled_catalogue_says_its_encoding_and_no_date(lang: Lang) -> None:
    with po_file(lang).with_name("django.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).info() == {"content-type": "text/plain; charset=UTF-8"}


QUOTED = re.compile("“[^”]*[\u4e00-\u9fff][^”]*”")


@both
def test_translations_are_written_as_the_catalogue_wants_texts_written(lang: Lang) -> None:
    """The same checks as for the texts of policies; in Chinese, signs of Tibetan are named (W214),
    in Tibetan, Chinese words that stand in a list or on a button are quoted.
    """
    faults = [
        (fault[0], text)
        for text in translated(lang).values()
        for fault in text_faults(QUOTED.sub("“A”", text) if lang == "bo" else text, lang)
    ]
    assert [fault for fault in faults if fault[0] != "W214"] == []


def test_a_tibetan_translation_does_not_end_with_a_tsheg() -> None:
    assert not [told for told in translated("bo").values() if told.endswith("་")]


def test_a_chinese_translation_prints_on_a_gbk_console() -> None:
    """The Tibetan signs that some hints name are escaped there; nothing else is."""
    for told in translated("zh").values():
        re.sub("[\u0f00-\u0fff]", "", told).encode("gbk")


@pytest.mark.parametrize(
    ("lang", "message", "hint"),
    [
        (
            "zh",
            "E100  这个文件读不了：",
            "\n      请看文件在不在、是否被别的程序打开着、有没有权限读。\n",
        ),
        ("bo", "E100  ཡིག་ཆ་འདི་ཀློག་ཐབས་མེད།", "\n      ཡིག་ཆ་ཡོད་མེད་དང་།"),
        ("en", "E100  this file cannot be read: ", "\n      Check that the file exists,"),
    ],
)
def test_a_code_is_explained_in_the_chosen_language(lang: str, message: str, hint: str) -> None:
    said = policycards("codes", "E100", "--lang", lang)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(message)
    assert hint in said.out
