"""What is seen while typing: problems at the field, terms of the glossary, the card's row, the text
of the page.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils.translation import gettext as _

from policycards.catalogue import LANGS, Catalogue, Policy
from policycards.catalogue.checks.catalogue_checks import text_problems
from policycards.catalogue.checks.placeholders import number_problems, placeholder_problems
from policycards.catalogue.editing.editable_texts import (
    FLAG,
    Wording,
    change_problems,
    path_of,
    reworded,
)
from policycards.catalogue.model.catalogue import LocatedText
from policycards.catalogue.model.policy import Text
from policycards.catalogue.reading.glossary import FILE, Term, read_glossary
from policycards.catalogue.yaml.source import Path_
from policycards.core.codes import N_
from policycards.core.problems import Place, Problem, has_errors
from policycards.design.content.policy_selection import holds_in
from policycards.desk.core.office_folder import Office
from policycards.desk.core.pictures import row_picture, too_long, unsettable
from policycards.desk.policies.policy_fields import Typed, changed
from policycards.site.page_content import PageContentBuilder, PolicyPage

MOST_TERMS = 12
MISSING = "…"
SURE = {
    "high": N_("seen in print"),
    "medium": N_("built from known words"),
    "low": N_("coined, to be asked about"),
}


def proposed(
    catalogue: Catalogue, policy: Policy, typed: Typed, now: Mapping[str, Wording]
) -> tuple[Catalogue, Policy]:
    """A catalogue of this policy alone, as it was typed; places are the keys of the form."""
    after = reworded(
        policy, changed(now, {name: _whole(wording) for name, wording in typed.fields.items()})
    )
    places = {
        (policy.id, (*path, *side)): Place(".".join([key, *side]), 1, 1)
        for path, key in typed.keys.items()
        for side in ((), ("bo",), ("zh",))
    }
    texts = tuple(
        LocatedText(
            text, policy.id, path, *(Place(f"{typed.keys[path]}.{lang}", 1, 1) for lang in LANGS)
        )
        for path, text in _texts(policy, typed)
    )
    return replace(catalogue, policies=(after,), texts=texts, places=places), after


def _whole(wording: Wording) -> Wording:
    """A wording with dots in the place of a side that is not there yet, so that it can be drawn."""
    if isinstance(wording, tuple):
        return tuple(_dotted(text) for text in wording)
    return _dotted(wording) if isinstance(wording, Text) else wording


def _dotted(text: Text) -> Text:
    return Text(bo=text.bo or MISSING, zh=text.zh or MISSING)


def _texts(policy: Policy, typed: Typed) -> Iterator[tuple[Path_, Text]]:
    standards = [each.id for each in policy.standards]
    for name, wording in typed.fields.items():
        path = path_of(name, standards) if name != FLAG else ()
        if isinstance(wording, tuple):
            yield from (((*path, n), text) for n, text in enumerate(wording))
        elif isinstance(wording, Text):
            yield path, wording


def problems_of(
    office: Office,
    catalogue: Catalogue,
    policy: Policy,
    typed: Typed,
    now: Mapping[str, Wording],
    day: date,
) -> list[Problem]:
    """What is wrong with what was typed; the file of each place is the key of the field's side."""
    made, after = proposed(catalogue, policy, typed, now)
    whole = [each for each in made.texts if each.text.bo and each.text.zh]
    found = list(change_problems(changed(now, typed.fields), policy, made))
    found += text_problems(whole)
    for each in whole:
        found += [*placeholder_problems(each, after), *number_problems(each, after, catalogue)]
    if not has_errors(found):
        found += unsettable(office, replace(made, texts=tuple(whole))) or too_long(
            office, made, day
        )
    return list(dict.fromkeys(found))


def picture_of(office: Office, catalogue: Catalogue, policy: Policy, day: date) -> str:
    """The row of the card as an address that has the picture in it; empty where it cannot be
    drawn.
    """
    png = row_picture(office, catalogue, policy, day)
    return "data:image/png;base64," + b64encode(png).decode() if png else ""


def page_of(catalogue: Catalogue, policy: Policy, day: date) -> PolicyPage | None:
    """What the policy's own page on the detail site says; None where it has none, holding in other
    areas.
    """
    alone = replace(catalogue, policies=(policy,))
    return (
        PageContentBuilder(alone, day).policy_page(policy)
        if holds_in(policy, catalogue.settings.area)
        else None
    )


def terms_for(zh: str, terms: Iterable[Term]) -> list[Term]:
    """The terms of the glossary that stand in a Chinese text, the longest first, none that is part
    of another one.

    >>> terms = [Term(zh=zh, bo="ཀ", confidence="low") for zh in ("补贴", "牧户", "牧户补贴")]
    >>> [term.zh for term in terms_for("每户牧户补贴", terms)]
    ['牧户补贴']
    """
    found: list[Term] = []
    for term in sorted(terms, key=lambda term: -len(term.zh)):
        if term.zh in zh and not any(term.zh in other.zh for other in found):
            found.append(term)
    return found[:MOST_TERMS]


def hints_of(office: Office, typed: Typed, policy: Policy) -> dict[str, list[Term]]:
    """Terms by the key of the row in whose Chinese they stand."""
    terms = terms_of_glossary(office)
    return {
        typed.keys[path]: terms_for(text.zh, terms)
        for path, text in _texts(policy, typed)
        if text.zh
    }


def terms_of_glossary(office: Office) -> tuple[Term, ...]:
    """The terms of the office's glossary, read again when its file has changed."""
    file = office.policies / FILE
    return _terms(office.policies, file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(maxsize=2)
def _terms(policies: Path, _stamp: int) -> tuple[Term, ...]:
    return read_glossary(policies)[0].terms


def sure(term: Term) -> str:
    """How sure a term is, in the language of the screen."""
    return _(SURE[term.confidence])
