"""Village packs of a card with eight policies: ``policycards print`` against Typst setting the same
words.

Whole processes with two workers each, fonts and QR codes included; ours with cover sheets,
registers, manifest and reading back besides. What two villages take is start-up and is taken off
both.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import eight
from timing import PYTHON, ROOT, in_turn, run
from typst_cards import PROGRAM

from policycards.catalogue import read_catalogue
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Text
from policycards.design.content.card_content import CardContent, Teller
from policycards.design.content.card_lines import CardLine
from policycards.design.content.print_context import PrintContext, marks
from policycards.design.layout.theme import Look, read_theme
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.page_furniture import PageFurniture
from policycards.households.entitlements.calculate import entitlements, grouped
from policycards.households.roster.homes import picked
from policycards.households.roster.read_roster import read_roster
from policycards.qr import DEMO_KEY, Encoder, card_code, format_code, link_of
from policycards.typeset import Fonts, numbers

VILLAGES, FEW, WORKERS, ROUNDS = 40, 2, 2, 3
DAY = date(2026, 11, 25)
EDITION = "bench1"


def printed(folder: Path, roster: str) -> Callable[[], object]:
    """Our command on a roster, into a folder that is empty each time."""
    command = (
        "print",
        str(folder / roster),
        "--policies",
        str(folder / "policies"),
        "--as-of",
        str(DAY),
    )
    form = (
        "--design",
        "a5",
        "--workers",
        str(WORKERS),
        "--out",
        str(folder / "out"),
    )
    call = run(PYTHON, "-c", "from policycards.cli import main; main()", *command, *form)

    def work() -> None:
        shutil.rmtree(folder / "out", ignore_errors=True)
        call()

    return work


def typeset(folders: Sequence[Path]) -> Callable[[], object]:
    """Typst on folders of villages, a process for each."""
    calls = [
        run(PYTHON, str(Path(__file__).with_name("typst_cards.py")), str(each), "fonts")
        for each in folders
    ]

    def work() -> None:
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(lambda call: call(), calls))

    return work


def villages(folder: Path, catalogue: Catalogue) -> Iterator[dict[str, object]]:
    """What Typst is given of each village: the words and figures of its cards, and their QR codes
    as pixels.
    """
    key = DEMO_KEY
    roster, _problems, _notes = read_roster(
        folder / "roster", catalogue, today=DAY, digest=key.digest, mapping={}
    )
    assert roster is not None
    chosen, facts = picked(roster, roster.households["household_id"])
    answers = grouped(entitlements(chosen, catalogue, DAY))
    teller, link = Teller(catalogue, DAY), link_of(catalogue, EDITION)
    encoder = Encoder(link.length)
    by_area: dict[str, list[dict[str, object]]] = {}
    for each in facts:
        told = teller.substance(each, answers[each.household_id])
        code = card_code(key, each.area, each.household_id, EDITION, 1)
        squares = encoder.encode(link.payload(code, told.policies))
        card = told_card(catalogue, told, each.pile, format_code(code))
        card["squares"] = [[0 if dark else 255 for dark in row] for row in squares]
        by_area.setdefault(each.area, []).append(card)
    for area, cards in by_area.items():
        yield {**around(catalogue, teller, area, link.domain), "cards": cards}


def told_card(catalogue: Catalogue, told: CardContent, pile: int, code: str) -> dict[str, object]:
    """The words of one card."""
    number = str(told.members)
    people = [catalogue.words["people"][lang].format(n=number) for lang in LANGS]
    return {
        "names": [told.name_bo or "", told.name_zh or ""],
        "where": [f"{told.village[lang]} {told.group or ''}" for lang in LANGS],
        "people": people,
        "pile": str(pile),
        "code": code,
        "rows": [told_line(line) for line in told.lines],
        "sums": [
            {
                "name": pair(catalogue.words[each.key]),
                "reckoning": "",
                "total": [numbers.plain(each.total)] * 2,
            }
            for each in told.subtotals
        ],
    }


def told_line(line: CardLine) -> dict[str, object]:
    form = line.form
    unit, counted = form.unit or Text(bo="", zh=""), form.counted or Text(bo="", zh="")
    reckoning = Text(
        bo=f"{unit.bo} {form.value} × {counted.bo} {line.quantity}",
        zh=f"{form.value}{unit.zh} × {line.quantity}{counted.zh}",
    )
    return {
        "name": pair(form.short or form.name),
        "reckoning": pair(reckoning) if line.quantity else ["", ""],
        "phrases": [["", line.amount or form.value, ""]] * 2,
        "said": [pair(text) for text in (*form.paid, *form.how, *form.needs)],
    }


def around(catalogue: Catalogue, teller: Teller, area: str, domain: str) -> dict[str, object]:
    """The words that are on every card of a village."""
    words = {name: pair(catalogue.words[key]) for name, key in WORDS.items()}
    imprint = PrintContext(area, DAY, EDITION, False, ((True,),), domain, demo=True)
    theme, _problems = read_theme("plain")
    assert theme is not None
    fonts = Fonts.open(ROOT / "fonts", theme.fonts)
    surround = PageFurniture(catalogue, imprint, Typesetter(Look(theme, "hand"), fonts), ())
    return words | {
        "marks": [pair(mark) for mark in marks(catalogue, catalogue.policies, imprint)],
        "domain": domain,
        "phones": [[pair(each.office), each.number] for each in teller.phones(area)],
        "warnings": [pair(catalogue.words[key]) for key in ("no_fee", "no_secrets", "newest_card")],
        "foot": pair(surround.telling("as_of", date=surround.date())),
    }


WORDS = {
    "title": "title",
    "pile": "pile",
    "network": "qr_network",
    "opens": "qr_opens",
    "heading": "your_policies",
    "decides": "approval_decides",
    "unknown": "paid_unknown",
    "ring": "supervise",
}


def pair(text: Text) -> list[str]:
    return [text.bo, text.zh]


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, count in (("few", FEW), ("roster", VILLAGES)):
            eight.prepared(folder, count * eight.VILLAGE, name)
        catalogue, _problems = read_catalogue(folder / "policies")
        assert catalogue
        parts = [folder / f"typst-{number}" for number in range(WORKERS)]
        small = [folder / f"typst-few-{number}" for number in range(WORKERS)]
        for number, village in enumerate(villages(folder, catalogue)):
            for part in [parts[number % WORKERS], *([small[number]] if number < FEW else [])]:
                part.mkdir(exist_ok=True)
                (part / "cards.typ").write_text(PROGRAM, encoding="utf-8")
                (part / f"{number:03d}.json").write_text(
                    json.dumps(village, ensure_ascii=False), encoding="utf-8"
                )
        works = [printed(folder, "roster"), typeset(parts), printed(folder, "few"), typeset(small)]
        ours, typst, ours_few, typst_few = in_turn(works, rounds=ROUNDS)
    cards = (VILLAGES - FEW) * eight.VILLAGE
    one, other = cards / (ours - ours_few), cards / (typst - typst_few)
    print(
        f"packs of {eight.VILLAGE} cards with eight policies, {WORKERS} workers, net of start-up:"
    )
    print(f"policycards {one:.0f} cards a second, Typst {other:.0f}, ratio {one / other:.1f}")


if __name__ == "__main__":
    main()
