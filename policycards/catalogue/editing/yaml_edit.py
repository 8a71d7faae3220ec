"""Changing YAML files with ruamel.yaml, so that comments, quotes, layout and line ends stay.

ruamel lays a file out anew; where that is not how the file was written, only the lines that the
change makes different are taken over. Every change is also made to the plain data, and what is
written is read again and must be just that.
"""

from __future__ import annotations

import codecs
import copy
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from io import StringIO
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

from policycards.catalogue.editing.editable_texts import Change, Wording, path_of
from policycards.catalogue.model.policy import LANGS, Paid, Policy, Standard, Text, Value
from policycards.catalogue.yaml.source import Path_, means_text, read_source
from policycards.core.problems import Place

Act: TypeAlias = Callable[[Any], None]
"""A change of a file's data, made to what ruamel has read and to plain dicts and lists alike."""

_Line: TypeAlias = tuple[str, str | None]
"""A line and how it ends; None where it is new."""
_BREAK = re.compile(r"(\r\n|\r|\n)")
_FIGURE = re.compile(r"[0-9]+(\.[0-9]+)?")
_QUOTED = ("from", "amount", "published", "recorded", "checked_on", "on", "area")
"""Keys of values that are quoted where no entry of the file shows another way."""
_ORDER = {
    "paid": [*Paid.model_fields],
    "standards": [each.alias or name for name, each in Standard.model_fields.items()],
    "": [*Policy.model_fields],
}
"""Keys in the order in which a file has them."""


def with_value(content: bytes, standard: int, value: Value) -> bytes | None:
    """The file of a policy with a value at the end of a standard's values."""

    def add(policy: Any) -> None:
        style = _Style.of_values(policy, standard)
        values = policy["standards"][standard].setdefault("values", CommentedSeq())
        values.append(style.part("", pairs_of(value)))

    return edited(content, [add])


def with_check(content: bytes, standard: int, entry: int, day: date) -> bytes | None:
    """The file of a policy in which an entry of a standard's values was looked up on a day."""

    def tick(policy: Any) -> None:
        style = _Style.of_values(policy, standard)
        values = policy["standards"][standard]["values"][entry]
        if "checked_on" in values:
            values["checked_on"] = _scalar(str(day), values["checked_on"])
        else:
            values["checked_on"] = style.part("checked_on", str(day))

    return edited(content, [tick])


def with_texts(content: bytes, changes: Iterable[tuple[Path_, str]]) -> bytes | None:
    """A YAML file with other texts at some paths."""

    def put(path: Path_, new: str) -> Act:
        def change(root: Any) -> None:
            owner = _at(root, path[:-1])
            owner[path[-1]] = _scalar(new, owner[path[-1]])

        return change

    return edited(content, [put(path, new) for path, new in changes])


def with_changes(content: bytes, changes: Iterable[Change]) -> bytes | None:
    """The file of a sound policy with fields that say something else."""
    document, _problems = read_source(content, "")
    if document is None:
        return None
    acts, lists = list[Act](), list[tuple[Path_, tuple[Text, ...]]]()
    for change in changes:
        path = path_of(change.field, [each["id"] for each in document.data["standards"]])
        old, new = document.value(path), change.new
        if isinstance(new, tuple) and new and old:
            lists.append((path, new))
        elif new or old is not None:
            acts.append(_field(path, new))
    changed = edited(content, acts) if acts else content
    for path, texts in lists:
        changed = changed and _with_list(changed, path, texts)
    return changed


def with_figure(content: bytes, place: Place, figure: Decimal) -> bytes:
    """A file of cases with another figure at a place; raises ValueError where none stands there.

    >>> with_figure(b'a:\\n  amount: "3600" # x\\n', Place("", 2, 12), Decimal("3900.00"))
    b'a:\\n  amount: "3900" # x\\n'
    """
    lines = content.decode("utf-8").splitlines(keepends=True)
    line = lines[place.line - 1]
    found = _FIGURE.match(line, place.column - 1)
    if found is None:
        raise ValueError(line)
    shown = f"{figure:f}".rstrip("0").rstrip(".") if figure % 1 else f"{figure:.0f}"
    lines[place.line - 1] = line[: found.start()] + shown + line[found.end() :]
    return "".join(lines).encode("utf-8")


def edited(content: bytes, acts: Sequence[Act]) -> bytes | None:
    """A file after changes of its data; None where it would then say anything else."""
    document, _problems = read_source(content, "")
    if document is None:
        return None
    wanted = copy.deepcopy(document.data)
    for act in acts:
        act(wanted)
    bom, lines, endings = _opened(content)
    try:
        yaml, root = _loaded(lines)
        before = _dumped(yaml, root)
        for act in acts:
            act(root)
        merged = _merged(lines, endings, before, _dumped(yaml, root))
        changed = bom + _joined(merged, endings[0]).encode("utf-8")
    except (YAMLError, UnicodeEncodeError, _Unmergeable):
        return None
    return changed if _says(changed, wanted) else None


def new_file(data: Mapping[str, Any], head: str) -> bytes:
    """A file of its own that says this, below some lines of comment."""
    return (head + "\n".join(_dumped(_yaml(), _Style().part("", data)))).encode("utf-8")


def pairs_of(value: Value) -> dict[str, Any]:
    """What an entry says, without what is not there."""
    pairs = value.model_dump(mode="json", by_alias=True, exclude_none=True)
    if value.amount is not None:
        pairs["amount"] = f"{value.amount:f}"
    order = [
        "from",
        "area",
        "amount",
        "status",
        "published",
        "recorded",
        "source",
        "corrects",
        "confirmed",
    ]
    rest = [key for key in pairs if key not in order]
    return {key: pairs[key] for key in (*order, *rest) if key in pairs}


class _Unmergeable(Exception):
    """Changes touch lines that belong together in the file."""


@dataclass(frozen=True, slots=True)
class _Style:
    """How a file writes its keys: a part that is there already, for each of them."""

    samples: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of_values(cls, policy: Any, standard: int) -> _Style:
        """By the entries of standards, the given one's counting most and the last one first."""
        samples: dict[str, Any] = {}
        for each in (*policy["standards"], policy["standards"][standard]):
            for entry in each.get("values") or ():
                samples[""] = entry
                for key, part in entry.items():
                    samples[key] = part
                    samples |= part if isinstance(part, dict) else {}
        return cls(samples)

    @classmethod
    def of_texts(cls, policy: Any) -> _Style:
        """As the name of the policy is written."""
        return cls({**policy["name"], "": policy["name"]})

    def part(self, key: str, part: Any) -> Any:
        """A text, a map or a list as this file would write it under a key."""
        sample = self.samples.get(key)
        if isinstance(part, list):
            return CommentedSeq([self.part("", each) for each in part])
        if isinstance(part, dict):
            made = CommentedMap({name: self.part(name, each) for name, each in part.items()})
            if isinstance(sample, CommentedMap) and sample.fa.flow_style():
                made.fa.set_flow_style()
            return made
        if sample is None and key in _QUOTED:
            return DoubleQuotedScalarString(part)
        return _scalar(part, sample)


def _scalar(text: str, sample: Any = None) -> Any:
    """A text in the quotes of another; without any only where every reader takes it for a text."""
    if type(sample) is date:
        return date.fromisoformat(text)
    if isinstance(sample, DoubleQuotedScalarString | SingleQuotedScalarString):
        return type(sample)(text)
    # ruamel leaves out quotes in braces that PyYAML needs there.
    is_plain = means_text(text) and (
        not set(":?") & set(text) or _reads(f"{{a: {text}, b: c}}", text)
    )
    return text if is_plain else DoubleQuotedScalarString(text)


def _reads(yaml: str, text: str) -> bool:
    document, _problems = read_source(yaml.encode("utf-8", "surrogatepass"), "")
    return document is not None and document.data == {"a": text, "b": "c"}


def _text(owner: Any, new: Text) -> None:
    """A text's sides, each in its quotes; one that stays is not touched."""
    for lang in LANGS:
        if owner[lang] != new[lang]:
            owner[lang] = _scalar(new[lang], owner[lang])


def _field(path: Path_, new: Wording) -> Act:
    """The change that lets a field of a policy say something else."""
    *steps, key = path

    def change(root: Any) -> None:
        owner, style = root, _Style.of_texts(root)
        for step in steps:
            if step == "paid" and step not in owner:
                _insert(owner, step, CommentedMap(), _ORDER[""])
            owner = owner[step]
        if isinstance(new, bool):
            if new or key in owner:
                _insert(owner, key, new, _ORDER[""])
        elif not new:
            del owner[key]
            if steps == ["paid"] and not owner:
                del root["paid"]
        elif isinstance(new, Text) and key in owner:
            _text(owner[key], new)
        else:
            texts = [dict(each) for each in (new if isinstance(new, tuple) else [new])]
            part = style.part("", texts[0])
            if isinstance(new, tuple):
                part = CommentedSeq(style.part("-", each) for each in texts)
            _insert(owner, key, part, _ORDER[str(steps[0]) if steps else ""])

    return change


def _insert(owner: Any, key: str | int, part: Any, order: Sequence[str]) -> None:
    """Put a key behind those that come before it."""
    if key in owner or not isinstance(owner, CommentedMap):
        owner[key] = part
        return
    earlier = order[: order.index(str(key))]
    place = max((n for n, name in enumerate(owner, 1) if name in earlier), default=len(owner))
    owner.insert(place, key, part)


def _with_list(content: bytes, path: Path_, new: Sequence[Text]) -> bytes | None:
    """A file with other entries in a list of texts: one that only moves or is reworded keeps its
    layout and its comments.
    """
    document, _problems = read_source(content, "")
    assert document is not None
    old = [Text.model_construct(**each) for each in document.value(path)]
    origins = _origins(old, new)

    def reword(root: Any) -> None:
        for text, origin in zip(new, origins, strict=True):
            if origin is not None:
                _text(_at(root, path)[origin], text)

    def rearrange(root: Any) -> None:
        entries, style = _at(root, path), _Style.of_texts(root)
        now = [
            style.part("", dict(text)) if origin is None else entries[origin]
            for text, origin in zip(new, origins, strict=True)
        ]
        entries.clear()
        entries.extend(now)

    reworded = edited(content, [reword])
    if reworded is None or origins == [*range(len(old))]:
        return reworded
    bom, lines, endings = _opened(reworded)
    _reader, root = _loaded(lines)
    entries = _at(root, path)
    first, last = (entries.lc.data[number][0] for number in (0, len(old) - 1))
    if entries.fa.flow_style():
        has_comments = any("#" in line for line in lines[first : last + 2])
        return None if has_comments else edited(reworded, [rearrange])
    chunks = _chunks(lines, entries)
    dash, style = entries.lc.col, _Style({**root["name"], "": entries[0]})
    writer = _yaml()
    writer.indent(sequence=entries.lc.data[0][1] - dash, offset=0)
    made = [
        line
        for number, (start, end) in enumerate(chunks)
        if number not in origins
        for line in lines[start:end]
        if line.lstrip().startswith("#")
    ]
    for text, origin in zip(new, origins, strict=True):
        if origin is None:
            fresh = _dumped(writer, [style.part("", dict(text))])[:-1]
            made += [" " * dash + line for line in fresh]
        else:
            made += lines[slice(*chunks[origin])]
    start, end = chunks[0][0], chunks[-1][1]
    pieces = [*zip(lines[:start], endings, strict=False), *((line, None) for line in made)]
    moved = _joined([*pieces, *zip(lines[end:], endings[end:], strict=True)], endings[0])
    wanted, _problems = read_source(reworded, "")
    assert wanted is not None
    rearrange(wanted.data)
    changed = bom + moved.encode("utf-8")
    return changed if _says(changed, wanted.data) else None


def _chunks(lines: Sequence[str], entries: CommentedSeq) -> list[tuple[int, int]]:
    """Where the lines of each entry of a block begin and end; comments between two entries are the
    lower one's.
    """
    starts, dash = [line for line, _column in entries.lc.data.values()], entries.lc.col
    ends = []
    for start, limit in zip(starts, [*starts[1:], len(lines)], strict=True):
        end = start + 1
        for number in range(start + 1, limit):
            if lines[number].strip() and _indent(lines[number]) <= dash:
                break
            end = number + 1 if lines[number].strip() else end
        ends.append(end)
    return [*zip([starts[0], *ends[:-1]], ends, strict=True)]


def _origins(old: Sequence[Text], new: Sequence[Text]) -> list[int | None]:
    """For each new text the old one that it comes from: the same, one with the same side, or what
    stood there.

    >>> a, b, c = (Text(bo=sign, zh=sign) for sign in "abc")
    >>> _origins([a, b], [b, a]), _origins([a, b], [c, a, b]), _origins([a, b], [a, c])
    ([1, 0], [None, 0, 1], [0, 1])
    """
    found: list[int | None] = [None] * len(new)
    free = list(range(len(old)))

    def is_alike(one: Text, other: Text) -> bool:
        return one.bo == other.bo or one.zh == other.zh

    for fits in (Text.__eq__, is_alike):
        for number, text in enumerate(new):
            origin = next((n for n in free if fits(old[n], text)), None)
            if found[number] is None and origin is not None:
                found[number] = origin
                free.remove(origin)
    for number in set(range(len(new))) & set(free):
        if found[number] is None:
            found[number] = number
    return found


def _merged(
    lines: Sequence[str], endings: Sequence[str], before: Sequence[str], after: Sequence[str]
) -> list[_Line]:
    """The lines of a file, with what differs between two dumps of it put where that stands.

    A new line goes above blank lines and comments that are no further in than it, and is as far in
    as its neighbours; comments of lines that go stay. Where the file is laid out in another way
    than the dump, as many of its lines as belong together are laid out anew.
    """
    dumped, written = ([line.strip() for line in each] for each in (before, lines))
    spans = SequenceMatcher(None, dumped, written, autojunk=False).get_opcodes()
    made: list[_Line] = []
    at = 0
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, False).get_opcodes():
        if kind == "equal":
            continue
        new = [each for each in before[i1:i2] if _is_comment(each) and each not in after[j1:j2]]
        if j2 - j1 == i2 - i1:
            new += map(_with_gap, before[i1:i2], after[j1:j2])
        else:
            new += after[j1:j2]
        while kind == "insert" and i1 and _is_loose(before[i1 - 1], _indent(new[0])):
            i1 = i2 = i1 - 1
        (old_start, start), (old_end, end) = _edges(spans, i1, i2)
        shift = _shift(spans, before, lines, i1, new)
        new = [" " * (_indent(each) + shift) + each.lstrip(" ") for each in new]
        if start < at:
            raise _Unmergeable
        made += zip(lines[at:start], endings[at:start], strict=True)
        made += ((each, None) for each in (*before[old_start:i1], *new, *before[i2:old_end]))
        at = end
    return [*made, *zip(lines[at:], endings[at:], strict=True)]


def _edges(
    spans: Sequence[tuple[str, int, int, int, int]], i1: int, i2: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where lines of a dump stand in the file: their own places where the two agree, else those of
    all that is laid out in another way.
    """
    starts = [
        (i1, b1 + i1 - a1) for op, a1, a2, b1, _b2 in spans if op == "equal" and a1 <= i1 <= a2
    ]
    ends = [(i2, b1 + i2 - a1) for op, a1, a2, b1, _b2 in spans if op == "equal" and a1 <= i2 <= a2]
    if i1 == i2 and starts:
        return starts[0], starts[0]
    _op, _a1, a2, _b1, b2 = next(each for each in spans if each[1] <= i2 <= each[2])
    _op, a1, _a2, b1, _b2 = next(each for each in reversed(spans) if each[1] <= i1 <= each[2])
    return starts[-1] if starts else (a1, b1), ends[0] if ends else (a2, b2)


def _shift(
    spans: Sequence[tuple[str, int, int, int, int]],
    before: Sequence[str],
    lines: Sequence[str],
    at: int,
    new: Sequence[str],
) -> int:
    """How much further in the file is than its dump, by the nearest line that is as far in as what
    is new.
    """
    for number in range(min(at, len(before) - 1), -1, -1):
        if new and before[number].strip() and _indent(before[number]) == _indent(new[0]):
            for kind, a1, a2, b1, _b2 in spans:
                if kind == "equal" and a1 <= number < a2:
                    return _indent(lines[b1 + number - a1]) - _indent(before[number])
    return 0


def _with_gap(old: str, new: str) -> str:
    """A changed line, the comment behind it as far away as it was; ruamel keeps its column.

    >>> _with_gap("a: b   # c", "a: bbb # c")
    'a: bbb   # c'
    """
    found = re.search(r"\s+(#.*)$", old)
    if found is None or not new.endswith(found[1]):
        return new
    return new.removesuffix(found[1]).rstrip() + found[0]


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _is_loose(line: str, indent: int) -> bool:
    return not line.strip() or (_is_comment(line) and _indent(line) <= indent)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _joined(lines: Sequence[_Line], ending: str) -> str:
    """The text of lines; new ones end as the first one does, and the last one as the last one did."""
    *most, (last, _ending) = lines
    return "".join(line + (known or ending or "\n") for line, known in most) + last


def _opened(content: bytes) -> tuple[bytes, list[str], list[str]]:
    """The mark of a file, its lines, and how they end."""
    bom = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    parts = _BREAK.split(content.removeprefix(bom).decode("utf-8"))
    return bom, parts[::2], [*parts[1::2], ""]


def _loaded(lines: Iterable[str]) -> tuple[YAML, Any]:
    """What ruamel makes of a text, and what writes it with the steps that most of it has."""
    yaml = _yaml()
    root = yaml.load("\n".join(lines))
    lists, maps = Counter[tuple[int, int]](), Counter[int]()
    for owner, part in _parts(root):
        if part.fa.flow_style() or not part:
            continue
        if isinstance(part, CommentedSeq):
            lists[part.lc.data[0][1] - owner.lc.col, part.lc.col - owner.lc.col] += 1
        elif isinstance(owner, CommentedMap):
            maps[part.lc.col - owner.lc.col] += 1
    for (sequence, offset), _count in lists.most_common(1):
        yaml.indent(sequence=sequence, offset=offset)
    for mapping, _count in maps.most_common(1):
        yaml.indent(mapping=mapping)
    return yaml, root


def _parts(owner: Any) -> Iterator[tuple[Any, Any]]:
    """The maps and lists of a document, each with what it is in."""
    for part in owner.values() if isinstance(owner, dict) else owner:
        if isinstance(part, dict | list):
            yield owner, part
            yield from _parts(part)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 1 << 20
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dumped(yaml: YAML, root: Any) -> list[str]:
    stream = StringIO()
    yaml.dump(root, stream)
    return stream.getvalue().split("\n")


def _says(content: bytes, wanted: Any) -> bool:
    """Whether what was written, read again, is what it should be."""
    proof, _problems = read_source(content, "")
    return proof is not None and proof.data == _plain(wanted)


def _plain(data: Any) -> Any:
    """Data as ``read_source`` gives it: everything a text."""
    if isinstance(data, dict):
        return {key: _plain(part) for key, part in data.items()}
    if isinstance(data, list):
        return [_plain(part) for part in data]
    return data if data is None else str(data).lower() if isinstance(data, bool) else str(data)


def _at(root: Any, path: Path_) -> Any:
    for step in path:
        root = root[step]
    return root
