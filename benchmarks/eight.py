"""The card of the benchmarks: eight policies of land and cash, which every household of a made-up
roster has.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
from timing import PYTHON, ROOT, run

POLICIES = (
    "barley-seed",
    "farm-inputs",
    "forage-seed-subsidy",
    "grain-growing",
    "grassland-balance-reward",
    "grassland-grazing-ban",
    "herder-production-materials",
    "public-welfare-forest",
)
COLUMNS = ("禁牧面积", "草畜平衡面积", "牧草良种面积", "公益林面积", "青稞良种面积", "粮食播种面积")
VILLAGE = 180


def prepared(folder: Path, households: int, name: str = "roster") -> None:
    """A roster of so many households in a folder, beside it the catalogue with the areas that it
    names.
    """
    made = roster(folder / name, households)
    policies = catalogue(folder / "policies")
    if (made / "areas.csv").exists():
        shutil.copy(made / "areas.csv", policies / "areas.csv")


def catalogue(folder: Path) -> Path:
    """The shipped catalogue without its other policies, as a folder."""
    shutil.copytree(ROOT / "policies", folder, dirs_exist_ok=True)
    (folder / "topics.yaml").unlink()
    for file in folder.glob("*/*.yaml"):
        if file.stem not in POLICIES:
            file.unlink()
    return folder


def roster(folder: Path, households: int) -> Path:
    """A made-up roster in which every household has some of each kind of land, as a folder of
    CSV.
    """
    villages = max(1, households // VILLAGE)
    sample = (
        "roster",
        "sample",
        "--villages",
        str(villages),
        "--households",
        str(households),
        "--out",
        str(folder),
    )
    run(PYTHON, "-c", "from policycards.cli import main; main()", *sample)()
    path = folder / "households.csv"
    table = pl.read_csv(path, infer_schema=False)
    row = pl.int_range(pl.len())
    areas = [
        ((row * (7 + 4 * place) % 20000 + 50) / 10).round(1).cast(pl.String).alias(name)
        for place, name in enumerate(COLUMNS)
    ]
    table.with_columns(areas).write_csv(path, include_bom=True)
    return folder
