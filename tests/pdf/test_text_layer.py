"""What a reader of the PDF gets back: each drawn line whole, spaces included, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path

import pieces
import pypdfium2
import pytest
from readers import READERS
from specimens import EVERY

from policycards import pdf
from policycards.design.layout.frames import Page, Tagged, Text
from policycards.typeset import Line, Run, Span, Style, lay_out, single
from policycards.typeset.text_model import Align, Lang

TIBETAN = (
    "༄༅། །རྩྭ་ཐང་སྐྱེ་ཁམས་སྲུང་སྐྱོབ་ཀྱི་གསབ་གསོ་དང་བྱ་དགའ། 2024ལོའི་ཟླ་7པའི་ཚེས་1ནས་འགོ་འཛུགས། 《ཁྲིམས་ལུགས》ལྟར་"
    "མི་རེར་སྒོར་7.50 རེ་སྤྲོད། བསོད་ནམས་ཆེ། །དེ་ལྟར་ཤོག །ཁ་པར་ 000-0000-0000 བཏང་ཆོག་པ་ཡིན། "
    "དངུལ་འདི་སྤྱི་ཚོགས་འགན་སྲུང་བྱང་བུའི་ནང་དུ་འཇུག"
)
CHINESE = (
    "草原生态保护补助奖励：自2024年7月起，每人每年7.50元，按《国务院办法》（国发〔2024〕1号）执行，打入“社会保障卡”。"
    "咨询电话000-0000-0000，网址example.org/c，藏文名称ཁྲིམས་ལུགས附后。"
)


@pytest.fixture(scope="module", params=[True, False], ids=["on screen", "on paper"])
def specimens(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every specimen on a line of its own, on two pages."""
    path = tmp_path_factory.mktemp("specimens") / "specimens.pdf"
    pages = pieces.stacked(EVERY[:30]), pieces.stacked(EVERY[30:])
    pdf.write(pieces.piece(*pages), pieces.fonts(), path, tagged=request.param)
    return path


@pytest.mark.parametrize("reader", READERS)
def test_hard_strings_read_back_exactly_and_in_order(reader: str, specimens: Path) -> None:
    assert read_lines(reader, specimens) == [pieces.set_line(text).text for text in EVERY]


@pytest.fixture(scope="module")
def paragraphs() -> list[Tagged]:
    """Both languages in every alignment, Tibetan larger than Chinese, in a narrow column."""
    elements: list[Tagged] = []
    top = 20.0
    aligns: tuple[Align, ...] = ("left", "justified", "right", "center")
    texts: tuple[tuple[Lang, str], ...] = (("bo", TIBETAN), ("zh", CHINESE))
    for align, (lang, text) in product(aligns, texts):
        set_text = lay_out(text, Style(lang, 13.1, 10.5, align=align), 180, pieces.fonts())
        places = zip(set_text.lines, set_text.lefts, set_text.baselines, strict=True)
        elements.append(
            Tagged("P", tuple(Text(20 + x, top + y, line) for line, x, y in places), lang)
        )
        top += set_text.height + 6
    return elements


@pytest.mark.parametrize("reader", READERS)
def test_lines_of_paragraphs_read_back_without_their_padding(
    reader: str, paragraphs: list[Tagged], tmp_path: Path
) -> None:
    lines = [
        text.line for paragraph in paragraphs for text in paragraph.items if isinstance(text, Text)
    ]
    assert any(run.artifact for line in lines for run in line.runs)
    path = tmp_path / "paragraphs.pdf"
    pdf.write(pieces.piece(Page(220, 2000, tuple(paragraphs))), pieces.fonts(), path, tagged=True)
    assert read_lines(reader, path) == [line.text for line in lines]


@pytest.mark.parametrize("reader", READERS)
def test_equal_pictures_of_different_characters_stay_different_text(
    reader: str, tmp_path: Path
) -> None:
    texts = ["ང་།", "ང༌།"]
    path = tmp_path / "tshegs.pdf"
    pdf.write(pieces.piece(pieces.stacked(texts)), pieces.fonts(), path, tagged=False)
    assert read_lines(reader, path) == texts


@pytest.mark.parametrize("scale", [1.2, 1.4, 1.5, 1.6, 1.8, 2.0])
@pytest.mark.parametrize("reader", READERS)
def test_a_figure_up_to_twice_as_large_is_read_as_a_part_of_its_line(
    reader: str, scale: float, tmp_path: Path
) -> None:
    spans = {
        "zh": [
            Span("每亩每年 "),
            Span("7.50", scale, bold=True),
            Span(" 元（上限 "),
            Span("1,200", scale),
            Span(" 元）"),
        ],
        "bo": [
            Span("མུའུ་རེར་"),
            Span("སྒོར་7.50", scale, bold=True),
            Span(" ལོ་རེར། "),
            Span("༡༢", scale),
        ],
    }
    lines = [
        single(parts, Style(lang, 13.1, 10.5), pieces.fonts()) for lang, parts in spans.items()
    ]
    beside = pieces.set_line("对象：农牧户")
    items = [Text(150, y, line) for y, line in zip((60, 140), lines, strict=True)]
    path = tmp_path / "figures.pdf"
    page = Page(
        600, 200, (*items, Text(20, 55, beside), Text(20, 75, beside), Text(20, 140, beside))
    )
    pdf.write(pieces.piece(page), pieces.fonts(), path, tagged=False)
    (text,) = READERS[reader](path)
    assert [line.text for line in lines if line.text not in text] == []


def test_padding_is_drawn(tmp_path: Path) -> None:
    line = pieces.set_line("བོད་")
    (run,) = line.runs
    padding = Run(run.face, run.size, run.clusters[-1:] * 9, x=100, artifact=True)
    shown = [
        ink_beyond(100, each, tmp_path / "padding.pdf")
        for each in (line, replace(line, runs=(run, padding)))
    ]
    assert shown[0] == 0 < shown[1]


def ink_beyond(x: float, line: Line, path: Path) -> int:
    """Black pixels of a line to the right of a place on it."""
    pdf.write(pieces.piece(Page(200, 40, (Text(0, 25, line),))), pieces.fonts(), path, tagged=False)
    with pypdfium2.PdfDocument(path) as document:
        picture = document[0].render(scale=4).to_pil().convert("L")
    return picture.crop((int(x * 4), 0, *picture.size)).histogram()[0]


def read_lines(reader: str, path: Path) -> list[str]:
    return [line for page in READERS[reader](path) for line in page.split("\n") if line]
