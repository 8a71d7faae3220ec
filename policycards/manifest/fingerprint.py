"""Fingerprints of printed texts: equal for equal texts, and nothing for who does not have the
county's key.
"""

from __future__ import annotations

from collections.abc import Callable

Digest = Callable[[bytes, int], bytes]
"""A keyed hash of a message, of so many bytes: the county's key."""

BYTES = 6


def fingerprint(digest: Digest, *texts: str) -> str:
    """Twelve hex digits for some texts in their order.

    Without the key nobody can try out which of a village's names it is.
    """
    # Each text goes in behind its length, so that no two lists of texts give the same bytes.
    parts = [text.encode("utf-8") for text in texts]
    return digest(
        b"printed" + b"".join(len(part).to_bytes(4, "big") + part for part in parts), BYTES
    ).hex()
