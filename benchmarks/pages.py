"""Pages, sheets a card and how full the pages are, of each printed piece of the shipped catalogue,
and of the packs of the sample village and of a made-up list of 1,000 households.

``python benchmarks/pages.py [--households 1000]`` prints a table. How full a page is: the height from
the first to the last thing drawn on it, without rules of the foot, as a part of what is between the
margins; what is free between parts counts as free where it is higher than 12 mm.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree
from statistics import mean
from tempfile import TemporaryDirectory

import numpy as np
import pypdfium2

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "rosters" / "sample-village.xlsx"
DAY = ("--as-of", "2024-12-31")
HOUSEHOLD = "5499011012010003"
VILLAGES = 6
"""Of the shipped areas."""
DPI = 24
MARGIN = 7.0
"""mm around what is measured."""
GAP = 12.0
"""mm of white across the page that counts as free."""
PIECES = (
    ("general card, A4", ("card", "--design", "a4"), "card-549901-a4.pdf"),
    ("general card, A3", ("card", "--design", "a3"), "card-549901-a3.pdf"),
    ("general card, larger type", ("card", "--large"), "card-549901-a4-large.pdf"),
    ("poster of raised standards", ("poster",), "poster.pdf"),
    ("booklet", ("booklet",), "booklet.pdf"),
    *(
        (f"leaflet, {topic}", ("leaflet", "--topic", topic), f"leaflet-{topic}.pdf")
        for topic in ("birth", "schooling", "old-age", "pasture", "farming", "disability", "border")
    ),
)
LATER = ("--as-of", "2026-11-01")
"""When more has been raised, for slips and notices."""
PUBLISH = ("--draft", *DAY, "--prepared", "示例编制", "--approved", "示例审批")


@dataclass(frozen=True, slots=True)
class Measured:
    """A file: its pages, and the mean of how full they are."""

    name: str
    pages: int
    fill: float


def policycards(*arguments: str | Path) -> None:
    """One command, quiet unless it fails."""
    words = [sys.executable, "-c", "from policycards.cli import main; main()", *map(str, arguments)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)


def measured(name: str, file: Path) -> Measured:
    with pypdfium2.PdfDocument(file) as document:
        return Measured(name, len(document), mean(fills(document)))


def fills(document: pypdfium2.PdfDocument) -> Iterator[float]:
    """How full each page is; one that is blank, as the back of an odd leaf, is left out."""
    for page in document:
        gray = np.asarray(page.render(scale=DPI / 72, grayscale=True).to_pil())
        edge = round(MARGIN / 25.4 * DPI)
        inked = (gray[edge:-edge, edge:-edge] < 250).any(axis=1)
        if inked.any():
            yield 1 - free(inked) / len(inked)


def free(inked: np.ndarray) -> int:  # type: ignore[type-arg]
    """Lines of white in stretches that are higher than the gap between two parts."""
    least, run, total = GAP / 25.4 * DPI, 0, 0
    for line in [*inked, True]:
        if line:
            total += run if run > least else 0
            run = 0
        else:
            run += 1
    return total


def office(folder: Path) -> Iterator[Measured]:
    """What stays in the office: the notice for the board, the approval sheet, the readers' sheet."""
    policycards("edition", "diff", DAY[1], LATER[1], "--print", folder / "notice.pdf")
    yield measured("notice for the board", folder / "notice.pdf")
    policies = folder / "policies"
    copytree(ROOT / "policies", policies)
    policycards("edition", "publish", "demo", *PUBLISH, "--policies", policies, "--out", folder)
    yield measured("approval sheet", folder / "approval-demo.pdf")
    policycards("review", "export", "--out", folder / "review")
    yield measured("sheet for readers of Tibetan", folder / "review.pdf")
    policycards("explain", SAMPLE, HOUSEHOLD, *DAY, "--print", folder / "explanation.pdf")
    yield measured("explanation for a household", folder / "explanation.pdf")


def slips(folder: Path, roster: Path, name: str) -> Iterator[tuple[str, str, str]]:
    """Change slips and the notices of villages for the cards of a run that are stale later."""
    (run,) = (each.parents[1] for each in folder.rglob("run.json"))
    policycards("stale", run, roster, "--to", LATER[1], "--out", folder / "stale")
    reissues = ("--reissue-list", folder / "stale" / "reissue.csv")
    policycards("slips", roster, *reissues, *LATER, "--out", folder / "slips")
    for stem in ("slips", "notice"):
        yield from counted(f"{name}: {stem}", sorted((folder / "slips").rglob(f"{stem}.pdf")))


def counted(name: str, files: Sequence[Path]) -> Iterator[tuple[str, str, str]]:
    """The pages of files of one kind, and how full they are."""
    found = [measured(name, file) for file in files]
    if found:
        pages = sum(each.pages for each in found)
        fill = sum(each.fill * each.pages for each in found) / pages
        yield f"{name}, {len(found)} files", f"{pages}", f"{fill:.0%}"


def packs(folder: Path, roster: Path, name: str, cards: int) -> Iterator[tuple[str, str, str]]:
    """The files of all villages' packs, with pages or sheets a card, and how full they are."""
    policycards("print", roster, *DAY, "--out", folder)
    for stem in ("cards", "cover", "register"):
        for what, pages, fill in counted(f"{name}: {stem}", sorted(folder.rglob(f"{stem}.pdf"))):
            # A side of paper is a page of the file; two are a sheet.
            sheets = f"{int(pages) / 2 / cards:.2f} sheets a card"
            yield what, sheets if stem == "cards" else pages, fill
    yield from slips(folder, roster, name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=1000)
    households = parser.parse_args().households
    rows: list[tuple[str, str, str]] = []
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, command, file in PIECES:
            policycards(*command, *DAY, "--out", folder / "pieces")
            found = measured(name, folder / "pieces" / file)
            rows.append((name, str(found.pages), f"{found.fill:.0%}"))
        rows += [
            (each.name, str(each.pages), f"{each.fill:.0%}") for each in office(folder / "office")
        ]
        made_up = folder / "made-up.xlsx"
        villages = ("--villages", str(VILLAGES))
        policycards(
            "roster", "sample", "--households", str(households), *villages, "--out", made_up
        )
        rows += packs(folder / "sample", SAMPLE, "sample", 40)
        rows += packs(folder / "made-up", made_up, "made up", households)
    print("| piece | pages | mean fill |\n|---|---|---|")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
