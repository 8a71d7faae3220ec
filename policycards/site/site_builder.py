"""A whole site: every file by its name in memory, and brought up to date in its folder.

The same catalogue, editions, day and fonts give the same bytes. In the folder only what changed is
written, and what is no longer part of the site goes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from policycards.catalogue.editions.edition import Version
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.policy import Text
from policycards.core.files import atomic_write, drafted_name, read_file, sweep
from policycards.core.problems import Place, Problem, problem
from policycards.design.content.policy_selection import CHANGE_MONTHS
from policycards.site.edition_status import State, card_page, states
from policycards.site.html import render
from policycards.site.page_content import (
    PageContentBuilder,
    marks_of,
    merged,
    recording,
    search_index,
)
from policycards.typeset import Fonts
from policycards.typeset.fonts import TIBETAN, web_font

LIST = "files.txt"
"""The names of all files of the site, so that nothing else in its folder is ever touched."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many files the site has, how many of them were written, and how many went."""

    files: int
    written: int
    removed: int


def write(files: Mapping[str, bytes], folder: Path) -> tuple[Written | None, list[Problem]]:
    """Bring a folder up to date; E622 where it holds something else. Raises OSError.

    Pages come last but the worker, so that none ever names what is not there yet. Before anything
    else comes the list with all names, old and new, so that the next run can finish what was
    interrupted.
    """
    listed = folder / LIST
    inside = folder.iterdir() if folder.exists() and not listed.is_file() else ()
    if any(drafted_name(each) != LIST for each in inside):
        return None, [problem("E622", Place(str(folder)))]
    sweep(folder)
    former = _former(listed)
    changed = [name for name in sorted(files, key=_order) if _differs(folder / name, files[name])]
    gone = [name for name in former if name not in files and (folder / name).is_file()]
    _list(listed, {*former, *files})
    for name in changed:
        atomic_write(folder / name, files[name])
    for name in gone:
        (folder / name).unlink()
    _list(listed, files)
    return Written(len(files), len(changed), len(gone)), []


def _former(listed: Path) -> list[str]:
    """What was written before. A name that leads out of the folder is none of ours."""
    if not listed.is_file():
        return []
    names = read_file(listed).decode("utf-8").splitlines()
    return [
        name for name in names if name and ".." not in PurePosixPath(name).parts and name[0] != "/"
    ]


def _list(listed: Path, names: Iterable[str]) -> None:
    content = "".join(f"{name}\n" for name in sorted(names)).encode("utf-8")
    if _differs(listed, content):
        atomic_write(listed, content)


def _order(name: str) -> tuple[bool, bool, str]:
    return name == "worker.js", name.endswith(".html"), name


def _differs(path: Path, content: bytes) -> bool:
    return not path.is_file() or read_file(path) != content


ASSETS = Path(__file__).with_name("assets")
FIRST = re.compile(r"(index|search|phones)\.html|c/.*|topic/.*|assets/(?!zh).*")
"""What a phone keeps at once for when there is no network; pages of policies follow, recordings do
not.
"""


def build(now: Version, editions: Sequence[Version], fonts: Fonts) -> dict[str, bytes]:
    """The files of the site of a catalogue on a day, with a page for each published edition."""
    builder = PageContentBuilder(now.catalogue, now.day)
    pages = dict(_Pages(builder, editions).all())
    index = search_index(
        [policy for policy in builder.policies if builder.listed[policy.id].current],
        builder.speaker,
    )
    assets = _assets([*pages.values(), index], index, fonts)
    return {
        **_with_worker({**_linked(pages, assets), **dict(assets.values())}),
        **dict(_recordings(builder)),
    }


class _Pages:
    """Renders the pages of a site."""

    def __init__(self, builder: PageContentBuilder, editions: Sequence[Version]) -> None:
        self.builder, self.editions, self.marks = builder, editions, marks_of(builder)
        catalogue = builder.catalogue
        categories = [
            category for category in catalogue.settings.categories if builder.in_category(category)
        ]
        self.facts: Mapping[str, Any] = {
            "words": catalogue.words,
            "issuer": catalogue.settings.issuer,
            "as_of": builder.speaker.word("as_of", date=builder.speaker.date(When.of(builder.day))),
            "categories": categories,
            "topics": [topic for topic in catalogue.topics if builder.on_topic(topic)],
            "nearest": builder.nearest(),
            "townships": builder.townships(),
            "pages": frozenset(builder.listed),
        }

    def all(self) -> Iterator[tuple[str, str]]:
        """Every page with its name."""
        builder, words = self.builder, self.builder.catalogue.words
        everything = list(builder.listed)
        yield self.page("index.html", "home.html", words["title"], everything)
        yield self.page("search.html", "search.html", words["site_search"], everything)
        yield self.page(
            "phones.html", "phones.html", words["site_phones"], [], telephones=builder.telephones()
        )
        yield self.news()
        yield from self.lists()
        for policy in builder.policies:
            page = builder.policy_page(policy)
            yield self.page(
                f"policy/{policy.id}.html", "policy.html", page.listed.name, [policy.id], page=page
            )
        holding = states(self.editions, builder)
        for version in self.editions:
            assert version.edition is not None
            yield self.card(version, holding[version.edition.name])

    def news(self) -> tuple[str, str]:
        """What changed of late, and what is announced."""
        builder = self.builder
        news, announced = builder.news(), builder.announced()
        none_new = builder.speaker.word("site_new_none", n=str(CHANGE_MONTHS))
        named = _ids([*news, *(listed for listed, _entry in announced)])
        facts = {"news": news, "announced": announced, "none_new": none_new}
        return self.page(
            "new.html", "new.html", builder.catalogue.words["site_new"], named, **facts
        )

    def lists(self) -> Iterator[tuple[str, str]]:
        """The policies of each category and each topic."""
        builder = self.builder
        for category in self.facts["categories"]:
            several = builder.in_category(category)
            yield self.listing(
                f"category/{category.id}.html", category.name, category.pictogram, several
            )
        for topic in self.facts["topics"]:
            several = builder.on_topic(topic)
            yield self.listing(f"topic/{topic.id}.html", topic.who, topic.pictogram, several)

    def page(
        self, name: str, template: str, title: Text, policies: Iterable[str], **facts: Any
    ) -> tuple[str, str]:
        """A page that tells of some policies, with the marks that they need."""
        marks = facts.pop("marks", ()) or self.marks.of([*policies, "topics"])
        context = {**self.facts, "title": title, "marks": marks, **facts}
        return name, render(template, "../" * name.count("/"), context)

    def listing(
        self, name: str, title: Text, drawing: str, several: Sequence[Any]
    ) -> tuple[str, str]:
        return self.page(
            name, "listing.html", title, _ids(several), drawing=drawing, several=several
        )

    def card(self, version: Version, state: State) -> tuple[str, str]:
        """The page behind the QR codes of an edition, with the marks of its texts and of
        today's.
        """
        page = card_page(version, state, self.builder)
        speaker = self.builder.speaker
        state_text = speaker.word(
            f"site_card_{state}",
            **({"date": speaker.date(When.of(version.day))} if state is State.EARLY else {}),
        )
        then = marks_of(PageContentBuilder(version.catalogue, version.day)).of(
            [*_ids(page.listed), "topics"]
        )
        marks = merged(then, self.marks.of([*self.builder.listed, "topics"]))
        title = self.builder.catalogue.words["site_card"]
        return self.page(
            f"c/{page.name}/index.html",
            "card.html",
            title,
            [],
            page=page,
            state=state_text,
            marks=marks,
        )


def _ids(several: Iterable[Any]) -> list[str]:
    return [listed.id for listed in several]


def _assets(texts: Sequence[str], index: str, fonts: Fonts) -> dict[str, tuple[str, bytes]]:
    """What pages are made with: by the name that they write, the name with a digest, and the
    content.
    """
    sources = {path.name: path.read_text(encoding="utf-8") for path in sorted(ASSETS.iterdir())}
    del sources["worker.js"]
    written = {ord(character) for character in set("".join((*texts, *sources.values())))}
    made = {
        "bo.woff2": web_font(fonts.faces["bo"].path, written & {*TIBETAN}),
        "zh.woff2": web_font(fonts.faces["zh"].path, written - {*TIBETAN}),
    }
    named = {name: (_named(name, content), content) for name, content in made.items()}
    css = sources.pop("site.css")
    for name, (hashed, _content) in named.items():
        css = css.replace(name, hashed)
    for name, text in {**sources, "site.css": css, "index.js": index}.items():
        named[name] = (_named(name, text.encode()), text.encode())
    return {
        f"assets/{name}": (f"assets/{hashed}", content) for name, (hashed, content) in named.items()
    }


def _named(name: str, content: bytes) -> str:
    stem, _dot, suffix = name.partition(".")
    return f"{stem}-{hashlib.sha256(content).hexdigest()[:10]}.{suffix}"


def _linked(pages: Mapping[str, str], assets: Mapping[str, tuple[str, bytes]]) -> dict[str, bytes]:
    """The pages with the names that their assets have at last; fonts can be cut only when every
    page is written.
    """
    names = "|".join(map(re.escape, assets))
    pattern = re.compile(rf'(?P<root>="(?:\.\./)*)(?P<name>{names})(?=")')

    def linked(page: str) -> bytes:
        return pattern.sub(lambda found: found["root"] + assets[found["name"]][0], page).encode()

    return {name: linked(page) for name, page in sorted(pages.items())}


def _with_worker(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files, and the worker that keeps them on phones: another version for any other file."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    first = [name for name in sorted(files) if FIRST.fullmatch(name)]
    later = [name for name in sorted(files) if name not in first]
    text = (ASSETS / "worker.js").read_text(encoding="utf-8")
    values = {"@version@": digest.hexdigest()[:16], "@first@": first, "@later@": later}
    for key, value in values.items():
        text = text.replace(f'"{key}"', json.dumps(value))
    return {**files, "worker.js": text.encode()}


def _recordings(builder: PageContentBuilder) -> Iterator[tuple[str, bytes]]:
    for policy in builder.policies:
        for lang, name in builder.recordings(policy):
            file = recording(builder.catalogue, policy, lang)
            if file:
                yield name, file.read_bytes()
