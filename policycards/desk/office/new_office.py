"""A new office before its folder is made: what is decided about it, and whether there is one yet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from policycards.desk.core.office_folder import Office

SAMPLE_COUNTY = "549901"
"""The county of the shipped sample, which does not exist."""
_OWN = {"desk", "fonts", "county.key", ".DS_Store", "desktop.ini", "Thumbs.db"}
"""What may lie in a folder that is still to become an office's."""


@dataclass(frozen=True, slots=True)
class AreaRow:
    """A division as it was pasted; ``bo`` is empty where the table has no Tibetan name."""

    code: str
    zh: str
    bo: str = ""


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone on cards: whom to ask (``ask``) or to complain to (``supervise``)."""

    area: str
    role: str
    zh: str
    bo: str
    number: str = ""
    hours: str = ""
    speaks_tibetan: bool = False


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What somebody decided about a new office."""

    zh: str
    bo: str
    county: str
    areas: tuple[AreaRow, ...] = ()
    phones: tuple[Phone, ...] = ()
    policies: frozenset[str] = frozenset()

    @property
    def is_sample(self) -> bool:
        return self.county == SAMPLE_COUNTY


def is_new(office: Office) -> bool:
    """Whether the office is still to be made: nothing in its folder, or a guide that was left."""
    if guide_file(office).is_file():
        return True
    if office.policies.is_dir():
        return False
    folder = office.folder
    return not folder.exists() or {each.name for each in folder.iterdir()} <= _OWN


def guide_file(office: Office) -> Path:
    """Where the guide keeps what was entered, while it is under way."""
    return office.memory / "guide.json"
