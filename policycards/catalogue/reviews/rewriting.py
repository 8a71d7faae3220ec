"""Tibetan texts replaced where they stand, and the reviews beside them: all that a reader decided,
or nothing.

Only the scalar or the cell of a text changes; comments, order, layout and line ends around it stay
as they are.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from policycards.catalogue.editing.yaml_edit import with_texts
from policycards.catalogue.model.catalogue import LocatedText, Review, Reviews
from policycards.catalogue.model.form import read_form
from policycards.catalogue.reviews.verdicts import Decisions
from policycards.core.files import read_file, shown_path
from policycards.core.journal import NewFile, replace_files
from policycards.core.problems import Problem, problem
from policycards.tables.encoding import decode

REVIEWS = "reviews.yaml"


def apply_decisions(folder: Path, decisions: Decisions) -> list[Problem]:
    """Write what a reader decided into the catalogue's folder; with an error, nothing was written.
    Raises OSError.
    """
    by_file: dict[str, list[tuple[LocatedText, str]]] = {}
    for located, new in decisions.corrections:
        by_file.setdefault(located.bo.file, []).append((located, new))
    files: list[NewFile] = []
    for file, changes in sorted(by_file.items()):
        name = file.removeprefix(shown_path(folder)).lstrip("/")
        content = read_file(folder / name)
        if name.endswith(".csv"):
            changed = with_cells(content, changes)
        else:
            changed = with_texts(content, [((*each.path, "bo"), new) for each, new in changes])
        if changed is None:
            return [problem("E878", changes[0][0].bo)]
        files.append(NewFile(name, content, changed))
    reviews, problems = _with_reviews(folder, decisions.reviews)
    return problems or replace_files(folder, [*files, *reviews])


def with_cells(content: bytes, changes: Iterable[tuple[LocatedText, str]]) -> bytes | None:
    """A table with other Tibetan cells; every other row stays as it is, letter by letter."""
    text, _problems = decode(content, "", table=True)
    if text is None:
        return None
    changed: dict[int, dict[str, str]] = {}
    for located, new in changes:
        column = "bo" if located.owner == "areas" else f"{located.path[-1]}_bo"
        changed.setdefault(located.bo.line, {})[column] = new
    lines = list(io.StringIO(text, newline=""))
    reader, columns, made = csv.reader(lines, strict=True), list[str](), list[str]()
    start = 0
    for cells in reader:
        columns = columns or [cell.strip() for cell in cells]
        row, start = lines[start : reader.line_num], reader.line_num
        if (number := start - len(row) + 1) in changed:
            row = [_row(dict(zip(columns, cells, strict=False)) | changed[number], row[-1])]
        made += row
    is_marked = content.startswith(codecs.BOM_UTF8) or text.encode() != content
    return (codecs.BOM_UTF8 if is_marked else b"") + "".join(made).encode("utf-8")


def _row(cells: Mapping[str, str], last: str) -> str:
    """A row with the line end that it had."""
    row = io.StringIO(newline="")
    csv.writer(row, lineterminator=last[len(last.rstrip("\r\n")) :]).writerow(cells.values())
    return row.getvalue()


def _with_reviews(folder: Path, added: Iterable[Review]) -> tuple[list[NewFile], list[Problem]]:
    """``reviews.yaml`` with more reviews, in the order of their digests; nothing where none is
    added.
    """
    path, added = folder / REVIEWS, list(added)
    if not added:
        return [], []
    old, known = None, Reviews()
    if path.exists():
        old = read_file(path)
        read, problems, _places = read_form(path, Reviews)
        if read is None:
            return [], problems
        known = read
    merged = {review.text: review for review in (*added, *known.reviews)}
    text = "".join(_entry(review) for _digest, review in sorted(merged.items()))
    return [NewFile(REVIEWS, old, f"reviews:\n{text}".encode())], []


def _entry(review: Review) -> str:
    facts = {"text": review.text, "by": review.by, "office": review.office, "on": str(review.on)}
    lines = [f"{key}: {json.dumps(fact, ensure_ascii=False)}\n" for key, fact in facts.items()]
    return "  - " + "    ".join(lines)
