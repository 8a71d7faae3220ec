"""Ids that anybody may make anywhere: UUIDv7 (RFC 9562, 5.7), in the order of their time."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from uuid import UUID


def uuid7(at: datetime) -> UUID:
    """A new id of a moment.

    >>> from datetime import UTC
    >>> str(uuid7(datetime(2026, 1, 1, tzinfo=UTC)))[:15]
    '019b76da-a800-7'
    """
    milliseconds = int(at.timestamp() * 1000)
    return UUID(
        int=milliseconds << 80
        | 7 << 76
        | secrets.randbits(12) << 64
        | 2 << 62
        | secrets.randbits(62)
    )


def same_uuid7(at: datetime, text: str) -> UUID:
    """The id that the same moment and text always give: a form that is sent twice tells nothing
    twice.

    >>> from datetime import UTC
    >>> moment = datetime(2026, 1, 1, tzinfo=UTC)
    >>> same_uuid7(moment, "a") == same_uuid7(moment, "a") != same_uuid7(moment, "b")
    True
    """
    milliseconds = int(at.timestamp() * 1000)
    digest = int.from_bytes(sha256(text.encode()).digest(), "big")
    return UUID(
        int=milliseconds << 80
        | 7 << 76
        | (digest >> 64) % (1 << 12) << 64
        | 2 << 62
        | digest % (1 << 62)
    )
