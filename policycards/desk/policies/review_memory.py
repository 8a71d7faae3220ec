"""What a reader of Tibetan has decided and the catalogue does not know yet: on disk at once,
verdict by verdict.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Lock

from policycards.catalogue import Catalogue
from policycards.catalogue.reviews.reading_list import Pair
from policycards.catalogue.reviews.verdicts import as_json
from policycards.core.files import atomic_write
from policycards.desk.core.office_folder import Office
from policycards.desk.policies import policy_changes

_WRITING = Lock()


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a pair: that it is right, its better Tibetan, or a remark alone."""

    digest: str
    zh: str
    bo: str
    right: str = ""
    new: str = ""
    remark: str = ""

    @property
    def decides(self) -> bool:
        """Whether it changes the catalogue: a remark alone does not."""
        return bool(self.right or self.new)


@dataclass(frozen=True, slots=True)
class Memory:
    """Who reads, and what was said, in the order of saying."""

    name: str = ""
    office: str = ""
    said: tuple[Said, ...] = field(default=())

    def of(self, digest: str) -> Said | None:
        return next((each for each in self.said if each.digest == digest), None)

    def with_said(self, answer: Said) -> Memory:
        """With one more verdict, in the place of what was said of the same pair before."""
        return replace(
            self, said=(*(each for each in self.said if each.digest != answer.digest), answer)
        )


def remembered(office: Office) -> Memory:
    """What is on disk."""
    try:
        kept = json.loads(_file(office).read_text(encoding="utf-8"))
        return Memory(kept["name"], kept["office"], tuple(Said(**each) for each in kept["said"]))
    except (OSError, ValueError, LookupError, TypeError):  # nothing there yet
        return Memory()


@contextmanager
def changing(office: Office) -> Iterator[list[Memory]]:
    """The memory in a list, to be replaced there; written when it has been. Two tabs do not lose
    each other's.
    """
    with _WRITING:
        held = [remembered(office)]
        yield held
        file = _file(office)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        atomic_write(file, json.dumps(asdict(held[0]), ensure_ascii=False, indent=1))


def _file(office: Office) -> Path:
    return office.memory / "review.json"


def without_known(memory: Memory, made: list[Pair], catalogue: Catalogue) -> tuple[Memory, int]:
    """Without what the catalogue knows by now; and how many were said of texts that it has no
    longer.

    A text that somebody changed meanwhile has another digest: it is read again.
    """
    there = {pair.digest for pair in made}
    waiting = tuple(each for each in memory.said if each.digest in there - catalogue.reviewed)
    gone = [
        each
        for each in memory.said
        if each.digest not in there and not _is_taken(each, made, catalogue)
    ]
    return replace(memory, said=waiting), len(gone)


def _is_taken(said: Said, made: list[Pair], catalogue: Catalogue) -> bool:
    """Whether the better text of a pair is in the catalogue."""
    return any(pair.text.zh == said.zh and pair.text.bo == said.new for pair in made)


def keep_list(office: Office, memory: Memory, day: date) -> str:
    """The decisions as ``policycards review import`` reads them: the file's path from the office's
    folder.
    """
    reader = {"name": memory.name, "office": memory.office, "date": day.isoformat()}
    verdicts = [asdict(each) for each in memory.said if each.decides]
    return policy_changes.file_of(
        office, policy_changes.keep_file(office, as_json(reader, verdicts))
    )
