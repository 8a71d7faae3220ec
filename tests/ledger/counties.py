"""Two small counties, their people, and runs printed for them, as a ledger gets them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import polars as pl

from policycards.catalogue.model.catalogue import Area as CatalogueArea
from policycards.catalogue.model.catalogue import Contact
from policycards.catalogue.model.policy import Text
from policycards.ledger.actions.area_changes import load_areas
from policycards.ledger.actions.event_validation import EventInput
from policycards.ledger.actions.loading import Loaded, load_run
from policycards.ledger.domain.event_kinds import uuid7
from policycards.ledger.models import User
from policycards.ledger.permissions import OPERATOR
from policycards.manifest import frame, part
from policycards.qr import Key, card_code, spare_code

NOW = datetime(2026, 3, 1, 4, tzinfo=UTC)
EAST, WEST = "990101", "990202"
VILLAGES = ("990101001201", "990101001202", "990101002201", "990202001201")
KEY = Key(b"a key of thirty-two bytes, tests")

_moments = count(1)


def area(code: str, **more: object) -> CatalogueArea:
    return CatalogueArea(code, Text(bo=f"ས་{code}", zh=f"地{code}"), {}, **more)  # type: ignore[arg-type]


def areas(*more: CatalogueArea, villages: Sequence[str] = VILLAGES) -> dict[str, CatalogueArea]:
    """Areas by code: everything around the villages, and what is told besides."""
    codes = {village[:length] for village in villages for length in (2, 4, 6, 9, 12)}
    return {code: area(code) for code in sorted(codes)} | {each.code: each for each in more}


def contacts() -> list[Contact]:
    office = Text(bo="གཞུང་", zh="乡政府")
    return [Contact("990101001", "ask", office, "0000-000001", None, True, False)]


def load_counties(*more: CatalogueArea) -> None:
    load_areas(OPERATOR, areas(*more), contacts(), now=NOW)


def person(role: str, code: str, username: str = "") -> User:
    made = User(username=username or f"{role}-{code}", role=role, area=code)
    made.set_unusable_password()
    made.save()
    return made


@dataclass(frozen=True)
class Printed:
    """A run in a folder; the codes by village, in the order of the pile."""

    folder: Path
    cards: Mapping[str, list[str]]
    spares: Mapping[str, list[str]]
    names: pl.DataFrame

    def code(self, village: int = 0, pile: int = 1) -> str:
        return self.cards[VILLAGES[village]][pile - 1]

    def spare(self, village: int = 0, number: int = 1) -> str:
        return self.spares[VILLAGES[village]][number - 1]


def print_run(
    folder: Path,
    *,
    edition: str = "2026a",
    households: int = 4,
    spares: int = 2,
    villages: Sequence[str] = VILLAGES,
    copy: int = 1,
    replaces: Mapping[str, str] | None = None,
    **inputs: str,
) -> Printed:
    """What a press leaves behind for the ledger; ``replaces`` is the old code by household."""
    codes: dict[str, list[str]] = {}
    blanks: dict[str, list[str]] = {}
    rows, spare_rows, names = [], [], []
    for village in villages:
        for pile in range(1, households + 1):
            number = f"H-{village[-6:]}-{pile:04}"
            code = card_code(KEY, village, number, edition, copy)
            codes.setdefault(village, []).append(code)
            old = (replaces or {}).get(number)
            rows.append(
                (
                    code,
                    number,
                    village,
                    "一组",
                    pile,
                    edition,
                    copy,
                    old,
                    "cards.pdf",
                    pile,
                    2,
                    0,
                    "front",
                )
            )
            names.append((number, f"བཀྲ་ཤིས་{pile}", f"扎西{pile}"))
        for number_ in range(1, spares + 1):
            code = spare_code(KEY, village, edition, copy, number_)
            blanks.setdefault(village, []).append(code)
            spare_rows.append(
                (code, village, edition, copy, number_, "spares.pdf", number_, 2, 0, "front")
            )
    home = folder / edition / f"run{copy}"
    run = home / "run"
    run.mkdir(parents=True)
    reported = {
        "edition": edition,
        "is_published": "True",
        "key": "0123abcd",
        "roster": str(copy),
        **inputs,
    }
    id_ = card_code(KEY, "", str(villages), edition, copy) + f"{households:04}"
    counts = {"cards": len(rows), "households": len(rows)}
    (run / "run.json").write_text(
        json.dumps({"id": id_, "inputs": reported, "versions": {}, "counts": counts}), "utf-8"
    )
    (run / "manifest-cards.parquet").write_bytes(part(frame("cards", rows)))
    if spare_rows:
        (run / "manifest-spares.parquet").write_bytes(part(frame("spares", spare_rows)))
    table = pl.DataFrame(names, schema=["household_id", "name_bo", "name_zh"], orient="row")
    return Printed(home, codes, blanks, table)


def load(printed: Printed, user: User = OPERATOR, **more: object) -> Loaded:
    return load_run(user, printed.folder, now=NOW, names=printed.names, **more)  # type: ignore[arg-type]


def county(folder: Path, **more: object) -> Printed:
    """Both counties with a run loaded."""
    load_counties()
    printed = print_run(folder, **more)  # type: ignore[arg-type]
    load(printed)
    return printed


def reported(kind: str, code: str = "", **more: object) -> EventInput:
    """An event, told a minute after the one before."""
    at = NOW + timedelta(minutes=next(_moments))
    return replace(EventInput(uuid7(at), kind, at, code), **more)  # type: ignore[arg-type]


def later(days: int = 1) -> datetime:
    return NOW + timedelta(days=days)
