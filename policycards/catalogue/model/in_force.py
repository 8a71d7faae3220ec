"""What holds on a day: each standard with the entry that decides, resolved once for a day and an
area (``Catalogue.at``), or for a day and all areas with entries of their own (``Catalogue.on``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from policycards.catalogue.model.policy import Policy, Standard, Value


@dataclass(frozen=True, slots=True)
class StandardInForce:
    """A standard on a day in an area, and the entry that decides there: the nearest area's, the
    newest not later than the day, and of one date the last recorded. What is only expected decides
    nothing.
    """

    standard: Standard
    area: str
    entry: Value | None

    @property
    def value(self) -> Value | None:
        """The value in force; None where there is none yet, and where it has ended."""
        return None if self.entry is None or self.entry.status == "ended" else self.entry

    @property
    def ended(self) -> Value | None:
        """The entry by which the standard has ended."""
        return self.entry if self.entry and self.entry.status == "ended" else None

    @property
    def holds(self) -> bool:
        """Whether the standard is in force; one without any entry always is."""
        return not self.standard.values or self.value is not None

    @property
    def is_own(self) -> bool:
        """Whether the area itself decides, not one above it."""
        return self.entry is not None and (self.entry.area or "") == self.area

    @property
    def former(self) -> Value | None:
        """The entry of the same area that the deciding one replaced."""
        return self.standard.before(self.entry) if self.entry else None


@dataclass(frozen=True, slots=True)
class CatalogueInForce:
    """The standards of a catalogue on one day in one area, each resolved when it is first asked
    for.
    """

    policies: tuple[Policy, ...]
    day: date
    area: str
    _resolved: dict[int, StandardInForce] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, standard: Standard) -> StandardInForce:
        known = self._resolved.get(id(standard))
        if known is None:
            known = self._resolved[id(standard)] = in_force(standard, self.day, self.area)
        return known

    def __iter__(self) -> Iterator[tuple[Policy, StandardInForce]]:
        for policy in self.policies:
            for standard in policy.standards:
                yield policy, self[standard]


def in_force(standard: Standard, day: date, area: str = "") -> StandardInForce:
    """One standard on a day in an area, for those who ask of one on many days or in many areas."""
    known = [
        value
        for value in standard.values
        if value.status != "expected"
        and value.since.first_day <= day
        and area.startswith(value.area or "")
    ]
    return StandardInForce(standard, area, max(reversed(known), key=_rank, default=None))


def by_area(policies: Iterable[Policy], day: date) -> Iterator[tuple[Policy, StandardInForce]]:
    """Every standard on a day, once for each area in which it has entries of its own, the whole
    first; one without entries once.
    """
    for policy in policies:
        for standard in policy.standards:
            for area in sorted({value.area or "" for value in standard.values} or {""}):
                yield policy, in_force(standard, day, area)


def _rank(value: Value) -> tuple[int, date, date]:
    return len(value.area or ""), value.since.first_day, value.recorded
