"""What a reader of Tibetan has to read, what the verdicts mean, and what is wrong with one.

Every distinct pair of texts is read once, terms first. A list of verdicts in JSON has the same
facts as the rows of the workbook.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from policycards.catalogue.checks.catalogue_checks import text_faults
from policycards.catalogue.checks.placeholders import number_problems
from policycards.catalogue.model.catalogue import Catalogue, LocatedText, Review, text_digest
from policycards.catalogue.model.form import brief
from policycards.catalogue.model.policy import Text
from policycards.catalogue.reading.glossary import Glossary, Term, places_of, terms_in
from policycards.core.files import parse_json
from policycards.core.problems import Place, Problem, has_errors, problem

SECONDS_A_ROW = 6
"""To find the row, compare the scripts and tick."""
SECONDS_A_SYLLABLE = 0.7
"""To read Tibetan with care, aloud or nearly so."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair of texts to be read once, wherever it stands; ``hits`` are the glossary's terms in
    it.
    """

    digest: str
    text: Text
    where: tuple[LocatedText, ...]
    hits: tuple[Term, ...]
    is_term: bool

    @property
    def syllables(self) -> int:
        return self.text.bo.rstrip("་").count("་") + 1


def pairs(catalogue: Catalogue, glossary: Glossary) -> list[Pair]:
    """Every distinct pair, the terms first; a term that was seen in its sense stands in texts and
    is not read alone.
    """
    known = {text_digest(term.text): term for term in glossary.terms}
    found: dict[str, list[LocatedText]] = {}
    for located in (*glossary.texts, *catalogue.texts):
        found.setdefault(text_digest(located.text), []).append(located)
    made = []
    for digest, where in found.items():
        text, is_term = where[0].text, digest in known
        if (
            is_term
            and known[digest].confidence == "high"
            and all(each in glossary.texts for each in where)
        ):
            continue
        hits = [known[digest]] if is_term else _longest(list(terms_in(text, glossary.terms)))
        made.append(Pair(digest, text, tuple(where), tuple(hits), is_term))
    return sorted(made, key=lambda pair: not pair.is_term)


def _longest(terms: list[Term]) -> list[Term]:
    """Terms that are no part of another one among them."""
    return [
        term
        for term in terms
        if not any(term.zh in other.zh for other in terms if other is not term)
    ]


def unread(made: Iterable[Pair], catalogue: Catalogue) -> list[Pair]:
    """The pairs that nobody vouches for."""
    return [pair for pair in made if pair.digest not in catalogue.reviewed]


def reading_minutes(made: Iterable[Pair]) -> int:
    """About how long a reader needs, by an assumed pace."""
    return round(sum(SECONDS_A_ROW + SECONDS_A_SYLLABLE * pair.syllables for pair in made) / 60)


def read_by_owner(catalogue: Catalogue) -> Mapping[str, tuple[int, int]]:
    """For each policy, the words and so on: how many of its distinct texts are read, and how many
    there are.
    """
    owned: dict[str, set[str]] = {}
    for located in catalogue.texts:
        owned.setdefault(located.owner, set()).add(text_digest(located.text))
    return {
        owner: (len(digests & catalogue.reviewed), len(digests)) for owner, digests in owned.items()
    }


def read_by_person(
    reviews: Iterable[Review], made: Iterable[Pair]
) -> Mapping[tuple[str, str], int]:
    """For each reader with their office: how many of today's pairs they vouch for."""
    today = {pair.digest for pair in made}
    people: dict[tuple[str, str], int] = {}
    for review in reviews:
        people[review.by, review.office] = people.get((review.by, review.office), 0) + (
            review.text in today
        )
    return dict(sorted(people.items()))


YES = frozenset({"√", "✓", "✔", "v", "ok", "yes", "对", "是", "正确", "ནོར་མེད", "ཡིན"})
"""What readers write into the column of texts that are right."""
COLUMNS = {"zh": 2, "bo": 3, "right": 6, "new": 7}
"""Columns of the workbook, counted from 1, for the places of problems."""

_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader says of a pair: that it is right, or what its Tibetan should be, or only a
    remark.
    """

    row: int
    zh: str
    bo: str
    right: str
    new: str
    remark: str
    digest: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is to be done: texts that get another Tibetan, and pairs that a reader vouches for from
    now on.

    ``reused`` counts the corrections that come from a corrected term; those texts stay drafts.
    """

    corrections: tuple[tuple[LocatedText, str], ...] = ()
    reviews: tuple[Review, ...] = ()
    reused: int = 0


def read_person(
    cells: Sequence[str], file: str, today: date
) -> tuple[Review | None, list[Problem]]:
    """The reader's name, office and day, as the top of a workbook says; a review without its
    text.
    """
    problems = [
        problem("E874", Place(file, row, 3), what=what)
        for row, (what, cell) in enumerate(zip(("name", "office", "date"), cells, strict=True), 2)
        if not cell
    ]
    if problems:
        return None, problems
    name, office, written = cells
    try:
        day = date.fromisoformat(re.sub(r"[./年月]", "-", written).rstrip("日"))
    except ValueError:
        day = date.max
    if day > today:
        return None, [problem("E875", Place(file, 4, 3), found=written)]
    return Review(text="0" * 16, by=name, office=office, on=day), []


def decide(
    verdicts: Iterable[Verdict],
    person: Review,
    made: Sequence[Pair],
    catalogue: Catalogue,
    file: str,
) -> tuple[Decisions | None, list[Problem]]:
    """What a whole workbook means; None where any row is wrong, so that nothing is done by
    halves.
    """
    desk = _Desk({pair.digest: pair for pair in made}, person, catalogue, file)
    for verdict in verdicts:
        desk.take(verdict)
    if has_errors(desk.problems):
        return None, desk.problems
    reused = list(_reused(desk.new, desk.right, made))
    corrections = [
        (located, new)
        for digest, (_row, new) in desk.new.items()
        for located in desk.pairs[digest].where
    ]
    return Decisions((*corrections, *reused), tuple(desk.reviews()), len(reused)), desk.problems


@dataclass(slots=True)
class _Desk:
    """Goes through the rows of a workbook."""

    pairs: Mapping[str, Pair]
    person: Review
    catalogue: Catalogue
    file: str
    problems: list[Problem] = field(default_factory=list)
    right: set[str] = field(default_factory=set)
    new: dict[str, tuple[int, str]] = field(default_factory=dict)

    def take(self, verdict: Verdict) -> None:
        """Note what a row decides, or what is wrong with it; a row without a verdict decides
        nothing.
        """
        if not verdict.right and not verdict.new:
            return
        found = list(self.row_problems(verdict))
        self.problems += found
        if has_errors(found) or self.is_done(verdict):
            return
        pair = self.pairs[verdict.digest]
        if verdict.right or verdict.new == pair.text.bo:
            self.right.add(verdict.digest)
        else:
            self.correct(verdict, pair)

    def correct(self, verdict: Verdict, pair: Pair) -> None:
        row, known = self.new.setdefault(verdict.digest, (verdict.row, verdict.new))
        if known != verdict.new:
            self.problems.append(problem("E880", self.place(verdict, "new"), row=row))
        self.problems += self.new_problems(verdict, pair)

    def place(self, verdict: Verdict, column: str) -> Place:
        return Place(self.file, verdict.row, COLUMNS[column])

    def is_done(self, verdict: Verdict) -> bool:
        """Whether the new text of a row is in the catalogue already, because the workbook comes
        back a second time.
        """
        return verdict.digest not in self.pairs

    def row_problems(self, verdict: Verdict) -> Iterator[Problem]:
        if verdict.right and verdict.new:
            yield problem("E871", self.place(verdict, "new"))
        if verdict.right and verdict.right.casefold() not in YES:
            yield problem(
                "E872", self.place(verdict, "right"), found=brief(verdict.right).strip("'")
            )
        if text_digest(Text.model_construct(zh=verdict.zh, bo=verdict.bo)) != verdict.digest:
            yield problem("E876", self.place(verdict, "bo"))
        elif verdict.digest not in self.pairs:
            corrected = Text.model_construct(zh=verdict.zh, bo=verdict.new)
            if not verdict.new or text_digest(corrected) not in self.pairs:
                yield problem("E870", self.place(verdict, "zh"))

    def new_problems(self, verdict: Verdict, pair: Pair) -> Iterator[Problem]:
        """Placeholders, spelling, and numbers that belong into ``values``."""
        place, new = self.place(verdict, "new"), verdict.new
        wanted = _PLACEHOLDER.findall(pair.text.bo)
        if Counter(wanted) != Counter(_PLACEHOLDER.findall(new)):
            yield problem("E873", place, wanted=" ".join(wanted) or "–")
        for code, _offset, facts in text_faults(new, "bo"):
            yield problem(code, place, **facts)
        policies = {policy.id: policy for policy in self.catalogue.policies}
        for located in pair.where:
            if policy := policies.get(located.owner):
                text = Text.model_construct(zh="", bo=new)
                for found in number_problems(replace(located, text=text), policy, self.catalogue):
                    yield replace(found, place=place)

    def reviews(self) -> Iterator[Review]:
        """A review for each pair that is right, and for each that the reader wrote."""
        written = (
            text_digest(Text(zh=self.pairs[digest].text.zh, bo=new))
            for digest, (_row, new) in self.new.items()
        )
        for digest in sorted({*self.right, *written} - self.catalogue.reviewed):
            yield self.person.model_copy(update={"text": digest})


def _reused(
    new: Mapping[str, tuple[int, str]], right: set[str], made: Sequence[Pair]
) -> Iterator[tuple[LocatedText, str]]:
    """The texts that nobody has decided on and in which a corrected term stands: with the new term
    in its place.
    """
    terms = [
        (pair.text, new[pair.digest][1]) for pair in made if pair.is_term and pair.digest in new
    ]
    terms.sort(key=lambda term: -len(term[0].bo))
    for pair in made:
        if pair.digest in right or pair.digest in new or pair.is_term:
            continue
        text = pair.text.bo
        for term, corrected in terms:
            if term.zh in pair.text.zh:
                text = _exchanged(text, term.bo, corrected)
        if text != pair.text.bo:
            yield from ((located, text) for located in pair.where)


def _exchanged(text: str, old: str, new: str) -> str:
    for at in sorted(places_of(old, text), reverse=True):
        text = text[:at] + new + text[at + len(old) :]
    return text


KEYS = ("zh", "bo", "right", "new", "remark", "digest")
READER = ("name", "office", "date")


def read_verdict_list(
    content: str, file: str
) -> tuple[tuple[str, ...], list[Verdict], list[Problem]]:
    """Name, office and day of the reader, and the verdicts, counted from 1; a problem where it is
    no such list.

    ``{"reader": {"name": …, "office": …, "date": …}, "verdicts": [{"digest": …, "zh": …, "bo": …,
    "right": "yes"}]}``
    """
    try:
        data = parse_json(content)
        reader = tuple(_cell(data["reader"], key) for key in READER)
        rows = [{key: _cell(each, key) for key in KEYS} for each in data["verdicts"]]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        return (), [], [problem("E877", Place(file), why=why)]
    return reader, [Verdict(number, **row) for number, row in enumerate(rows, 1)], []


def as_json(reader: Mapping[str, str], verdicts: Iterable[Mapping[str, str]]) -> str:
    """A list as ``read_verdict_list`` reads it."""
    data = {"reader": dict(reader), "verdicts": [dict(each) for each in verdicts]}
    return json.dumps(data, ensure_ascii=False, indent=1)


def _cell(part: Any, key: str) -> str:
    found = part.get(key, "")
    if not isinstance(found, str):
        raise TypeError(f"{key}: {found!r}")
    return found.strip()
