"""An amendment: a new value for a standard, held against what the catalogue knows before it is
taken over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policycards.catalogue.checks.catalogue_checks import FAR, FEN, last_day, unreached
from policycards.catalogue.editing.amendment_input import Entry, value_of
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.form import nearest
from policycards.catalogue.model.policy import Policy, Standard, Value
from policycards.core.problems import Problem, has_errors

_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Amendment:
    """A value to be added to the standard at an index of a policy; ``before`` is what holds on its
    first day now.
    """

    policy: Policy
    index: int
    value: Value
    before: Value | None

    @property
    def standard(self) -> Standard:
        return self.policy.standards[self.index]

    @property
    def id(self) -> str:
        return standard_id(self.policy, self.standard)


def standard_id(policy: Policy, standard: Standard) -> str:
    """How people name a standard: policy and standard with a stroke."""
    return f"{policy.id}/{standard.id}"


def standard_digest(standard: Standard) -> str:
    """Twelve hexadecimal digits that change with the unit or the values of a standard, not with its
    texts.

    That a value was looked up changes nothing about it.
    """
    data = standard.model_dump(mode="json", include={"id", "unit", "pays", "values"})
    for value in data["values"]:
        del value["checked_on"]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode("utf-8")).hexdigest()[:12]


def read_amendments(
    entries: Sequence[Entry], catalogue: Catalogue, today: date, confirmed: Collection[str]
) -> tuple[list[Amendment], list[Problem]]:
    """The amendments of the entries that tell any, with everything that is wrong or remarkable.

    ``confirmed`` has the ids of standards whose jumps and odd dates someone has compared with the
    notice.
    """
    amendments, problems = [], []
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        found = None if entry.problems else _amendment(entry, catalogue, today, confirmed)
        if found is not None:
            key = found.id, found.value.area or ""
            if key in first:
                entry.report("E828", "standard", id=found.id, first=first[key].place.line)
            first.setdefault(key, entry)
            amendments.append(found)
        problems += entry.problems
    return amendments, problems


def find_standard(entry: Entry, catalogue: Catalogue) -> tuple[Policy, int] | None:
    """The policy and the index of the standard that an entry names; a policy's only one need not be
    named.
    """
    policy_id, _stroke, standard_id_ = entry.id.partition("/")
    policy = next((each for each in catalogue.policies if each.id == policy_id), None)
    if policy is not None:
        found = [i for i, each in enumerate(policy.standards) if standard_id_ in (each.id, "")]
        if len(found) == 1:
            return policy, found[0]
        if found:
            known = ", ".join(standard_id(policy, each) for each in policy.standards)
            entry.report("E811", "policy", policy=policy_id, known=known)
            return None
    known_ids = [
        standard_id(each, standard) for each in catalogue.policies for standard in each.standards
    ]
    entry.report(
        "E810",
        "policy" if policy is None else "standard",
        id=entry.id,
        nearest=nearest(entry.id, known_ids),
    )
    return None


def _amendment(
    entry: Entry, catalogue: Catalogue, today: date, confirmed: Collection[str]
) -> Amendment | None:
    found = find_standard(entry, catalogue) if entry.id or entry.has_values else None
    if found is None:
        return None
    policy, index = found
    standard = policy.standards[index]
    _unit_problem(entry, policy, standard, catalogue)
    if not entry.has_values:
        return None
    if entry["digest"] and entry["digest"] != standard_digest(standard):
        entry.report("E827", "amount", id=standard_id(policy, standard))
    if entry["area"] and ("areas", (entry["area"],)) not in catalogue.places:
        entry.report("E829", "area", area=entry["area"])
    value = value_of(entry, today)
    if value is None:
        return None
    held = catalogue.at(value.since.first_day, value.area or "")[standard]
    amendment = Amendment(policy, index, value, held.value)
    _order_problems(entry, amendment)
    _reach_problems(entry, amendment, amendment.id in confirmed)
    _date_problems(entry, amendment, today, amendment.id in confirmed)
    if not has_errors(entry.problems):
        _amount_problems(entry, amendment, amendment.id in confirmed)
    return _explained(amendment, held.entry)


def _unit_problem(entry: Entry, policy: Policy, standard: Standard, catalogue: Catalogue) -> None:
    """A row whose unit is another than the catalogue's was meant for something else."""
    unit = entry["unit"]
    if not unit or standard.unit is None:
        return
    words = unit_words(catalogue, standard)
    if unit not in (standard.unit, *words, " ".join(words)):
        entry.report("E812", "unit", id=standard_id(policy, standard), unit=words[0], paid=unit)


def unit_words(catalogue: Catalogue, standard: Standard) -> tuple[str, str]:
    """The unit with a gap for the number, in Chinese and Tibetan; empty where there is no unit.

    The gap is a sign that needs no space, so that a cell read back is the same.
    """
    if standard.unit is None:
        return "", ""
    label = catalogue.unit(standard.unit).label
    return label.zh.format(n="…"), label.bo.format(n="…")


def _order_problems(entry: Entry, amendment: Amendment) -> None:
    """Values follow one another in time; only a correction goes back, to a value that is there."""
    value, standard = amendment.value, amendment.standard
    same_area = [each for each in standard.values if each.area == value.area]
    if value.corrects is not None:
        if value.since not in [each.since for each in same_area]:
            known = ", ".join(sorted({str(each.since) for each in same_area})) or "–"
            entry.report("E818", "from", id=amendment.id, since=value.since, known=known)
        return
    last = max(reversed(same_area), key=lambda each: each.since.first_day, default=None)
    if last is None:
        return
    if value.since.first_day < last.since.first_day:
        entry.report("E816", "from", id=amendment.id, since=value.since, last=last.since)
    elif value.since.first_day == last.since.first_day and last.status != "expected":
        held = amendment.before or last
        code = "E825" if _figure(held) == _figure(value) else "E817"
        entry.report(code, "from", id=amendment.id, since=value.since, amount=_figure(held))


def _reach_problems(entry: Entry, amendment: Amendment, confirmed: bool) -> None:
    """A new value leaves areas with values of their own as they are: asked, not taken for granted."""
    value, standard = amendment.value, amendment.standard
    grown = standard.model_copy(update={"values": (*standard.values, value)})
    own = [each for newer, each in unreached(grown) if newer is value]
    if own and not confirmed:
        areas = ", ".join(f"{each.area}: {_figure(each)} ({each.since})" for each in own)
        entry.report("E833", "area", id=amendment.id, since=value.since, areas=areas)


def _figure(value: Value) -> str:
    return "–" if value.amount is None else f"{value.amount.normalize():f}"


def _date_problems(entry: Entry, amendment: Amendment, today: date, confirmed: bool) -> None:
    since, published = amendment.value.since, amendment.value.published
    dates = [("from", since, _swapped(since, since.first_day.replace(day=1) != since.first_day))]
    if published is not None:
        to_come = published.first_day > today
        dates.append(("published", published, _swapped(published, to_come, by=today)))
        if to_come:
            entry.report("E826", "published", id=amendment.id, published=published)
        elif published.first_day > last_day(since) and not has_errors(entry.problems):
            entry.report("W821", "published", id=amendment.id, since=since, published=published)
    if since.first_day.year > today.year + FAR:
        entry.report("W188", "from", since=since, years=FAR)
    for name, when, swapped in dates:
        if swapped and not confirmed:
            entry.report("E820", name, id=amendment.id, value=when, swapped=swapped)


def _swapped(when: When, odd: bool, by: date | None = None) -> When | None:
    """The date with month and day exchanged, where the date is odd and that one is not: the first
    of a month for the day of effect, not to come for the day of publication.
    """
    if not odd or when.day is None or when.month is None or when.day > 12:
        return None
    other = When(when.year, when.day, when.month)
    fitting = other.first_day <= by if by else other.day == 1
    return other if fitting else None


def _amount_problems(entry: Entry, amendment: Amendment, confirmed: bool) -> None:
    old = amendment.before.amount if amendment.before else None
    new = amendment.value.amount
    if new is not None and amendment.standard.pays != "percent" and new % FEN:
        entry.report("W179", "amount", amount=new)
    if old is None or new is None:
        return
    if old == new and (amendment.value.corrects is None or _same_notice(amendment)):
        code = "W824" if amendment.value.corrects is None else "E825"
        entry.report(code, "amount", id=amendment.id, amount=new, since=amendment.value.since)
    elif old and abs(new - old) > old * _HALF and not confirmed:
        entry.report("E819", "amount", id=amendment.id, old=old, new=new)


def _same_notice(amendment: Amendment) -> bool:
    before, value = amendment.before, amendment.value
    return before is not None and (before.source, before.published) == (
        value.source,
        value.published,
    )


def _explained(amendment: Amendment, held: Value | None) -> Amendment:
    """A correction says what it corrects: the figure that was there, the day it was recorded, and
    what was wrong.
    """
    value, before = amendment.value, amendment.before
    if value.corrects is None:
        return amendment
    amount = "–" if held is None or held.amount is None else held.amount
    was = f"{amount}（{held.recorded if held else '–'} 录入）"
    said = value.model_copy(update={"corrects": f"{was}：{value.corrects}"})
    return Amendment(amendment.policy, amendment.index, said, before)


def amended(policies: Sequence[Policy], amendments: Sequence[Amendment]) -> Iterator[Policy]:
    """The policies with the new values at the end of their standards."""
    for policy in policies:
        standards = list(policy.standards)
        for each in amendments:
            if each.policy.id == policy.id:
                grown = standards[each.index]
                standards[each.index] = grown.model_copy(
                    update={"values": (*grown.values, each.value)}
                )
        yield policy.model_copy(update={"standards": tuple(standards)})


@dataclass(frozen=True, slots=True)
class Verified:
    """An entry of a standard's values that somebody looked up and found unchanged, by its place in
    its policy.
    """

    policy: Policy
    index: int
    entry: int


def read_looked_up(entry: Entry, catalogue: Catalogue, today: date) -> Verified | None:
    """What was looked up: the value in force of the standard that an entry names; the entry tells
    what is wrong.
    """
    found = find_standard(entry, catalogue)
    if found is None:
        return None
    policy, index = found
    standard = policy.standards[index]
    current = catalogue.at(today, entry["area"])[standard]
    held = current.value
    if held is None or not current.is_own:
        areas = ", ".join(sorted({each.area for each in standard.values if each.area})) or "–"
        entry.report("E780", "policy", id=standard_id(policy, standard), areas=areas)
        return None
    return Verified(
        policy, index, next(at for at, each in enumerate(standard.values) if each is held)
    )


def looked_up_again(
    policies: Sequence[Policy], found: Sequence[Verified], today: date
) -> Iterator[Policy]:
    """The policies in which the values that were found unchanged say so."""
    for policy in policies:
        standards = list(policy.standards)
        for each in found:
            if each.policy.id == policy.id:
                values = list(standards[each.index].values)
                values[each.entry] = values[each.entry].model_copy(update={"checked_on": today})
                standards[each.index] = standards[each.index].model_copy(
                    update={"values": tuple(values)}
                )
        yield policy.model_copy(update={"standards": tuple(standards)})
