"""A catalogue folder that may be published: everything read, confirmed, reachable; and its key."""

from __future__ import annotations

from pathlib import Path

from catalogue_folders import POLICY, good_folder

from policycards.catalogue import read_catalogue, text_digest
from policycards.qr import Key, write_key

PHONES = {"0000-0000001": "0999-5550101", "0000-0000002": "0999-5550102"}


def change(file: Path, *changes: tuple[str, str]) -> None:
    """Replace each old text, once."""
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")


def ready_folder(folder: Path) -> Path:
    """Values confirmed, telephones real, every text read."""
    good_folder(folder)
    confirmed = "recorded: 2024-01-10\n        confirmed: {by: 示例县财政局, on: 2024-05-01}\n"
    policy = folder / POLICY
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("recorded: 2024-01-10\n", confirmed),
        encoding="utf-8",
    )
    change(folder / "contacts.csv", *PHONES.items(), ("yes,yes", "yes,"), ("no,yes", "no,"))
    review_all(folder)
    return folder


def review_all(folder: Path) -> None:
    """Have every text read as it is now."""
    catalogue, problems = read_catalogue(folder)
    assert catalogue is not None, problems
    digests = sorted({text_digest(located.text) for located in catalogue.texts})
    rows = [
        f"  - {{text: {digest!r}, by: 示例审读人, office: 示例县编译局, on: 2024-06-01}}\n"
        for digest in digests
    ]
    (folder / "reviews.yaml").write_text("reviews:\n" + "".join(rows), encoding="utf-8")


def county_key(file: Path) -> Path:
    """A key that is not the demo's."""
    write_key(file, Key(b"a key of the tests, 32 bytes ....."[:32]))
    return file
