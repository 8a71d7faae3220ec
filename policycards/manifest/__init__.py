"""What a run printed: each card and each line on it, as tables that outlive the run.

Three Parquet files in the folder ``run`` of an edition's folder: ``manifest-cards`` and
``manifest-spares`` go to the ledger, ``manifest-lines`` stays at the county. None of them has a
name of a person.
"""

from policycards.manifest.manifest_columns import (
    CARDS,
    FACTS,
    LINES,
    SPARES,
    Digest,
    Table,
    fingerprint,
    frame,
)
from policycards.manifest.parquet import (
    as_text,
    file_of,
    part,
    read_cards,
    read_lines,
    read_spares,
    repeated,
    scan_lines,
    write_csv_twins,
)

__all__ = [
    "CARDS",
    "FACTS",
    "LINES",
    "SPARES",
    "Digest",
    "Table",
    "as_text",
    "file_of",
    "fingerprint",
    "frame",
    "part",
    "read_cards",
    "read_lines",
    "read_spares",
    "repeated",
    "scan_lines",
    "write_csv_twins",
]
