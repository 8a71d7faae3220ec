"""The files of a new office, from the shipped ones and from what the guide asked or took pasted."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import secrets
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import policycards
from policycards import pdf
from policycards.catalogue import Catalogue, check, read_catalogue
from policycards.core.journal import NewFile, replace_files
from policycards.core.problems import Problem, Severity
from policycards.design import Look, read_theme, recovery_sheet
from policycards.desk.core.office_folder import Office
from policycards.desk.office.new_office import SAMPLE_COUNTY, AreaRow, NewOffice, Phone
from policycards.qr import KEY_BYTES, Key, read_key, recovery_lines, write_key
from policycards.tables.tables import read_sheets
from policycards.typeset import Fonts

_CODE = re.compile(r"[0-9]{2}(?:[0-9]{2}(?:[0-9]{2}(?:[0-9]{3}(?:[0-9]{3})?)?)?)?")
_TIBETAN = re.compile("[\u0f00-\u0fff]")
_HAN = re.compile("[\u3400-\u9fff]")
_LONG_CODE = re.compile(r"([0-9]{9})000|([0-9]{6})000000")
"""The statistical office writes a township as twelve digits, the last of them noughts."""


def area_rows(text: str) -> list[AreaRow]:
    """The rows that have a code and a Chinese name, in any order of columns; the first of one code.

    >>> area_rows("区划代码\\t名称\\n540627101000\\t普保镇\\tཕུག་པོ་གྲོང་རྡལ\\n540627\\t班戈县")
    [AreaRow(code='540627101', zh='普保镇', bo='ཕུག་པོ་གྲོང་རྡལ'), AreaRow(code='540627', zh='班戈县', bo='')]
    """
    found: dict[str, AreaRow] = {}
    for cells in _lines(text):
        codes = [short_code(each) for each in cells if _CODE.fullmatch(each)]
        zh = [each for each in cells if _HAN.search(each) and not _TIBETAN.search(each)]
        bo = [each for each in cells if _TIBETAN.search(each)]
        if codes and zh:
            found.setdefault(max(codes, key=len), AreaRow(max(codes, key=len), zh[0], *bo[:1]))
    return list(found.values())


def short_code(code: str) -> str:
    """A code without the noughts that fill it up to twelve digits.

    >>> short_code("540627000000"), short_code("540627101000"), short_code("540627101201")
    ('540627', '540627101', '540627101201')
    """
    found = _LONG_CODE.fullmatch(code)
    return (found[1] if not code.endswith("000000") else found[2] or code[:6]) if found else code


def _lines(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        sign = "\t" if "\t" in line else ","
        yield [cell.strip().strip('"').strip() for cell in line.split(sign)]


def text_of_file(path: Path) -> str:
    """The cells of a workbook or a CSV, as Excel would paste them; empty where it is neither."""
    sheets, _problems = read_sheets(path)
    rows = (row for sheet in sheets for row in sheet.rows.values())
    return "\n".join("\t".join(row) for row in rows)


NO_PHONE = "0000-0000000"
"""A telephone that nobody has: cards are printed with it, publishing asks for the right one."""
SHEET = "recovery-sheet.pdf"
_WHOLE = ("words.yaml", "glossary.yaml")
_TOPIC_POLICY = re.compile(r"^ {6}- ([a-z0-9-]+)\n", re.MULTILINE)
_NO_POLICY = re.compile(r"policies:\n(?! {6}-)")


def shipped() -> Path | None:
    """The program's folder with its policies and fonts: where it was started, else where it lies,
    else beside its environment; None where it came without them.
    """
    candidates = (Path.cwd(), Path(policycards.__file__).parents[1], Path(sys.prefix).parent)
    has_all = (
        each
        for each in candidates
        if (each / "policies" / "catalogue.yaml").is_file() and (each / "fonts").is_dir()
    )
    return next(has_all, None)


def policies_of(wanted: NewOffice, model: Path) -> dict[str, bytes]:
    """The files of its ``policies/``, by name."""
    pattern, _problems = read_catalogue(model)
    assert pattern is not None
    contents = {
        **{name: (model / name).read_bytes() for name in _WHOLE if (model / name).is_file()},
        "catalogue.yaml": _settings(wanted, pattern, model),
        "topics.yaml": _topics((model / "topics.yaml").read_text(encoding="utf-8"), wanted),
        "areas.csv": areas_csv(wanted.county, wanted.areas, pattern),
        "contacts.csv": contacts_csv(wanted.phones),
    }
    if wanted.is_sample:
        contents |= {name: (model / name).read_bytes() for name in ("areas.csv", "contacts.csv")}
    for policy in pattern.policies:
        name = Path(pattern.place(policy.id).file).relative_to(model).as_posix()
        if policy.id in wanted.policies:
            contents[name] = (model / name).read_bytes()
            example = f"tests/{policy.id}.yaml"
            if wanted.is_sample and (model / example).is_file():
                contents[example] = (model / example).read_bytes()
    return contents


def _settings(wanted: NewOffice, pattern: Catalogue, model: Path) -> bytes:
    lines = (model / "catalogue.yaml").read_text(encoding="utf-8-sig").splitlines()
    values = {("issuer", "zh"): wanted.zh, ("issuer", "bo"): wanted.bo, ("area",): wanted.county}
    return "".join(f"{line}\n" for line in _with_values(lines, values, pattern)).encode()


def _with_values(
    lines: list[str], values: Mapping[tuple[str, ...], str], catalogue: Catalogue
) -> list[str]:
    """Lines of ``catalogue.yaml`` with other values of some keys."""
    changed = list(lines)
    for path, value in values.items():
        at = catalogue.place("catalogue", *path).line - 1
        name = changed[at].partition(":")[0]
        changed[at] = f"{name}: {json.dumps(value, ensure_ascii=False)}"
    return changed


def _topics(text: str, wanted: NewOffice) -> bytes:
    """Topics without the policies that were left out."""
    kept = _TOPIC_POLICY.sub(lambda each: each[0] if each[1] in wanted.policies else "", text)
    return _NO_POLICY.sub("policies: []\n", kept).encode()


def areas_csv(county: str, rows: Collection[AreaRow], pattern: Catalogue) -> bytes:
    """The areas of an office: those pasted, and of the shipped ones those of other counties, which
    policies name.
    """
    attributes = [each.name for each in pattern.settings.attributes if each.of == "area"]
    own = {each.code: each for each in rows}
    others = [
        AreaRow(each.code, each.name.zh, each.name.bo)
        for code, each in sorted(pattern.areas.items())
        if code not in own and not code.startswith((county, SAMPLE_COUNTY[:4]))
    ]
    heads = ["code", "bo", "zh", *attributes, "valid_from", "valid_to", "successors"]
    empty = [""] * (len(attributes) + 3)
    ordered = sorted([*own.values(), *others], key=lambda each: each.code)
    return _csv(heads, ([each.code, each.bo, each.zh, *empty] for each in ordered))


def contacts_csv(phones: Iterable[Phone]) -> bytes:
    heads = ["area", "role", "office_bo", "office_zh", "phone", "hours_bo", "hours_zh"]
    rows = (
        [
            *(each.area, each.role, each.bo, each.zh, each.number or NO_PHONE),
            *(each.hours, each.hours),
            "yes" if each.speaks_tibetan else "no",
            "no" if each.number and each.number != NO_PHONE else "yes",
        ]
        for each in phones
    )
    return _csv([*heads, "speaks_tibetan", "placeholder"], rows)


def _csv(heads: list[str], rows: Iterable[list[str]]) -> bytes:
    """With a byte order mark, so that Excel reads the Tibetan."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([heads, *rows])
    return f"\ufeff{text.getvalue()}".encode()


def make(office: Office, wanted: NewOffice, source: Path) -> list[Problem]:
    """Write a new office's policies and fonts, unless something is wrong with them: the errors.

    What an attempt before has left is overwritten.
    """
    contents = policies_of(wanted, source / "policies")
    office.policies.mkdir(parents=True, exist_ok=True)
    problems = change(office, contents, date.today())
    if not problems:
        for folder in (office.rosters, office.output):
            folder.mkdir(exist_ok=True)
        bring_fonts(office, source)
    return problems


def bring_fonts(office: Office, source: Path) -> None:
    """The program's fonts in the office's folder: the same files where the disk can, else copies."""
    office.fonts.mkdir(exist_ok=True)
    for file in sorted((source / "fonts").iterdir()):
        target = office.fonts / file.name
        if target.exists() or not file.is_file():
            continue
        try:
            os.link(file, target)
        except OSError:
            shutil.copyfile(file, target)


def change(office: Office, contents: Mapping[str, bytes], today: date) -> list[Problem]:
    """Write some files of ``policies/``, all or none: errors that were not there before stop it."""
    folder = office.policies
    _catalogue, problems = check(folder, today, contents)
    wrong = list(_errors(problems))
    if wrong and (folder / "catalogue.yaml").is_file():
        before = {_seen(each) for each in check(folder, today)[1]}
        wrong = [each for each in wrong if _seen(each) not in before]
    if wrong:
        return wrong
    files = []
    for name, content in contents.items():
        old = (folder / name).read_bytes() if (folder / name).is_file() else None
        if old != content:
            files.append(NewFile(name, old, content))
    return list(_errors(replace_files(folder, files)))


def _errors(problems: Iterable[Problem]) -> Iterator[Problem]:
    yield from (each for each in problems if each.severity is Severity.ERROR)


def _seen(found: Problem) -> tuple[object, ...]:
    return found.code, found.place.file, found.facts


def changed_settings(office: Office, catalogue: Catalogue, values: dict[str, str]) -> bytes:
    """``catalogue.yaml`` with other values; keys are paths with dots, such as ``issuer.zh``."""
    text = (office.policies / "catalogue.yaml").read_bytes().decode("utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    paths = {tuple(key.split(".")): value for key, value in values.items()}
    return "".join(
        f"{line}{end}" for line in _with_values(text.splitlines(), paths, catalogue)
    ).encode()


def make_key(office: Office, catalogue: Catalogue) -> None:
    """A key of the county, unless there is one, and the sheet from which it can be typed in again."""
    file = office.folder / "county.key"
    if file.is_file():
        key = read_key(file)[0]
        assert key is not None
    else:
        key = Key(secrets.token_bytes(KEY_BYTES))
    theme = read_theme("plain")[0]
    assert theme is not None
    fonts = Fonts.open(office.fonts.resolve(), theme.fonts)
    lines, look = recovery_lines(key), Look(theme, "wall")
    piece, _problems = recovery_sheet(catalogue, lines, key.fingerprint, date.today(), look, fonts)
    sheet = recovery_file(office)
    sheet.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    sheet.unlink(missing_ok=True)
    with os.fdopen(os.open(sheet, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        pdf.write(piece, fonts, opened, tagged=False)
    if not file.is_file():
        write_key(file, key)


def recovery_file(office: Office) -> Path:
    """The recovery sheet until somebody has printed it: where no address opens it by chance."""
    return office.memory / SHEET
