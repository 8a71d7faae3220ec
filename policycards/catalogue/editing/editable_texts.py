"""The fields of a policy that an editor may word anew, and changes of them that can be carried out
and taken back.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.form import brief, nearest
from policycards.catalogue.model.policy import LANGS, Lang, Paid, Policy, Text
from policycards.catalogue.yaml.source import Path_
from policycards.core.files import parse_json
from policycards.core.problems import Place, Problem, problem

Wording: TypeAlias = Text | tuple[Text, ...] | bool | None
"""What a field says: a text, a list of texts, yes or no; None where a text is not there."""

NEEDED = ("name", "summary", "who")
OPTIONAL = ("short", "office", "paid.when", "paid.by", "deadline")
LISTS = ("how", "papers")
FLAG = "discreet"
LABEL = "label."
"""What stands before a standard's id in the field of its label."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field, what it said when the change was thought of, and what it shall say."""

    field: str
    was: Wording
    new: Wording

    @property
    def reverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.field, self.new, self.was)


def fields_of(policy: Policy) -> dict[str, Wording]:
    """Every field with what it says, in the order of the file.

    The label of a standard is ``label.`` and its id; a policy that has no label or office has them
    as None.
    """
    paid = policy.paid or Paid.model_construct()
    return {
        "name": policy.name,
        "short": policy.short,
        "summary": policy.summary,
        "who": policy.who,
        "how": policy.how,
        "papers": policy.papers,
        "office": policy.office,
        "paid.when": paid.when,
        "paid.by": paid.by,
        "deadline": policy.deadline,
        FLAG: policy.discreet,
        **{f"{LABEL}{each.id}": each.label for each in policy.standards},
    }


def path_of(field: str, standards: Sequence[str]) -> Path_:
    """Where a field stands in its file; ``standards`` are the ids of the policy's standards.

    >>> path_of("paid.when", []), path_of("label.cow", ["yak", "cow"])
    (('paid', 'when'), ('standards', 1, 'label'))
    """
    if field.startswith(LABEL):
        return "standards", standards.index(field.removeprefix(LABEL)), "label"
    return tuple(field.split("."))


def place_of(field: str, policy: Policy, catalogue: Catalogue, *part: str | int) -> Place:
    """Where a field stands, or a part of it; what is nearest where it is not there."""
    return catalogue.place(
        policy.id, *path_of(field, [each.id for each in policy.standards]), *part
    )


def reworded(policy: Policy, changes: Iterable[Change]) -> Policy:
    """The policy as it is after changes."""
    for change in changes:
        policy = policy.model_copy(update=_update(policy, change.field, change.new))
    return policy


def _update(policy: Policy, field: str, new: Wording) -> dict[str, Any]:
    if field.startswith(LABEL):
        name = field.removeprefix(LABEL)
        labelled = (
            each.model_copy(update={"label": new}) if each.id == name else each
            for each in policy.standards
        )
        return {"standards": tuple(labelled)}
    head, _, part = field.partition(".")
    if not part:
        return {head: new}
    paid = (policy.paid or Paid.model_construct()).model_copy(update={part: new})
    return {"paid": paid if paid.model_dump(exclude_none=True) else None}


def change_problems(
    changes: Sequence[Change], policy: Policy, catalogue: Catalogue
) -> Iterator[Problem]:
    """Why changes cannot be carried out: somebody changed a field meanwhile, or a language is
    missing.
    """
    now = fields_of(policy)
    for change in changes:
        if now[change.field] not in (change.was, change.new):
            place = place_of(change.field, policy, catalogue)
            yield problem(
                "E881", place, field=change.field, now=brief(brief_wording(now[change.field]))
            )
        for step, lang in _missing(change):
            place = place_of(change.field, policy, catalogue, *step, lang)
            yield problem("E883", place, field=change.field, lang=lang)


def _missing(change: Change) -> Iterator[tuple[Path_, Lang]]:
    """The sides that have nothing: which entry of a list, and the language."""
    texts = change.new if isinstance(change.new, tuple) else (change.new,)
    for number, text in enumerate(texts):
        step: Path_ = (number,) if isinstance(change.new, tuple) else ()
        for lang in LANGS:
            if (text is None and change.field in NEEDED) or (
                isinstance(text, Text) and not text[lang]
            ):
                yield step, lang


def brief_wording(wording: Wording) -> str:
    """A wording in short, as a message quotes it."""
    if isinstance(wording, Text):
        return f"{wording.zh} {wording.bo}"
    if isinstance(wording, tuple):
        return " · ".join(brief_wording(text) for text in wording)
    return "–" if wording is None else str(wording).lower()


def read_changes(content: str, policy: Policy, file: str) -> tuple[list[Change], list[Problem]]:
    """Changes of a policy as JSON has them: ``{"fields": {"name": {"was": {"bo": …, "zh": …},
    "new": …}}}``.

    Without ``was`` a field may have said anything. Texts are in one line and in normal form, as
    people see them.
    """
    try:
        fields = parse_json(content)["fields"]
        known, changes = fields_of(policy), list[Change]()
        for field, sides in fields.items():
            if field not in known:
                listed = ", ".join(known)
                return [], [
                    problem(
                        "E945",
                        Place(file),
                        field=field,
                        nearest=nearest(field, known),
                        known=listed,
                    )
                ]
            was = read_wording(field, sides["was"]) if "was" in sides else known[field]
            changes.append(Change(field, was, read_wording(field, sides["new"])))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        return [], [problem("E946", Place(file), why=brief(error).strip("'"))]
    return [change for change in changes if change.new != change.was], []


def read_wording(field: str, data: Any) -> Wording:
    """A field's wording from JSON; raises TypeError, LookupError or ValueError where it is none."""
    if field == FLAG:
        if not isinstance(data, bool):
            raise TypeError(f"{field}: true, false")
        return data
    if field in LISTS:
        return tuple(_text(each) for each in data)
    return None if data is None else _text(data)


def _text(sides: Mapping[str, str]) -> Text:
    return Text.model_construct(bo=one_line(sides["bo"]), zh=one_line(sides["zh"]))


def one_line(text: str) -> str:
    """A text as it is kept: in one line and in normal form."""
    if not isinstance(text, str):
        raise TypeError(text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def as_json(policy: str, changes: Iterable[Change]) -> str:
    """Changes as ``read_changes`` reads them."""
    fields = {
        change.field: {"was": wording_as_data(change.was), "new": wording_as_data(change.new)}
        for change in changes
    }
    return json.dumps({"policy": policy, "fields": fields}, ensure_ascii=False, indent=1)


def wording_as_data(wording: Wording) -> Any:
    """A wording as ``read_wording`` reads it."""
    if isinstance(wording, tuple):
        return [wording_as_data(text) for text in wording]
    return {"bo": wording.bo, "zh": wording.zh} if isinstance(wording, Text) else wording
