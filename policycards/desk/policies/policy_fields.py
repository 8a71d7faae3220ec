"""The form of a policy on the screen: its fields, what was typed into them, and what that
changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from django.http import QueryDict

from policycards.catalogue import text_digest
from policycards.catalogue.editing.editable_texts import (
    FLAG,
    LABEL,
    LISTS,
    NEEDED,
    Change,
    Wording,
    fields_of,
    one_line,
    path_of,
    read_wording,
    shown,
    wording_as_data,
)
from policycards.catalogue.model.policy import Policy, Text
from policycards.catalogue.yaml.source import Path_
from policycards.core.codes import N_

LABELS = {
    "name": N_("Name of the policy"),
    "short": N_("Short name, for one line"),
    "summary": N_("In one sentence"),
    "who": N_("Who can have it"),
    "how": N_("How to claim it, step by step"),
    "papers": N_("Papers to bring"),
    "office": N_("Where to claim it"),
    "paid.when": N_("When it is paid"),
    "paid.by": N_("How it is paid"),
    "deadline": N_("Deadline"),
}
HINTS = {
    "name": N_("As it stands on the card, large."),
    "summary": N_("Without an amount: that comes from the standards."),
    "who": N_("For a reader who does not know the rules."),
    "how": N_("One step a line."),
    "papers": N_("One paper a line."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Two sides beside each other, with the key under which problems stand.

    ``is_read`` where somebody vouches for this very pair; ``remark`` is what a reader said of it.
    """

    key: str
    bo: str = ""
    zh: str = ""
    is_read: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form; one that is a list has any number of rows.

    ``now`` is what the file says where somebody has changed it since the form was opened.
    """

    name: str
    label: str
    hint: str
    is_list: bool
    is_needed: bool
    rows: tuple[Row, ...]
    standard: str = ""
    now: str = ""

    @property
    def is_tall(self) -> bool:
        return self.name in ("summary", "who")


def form_of(
    policy: Policy,
    wordings: Mapping[str, Wording],
    read: Set[str],
    remarks: Mapping[str, str],
    others: Set[str],
) -> Iterator[Field]:
    """The form, filled with what was wordings of its fields; ``read`` texts and ``remarks`` are known
    by their digests.

    ``others`` are the fields that somebody else changed meanwhile.
    """
    now = fields_of(policy)
    for name in now:
        if name != FLAG:
            yield Field(
                name=name,
                label=LABELS.get(name, N_("Label of the standard")),
                hint=HINTS.get(name, ""),
                is_list=name in LISTS,
                is_needed=name in NEEDED,
                rows=tuple(_marked(row, read, remarks) for row in _rows(name, wordings[name])),
                standard=name.removeprefix(LABEL) if name.startswith(LABEL) else "",
                now=shown(now[name]) if name in others else "",
            )


def _marked(row: Row, read: Set[str], remarks: Mapping[str, str]) -> Row:
    digest = text_digest(Text.model_construct(bo=row.bo, zh=row.zh))
    return replace(row, is_read=digest in read, remark=remarks.get(digest, ""))


def _rows(name: str, wording: Wording) -> Iterator[Row]:
    if isinstance(wording, tuple):
        yield from (Row(f"{name}.{n}", text.bo, text.zh) for n, text in enumerate(wording))
    else:
        yield Row(name, wording.bo, wording.zh) if isinstance(wording, Text) else Row(name)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: the wording of each field, and under which key of the form each path of the
    policy stands.
    """

    fields: Mapping[str, Wording]
    keys: Mapping[Path_, str]


def typed(data: QueryDict, policy: Policy) -> Typed:
    """A form as it was sent; rows of lists that are empty on both sides are none."""
    fields: dict[str, Wording] = {}
    keys: dict[Path_, str] = {}
    standards = [each.id for each in policy.standards]
    for name in fields_of(policy):
        if name == FLAG:
            fields[name] = data.get(name) == "yes"
            continue
        path, sides = (
            path_of(name, standards),
            zip(data.getlist(f"{name}.bo"), data.getlist(f"{name}.zh"), strict=False),
        )
        rows = [
            (n, Text.model_construct(bo=one_line(bo), zh=one_line(zh)))
            for n, (bo, zh) in enumerate(sides)
        ]
        there = [(n, text) for n, text in rows if text.bo or text.zh]
        if name in LISTS:
            fields[name] = tuple(text for _n, text in there)
            keys |= {(*path, at): f"{name}.{n}" for at, (n, _text) in enumerate(there)}
        else:
            fields[name] = there[0][1] if there else None
            keys[path] = name
    return Typed(fields, keys)


def as_told(fields: Mapping[str, Wording]) -> str:
    """What fields said when the form was opened, for the form to bring back."""
    return json.dumps(
        {name: wording_as_data(wording) for name, wording in fields.items()}, ensure_ascii=False
    )


def was(data: QueryDict, policy: Policy) -> dict[str, Wording]:
    """What the fields said when the form was opened; what they say now where the form does not
    tell.
    """
    now = fields_of(policy)
    try:
        kept = json.loads(data.get("was", ""))
        return {name: read_wording(name, kept[name]) if name in kept else now[name] for name in now}
    except (ValueError, LookupError, TypeError, AttributeError):
        return now


def changed(before: Mapping[str, Wording], after: Mapping[str, Wording]) -> list[Change]:
    return [
        Change(name, before[name], after[name]) for name in after if before[name] != after[name]
    ]
