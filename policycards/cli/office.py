"""What this program is made of, and the folder of a new office."""

from __future__ import annotations

import csv
import io
import json
import os
import platform
import re
import secrets
from datetime import date
from importlib.metadata import version
from pathlib import Path

from policycards import pdf
from policycards.catalogue import Catalogue, read_catalogue, text_digest
from policycards.cli import report
from policycards.cli.messages import _
from policycards.cli.printing import open_fonts
from policycards.cli.sources import open_theme
from policycards.core.files import atomic_write
from policycards.core.problems import Place, problem
from policycards.design import Look, read_theme, recovery_sheet
from policycards.qr import KEY_BYTES, Key, recovery_lines, write_key

LIBRARIES = (
    "reportlab",
    "pikepdf",
    "uharfbuzz",
    "fonttools",
    "qrcode",
    "babel",
    "pydantic",
    "pyyaml",
    "polars",
)
AREA = re.compile(r"\d{2}(\d{2}(\d{2}(\d{3}(\d{3})?)?)?)?")
PLACEHOLDER_PHONE = "0000-0000000"
_EACH_POLICY = re.compile(r"(?<=policies:)\n(?: {6}- .*\n)+")


def tell_info(policies: Path, font_folder: Path) -> None:
    """Versions, what the fonts cover, and what the catalogue holds."""
    report.say(
        f"policycards {version('policycards')}, Python {platform.python_version()},"
        f" {platform.system()}"
    )
    report.say(", ".join(f"{name} {version(name)}" for name in LIBRARIES))
    theme = open_theme()
    fonts = open_fonts(font_folder, theme)
    for key, face in sorted(fonts.faces.items()):
        tibetan = sum(0x0F00 <= number <= 0x0FFF for number in face.characters)
        han = sum(0x4E00 <= number <= 0x9FFF for number in face.characters)
        report.say(
            _("{key}: {file}, {all} characters, {tibetan} Tibetan, {han} Han").format(
                key=key, file=face.path.name, all=len(face.characters), tibetan=tibetan, han=han
            )
        )
    catalogue, problems = read_catalogue(policies)
    if catalogue:
        unreviewed = sum(
            text_digest(text.text) not in catalogue.reviewed for text in catalogue.texts
        )
        report.say(
            _(
                "{folder}: {policies} policies, {areas} areas, {texts} texts, {unreviewed} of them"
                " unreviewed"
            ).format(
                folder=policies,
                policies=len(catalogue.policies),
                areas=len(catalogue.areas),
                texts=len(catalogue.texts),
                unreviewed=unreviewed,
            )
        )
    report.say(report.summary(problems))


def make_office(
    folder: Path, *, area: str, zh: str, bo: str, model: Path, font_folder: Path
) -> None:
    """A new office's folder: settings from a model catalogue, its own area and phones, a key, the
    recovery sheet.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        report.wrong_use(problem("E906", Place("policycards init"), folder=folder))
    if not AREA.fullmatch(area):
        report.wrong_use(problem("E907", Place("policycards init"), area=area))
    pattern, problems = read_catalogue(model)
    report.stop_on_errors(problems)
    assert pattern is not None
    policies = folder / "policies"
    policies.mkdir(parents=True, exist_ok=True)
    texts = _texts(pattern, model, area, zh, bo)
    made = [policies / name for name in sorted(texts)]
    for path in made:
        atomic_write(path, texts[path.name])
    key_file, sheet = folder / "county.key", folder / "recovery-sheet.pdf"
    key = Key(secrets.token_bytes(KEY_BYTES))
    write_key(key_file, key)
    _write_sheet(policies, font_folder, key, sheet)
    for path in (*made, key_file, sheet):
        report.say(str(path))
    report.say(
        _("Print the recovery sheet, put it into the safe, delete its file; keep the key secret.")
    )
    report.say(
        _(
            "Then fill in areas.csv and contacts.csv, and put the policies into folders named after"
            " categories."
        )
    )


def _texts(pattern: Catalogue, model: Path, area: str, zh: str, bo: str) -> dict[str, str]:
    """File name to text of a new catalogue: the model's settings with the office's own name and
    area.
    """
    settings = (model / "catalogue.yaml").read_text(encoding="utf-8-sig").splitlines()
    for path, told in ((("issuer", "zh"), zh), (("issuer", "bo"), bo), (("area",), area)):
        line = pattern.place("catalogue", *path).line - 1
        name, _colon, _rest = settings[line].partition(":")
        settings[line] = f"{name}: {json.dumps(told, ensure_ascii=False)}"
    attributes = [each.name for each in pattern.settings.attributes if each.of == "area"]
    above = [
        row for code, row in sorted(pattern.areas.items()) if area.startswith(code) and code != area
    ]
    rows = [[row.code, row.name.bo, row.name.zh, *[""] * (len(attributes) + 3)] for row in above]
    rows.append([area, bo, zh, *[""] * (len(attributes) + 3)])
    areas = [["code", "bo", "zh", *attributes, "valid_from", "valid_to", "successors"], *rows]
    contacts = [
        [
            "area",
            "role",
            "office_bo",
            "office_zh",
            "phone",
            "hours_bo",
            "hours_zh",
            "speaks_tibetan",
            "placeholder",
        ],
        *(
            [area, role, bo, zh, PLACEHOLDER_PHONE, "", "", "no", "yes"]
            for role in ("ask", "supervise")
        ),
    ]
    topics = model / "topics.yaml"
    return {
        "areas.csv": _csv(areas),
        "catalogue.yaml": "\n".join(settings) + "\n",
        "contacts.csv": _csv(contacts),
        **(
            {"topics.yaml": _EACH_POLICY.sub(" []\n", topics.read_text(encoding="utf-8-sig"))}
            if topics.is_file()
            else {}
        ),
        "words.yaml": (model / "words.yaml").read_text(encoding="utf-8-sig"),
    }


def _csv(rows: list[list[str]]) -> str:
    """With a byte order mark, so that Excel reads the Tibetan."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return "\ufeff" + text.getvalue()


def _write_sheet(policies: Path, font_folder: Path, key: Key, path: Path) -> None:
    catalogue, problems = read_catalogue(policies)
    theme, theme_problems = read_theme("plain")
    report.stop_on_errors([*problems, *theme_problems])
    assert catalogue is not None and theme is not None
    fonts = open_fonts(font_folder, theme)
    piece, problems = recovery_sheet(
        catalogue, recovery_lines(key), key.fingerprint, date.today(), Look(theme, "wall"), fonts
    )
    report.stop_on_errors(problems)
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
    ) as file:  # it tells the key
        pdf.write(piece, fonts, file, tagged=False)
