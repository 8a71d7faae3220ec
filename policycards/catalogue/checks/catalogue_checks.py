"""All checks of a catalogue: reading it, then its values, rules and texts.

Values are checked for order, sources, dates, and what each kind of money needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

from policycards.catalogue.checks.orthography import (
    Fault,
    chinese_faults,
    common_faults,
    foreign_script,
    tibetan_faults,
)
from policycards.catalogue.checks.placeholders import number_problems, placeholder_problems
from policycards.catalogue.model.catalogue import Catalogue, LocatedText
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.in_force import by_area
from policycards.catalogue.model.policy import LANGS, Lang, Policy, Standard, Value
from policycards.catalogue.reading.folder import in_order, read_folder
from policycards.catalogue.reading.glossary import read_glossary
from policycards.catalogue.rules.rule_columns import rule_problems
from policycards.catalogue.yaml.source import Path_, place_at
from policycards.core.problems import Place, Problem, problem
from policycards.tables.encoding import MOST

_NEEDS_UNIT = frozenset(
    {"cash", "approved", "event", "paid_for_you", "limit", "percent", "loan", "you_pay"}
)
_WITHOUT_AMOUNT = frozenset({"in_kind", "by_notice"})
_MULTIPLIED = frozenset({"cash", "event"})
FEN = Decimal("0.01")
FAR = 10
"""Years from now after which a date is a slip rather than a plan."""


def standard_problems(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """What is wrong with the standards of all policies on a day."""
    for policy in catalogue.policies:
        for i, standard in enumerate(policy.standards):
            subject = _Subject(catalogue, policy, i, standard, today)
            yield from subject.kind_problems()
            yield from subject.order_problems()
            for j in range(len(standard.values)):
                yield from subject.value_problems(j)
            yield from subject.age_problems()
            yield from subject.reach_problems()


@dataclass(frozen=True, slots=True)
class _Subject:
    """A standard under examination."""

    catalogue: Catalogue
    policy: Policy
    index: int
    standard: Standard
    today: date

    def place(self, *path: str | int) -> Place:
        return self.catalogue.place(self.policy.id, "standards", self.index, *path)

    def kind_problems(self) -> Iterator[Problem]:
        """What the kind of money needs, and what it cannot have."""
        standard, pays = self.standard, self.standard.pays
        facts = {"standard": standard.id, "pays": pays}
        if pays in _NEEDS_UNIT and standard.unit is None:
            yield problem("E172", self.place("pays"), **facts)
        if pays in _NEEDS_UNIT and not standard.values:
            yield problem("E178", self.place("pays"), **facts)
        if pays == "limit" and standard.limit is None:
            yield problem("E173", self.place("pays"), **facts)
        if pays != "limit" and standard.limit is not None:
            yield problem("E174", self.place("limit"), **facts)
        if pays == "percent" and standard.unit is not None and not self.says_percent(standard.unit):
            yield problem("E175", self.place("unit"), unit=standard.unit, **facts)
        if standard.quantity is not None and pays not in _MULTIPLIED:
            yield problem("E177", self.place("quantity"), **facts)

    def says_percent(self, unit: str) -> bool:
        label = self.catalogue.unit(unit).label
        return all("%" in label[lang] for lang in LANGS)

    def order_problems(self) -> Iterator[Problem]:
        """Values are only ever added at the end; of each area they stand in the order of their
        dates.
        """
        newest: dict[str | None, Value] = {}
        first: dict[tuple[str | None, date], Place] = {}
        recorded = date.min
        for j, value in enumerate(self.standard.values):
            place, since = self.place("values", j, "from"), value.since.first_day
            before = newest.get(value.area)
            if value.recorded < recorded:
                there = self.place("values", j, "recorded")
                yield problem("E161", there, recorded=value.recorded, before=recorded)
            recorded = max(recorded, value.recorded)
            if value.corrects is None:
                if before is not None and since < before.since.first_day:
                    yield problem("E160", place, since=value.since, before=before.since)
                elif (value.area, since) in first:
                    yield problem("W162", place, since=value.since, first=first[value.area, since])
            if value.status != "expected":  # what was only expected is followed by what came
                first.setdefault((value.area, since), place)
            if before is None or since >= before.since.first_day:
                newest[value.area] = value

    def value_problems(self, index: int) -> Iterator[Problem]:
        """What one value lacks, or has too much of."""
        value = self.standard.values[index]
        path: Path_ = ("values", index)
        yield from self.amount_problems(value, path)
        if value.since.first_day.year > self.today.year + FAR:
            yield problem("W188", self.place(*path, "from"), since=value.since, years=FAR)
        if value.source is None:
            yield problem("E164" if value.status == "ended" else "E163", self.place(*path))
        elif value.missing is None:
            yield from self.missing_problems(value, path)
        if value.published is not None and value.published.first_day > last_day(value.since):
            place = self.place(*path, "published")
            yield problem("W169", place, published=value.published, since=value.since)
        confirmed = value.confirmed.on if value.confirmed else None
        for key, day in (
            ("recorded", value.recorded),
            ("checked_on", value.checked_on),
            ("on", confirmed),
        ):
            if day is not None and day > self.today:
                place = self.place(*path, *(("confirmed", "on") if key == "on" else (key,)))
                yield problem("W170", place, key=key, value=day, today=self.today)

    def amount_problems(self, value: Value, path: Path_) -> Iterator[Problem]:
        facts = {"standard": self.standard.id, "pays": self.standard.pays}
        if value.amount is not None and self.standard.pays != "percent" and value.amount % FEN:
            yield problem("W179", self.place(*path, "amount"), amount=value.amount)
        if value.status is not None and value.amount is not None:
            yield problem("E166", self.place(*path, "amount"), status=value.status)
        elif self.standard.pays == "by_notice" and value.amount is not None:
            yield problem("E176", self.place(*path, "amount"), **facts)
        elif (
            value.amount is None
            and value.status is None
            and self.standard.pays not in _WITHOUT_AMOUNT
        ):
            yield problem("E165", self.place(*path), **facts)

    def missing_problems(self, value: Value, path: Path_) -> Iterator[Problem]:
        source = value.source
        assert source is not None
        facts = {"published": value.published, "number": source.number, "url": source.url}
        if missing := [name for name, fact in facts.items() if fact is None]:
            yield problem("E167", self.place(*path), what=", ".join(missing))

    def age_problems(self) -> Iterator[Problem]:
        """A newest value that nobody looked up for too long; sample data says of itself that it is
        no such thing.
        """
        if self.catalogue.settings.data == "sample" or not self.standard.values:
            return
        months = self.catalogue.settings.check_after_months
        index = max(
            enumerate(self.standard.values), key=lambda pair: (pair[1].since.first_day, pair[0])
        )[0]
        checked = self.standard.values[index].checked_on
        if checked is None or months_between(checked, self.today) >= months:
            place = self.place("values", index, "checked_on")
            yield problem("W168", place, checked=checked or "–", months=months)

    def reach_problems(self) -> Iterator[Problem]:
        """Newer values that do not reach areas with values of their own, unless somebody has looked
        those up since.
        """
        for value, own in unreached(self.standard):
            if own.checked_on is None or own.checked_on < value.recorded:
                place = self.place("values", self.standard.values.index(own), "area")
                figure = "–" if own.amount is None else own.amount
                facts = {"area": own.area, "own": figure, "start": own.since}
                yield problem("W190", place, since=value.since, **facts)


def unreached(standard: Standard) -> Iterator[tuple[Value, Value]]:
    """The newest value of an area, and the older entry of each area within it, which decides
    there.
    """
    newest: dict[str, Value] = {}
    for value in standard.values:
        area = value.area or ""
        start = value.since.first_day
        if value.status != "expected" and (
            area not in newest or start >= newest[area].since.first_day
        ):
            newest[area] = value
    for area, own in newest.items():
        wider = [
            each
            for other, each in newest.items()
            if other != area
            and area.startswith(other)
            and each.since.first_day > own.since.first_day
        ]
        if wider:
            yield max(wider, key=lambda each: each.since.first_day), own


def stale_checks(catalogue: Catalogue, policies: Iterable[Policy], day: date) -> list[Problem]:
    """Values in force on a day that were looked up longer ago than the catalogue allows: errors for
    printing.

    What was never looked up is only a warning of ``check``; sample data says of itself that it is
    no such thing.
    """
    if catalogue.settings.data == "sample":
        return []
    months, found = catalogue.settings.check_after_months, []
    for policy, held in by_area(policies, day):
        value, standard = held.value, held.standard
        if value is None or not held.is_own or value.checked_on is None:
            continue
        if months_between(value.checked_on, day) >= months:
            index = policy.standards.index(standard), standard.values.index(value)
            place = catalogue.place(
                policy.id, "standards", index[0], "values", index[1], "checked_on"
            )
            name = f"{policy.id}/{standard.id}"
            found.append(problem("E849", place, id=name, checked=value.checked_on, months=months))
    return found


def last_day(when: When) -> date:
    """The last day that a date may mean.

    >>> last_day(When.parse("2024-02"))
    datetime.date(2024, 2, 29)
    """
    if when.day is not None:
        return when.first_day
    year, month = (when.year, when.month + 1) if when.month is not None else (when.year + 1, 1)
    year, month = (year + 1, 1) if month > 12 else (year, month)
    return date.max if year > date.max.year else date(year, month, 1) - timedelta(days=1)


def months_between(start: date, end: date) -> int:
    """Full months from one day to a later one.

    >>> months_between(date(2024, 1, 31), date(2024, 2, 29))
    0
    """
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def check(
    folder: Path, today: date, proposed: Mapping[str, bytes] | None = None
) -> tuple[Catalogue | None, list[Problem]]:
    """A folder's catalogue and everything that is wrong with it, in the order of files and lines.

    Texts are checked in faulty policies too, so that one run finds all there is. ``proposed``
    files, by name, are checked as if they were there.
    """
    reading, catalogue = read_folder(folder, proposed)
    glossary, glossary_problems = read_glossary(folder)
    problems = [
        *reading.problems,
        *glossary_problems,
        *text_problems((*reading.texts, *glossary.texts)),
    ]
    if catalogue is not None:
        problems += catalogue_problems(catalogue, today)
    return catalogue, in_order(problems)


def catalogue_problems(catalogue: Catalogue, today: date) -> Iterator[Problem]:
    """What is wrong between the parts of a sound catalogue."""
    yield from standard_problems(catalogue, today)
    yield from rule_problems(catalogue)
    policies = {policy.id: policy for policy in catalogue.policies}
    for located in catalogue.texts:
        yield from islice(placeholder_problems(located, policies.get(located.owner)), MOST)
        if located.owner in policies:
            yield from number_problems(located, policies[located.owner], catalogue)


def text_problems(texts: Iterable[LocatedText]) -> Iterator[Problem]:
    """What is wrong with texts as such, each at its character."""
    for located in texts:
        for lang in LANGS:
            place = getattr(located, lang)
            for code, offset, facts in islice(text_faults(located.text[lang], lang), MOST):
                yield problem(code, place_at(place, offset), **facts)


def text_faults(text: str, lang: Lang) -> Iterator[Fault]:
    """What is wrong with one text in its language."""
    yield from common_faults(text)
    yield from foreign_script(text, lang)
    yield from tibetan_faults(text) if lang == "bo" else chinese_faults(text)
