"""What someone tells about a standard, in a row of a workbook or on the command line: cells that
become a value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from policycards.catalogue.model.dates import When
from policycards.catalogue.model.form import brief
from policycards.catalogue.model.policy import Confirmed, Source, Value
from policycards.core import units
from policycards.core.problems import Place, Problem, problem

ENDED = ("停止", "终止", "取消", "ended", "མཚམས་འཇོག")
"""What stands in the place of a new amount where a standard ends; the first is what our own
workbook says.
"""
EXPECTED = ("待定", "expected", "གཏན་འཁེལ་མ་བྱུང")
"""The same where a change is known to come, but not its amount: it never prints."""
_DATE = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A text, where it stands, and what a message calls the place: ``J12 新标准``, or an option."""

    text: str
    place: Place
    name: str


@dataclass(slots=True)
class Entry:
    """Cells by field; what is wrong with them gathers in ``problems``."""

    place: Place
    cells: Mapping[str, Cell]
    problems: list[Problem] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        cell = self.cells.get(name)
        return " ".join(unicodedata.normalize("NFC", cell.text).split()) if cell else ""

    def where(self, name: str) -> Cell:
        return self.cells.get(name) or Cell("", self.place, name)

    def report(self, code: str, name: str, /, **facts: object) -> None:
        cell = self.where(name)
        self.problems.append(problem(code, cell.place, where=cell.name, **facts))

    @property
    def id(self) -> str:
        return f"{self['policy']}/{self['standard']}" if self["standard"] else self["policy"]

    @property
    def has_values(self) -> bool:
        """Whether anything is said that could be a new value."""
        return any(self[name] for name in ("amount", "from", "published", "title", "corrects"))

    def when(self, name: str) -> When | None:
        """A date as precise as it is given; a problem where it is none."""
        try:
            return when_of(self[name]) if self[name] else None
        except ValueError:
            self.report("E813", name, value=brief(self[name]))
            return None

    def amount(self) -> Decimal | None:
        try:
            return amount_of(self["amount"])
        except ValueError:
            self.report("E814", "amount", value=brief(self["amount"]))
            return None


def when_of(text: str) -> When:
    """A date in the forms of offices; raises ValueError.

    >>> [str(when_of(text)) for text in ("2026年7月1日", "2026/7", "2026-07-01 00:00:00", "../2013")]
    ['2026-07-01', '2026-07', '2026-07-01', '../2013']
    """
    text = "".join(unicodedata.normalize("NFKC", text).removesuffix(" 00:00:00").split())
    if text.startswith("../"):
        return When.parse(text)
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(text)
    return When.parse(
        "-".join([match.group(1), *(f"{int(part):02}" for part in match.groups()[1:] if part)])
    )


def amount_of(text: str) -> Decimal:
    """An exact amount; raises ValueError.

    >>> amount_of("７.50"), amount_of("1,300")
    (Decimal('7.50'), Decimal('1300'))
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if len(text) > 20:
        raise ValueError(text)
    return units.amount(text.replace(",", "") if _GROUPED.fullmatch(text) else text)


def value_of(entry: Entry, today: date) -> Value | None:
    """The value that an entry tells; None, with problems, where something is missing or cannot be
    read.

    It is recorded today, and its notice was looked up today.
    """
    for name in ("amount", "from"):
        if not entry[name]:
            entry.report("E815", name, id=entry.id)
    status = _status(entry["amount"])
    amount = None if status or not entry["amount"] else entry.amount()
    since, published = entry.when("from"), entry.when("published")
    source = _source(entry)
    _say_why(entry)
    if since is None or source is None or entry.problems:
        return None
    return Value.model_construct(
        since=since,
        amount=amount,
        area=entry["area"] or None,
        published=published,
        recorded=today,
        source=source,
        status=status,
        corrects=entry["corrects"] or None,
        confirmed=(
            Confirmed.model_construct(by=entry["confirmed"], on=today)
            if entry["confirmed"]
            else None
        ),
        checked_on=today,
        note=entry["note"] or None,
        missing=entry["missing"] or None,
    )


def _status(text: str) -> Literal["ended", "expected"] | None:
    word = text.rstrip("་").lower()
    return "ended" if word in ENDED else "expected" if word in EXPECTED else None


def _source(entry: Entry) -> Source | None:
    if not entry["title"]:
        entry.report("E822", "title", id=entry.id)
        return None
    number, issuer, url = (entry[name] or None for name in ("number", "issuer", "url"))
    return Source.model_construct(title=entry["title"], number=number, issuer=issuer, url=url)


def _say_why(entry: Entry) -> None:
    """What the catalogue asks for of every value is given, or it is said why not."""
    empty = [entry.where(name).name for name in ("published", "number", "url") if not entry[name]]
    if entry["title"] and empty and not entry["missing"]:
        entry.report("E823", "missing", id=entry.id, what=", ".join(empty))
