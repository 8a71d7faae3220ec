"""Checking a catalogue: the problems of every room, gathered and in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from policycards import design, qr, site, typeset
from policycards.catalogue import LANGS, Catalogue
from policycards.catalogue import check as check_catalogue
from policycards.cli.printing import open_fonts
from policycards.core.problems import Problem
from policycards.households.entitlements.case_runner import fixture_problems


def all_problems(folder: Path, font_folder: Path, today: date) -> list[Problem]:
    """Everything that is wrong with a catalogue: its form, its texts, its fonts, its layout, its QR
    code.
    """
    return examined(folder, font_folder, today)[1]


def examined(
    folder: Path, font_folder: Path, today: date
) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue that was read, beside everything that is wrong with it."""
    catalogue, problems = check_catalogue(folder, today)
    if catalogue is None:
        return None, problems
    problems = [
        *problems,
        *qr.problems(catalogue),
        *fixture_problems(folder, catalogue),
        *site.problems(catalogue),
    ]
    theme, _problems = design.read_theme("plain")
    assert theme is not None
    fonts = open_fonts(font_folder, theme)
    texts = [
        (text.text[lang], lang, getattr(text, lang)) for text in catalogue.texts for lang in LANGS
    ]
    unset = typeset.problems(texts, fonts)
    problems += unset or design.problems(catalogue, theme, fonts, today)
    return catalogue, sorted(
        dict.fromkeys(problems), key=lambda problem: (problem.place, problem.code, problem.facts)
    )
