"""What browsers send, made safe in one place, and the card codes that people scan or type.

No text is longer than its column, no number larger than a database holds, no day outside the
calendar of the ledger, and nothing has a NUL in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from policycards.core.problems import Place, Problem
from policycards.qr import parse_code
from policycards.qr.key import LENGTH

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
_DIGITS = 9


class CleanParameters:
    """Refuses a request (400) with a NUL in its address, its query, its form or a file's name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        texts = [request.path_info, *_texts(request.GET.lists())]
        if request.content_type != "application/json":
            texts += _texts(request.POST.lists())
            texts += [each.name or "" for _name, files in request.FILES.lists() for each in files]
        if any("\0" in text for text in texts):
            raise BadRequest("a NUL")


def _texts(lists: Iterable[tuple[str, list[str]]]) -> list[str]:
    return [text for name, values in lists for text in (name, *values)]


def text_of(sent: Mapping[str, str], name: str, most: int) -> str:
    """A text without the spaces around it, no longer than ``most``."""
    return sent.get(name, "").strip()[:most]


def number_of(sent: Mapping[str, str], name: str) -> int | None:
    """A whole number of at most nine digits; None where there is none."""
    text = sent.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def day_of(sent: Mapping[str, str], name: str) -> date | None:
    """A day of this century; None where there is none."""
    try:
        day = date.fromisoformat(sent.get(name, "")[:10])
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None


def id_of(sent: Mapping[str, str], name: str) -> UUID | None:
    """The id of an event; None where there is none."""
    try:
        return UUID(sent.get(name, ""))
    except ValueError:
        return None


def typed_code(text: str) -> tuple[str | None, bool, list[Problem]]:
    """The code that was typed, whether a scanner typed it (with its whole address), or what is
    wrong with it.

    A scanner set to another keyboard types full-width signs; of what follows # only the code
    counts.

    >>> typed_code("https://card.example/c/2024b/#7F3K9Q2M8ZT18")
    ('7F3K9Q2M8ZT1', True, [])
    >>> typed_code("7f3k-9q2m-8zt1")
    ('7F3K9Q2M8ZT1', False, [])
    """
    address, sign, fragment = text.strip().replace("＃", "#").rpartition("#")
    typed = fragment[:LENGTH] if sign else text.strip()
    code, problems = parse_code(typed, Place("typed"))
    return code, bool(sign and address), problems
