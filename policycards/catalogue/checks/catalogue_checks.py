"""All that this floor can say about a catalogue: reading it, and every check of its values, rules
and texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
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
from policycards.catalogue.checks.value_checks import standard_problems
from policycards.catalogue.model.catalogue import Catalogue, LocatedText
from policycards.catalogue.model.policy import LANGS, Lang
from policycards.catalogue.reading.folder import in_order, read_folder
from policycards.catalogue.reading.glossary import read_glossary
from policycards.catalogue.rules.columns import rule_problems
from policycards.catalogue.yaml.source import place_at
from policycards.core.problems import Problem, problem
from policycards.tables.encoding import MOST


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
