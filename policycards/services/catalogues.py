"""Checking a catalogue, its JSON Schemas, and what this program works with."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from policycards import design, qr, site, typeset
from policycards.catalogue import LANGS, Catalogue, read_catalogue, schemas, text_digest
from policycards.catalogue import check as check_form
from policycards.core.files import atomic_write
from policycards.core.problems import Problem
from policycards.households.entitlements.case_runner import fixture_problems
from policycards.services.result import Result
from policycards.services.sources import open_fonts, open_theme

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


def check_catalogue(folder: Path, font_folder: Path, today: date) -> Result:
    """Everything that is wrong with a catalogue: form, texts, fonts, layout, QR code, cases."""
    return Result(problems=tuple(examine(folder, font_folder, today)[1]))


def examine(folder: Path, font_folder: Path, today: date) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue that was read, beside everything that is wrong with it."""
    catalogue, problems = check_form(folder, today)
    if catalogue is None:
        return None, problems
    problems = [
        *problems,
        *qr.problems(catalogue),
        *fixture_problems(folder, catalogue),
        *site.problems(catalogue),
    ]
    theme = open_theme()
    fonts = open_fonts(font_folder, theme)
    texts = [
        (text.text[lang], lang, getattr(text, lang)) for text in catalogue.texts for lang in LANGS
    ]
    unset = typeset.problems(texts, fonts)
    problems += unset or design.problems(catalogue, theme, fonts, today)
    return catalogue, sorted(
        dict.fromkeys(problems), key=lambda found: (found.place, found.code, found.facts)
    )


def write_schemas(policies: Path) -> Result:
    """The JSON Schemas with which an editor completes and checks policy files."""
    written = []
    for name, text in sorted(schemas().items()):
        atomic_write(policies / name, text)
        written.append(policies / name)
    return Result(files=tuple(written))


@dataclass(frozen=True, slots=True)
class FontFacts:
    """What a font covers, in characters."""

    key: str
    file: str
    characters: int
    tibetan: int
    han: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Info(Result):
    """Versions, fonts, and what the catalogue holds; its counts are 0 where it cannot be read."""

    versions: dict[str, str]
    python: str
    system: str
    fonts: tuple[FontFacts, ...]
    is_readable: bool
    policies: int = 0
    areas: int = 0
    texts: int = 0
    unreviewed: int = 0


def describe(policies: Path, font_folder: Path) -> Info:
    """Which versions, fonts and characters this program works with."""
    faces = sorted(open_fonts(font_folder, open_theme()).faces.items())
    fonts = [
        FontFacts(
            key,
            face.path.name,
            len(face.characters),
            sum(0x0F00 <= number <= 0x0FFF for number in face.characters),
            sum(0x4E00 <= number <= 0x9FFF for number in face.characters),
        )
        for key, face in faces
    ]
    catalogue, problems = read_catalogue(policies)
    texts = catalogue.texts if catalogue else ()
    return Info(
        problems=tuple(problems),
        versions={name: version(name) for name in ("policycards", *LIBRARIES)},
        python=platform.python_version(),
        system=platform.system(),
        fonts=tuple(fonts),
        is_readable=catalogue is not None,
        policies=len(catalogue.policies) if catalogue else 0,
        areas=len(catalogue.areas) if catalogue else 0,
        texts=len(texts),
        unreviewed=sum(text_digest(text.text) not in catalogue.reviewed for text in texts)
        if catalogue
        else 0,
    )
