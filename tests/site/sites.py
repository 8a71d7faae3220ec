"""Sites for tests: the shipped catalogue with three editions and a recording, served from a
sub-folder.
"""

from __future__ import annotations

import math
import shutil
import struct
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from pieces import fonts

from policycards import site
from policycards.catalogue import Catalogue, read_catalogue
from policycards.catalogue.editions.edition import (
    Edition,
    Version,
    freeze,
    read_version,
    write_edition,
)

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 25)
EDITIONS = {"2024a": date(2024, 6, 1), "2026b": date(2026, 11, 1), "2027a": date(2027, 2, 1)}
"""Superseded, current and not yet valid on that day."""
SUBFOLDER = "county/cards"


@dataclass(frozen=True)
class Built:
    """A site that was built: the folder of its catalogue, its files, and the folder that a host
    serves.
    """

    policies: Path
    files: dict[str, bytes]
    host: Path

    @property
    def folder(self) -> Path:
        return self.host / SUBFOLDER

    def version(self, edition: str) -> Version:
        version, problems = read_version(self.policies, edition, TODAY)
        assert version is not None, problems
        return version


def catalogue_of(folder: Path) -> Catalogue:
    catalogue, problems = read_catalogue(folder)
    assert catalogue is not None, problems
    return catalogue


def own_policies(folder: Path) -> Path:
    """The shipped policies in a folder that may be changed; one of them is read aloud."""
    shutil.copytree(ROOT / "policies", folder)
    policy = folder / "pasture-forest" / "grassland-grazing-ban.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(
        text.replace("\narea:", "\naudio:\n  bo: grazing-ban.wav\narea:", 1), encoding="utf-8"
    )
    write_tone(policy.with_name("grazing-ban.wav"))
    return folder


def publish(folder: Path, name: str, day: date, draft: bool = True) -> None:
    facts = Edition.model_construct(
        name=name,
        as_of=day,
        draft=draft,
        prepared="甲",
        approved="乙",
        number=name,
        dated=day,
        digest="",
    )
    frozen, problems = freeze(folder, catalogue_of(folder), facts)
    assert frozen is not None, problems
    write_edition(folder, frozen)


def files_of(folder: Path, editions: tuple[str, ...] = (), day: date = TODAY) -> dict[str, bytes]:
    """The site of a folder of policies."""
    versions = [read_version(folder, name, TODAY)[0] for name in editions]
    published = [version for version in versions if version is not None]
    return site.build(Version(catalogue_of(folder), day, None), published, fonts())


def build_site(folder: Path) -> Built:
    policies = own_policies(folder / "policies")
    for name, day in EDITIONS.items():
        publish(policies, name, day)
    files = files_of(policies, tuple(EDITIONS))
    host = folder / "host"
    written, problems = site.write(files, host / SUBFOLDER)
    assert written is not None, problems
    return Built(policies, files, host)


def write_tone(file: Path, seconds: float = 0.3) -> None:
    """A recording that every browser plays."""
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        steps = range(round(8000 * seconds))
        sound.writeframes(
            b"".join(struct.pack("<h", round(8000 * math.sin(step / 4))) for step in steps)
        )


class _Quiet(SimpleHTTPRequestHandler):
    def log_request(self, *told: object) -> None:
        """Nothing: a test says what it wants to know."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """A plain static host; yields the address of the site in its sub-folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{SUBFOLDER}/"
    finally:
        server.shutdown()
        server.server_close()
