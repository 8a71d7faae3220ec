"""The field page: one page for everybody, whose names and codes come only from what a phone has
opened.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from csp.constants import SELF, WASM_UNSAFE_EVAL
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from policycards.ledger.mobile.phone_words import kinds
from policycards.ledger.mobile.phone_words import words as said

_ROOM = Path(__file__).parent.parent
_FILES = _ROOM / "static" / "mobile"
_SHARED = [_ROOM.parent / "site" / "assets" / name for name in ("code.js", "letters.js")]
"""What the detail site reads codes and looks for names with."""
_SCRIPT = "text/javascript; charset=utf-8"


@require_safe
@csp_update(
    {"script-src": [SELF, WASM_UNSAFE_EVAL]}
)  # the reader of QR codes is compiled in the phone
def page(request: HttpRequest) -> HttpResponse:
    """The page; it looks the same to everybody, and the phone keeps it."""
    return render(request, "mobile/page.html")


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """The page's words in both languages, as a script."""
    return HttpResponse(_words(), content_type=_SCRIPT)


@cache
def _words() -> str:
    constants = {"WORDS": said(), "KINDS": kinds()}
    return "".join(
        f"export const {name} = {json.dumps(facts, ensure_ascii=False)};\n"
        for name, facts in constants.items()
    )


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the list of what it keeps; another version of any of it makes
    another worker.
    """
    static = f"/{settings.STATIC_URL.strip('/')}"
    shell = [
        reverse("field:page"),
        reverse("field:words"),
        *(f"{static}/site/{file.name}" for file in _SHARED),
    ]
    shell += [f"{static}/mobile/{file.relative_to(_FILES)}" for file in _shell()]
    head = f'const VERSION = "field-{_version()}";\nconst SHELL = {json.dumps(shell)};\n'
    return HttpResponse(
        head + (_FILES / "worker.js").read_text(encoding="utf-8"), content_type=_SCRIPT
    )


@cache
def _shell() -> list[Path]:
    kept = (
        file
        for file in sorted(_FILES.rglob("*"))
        if file.suffix in (".css", ".js", ".wasm", ".woff2")
    )
    return [file for file in kept if file.name != "worker.js"]


@cache
def _version() -> str:
    template = _ROOM / "templates" / "mobile" / "page.html"
    content = sha256(_words().encode())
    for file in (*_shell(), *_SHARED, template, _FILES / "worker.js"):
        content.update(file.read_bytes())
    return content.hexdigest()[:16]
