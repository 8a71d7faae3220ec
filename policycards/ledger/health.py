"""The page by which a monitor sees that the ledger is there: its database answers and refuses to
forget.
"""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, JsonResponse

from policycards.ledger import triggers


def health(request: HttpRequest) -> JsonResponse:
    """200 where the database answers and has its triggers, else 503; says nothing else to
    anybody.
    """
    try:
        is_well = not triggers.missing(connection)
    except Exception:  # whatever keeps the database from answering, the answer is the same
        is_well = False
    return JsonResponse({"ok": is_well}, status=200 if is_well else 503)
