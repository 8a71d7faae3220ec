"""Who on one list is who on another: by identity number, household number, birth date or village,
each with the name; what fits nobody or several people is asked about, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from hashlib import sha256

from policycards.core.names import name_key
from policycards.households.roster.answers import PERSON_QUESTION
from policycards.households.roster.findings import ROW_BITS, Findings, Question, row_of
from policycards.households.roster.heading_match import NOT_USED
from policycards.households.roster.household_ids import HID
from policycards.households.roster.lists import BAD, DOUBTED, HEAD, IDENTITY, PersonList
from policycards.tables.csv_reader import ROW

Key = tuple[object, ...]
NEAREST = 3
MOST_COMPARED = 5000
"""People of a village whose names are compared with one that fits nobody."""


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the roster or of the list, as far as it tells who it is; ``household`` tells
    households apart. ``mark`` stands for the person in answers that are kept: nobody can read a
    name or a number from it.
    """

    row: int
    household: object
    keys: tuple[Key, ...]
    identity: str | None
    head: bool
    area: object
    name: str
    born: object = None

    @property
    def mark(self) -> str:
        known = [str(key) for key in self.keys if key[0] != IDENTITY]
        return sha256("\0".join(known).encode("utf-8")).hexdigest()[:10]


@dataclass(slots=True)
class Fits:
    """For each row of the list the person of the roster that it is; the households that ``unclear``
    rows may be.
    """

    persons: dict[int, Person] = field(default_factory=dict)
    unmatched: list[Person] = field(default_factory=list)
    unclear: set[object] = field(default_factory=set)


def match_persons(
    rows: PersonList,
    people: Sequence[PersonList],
    apart: bool,
    findings: Findings,
    answers: Mapping[str, str],
    asked: dict[str, Question],
    *,
    with_faulty: bool = False,
) -> Fits:
    """Matches every row of a list with the people of a roster."""
    by_key: dict[Key, list[Person]] = {}
    everybody = list(persons_of(people, apart))
    for person in everybody:
        for key in person.keys:
            by_key.setdefault(key, []).append(person)
    faulty = dict(zip(rows.frame[ROW], rows.frame[BAD] | rows.frame[DOUBTED], strict=True))
    fits = Fits()
    for person in persons_of([rows], False):
        if faulty[person.row] and not with_faulty:
            continue
        id_ = PERSON_QUESTION + person.mark
        answer = answers.get(id_, "")
        if answer == NOT_USED:
            fits.unmatched.append(person)
            continue
        fitting = {each.row: each for each in fitting_persons(person, by_key)}
        chosen = [each for each in everybody if answer and f"@{each.mark}" == answer]
        if len(chosen) == 1:
            fitting = {chosen[0].row: chosen[0]}
        if len(fitting) == 1:
            fits.persons[person.row] = next(iter(fitting.values()))
            continue
        near = list(fitting.values()) or nearest_persons(person, everybody)
        shown = ", ".join(str(row_of(each.row)) for each in near)
        if fitting:
            count = len(fitting)
            findings.add("E552", person.row, 0, None, count=count, rows=shown)
            fits.unclear |= {each.household for each in near}
        else:
            findings.add("E551", person.row, 0, None, nearest=shown or "-")
        choices = tuple(f"{row_of(each.row)} @{each.mark}" for each in near[:NEAREST])
        asked[id_] = Question(id_, findings.shown(person.row), (*choices, NOT_USED))
        fits.unmatched.append(person)
    return fits


def fitting_persons(person: Person, by_key: Mapping[Key, list[Person]]) -> list[Person]:
    """Who fits by the first key that anybody fits, without those of whom something else is known
    that tells against it: another identity number, and for a name alone another village or birth
    date.
    """
    for key in person.keys:
        weak = key[0] in ("lives", "named")
        fitting = [
            each
            for each in by_key.get(key, ())
            if not _differ(each.identity, person.identity)
            and not (weak and _differ(each.area, person.area))
            and not (weak and _differ(each.born, person.born))
        ]
        if fitting:
            return fitting
    return []


def _differ(one: object, other: object) -> bool:
    return bool(one and other and one != other)


def nearest_persons(person: Person, everybody: Sequence[Person]) -> list[Person]:
    """Those of the same village, else of all, whose names are most like a person's."""
    if not person.name:
        return []
    near = [each for each in everybody if each.name and person.area in (None, each.area)]
    scored = [
        (SequenceMatcher(None, person.name, each.name, autojunk=False).ratio(), each)
        for each in near[:MOST_COMPARED]
    ]
    scored.sort(key=lambda each: (-each[0], each[1].row))
    return [each for score, each in scored[:NEAREST] if score >= 0.5]


def persons_of(lists: Sequence[PersonList], apart: bool) -> Iterator[Person]:
    """The rows of a roster or of a list with their keys, the surest first."""
    homes = {}
    if apart:
        frame = lists[0].frame
        columns = [name for name in (HID, "area") if name in frame.columns]
        homes = {row[0]: row[-1] for row in frame.select(columns).drop_nulls().iter_rows()}
    for each in lists[-1:] if apart else lists:
        yield from _persons(each, homes)


def _persons(people: PersonList, homes: Mapping[object, object]) -> Iterator[Person]:
    household: object = None
    number: object = None
    has_heads = bool(people.frame[HEAD].any())
    area: object = None
    for each in people.frame.iter_rows(named=True):
        own = each.get(HID)
        begins = each[HEAD] or household is None or (own and own != number)
        if begins:
            number = own
            area = each.get("area") or homes.get(own)
            household = own if homes else (each[ROW] >> ROW_BITS, area, own or each[ROW])
        home = each.get("area") or area
        identity = each.get(IDENTITY)
        names = [name_key(name) for name in (each["name_bo"], each["name_zh"]) if name]
        keys = [*_keys(own or number, identity, names, each.get("birth_date"), home)]
        if own and (not names or (each[HEAD] if has_heads else begins)):
            keys += [(HID, own, home), (HID, own)]
        yield Person(
            each[ROW],
            household,
            tuple(keys),
            identity,
            each[HEAD],
            home,
            next(iter(names), ""),
            each.get("birth_date"),
        )


def _keys(
    own: object, identity: object, names: list[str], birth: object, area: object
) -> Iterator[Key]:
    if identity:
        yield IDENTITY, identity
    for key in ((HID, own), ("born", birth), ("lives", area)):
        if key[1]:
            yield from ((*key, name) for name in names)
    yield from (("named", name) for name in names)
