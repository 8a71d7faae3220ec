"""How long it takes to read and check the roster of a whole region in one CSV, and a workbook of
merged cells, against polars and calamine only reading the same files.

Run: ``python benchmarks/rosters.py [HOUSEHOLDS]``; 968,000 by default.
"""

from __future__ import annotations

import csv
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import polars as pl
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from policycards.catalogue import read_catalogue
from policycards.households.exchange.sample import write_sample_folder
from policycards.households.roster.read_roster import read_roster

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2024, 9, 1)


def one_csv(folder: Path, out: Path) -> None:
    """Households and members of a sample as one list with a row a person."""
    with (folder / "households.csv").open(encoding="utf-8-sig", newline="") as file:
        homes = {row["户编号"]: row for row in csv.DictReader(file)}
    names = [name for name in next(iter(homes.values())) if name != "户编号"]
    with (
        (folder / "members.csv").open(encoding="utf-8-sig", newline="") as file,
        out.open("w", encoding="utf-8", newline="") as target,
    ):
        reader = csv.DictReader(file)
        people = [name for name in reader.fieldnames or () if name not in names]
        writer = csv.writer(target)
        writer.writerow([*people, *names])
        for row in reader:
            home = homes.pop(row["户编号"], None)
            own = [home[name] if home else "" for name in names]
            writer.writerow([*(row[name] for name in people), *own])


def merged_workbook(out: Path, households: int) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["户编号", "区划代码", "组", "姓名", "与户主关系", "出生日期", "禁牧面积"])
    for home in range(households):
        top = 2 + 4 * home
        for person in range(4):
            first = [f"H{home}", "549901101201", "一组"] if not person else [None] * 3
            sheet.append(
                [
                    *first,
                    f"扎西{home}{'甲乙丙丁'[person]}",
                    "子" if person else "户主",
                    "1990-01-02",
                    3,
                ]
            )
        for column in "ABCG":
            sheet.merge_cells(f"{column}{top}:{column}{top + 3}")
    book.save(out)


def timed(what: str, work: object) -> float:
    start = time.process_time()
    assert callable(work)
    work()
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{what}: {spent:.1f} s of processor time, at most {peak:.2f} GB so far", flush=True)
    return spent


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 968_000
    catalogue, _problems = read_catalogue(ROOT / "policies")
    assert catalogue is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workbook, large = folder / "merged.xlsx", folder / "region.csv"
        merged_workbook(workbook, 2000)
        base = timed(
            "calamine, 2,000 households with merged cells",
            lambda: CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python(),
        )
        own = timed("read_roster, the same", lambda: read_roster(workbook, catalogue, today=TODAY))
        print(f"ratio {own / base:.1f}")
        if len(sys.argv) > 2:
            large = Path(sys.argv[2])
        else:
            write_sample_folder(catalogue, folder / "sample", 6, count, 1)
            one_csv(folder / "sample", large)
        print(f"{large.stat().st_size / 1e6:.0f} MB in one CSV", flush=True)
        base = timed("polars", lambda: pl.read_csv(large, infer_schema=False))
        own = timed("read_roster", lambda: read_roster(large, catalogue, today=TODAY))
        print(f"ratio {own / base:.1f}")


if __name__ == "__main__":
    main()
