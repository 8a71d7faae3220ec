"""What a reader of Tibetan has to read: every distinct pair of texts once, terms first, and how far
the reading is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policycards.catalogue.model.catalogue import Catalogue, LocatedText, Review, text_digest
from policycards.catalogue.model.policy import Text
from policycards.catalogue.reading.glossary import Glossary, Term, terms_in

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
