"""Which household each row belongs to: by the numbers of the list, which may begin again in each
village, else by where a head begins one; and the ids that come of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from policycards.core.problems import Place, problem
from policycards.households.roster.findings import ROW_BITS, Findings
from policycards.households.roster.identity_numbers import (
    Digest,
    derived_id,
    derived_ids,
    is_identity,
    normal_form,
)
from policycards.households.roster.lists import BAD, HEAD, IDENTITY, STRANGE, STRAY, PersonList
from policycards.tables.csv_reader import ROW

HID = "household_id"
_RUN, _TABLE = "_run", "_table"


@dataclass(frozen=True, slots=True)
class Ids:
    """How many ids were derived from identity numbers, and whether the numbers of the list begin
    again in each village.
    """

    derived: int = 0
    by_village: bool = False


def with_ids(
    people: PersonList, digest: Digest | None, villages: Collection[str], findings: Findings
) -> tuple[pl.DataFrame, Ids]:
    """A list's rows with the id of each row's household.

    A row that belongs to no household is reported and has no id. A row without a number belongs to
    the household above, down to the next number or head; a row whose relation nobody knows might
    begin a household, so the one above is not printed.
    """
    frame = people.frame
    if HID not in frame.columns or frame[HID].null_count() == frame.height:
        return _derived(frame, people, digest, findings)
    frame, derived = hashed(frame, digest, villages, people, findings)
    frame = _filled_down(frame, people, findings)
    report(frame.filter(pl.col(HID).is_null()), "E512", people, findings, HID)
    frame, by_village = _by_village(frame, people, findings)
    return frame, Ids(derived, by_village)


def hashed(
    frame: pl.DataFrame,
    digest: Digest | None,
    villages: Collection[str],
    people: PersonList,
    findings: Findings,
) -> tuple[pl.DataFrame, int]:
    """Identity numbers that stand for household ids, in whatever disguise, give way to derived ids,
    or to nothing where there is no key.
    """
    long = frame.filter(pl.col(HID).str.len_chars() >= 15)[HID].unique().sort()
    shaped = pl.Series([text for text in long if is_identity(text, villages)], dtype=pl.String)
    if shaped.is_empty():
        return frame, 0
    if digest is None:
        report(frame.filter(pl.col(HID).is_in(shaped)), "E586", people, findings, HID, named=False)
    ids = [derived_id(normal_form(each), digest) if digest else None for each in shaped]
    new = pl.Series(ids, dtype=pl.String)
    refused = pl.col(HID).is_in(shaped) if digest is None else pl.lit(False)
    frame = frame.with_columns(
        (pl.col(BAD) | refused.fill_null(False)).alias(BAD),
        pl.col(HID).replace_strict(shaped, new, default=pl.col(HID)),
    )
    if digest is None:
        frame = _without(frame, people.frame, shaped)
    return frame, len(set(ids) - {None})


def _without(frame: pl.DataFrame, before: pl.DataFrame, shaped: pl.Series) -> pl.DataFrame:
    """The rows but those whose number was refused, and those below that belong to them."""
    refused = before[HID].is_in(shaped).fill_null(False)
    own = before[HID].is_not_null()
    below = pl.select(pl.when(own).then(refused).otherwise(None).forward_fill()).to_series()
    return frame.filter(~below.fill_null(False))


def _filled_down(frame: pl.DataFrame, people: PersonList, findings: Findings) -> pl.DataFrame:
    """Numbers for the rows that have none: that of the household above."""
    missing = frame[HID].null_count()
    if not missing:
        return frame
    has_relation = people.has("relation")
    table = pl.col(ROW).cast(pl.Int64).floordiv(1 << ROW_BITS)
    frame = frame.with_columns(_numbered=pl.col(HID).is_not_null())
    begins = pl.col("_numbered") | (pl.col(HEAD) & ~pl.col(STRAY))
    frame = frame.with_columns(table.alias(_TABLE), begins.cum_sum().alias(_RUN))
    if not has_relation and not people.is_of_heads:
        again = frame.filter(pl.col("_numbered") & (pl.col(HID) == pl.col(HID).shift(1)))
        if again.height:  # each person's row has the number, so one without has lost it
            keep = pl.col(STRAY)
            filled = pl.when(keep).then(pl.col(HID).forward_fill().over(_TABLE)).otherwise(HID)
            return frame.with_columns(filled.alias(HID)).drop(_TABLE, _RUN, "_numbered")
    frame = frame.with_columns(pl.col(HID).forward_fill().over(_TABLE, _RUN))
    frame = _with_headless(frame)
    filled_rows = frame.filter(~pl.col("_numbered") & pl.col(HID).is_not_null())
    strange = filled_rows.filter(pl.col(STRANGE))
    report(strange, "E567", people, findings, "relation")
    frame = mark(frame, strange[ROW])
    others = frame.filter(~pl.col(HEAD))
    if has_relation and 2 * others["_numbered"].sum() >= others.height > 0:
        report(filled_rows.filter(~pl.col(STRAY) & ~pl.col(BAD)), "W561", people, findings, HID)
    return frame.drop(_TABLE, _RUN, "_numbered")


def _with_headless(frame: pl.DataFrame) -> pl.DataFrame:
    """A household without a head, above a head without a number, may be that head's: marked."""
    runs = frame.group_by(_TABLE, _RUN, maintain_order=True).agg(
        pl.col(HID).first(), pl.col(HEAD).any().alias("_headed"), pl.col(ROW).last()
    )
    lost = pl.col(HID).is_null() & pl.col("_headed")
    torn = runs.filter(~pl.col("_headed") & pl.col(HID).is_not_null() & lost.shift(-1).over(_TABLE))
    return mark(frame, torn[ROW]) if runs["_headed"].any() else frame


def _by_village(
    frame: pl.DataFrame, people: PersonList, findings: Findings
) -> tuple[pl.DataFrame, bool]:
    """Ids of village and number, where a number stands for households of several villages."""
    if "area" not in frame.columns:
        return frame, False
    several = (
        frame.lazy()
        .filter(pl.col(HID).is_not_null() & pl.col("area").is_not_null())
        .group_by(HID)
        .agg(pl.col("area").n_unique().alias("n"))
        .filter(pl.col("n") > 1)
        .collect()
    )
    if several.is_empty():
        return frame, False
    table = pl.col(ROW).cast(pl.Int64).floordiv(1 << ROW_BITS)
    has_heads = bool(frame[HEAD].any())
    named = pl.when(pl.col(HEAD) if has_heads else pl.lit(True)).then("area")
    frame = frame.with_columns(pl.struct(pl.col(HID), table).rle_id().alias(_RUN))
    frame = frame.with_columns(named.forward_fill().over(_RUN).alias("_village"))
    frame = frame.with_columns(pl.struct(_RUN, "_village").rle_id().alias(_RUN)).drop("_village")
    runs = frame.group_by(_RUN, maintain_order=True).agg(
        pl.col(HID).first(),
        pl.col("area").drop_nulls().first().alias("_village"),
        pl.col(HEAD).any().alias("_headed"),
    )
    begun = runs.filter(pl.col("_headed")) if has_heads else runs
    restarts = (
        begun.drop_nulls("_village").group_by(HID).agg(pl.col("_village").n_unique().alias("n"))
    ).filter(pl.col("n") > 1)
    if restarts.is_empty():
        return frame.drop(_RUN), False
    known = begun.drop_nulls("_village").select(HID, "_village").unique()
    only = known.filter(pl.len().over(HID) == 1).rename({"_village": "_only"})
    runs = runs.join(only, on=HID, how="left", maintain_order="left")
    runs = runs.join(
        known.with_columns(_sure=pl.lit(True)),
        on=[HID, "_village"],
        how="left",
        maintain_order="left",
    )
    home = pl.when("_sure").then("_village").when(pl.col("_village").is_null()).then("_only")
    runs = runs.with_columns(home.alias("_home"))
    frame = frame.join(runs.select(_RUN, "_home"), on=_RUN, how="left", maintain_order="left")
    lost = frame.filter(pl.col("_home").is_null() & pl.col(HID).is_not_null())
    report(lost, "E568", people, findings, HID)
    id_ = pl.concat_str("_home", HID, separator="-")
    frame = frame.with_columns(id_.alias(HID), pl.col("area").fill_null(pl.col("_home")))
    return frame.drop(_RUN, "_home"), True


def _derived(
    frame: pl.DataFrame, people: PersonList, digest: Digest | None, findings: Findings
) -> tuple[pl.DataFrame, Ids]:
    """A household begins with each head; its id comes from the head's identity number where there
    is one.
    """
    table = pl.col(ROW).cast(pl.Int64).floordiv(1 << ROW_BITS)
    begins = pl.col(HEAD) & ~pl.col(STRAY)
    frame = frame.drop(HID, strict=False).with_columns(begins.cum_sum().alias(_RUN))
    frame = frame.with_columns(table.alias(_TABLE))
    strange = frame.filter(pl.col(STRANGE) & ~pl.col(STRAY))
    report(strange, "E567", people, findings, "relation")
    frame = mark(frame, strange[ROW])
    heads = frame.filter(begins)
    if "area" in heads.columns and "area" in frame.columns:
        filled = pl.col("area").fill_null(pl.col("area").drop_nulls().first().over(_RUN))
        heads = frame.with_columns(filled.alias("area")).filter(begins)
    numbers = (
        heads[IDENTITY]
        if IDENTITY in heads.columns
        else pl.Series([None] * heads.height, dtype=pl.String)
    )
    ids = pl.Series(HID, derived_ids(numbers, digest), dtype=pl.String)
    heads = heads.with_columns(ids).with_columns(pl.coalesce(HID, _from_order(heads)).alias(HID))
    if ids.null_count():
        place = Place(people.file, people.matching.row)
        findings.extend([problem("W545", place, count=ids.null_count())])
    frame = frame.join(
        heads.select(_RUN, _TABLE, HID), on=[_RUN, _TABLE], how="left", maintain_order="left"
    ).drop(_RUN, _TABLE)
    report(frame.filter(pl.col(HID).is_null()), "E512", people, findings, HID)
    return frame, Ids(len(ids) - ids.null_count())


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
    *,
    named: bool = True,
    **facts: object,
) -> None:
    """Report each of some rows, at one of its columns where the fault has one."""
    ids = rows[HID] if named and HID in rows.columns else [None] * rows.height
    for row, household in zip(rows[ROW], ids, strict=True):
        at = people.column(row, column) if column else 0
        findings.add(code, row, at, None, household=household or "?", **facts)


def mark(frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """The frame with some of its rows marked ``bad``."""
    return (
        frame.with_columns((pl.col(BAD) | pl.col(ROW).is_in(rows.implode())).alias(BAD))
        if len(rows)
        else frame
    )
