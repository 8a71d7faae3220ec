"""Shaping and breaking: laying out every text of the catalogue against HarfBuzz alone on the same texts."""

from __future__ import annotations

from timing import ROOT, in_turn

from policycards.catalogue import read_catalogue
from policycards.typeset import Fonts, Style, lay_out
from policycards.typeset.breaks import breaks

WIDTH = 190.0
"""pt, the left column of an A5 row"""


def main() -> None:
    catalogue, _problems = read_catalogue(ROOT / "policies")
    assert catalogue
    texts = [(text.text[lang], lang) for text in catalogue.texts for lang in ("bo", "zh")]
    characters = sum(len(text) for text, _lang in texts)
    warm = Fonts.open(ROOT / "fonts")

    def laid_out(fonts: Fonts) -> None:
        for text, lang in texts:
            lay_out(text, Style(lang, bo=13.125, zh=10.5), WIDTH, fonts)  # type: ignore[arg-type]

    def broken() -> None:
        for text, lang in texts:
            breaks(text, lang)  # type: ignore[arg-type]

    def shaped() -> None:
        fonts = Fonts.open(ROOT / "fonts")
        for text, lang in texts:
            fonts[lang].shape(text, lang)  # type: ignore[arg-type]

    laid_out(warm)
    cold, again, only_breaks, only_shaping = in_turn(
        [lambda: laid_out(Fonts.open(ROOT / "fonts")), lambda: laid_out(warm), broken, shaped]
    )
    print(
        f"setting {characters} characters: {characters / cold / 1000:.0f} k a second with cold caches, "
        f"{characters / again / 1000:.0f} k warm; breaking {characters / only_breaks / 1000:.0f} k; "
        f"ratio to HarfBuzz alone {cold / only_shaping:.2f} cold, {again / only_shaping:.2f} warm"
    )


if __name__ == "__main__":
    main()
