"""A card is stale exactly if its pages would say something else today, and the reasons are told right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sample_run import DAY, Office
from wild_changes import Change, World, changes, few, pages

from policycards.press.crew import LocalCrew
from policycards.press.issued import Issued, read_issued
from policycards.press.printing import print_run
from policycards.press.stale import Now, Part, gone, stale_by_part
from policycards.press.village import open_press
from policycards.qr import DEMO_KEY
from policycards.typeset import Fonts


@dataclass(frozen=True)
class Printed:
    """A run by the real press, and the text of its pages."""

    office: Office
    folder: Path
    issued: Issued
    pages: dict[str, str]
    fonts: Fonts

    @property
    def world(self) -> World:
        return World(self.office.catalogue, self.office.roster)

    def found(self, world: World, least: str = "0") -> list[Part]:
        now = Now(world.catalogue, world.day, world.on)
        return list(stale_by_part(world.roster, self.issued, now, DEMO_KEY.digest, Decimal(least)))

    def stale(self, world: World) -> set[str]:
        return {household for part in self.found(world) for household in part.cards["household"]}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, font_folder: Path) -> Printed:
    folder = tmp_path_factory.mktemp("printed")
    office = Office.of(folder, villages=2, households=8)
    office = replace(office, catalogue=few(office.catalogue))
    prepared = office.prepared(folder / "run")
    made = partial(open_press, office.order, prepared.run.store)
    assert print_run(prepared.run, made, prepared.jobs, LocalCrew(1)).is_whole
    issued, problems = read_issued([folder / "run"], DEMO_KEY.fingerprint)
    assert issued is not None and not problems
    fonts = Fonts.open(font_folder)
    return Printed(
        office, folder / "run", issued, pages(World(office.catalogue, office.roster), office.theme, fonts), fonts
    )


def test_nothing_is_stale_right_after_printing(printed: Printed) -> None:
    (part,) = printed.found(printed.world)
    assert (part.cards.height, part.lines.height, part.right, part.without.len()) == (0, 0, 8, 0)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(changes(), min_size=1, max_size=2))
def test_exactly_the_cards_whose_pages_would_say_something_else_are_stale(
    printed: Printed, drawn: list[tuple[str, Change]]
) -> None:
    world = printed.world
    for _kind, change in drawn:
        world = change(world)
    now = pages(world, printed.office.theme, printed.fonts)
    other = {household for household, text in now.items() if text != printed.pages[household]}
    assert printed.stale(world) == other
