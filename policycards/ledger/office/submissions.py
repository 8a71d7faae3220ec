"""A form is carried out once, however often and however fast it is sent.

The key of a form is Django's token against forged requests, which is another one each time a page
is shown, with what the form says: the same page sent again says nothing new.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from policycards.ledger.models import Submission


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
