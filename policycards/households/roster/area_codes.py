"""Villages by the codes and names that lists have for them, those of former years included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher

from policycards.catalogue.model.catalogue import Area, Catalogue
from policycards.core.names import name_key
from policycards.households.roster.cells import CellFault, Reading, folded, no_damage

VILLAGE = 12
"""Digits of a village's code."""
QUESTION = "area:"
"""How the name of a village is asked about, and answered."""

_CODE = re.compile(r"\d{12}|\d{9}|\d{6}|\d{4}|\d{2}")
_ALTERED = re.compile(r"\d(\.\d*)?E\+?\d+", re.IGNORECASE)
_OFFICE = re.compile(
    r"(?:村民委员会|居民委员会|社区居委会|社区居民委员会|村委会|居委会|牧委会|村两委|村党支部|"
    r"行政村|村公所|གྲོང་ཚོའི་ཨུ་ཡོན་ལྷན་ཁང)$"
)
_LEVELS = re.compile(
    r"(?:自治区|自治州|自治县|地区|特别行政区|街道办事处|街道|省|市|州|盟|县|区|旗|乡|镇)$"
)
_YEAR = re.compile(r"^(?:\d{2,4}[-—至~]?)+(?:年度?|上半年|下半年|秋季|春季)?(?:\d{1,2}月份?)?")
_BREAKS = " \t\u3000:：·、，,;；()（）[]【】《》-—_/|　"
_LIST_WORD = re.compile(
    r"^(?:村委会|村民委员会|居委会|居民委员会|行政村|农牧民|牧民|农民|村民|居民|家庭|人口|户籍|常住|花名册|"
    r"名册|名单|册|表|统计|登记|基本|信息|低保|草原|草畜|禁牧|补助|补贴|享受|惠农|兑现|发放|资金|公示|明细|"
    r"汇总|数据|台账|户|组|精准|帮扶|脱贫|监测|特困|老年|高龄|残疾|\d|[a-z]|年|全村|各户|农村|城乡|困难)"
)


@dataclass(frozen=True, slots=True)
class AreaCodes:
    """What codes and names of areas mean on a day: ``villages`` are those with 12 digits, ``names``
    their whole names, ``paths`` all ways to write each, ``answers`` what the office has said of
    other names.
    """

    areas: Mapping[str, Area]
    villages: frozenset[str]
    names: Mapping[str, str]
    today: date
    paths: Mapping[str, frozenset[str]] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    home: str = ""

    @classmethod
    def of(
        cls, catalogue: Catalogue, today: date, answers: Mapping[str, str] | None = None
    ) -> AreaCodes:
        villages = frozenset(code for code in catalogue.areas if len(code) == VILLAGE)
        paths: dict[str, set[str]] = {}
        names: dict[str, set[str]] = {}
        for code in villages:
            area = catalogue.areas[code]
            if _over(area, today):
                continue
            for name in (area.name.zh, area.name.bo):
                names.setdefault(name, set()).add(code)
            for written in _written(catalogue.areas, code):
                paths.setdefault(written, set()).add(code)
        given = {
            name_key(name.removeprefix(QUESTION)): code
            for name, code in (answers or {}).items()
            if name.startswith(QUESTION)
        }
        sure = {name: next(iter(codes)) for name, codes in names.items() if len(codes) == 1}
        frozen = {name: frozenset(codes) for name, codes in paths.items()}
        return cls(catalogue.areas, villages, sure, today, frozen, given, catalogue.settings.area)

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
        answered = self.answers.get(name_key(text))
        found = frozenset({answered}) if answered else self.named(text)
        if len(found) == 1:
            code = next(iter(found))
        if code not in self.areas:
            code = code.removesuffix("000") if len(code) == 12 else code
        if code not in self.areas:
            if _CODE.fullmatch(code):
                raise CellFault("E514")
            raise CellFault("E513", nearest=self.nearest(text))
        return self._current(code)

    def named(self, text: str) -> frozenset[str]:
        """The villages that a text names: alone, with 村委会 or the like behind, with the names of
        the areas above before it, in either script.
        """
        key = _key(text)
        forms = (name_key(text), key, key + "村", key + "社区")
        return next((self.paths[form] for form in forms if form in self.paths), frozenset())

    def in_title(self, text: str) -> frozenset[str]:
        """The villages that the title of a list, of a sheet or of a file names.

        A name counts only where it stands alone or behind the names of the areas above it, and is
        followed by the words of lists: 上三村 is not 三村.
        """
        if whole := self.named(text):
            return whole
        found: set[str] = set()
        for part in _parts(text):
            key = _YEAR.sub("", name_key(part))
            for end in range(len(key), 1, -1):
                codes = self.paths.get(key[:end], frozenset())
                if codes and (end == len(key) or _LIST_WORD.match(key[end:])):
                    found |= codes
                    break
        return frozenset(found)

    def nearest(self, text: str, most: int = 3) -> str:
        """The villages whose names are most like a text, to choose from."""
        key = _key(text)
        scored = sorted(
            (
                -SequenceMatcher(None, key, written, autojunk=False).ratio(),
                written,
                sorted(codes)[0],
            )
            for written, codes in self.paths.items()
            if len(written) < 12
        )
        codes = dict.fromkeys(code for score, _written, code in scored[:12] if score <= -0.4)
        return ", ".join(f"{self.areas[code].name.zh} {code}" for code in list(codes)[:most])

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


def other_county(codes: Iterable[str], areas: AreaCodes) -> str:
    """The county of a list all of whose villages are of another one than the catalogue's, or
    nothing.
    """
    counties = {
        "".join(folded(code).split())[:6]
        for code in codes
        if re.fullmatch(r"\d{12}", "".join(folded(code).split()))
    }
    if len(counties) != 1 or not areas.home:
        return ""
    county = counties.pop()
    if county.startswith(areas.home) or areas.home.startswith(county):
        return ""
    if any(code.startswith(county) for code in areas.villages):
        return ""
    known = areas.areas.get(county)
    return f"{county} {known.name.zh}" if known else county


def _written(areas: Mapping[str, Area], code: str) -> set[str]:
    """All keys under which a village may be written: its name, without 村 for what has a longer
    path, behind any of the areas above it.
    """
    village = areas[code]
    keys = {_key(name) for name in (village.name.zh, village.name.bo)} - {""}
    above = [areas[code[:length]] for length in (9, 6, 4, 2) if code[:length] in areas]
    written = set(keys)
    for zh in (True, False):
        path = {_key(village.name.zh if zh else village.name.bo)}
        for area in above:
            name = name_key(area.name.zh if zh else area.name.bo)
            shorter = {name, _LEVELS.sub("", name)} if zh else {name}
            path |= {each + tail for each in shorter if len(each) > 1 for tail in path}
        written |= path - {""}
    return written


def _key(text: str) -> str:
    return name_key(_OFFICE.sub("", re.sub(r"\s+", "", text)) or text)


def _parts(text: str) -> list[str]:
    """A title and its parts behind each space or mark, the longest first."""
    plain = text.strip()
    starts = [0, *(at + 1 for at, each in enumerate(plain) if each in _BREAKS)]
    return [plain[start:] for start in starts if plain[start:].strip()]


def _over(area: Area, today: date) -> bool:
    return area.valid_to is not None and area.valid_to < today
