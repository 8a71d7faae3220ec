"""Every problem that policycards can report: its code, how grave it is, what it says, and what to do.

A code is never reused and never renumbered. E is an error, W a warning; the first digit says in which table it stands.
``{…}`` are filled from the facts of the problem. ``N_`` marks a text for the message catalogues.
"""

from __future__ import annotations

from policycards.codes import (
    editions,
    entitled,
    form,
    keys,
    layout,
    ledger,
    manifests,
    rosters,
    runs,
    site,
    staling,
    standards,
    texts,
    usage,
)
from policycards.codes.kind import N_, Kind, Severity

__all__ = ["KINDS", "N_", "Kind", "Severity"]

_TABLES = (
    form,
    texts,
    layout,
    keys,
    rosters,
    entitled,
    site,
    ledger,
    runs,
    staling,
    manifests,
    standards,
    editions,
    usage,
)
_TABLE = [kind for table in _TABLES for kind in table.KINDS]

KINDS: dict[str, Kind] = {kind.code: kind for kind in sorted(_TABLE, key=lambda kind: kind.code)}
assert len(KINDS) == len(_TABLE), "a problem code is defined twice"
