"""A card is stale exactly if its pages would say something else today, and the reasons are told
right.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import wild_changes as wild
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sample_run import DAY, Office
from wild_changes import Change, World, changes, few, household_facts, pages

from policycards.design.content.card_content import Teller
from policycards.households.entitlements.calculate import entitlements, grouped
from policycards.manifest import LINES
from policycards.press.execution.scheduler import ProcessExecutor
from policycards.press.pack.manifest_lines import LONG, Fingerprints
from policycards.press.pack.reissue_list import read_reissue
from policycards.press.pack.run_plan import Card
from policycards.press.pack.village_pack import Order, open_press
from policycards.press.run.prepare import Prepared, prepare
from policycards.press.run.print_loop import print_run
from policycards.press.stale.stale_cards import Issued, Now, Part, gone, read_issued, stale_by_part
from policycards.press.stale.stale_report import Found, Stale, reissued, write_stale
from policycards.press.storage.store import Folder
from policycards.qr import DEMO_KEY
from policycards.typeset import Fonts

GRAZING = "grassland-grazing-ban"
CONTACT = 2
"""The row of the township to which both villages belong."""


@dataclass(frozen=True, repr=False)
class Printed:
    """A run by the real press, and the text of its pages."""

    office: Office
    folder: Path
    issued: Issued
    pages: dict[str, str]
    fonts: Fonts

    def __repr__(self) -> str:
        return type(self).__name__  # hypothesis tells it with each example

    @property
    def world(self) -> World:
        return World(self.office.catalogue, self.office.roster)

    def found(self, world: World, least: str = "0", issued: Issued | None = None) -> list[Part]:
        now = Now(world.catalogue, world.day, world.on)
        return list(
            stale_by_part(world.roster, issued or self.issued, now, DEMO_KEY.digest, Decimal(least))
        )

    def stale(self, world: World, issued: Issued | None = None) -> set[str]:
        return {
            household
            for part in self.found(world, issued=issued)
            for household in part.cards["household"]
        }

    def lists(self, world: World, folder: Path, least: str = "0") -> Stale:
        """All lists of a changed world, written into a folder."""
        found = Found(folder / "parts")
        found.folder.mkdir(parents=True)
        for part in self.found(world, least):
            found.add(part)
        left, unknown = gone(world.roster, self.issued, ())
        told = Stale.of(found, world.roster, self.issued, left, unknown.height)
        write_stale(told, found, world.catalogue, world.roster, {"least": least}, folder)
        return told


def press(prepared: Prepared, order: Order) -> None:
    assert print_run(
        prepared.run,
        partial(open_press, order, prepared.run.store),
        prepared.jobs,
        ProcessExecutor(1),
    ).is_whole


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, font_folder: Path) -> Printed:
    folder = tmp_path_factory.mktemp("printed")
    office = Office.of(folder, villages=2, households=8, seed=19)
    office = replace(office, catalogue=few(office.catalogue))
    press(office.prepared(folder / "run"), office.order)
    issued, problems = read_issued([folder / "run"], DEMO_KEY.fingerprint)
    assert issued is not None and not problems
    fonts = Fonts.open(font_folder)
    told = pages(World(office.catalogue, office.roster), office.theme, fonts)
    return Printed(office, folder / "run", issued, told, fonts)


def test_nothing_is_stale_right_after_printing(printed: Printed) -> None:
    (part,) = printed.found(printed.world)
    assert (part.cards.height, part.lines.height, part.right, part.without.len()) == (0, 0, 8, 0)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
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
    listed = pl.concat(part.cards for part in printed.found(world)).with_columns(when=pl.lit("now"))
    assert set(reissued(listed)["household"]) == other


def test_every_word_of_a_card_is_one_that_its_content_names(printed: Printed) -> None:
    """Other words change no page, and those named stand on it."""
    world, teller = printed.world, Teller(printed.office.catalogue, DAY)
    words = world.catalogue.words
    answers = grouped(entitlements(world.roster, world.catalogue, world.day, on=world.on))
    for at, household in enumerate(printed.pages):
        alone = wild.only_home(at)(world)
        (facts,) = household_facts(alone.roster)
        content = teller.substance(facts, answers[household])
        kept = {*wild.DRESS, *(key for key, text in words.items() if text in content.texts)}
        told = "".join(text for line in content.lines for text in line.texts(labelled=True))
        told += "".join(phone.office.zh for phone in content.phones)
        kept |= {key for key, text in words.items() if text.zh in told}
        others = [key for key in words if key not in kept]
        changed = both(*(wild._word(key) for key in others))(alone)
        assert (
            pages(changed, printed.office.theme, printed.fonts)[household]
            == (printed.pages[household])
        )
        page = "".join(printed.pages[household].split())
        laid_out = [words[key] for key in wild.LAID_OUT]
        for text in (each for each in content.texts if each not in laid_out):
            for part in re.split(r"\{[a-z]+\}", text.zh):
                assert part.replace(" ", "") in page, text.zh


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (wild._wording(GRAZING, "short"), True),
        (wild._wording(GRAZING, "name"), False),
        (wild._wording("grassland-balance-reward", "name"), True),
        (wild._wording(GRAZING, "label"), False),
        (wild._settings("short"), True),
        (wild._settings("label"), False),
    ],
    ids=["short name", "full name", "only name", "label of one", "short unit", "full unit"],
)
def test_only_a_text_that_is_printed_makes_cards_stale(
    printed: Printed, change: Change, says: bool
) -> None:
    world = change(printed.world)
    now = pages(world, printed.office.theme, printed.fonts)
    other = {household for household, text in now.items() if text != printed.pages[household]}
    assert bool(other) is says
    assert printed.stale(world) == other


def test_a_full_name_concerns_only_cards_with_many_lines(printed: Printed) -> None:
    """The fact that it changes is in the manifest for those alone."""
    answers = grouped(entitlements(printed.office.roster, printed.office.catalogue, DAY))
    facts = next(household_facts(printed.office.roster))
    prints = Fingerprints(DEMO_KEY.digest)
    said = []
    for world in (printed.world, wild._wording(GRAZING, "name")(printed.world)):
        content = Teller(world.catalogue, DAY).substance(facts, answers[facts.household_id])
        card = Card(facts, "A", 1, None)
        none = pl.DataFrame(schema={**LINES, "answer": pl.String})
        for long in ((), ("A",)):
            lines = prints.lines(none, [(card, content)], long)
            said.append((dict(prints.policies(content)), dict(lines["standard", "text"].rows())))
    (policies, few_lines), (_same, many_lines), (others, few_now), (_other, many_now) = said
    assert policies == others and few_lines == few_now
    assert {key for key in many_now if many_now[key] != many_lines[key]} == {LONG}
    assert set(many_lines) - set(few_lines) == {LONG}


def home(**facts: Any) -> Change:
    """Another fact of the first household."""
    return wild._home(0, facts)


def value(policy: str, amount: str, status: str | None = None) -> Change:
    return wild._value(policy, 0, amount, "2026-01", status, None)


def rule(policy: str, **facts: Any) -> Change:
    return wild._rule(policy, 0, facts)


def both(*changes: Change) -> Change:
    def change(world: World) -> World:
        for each in changes:
            world = each(world)
        return world

    return change


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        (value(GRAZING, "9"), {"standard"}),
        (value(GRAZING, "9", "ended"), {"ended"}),
        (home(grazing_ban_mu=Decimal("320")), {"amount"}),
        (home(grazing_ban_mu=Decimal(0)), {"lost"}),
        (home(**{"is_rural-dibao": "2460"}), {"gained"}),
        (wild._wording(GRAZING, "how"), {"text"}),
        (wild._word("no_fee"), {"text"}),
        (wild._settings("issuer"), {"text"}),
        (wild._contact(CONTACT, "phone"), {"contact"}),
        (home(name_zh="次仁"), {"name"}),
        (home(name_zh="次仁", members=9), {"head", "ask"}),
        (home(members=9), {"people", "ask"}),
        (home(group="九组"), {"moved"}),
        (home(grazing_ban_mu=None), {"lost", "ask"}),
        (both(value(GRAZING, "9"), home(name_zh="次仁")), {"standard", "name"}),
    ],
)
def test_each_kind_of_change_is_told_as_what_it_is(
    printed: Printed, change: Change, kinds: set[str]
) -> None:
    first = printed.office.roster.households["household_id"][0]
    (part,) = printed.found(change(printed.world))
    told = part.cards.filter(household=first)["kinds"].to_list()
    assert [set(each) for each in told] == [kinds]


def test_a_household_that_moved_to_another_village_has_moved(printed: Printed) -> None:
    (part,) = printed.found(home(area="549901101202")(printed.world))
    told = part.cards.select("household", "area", "now_area").rows()
    first = printed.office.roster.households["household_id"][0]
    assert told == [(first, "549901101201", "549901101202")]
    assert "moved" in part.cards["kinds"][0]


def test_lines_tell_old_and_new_with_the_notice_and_the_money_of_a_year(printed: Printed) -> None:
    parts = printed.found(value(GRAZING, "9")(printed.world))
    lines = pl.concat(part.lines for part in parts)
    assert set(lines["policy"]) == {GRAZING}
    for row in lines.iter_rows(named=True):
        assert (row["old_value"], row["new_value"], row["old_quantity"]) == (
            Decimal("7.5"),
            Decimal(9),
            row["new_quantity"],
        )
        assert row["new_amount"] == row["new_quantity"] * 9
        assert row["per_year"] == row["new_amount"] - row["old_amount"]
        assert row["notice"] == "新一轮草原生态保护补助奖励政策（2016—2020年）"


def test_a_value_published_late_finds_cards_that_were_right_on_their_day(printed: Printed) -> None:
    def flags(since: str) -> set[bool]:
        world = wild._value(GRAZING, 0, "9", since, None, None)(printed.world)
        parts = printed.found(replace(world, day=date(2027, 6, 1)))
        return {
            late
            for part in parts
            for late in part.cards.filter(pl.col("kinds").list.contains("standard"))["late"]
        }

    assert flags("2026-01") == {True}
    assert flags("2027-01") == {False}


def test_birthdays_make_cards_stale_without_a_notice(printed: Printed) -> None:
    world = replace(printed.world, on=date(2046, 1, 1))
    (part,) = printed.found(world)
    assert part.cards.height
    assert set(part.lines["kind"]) <= {"gained", "lost", "amount"}


def test_what_is_less_than_the_stated_change_waits_and_what_no_sum_tells_does_not(
    printed: Printed,
) -> None:
    raised = value(GRAZING, "7.60")(printed.world)
    (part,) = printed.found(raised, least="50")
    for per_year, urgent in part.cards.select("per_year", "urgent").rows():
        assert urgent == (per_year >= 50)
    assert set(part.cards["urgent"]) == {True, False}
    (part,) = printed.found(wild._wording(GRAZING, "how")(printed.world), least="50")
    assert set(part.cards["urgent"]) == {False}
    for change in (
        home(name_zh="次仁"),
        wild._contact(CONTACT, "phone"),
        value("three-guarantees", "8"),
    ):
        (part,) = printed.found(change(printed.world), least="50")
        assert set(part.cards["urgent"]) == {True}


def test_a_household_that_left_is_taken_back_and_not_printed(
    printed: Printed, tmp_path: Path
) -> None:
    first = printed.office.roster.households["household_id"][0]
    told = printed.lists(wild._without_home(0)(printed.world), tmp_path)
    assert told.cards.select("household", "kinds", "when").rows() == [(first, ["left"], "back")]
    assert told.counts == {
        "right": 7,
        "now": 0,
        "next": 0,
        "back": 1,
        "unknown": 0,
        "without": 0,
        "late": 0,
        "left": 1,
    }
    listed, problems = read_reissue(tmp_path / "reissue.csv")
    assert not problems and listed is not None and listed.is_empty()


def test_nothing_is_said_of_villages_that_the_roster_has_not_and_of_faulty_rows(
    printed: Printed,
) -> None:
    homes = printed.office.roster.households
    some = replace(
        printed.office.roster, households=homes.filter(pl.col("area") == "549901101201").slice(1)
    )
    left, unknown = gone(some, printed.issued, ())
    assert left["household"].to_list() == homes["household_id"].head(1).to_list()
    assert unknown["area"].unique().to_list() == ["549901101202"]
    left, unknown = gone(some, printed.issued, homes["household_id"].head(1))
    assert (left.height, unknown.height) == (0, 5)


def test_a_household_without_a_card_gets_a_list_of_its_own(
    printed: Printed, tmp_path: Path
) -> None:
    issued = replace(printed.issued, cards=printed.issued.cards.slice(1))
    told = replace(printed, issued=issued).lists(printed.world, tmp_path)
    first = printed.office.roster.households["household_id"][0]
    assert (told.counts["right"], told.counts["without"]) == (7, 1)
    listed, problems = read_reissue(tmp_path / "first.csv")
    assert not problems and listed is not None and listed.rows() == [(first, 1, None, None)]


def test_printing_the_reissue_list_makes_every_card_right_again(
    printed: Printed, tmp_path: Path
) -> None:
    world = both(value(GRAZING, "9"), home(name_zh="次仁", group="九组"))(printed.world)
    told = printed.lists(world, tmp_path)
    right = printed.office.roster.households.height - told.counts["now"]
    assert right == told.counts["right"] > 0
    listed, problems = read_reissue(tmp_path / "reissue.csv")
    assert listed is not None and not problems
    assert set(listed["copy"]) == {2}
    assert set(listed["replaces"]) <= set(printed.issued.cards["code"])
    order = replace(printed.office.order, edition="ptest002")
    out = tmp_path / "again"
    wanted = world.roster.households.select("household_id").join(
        listed, on="household_id", maintain_order="left"
    )
    prepared, problems = prepare(
        Folder(out), world.roster, wanted, world.catalogue, printed.office.theme, order, "b"
    )
    assert prepared is not None, problems
    press(prepared, order)
    for runs in ([printed.folder, out], [out, printed.folder]):
        issued, problems = read_issued(runs, DEMO_KEY.fingerprint)
        assert issued is not None and not problems
        assert printed.stale(world, issued) == set()
        assert set(issued.cards.filter(copy=2)["household"]) == set(listed["household_id"])


def test_the_workbook_and_the_changes_tell_what_was_found(printed: Printed, tmp_path: Path) -> None:
    told = printed.lists(value(GRAZING, "9")(printed.world), tmp_path)
    book = load_workbook(tmp_path / "stale.xlsx")
    cards = list(book.worksheets[0].iter_rows(min_row=3, values_only=True))
    assert len(cards) == told.cards.height
    assert {(row[8], row[9]) for row in cards} == {("现在重印", "标准变了")}
    assert all(isinstance(row[3], str) and len(row[5].split("-")) == 3 for row in cards)
    villages = list(book.worksheets[1].iter_rows(min_row=3, values_only=True))
    assert sum(row[4] for row in villages) == told.cards.height
    with (tmp_path / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][:5] == [
        "household 户编号",
        "code 旧卡卡号",
        "policy 政策",
        "standard 标准",
        "kind 原因",
    ]
    assert {row[4] for row in rows[1:]} == {"标准变了"}
    assert (tmp_path / "stale.xlsx").stat().st_mode & 0o777 == 0o600


Damage = Callable[[Path], object]


@pytest.mark.parametrize(
    ("damage", "key", "message"),
    [
        (
            lambda run: (run / "run/run.json").unlink(),
            None,
            "{run}: error E760: no run was printed into this folder",
        ),
        (
            lambda run: None,
            "00000000",
            (
                "{run}: error E761: this run was printed with another key (d50c3463) than the one"
                " given (00000000), so nothing can be compared"
            ),
        ),
        (
            lambda run: (run / "run/manifest.json").unlink(),
            None,
            (
                "{run}/run/manifest-lines.parquet: error E762: the manifest of this run is not as"
                " it was written, so nobody can tell what its cards say"
            ),
        ),
        (
            lambda run: (run / "run/manifest-lines.parquet").unlink(),
            None,
            (
                "{run}/run/manifest-lines.parquet: error E730: this table of the manifest is"
                " missing, so nobody can tell which cards were printed into {run}"
            ),
        ),
    ],
)
def test_a_run_that_cannot_be_compared_is_told(
    printed: Printed, tmp_path: Path, damage: Damage, key: str | None, message: str
) -> None:
    run = Path(shutil.copytree(printed.folder, tmp_path / "run"))
    damage(run)
    issued, problems = read_issued([run], key or DEMO_KEY.fingerprint)
    assert issued is None
    assert [str(each) for each in problems] == [message.format(run=run)]


def test_a_manifest_that_was_changed_is_not_trusted(printed: Printed, tmp_path: Path) -> None:
    run = Path(shutil.copytree(printed.folder, tmp_path / "run"))
    lines = run / "run/manifest-lines.parquet"
    pl.read_parquet(lines).with_columns(text=pl.lit("000000000000")).write_parquet(lines)
    issued, problems = read_issued([run], DEMO_KEY.fingerprint)
    assert issued is None and [each.code for each in problems] == ["E762"]


def test_the_days_are_those_of_the_run(printed: Printed) -> None:
    assert set(printed.issued.cards["day"]) == {DAY}
