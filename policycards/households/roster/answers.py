"""What an office has said of its lists, once for each kind: which odd heading means which column,
which name is which village, whether 1956.1 is January.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from policycards.core.files import atomic_write, parse_json, read_file, shown_path
from policycards.core.problems import Place, Problem, problem
from policycards.households.roster.area_codes import QUESTION
from policycards.households.roster.lists import MONTH_QUESTION
from policycards.tables.encoding import decode

FILE = "list-answers.json"
"""In the office's folder, beside its catalogue: what was said of former lists holds for the next."""
PERSON_QUESTION = "person:"
"""How a person of a department's list is asked about: by a mark that tells no name."""
_KINDS = (QUESTION, MONTH_QUESTION, PERSON_QUESTION)
_HEADING = "heading:"
"""Said of a heading in any list; what ``--map`` says without it is of the list at hand."""


def read_mapping(
    given: Sequence[str], folder: Path | None = None
) -> tuple[dict[str, str], list[Problem]]:
    """What an office has said, in a folder before and now.

    From texts ``HEADING=COLUMN`` or ``QUESTION=ANSWER``, and names of files: JSON, or a CSV
    with the columns heading and column.

    >>> read_mapping(["户口本号=household_id", "area:上村=549901101203"])
    ({'户口本号': 'household_id', 'area:上村': '549901101203'}, [])
    """
    mapping, problems = remembered(folder) if folder else ({}, [])
    for each in given:
        heading, sign, column = each.rpartition("=")
        if sign and not Path(each).is_file():
            mapping[heading.strip()] = column.strip()
            continue
        found, faults = _from_file(Path(each))
        mapping |= found
        problems += faults
    return mapping, problems


def _from_file(path: Path) -> tuple[dict[str, str], list[Problem]]:
    place = Place(shown_path(path))
    try:
        content = read_file(path)
    except OSError as error:
        return {}, [problem("E100", place, why=error.strerror or type(error).__name__)]
    text, problems = decode(content, place.file, table=True)
    if text is None:
        return {}, problems
    if path.suffix.lower() == ".json":
        try:
            answers = parse_json(text)
        except ValueError:
            return {}, [problem("E587", place)]
        if not isinstance(answers, dict) or not all(
            isinstance(each, str) for each in answers.values()
        ):
            return {}, [problem("E587", place)]
        return {str(key): value for key, value in answers.items()}, problems
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    return {row[0].strip(): row[1].strip() for row in rows if len(row) > 1}, problems


def remembered(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """What the office has said before, by the folder in which its catalogue stands."""
    path = folder / FILE
    return _from_file(path) if path.is_file() else ({}, [])


def remember(folder: Path, mapping: Mapping[str, str]) -> Path | None:
    """Keeps what was said for the next list; None where nothing is new."""
    before, _problems = remembered(folder)
    after = before | of_any_list(mapping)
    if after == before:
        return None
    path = folder / FILE
    write_mapping(path, after)
    return path


def headings_of(mapping: Mapping[str, str]) -> dict[str, str]:
    """What was said of headings."""
    return {
        key.removeprefix(_HEADING): value
        for key, value in mapping.items()
        if not key.startswith(_KINDS)
    }


def of_any_list(mapping: Mapping[str, str]) -> dict[str, str]:
    """What was said, as holding for every list that has such a heading.

    >>> of_any_list({"草场": "grazing_ban_mu", "area:上村": "549901101203"})
    {'heading:草场': 'grazing_ban_mu', 'area:上村': '549901101203'}
    """
    known = (*_KINDS, _HEADING)
    return {
        key if key.startswith(known) else _HEADING + key: value for key, value in mapping.items()
    }


def given_for_list(mapping: Mapping[str, str]) -> dict[str, str]:
    """What was said of headings of the list at hand, not of lists in general."""
    return {key: value for key, value in mapping.items() if not key.startswith((*_KINDS, _HEADING))}


def write_mapping(path: Path, mapping: Mapping[str, str]) -> None:
    """JSON, or a CSV with a byte order mark, so that Excel reads the Tibetan."""
    if path.suffix.lower() == ".json":
        ordered = dict(sorted(mapping.items()))
        atomic_write(path, json.dumps(ordered, ensure_ascii=False, indent=1) + "\n")
        return
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(
        [("heading", "column"), *sorted(mapping.items())]
    )
    atomic_write(path, "\ufeff" + text.getvalue())
