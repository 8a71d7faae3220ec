"""The peer of ``press.py``: the same cards as a Typst program, village after village in one
process.

Called with a folder that holds ``cards.typ`` and a JSON file for each village that is to be set.
"""

from __future__ import annotations

import sys
from pathlib import Path

import typst

PROGRAM = """
#let data = json(sys.inputs.data)
#let matrix(rows) = {
  let side = rows.len()
  image(
    bytes(rows.flatten()), width: 0.54mm * side, height: 0.54mm * side, scaling: "pixelated",
    format: (encoding: "luma8", width: side, height: side),
  )
}
#let bo(body, size: 12pt, weight: 400) = text(lang: "bo", size: size * 1.25, weight: weight, body)
#let zh(body, size: 12pt, weight: 400) = text(
  lang: "zh", font: ("Noto Sans SC", "Noto Serif Tibetan"), size: size, weight: weight, body)
#let both(pair, size: 9pt, weight: 400) = [#bo(pair.at(0), size: size, weight: weight) \\
  #zh(pair.at(1), size: size, weight: weight)]
#let inline(pair, size: 9pt, weight: 400) = [#bo(pair.at(0), size: size, weight: weight)
  #zh(pair.at(1), size: size, weight: weight)]
#let marks = grid(columns: data.marks.len(), column-gutter: 2mm,
  ..data.marks.map(mark => box(stroke: 1.2pt, inset: 1.2mm, both(mark, weight: 700))))
#set page(width: 148mm, height: 210mm, margin: (x: 8mm, top: 8mm, bottom: 18mm), header: none)
#set text(font: ("Noto Serif Tibetan", "Noto Sans SC"), size: 9pt, fallback: false)
#set par(leading: 0.5em)
#for card in data.cards {
  page(footer: both(data.foot))[
    #marks
    #align(center, both(data.title, size: 14pt, weight: 700))
    #rect(width: 100%, stroke: 1.6pt, grid(columns: (1fr, auto, auto), column-gutter: 3mm,
      [#bo(card.names.at(0), size: 18pt, weight: 700) \\ #zh(card.names.at(1), size: 18pt, weight: 700) \\
       #both(card.where) #inline(card.people)],
      align(center)[#both(data.pile) \\ #zh(card.pile, size: 60pt, weight: 700)],
      align(center)[#matrix(card.squares) #zh(card.code, weight: 700) \\ #inline(data.network) \\ #zh(data.domain)]))
    #inline(data.opens)
    #for phone in data.phones [#block[#inline(phone.at(0)) \\ #zh(phone.at(1), size: 14pt, weight: 700)]]
    #rect(width: 100%, radius: 2pt, for line in data.warnings [#inline(line) \\ ])
  ]
  page(header: none, footer: [#zh(card.pile, weight: 700) #both(data.foot) #both(data.ring)])[
    #marks
    #inline(data.heading, size: 12pt, weight: 700)
    #for row in card.rows {
      line(length: 100%, stroke: 0.6pt)
      block(breakable: false)[
        #grid(columns: (1fr, 44%), column-gutter: 3mm,
          [#inline(row.name, size: 11pt, weight: 700) \\ #bo(row.reckoning.at(0), size: 9pt)
           #zh(row.reckoning.at(1), size: 9pt)],
          for (lang, phrase) in row.phrases.enumerate() {
            let set-in = if lang == 0 { bo } else { zh }
            set-in(phrase.at(0), weight: 700)
            set-in(phrase.at(1), size: 14pt, weight: 700)
            set-in(phrase.at(2), weight: 700)
            linebreak()
          })
        #for text in row.said [#inline(text) \\ ]
      ]
    }
    #for sum in card.sums [#rect(width: 100%)[#grid(columns: (1fr, 46%), both(sum.name, weight: 700),
      [#bo(sum.total.at(0), size: 14pt, weight: 700) \\ #zh(sum.total.at(1), size: 14pt, weight: 700)])
      #zh(sum.reckoning) \\ #both(data.decides)]]
    #both(data.unknown)
  ]
}
"""


def main(folder: Path, fonts: str) -> None:
    for data in sorted(folder.glob("*.json")):
        typst.compile(
            str(folder / "cards.typ"),
            output=str(data.with_suffix(".pdf")),
            root=str(folder),
            font_paths=[fonts],
            ignore_system_fonts=True,
            sys_inputs={"data": data.name},
            pdf_tags=False,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
