"""Bring the message catalogues up to date: gather the texts of the code, keep what is translated, compile.

Run by ``make messages``. A test fails while a text is untranslated or a compiled catalogue is old.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "policycards"
LANGUAGES = ("bo", "zh")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def gathered() -> Catalog:
    """Every text that the code marks, in the order of the files."""
    template = Catalog(project="policycards", charset="utf-8")
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords={"_": None, "N_": None})
    for file, _line, message, _comments, _context in sorted(found, key=lambda each: (each[0], each[1])):
        template.add(message, locations=[(Path(file).as_posix(), 0)])
    return template


def po_file(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "policycards.po"


def updated(language: str, template: Catalog) -> Catalog:
    """A language's catalogue with the texts of today; what is gone is dropped, nothing is guessed.

    Only the plain messages are kept: no dates, names or line numbers that would change without need.
    """
    old = read_po(io.BytesIO(po_file(language).read_bytes()) if po_file(language).exists() else io.BytesIO(b""))
    fresh = Catalog(project="policycards", charset="utf-8")
    for message in template:
        if message.id:
            known = old.get(message.id)
            fresh.add(message.id, known.string if known else "", locations=message.locations)
    return fresh


def po_text(catalog: Catalog) -> bytes:
    text = io.BytesIO()
    write_po(text, catalog, width=110, omit_header=True, include_lineno=False)
    header = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return header + text.getvalue()


def mo_bytes(po: bytes) -> bytes:
    """The compiled catalogue, with a fixed date, so that equal texts give equal bytes."""
    catalog = read_po(io.BytesIO(po))
    compiled = Catalog(project="policycards", charset="utf-8", creation_date=EPOCH, revision_date=EPOCH)
    for message in catalog:
        if message.id:
            compiled.add(message.id, message.string)
    target = io.BytesIO()
    write_mo(target, compiled)
    return target.getvalue()


def main() -> int:
    template = gathered()
    missing = 0
    for language in LANGUAGES:
        catalog = updated(language, template)
        missing += sum(1 for message in catalog if message.id and not message.string)
        po = po_text(catalog)
        po_file(language).parent.mkdir(parents=True, exist_ok=True)
        po_file(language).write_bytes(po)
        po_file(language).with_suffix(".mo").write_bytes(mo_bytes(po))
    print(f"{len(template)} texts, {missing} translations missing")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
