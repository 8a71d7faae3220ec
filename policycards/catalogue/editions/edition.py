"""Editions: the catalogue frozen for a day, and whether it may be published.

Each edition has a folder of its own that nobody changes any more: ``policies/editions/NAME/`` has
``edition.yaml`` and a copy of every file that decides what is printed. What keeps a catalogue from
being published is all that is still a sample, a draft, unconfirmed or a placeholder.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pydantic import Field

from policycards.catalogue.model.catalogue import Catalogue, Contact, LocatedText, text_digest
from policycards.catalogue.model.dates import Day
from policycards.catalogue.model.form import brief, read_form
from policycards.catalogue.model.policy import LANGS, Form
from policycards.catalogue.reading.folder import Reading, digest_of, read_catalogue, read_folder
from policycards.core.files import draft_folder, is_reserved, read_file, shown_path
from policycards.core.problems import Place, Problem, has_errors, problem

NO_EXCHANGE = "0000"
"""No telephone begins with it: area codes in China begin with one 0, mobile numbers with 1."""


def unready(catalogue: Catalogue, day: date) -> Iterator[Problem]:
    """Every reason why cards of a day would be marked or mislead."""
    if catalogue.settings.data == "sample":
        yield problem("E854", catalogue.place("catalogue", "data"))
    yield from _drafts(catalogue)
    yield from _unconfirmed(catalogue, day)
    for number, contact in enumerate(catalogue.contacts):
        if is_placeholder(contact):
            place = catalogue.place("contacts", number)
            yield problem("E857", place, phone=contact.phone, area=contact.area)


def is_placeholder(contact: Contact) -> bool:
    """Whether a contact is there only so that a sample can be printed: its row says so, or nobody
    has its number.
    """
    return contact.placeholder or contact.phone.startswith(NO_EXCHANGE)


def draft_texts(catalogue: Catalogue) -> Iterator[LocatedText]:
    """The texts that no reader has vouched for as they are now."""
    return (
        located
        for located in catalogue.texts
        if text_digest(located.text) not in catalogue.reviewed
    )


def _drafts(catalogue: Catalogue) -> Iterator[Problem]:
    """One problem for each owner, at its first draft."""
    owned: dict[str, list[LocatedText]] = {}
    for located in draft_texts(catalogue):
        owned.setdefault(located.owner, []).append(located)
    for drafts in owned.values():
        yield problem("E855", drafts[0].bo, count=len(drafts), text=brief(drafts[0].text.zh))


def _unconfirmed(catalogue: Catalogue, day: date) -> Iterator[Problem]:
    for policy, held in catalogue.on(day):
        value, standard = held.value, held.standard
        if value and held.is_own and value.confirmed is None:
            index = policy.standards.index(standard), standard.values.index(value)
            place = catalogue.place(policy.id, "standards", index[0], "values", index[1])
            amount = "–" if value.amount is None else value.amount
            yield problem("E856", place, amount=amount, since=value.since)


FOLDER = "editions"
NOW = "now"
"""Names the catalogue of today where an edition could be named."""
FACTS = "edition.yaml"

_NAME = re.compile(r"(?!p[0-9a-z]{7}$)(?!now$)[0-9a-z]{1,8}")
_READ_ONLY = 0o444


class Edition(Form):
    """What ``edition.yaml`` says; ``digest`` is of the frozen files and of these facts.

    ``number`` and ``dated`` are those of the sheet that was signed. A ``draft`` is marked on
    everything it prints.
    """

    name: str
    as_of: Day
    draft: bool
    prepared: str = Field(min_length=1)
    approved: str = Field(min_length=1)
    number: str = Field(min_length=1)
    dated: Day
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Frozen:
    """An edition ready to be written: its facts, the catalogue as it prints, and its files by
    name.
    """

    edition: Edition
    catalogue: Catalogue
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Version:
    """A catalogue and the day of its standards; ``edition`` is None where it is the catalogue being
    worked on.
    """

    catalogue: Catalogue
    day: date
    edition: Edition | None


def is_edition_name(name: str) -> bool:
    """Whether an edition may have a name: no proof has it, it is not ``now``, and a file can.

    >>> [is_edition_name(name) for name in ("2024b", "2024B", "p9v01234", "now", "nul")]
    [True, False, False, False, False]
    """
    return _NAME.fullmatch(name) is not None and not is_reserved(name)


def editions(folder: Path) -> list[str]:
    """Names of the published editions of a catalogue's folder, in order."""
    return sorted(
        facts.parent.name
        for facts in (folder / FOLDER).glob(f"*/{FACTS}")
        if facts.parent.name[0] != "."
    )


def freeze(
    folder: Path, catalogue: Catalogue, edition: Edition
) -> tuple[Frozen | None, list[Problem]]:
    """The edition of a catalogue that was checked, its digest filled in; E859 where a file has
    changed since.
    """
    reading, _catalogue = read_folder(folder)
    if digest_of(reading.contents) != catalogue.digest:
        return None, [problem("E859", Place(shown_path(folder)))]
    files = _printing_files(reading)
    sealed = edition.model_copy(update={"digest": _digest(files, edition)})
    return (
        Frozen(
            sealed, replace(catalogue, digest=sealed.digest), files | _recordings(folder, catalogue)
        ),
        [],
    )


def write_edition(folder: Path, frozen: Frozen) -> Path:
    """Put an edition into its folder, whole or not at all. Raises OSError, also where there is one
    of that name.
    """
    target = folder / FOLDER / frozen.edition.name
    text = _text(frozen.edition) + f"digest: {frozen.edition.digest}\n"
    files = {**frozen.files, FACTS: text.encode()}
    with draft_folder(target) as unfinished:
        for name, content in files.items():
            path = unfinished / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    for name in files:
        (target / name).chmod(_READ_ONLY)
    return target


def read_edition(folder: Path, name: str) -> tuple[tuple[Catalogue, Edition] | None, list[Problem]]:
    """A published edition of a catalogue's folder with its frozen catalogue, whose digest is the
    edition's.

    None where there is none of that name (E860), or where anything of it was changed since (E861).
    """
    known = editions(folder)
    if name not in known:
        return None, [
            problem(
                "E860", Place(shown_path(folder / FOLDER)), name=brief(name), known=_listed(known)
            )
        ]
    home = folder / FOLDER / name
    edition, problems, _places = read_form(home / FACTS, Edition)
    if edition is None:
        return None, problems
    reading, catalogue = read_folder(home)
    if (
        edition.name != name
        or edition.digest != _digest(_printing_files(reading), edition)
        or catalogue is None
    ):
        return None, [problem("E861", Place(shown_path(home)), name=name)]
    return (replace(catalogue, digest=edition.digest), edition), []


def read_version(folder: Path, name: str, today: date) -> tuple[Version | None, list[Problem]]:
    """What an edition's name, a day or ``now`` stands for."""
    known = editions(folder)
    if name in known:
        read, problems = read_edition(folder, name)
        return read and Version(read[0], read[1].as_of, read[1]), problems
    try:
        day = today if name == NOW else date.fromisoformat(name)
    except ValueError:
        place = Place(shown_path(folder / FOLDER))
        return None, [problem("E862", place, name=brief(name), known=_listed(known))]
    catalogue, problems = read_catalogue(folder)
    return (
        None if catalogue is None or has_errors(problems) else Version(catalogue, day, None)
    ), problems


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "–"


def _text(edition: Edition) -> str:
    """The facts without the digest, one form for equal facts."""
    facts = {
        "name": edition.name,
        "as_of": str(edition.as_of),
        "draft": "yes" if edition.draft else "no",
        "prepared": edition.prepared,
        "approved": edition.approved,
        "number": edition.number,
        "dated": str(edition.dated),
    }
    return "".join(
        f"{key}: {json.dumps(fact, ensure_ascii=False)}\n" for key, fact in facts.items()
    )


def _printing_files(reading: Reading) -> dict[str, bytes]:
    """The files that decide what is printed, the reviews too, because they decide the marks."""
    reviews = reading.folder / "reviews.yaml"
    return {
        **reading.contents,
        **({reviews.name: read_file(reviews)} if reviews.is_file() else {}),
    }


def _digest(files: Mapping[str, bytes], edition: Edition) -> str:
    return digest_of({**files, FACTS: _text(edition).encode()})


def _recordings(folder: Path, catalogue: Catalogue) -> dict[str, bytes]:
    """The recordings that lie beside the policies."""
    named = [
        (Path(policy.category) / file)
        for policy in catalogue.policies
        for lang in LANGS
        if (file := getattr(policy.audio, lang, None))
    ]
    return {name.as_posix(): read_file(folder / name) for name in named}
