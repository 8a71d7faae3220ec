"""Every problem that policycards can report: its code, how grave it is, what it says, and what to
do.

A code is never reused and never renumbered. E is an error, W a warning; the first digit says in
which table it stands. ``{…}`` are filled from the facts of the problem. ``N_`` marks a text for the
message catalogues.
"""

from __future__ import annotations

from policycards.core.codes import (
    entitlement_codes,
    form_codes,
    key_codes,
    layout_codes,
    ledger_codes,
    list_codes,
    roster_codes,
    run_codes,
    standard_codes,
    text_codes,
    usage_codes,
)
from policycards.core.codes.kind import N_, Kind, Severity

__all__ = ["KINDS", "N_", "Kind", "Severity"]

_TABLES = (
    form_codes,
    text_codes,
    layout_codes,
    key_codes,
    roster_codes,
    list_codes,
    entitlement_codes,
    ledger_codes,
    run_codes,
    standard_codes,
    usage_codes,
)
_TABLE = [kind for table in _TABLES for kind in table.KINDS]

KINDS: dict[str, Kind] = {kind.code: kind for kind in sorted(_TABLE, key=lambda kind: kind.code)}
assert len(KINDS) == len(_TABLE), "a problem code is defined twice"
