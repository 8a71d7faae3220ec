"""Tables of a manifest: what is written is read, equal rows are equal bytes, and what is wrong is
told.
"""

import csv
import stat
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policycards import manifest
from policycards.manifest.manifest_columns import SCHEMAS
from policycards.qr import DEMO_KEY
from policycards.tables.csv_writer import as_text, csv_file, harmless

WILD = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    [
        "=1+1",
        "@扎西",
        "-12",
        "+8",
        "\ttab",
        "\rreturn",
        'say "x", y',
        "a\nb",
        "",
        "549901101201",
        "1-2",
        "\x00",
        "\ufeffx",
    ]
)
KINDS = {
    pl.String: WILD,
    pl.Int16: st.integers(-(2**15), 2**15 - 1),
    pl.Int32: st.integers(-(2**31), 2**31 - 1),
    pl.Decimal: st.decimals(-(10**13), 10**13, places=4),
}


def rows(table: manifest.Table) -> st.SearchStrategy[list[tuple[object, ...]]]:
    """Rows of wild values, with no code twice and holes where holes may be."""
    cells = [
        KINDS[kind.base_type()] | st.none() if name in MAY_BE_EMPTY else KINDS[kind.base_type()]
        for name, kind in SCHEMAS[table].items()
    ]
    return st.lists(st.tuples(*cells), max_size=6, unique_by=lambda row: row[0])


MAY_BE_EMPTY = {"group", "replaces", "policy", "value", "quantity", "amount"}
READERS: dict[manifest.Table, Callable[[Path], tuple[pl.DataFrame | None, list[object]]]] = {
    "cards": manifest.read_cards,  # type: ignore[dict-item]
    "lines": manifest.read_lines,  # type: ignore[dict-item]
    "spares": manifest.read_spares,  # type: ignore[dict-item]
}


def written(folder: Path, table: manifest.Table, data: bytes) -> Path:
    file = manifest.file_of(folder, table)
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    return file


@given(st.data(), st.sampled_from(list(SCHEMAS)))
def test_whatever_is_written_is_read_and_equal_rows_are_equal_bytes(
    data: st.DataObject, table: manifest.Table
) -> None:
    told = data.draw(rows(table))
    frame = manifest.frame(table, told)
    assert manifest.part(frame) == manifest.part(manifest.frame(table, told))
    with TemporaryDirectory() as folder:
        written(Path(folder), table, manifest.part(frame))
        read, problems = READERS[table](Path(folder))
    assert problems == []
    assert read is not None and read.schema == SCHEMAS[table]
    assert read.rows() == told


@given(st.data(), st.sampled_from(list(SCHEMAS)))
def test_a_csv_twin_has_every_cell_and_no_formula(
    data: st.DataObject, table: manifest.Table
) -> None:
    told = data.draw(rows(table))
    with TemporaryDirectory() as name:
        folder = Path(name)
        written(folder, table, manifest.part(manifest.frame(table, told)))
        (twin,) = manifest.write_csv_twins(folder)
        assert twin.read_bytes().startswith(b"\xef\xbb\xbf")
        with twin.open(encoding="utf-8-sig", newline="") as file:
            heading, *read = list(csv.reader(file))
        assert sorted(each.name for each in twin.parent.iterdir()) == [
            f"manifest-{table}.csv",
            f"manifest-{table}.parquet",
        ]
    assert heading == list(SCHEMAS[table])
    texts = [kind == pl.String() for kind in SCHEMAS[table].values()]
    for row, cells in zip(told, read, strict=True):
        for cell, is_text, found in zip(row, texts, cells, strict=True):
            if is_text:
                assert found == (
                    as_text(str(cell)) if cell is not None else ""
                ) or found == "'" + str(cell)
                assert found[:1] not in tuple("=+-@\r")
            else:
                assert (Decimal(found) if found else None) == cell


def test_the_csv_twin_of_the_lines_is_for_its_owner_only(tmp_path: Path) -> None:
    for table in SCHEMAS:
        written(tmp_path, table, manifest.part(manifest.frame(table, [])))
    modes = {
        twin.name: stat.S_IMODE(twin.stat().st_mode) for twin in manifest.write_csv_twins(tmp_path)
    }
    assert modes["manifest-lines.csv"] == 0o600
    assert list(modes) == ["manifest-cards.csv", "manifest-lines.csv", "manifest-spares.csv"]


def test_no_table_has_a_column_for_a_name() -> None:
    assert not [
        name for schema in SCHEMAS.values() for name in schema if "name" in name or "phone" in name
    ]
    assert list(manifest.CARDS) == [
        "code",
        "household",
        "area",
        "group",
        "pile",
        "edition",
        "copy",
        "replaces",
        "file",
        "page",
        "pages",
        "slot",
        "side",
    ]


def test_an_amount_that_the_table_cannot_hold_exactly_is_refused() -> None:
    row = ("7F3K9Q2M8ZT1", "eco-post", "a", Decimal("3500.00000"), None, Decimal("0.0001"), "")
    assert manifest.frame("lines", [row])["value"][0] == Decimal(3500)
    with pytest.raises(ValueError, match="has more than 4 decimals"):
        manifest.frame("lines", [(*row[:4], Decimal("0.00005"), *row[5:])])
    with pytest.raises(ValueError, match="no table of a manifest has these columns"):
        manifest.part(pl.DataFrame({"code": ["7F3K9Q2M8ZT1"]}))


CARD = (
    "7F3K9Q2M8ZT1",
    "h1",
    "549901101201",
    None,
    1,
    "2024b",
    1,
    None,
    "549901/549901101201/cards.pdf",
    2,
    2,
    0,
    "front",
)


def test_a_missing_manifest_is_told_with_its_folder(tmp_path: Path) -> None:
    read, problems = manifest.read_cards(tmp_path)
    assert read is None
    assert [str(each) for each in problems] == [
        f"{manifest.file_of(tmp_path, 'cards')}: error E730: this table of the manifest is missing,"
        f" so nobody can tell which cards were printed into {tmp_path}"
    ]
    assert manifest.read_spares(tmp_path)[1] == []


@pytest.mark.parametrize("keep", [0, 4, 11, 300, -1, -9])
def test_a_damaged_manifest_is_told(tmp_path: Path, keep: int) -> None:
    file = written(tmp_path, "cards", manifest.part(manifest.frame("cards", [CARD]))[:keep])
    read, problems = manifest.read_cards(tmp_path)
    assert read is None
    assert str(problems[0]).startswith(
        f"{file}: error E731: this table of the manifest is damaged: "
    )


def test_a_table_of_other_columns_is_told(tmp_path: Path) -> None:
    frame = manifest.frame("cards", [CARD])
    wrong = {
        "pile, side": frame.drop("side").cast({"pile": pl.Int64}),
        "note": frame.with_columns(note=pl.lit("x")),
        ", ".join(reversed(frame.columns)): frame.select(reversed(frame.columns)),
    }
    for columns, each in wrong.items():
        each.write_parquet(manifest.file_of(tmp_path, "cards"), mkdir=True)
        read, problems = manifest.read_cards(tmp_path)
        assert read is None
        assert [each.message() for each in problems] == [
            "this is no such table of a manifest; these columns are missing, of another kind or"
            f" too many: {columns}"
        ]


def test_codes_that_stand_twice_and_empty_cells_are_told(tmp_path: Path) -> None:
    written(
        tmp_path,
        "cards",
        manifest.part(manifest.frame("cards", [CARD, (CARD[0], None, *CARD[2:])])),
    )
    read, problems = manifest.read_cards(tmp_path)
    assert read is None
    assert [each.message() for each in problems] == [
        "the column household of this manifest has 1 empty cells, but every card needs it",
        (
            "card codes stand more than once in this manifest (1), the first is 7F3K9Q2M8ZT1; each"
            " must be one card"
        ),
    ]
    line = (CARD[0], None, "name", None, None, None, "0f")
    written(
        tmp_path,
        "lines",
        manifest.part(manifest.frame("lines", [line, (CARD[0], None, "home", *line[3:])])),
    )
    assert manifest.read_lines(tmp_path)[1] == []
    written(tmp_path, "lines", manifest.part(manifest.frame("lines", [line, line])))
    assert [each.code for each in manifest.read_lines(tmp_path)[1]] == ["E733"]
    assert manifest.repeated(pl.Series(["b", "a", "b", "a", "c"])) == ["a", "b"]


@given(st.lists(WILD, max_size=4), st.lists(WILD, max_size=4))
def test_fingerprints_are_equal_for_equal_texts_only(one: list[str], other: list[str]) -> None:
    first, second = (manifest.fingerprint(DEMO_KEY.digest, *texts) for texts in (one, other))
    assert (first == second) == (one == other)
    assert len(first) == 12


def test_a_fingerprint_is_another_with_another_key() -> None:
    assert manifest.fingerprint(DEMO_KEY.digest, "扎西") == "03a396631ab9"
    assert (
        manifest.fingerprint(
            lambda message, size: DEMO_KEY.digest(b"other" + message, size), "扎西"
        )
        != "03a396631ab9"
    )


@given(WILD)
def test_a_cell_is_changed_only_by_what_stands_before_it(text: str) -> None:
    for made in (harmless(text), as_text(text)):
        assert made.endswith(text) and len(made) <= len(text) + 1
    assert csv_file(["a"], [[text]]).decode("utf-8-sig").startswith("a\r\n")
