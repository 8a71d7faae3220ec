"""What made-up households are owed by the shipped policies, reckoned without any of our code: the
YAML is read as text, rules are translated to Python, amounts are whole fen.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml

AREA_FACTS = {
    "549901101201": {"area_class": "四类", "border_line": "无"},
    "549901102201": {"area_class": "四类", "border_line": "一线"},
    "549901102202": {"area_class": "四类", "border_line": "二线"},
}
"""Villages with the attributes that they inherit in ``areas.csv``."""
LISTED = "rural-dibao"
"""The one policy for which the made-up rosters have the office's list."""
MU = (
    "grazing_ban_mu",
    "balance_mu",
    "forage_mu",
    "forest_mu",
    "cropland_forest_mu",
    "cropland_grass_mu",
    "barley_mu",
    "grain_mu",
)
AREAS_OF_LAND = ("0", "0", "0.0001", "0.01", "3.3333", "12.35", "266.6667", "9999.99")
NAMES = ("བཀྲ་ཤིས", "སྒྲོལ་མ", "ཚེ་རིང", "པད་མ")
AGES = (0, 2, 3, 6, 15, 16, 29, 30, 59, 60, 64, 65, 79, 80, 89, 90, 99, 100)
STAGES = ("学前", "小学", "初中", "高中", "大学", "不在读")
_NAMES = re.compile(r"\b(AND|OR|NOT|IN)\b")


def policies(folder: Path) -> list[dict[str, Any]]:
    """Every policy as its file has it, all of it text."""
    return [
        yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for path in sorted(folder.glob("*/*.yaml"))
        if path.parent.name not in ("tests", "editions")
    ]


def boundaries(known: list[dict[str, Any]]) -> list[date]:
    """The day on which any value begins, the day before, and the day after."""
    starts = {
        _first_day(value["from"])
        for policy in known
        for standard in policy["standards"]
        for value in standard.get("values", ())
    }
    days = {start + timedelta(days=by) for start in starts for by in (-1, 0, 1)}
    return sorted(day for day in days if day >= date(2005, 1, 1))


def household(dice: random.Random, number: int, day: date) -> dict[str, Any]:
    """A household whose members come of age on the day, the day before or the day after."""
    members = []
    for _each in range(dice.randint(1, 4)):
        age = dice.choice(AGES)
        born = _years_before(day, age) + timedelta(days=dice.choice((-1, 0, 1)))
        members.append({"birth_date": min(born, day), "school_stage": dice.choice(STAGES)})
    mu = {name: Decimal(dice.choice(AREAS_OF_LAND)) for name in MU}
    return {
        "household_id": f"A{number}",
        "area": dice.choice(sorted(AREA_FACTS)),
        "hukou": dice.choice(("农牧", "城镇")),
        f"is_{LISTED}": dice.choice(("", "no", "1200", "2712.5", "800.05")),
        **mu,
        "persons": members,
    }


def write_roster(homes: list[dict[str, Any]], folder: Path) -> None:
    """The households as an office's two lists."""
    folder.mkdir(parents=True)
    columns = ["household_id", "area", "walk_order", "hukou", f"is_{LISTED}", *MU]
    with (folder / "households.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, columns, extrasaction="ignore")
        rows.writeheader()
        rows.writerows({**home, "walk_order": n} for n, home in enumerate(homes, 1))
    with (folder / "members.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(
            ["household_id", "name_bo", "name_zh", "relation", "birth_date", "school_stage"]
        )
        for home in homes:
            for n, person in enumerate(home["persons"]):
                names = [NAMES[n], f"扎西{'甲乙丙丁'[n]}", "户主" if n == 0 else "子女"]
                lines.writerow([home["household_id"], *names, *person.values()])


def owed(
    known: list[dict[str, Any]], home: Mapping[str, Any], day: date
) -> Iterator[tuple[str, str, bool, Decimal | None]]:
    """Policy and standard, whether the household has it, and the amount where one is reckoned;
    without those that only a list which there is not could tell.
    """
    area = home["area"]
    for policy in known:
        is_here = not policy.get("area") or any(map(area.startswith, policy["area"]))
        for standard in policy["standards"]:
            if standard.get("when") == "listed" and policy["id"] != LISTED:
                continue
            value = _value_on(standard, day, area)
            if not is_here or (standard.get("values") and value is None):
                yield policy["id"], standard["id"], False, None
                continue
            amount = Decimal(value["amount"]) if value and "amount" in value else None
            yield policy["id"], standard["id"], *_having(standard, home, day, amount)


def _having(
    standard: Mapping[str, Any], home: Mapping[str, Any], day: date, value: Decimal | None
) -> tuple[bool, Decimal | None]:
    if standard.get("when") == "listed":
        approved = home[f"is_{LISTED}"]
        has = approved not in ("", "no")
        return has, Decimal(approved) if has else None
    facts = {**home, **AREA_FACTS[home["area"]]}
    if any(facts[name] != wanted for name, wanted in standard.get("variant", {}).items()):
        return False, None
    rows = [facts]
    if standard.get("for") == "member":
        rows = [facts | person | {"age": _age(person, day)} for person in home["persons"]]
    rows = [row for row in rows if _holds(standard.get("when"), row)]
    quantities = [row[standard["quantity"]] if "quantity" in standard else 1 for row in rows]
    if standard["pays"] != "cash":
        return bool(rows), None
    quantity = sum(quantities, Decimal(0))
    if not quantity:
        return False, None
    assert value is not None
    step = Decimal(standard.get("rounding", "0.01"))
    return True, (value * quantity / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _holds(rule: str | None, facts: Mapping[str, Any]) -> bool:
    if rule is None:
        return True
    python = _NAMES.sub(lambda word: word[0].lower(), rule)
    python = re.sub(r"(?<![<>])=", "==", python.replace("<>", "!=").replace("')", "',)"))
    return bool(eval(python, {"__builtins__": {}}, dict(facts)))


def _value_on(standard: Mapping[str, Any], day: date, area: str) -> Mapping[str, str] | None:
    best: tuple[Any, Mapping[str, str]] | None = None
    for value in standard.get("values", ()):
        start = _first_day(value["from"])
        if value.get("status") == "expected" or start > day:
            continue
        if not area.startswith(value.get("area", "")):
            continue
        rank = len(value.get("area", "")), start, value["recorded"]
        if best is None or rank >= best[0]:
            best = rank, value
    return None if best is None or best[1].get("status") == "ended" else best[1]


def _first_day(text: str) -> date:
    parts = [int(part) for part in text.removeprefix("../").split("-")]
    return date(*parts, *[1] * (3 - len(parts)))


def _years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29) and (day.year - years) % 4:
        return date(day.year - years, 3, 1)
    return day.replace(year=day.year - years)


def _age(person: Mapping[str, Any], day: date) -> int:
    born = person["birth_date"]
    return int(day.year - born.year - ((day.month, day.day) < (born.month, born.day)))
