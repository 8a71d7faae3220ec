"""The page for phones: the same for everybody, with its words in both languages.

Names and codes come only from what a phone has opened. A phone without a network changes its
language too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from csp.constants import SELF, WASM_UNSAFE_EVAL
from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from policycards.core.codes import N_
from policycards.ledger.domain.event_kinds import CARDS, SPARES

LANGUAGES = {"zh": "zh-hans", "bo": "bo"}

WORDS: Mapping[str, str] = {
    "title": N_("Handing out cards"),
    "actions": N_("Buttons"),
    # Joining
    "join_how": N_(
        "Scan the slip that the township gave you, or type its code. It works once, for one phone."
    ),
    "slip": N_("Code of the slip"),
    "label": N_("Who carries this phone"),
    "join": N_("Open the village"),
    "opening": N_("The village is being opened …"),
    "open_again": N_("Open again without a slip"),
    "expired": N_(
        "The names were removed, because this phone has not been on a network for 14 days."
    ),
    "again": N_("The village is not on this phone yet. Go where there is a network."),
    "kept_unsent": N_("{count} records are not sent yet. They stay on this phone."),
    "in_wechat": N_(
        "WeChat cannot keep anything. Touch … at the top, then: 在浏览器打开. The slip stays valid."
    ),
    "revoked": N_(
        "This phone was revoked: its names are gone. What is not sent stays; a new slip sends it."
    ),
    "token_over": N_("The ledger does not let this phone in any more. Ask for a new slip."),
    "new_slip": N_("Type a new slip"),
    "not_persistent": N_(
        "This browser may throw away what is not sent when the phone is full. Send soon."
    ),
    "clock_title": N_("What day is it?"),
    "clock_how": N_("The clock of this phone jumped. It says {when}. Is that right?"),
    "clock_right": N_("Yes, it is right"),
    "clock_wrong": N_("No, the clock is wrong"),
    "clock_flag": N_(
        "What you record until the next network is marked as of a doubtful time. Nothing is lost."
    ),
    "no_https": N_(
        "This address has no https: the camera and work without a network are not possible. "
        "Type codes or take photos, and stay on the network."
    ),
    # The village
    "delivered_of": N_("cards delivered"),
    "outstanding": N_("Still to come"),
    "find": N_("Pile number, name or code"),
    "find_hint": N_("33 · name · pinyin · code"),
    "look_up": N_("Look at {code}"),
    "none_found": N_("Nobody was found."),
    "more": N_("Show {count} more"),
    "none_left": N_("Every card has been delivered."),
    "no_card": N_("This household has no card."),
    "no_household": N_("Household"),
    "conflicts": N_(
        "{count} cards were reported twice, differently. The township decides; you need do nothing."
    ),
    "conflict": N_("Two reports about this card contradict each other. The township decides."),
    "pile": N_("Pile number"),
    "not_delivered": N_("Not delivered, because"),
    "give_spare": N_("Give a spare card"),
    "why_spare": N_("Why a spare card?"),
    "spare_code": N_("Code of the spare card"),
    "township_confirms": N_("The township will confirm it."),
    "no_spare": N_("This is no spare card of this village."),
    "spare_gone": N_("This spare card was given away already."),
    "spare_how": N_("Look up the household first, then choose: give a spare card."),
    # What a code is
    "is_right": N_("Right: of this village"),
    "is_delivered": N_("Already delivered"),
    "is_other": N_("Of another village"),
    "is_unknown": N_("Unknown card"),
    "is_replaced": N_("Replaced: no longer valid"),
    "is_voided": N_("Voided: not valid"),
    "is_spare": N_("Spare card"),
    "how_other": N_("Do not hand it out. Send it back to the township."),
    "how_unknown": N_(
        "Neither this village nor its neighbours have it. Do not hand it out; ask the township."
    ),
    "how_replaced": N_("There is a newer card for this household. Do not hand this one out."),
    "how_voided": N_("Do not hand it out. Send it back to the township."),
    "mistyped": N_(
        "This is no code: one character is wrong, or some are missing. Look at the card again."
    ),
    "no_card_code": N_("This QR code is not one of these cards."),
    "general": N_("This is the general card, which belongs to no household."),
    # The camera
    "scan": N_("Scan"),
    "scan_how": N_("Hold one card in front of the camera."),
    "many": N_("More than one QR code is in view. Show one card alone."),
    "no_camera": N_("The camera may not be used. Take a photo, or type the code."),
    "dead_camera": N_("The camera shows nothing. Take a photo, or type the code."),
    "no_reader": N_("This browser cannot read QR codes. Type the code, or use another browser."),
    "photo": N_("Photo"),
    "take_photo": N_("Take a photo of the QR code"),
    "photo_how": N_("One card alone, near and in good light."),
    "photo_none": N_("No QR code was found in the photo. Go nearer, or type the code."),
    # What is kept and sent
    "saved": N_("Saved on this phone"),
    "undo": N_("Undo"),
    "taken_back": N_("Taken back"),
    "this_phone": N_("this phone"),
    "unsent": N_("Not sent: {count}"),
    "all_sent": N_("Everything is sent"),
    "refused_count": N_("refused: {count}"),
    "refused_title": N_("Not accepted"),
    "try_again": N_("Send these again"),
    "to_sendings": N_("Send"),
    "send_now": N_("Send now"),
    "sending": N_("Sending …"),
    "sent": N_("Everything is sent. The village is up to date."),
    "offline": N_("There is no network. Everything stays on this phone and is sent later."),
    "failed": N_("This did not work. Nothing is lost; try again."),
    "disk_full": N_(
        "This phone is full: nothing was saved. Delete photos or videos, and record it again."
    ),
    "no_network_ever": N_("Never a network here"),
    "file_how": N_("Save what is not sent as a file without names, and carry it to the township."),
    "save_file": N_("Save the file"),
    "file_saved": N_(
        "The file is saved among the downloads. What is in it stays on this phone too."
    ),
    "last_sync": N_("Last on the network: {when}"),
    "kept_until": N_("Names are kept until {when}."),
    "phone_id": N_("Phone {id} {label}"),
    "other_village": N_("Another village"),
    "other_how": N_("For a village that is not here, scan its slip with the phone's own camera."),
    "forget": N_("Remove this village from the phone"),
    "forget_sure": N_("Remove all names and records of this village from this phone?"),
    "not_yet": N_("Not yet: something is not sent."),
    "confirm": N_("Confirm"),
    "back": N_("Back"),
}


def words_by_language() -> dict[str, dict[str, str]]:
    """Each word in each language of the page."""
    return {
        code: {key: _translated(text, language) for key, text in WORDS.items()}
        for code, language in LANGUAGES.items()
    }


def kinds() -> dict[str, dict[str, dict[str, dict[str, object]]]]:
    """What can happen to cards and spares, by language, piece and kind."""
    pieces = {"cards": CARDS, "spares": SPARES}
    return {
        code: {
            piece: {
                name: {
                    "label": _label(kind.label, language),
                    "details": {
                        detail: _label(label, language) for detail, label in kind.details.items()
                    },
                }
                for name, kind in table.items()
            }
            for piece, table in pieces.items()
        }
        for code, language in LANGUAGES.items()
    }


def _translated(text: str, language: str) -> str:
    with translation.override(language):
        return _(text)


def _label(text: str, language: str) -> str:
    """A text that stands among others on one line, where no shad ends it."""
    return _translated(text, language).rstrip("།")


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
    constants = {"WORDS": words_by_language(), "KINDS": kinds()}
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
