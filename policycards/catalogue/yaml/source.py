"""YAML as text with places: every scalar stays as it was typed, every key and value knows its line
and column.

``yaml.load`` turns ``9:30`` into 570 and ``no`` into False, keeps the second of two equal keys in
silence, follows aliases without end, and its C composer crashes on 100,000 open brackets. Here the
parser's events are put together directly, with a limit on depth, and whatever the catalogue has no
use for is refused.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from policycards.core.problems import Place, Problem, problem
from policycards.tables.encoding import MOST, UNPRINTABLE, decode

DEPTH = 50

Path_ = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_QUOTE = re.compile(r'(?<!\\)"')
_WIDE_COLON = re.compile(r"(?:^|[{,\s])([A-Za-z_]+)：")


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: ``data`` of dicts, lists, texts and None, with the places of keys and
    values by path.

    A value's place is its first character, behind the quote; its column is 0 (unknown) where the
    text is not in the file character by character: folded over lines or written with escapes.
    ``quoted`` has the paths of quoted texts.
    """

    file: str
    data: Any
    places: dict[Path_, Place]
    keys: dict[Path_, Place]
    quoted: frozenset[Path_]

    def place(self, path: Path_) -> Place:
        """Where a path stands, or its nearest known parent."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file))

    def key(self, path: Path_) -> Place:
        """Where a path's key stands, or what is nearest to it."""
        return self.keys.get(path) or self.place(path)

    def value(self, path: Path_) -> Any:
        """What stands at a path; None where nothing does, as under the second of two equal keys."""
        data = self.data
        for step in path:
            try:
                data = data[step]
            except (LookupError, TypeError):
                return None
        return data


class _Refused(Exception):
    """The file uses what the catalogue does not read; carries the problem."""

    def __init__(self, found: Problem) -> None:
        self.found = found


@dataclass(slots=True)
class _Level:
    """A list or mapping whose end has not come; ``key`` waits for its value."""

    data: Any
    path: Path_
    key: str | None = None


@dataclass(slots=True)
class _Builder:
    """Puts events together without recursion."""

    file: str
    data: Any = None
    places: dict[Path_, Place] = field(default_factory=dict)
    keys: dict[Path_, Place] = field(default_factory=dict)
    quoted: set[Path_] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    documents: int = 0

    def take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent:
            self._open(event, {})
        elif kind is yaml.SequenceStartEvent:
            self._open(event, [])
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self.levels.pop()
        elif kind is yaml.AliasEvent:
            raise _Refused(problem("E108", self._place(event), what="*" + event.anchor))
        elif kind is yaml.DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                raise _Refused(problem("E109", self._place(event)))

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _plain_yaml(self, event: Any) -> None:
        if event.anchor is not None:
            raise _Refused(problem("E108", self._place(event), what="&" + event.anchor))
        if event.tag is not None:
            raise _Refused(problem("E108", self._place(event), what=event.tag))

    def _open(self, event: Any, data: Any) -> None:
        self._plain_yaml(event)
        place = self._place(event)
        if len(self.levels) >= DEPTH:
            raise _Refused(problem("E107", place, limit=DEPTH))
        if self._awaits_key():
            raise _Refused(problem("E108", place, what="?"))
        self.levels.append(_Level(data, self._put(data, place)))

    def _scalar(self, event: Any) -> None:
        self._plain_yaml(event)
        if found := UNPRINTABLE.search(
            event.value
        ):  # written as an escape, else it would not have come this far
            raise _Refused(problem("E104", self._place(event), character=ord(found.group())))
        if self._awaits_key():
            self._take_key(event)
            return
        quotes = event.style in ("'", '"')
        start, end = event.start_mark, event.end_mark
        exact = (
            start.line == end.line and end.column - start.column == len(event.value) + 2 * quotes
        )
        place = Place(self.file, start.line + 1, start.column + 1 + quotes if exact else 0)
        plain = event.implicit[0]
        path = self._put(None if plain and event.value in _NULLS else event.value, place)
        if not plain:
            self.quoted.add(path)

    def _awaits_key(self) -> bool:
        return (
            bool(self.levels)
            and self.levels[-1].key is None
            and isinstance(self.levels[-1].data, dict)
        )

    def _take_key(self, event: Any) -> None:
        level, key, place = self.levels[-1], event.value, self._place(event)
        path = (*level.path, key)
        if key in level.data:
            twice = problem("E111", place, key=key, first=self.keys[path])
            if len(self.problems) >= MOST:
                raise _Refused(twice)
            self.problems.append(twice)
        self.keys.setdefault(path, place)
        level.key = key

    def _put(self, value: Any, place: Place) -> Path_:
        """Attach a value to what is open, and say at which path; of two equal keys the first one
        stays.
        """
        path: Path_ = ()
        if not self.levels:
            self.data = value
        elif isinstance((level := self.levels[-1]).data, list):
            path = (*level.path, len(level.data))
            level.data.append(value)
        else:
            assert level.key is not None
            path = (*level.path, level.key)
            level.data.setdefault(level.key, value)
            level.key = None
        self.places.setdefault(path, place)
        return path


def read_source(content: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """A YAML file's data and places. None where its bytes or its YAML cannot be read; equal keys
    leave the first.
    """
    text, problems = decode(content, file)
    if text is None:
        return None, problems
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Refused as refused:
        return None, [*builder.problems, refused.found]
    except yaml.YAMLError as error:
        return None, [*builder.problems, _syntax_problem(error, text, file)]
    document = Document(file, builder.data, builder.places, builder.keys, frozenset(builder.quoted))
    return document, builder.problems


def compose(text: str) -> Any:
    """The tree of nodes of a text that ``read_source`` has taken before; their marks count
    characters.
    """
    return yaml.compose(text, Loader=_LOADER)


def means_text(plain: str) -> bool:
    """Whether every YAML reader takes these letters without quotes for a text, not for a number or
    a date.
    """
    loader: Any = yaml.SafeLoader("")
    return bool(loader.resolve(yaml.ScalarNode, plain, (True, False)) == "tag:yaml.org,2002:str")


def _syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """Names the slips that editors make most: a tab, a Chinese colon, an open quote; else says what
    YAML says.
    """
    marks = [
        mark for name in ("problem_mark", "context_mark") if (mark := getattr(error, name, None))
    ]
    lines = text.splitlines()
    for mark in marks:
        line = lines[mark.line] if mark.line < len(lines) else ""
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            return problem("E106", Place(file, mark.line + 1, indent.index("\t") + 1))
        if wide := _WIDE_COLON.search(line):
            return problem("E110", Place(file, mark.line + 1, wide.end()), key=wide.group(1))
    for number, line in enumerate(lines[: marks[0].line + 1] if marks else (), start=1):
        quotes = list(_QUOTE.finditer(line))
        if len(quotes) % 2:
            return problem("E115", Place(file, number, quotes[-1].start() + 1))
    why = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    place = Place(file, marks[0].line + 1, marks[0].column + 1) if marks else Place(file)
    return problem("E105", place, why=why)


def place_at(place: Place, offset: int) -> Place:
    """The place of a character of a text; only the line where the text does not stand there letter
    by letter.
    """
    return replace(place, column=place.column + offset) if place.column else place


def excerpt(text: str) -> str:
    """Characters as a message names them, also those that cannot be seen alone.

    >>> excerpt("་།")
    "'་།' (U+0F0B U+0F0D)"
    >>> excerpt("\\u200b")
    'U+200B'
    """
    numbers = " ".join(f"U+{ord(character):04X}" for character in text[:8])
    if unicodedata.category(text[0]) in ("Mn", "Mc", "Cf", "Co", "Cc", "Zs"):
        return numbers
    return f"'{text[:8]}' ({numbers})"
