"""Makes up a roster: villages of households that look like those of the region and are nobody's.

Given names are usual in the region, in both scripts; none of them means a person.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from policycards.catalogue.model.catalogue import Attribute, Catalogue
from policycards.households.roster.fields import OVERRIDE, Field, fields_of
from policycards.tables.xlsx_writer import Column, write_sheet

_ANY = (
    ("ཚེ་རིང", "次仁"),
    ("ཉི་མ", "尼玛"),
    ("ཟླ་བ", "达瓦"),
    ("མིག་དམར", "米玛"),
    ("ལྷག་པ", "拉巴"),
    ("ཕུར་བུ", "普布"),
    ("པ་སངས", "巴桑"),
    ("སྤེན་པ", "边巴"),
    ("བསོད་ནམས", "索朗"),
    ("བསྟན་འཛིན", "丹增"),
    ("སྐལ་བཟང", "格桑"),
    ("བདེ་སྐྱིད", "德吉"),
    ("པདྨ", "白玛"),
    ("རིན་ཆེན", "仁青"),
    ("ཚེ་དབང", "次旺"),
    ("ཀུན་དགའ", "贡嘎"),
    ("འཕྲིན་ལས", "赤列"),
    ("བློ་བཟང", "洛桑"),
)
_MEN = (
    ("བཀྲ་ཤིས", "扎西"),
    ("རྡོ་རྗེ", "多吉"),
    ("དོན་གྲུབ", "顿珠"),
    ("ནོར་བུ", "罗布"),
    ("འཇིགས་མེད", "晋美"),
    ("དབང་འདུས", "旺堆"),
    ("རྒྱལ་མཚན", "坚参"),
    ("ངག་དབང", "阿旺"),
    ("ཚེ་བརྟན", "次旦"),
    ("དབང་ཕྱུག", "旺久"),
)
_WOMEN = (
    ("སྒྲོལ་མ", "卓玛"),
    ("ལྷ་མོ", "拉姆"),
    ("དབྱངས་ཅན", "央金"),
    ("ཆོས་སྒྲོན", "曲珍"),
    ("སྒྲོལ་དཀར", "卓嘎"),
    ("བུ་ཁྲིད", "布赤"),
    ("མཚོ་མོ", "措姆"),
    ("མེ་ཏོག", "梅朵"),
    ("ལྷ་སྒྲོན", "拉珍"),
    ("དབྱངས་སྒྲོན", "央珍"),
)
_RARE = (
    ("པདྨ་བཛྲ", "白玛班杂"),
    ("ཀརྨ་རཏྣ", "嘎玛热那"),
    ("", "示䶮"),
    ("", "示㛃"),
    ("", "示𠅤"),
    ("ཀློང་ཆེན་རབ་འབྱམས", ""),
)
"""Stacks of Sanskrit, characters outside the usual sets, one that hardly any font has, and names in
one script only.
"""

Name = tuple[str, str]


def made_up_name(random: Random, *, woman: bool) -> Name:
    """A name in Tibetan and Chinese: mostly two words, some one or three, a few in one script only,
    a few rare.
    """
    chance = random.random()
    if chance < 0.01:
        return random.choice(_RARE)
    last = random.choice(_WOMEN if woman else _MEN)
    words = (last,) if chance < 0.13 else (random.choice(_ANY), last)
    if chance > 0.96:
        words = (random.choice(_ANY), *words)
    bo, zh = "་".join(bo for bo, _zh in words), "".join(zh for _bo, zh in words)
    if 0.13 < chance < 0.15:
        return bo, ""
    return ("", zh) if 0.15 < chance < 0.17 else (bo, zh)


DAY = date(2024, 9, 1)
"""Ages are as of this day, so that a seed makes the same people in every year."""
TITLE = "示例名册：人和数字都是虚构的 · དཔེ་མཚོན། མི་དང་གྲངས་ཀ་ཚང་མ་བཟོས་མ་ཡིན།"
GROUPS = ("一组", "二组", "三组", "四组")
APPROVED = {
    "rural-dibao": (0, 125),
    "eco-post": (18, 60),
    "disability-living": (0, 125),
    "three-old": (60, 125),
}
"""Policies of which the sample says who is approved, where the catalogue has them, and the ages of
such people.
"""

_STAGES = ((3, "学前"), (6, "小学"), (12, "初中"), (15, "高中"), (18, "大学"))
_NO_STAGE, _NOT_ASKED = "不在读", 30
"""What stands where somebody goes to no school, and from which age on nobody writes that."""
_HOME = ("household_id", "area", "group", "walk_order", "deliver_to", "known_as")
_PERSON = ("name_bo", "name_zh", "relation", "birth_date")

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Village:
    """A village of the catalogue, or one made up where the catalogue has too few."""

    code: str
    bo: str
    zh: str
    made_up: bool = False


def villages_of(catalogue: Catalogue, count: int) -> list[Village]:
    """So many villages: those of the catalogue first, then made-up ones below the office's own
    county.
    """
    known = [
        Village(code, area.name.bo, area.name.zh)
        for code, area in sorted(catalogue.areas.items())
        if len(code) == 12 and area.valid_to is None
    ]
    county = catalogue.settings.area[:6]
    made = []
    for number in range(max(count - len(known), 0)):
        code = f"{county}{501 + number // 15:03}{201 + number % 15:03}"
        made.append(
            Village(code, f"དཔེ་མཚོན་གྲོང་ཚོ་{number + 1}", f"示例{number + 1}号村", made_up=True)
        )
    return [*known[:count], *made]


def households_of(
    catalogue: Catalogue, villages: Sequence[Village], households: int, seed: int
) -> Iterator[tuple[Record, list[Record]]]:
    """Each household with its members, by column name; the same seed makes the same ones."""
    fields = fields_of(catalogue)
    overrides = [fields[OVERRIDE + name] for name in APPROVED if OVERRIDE + name in fields]
    attributes = catalogue.settings.attributes
    for number, village in enumerate(villages):
        random = Random(f"{seed}/{village.code}")
        herders = random.random() < 0.5
        count = households // len(villages) + (number < households % len(villages))
        for order in range(1, count + 1):
            home = {
                "household_id": f"{village.code}{order:04}",
                "area": village.code,
                "group": GROUPS[(order - 1) * len(GROUPS) // count],
                "walk_order": str(order),
                "deliver_to": "县城" if random.random() < 0.03 else "",
                "known_as": "ཁང་གསར" if random.random() < 0.05 else "",
            }
            home |= {
                each.name: _of_home(each, herders, random)
                for each in attributes
                if each.of == "household"
            }
            people = _family(random)
            for person in people:
                person |= {
                    each.name: _of_person(each, person, random)
                    for each in attributes
                    if each.of == "member"
                }
            for field in overrides:
                _approve(field, home, people, random)
            yield home, people


def _of_home(attribute: Attribute, herders: bool, random: Random) -> str:
    """Herders have pasture, farmers fields; a few cells are empty, because nobody asked."""
    if random.random() < 0.02:
        return ""
    if attribute.type == "choice":
        return attribute.choices[0] if random.random() < 0.95 else random.choice(attribute.choices)
    if attribute.type == "yes_no":
        return "是" if random.random() < 0.2 else "否"
    if attribute.type != "number":
        return ""
    pasture = attribute.name in ("grazing_ban_mu", "balance_mu", "forage_mu")
    if random.random() < (0.15 if pasture == herders else 0.9):
        return "0"
    most = 1500 if attribute.name in ("grazing_ban_mu", "balance_mu") else 25
    return f"{random.triangular(0.5, most, most / 5):.1f}"


def _of_person(attribute: Attribute, person: Record, random: Random) -> str:
    if attribute.name != "school_stage":
        return ""
    age = _age(person)
    none = _NO_STAGE if _NO_STAGE in attribute.choices and age < _NOT_ASKED else ""
    stage = next((name for limit, name in reversed(_STAGES) if limit <= age < 22), "")
    if stage not in attribute.choices:
        return none
    if age >= 18:
        return stage if random.random() < 0.4 else none
    return stage if random.random() < 0.97 else ""


def _approve(field: Field, home: Record, people: list[Record], random: Random) -> None:
    """Puts one of twelve households, or one of its people of a fitting age, on the approval list of
    a policy.
    """
    youngest, oldest = APPROVED[field.name.removeprefix(OVERRIDE)]
    fitting = [person for person in people if youngest <= _age(person) <= oldest]
    if fitting and random.random() < 0.08:
        if field.owner == "household":
            home[field.name] = str(random.randrange(800, 4000, 20))
        else:
            random.choice(fitting)[field.name] = "是"


def _age(person: Record) -> int:
    return (DAY - date.fromisoformat(person["birth_date"])).days // 365


def _family(random: Random) -> list[Record]:
    """One to nine people, three and a half on average: a head, often a spouse, children, an old
    parent.
    """
    age = random.randint(24, 82)
    woman = random.random() < 0.3
    people = [_person("户主", age, woman, random)]
    if random.random() < 0.75:
        people.append(_person("配偶", age + random.randint(-6, 6), not woman, random))
    for _child in range(random.choices((0, 1, 2, 3, 4), (20, 27, 30, 15, 8))[0]):
        child = max(age - random.randint(20, 38), 0)
        girl = random.random() < 0.5
        people.append(_person("女" if girl else "子", child, girl, random))
    if age < 60 and random.random() < 0.25:
        people.append(_person("母亲", age + random.randint(18, 32), True, random))
    if age < 55 and random.random() < 0.12:
        people.append(_person("父亲", age + random.randint(20, 34), False, random))
    return people


def _person(relation: str, age: int, woman: bool, random: Random) -> Record:
    bo, zh = made_up_name(random, woman=woman)
    born = DAY - timedelta(days=age * 365 + age // 4 + random.randrange(365))
    return {"name_bo": bo, "name_zh": zh, "relation": relation, "birth_date": born.isoformat()}


def write_sample_workbook(
    catalogue: Catalogue, path: Path, villages: int, households: int, seed: int
) -> None:
    """One sheet with a row a person, household columns on the head's row."""
    names = [*_HOME, *_PERSON, *_columns(catalogue, "household"), *_columns(catalogue, "member")]
    fields = fields_of(catalogue)
    rows = (
        {**home, **person} if number == 0 else {"household_id": home["household_id"], **person}
        for home, people in households_of(
            catalogue, villages_of(catalogue, villages), households, seed
        )
        for number, person in enumerate(people)
    )
    columns = [Column(fields[name].label.zh, fields[name].label.bo) for name in names]
    write_sheet(path, TITLE, columns, ([row.get(name, "") for name in names] for row in rows))


def write_sample_folder(
    catalogue: Catalogue, folder: Path, villages: int, households: int, seed: int
) -> None:
    """``households.csv`` and ``members.csv``, and ``areas.csv`` where the catalogue has fewer
    villages.
    """
    fields = fields_of(catalogue)
    homes = [*_HOME, *_columns(catalogue, "household")]
    persons = ["household_id", *_PERSON, *_columns(catalogue, "member")]
    chosen = villages_of(catalogue, villages)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        (folder / "households.csv").open("w", encoding="utf-8-sig", newline="") as home_file,
        (folder / "members.csv").open("w", encoding="utf-8-sig", newline="") as person_file,
    ):
        home_rows, person_rows = csv.writer(home_file), csv.writer(person_file)
        home_rows.writerow([fields[name].label.zh for name in homes])
        person_rows.writerow([fields[name].label.zh for name in persons])
        for home, people in households_of(catalogue, chosen, households, seed):
            home_rows.writerow([home.get(name, "") for name in homes])
            person_rows.writerows(
                [home["household_id"], *(person.get(name, "") for name in persons[1:])]
                for person in people
            )
    if any(village.made_up for village in chosen):
        _write_areas(catalogue, folder / "areas.csv", chosen)


def _columns(catalogue: Catalogue, owner: str) -> list[str]:
    fields = fields_of(catalogue)
    own = [each.name for each in catalogue.settings.attributes if each.of == owner]
    return own + [
        name
        for each in APPROVED
        if (name := OVERRIDE + each) in fields and fields[name].owner == owner
    ]


def _write_areas(catalogue: Catalogue, path: Path, villages: Sequence[Village]) -> None:
    """The catalogue's areas and the made-up ones, to be put in the place of its ``areas.csv``."""
    attributes = [each.name for each in catalogue.settings.attributes if each.of == "area"]
    own = catalogue.areas[catalogue.settings.area[:6]].attributes
    known = [own.get(name, "") for name in attributes]
    rows = [
        [code, area.name.bo, area.name.zh, *(area.attributes.get(name, "") for name in attributes)]
        for code, area in catalogue.areas.items()
    ]
    towns = sorted({village.code[:9] for village in villages if village.made_up})
    rows += [[code, f"དཔེ་མཚོན་ཤང་{code[6:]}", f"示例{code[6:]}乡", *known] for code in towns]
    rows += [
        [village.code, village.bo, village.zh, *known] for village in villages if village.made_up
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "bo", "zh", *attributes])
        writer.writerows(sorted(rows))
