"""Shaping and breaking: laying out every text of the catalogue against HarfBuzz alone on the same
texts.
"""

from __future__ import annotations

from timing import ROOT, in_turn

from policycards.catalogue import read_catalogue
from policycards.typeset import Fonts, Style, lay_out
from policycards.typeset.break_rules import breaks

WIDTH = 190.0
"""pt, the left column of an A5 row"""


def main() -> None:
    catalogue, _problems = read_catalogue(ROOT / "policies")
    assert catalogue
    texts = [(text.text[lang], lang) for text in catalogue.texts for lang in ("bo", "zh")]
    characters = sum(len(text) for text, _lang in texts)

    def laid_out() -> None:
        fonts = Fonts.open(ROOT / "fonts")  # new fonts have empty caches
        for text, lang in texts:
            lay_out(text, Style(lang, bo=13.125, zh=10.5), WIDTH, fonts)  # type: ignore[arg-type]

    def broken() -> None:
        for text, _lang in texts:
            breaks(text)

    def shaped() -> None:
        fonts = Fonts.open(ROOT / "fonts")
        for text, lang in texts:
            fonts[lang].shape(text, lang)  # type: ignore[arg-type]

    setting, breaking, shaping = in_turn([laid_out, broken, shaped])
    print(
        f"setting {characters} characters: {characters / setting / 1000:.0f} k a second, of which"
        f" finding breaks {characters / breaking / 1000:.0f} k and shaping"
        f" {characters / shaping / 1000:.0f} k a second alone; ratio to shaping alone"
        f" {setting / shaping:.2f}"
    )


if __name__ == "__main__":
    main()
