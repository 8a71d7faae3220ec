"""All benchmarks, one after the other: ``make bench``."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

for script in sorted(HERE.glob("*.py")):
    if script.name not in ("eight.py", "ledger_runs.py", "run.py", "timing.py", "typst_cards.py"):
        subprocess.run([sys.executable, str(script)], check=True, cwd=HERE)
