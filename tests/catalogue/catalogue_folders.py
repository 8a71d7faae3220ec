"""Catalogue folders for tests: a small good one, and broken ones laid over it."""

from __future__ import annotations

import shutil
from pathlib import Path

from policycards.catalogue.model.words import WORDS

HERE = Path(__file__).parent
GOOD = HERE / "good"
BROKEN = HERE / "broken"
POLICY = "pasture/grazing-ban.yaml"


def words_yaml() -> str:
    """Fixed words for every key there is, each with its placeholders."""
    lines = []
    for key, placeholders in sorted(WORDS.items()):
        held = "".join(f"{{{name}}}" for name in sorted(placeholders))
        lines.append(f'{key}: {{bo: "ཡིག{held}", zh: "字{held}"}}\n')
    return "".join(lines)


def good_folder(folder: Path) -> Path:
    """A folder without any problem."""
    shutil.copytree(GOOD, folder)
    (folder / "words.yaml").write_text(words_yaml(), encoding="utf-8")
    return folder


def broken_folder(name: str, folder: Path) -> Path:
    """The good folder with the files of a broken example laid over it."""
    good_folder(folder)
    for path in sorted((BROKEN / name).rglob("*")):
        part = path.relative_to(BROKEN / name)
        if path.is_file() and part.as_posix() != "expected.txt":
            (folder / part).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / part)
    if change := BUILT.get(name):
        change(folder)
    return folder


def _folder_for_file(folder: Path) -> None:
    (folder / "areas.csv").unlink()
    (folder / "areas.csv").mkdir()


def _too_large(folder: Path) -> None:
    (folder / POLICY).write_text("# \n" * 400_000, encoding="utf-8")


def _missing(folder: Path) -> None:
    (folder / "contacts.csv").unlink()


BUILT = {
    "E100-a-folder": _folder_for_file,
    "E101-too-large": _too_large,
    "E114-file-missing": _missing,
}
"""Examples that no folder in git can hold: what is done to the good one instead."""
