"""The language of the screens: the one that a person chose, else the browser's; Chinese for any
other.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

COOKIE = "policycards_language"
_LOCALE = Path(__file__).parent.parent / "locale"
_CATALOGUES = {"zh-hans": "zh", "bo": "bo"}


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation(
        "policycards", _LOCALE, [_CATALOGUES.get(language, "")], fallback=True
    )


def _(text: str) -> str:
    """A text in the language of the screen; English, the language of the sources, where there is
    none.
    """
    return (
        _catalogue(translation.get_language() or settings.LANGUAGE_CODE).gettext(text)
        if text
        else text
    )


def chosen_language(cookie: str, header: str) -> str:
    """What a person chose, else the first language of the browser that the screens have.

    >>> chosen_language("bo", "zh-CN,zh;q=0.9"), chosen_language("", "bo-CN,zh;q=0.9"), chosen_language("", "fr")
    ('bo', 'bo', 'zh-hans')
    """
    known = [code for code, _name in settings.LANGUAGES]
    if cookie in known:
        return cookie
    asked = [part.partition(";")[0].strip().lower()[:2] for part in header.split(",")]
    return next(
        (code for ask in asked for code in known if ask and code.startswith(ask)),
        settings.LANGUAGE_CODE,
    )


class Languages:
    """Sets the language of each answer. Django's own middleware refuses languages that Django has
    no texts in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(
            request.COOKIES.get(COOKIE, ""), request.headers.get("Accept-Language", "")
        )
        with translation.override(language):
            response = self._get_response(request)
        response.headers["Content-Language"] = language
        return response


def language(request: HttpRequest) -> dict[str, str | None]:
    """For templates: the language of the page."""
    return {"LANGUAGE_CODE": translation.get_language()}
