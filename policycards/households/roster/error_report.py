"""What is wrong with a list, for those who correct it: a workbook of all problems, and their own
list marked.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.problems import Place, Problem, Severity
from policycards.households.roster.fields import fields_of
from policycards.households.roster.findings import Findings
from policycards.households.roster.forms import matched_tables
from policycards.households.roster.headings import MARK, Matching, letters
from policycards.households.roster.marked_copy import Added, write_copy
from policycards.households.roster.source_tables import read_tables
from policycards.tables.xlsx_writer import Column, write_sheet

Translate = Callable[[str], str]

_COLUMNS = (
    Column("文件", "ཡིག་ཆ", 24),
    Column("行", "གྲལ", 8),
    Column("列", "སྟར", 8),
    Column("内容", "ནང་དོན", 24),
    Column("问题", "གནད་དོན", 60),
    Column("怎么办", "ཇི་ལྟར་བྱེད་པ", 60),
    Column("代号", "ཨང་རྟགས", 8),
)


def write_errors(
    path: Path, problems: Sequence[Problem], values: Mapping[Place, str], translate: Translate
) -> None:
    """A workbook with a row for each problem: file, row, column, what stands there, what is wrong,
    what to do.
    """
    rows = (
        [
            Path(each.place.file).name,
            str(each.place.line or ""),
            letters(each.place.column - 1) if each.place.column else "",
            values.get(each.place, ""),
            each.message(translate),
            each.hint(translate),
            each.code,
        ]
        for each in problems
    )
    write_sheet(path, "", _COLUMNS, rows)


def mark_list(
    path: Path,
    out: Path,
    catalogue: Catalogue,
    mapping: Mapping[str, str],
    problems: Sequence[Problem],
    translate: Translate,
) -> None:
    """The clerk's own list with a column that says what to correct, and the cells in question
    coloured.
    """
    tables, _problems = read_tables(path)
    matchings = matched_tables(tables, fields_of(catalogue), mapping, Findings())
    write_copy(path, out, [_added(matching, problems, translate) for matching in matchings])


def _added(matching: Matching, problems: Sequence[Problem], translate: Translate) -> Added:
    own = [
        each
        for each in problems
        if each.place.file == matching.table.file and each.place.line > matching.row
    ]
    texts: dict[int, list[str]] = {}
    for each in own:
        sign = "✗" if each.severity is Severity.ERROR else "?"
        texts.setdefault(each.place.line, []).append(
            f"{sign} {each.message(translate)} → {each.hint(translate)}"
        )
    marked = frozenset((each.place.line, each.place.column) for each in own if each.place.column)
    return Added(
        matching, MARK, {row: "\n".join(told) for row, told in texts.items()}, marked, anew=True
    )
