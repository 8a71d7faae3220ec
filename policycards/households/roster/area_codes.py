"""Villages by the codes and names that lists have for them, those of former years included."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from policycards.catalogue.model.catalogue import Area, Catalogue
from policycards.households.roster.cells import CellFault, Reading, folded, no_damage

VILLAGE = 12
"""Digits of a village's code."""

_CODE = re.compile(r"\d{12}|\d{9}|\d{6}|\d{4}|\d{2}")
_ALTERED = re.compile(r"\d(\.\d*)?E\+?\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AreaCodes:
    """What codes and names of areas mean on a day: ``villages`` are those with 12 digits."""

    areas: Mapping[str, Area]
    villages: frozenset[str]
    names: Mapping[str, str]
    today: date

    @classmethod
    def of(cls, catalogue: Catalogue, today: date) -> AreaCodes:
        villages = frozenset(code for code in catalogue.areas if len(code) == VILLAGE)
        valid = [
            area
            for code, area in catalogue.areas.items()
            if code in villages and not _over(area, today)
        ]
        counted = Counter(name for area in valid for name in {area.name.zh, area.name.bo})
        names = {
            name: area.code
            for area in valid
            for name in (area.name.zh, area.name.bo)
            if counted[name] == 1
        }
        return cls(catalogue.areas, villages, names, today)

    @property
    def plain(self) -> list[str]:
        """The codes that mean themselves."""
        return sorted(code for code in self.villages if not _over(self.areas[code], self.today))

    def read(self, text: str) -> Reading:
        """The code of a village; raises CellFault where a cell names none, or a former one without
        one successor.
        """
        no_damage(text)
        code = "".join(folded(text).split()).removesuffix(".0")
        if _ALTERED.fullmatch(code):
            raise CellFault("E517")
        code = self.names.get(code) or self.names.get(text.strip(" ་")) or code
        if code not in self.areas:
            code = code.removesuffix("000") if len(code) == 12 else code
        if code not in self.areas:
            raise CellFault("E514" if _CODE.fullmatch(code) else "E513")
        return self._current(code)

    def _current(self, code: str) -> Reading:
        """Follows an area to what became of it: merged ones have one successor, split ones
        several.
        """
        first, seen = code, {code}
        while _over(area := self.areas[code], self.today):
            known = [each for each in area.successors if each in self.areas and each not in seen]
            if len(known) != 1:
                raise CellFault(
                    "E515", area=first, ended=area.valid_to, known=", ".join(known) or "?"
                )
            code = known[0]
            seen.add(code)
        if code not in self.villages:
            raise CellFault("E516", area=code, name=self.areas[code].name.zh)
        return Reading(
            code,
            "" if code == first else "W515",
            {} if code == first else {"area": first, "now": code},
        )


def _over(area: Area, today: date) -> bool:
    return area.valid_to is not None and area.valid_to < today
