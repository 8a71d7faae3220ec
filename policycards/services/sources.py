"""What use cases start from: an edition or the catalogue on a day, a theme, fonts, a key, a roster;
each checked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from policycards.catalogue import Catalogue, check
from policycards.catalogue.editions.edition import Version, read_edition, read_version
from policycards.core.problems import Place, Problem, problem
from policycards.design import Theme, proof_edition, read_theme
from policycards.qr import DEMO_KEY, Key, read_key
from policycards.services.result import WrongUse, sound
from policycards.typeset import Fonts

MOST_SHOWN = 12
"""Known values that a message lists; of more, the nearest."""


@dataclass(frozen=True, slots=True)
class Source:
    """A catalogue with the day of its standards and the edition that pieces show; not published, it
    is a proof.
    """

    catalogue: Catalogue
    day: date
    edition: str
    is_published: bool
    warnings: tuple[Problem, ...] = ()
    """What ``check`` says too."""

    @property
    def only_now(self) -> tuple[Problem, ...]:
        """Warnings that are true only now (W802), so that no later command could tell them."""
        return tuple(each for each in self.warnings if each.code == "W802")


def open_catalogue(policies: Path) -> tuple[Catalogue, list[Problem]]:
    """The catalogue of today, without errors, and its warnings."""
    catalogue, problems = check(policies, date.today())
    warnings = sound(problems)
    assert catalogue is not None
    return catalogue, warnings


def open_source(policies: Path, edition: str, day: date | None, place: Place) -> Source:
    """The edition of a name, or the catalogue on a day, or today."""
    if edition and day:
        raise WrongUse(problem("E916", place))
    if edition:
        read, problems = read_edition(policies, edition)
        warnings = sound(problems)
        assert read is not None
        catalogue, facts = read
        return Source(catalogue, facts.as_of, facts.name, not facts.draft, tuple(warnings))
    catalogue, warnings = open_catalogue(policies)
    day = day or date.today()
    return Source(catalogue, day, proof_edition(catalogue.digest, day), False, tuple(warnings))


def open_version(policies: Path, text: str) -> Version:
    """What an edition's name, a day or *now* means."""
    version, problems = read_version(policies, text, date.today())
    sound(problems)
    assert version is not None
    return version


def open_theme(name: str = "plain") -> Theme:
    """A shipped theme or a theme file."""
    theme, problems = read_theme(name)
    sound(problems)
    assert theme is not None
    return theme


def open_fonts(folder: Path, theme: Theme) -> Fonts:
    """The fonts of a theme; one that is missing or of a kind that no card can hold is wrong use."""
    try:
        for name in sorted(set(theme.fonts.values())):
            with (folder / name).open("rb") as file:
                if file.read(4) == b"OTTO":
                    raise WrongUse(problem("E909", Place(str(folder / name))))
        return Fonts.open(folder, theme.fonts)
    except OSError as error:
        place = Place(str(error.filename or folder))
        raise WrongUse(problem("E905", place, folder=folder)) from None


def open_key(key_file: Path | None) -> Key:
    """The county's key, or the one of samples."""
    if key_file is None:
        return DEMO_KEY
    key, problems = read_key(key_file)
    sound(problems)
    assert key is not None
    return key


def known_value(place: Place, option: str, value: str, known: Collection[str]) -> str:
    """A value that is known; any other is wrong use, and the message lists the nearest."""
    if value in known:
        return value
    near: Sequence[str] = list(known)
    if len(near) > MOST_SHOWN:
        near = get_close_matches(value, near, n=MOST_SHOWN, cutoff=0)
    listed = ", ".join(sorted(near))
    raise WrongUse(problem("E903", place, option=option, value=value, known=listed))
