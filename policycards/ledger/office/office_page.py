"""What pages share: clean input, access, area, how refusals and files are answered, forms done
once.

Of what browsers send no text is longer than its column, no number larger than a database holds, no
day outside the calendar of the ledger, and nothing has a NUL in it. The key of a form is Django's
token against forged requests, which is another one each time a page is shown, with what the form
says: the same page sent again says nothing new.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime
from functools import wraps
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DataError, IntegrityError, transaction
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from policycards.core.codes import N_
from policycards.core.problems import Place, Problem, problem
from policycards.ledger.actions import Refused
from policycards.ledger.actions.exporting import export
from policycards.ledger.models import Area, Submission, User
from policycards.ledger.permissions import PERMISSIONS, has_permission
from policycards.qr import parse_code
from policycards.qr.key import LENGTH
from policycards.tables.csv_writer import csv_file
from policycards.tables.xlsx_writer import Column, write_sheet

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


def form_key(request: HttpRequest) -> str:
    """What tells a form from every other; empty where it is only looked at or tried."""
    if not request.POST.get("csrfmiddlewaretoken") or "try" in request.POST:
        return ""
    content = sha256(f"{request.user.pk} {request.path}".encode())
    for name, values in sorted(request.POST.lists()):
        content.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        content.update(repr((name, [(each.name, each.size) for each in files])).encode())
    return content.hexdigest()


def once(
    request: HttpRequest,
    act: Callable[[], HttpResponse],
    again: Callable[[str], HttpResponse],
) -> HttpResponse:
    """The answer of a form, or what ``again`` says to one that was carried out already.

    A form that is refused has changed nothing and may be sent again. Two at the same moment wait
    for each other, since both write the same key.
    """
    key = form_key(request)
    with transaction.atomic():
        if key:
            try:
                with transaction.atomic():
                    Submission.objects.create(key=key, at=datetime.now(UTC))
            except IntegrityError:
                return again(Submission.objects.get(pk=key).location)
        response = act()
        if response.status_code >= 400:
            transaction.set_rollback(True)
        elif key:
            location = response.headers.get("Location", "")[:400]
            Submission.objects.filter(pk=key).update(location=location)
    return response


View = Callable[..., HttpResponse]
ROWS = 100
"""Rows of a page of a list."""
LARGE = 6
"""Digits of a county: pages that go through every village show a larger area as the counties in
it.
"""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

NAVIGATION = (
    ("home", N_("Overview"), "ledger.see"),
    ("packs", N_("Handing over"), "ledger.see"),
    ("scan", N_("Scan"), "card.record"),
    ("cards", N_("Cards"), "household.see"),
    ("calls", N_("Calls"), "household.see"),
    ("stock", N_("Stock"), "ledger.see"),
    ("next", N_("Next round"), "household.see"),
    ("report", N_("Report"), "report.export"),
    ("runs", N_("Runs"), "run.load"),
    ("people", N_("People"), "people.see"),
    ("log", N_("Log"), "log.see"),
)


def page(
    verb: str = "ledger.see", *, is_repeatable: bool = False
) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """A page for people who have a right in their own area; the gate has signed them in.

    What an action refuses becomes an answer with every problem: 403 where the person may not, else
    422; nothing of what the page did before that stays. A form is carried out once, unless it is
    repeatable.
    """

    def bound(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **facts: object) -> HttpResponse:
            user = person(request)
            if not has_permission(user, verb, user.area):
                raise PermissionDenied

            is_form = request.method == "POST" and not is_repeatable

            def act() -> HttpResponse:
                try:
                    with transaction.atomic() if is_form else nullcontext():
                        return view(request, *args, **facts)
                except Refused as refused:
                    return refusal_page(request, refused)
                except (DataError, OverflowError):
                    why = _("something in it is longer or larger than the ledger can keep")
                    found = Refused(problem("E699", Place("form"), why=why))
                    return refusal_page(request, found)

            if not is_form:
                return act()
            return once(request, act, lambda location: _repeated(request, location))

        return guarded

    return bound


def person(request: HttpRequest) -> User:
    """Who is signed in."""
    assert isinstance(request.user, User)
    return request.user


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What somebody sees who asks for what is not there, or is another's."""
    return render_page(request, "away", status=404, is_there=False)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What somebody sees who may not open a page."""
    return render_page(request, "away", status=403, is_there=True)


def _repeated(request: HttpRequest, location: str) -> HttpResponse:
    """What a form is answered that was carried out already: where its first answer led."""
    return redirect(location) if location else render_page(request, "repeated", status=409)


def refusal_page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page that tells why nothing was done."""
    is_forbidden = all(each.code in ("E640", "E646", "E675") for each in refused.problems)
    return render_page(
        request, "refused", status=403 if is_forbidden else 422, problems=refused.problems
    )


def render_page(
    request: HttpRequest, template: str, *, status: int = 200, **facts: object
) -> HttpResponse:
    """A page, with the navigation that its person may use; ``can`` are the verbs of the person's
    role.
    """
    user = request.user
    can = (
        {verb for verb in PERMISSIONS if has_permission(user, verb, user.area)}
        if isinstance(user, User)
        else set()
    )
    links = [(name, text) for name, text, verb in NAVIGATION if verb in can]
    context = {"can": can, "navigation": links, **facts}
    return render(request, f"office/{template}.html", context, status=status)


def now() -> datetime:
    return datetime.now(UTC)


def chosen_area(request: HttpRequest) -> Area:
    """The area of a page: the one that the address names, if it is the person's, else the person's
    own.

    The own one is there before any area is loaded.
    """
    user = person(request)
    code = request.GET.get("area", "") or request.POST.get("within", "") or user.area
    found = Area.objects.within(user).filter(code=code).first()
    if found is None and code == user.area:
        return Area(code=code)
    if found is None:
        raise Http404
    return found


def way_to(user: User, area: Area) -> list[Area]:
    """The areas around one, as far as the person sees them, from the largest; then the area
    itself.
    """
    codes = [
        area.code[:length]
        for length in (2, 4, 6, 9, 12)
        if len(user.area) <= length < len(area.code)
    ]
    return [*Area.objects.within(user).filter(code__in=codes).order_by("code"), area]


def counties_of(user: User, area: Area) -> list[Area]:
    """The counties of a large area, as far as the person sees them."""
    found = Area.objects.within(user).in_area(area.code).order_by("code")
    return list(found.annotate(digits=Length("code")).filter(digits=LARGE))


def without_page(request: HttpRequest, **changed: str) -> str:
    """The query of this page with some of it changed, from its first rows again."""
    query = {
        name: value
        for name, value in request.GET.items()
        if name not in ("after", *changed) and value
    }
    return urlencode({**query, **{name: value for name, value in changed.items() if value}})


def tried(act: Callable[[], object], *, dry_run: bool) -> None:
    """Do something; in a dry run take it back."""
    with transaction.atomic():
        act()
        transaction.set_rollback(dry_run)


def file_response(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to be kept, which no browser shows or guesses about."""
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def table(
    request: HttpRequest,
    verb: str,
    area: str,
    what: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
) -> HttpResponse:
    """A table as XLSX or, where the address says so, as CSV; asked for and logged before it is
    given.
    """
    listed = list(rows)
    export(person(request), verb, area, now=now(), what=what, rows=len(listed))
    if request.GET.get("format") == "csv":
        headings = [" ".join(filter(None, (column.heading, column.above))) for column in columns]
        return file_response(csv_file(headings, listed), f"{what}.csv", "text/csv; charset=utf-8")
    return file_response(
        written(lambda path: write_sheet(path, "", columns, listed)), f"{what}.xlsx", XLSX
    )


def written(write: Callable[[Path], object], ending: str = "") -> bytes:
    """What something writes to a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{ending}"
        write(path)
        return path.read_bytes()


def upload(request: HttpRequest, name: str, folder: Path, most: int = 50_000_000) -> Path:
    """An uploaded file under its own ending in a folder; raises Refused (E699) where there is
    none.
    """
    file = request.FILES.get(name)
    if file is None or not file.name or (file.size or 0) > most:
        raise Refused(problem("E699", Place(name), why=_("a file is missing, or it is too large")))
    path = folder / f"{name}{Path(file.name).suffix.lower()[:6]}"
    with path.open("wb") as target:
        for chunk in file.chunks():
            target.write(chunk)
    return path
