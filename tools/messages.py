"""Bring the message catalogues up to date: gather the texts of the code, keep what is translated,
compile.

Run by ``make messages``, which names what is still to be translated: fill it in in the .po files,
run it again. A test fails while a text is untranslated or a compiled catalogue is old.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "policycards"
LANGUAGES = ("bo", "zh_Hans")


class Plain(Catalog):
    """A catalogue whose header says its encoding and nothing else: no clock, no names, no version
    of a tool.
    """

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [("Content-Type", "text/plain; charset=UTF-8")]


def in_templates(
    file: BinaryIO, *_told: object, **_options: object
) -> Iterator[tuple[int, str, str, list[str]]]:
    """The texts that templates mark: ``{% translate "text" %}``, ``{% sentence "text {n}" n=n %}``."""
    for number, line in enumerate(file.read().decode("utf-8").splitlines(), 1):
        for text in re.findall(r"""\{% (?:translate|sentence) (?:"([^"]+)"|'([^']+)')""", line):
            yield number, "_", text[0] or text[1], []


def gathered() -> Catalog:
    """Every text that the code marks, in the order of the files."""
    template = Plain()
    methods = [("**.py", "python"), ("**/templates/**.html", in_templates)]
    found = extract_from_dir(PACKAGE, methods, keywords={"_": None, "N_": None})
    for file, _line, message, _comments, _context in sorted(
        found, key=lambda each: (each[0], each[1])
    ):
        template.add(message, locations=[(Path(file).as_posix(), 0)])
    return template


def po_file(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "policycards.po"


def mo_file(language: str) -> Path:
    """The compiled catalogue, under the name by which Django finds it too."""
    return po_file(language).with_name("django.mo")


def updated(language: str, template: Catalog) -> Catalog:
    """A language's catalogue with the texts of today; what is gone is dropped, nothing is
    guessed.
    """
    file = po_file(language)
    old = read_po(io.BytesIO(file.read_bytes() if file.exists() else b""))
    fresh = Plain()
    for message in template:
        if message.id:
            known = old.get(message.id)
            added = fresh.add(
                message.id, known.string if known else "", locations=message.locations
            )
            added.flags.discard(
                "python-format"
            )  # Babel takes any % for one, also the per cent sign
    return fresh


def untranslated(catalog: Catalog) -> list[str]:
    return [str(message.id) for message in catalog if message.id and not message.string]


def po_text(catalog: Catalog) -> bytes:
    """The catalogue as translators edit it, without line numbers, which would change without
    need.
    """
    text = io.BytesIO()
    write_po(text, catalog, width=110, omit_header=True, include_lineno=False)
    header = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return header + text.getvalue()


def mo_bytes(po: bytes) -> bytes:
    """The compiled catalogue; equal texts give equal bytes."""
    compiled = Plain()
    for message in read_po(io.BytesIO(po)):
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
        for text in untranslated(catalog):
            missing += 1
            print(f"{language}: {text}")
        file, po = po_file(language), po_text(catalog)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(po)
        mo_file(language).write_bytes(mo_bytes(po))
    print(f"{len(template)} texts, {missing} translations missing")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
