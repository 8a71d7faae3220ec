"""A cold ``policycards card`` against a cold Typst compile of the same words, tables and fonts."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

from timing import PYTHON, ROOT, in_turn, run

from policycards.catalogue import read_catalogue
from policycards.design.content.policy_selection import chosen
from policycards.design.content.policy_text import Row, statement

DAY = date(2026, 11, 23)

HEAD = """
#set page(paper: "a4", margin: 11mm, footer: context [#counter(page).display("1 / 1", both: true)])
#set text(font: ("Noto Serif Tibetan", "Noto Sans SC"), size: 12pt, fallback: false)
#let bo(body) = text(lang: "bo", size: 15pt, body)
#let zh(body) = text(lang: "zh", font: ("Noto Sans SC", "Noto Serif Tibetan"), size: 12pt, body)
"""


def typst_of(rows: list[Row]) -> str:
    """The rows as a Typst document: two columns a row, Tibetan above Chinese, large figures."""

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    def both(text: object) -> str:
        return f"#bo({quoted(text.bo)}) \\ #zh({quoted(text.zh)})"  # type: ignore[attr-defined]

    parts = [HEAD]
    for row in rows:
        value = []
        for offer in row.offers:
            for lang in ("bo", "zh") if offer.phrases else ():
                phrase = offer.phrases[lang]  # type: ignore[index]
                number = f"#text(size: 23pt, weight: 700, {quoted(phrase.number)})"
                value.append(
                    f"#{lang}({quoted(phrase.before)}) {number} #{lang}({quoted(phrase.after)})"
                )
            value += [
                both(note) for note in (*offer.notes, *([offer.changed] if offer.changed else []))
            ]
        left = " \\ ".join([f"*{both(row.name)}*", *(both(text) for text in (row.who, *row.paid))])
        parts.append(
            "#block(breakable: false, grid(columns: (3fr, 2fr), gutter: 3mm, ["
            + left
            + "], ["
            + " \\ ".join(value)
            + f"]))\n#text(size: 8pt, {quoted(row.source)})\n#line(length: 100%)"
        )
    return "\n".join(parts)


def main() -> None:
    catalogue, _problems = read_catalogue(ROOT / "policies")
    assert catalogue
    area = catalogue.settings.area
    policies = chosen(catalogue, area, DAY, frozenset(), frozenset())
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "card.typ"
        source.write_text(
            typst_of([statement(catalogue, each, area, DAY) for each in policies]), encoding="utf-8"
        )
        call = (
            "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2],"
            " font_paths=['fonts'], ignore_system_fonts=True)"
        )
        ours = run(
            PYTHON,
            "-c",
            "from policycards.cli import main; main()",
            "card",
            "--as-of",
            str(DAY),
            "--out",
            folder,
        )
        typst = run(PYTHON, "-c", call, str(source), str(Path(folder) / "typst.pdf"))
        one, other = in_turn([ours, typst])
    print(
        f"cold card: policycards {one * 1000:.0f} ms, Typst {other * 1000:.0f} ms, ratio"
        f" {one / other:.2f}"
    )


if __name__ == "__main__":
    main()
