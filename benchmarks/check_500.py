"""``policycards check`` of 500 policies against PyYAML's safe_load of the same files."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from timing import PYTHON, ROOT, in_turn, run

COUNT = 500


def copied(folder: Path) -> None:
    """The shipped catalogue with its policies copied under new ids until there are enough."""
    shutil.copytree(ROOT / "policies", folder, dirs_exist_ok=True)
    originals = sorted(file for file in folder.glob("*/*.yaml") if file.parent.name != "tests")
    for number in range(COUNT - len(originals)):
        original = originals[number % len(originals)]
        name = f"{original.stem}-{number}"
        text = original.read_text(encoding="utf-8").replace(
            f"id: {original.stem}\n", f"id: {name}\n", 1
        )
        if "discreet:" not in text:  # a bit in the QR code for each of 500 policies would not fit
            text = text.replace("standards:\n", "discreet: true\nstandards:\n", 1)
        (original.parent / f"{name}.yaml").write_text(text, encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "policies"
        copied(folder)
        load = (
            "import sys, yaml; from pathlib import Path;"
            " [yaml.safe_load(p.read_text(encoding='utf-8')) for p in"
            " Path(sys.argv[1]).glob('**/*.yaml')]"
        )
        check = (
            "import sys; from policycards.cli import main; sys.argv[1:] = ['check', sys.argv[1]];"
            " main()"
        )
        ours, plain = in_turn(
            [run(PYTHON, "-c", check, str(folder)), run(PYTHON, "-c", load, str(folder))], rounds=3
        )
    print(
        f"check of {COUNT} policies: {ours:.2f} s, safe_load of the files {plain:.2f} s, ratio"
        f" {ours / plain:.2f}"
    )


if __name__ == "__main__":
    main()
