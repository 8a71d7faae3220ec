"""Reads a catalogue's folder: every file, every problem, and whatever of it is sound."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from policycards.catalogue.model.catalogue import TOPICS as TOPICS
from policycards.catalogue.model.catalogue import TOPICS_FILE as TOPICS_FILE
from policycards.catalogue.model.catalogue import (
    Area,
    Catalogue,
    Contact,
    LocatedText,
    Reviews,
    Settings,
    Topic,
    Topics,
    texts_of,
    topic_problems,
)
from policycards.catalogue.model.form import brief, nearest, parse_form
from policycards.catalogue.model.policy import Policy, Text
from policycards.catalogue.model.words import WORDS
from policycards.catalogue.reading import references
from policycards.catalogue.reading.csv_tables import Table, read_areas, read_contacts
from policycards.catalogue.yaml.source import Document, Path_, read_source
from policycards.core.files import shown_path
from policycards.core.journal import recover
from policycards.core.problems import Place, Problem, has_errors, problem
from policycards.tables.encoding import LIMIT, read_bytes, same_everywhere

OWNERS = ("catalogue", "words", "areas", "contacts", TOPICS)
"""Whose texts are no policy's; no policy may have such an id."""

APART = ("editions", "tests")
"""Folders that hold no policies: what was published, and the cases that prove rules. The digest
leaves them out.
"""

_FRAME = ("catalogue.yaml", "words.yaml", "areas.csv", "contacts.csv", TOPICS_FILE)
_IS_YAML = re.compile(r"\.ya?ml$", re.IGNORECASE)
_LOOKS_LIKE_POLICY = re.compile(rb"^standards\s*:", re.MULTILINE)


@dataclass(slots=True)
class Reading:
    """A reading in progress. ``texts`` has those of faulty policies too, so that one run finds all
    there is.

    ``proposed`` has files as they would be, by name: they are read in the place of those in the
    folder.
    """

    folder: Path
    proposed: Mapping[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    texts: list[LocatedText] = field(default_factory=list)
    places: dict[tuple[str, Path_], Place] = field(default_factory=dict)

    def file(self, name: str) -> str:
        return shown_path(self.folder / name)

    def content(self, name: str) -> bytes | None:
        """A file's bytes, kept for the digest."""
        content, problems = self.proposed.get(name), list[Problem]()
        if content is None:
            content, problems = read_bytes(self.folder / name)
        self.problems += problems
        if content is not None:
            self.contents[name] = content
        return content

    def document(self, name: str) -> Document | None:
        content = self.content(name)
        if content is None:
            return None
        document, problems = read_source(content, self.file(name))
        self.problems += problems
        return document

    def keep(self, owner: str, document: Document) -> None:
        """Remember the texts and places of a document as its owner's."""
        self.texts += texts_of(document, owner)
        self.places.update(((owner, path), place) for path, place in document.places.items())

    def take(self, table: Table) -> None:
        self.texts += table.texts
        self.places.update(table.places)
        self.problems += table.problems


def read_catalogue(folder: Path) -> tuple[Catalogue | None, list[Problem]]:
    """The catalogue of a folder and every problem of form and reference in it.

    A policy with an error is left out, the rest is there. None where ``catalogue.yaml`` or
    ``words.yaml`` cannot be used, or a table cannot be read at all.
    """
    reading, catalogue = read_folder(folder)
    return catalogue, in_order(reading.problems)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by place, each once."""
    return sorted(set(problems), key=lambda found: (found.place, found.code, found.facts))


def read_folder(
    folder: Path, proposed: Mapping[str, bytes] | None = None
) -> tuple[Reading, Catalogue | None]:
    """As ``read_catalogue``, with what the further checks need; ``proposed`` files are read as if
    they were there.

    A change of several files that was interrupted is completed first, so that nobody reads a mix of
    old and new.
    """
    reading = Reading(folder, proposed or {}, recover(folder))
    if has_errors(reading.problems):
        return reading, None
    settings = _settings(reading)
    words = _words(reading)
    policies = _policies(reading)
    subjects = _topics(reading)
    areas = _areas(reading, settings)
    contacts = _contacts(reading)
    reviewed = _reviewed(reading)
    if settings is None or words is None or areas is None or contacts is None:
        return reading, None
    catalogue = Catalogue(
        settings=settings,
        words=words,
        policies=tuple(policies.values()),
        areas=areas,
        contacts=contacts,
        reviewed=reviewed,
        texts=tuple(reading.texts),
        digest=digest_of(reading.contents),
        places=reading.places,
        topics=subjects,
    )
    known = [Path(name).stem for name in reading.contents if "/" in name]
    reading.problems += topic_problems(catalogue, known)
    return reading, _sound(catalogue, reading)


def _settings(reading: Reading) -> Settings | None:
    document = reading.document("catalogue.yaml")
    if document is None:
        return None
    settings, problems = parse_form(Settings, document)
    reading.problems += problems
    reading.keep("catalogue", document)
    return settings


def _words(reading: Reading) -> dict[str, Text] | None:
    """The fixed words, exactly those that printed pieces need."""
    document = reading.document("words.yaml")
    if document is None:
        return None
    if not isinstance(document.data, dict):
        reading.problems.append(problem("E112", document.place(())))
        return None
    problems = list(_word_problems(document))
    reading.problems += problems
    reading.keep("words", document)
    return None if problems else {key: Text(**sides) for key, sides in document.data.items()}


def _word_problems(document: Document) -> Iterator[Problem]:
    for key in WORDS:
        if key not in document.data:
            yield problem("E121", Place(document.file), key=key)
    for key, sides in document.data.items():
        place = document.key((key,))
        if key not in WORDS:
            yield problem(
                "E120",
                place,
                key=brief(key),
                nearest=nearest(key, WORDS),
                known=", ".join(sorted(WORDS)),
            )
        else:
            paths = [(key,), *((key, side) for side in (sides if isinstance(sides, dict) else ()))]
            part = replace(
                document,
                data=sides,
                places={path[1:]: document.place(path) for path in paths},
                keys={path[1:]: document.key(path) for path in paths},
            )
            yield from parse_form(Text, part)[1]


def _policies(reading: Reading) -> dict[str, Policy]:
    """The well-formed policies by id, in the order of their files."""
    policies: dict[str, Policy] = {}
    for name in _policy_files(reading):
        before = len(reading.problems)
        document = reading.document(name)
        if document is None:
            continue
        policy, problems = parse_form(Policy, document)
        reading.problems += problems
        if policy is None or has_errors(reading.problems[before:]):
            reading.texts += texts_of(document, Path(name).stem)
        elif policy.id in policies or policy.id in OWNERS:
            first = reading.places.get(
                (policy.id, ("id",)), Place(reading.file(f"{policy.id}.yaml"))
            )
            reading.problems.append(
                problem("E152", document.place(("id",)), id=policy.id, first=first)
            )
        else:
            policies[policy.id] = policy
            reading.keep(policy.id, document)
    return policies


def _policy_files(reading: Reading) -> list[str]:
    """Names of policy files below the folder; a file that looks like one and lies elsewhere is
    reported.
    """
    names = []
    new = [reading.folder / name for name in reading.proposed]
    for path in sorted({*_yaml_files(reading), *new}):
        name = path.relative_to(reading.folder)
        if any(part.startswith(".") for part in name.parts) or name.parts[0] in APART:
            continue
        if len(name.parts) == 2 and path.suffix == ".yaml":
            names.append(name.as_posix())
        elif name.as_posix() not in _FRAME and _looks_like_policy(path):
            reading.problems.append(problem("W113", Place(reading.file(name.as_posix()))))
    return names


def _yaml_files(reading: Reading) -> Iterator[Path]:
    """The YAML files below the folder; a folder that cannot be read is a problem, not an empty
    one.
    """

    def report(error: OSError) -> None:
        if isinstance(error, FileNotFoundError):  # each file that should be there is reported
            return
        place = Place(shown_path(Path(error.filename or reading.folder)))
        why = error.strerror or type(error).__name__
        reading.problems.append(problem("E100", place, why=why))

    for folder, _folders, files in os.walk(reading.folder, onerror=report):
        yield from (Path(folder, name) for name in files if _IS_YAML.search(name))


def _looks_like_policy(path: Path) -> bool:
    return (
        path.is_file()
        and path.stat().st_size <= LIMIT
        and bool(_LOOKS_LIKE_POLICY.search(path.read_bytes()))
    )


def _topics(reading: Reading) -> tuple[Topic, ...]:
    """What readers look for; an office may have none."""
    if TOPICS_FILE not in reading.proposed and not (reading.folder / TOPICS_FILE).exists():
        return ()
    document = reading.document(TOPICS_FILE)
    if document is None:
        return ()
    read, problems = parse_form(Topics, document)
    reading.problems += problems
    reading.keep(TOPICS, document)
    return read.topics if read else ()


def _areas(reading: Reading, settings: Settings | None) -> Mapping[str, Area] | None:
    content = reading.content("areas.csv")
    if content is None or settings is None:
        return None
    areas, table = read_areas(content, reading.file("areas.csv"), settings.attributes)
    reading.take(table)
    return areas if areas or not has_errors(table.problems) else None


def _contacts(reading: Reading) -> tuple[Contact, ...] | None:
    content = reading.content("contacts.csv")
    if content is None:
        return None
    contacts, table = read_contacts(content, reading.file("contacts.csv"))
    reading.take(table)
    return contacts


def _reviewed(reading: Reading) -> frozenset[str]:
    """Digests of the texts that a reader vouches for; without the file, or with a faulty one, all
    is draft.
    """
    if not (reading.folder / "reviews.yaml").exists():
        return frozenset()
    document = reading.document("reviews.yaml")
    reading.contents.pop("reviews.yaml", None)
    if document is None:
        return frozenset()
    reviews, problems = parse_form(Reviews, document)
    reading.problems += problems
    return frozenset(review.text for review in reviews.reviews) if reviews else frozenset()


def digest_of(contents: Mapping[str, bytes]) -> str:
    """One for all files that decide what is printed, the same on every system."""
    digest = hashlib.sha256()
    for name, content in sorted(contents.items()):
        content = same_everywhere(content)
        digest.update(f"{name}\0{len(content)}\0".encode("utf-8", "surrogateescape") + content)
    return digest.hexdigest()


def _sound(catalogue: Catalogue, reading: Reading) -> Catalogue:
    """The catalogue without the policies that name what is not there, in the order of print."""
    reading.problems += references.frame_problems(catalogue)
    order = [category.id for category in catalogue.settings.categories]
    sound = []
    for policy in catalogue.policies:
        problems = list(references.policy_problems(policy, catalogue))
        reading.problems += problems
        if not has_errors(problems):
            sound.append(policy)
    sound.sort(key=lambda policy: (order.index(policy.category), policy.id))
    ids = {policy.id for policy in sound} | set(OWNERS)
    texts = tuple(located for located in catalogue.texts if located.owner in ids)
    return replace(catalogue, policies=tuple(sound), texts=texts)
