"""``policycards site`` of 500 policies, anew and over itself, against PyYAML's safe_load of their
files.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from check_500 import COUNT, copied
from timing import PYTHON, in_turn, run


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder, out = Path(temporary) / "policies", Path(temporary) / "site"
        copied(folder)
        command = "from policycards.cli import main; main()"
        build = run(PYTHON, "-c", command, "site", "--policies", str(folder), "--out", str(out))
        load = (
            "import sys, yaml; from pathlib import Path;"
            " [yaml.safe_load(p.read_text(encoding='utf-8')) for p in"
            " Path(sys.argv[1]).glob('**/*.yaml')]"
        )

        def anew() -> None:
            shutil.rmtree(out, ignore_errors=True)
            build()

        new, again, plain = in_turn([anew, build, run(PYTHON, "-c", load, str(folder))], rounds=3)
        files = [path for path in out.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
    print(
        f"site of {COUNT} policies: {new:.2f} s, over itself {again:.2f} s, {len(files)} files,"
        f" {size / 1e6:.1f} MB, safe_load of the files {plain:.2f} s, ratio {new / plain:.1f}"
    )


if __name__ == "__main__":
    main()
