"""A region's ledger under load: 20 people at its pages, phones that open villages and send:
``ledger_load.py [CARDS]``.

On PostgreSQL with CARDS cards and three events for each, then on SQLite with a fifth of them; a
list of databases after the number (``postgresql``, ``sqlite``) asks for these alone. The steps are
in ``ledger_load_runs.py``.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent


def main(cards: int, vendors: list[str]) -> None:
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "ledger")]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "policycards.ledger.settings",
        "DATABASE_URL": "sqlite://:memory:",
        "POLICYCARDS_SECRET_KEY": secrets.token_urlsafe(50),
    }
    django.setup()
    from ledger_load_runs import measured

    measured(cards, vendors)


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000,
        sys.argv[2:] or ["postgresql", "sqlite"],
    )
