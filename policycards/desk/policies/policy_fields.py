"""The fields of a policy's form, and the change that is typed into it, kept until it is made."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from django.http import QueryDict

from policycards.catalogue import text_digest
from policycards.catalogue.editing.editable_texts import (
    FLAG,
    LABEL,
    LISTS,
    NEEDED,
    Change,
    Wording,
    as_json,
    brief_wording,
    fields_of,
    one_line,
    path_of,
    read_changes,
    read_wording,
    wording_as_data,
)
from policycards.catalogue.model.policy import Policy, Text
from policycards.catalogue.yaml.source import Path_
from policycards.core.codes import N_
from policycards.desk.core.office_folder import Office
from policycards.desk.core.tasks import KEPT

Fields: TypeAlias = Mapping[str, Wording]


def keep(office: Office, policy: str, changes: Sequence[Change]) -> str:
    """Keep changes until they are written or forgotten; the stamp by which they are found."""
    return keep_file(office, as_json(policy, changes))


def keep_file(office: Office, content: str) -> str:
    """Keep what was typed, and forget what was long ago; the stamp by which it is found."""
    folder = office.memory / "changes"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    oldest = (datetime.now() - KEPT).timestamp()
    for file in sorted(folder.glob("*.json")):
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
    (folder / f"{stamp}.json").write_text(content, encoding="utf-8")
    return stamp


def content_of(office: Office, stamp: str) -> str:
    """What was kept; empty where there is nothing of this stamp."""
    file = office.memory / "changes" / f"{stamp}.json"
    named = bool(stamp) and stamp.replace("-", "").isalnum()
    return file.read_text(encoding="utf-8") if named and file.is_file() else ""


def read(office: Office, policy: Policy, stamp: str) -> list[Change]:
    """Kept changes of a policy; none where there are none of this stamp."""
    content = content_of(office, stamp)
    return read_changes(content, policy, stamp)[0] if content else []


def file_of(office: Office, stamp: str) -> str:
    """The file of a stamp by its path from the office's folder, for the command."""
    return office.relative(office.memory / "changes" / f"{stamp}.json")


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
    """The form, filled with what was wordings of its fields; ``read`` texts and ``remarks`` are
    known by their digests.

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
                now=brief_wording(now[name]) if name in others else "",
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
