"""Reading Tibetan texts on the screen: one after the other, decided, remembered and handed over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Lock

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from policycards.catalogue import Catalogue
from policycards.catalogue.editing.editable_texts import one_line
from policycards.catalogue.reading.glossary import read_glossary
from policycards.catalogue.reviews.verdicts import (
    Pair,
    Verdict,
    as_json,
    decide,
    pairs,
    read_person,
    reading_minutes,
    unread,
)
from policycards.core.codes import N_
from policycards.core.files import atomic_write
from policycards.core.problems import Problem
from policycards.desk.core.desk_page import in_language, render_page, start_task, today
from policycards.desk.core.office_folder import Office, opened
from policycards.desk.core.pictures import text_picture
from policycards.desk.policies import policy_fields
from policycards.desk.policies.policy_fields import LABELS
from policycards.desk.policies.policy_preview import sure

_WRITING = Lock()


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a pair: that it is right, its better Tibetan, or a remark alone."""

    digest: str
    zh: str
    bo: str
    right: str = ""
    new: str = ""
    remark: str = ""

    @property
    def decides(self) -> bool:
        """Whether it changes the catalogue: a remark alone does not."""
        return bool(self.right or self.new)


@dataclass(frozen=True, slots=True)
class Memory:
    """Who reads, and what was said, in the order of saying."""

    name: str = ""
    office: str = ""
    said: tuple[Said, ...] = field(default=())

    def of(self, digest: str) -> Said | None:
        return next((each for each in self.said if each.digest == digest), None)

    def with_said(self, answer: Said) -> Memory:
        """With one more verdict, in the place of what was said of the same pair before."""
        return replace(
            self, said=(*(each for each in self.said if each.digest != answer.digest), answer)
        )


def remembered(office: Office) -> Memory:
    """What is on disk."""
    try:
        kept = json.loads(_file(office).read_text(encoding="utf-8"))
        return Memory(kept["name"], kept["office"], tuple(Said(**each) for each in kept["said"]))
    except (OSError, ValueError, LookupError, TypeError):  # nothing there yet
        return Memory()


@contextmanager
def changing(office: Office) -> Iterator[list[Memory]]:
    """The memory in a list, to be replaced there; written when it has been. Two tabs do not lose
    each other's.
    """
    with _WRITING:
        held = [remembered(office)]
        yield held
        file = _file(office)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        atomic_write(file, json.dumps(asdict(held[0]), ensure_ascii=False, indent=1))


def _file(office: Office) -> Path:
    return office.memory / "review.json"


def without_known(memory: Memory, made: list[Pair], catalogue: Catalogue) -> tuple[Memory, int]:
    """Without what the catalogue knows by now; and how many were said of texts that it has no
    longer.

    A text that somebody changed meanwhile has another digest: it is read again.
    """
    there = {pair.digest for pair in made}
    waiting = tuple(each for each in memory.said if each.digest in there - catalogue.reviewed)
    gone = [
        each
        for each in memory.said
        if each.digest not in there and not _is_taken(each, made, catalogue)
    ]
    return replace(memory, said=waiting), len(gone)


def _is_taken(said: Said, made: list[Pair], catalogue: Catalogue) -> bool:
    """Whether the better text of a pair is in the catalogue."""
    return any(pair.text.zh == said.zh and pair.text.bo == said.new for pair in made)


def keep_list(office: Office, memory: Memory, day: date) -> str:
    """The decisions as ``policycards review import`` reads them: the file's path from the office's
    folder.
    """
    reader = {"name": memory.name, "office": memory.office, "date": day.isoformat()}
    verdicts = [asdict(each) for each in memory.said if each.decides]
    return policy_fields.file_of(office, policy_fields.keep_file(office, as_json(reader, verdicts)))


OWNERS = {
    "glossary": N_("Glossary"),
    "words": N_("Fixed words of cards"),
    "catalogue": N_("Settings of the catalogue"),
    "areas": N_("Areas"),
    "contacts": N_("Telephones"),
    "topics": N_("Topics"),
}
"""What texts belong to that are no policy's."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What there is to be read, and what was said of it."""

    office: Office
    catalogue: Catalogue
    made: list[Pair]
    memory: Memory
    gone: int

    @property
    def to_read(self) -> list[Pair]:
        """What the catalogue has as drafts."""
        return unread(self.made, self.catalogue)

    @property
    def left(self) -> list[Pair]:
        """What nothing was said of."""
        return [pair for pair in self.to_read if self.memory.of(pair.digest) is None]


def _reading(office: Office) -> Reading | None:
    catalogue, _problems = opened(office, today())
    if catalogue is None:
        return None
    made = pairs(catalogue, read_glossary(office.policies)[0])
    return Reading(office, catalogue, made, *without_known(remembered(office), made, catalogue))


@require_http_methods(["GET", "POST"])
def reviews(request: HttpRequest) -> HttpResponse:
    """The next text. ``act``: ``reader, right, new, remark, undo, take``."""
    office = Office.of_environment()
    reading = _reading(office)
    if reading is None:
        return render_page(request, "review", problems=opened(office, today())[1])
    act = request.POST.get("act", "") if request.method == "POST" else ""
    if act == "reader":
        with changing(office) as held:
            name, of = (one_line(request.POST.get(key, "")) for key in ("name", "office"))
            held[0] = replace(held[0], name=name, office=of)
        return redirect("reviews")
    if act == "undo":
        return _undone(reading)
    if act == "take":
        return _hand_in(reading)
    if act:
        return _decided(request, reading, act)
    return _screen(request, reading, request.GET.get("text", ""))


def _screen(
    request: HttpRequest,
    reading: Reading,
    digest: str,
    new: str = "",
    remark: str = "",
    problems: list[Problem] | None = None,
) -> HttpResponse:
    left, to_read = reading.left, reading.to_read
    pair = next((each for each in to_read if each.digest == digest), left[0] if left else None)
    answer = reading.memory.of(pair.digest) if pair else None
    done = [each for each in reading.memory.said if each.decides]
    return render_page(
        request,
        "review",
        status=422 if problems else 200,
        pair=pair,
        hits=[(term, sure(term)) for term in pair.hits] if pair else [],
        places=[_where(reading, pair, n) for n in range(min(len(pair.where), 4))] if pair else [],
        new=new or (answer.new if answer else "") or (pair.text.bo if pair else ""),
        remark=remark or (answer.remark if answer else ""),
        said=answer,
        memory=reading.memory,
        following=_following(reading, pair) if pair else None,
        decided=len(reading.memory.said),
        count=len(to_read),
        minutes=reading_minutes(left),
        done=done,
        remarks=[each for each in reading.memory.said if each.remark],
        last=reading.memory.said[-1] if reading.memory.said else None,
        gone=reading.gone,
        problems=problems,
    )


def _following(reading: Reading, pair: Pair) -> Pair | None:
    """The next text without an answer, in the order of reading and round again; None where no other
    is left.
    """
    order = [each.digest for each in reading.to_read]
    left = [each for each in reading.left if each.digest != pair.digest]
    at = order.index(pair.digest)
    return min(
        left,
        key=lambda each: (order.index(each.digest) < at, order.index(each.digest)),
        default=None,
    )


def _where(reading: Reading, pair: Pair, number: int) -> dict[str, str]:
    """Where a text stands: the policy and its field."""
    located = pair.where[number]
    policy = next((each for each in reading.catalogue.policies if each.id == located.owner), None)
    if policy is None:
        return {
            "owner": OWNERS.get(located.owner, located.owner),
            "path": " ".join(map(str, located.path)),
        }
    field = ".".join(str(step) for step in located.path if not isinstance(step, int)).replace(
        "standards.", ""
    )
    step = next((str(step + 1) for step in located.path[1:] if isinstance(step, int)), "")
    label = LABELS.get(field, N_("Label of the standard"))
    name = in_language(policy.name.bo, policy.name.zh)
    return {
        "id": policy.id,
        "name": name,
        "label": label,
        "step": step if field in ("how", "papers") else "",
    }


def _decided(request: HttpRequest, reading: Reading, act: str) -> HttpResponse:
    pair = next(
        (each for each in reading.to_read if each.digest == request.POST.get("digest")), None
    )
    if pair is None:  # taken in or changed meanwhile
        return redirect("reviews")
    new, remark = (one_line(request.POST.get(key, "")) for key in ("new", "remark"))
    answer = Said(pair.digest, pair.text.zh, pair.text.bo, remark=remark)
    if act == "right" or (act == "new" and new == pair.text.bo):
        answer = replace(answer, right="yes")
    elif act == "new":
        answer = replace(answer, new=new)
    if problems := _faults(reading, answer):
        return _screen(request, reading, pair.digest, new, remark, problems)
    if answer.decides or answer.remark:
        with changing(reading.office) as held:
            held[0] = held[0].with_said(answer)
    following = _following(reading, pair)
    return redirect(f"{reverse('reviews')}?text={following.digest}" if following else "reviews")


def _faults(reading: Reading, answer: Said) -> list[Problem]:
    """What the import would say of this verdict, said now."""
    person, problems = read_person(("–", "–", today().isoformat()), "", today())
    if not answer.decides or person is None:
        return problems
    row = Verdict(1, answer.zh, answer.bo, answer.right, answer.new, answer.remark, answer.digest)
    decisions, found = decide([row], person, reading.made, reading.catalogue, "")
    return [] if decisions is not None else found


def _undone(reading: Reading) -> HttpResponse:
    """Without the last verdict that is not taken in; its text is shown again."""
    if not reading.memory.said:
        return redirect("reviews")
    last = reading.memory.said[-1]
    with changing(reading.office) as held:
        held[0] = replace(
            held[0], said=tuple(each for each in held[0].said if each.digest != last.digest)
        )
    return redirect(f"{reverse('reviews')}?text={last.digest}")


def _hand_in(reading: Reading) -> HttpResponse:
    if not any(each.decides for each in reading.memory.said):
        return redirect("reviews")
    file = keep_list(reading.office, reading.memory, today())
    address = reverse("reviews")
    return start_task(
        reading.office,
        ["review", "import", file, "--apply"],
        title=N_("Take reviews in"),
        page=address,
        then=address,
    )


@require_safe
def picture(request: HttpRequest, digest: str) -> HttpResponse:
    """The Tibetan of a pair as it is printed."""
    office = Office.of_environment()
    reading = _reading(office)
    pair = next((each for each in reading.made if each.digest == digest), None) if reading else None
    png = text_picture(office, reading.catalogue, pair, today()) if reading and pair else None
    if png is None:
        raise Http404
    return HttpResponse(png, content_type="image/png")


urls = [
    path("policies/review/", reviews, name="reviews"),
    path("policies/review/<slug:digest>.png", picture, name="review-picture"),
]
