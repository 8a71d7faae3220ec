"""What nobody could tell: per village the cells to fill in, and the money that may hide behind each
(应享未享排查).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.households.entitlements.expressions import money
from policycards.households.entitlements.sums import is_single, times_a_year
from policycards.households.model import Roster
from policycards.households.roster.fields import labels_of
from policycards.tables.csv_writer import csv_file

_VILLAGE = ("area", "village_zh", "village_bo")
_KIND = ["policy", "standard", "value", "missing"]
_AT_STAKE = ("policies", "per_year", "once")
_LIST = (
    "household_id",
    "group",
    "name_zh",
    "name_bo",
    "column_zh",
    "column_bo",
    "fill",
    *_AT_STAKE,
)
_HEADINGS = {
    "area": "区划代码 ས་ཁུལ་གྱི་ཨང་རྟགས",
    "village_zh": "村",
    "village_bo": "གྲོང་ཚོ",
    "column_zh": "要填的列",
    "column_bo": "འབྲི་དགོས་པའི་སྟར",
    "fill": "填在这里 འདིར་འབྲི",
    "households": "涉及户数 དུད་ཚང་གི་གྲངས",
    "of": "全村户数 གྲོང་ཚོའི་དུད་ཚང་ཡོངས",
    "policies": "可能漏掉的政策 སྲིད་ཇུས",
    "per_year": "最多可能涉及（元/年） མང་མཐར་ལོ་རེར་སྒོར",
    "once": "最多可能涉及（元，一次性） མང་མཐར་ཐེངས་གཅིག་སྒོར",
    "household_id": "户编号 དུད་ཚང་གི་ཨང་གྲངས",
    "group": "组 གྲོང་མིའི་ཚོ་ཆུང",
    "name_zh": "户主姓名",
    "name_bo": "ཁྱིམ་བདག་གི་མིང",
}


@dataclass(frozen=True, slots=True)
class Undetermined:
    """Which columns are to be filled in, and for which households.

    ``villages`` has a row for each village and column, ``households`` one for each household and
    column, without the columns that are empty for a whole village. Money is cash as far as its
    quantity is known, at the most.
    """

    villages: pl.DataFrame
    households: pl.DataFrame


def cannot_tell(frame: pl.DataFrame, roster: Roster, catalogue: Catalogue) -> Undetermined:
    """What to ask, village by village, from the rows of ``entitlements`` that want something."""
    wanting = frame.filter(pl.col("missing") != "")
    kinds, homes = _kinds(wanting, catalogue), roster.households.with_row_index("home")
    places = homes.select("household_id", "home", pl.col("area").cast(pl.Categorical))
    cells = (
        wanting.join(_cells(kinds), on=_KIND, how="left", nulls_equal=True, maintain_order="left")
        .join(places, on="household_id", how="left", maintain_order="left")
        .select("home", "area", "column", "kind", "quantity")
    )
    counts = cells.group_by("area", "column").agg(
        pl.col("home").n_unique().cast(pl.Int64).alias("households")
    )
    villages = (
        _summed(cells, ["area", "column"], kinds)
        .join(counts, on=["area", "column"], how="left")
        .with_columns(pl.col("area", "column").cast(pl.String))
        .join(_villages(roster, catalogue), on="area", how="left")
        .join(_columns(catalogue), on="column", how="left")
    )
    some = villages.filter(pl.col("households") < pl.col("of")).select(
        *_VILLAGE, "column", "column_zh", "column_bo"
    )
    keys = [pl.col(name).cast(cells.schema[name]) for name in ("area", "column")]
    own = cells.join(some.select(keys), on=["area", "column"], how="semi", maintain_order="left")
    households = (
        _summed(own, ["home", "column"], kinds)
        .with_columns(pl.col("column").cast(pl.String))
        .join(
            homes.select("home", "area", "household_id", "group", "name_zh", "name_bo"),
            on="home",
            how="left",
        )
        .join(some, on=["area", "column"], how="left")
        .sort("home", "column")
    )
    columns = (*_VILLAGE, "column_zh", "column_bo", "households", "of", *_AT_STAKE)
    known = (
        *_VILLAGE,
        "group",
        "household_id",
        "name_zh",
        "name_bo",
        "column_zh",
        "column_bo",
        *_AT_STAKE,
    )
    return Undetermined(
        villages.select(columns).sort("area", "column_zh"), households.select(known)
    )


def _kinds(wanting: pl.DataFrame, catalogue: Catalogue) -> pl.DataFrame:
    """Each standard with each value and each list of columns in want: what it is called, how often
    its cash counts.
    """
    figure = pl.col("value").cast(pl.String).str.replace(r"\.0+$", "")
    rate = pl.format("{}（{}）", "name", pl.col("rate").str.replace("{n}", figure, literal=True))
    kinds = wanting.select(_KIND).unique(maintain_order=True).with_row_index("kind")
    known = _standards(catalogue).with_columns(
        pl.col(name).cast(wanting.schema[name]) for name in ("policy", "standard")
    )
    named = kinds.join(known, on=["policy", "standard"], how="left", maintain_order="left")
    return named.with_columns(pl.coalesce(rate, "name").alias("name")).drop("rate")


def _cells(kinds: pl.DataFrame) -> pl.DataFrame:
    """Kinds with each of the columns in want."""
    cells = kinds.select("kind", *_KIND, pl.col("missing").str.split(" ").alias("column"))
    return cells.explode("column").with_columns(pl.col("column").cast(pl.Categorical))


def _summed(cells: pl.DataFrame, keys: list[str], kinds: pl.DataFrame) -> pl.DataFrame:
    """For each of some groups of cells the standards that may be missed, and the most cash of them.

    Quantities are summed before they are multiplied, because the values are the same and the cells
    are millions.
    """
    scale = kinds.schema["value"].scale + cells.schema["quantity"].scale  # type: ignore[attr-defined]
    at_stake = pl.col("value").cast(money(scale)) * pl.col("quantity").cast(money(scale))
    sums = cells.group_by(*keys, "kind", maintain_order=True).agg(pl.col("quantity").sum())
    named = kinds.select("kind", "name", "value", "times", "single")
    stakes = sums.join(named, on="kind", how="left", maintain_order="left").with_columns(
        (at_stake * pl.col("times")).fill_null(0).cast(money(2)).alias("per_year"),
        (at_stake * pl.col("single")).fill_null(0).cast(money(2)).alias("once"),
    )
    names = pl.col("name").unique(maintain_order=True).str.join("、").alias("policies")
    return stakes.group_by(*keys, maintain_order=True).agg(names, pl.col("per_year", "once").sum())


def _standards(catalogue: Catalogue) -> pl.DataFrame:
    """What a standard's cash is called and counts in a year and once; only the name for other kinds
    of money.
    """
    rows: list[tuple[str, str, str, str | None, int, int]] = []
    for policy in catalogue.policies:
        for standard in policy.standards:
            unit = (
                catalogue.unit(standard.unit) if standard.pays == "cash" and standard.unit else None
            )
            counts = (times_a_year(unit.period), int(is_single(unit.period))) if unit else (0, 0)
            rows.append(
                (policy.id, standard.id, policy.name.zh, unit.label.zh if unit else None, *counts)
            )
    kinds = {"policy": pl.String, "standard": pl.String, "name": pl.String, "rate": pl.String}
    return pl.DataFrame(rows, schema={**kinds, "times": pl.Int32, "single": pl.Int32}, orient="row")


def _villages(roster: Roster, catalogue: Catalogue) -> pl.DataFrame:
    counts = roster.households.group_by("area").agg(pl.len().cast(pl.Int64).alias("of"))
    names = [
        catalogue.areas[code].name if code in catalogue.areas else None for code in counts["area"]
    ]
    return counts.with_columns(
        pl.Series("village_zh", [name.zh if name else "" for name in names], dtype=pl.String),
        pl.Series("village_bo", [name.bo if name else "" for name in names], dtype=pl.String),
    )


def _columns(catalogue: Catalogue) -> pl.DataFrame:
    rows = [(name, label.zh, label.bo) for name, label in labels_of(catalogue).items()]
    return pl.DataFrame(rows, schema=["column", "column_zh", "column_bo"], orient="row")


def village_lists(unsettled: Undetermined) -> Iterator[tuple[str, bytes]]:
    """For each village, by its code, the list of what to fill in: a CSV with a free cell in each
    row.

    What nobody of a village has comes first, once for all; then household by household in the order
    of the pile.
    """
    everybody = unsettled.villages.filter(pl.col("households") == pl.col("of")).with_columns(
        pl.lit("").alias("household_id"),
        pl.lit("").alias("group"),
        pl.format("全村{}户", "households").alias("name_zh"),
        pl.format("གྲོང་ཚོའི་དུད་ཚང་ཡོངས་{}", "households").alias("name_bo"),
    )
    rows = pl.concat([everybody.select(unsettled.households.columns), unsettled.households])
    for (area,), own in rows.sort("area", maintain_order=True).group_by(
        "area", maintain_order=True
    ):
        yield str(area), _csv(own.with_columns(pl.lit("").alias("fill")).select(_LIST))


def overview(villages: pl.DataFrame) -> bytes:
    """How many cells are to be filled in, village by village and column by column: a CSV for the
    county.
    """
    return _csv(villages)


def _csv(rows: pl.DataFrame) -> bytes:
    return csv_file([_HEADINGS[name] for name in rows.columns], rows.iter_rows())
