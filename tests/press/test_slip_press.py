"""Slips from the real press: a file for each village, readable, without names where none belong."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import polars as pl
import pypdfium2
import pytest
import verapdf
from sample_run import DAY, Office

from policycards.households.entitlements.calculate import entitlements
from policycards.press.execution.jobs import Job, Pack
from policycards.press.pack.reissue_list import former_cells
from policycards.press.pack.slip_pack import open_slip_press
from policycards.press.run.prepare import prepare
from policycards.press.storage.store import Folder
from policycards.qr import card_code, format_code
from policycards.typeset import numbers


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office.of(tmp_path_factory.mktemp("office")).on("single", slips=True)


@pytest.fixture(scope="module")
def due(office: Office) -> pl.DataFrame:
    """All amounts of households' own that are due."""
    rows = entitlements(office.roster, office.catalogue, DAY).filter(pl.col("answer") == "yes")
    return rows.filter(pl.col("amount").is_not_null()).with_columns(
        pl.col("policy", "standard").cast(pl.String)
    )


@pytest.fixture(scope="module")
def packs(
    office: Office, due: pl.DataFrame, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[Job, Pack]]:
    """The slips of a list whose former cards had a yuan less of everything."""
    lines = due.select(
        pl.col("household_id").alias("household"),
        *("policy", "standard", "value"),
        (pl.col("amount") - 1).alias("amount"),
        pl.lit(True).alias("had"),
    )
    wanted = office.roster.households.select("household_id", "area").join(
        former_cells(lines),
        left_on="household_id",
        right_on="household",
        how="left",
        maintain_order="left",
    )
    codes = [
        card_code(office.order.key, area, home, "before00") for home, area, _ in wanted.iter_rows()
    ]
    wanted = wanted.select(
        "household_id", copy=pl.lit(2, pl.Int16), replaces=pl.Series(codes), former="former"
    )
    store = Folder(tmp_path_factory.mktemp("slips"))
    prepared, problems = prepare(
        store, office.roster, wanted, office.catalogue, office.theme, office.order, "slips"
    )
    assert prepared is not None, problems
    press = open_slip_press(office.order, store)
    return [(job, press(job)) for job in prepared.jobs]


def text(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
    return [re.sub(r"\s+", "", page) for page in pages]


def test_every_amount_that_is_another_now_is_on_a_slip_beside_its_cards_code(
    office: Office, packs: list[tuple[Job, Pack]], due: pl.DataFrame
) -> None:
    for job, pack in packs:
        whole = "".join(text(dict(pack.files)["slips.pdf"]))
        homes = office.roster.households.filter(area=job.area)["household_id"].to_list()
        assert pack.cards == len(homes) and pack.failed == () and pack.parts == ()
        for home in homes:
            assert format_code(card_code(office.order.key, job.area, home, "before00")) in whole
        for amount in due.filter(pl.col("household_id").is_in(homes))["amount"]:
            assert f"{numbers.plain(amount - Decimal(1))}→{numbers.plain(amount)}" in whole


def test_bookmarks_are_pile_numbers_and_no_name_is_outside_the_pages(
    office: Office, packs: list[tuple[Job, Pack]]
) -> None:
    names = [
        name for key in ("name_zh", "name_bo") for name in office.roster.households[key] if name
    ]
    for _job, pack in packs:
        with pypdfium2.PdfDocument(dict(pack.files)["slips.pdf"]) as document:
            marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
            facts = repr(document.get_metadata_dict())
        assert [title for title, _page in marks] == [
            str(number) for number in range(1, pack.cards + 1)
        ]
        assert not [name for name in names if name in facts]


def test_slips_and_notices_are_pdf_a_2u(packs: list[tuple[Job, Pack]], tmp_path: Path) -> None:
    claims = []
    for job, pack in packs[:1]:
        for name, data in pack.files:
            file = tmp_path / f"{job.area}-{name}"
            file.write_bytes(data)
            claims += [(file, profile) for profile in verapdf.ON_PAPER]
    assert claims and verapdf.broken_rules(claims) == [[] for _ in claims]


def test_a_household_of_which_nothing_is_another_now_gets_no_slip_and_is_told(
    office: Office, tmp_path: Path
) -> None:
    home = office.roster.households["household_id"][0]
    wanted = pl.DataFrame(
        [(home, 2, None, None)], schema=["household_id", "copy", "replaces", "former"], orient="row"
    ).cast({"copy": pl.Int16, "replaces": pl.String, "former": pl.String})
    store = Folder(tmp_path)
    prepared, problems = prepare(
        store, office.roster, wanted, office.catalogue, office.theme, office.order, "one"
    )
    assert prepared is not None, problems
    pack = open_slip_press(office.order, store)(prepared.jobs[0])
    assert (pack.files, pack.cards, pack.failed) == ((), 0, ())
    (told,) = pack.problems
    assert str(told).endswith(
        f"warning W783: of household {home} the reissue list tells no line that is another now, so"
        " it gets no slip"
    )
    assert (
        told.hint()
        == "Print a new card for this household: leave it in the list and use 'policycards print'."
    )


def test_a_trial_writes_nothing(office: Office, tmp_path: Path) -> None:
    trial = replace(office, order=replace(office.order, is_trial=True))
    prepared = trial.prepared(tmp_path)
    assert open_slip_press(trial.order, Folder(tmp_path))(prepared.jobs[0]).files == ()
