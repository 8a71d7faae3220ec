"""The language of messages: chosen once, when the program starts, from --lang or the
environment.
"""

from __future__ import annotations

import gettext
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

LOCALE = Path(__file__).parent.parent / "locale"
LANGUAGES = ("zh", "bo", "en")

_translations: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def chosen_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """``--lang``, wherever it stands, else POLICYCARDS_LANG, else the system's language; Chinese
    for any other.

    >>> chosen_language(["check", "--lang", "bo"], {})
    'bo'
    >>> chosen_language(["check"], {"LANG": "en_US.UTF-8"})
    'en'
    """
    named = _split(arguments)[0]
    if named:
        return named[-1]
    spoken = [
        environment.get(name, "")[:2].lower()
        for name in ("POLICYCARDS_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    ]
    return next((language for language in spoken if language in LANGUAGES), "zh")


def without_language(arguments: Sequence[str]) -> list[str]:
    """The arguments without ``--lang`` and its value, so that it may stand before or behind the
    command.

    >>> without_language(["check", "--lang", "bo", "policies"])
    ['check', 'policies']
    """
    return _split(arguments)[1]


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    named: list[str] = []
    rest: list[str] = []
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            named.append(next(words, ""))
        elif word.startswith("--lang="):
            named.append(word.removeprefix("--lang="))
        else:
            rest.append(word)
    return named, rest


def use(language: str) -> None:
    """Make a language the one of all messages. A missing catalogue leaves English."""
    global _translations, _language
    _language = language
    folder = "zh_Hans" if language == "zh" else language
    _translations = gettext.translation("django", LOCALE, [folder], fallback=True)


def in_language(bo: str, zh: str) -> str:
    """A text of the catalogue in the language of messages; where that is English, in Chinese."""
    return bo if _language == "bo" else zh


def _(text: str) -> str:
    """A message in the chosen language.

    A translation's plain text; English, the language of the sources, where there is none.
    """
    return _translations.gettext(text) if text else text


def can_print(text: str) -> bool:
    """Whether the console's encoding has every character of a text: a GBK console has no
    Tibetan.
    """
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def N_(text: str) -> str:
    """Mark a text for translation; the catalogue of codes has the same, but takes longer to read."""
    return text


def translate_help(command: Any) -> None:
    """Bring the help of a command or group and of its options into the chosen language."""
    for each in (command, *command.params):
        if text := getattr(each, "help", None):
            each.help = _(text)
