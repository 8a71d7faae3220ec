"""Screens in three languages: every text of a template has its translations, and none breaks a page."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template import Context, Engine
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import get_language_from_request

import policycards

PACKAGE = Path(policycards.__file__).parent
SAID = re.compile(r"""\{% (translate|sentence) (?:"([^"]*)"|'([^']*)')""")
ENGINE = Engine(builtins=["django.templatetags.i18n", "policycards.web.templatetags.texts"])


def texts() -> list[tuple[str, str, str]]:
    """Template, tag and text of whatever templates of the two applications say."""
    files = [*PACKAGE.glob("ledger/templates/**/*.html"), *PACKAGE.glob("desk/templates/**/*.html")]
    files += PACKAGE.glob("web/templates/**/*.html")
    return [
        (file.name, found[1], found[2] or found[3])
        for file in sorted(files)
        for found in SAID.finditer(file.read_text(encoding="utf-8"))
    ]


def translations(language: str) -> dict[str, str]:
    file = PACKAGE / "locale" / language / "LC_MESSAGES" / "policycards.po"
    return {str(each.id): str(each.string) for each in read_po(io.BytesIO(file.read_bytes()))}


@pytest.mark.parametrize("folder", ["bo", "zh_Hans"])
def test_no_text_of_a_template_can_break_out_of_it(folder: str) -> None:
    """``translate`` gives a text as it is, into an attribute too."""
    known = translations(folder)
    found = texts()
    assert len(found) > 700
    broken = [
        (template, text)
        for template, tag, text in found
        if tag == "translate" and set('<>&"%') & set(text + known[text])
    ]
    assert broken == []


def test_only_texts_with_braces_or_percent_signs_are_sentences() -> None:
    """Any other is Django's ``translate``; some of those have braces that a script fills."""
    wrong = [
        (template, text)
        for template, tag, text in texts()
        if tag == "sentence" and not set("{%") & set(text)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "plain", "filled"),
    [
        ("zh-hans", "首页", "正在办：3 项"),
        ("bo", "གཙོ་ངོས།", "བྱེད་བཞིན་པ། 3"),
        ("en", "Home", "Under way: 3"),
    ],
)
def test_templates_speak_the_language_that_is_set(language: str, plain: str, filled: str) -> None:
    source = '{% translate "Home" %}|{% sentence "Under way: {count}" count=3 %}'
    with translation.override(language):
        assert ENGINE.from_string(source).render(Context()) == f"{plain}|{filled}"


@pytest.mark.parametrize(
    ("cookie", "header", "language"),
    [
        ("bo", "zh-CN,zh;q=0.9", "bo"),
        ("", "bo-CN,zh;q=0.9", "bo"),
        ("", "en-GB,zh;q=0.5", "en"),
        ("", "zh-TW", "zh-hans"),
        ("", "fr", "zh-hans"),
        ("xx", "", "zh-hans"),
    ],
)
def test_what_was_chosen_comes_before_the_browser_and_chinese_is_the_rest(
    cookie: str, header: str, language: str
) -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": header})
    request.COOKIES["policycards_language"] = cookie
    assert get_language_from_request(request) == language
