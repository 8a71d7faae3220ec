"""The glossary: terms of the texts in both languages, how sure each is, and in which texts it
stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from policycards.catalogue.model.catalogue import LocatedText
from policycards.catalogue.model.form import read_form
from policycards.catalogue.model.policy import Form, Text
from policycards.core.problems import Place, Problem

FILE = "glossary.yaml"
OWNER = "glossary"

_TIBETAN_LETTERS = ("\u0f40", "\u0fbc")


class Term(Form):
    """A term; ``confidence`` is high where it was seen in this sense, medium where it was built,
    low where coined.
    """

    zh: str = Field(min_length=1, description="中文 Chinese")
    bo: str = Field(min_length=1, description="藏文 Tibetan")
    confidence: Literal["high", "medium", "low"] = Field(description="把握 how sure")
    seen: str | None = Field(None, description="见于 where this very form was seen")

    @property
    def text(self) -> Text:
        return Text(bo=self.bo, zh=self.zh)


class Terms(Form):
    """``glossary.yaml``."""

    terms: tuple[Term, ...] = Field((), description="词语 terms")


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms, and each as a text with its place."""

    terms: tuple[Term, ...] = ()
    texts: tuple[LocatedText, ...] = ()


def read_glossary(folder: Path) -> tuple[Glossary, list[Problem]]:
    """The glossary of a catalogue's folder; none is an empty one."""
    path = folder / FILE
    if not path.exists():
        return Glossary(), []
    read, problems, places = read_form(path, Terms)
    if read is None:
        return Glossary(), problems
    located = [
        LocatedText(
            term.text,
            OWNER,
            ("terms", i),
            *(places.get(("terms", i, lang), Place(str(path))) for lang in ("bo", "zh")),
        )
        for i, term in enumerate(read.terms)
    ]
    return Glossary(read.terms, tuple(located)), problems


def terms_in(text: Text, terms: Iterable[Term]) -> Iterator[Term]:
    """The terms that stand in a text in both languages, in Tibetan as whole syllables."""
    return (
        term
        for term in terms
        if term.zh in text.zh and any(True for _at in places_of(term.bo, text.bo))
    )


def places_of(term: str, text: str) -> Iterator[int]:
    """Where a term begins in a Tibetan text, not within a syllable.

    >>> list(places_of("བོད", "བོད་ཡིག་དང་བོད་སྐད། བོདབ"))
    [0, 11]
    """
    start = text.find(term)
    while start >= 0:
        before, after = text[start - 1 : start], text[start + len(term) : start + len(term) + 1]
        if not _is_letter(before) and not _is_letter(after):
            yield start
        start = text.find(term, start + 1)


def _is_letter(character: str) -> bool:
    return bool(character) and _TIBETAN_LETTERS[0] <= character <= _TIBETAN_LETTERS[1]
