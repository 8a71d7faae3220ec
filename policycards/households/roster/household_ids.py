"""Household ids: those of the list, else derived from the head's identity number, else from area,
group and order.
"""

from __future__ import annotations

import polars as pl

from policycards.core.problems import Place, problem
from policycards.households.roster.fields import HEADS
from policycards.households.roster.findings import Findings
from policycards.households.roster.identity_numbers import SHAPE, Digest, derived_id, derived_ids
from policycards.households.roster.lists import BAD, IDENTITY, PersonList
from policycards.households.roster.source_tables import ROW

HID = "household_id"
HEAD = "head"


def with_ids(
    people: PersonList, digest: Digest | None, findings: Findings
) -> tuple[pl.DataFrame, int]:
    """A list's rows with heads marked and the id of each row's household, and how many ids were
    derived.

    A row that belongs to no household is reported and has no id. Where only heads' rows have one,
    it holds for the rows below, down to the next head.
    """
    frame = people.frame.with_columns(head_flag(people))
    if HID not in frame.columns or frame[HID].null_count() == frame.height:
        return _derived(frame, people, digest, findings)
    others = frame.filter(~pl.col(HEAD))
    if people.has("relation") and others.height and others[HID].null_count() == others.height:
        frame = frame.with_columns(pl.col(HID).forward_fill().over(pl.col(HEAD).cum_sum()))
    frame, derived = hashed(frame, digest)
    missing = frame.filter(pl.col(HID).is_null())
    report(missing, "E512", people, findings, HID)
    return frame, derived


def head_flag(people: PersonList) -> pl.Expr:
    """Whether a row says of itself that it is a head's."""
    if not people.has("relation"):
        return pl.lit(False).alias(HEAD)
    return pl.col("relation").str.to_lowercase().is_in(sorted(HEADS)).fill_null(False).alias(HEAD)


def hashed(frame: pl.DataFrame, digest: Digest | None) -> tuple[pl.DataFrame, int]:
    """Identity numbers that stand for household ids give way to derived ids, or to nothing where
    there is no key.
    """
    shaped = frame.filter(pl.col(HID).str.contains(SHAPE))[HID].unique().sort()
    if shaped.is_empty():
        return frame, 0
    new = pl.Series(
        [derived_id(number.upper(), digest) if digest else None for number in shaped],
        dtype=pl.String,
    )
    return frame.with_columns(pl.col(HID).replace_strict(shaped, new, default=pl.col(HID))), len(
        shaped
    )


def _derived(
    frame: pl.DataFrame, people: PersonList, digest: Digest | None, findings: Findings
) -> tuple[pl.DataFrame, int]:
    """A household begins with each head; its id comes from the head's identity number where there
    is one.
    """
    frame = frame.drop(HID, strict=False).with_columns(number=pl.col(HEAD).cum_sum())
    heads = frame.filter(HEAD)
    numbers = (
        heads[IDENTITY]
        if IDENTITY in heads.columns
        else pl.Series([None] * heads.height, dtype=pl.String)
    )
    ids = pl.Series(HID, derived_ids(numbers, digest), dtype=pl.String)
    heads = heads.with_columns(ids).with_columns(pl.coalesce(HID, _from_order(heads)).alias(HID))
    if ids.null_count():
        findings.extend(
            [problem("W545", Place(people.file, people.matching.row), count=ids.null_count())]
        )
    frame = frame.join(
        heads.select("number", HID), on="number", how="left", maintain_order="left"
    ).drop("number")
    report(frame.filter(pl.col(HID).is_null()), "E512", people, findings, HID)
    return frame, len(ids) - ids.null_count()


def _from_order(heads: pl.DataFrame) -> pl.Expr:
    """``area-group-order``: the order of walking, or where that is not known of the list."""
    place = [
        pl.col(name).fill_null("0") if name in heads.columns else pl.lit("0")
        for name in ("area", "group")
    ]
    count = pl.int_range(1, pl.len() + 1).over(place)
    order = pl.coalesce("walk_order", count) if "walk_order" in heads.columns else count
    return pl.concat_str(*place, order, separator="-")


def report(
    rows: pl.DataFrame,
    code: str,
    people: PersonList,
    findings: Findings,
    column: str = "",
    **facts: object,
) -> None:
    """Report each of some rows, at one of its columns where the fault has one."""
    number = people.matching.columns[column] + 1 if people.has(column) else 0
    ids = rows[HID] if HID in rows.columns else [None] * rows.height
    for row, household in zip(rows[ROW], ids, strict=True):
        findings.add(code, people.file, row, number, None, household=household or "?", **facts)


def mark(frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """The frame with some of its rows marked ``bad``."""
    return (
        frame.with_columns((pl.col(BAD) | pl.col(ROW).is_in(rows.implode())).alias(BAD))
        if len(rows)
        else frame
    )
