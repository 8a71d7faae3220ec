"""Whether every text of a catalogue fits the cards it would be printed on, in large type too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Lang, Policy, Text
from policycards.catalogue.yaml.source import Path_
from policycards.core.problems import Problem, problem
from policycards.core.units import MM
from policycards.design.content.policy_text import statement
from policycards.design.layout import icons
from policycards.design.layout.theme import CARDS, Look, Theme
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.policy_row import RowTypesetter
from policycards.typeset import Fonts, single
from policycards.typeset.text_model import Style

MOST_LINES: dict[Literal["name", "who"], int] = {"name": 3, "who": 6}
"""Lines that a text may take on the narrowest card in either language: more is not read."""
SHORT: dict[str, dict[Lang, float]] = {
    "policy": {"bo": 53.5, "zh": 26.0},
    "unit": {"bo": 19.0, "zh": 12.0},
    "label": {"bo": 53.5, "zh": 26.0},
}
"""mm that short texts may take on a card of half a sheet, at ``SIZES``."""
SIZES: dict[Lang, float] = {"bo": 13.0, "zh": 10.5}
"""pt of names and units on a household's card."""
ROW_SHARE = 0.75
"""Part of a page's height that one policy may take."""


def problems(catalogue: Catalogue, theme: Theme, fonts: Fonts, day: date) -> list[Problem]:
    """Texts that are too long, rows that no page holds, pictograms that do not exist."""
    drawn = {
        ("catalogue", "categories"): [
            category.pictogram for category in catalogue.settings.categories
        ],
        ("topics", "topics"): [topic.pictogram for topic in catalogue.topics],
    }
    known = ", ".join(sorted(icons.names()))
    found = [
        problem("E320", catalogue.place(*part, number, "pictogram"), name=name, known=known)
        for part, names in drawn.items()
        for number, name in enumerate(names)
        if name not in icons.names()
    ]
    if found:
        return found
    return policy_problems(catalogue, theme, fonts, day)


def policy_problems(catalogue: Catalogue, theme: Theme, fonts: Fonts, day: date) -> list[Problem]:
    """Texts of policies that are too long, and rows that no page holds."""
    found: list[Problem] = []
    narrowest = _rows(catalogue, Look(theme, "hand"), fonts)
    for policy in catalogue.policies:
        found += _long_texts(catalogue, policy, narrowest, day)
    found += _wide_shorts(catalogue, fonts)
    for design in CARDS:
        rows = _rows(catalogue, Look(theme, design, large=True), fonts)
        for policy in catalogue.policies:
            found += _tall_row(catalogue, policy, rows, day)
        found += rows.setter.problems
    return list(dict.fromkeys(found))


def _wide_shorts(catalogue: Catalogue, fonts: Fonts) -> Iterator[Problem]:
    """Short names, labels and units that are wider than their columns."""
    shorts: list[tuple[str, str, Path_, Text | None]] = [
        ("unit", "catalogue", ("units", at), unit.short)
        for at, unit in enumerate(catalogue.settings.units)
    ]
    for policy in catalogue.policies:
        shorts.append(("policy", policy.id, (), policy.short))
        shorts += [
            ("label", policy.id, ("standards", at), standard.short)
            for at, standard in enumerate(policy.standards)
        ]
    present = [(kind, owner, path, text) for kind, owner, path, text in shorts if text]
    for kind, owner, path, text in present:
        for lang, most in SHORT[kind].items():
            style = Style(lang, bo=SIZES["bo"], zh=SIZES["zh"])
            try:
                wide = single(text[lang], style, fonts).width / MM
            except ValueError:  # a character without a glyph, reported elsewhere
                continue
            if wide > most:
                place = catalogue.place(owner, *path, "short", lang)
                yield problem("W313", place, wide=f"{wide:.1f}", most=f"{most:g}")


def _rows(catalogue: Catalogue, look: Look, fonts: Fonts) -> RowTypesetter:
    return RowTypesetter(catalogue, Typesetter(look, fonts), look.inner_width)


def _tall_row(
    catalogue: Catalogue, policy: Policy, rows: RowTypesetter, day: date
) -> Iterator[Problem]:
    look = rows.setter.look
    room = look.height * ROW_SHARE
    row = statement(catalogue, policy, catalogue.settings.area, day)
    height = max(block.height for block in rows.blocks(row, room))
    if height > room:
        yield problem(
            "E311", catalogue.place(policy.id), over=f"{(height - room) / MM:.1f}", design=look.name
        )


def _long_texts(
    catalogue: Catalogue, policy: Policy, rows: RowTypesetter, day: date
) -> Iterator[Problem]:
    row = statement(catalogue, policy, catalogue.settings.area, day)
    for part, most in MOST_LINES.items():
        for lang in LANGS:
            if (lines := rows.lines(row, part, lang)) > most:
                yield problem(
                    "E312",
                    catalogue.place(policy.id, part, lang),
                    lines=lines,
                    most=most,
                    design="hand",
                )
