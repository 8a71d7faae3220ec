"""The folder of a new office, and the site that the QR codes open."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policycards import pdf, site
from policycards.catalogue import Catalogue, read_catalogue
from policycards.catalogue.editions.edition import Version, editions
from policycards.core.files import atomic_write
from policycards.core.problems import Place, problem
from policycards.design import Look, recovery_sheet
from policycards.qr import KEY_BYTES, Key, recovery_lines, write_key
from policycards.services.result import Result, WrongUse, sound
from policycards.services.sources import open_catalogue, open_fonts, open_theme, open_version

AREA = re.compile(r"\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?")
PLACEHOLDER_PHONE = "0000-0000000"
COMMAND = Place("policycards init")
_EACH_POLICY = re.compile(r"(?<=policies:)\n(?: {6}- .*\n)+")


def make_office(
    folder: Path, *, area: str, zh: str, bo: str, model: Path, font_folder: Path
) -> Result:
    """A new office's folder: settings from a model catalogue, its own area and phones, a key, the
    recovery sheet.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WrongUse(problem("E906", COMMAND, folder=folder))
    if not AREA.fullmatch(area):
        raise WrongUse(problem("E907", COMMAND, area=area))
    pattern, problems = read_catalogue(model)
    sound(problems)
    assert pattern is not None
    policies = folder / "policies"
    policies.mkdir(parents=True, exist_ok=True)
    texts = _texts(pattern, model, area, zh, bo)
    files = [policies / name for name in sorted(texts)]
    for path in files:
        atomic_write(path, texts[path.name])
    key_file, sheet = folder / "county.key", folder / "recovery-sheet.pdf"
    key = Key(secrets.token_bytes(KEY_BYTES))
    write_key(key_file, key)
    _write_sheet(policies, font_folder, key, sheet)
    return Result(files=(*files, key_file, sheet))


def _texts(pattern: Catalogue, model: Path, area: str, zh: str, bo: str) -> dict[str, str]:
    """File name to text of a new catalogue: the model's settings with the office's own name and
    area.
    """
    settings = (model / "catalogue.yaml").read_text(encoding="utf-8-sig").splitlines()
    for path, value in ((("issuer", "zh"), zh), (("issuer", "bo"), bo), (("area",), area)):
        line = pattern.place("catalogue", *path).line - 1
        name, _colon, _rest = settings[line].partition(":")
        settings[line] = f"{name}: {json.dumps(value, ensure_ascii=False)}"
    attributes = [each.name for each in pattern.settings.attributes if each.of == "area"]
    blank = [""] * (len(attributes) + 3)
    above = [
        [row.code, row.name.bo, row.name.zh, *blank]
        for code, row in sorted(pattern.areas.items())
        if area.startswith(code) and code != area
    ]
    areas = [
        ["code", "bo", "zh", *attributes, "valid_from", "valid_to", "successors"],
        *above,
        [area, bo, zh, *blank],
    ]
    heading = "area role office_bo office_zh phone hours_bo hours_zh speaks_tibetan placeholder"
    contacts = [
        heading.split(),
        *(
            [area, role, bo, zh, PLACEHOLDER_PHONE, "", "", "no", "yes"]
            for role in ("ask", "supervise")
        ),
    ]
    texts = {
        "areas.csv": _csv(areas),
        "catalogue.yaml": "\n".join(settings) + "\n",
        "contacts.csv": _csv(contacts),
        "words.yaml": (model / "words.yaml").read_text(encoding="utf-8-sig"),
    }
    topics = model / "topics.yaml"
    if topics.is_file():
        texts["topics.yaml"] = _EACH_POLICY.sub(" []\n", topics.read_text(encoding="utf-8-sig"))
    return texts


def _csv(rows: Sequence[Sequence[str]]) -> str:
    """With a byte order mark, so that Excel reads the Tibetan."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return "\ufeff" + text.getvalue()


def _write_sheet(policies: Path, font_folder: Path, key: Key, path: Path) -> None:
    catalogue, problems = read_catalogue(policies)
    sound(problems)
    assert catalogue is not None
    theme = open_theme()
    fonts = open_fonts(font_folder, theme)
    piece, problems = recovery_sheet(
        catalogue, recovery_lines(key), key.fingerprint, date.today(), Look(theme, "wall"), fonts
    )
    sound(problems)
    handle = os.open(
        path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600
    )  # the key can be read off it
    with os.fdopen(handle, "wb") as file:
        pdf.write(piece, fonts, file, tagged=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSite(Result):
    """The site as it is now: how many files it has, and what was done to bring it up to date."""

    count: int
    written: int
    removed: int
    editions: tuple[str, ...]


def build_site(policies: Path, day: date, font_folder: Path, out: Path) -> BuiltSite:
    """The site that the QR codes open: static pages for any host, or to open from the folder."""
    catalogue, warnings = open_catalogue(policies)
    sound(site.problems(catalogue))
    published = [open_version(policies, name) for name in editions(policies)]
    files = site.build(
        Version(catalogue, day, None), published, open_fonts(font_folder, open_theme())
    )
    written, problems = site.write(files, out)
    sound(problems)
    assert written is not None
    return BuiltSite(
        files=(out / "index.html",),
        hidden_warnings=len(warnings),
        count=written.files,
        written=written.written,
        removed=written.removed,
        editions=tuple(version.edition.name for version in published if version.edition),
    )
