"""A village's pack from the real press: the same whoever else is printed, and true to the
roster.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import polars as pl
import pypdfium2
import pytest
from readers import pdftotext
from sample_run import DAY, Office

from policycards.core.problems import Place, has_errors
from policycards.core.units import mm
from policycards.design.layout.sheet_plan import is_turned, sides, spots
from policycards.households.entitlements.calculate import entitlements
from policycards.households.entitlements.sums import times_a_year
from policycards.households.roster.homes import picked
from policycards.press.execution.jobs import Job, Pack
from policycards.press.pack.run_plan import write_shared
from policycards.press.run.prepare import plate_fonts
from policycards.press.spoilt_sheets import (
    Choice,
    page_counts,
    plan_reprint,
    reprint_files,
    spoilt_list,
    with_spares,
)
from policycards.press.storage.store import Folder
from policycards.press.verification import Readback, read_back
from policycards.qr import format_code


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office.of(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def leaves(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pack]:
    """The packs of all villages on single leaves, on which nothing is turned, by area."""
    flat, out = office.on("single", reads_all=True), tmp_path_factory.mktemp("leaves")
    jobs, press = flat.prepared(out).jobs, flat.press(out)
    return {job.area: press(job) for job in jobs}


def told(pack: Pack, table: str) -> pl.DataFrame:
    return pl.read_parquet(BytesIO(dict(pack.parts)[table]))


def test_a_village_is_the_same_alone_and_among_others(
    office: Office, leaves: dict[str, Pack], tmp_path: Path
) -> None:
    flat = office.on("single", reads_all=True)
    for area, pack in leaves.items():
        (job,) = flat.prepared(tmp_path / area, area).jobs
        alone = flat.press(tmp_path / area)(job)
        assert (alone.files, alone.parts, alone.expected) == (pack.files, pack.parts, pack.expected)


def test_a_village_is_the_same_whatever_was_printed_before(office: Office, tmp_path: Path) -> None:
    jobs = office.prepared(tmp_path).jobs
    in_order, backwards = office.press(tmp_path), office.press(tmp_path)
    packs = {job.area: in_order(job) for job in jobs}
    assert {job.area: backwards(job) for job in reversed(jobs)} == packs
    assert {job.area: in_order(job) for job in jobs} == packs


def test_a_card_is_the_same_whoever_else_of_its_village_is_printed(
    office: Office, leaves: dict[str, Pack], tmp_path: Path
) -> None:
    flat = office.on("single")
    for household in office.roster.households["household_id"].gather_every(5):
        (job,) = flat.prepared(tmp_path / household, households=[household]).jobs
        pack, whole = flat.press(tmp_path / household)(job), leaves[job.area]
        (card,) = told(pack, "cards").iter_rows(named=True)
        (among,) = told(whole, "cards").filter(household=household).iter_rows(named=True)
        assert {**card, "page": 0} == {**among, "page": 0}
        assert told(pack, "lines").equals(told(whole, "lines").filter(code=card["code"]))
        assert said(pack, card) == said(whole, among)


def said(pack: Pack, card: dict[str, int]) -> list[str]:
    """What pdfium reads on the pages of a card that lies on leaves of its own."""
    with pypdfium2.PdfDocument(dict(pack.files)["cards.pdf"]) as document:
        pages = range(card["page"], card["page"] + card["pages"])
        return [document[page].get_textpage().get_text_range() for page in pages]


def test_the_manifests_lines_are_what_each_household_alone_is_entitled_to(
    office: Office, leaves: dict[str, Pack]
) -> None:
    """Counted anew for one household after the other, from nothing but its own rows of the
    roster.
    """
    count = 0
    for pack in leaves.values():
        lines = told(pack, "lines").filter(pl.col("policy") != "")
        for card in told(pack, "cards").iter_rows(named=True):
            roster, _facts = picked(office.roster, [card["household"]])
            due = entitlements(roster, office.catalogue, DAY).filter(answer="yes")
            columns = ["policy", "standard", "value", "quantity", "amount"]
            listed = lines.filter(code=card["code"]).select(columns)
            assert [_plain(row) for row in listed.iter_rows()] == [
                _plain(row) for row in due.select(columns).iter_rows()
            ]
            count += listed.height
    assert count > 100


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(each.normalize() if isinstance(each, Decimal) else each for each in row)


def printed(number: Decimal) -> str:
    """A number as people write it: digits in groups, decimals only where there are some."""
    return f"{number:,.2f}" if number % 1 else f"{number:,.0f}"


def quantity(number: Decimal) -> str:
    return f"{number:,f}".rstrip("0").rstrip(".")


def test_amounts_and_quantities_on_paper_are_those_of_the_roster(
    office: Office, leaves: dict[str, Pack], tmp_path: Path
) -> None:
    """Read from the file and compared with amounts counted anew, without anything that designs
    cards.
    """
    pays = {(p.id, s.id): s.pays for p in office.catalogue.policies for s in p.standards}
    times = {
        (p.id, s.id): times_a_year(office.catalogue.unit(s.unit).period) or 1
        for p in office.catalogue.policies
        for s in p.standards
        if s.unit and s.pays == "cash"
    }
    products = 0
    for area, pack in leaves.items():
        file = tmp_path / f"{area}.pdf"
        file.write_bytes(dict(pack.files)["cards.pdf"])
        read = pdftotext(file)
        for card in told(pack, "cards").iter_rows(named=True):
            roster, _facts = picked(office.roster, [card["household"]])
            due = entitlements(roster, office.catalogue, DAY).filter(
                pl.col("answer") == "yes", pl.col("amount").is_not_null()
            )
            text = "".join("".join(read[card["page"] : card["page"] + card["pages"]]).split())
            counted = Counter(re.findall(r"×([0-9][0-9,]*(?:\.[0-9]+)?)(?=[亩人户只头天孩])", text))
            expected: Counter[str] = Counter()
            for row in due.iter_rows(named=True):
                if row["quantity"] is not None and pays[row["policy"], row["standard"]] == "cash":
                    expected[quantity(row["quantity"])] += 1
                amount = row["amount"] * times.get((row["policy"], row["standard"]), 1)
                assert printed(amount) in text, (card["household"], row)
            assert counted == expected, card["household"]
            products += counted.total()
    assert products > 30


def in_its_form(laid: Office, out: Path) -> tuple[Job, Pack]:
    """The first village whose cards keep the form that was asked for; one in which a card does not
    fit half a sheet is printed on whole ones (W344).
    """
    jobs, press = laid.prepared(out).jobs, laid.press(out)
    packs = ((job, press(job)) for job in jobs)
    return next(
        (job, pack) for job, pack in packs if "W344" not in {each.code for each in pack.problems}
    )


PAGE = {"cut-and-stack": (mm(148), mm(210)), "single": (mm(210), mm(297))}
"""A card's page by how it lies on paper."""


@pytest.mark.parametrize("duplex", ["long-edge", "short-edge", "two-passes"])
@pytest.mark.parametrize("form", ["cut-and-stack", "single"])
def test_every_card_is_read_back_from_every_kind_of_sheet(
    office: Office, tmp_path: Path, form: str, duplex: str
) -> None:
    laid = office.on(form, duplex, reads_all=True, spares=2)  # type: ignore[arg-type]
    job, pack = in_its_form(laid, tmp_path)
    assert not has_errors(pack.problems) and pack.failed == ()
    store = Folder(tmp_path)
    store.write((f"{job.folder}/{name}", data) for name, data in pack.files)
    pages = sum(told(pack, "cards")["pages"])
    assert read_back(pack.expected, store.read) == Readback(pack.cards, pages)
    spares = told(pack, "spares")
    assert spares["number"].to_list() == [1, 2] and spares["code"].n_unique() == 2
    with pypdfium2.PdfDocument(dict(pack.files)["spares.pdf"]) as document:
        paper = document[0].get_size()
        assert paper == pytest.approx(laid.order.sheet.paper(PAGE[form]), abs=0.1)
        printed_sides = sides(spares["pages"].to_list(), laid.order.sheet, PAGE[form])
        assert len(document) == len(printed_sides)
        for spare, spot in zip(spares.iter_rows(named=True), spots(printed_sides), strict=True):
            assert (spare["page"], spare["slot"], spare["side"]) == (
                spot.page,
                spot.slot,
                spot.side,
            )
            slots = 1 if form == "single" else 2
            turned = spot.side == "back" and is_turned(
                laid.order.sheet.paper(PAGE[form]), laid.order.sheet.duplex
            )
            slot = slots - 1 - spot.slot if turned else spot.slot
            box = (slot * paper[0] / slots, 0, (slot + 1) * paper[0] / slots, paper[1])
            assert format_code(spare["code"]) in document[
                spot.page
            ].get_textpage().get_text_bounded(*box)


@pytest.mark.parametrize("form", ["cut-and-stack", "single"])
def test_a_spoilt_spare_card_is_printed_again_by_its_code_or_its_sheet(
    office: Office, tmp_path: Path, form: str
) -> None:
    laid = office.on(form, "long-edge", spares=2)  # type: ignore[arg-type]
    prepared = laid.prepared(tmp_path)
    job = prepared.jobs[0]
    pack = laid.press(tmp_path)(job)
    Folder(tmp_path).write((f"{job.folder}/{name}", data) for name, data in pack.files)
    spares, all_cards = told(pack, "spares"), with_spares(told(pack, "cards"), told(pack, "spares"))
    code, place = spares["code"][0], Place("policycards reprint")
    again, problems = plan_reprint(
        all_cards, page_counts(tmp_path), Choice("codes", codes=(code,)), place
    )
    assert problems == [] and again is not None
    assert {sheet.file for sheet in again.sheets} == {f"{job.folder}/spares.pdf"}
    assert (code, None, "spoilt") in {(each.code, each.pile, each.reason) for each in again.spoilt}
    assert f"{format_code(code)},\t{job.area},,spoilt" in spoilt_list(again).decode("utf-8-sig")
    chosen = tuple((sheet.number, sheet.number) for sheet in again.sheets)
    by_sheet, problems = plan_reprint(
        all_cards, page_counts(tmp_path), Choice("sheets", chosen), place
    )
    assert problems == [] and by_sheet is not None and by_sheet.sheets == again.sheets
    ((name, data),), problems = reprint_files(tmp_path, again)
    assert problems == [] and name == f"{job.area}-spares"
    with pypdfium2.PdfDocument(data) as document:
        assert format_code(code) in "".join(
            page.get_textpage().get_text_range() for page in document
        )


def test_bookmarks_are_pile_numbers_and_open_the_page_of_the_manifest(
    leaves: dict[str, Pack],
) -> None:
    for pack in leaves.values():
        with pypdfium2.PdfDocument(dict(pack.files)["cards.pdf"]) as document:
            marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
        assert marks == [
            (str(card["pile"]), card["page"]) for card in told(pack, "cards").iter_rows(named=True)
        ]


def test_a_trial_sets_every_card_and_makes_no_file(office: Office, tmp_path: Path) -> None:
    trial = office.on("single", is_trial=True)
    prepared = trial.prepared(tmp_path)
    packs = [trial.press(tmp_path)(job) for job in prepared.jobs]
    assert [pack.files for pack in packs] == [(), (), ()]
    assert sum(pack.cards for pack in packs) == office.roster.households.height
    assert not has_errors([each for pack in packs for each in pack.problems])


def test_the_plan_is_private(office: Office, tmp_path: Path) -> None:
    office.prepared(tmp_path)
    plan = sorted((tmp_path / "run/plan").iterdir())
    assert {file.suffix for file in plan} == {".arrow", ".pickle"}
    assert {file.stat().st_mode & 0o777 for file in plan} == {0o600}


def test_plate_fonts_of_a_run_change_files_but_nothing_that_is_read(
    office: Office, leaves: dict[str, Pack], tmp_path: Path
) -> None:
    """A run of many villages makes them; here they are made for few."""
    flat = office.on("single", reads_all=True)
    jobs = flat.prepared(tmp_path).jobs
    write_shared(Folder(tmp_path), fonts=plate_fonts(flat.press(tmp_path), jobs, []))
    press = flat.press(tmp_path)
    assert press.packer.plate_fonts.codes
    for job in jobs:
        pack, alone = press(job), leaves[job.area]
        assert (pack.parts, pack.expected) == (alone.parts, alone.expected)
        assert pack.files != alone.files
        for card in told(pack, "cards").iter_rows(named=True):
            assert [_lines(page) for page in said(pack, card)] == [
                _lines(page) for page in said(alone, card)
            ]


def _lines(page: str) -> list[str]:
    return sorted(line.strip() for line in page.splitlines())


def test_a_village_is_one_job_wherever_the_roster_is_cut(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = office.prepared(tmp_path / "whole").jobs
    for size in (1, 4, 7, 11):
        monkeypatch.setattr("policycards.households.entitlements.attributes.SIZE", size)
        assert office.prepared(tmp_path / str(size)).jobs == whole
