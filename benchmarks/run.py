"""All benchmarks, one after the other: ``make bench``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARTS = (
    *("eight.py", "timing.py", "typst_cards.py", "run.py"),
    *("ledger_load_runs.py", "ledger_region.py", "ledger_runs.py", "ledger_visitors.py"),
)
"""What the others are made of."""
LONG = ("ledger_load.py",)
"""What takes half an hour, and is run by itself."""

for script in sorted(HERE.glob("*.py")):
    if script.name not in (*PARTS, *LONG):
        subprocess.run([sys.executable, str(script)], check=True, cwd=HERE)
