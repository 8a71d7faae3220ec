"""A ledger of a region: loading a run, recording events, counting anew: ``python
benchmarks/ledger.py [CARDS]``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent


def main(cards: int) -> None:
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "ledger")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "policycards.ledger.settings"
    os.environ["DATABASE_URL"] = "sqlite://:memory:"
    django.setup()
    from ledger_runs import measured

    measured(cards)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
