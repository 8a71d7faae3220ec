from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import scans
import verapdf
from readers import READERS

from policycards import pdf
from policycards.catalogue import Catalogue, read_catalogue, text_digest
from policycards.core.units import mm
from policycards.design import (
    CardChoices,
    Look,
    PrintContext,
    chosen,
    general_card,
    marks,
    problems,
    read_theme,
)
from policycards.design.layout.frames import Item, Page, Piece, Squares, Tagged, Text
from policycards.qr import Encoder, link_of
from policycards.typeset import Fonts

DAY = date(2026, 11, 23)
COUNTY = "549901"
EDITION = "p0test00"
AS_IS = CardChoices()


@pytest.fixture(scope="module")
def catalogue(root: Path) -> Catalogue:
    read, _problems = read_catalogue(root / "policies")
    assert read is not None
    return read


@pytest.fixture(scope="module")
def fonts(font_folder: Path) -> Fonts:
    return Fonts.open(font_folder)


def address(catalogue: Catalogue, area: str = COUNTY) -> bytes:
    link = link_of(catalogue, EDITION)
    return link.payload(
        None, {policy.id for policy in chosen(catalogue, area, DAY, frozenset(), frozenset())}
    )


def imprint(catalogue: Catalogue, area: str = COUNTY, published: bool = False) -> PrintContext:
    link = link_of(catalogue, EDITION)
    squares = Encoder(link.length).encode(address(catalogue, area))
    return PrintContext(area, DAY, EDITION, published, squares, link.domain)


def look(design: str, theme: str = "plain", large: bool = False) -> Look:
    read, _problems = read_theme(theme)
    assert read is not None
    return Look(read, design, large)  # type: ignore[arg-type]


Printed = Callable[..., Piece]


@pytest.fixture(scope="module")
def printed(catalogue: Catalogue, fonts: Fonts) -> Printed:
    """The card of an area in a design, without problems."""

    def card(
        design: str,
        *,
        area: str = COUNTY,
        theme: str = "plain",
        large: bool = False,
        choices: CardChoices = AS_IS,
    ) -> Piece:
        policies = chosen(catalogue, area, DAY, frozenset(), frozenset())
        piece, found = general_card(
            catalogue,
            policies,
            imprint(catalogue, area),
            look(design, theme, large),
            fonts,
            choices,
        )
        assert found == []
        return piece

    return card


def flat(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Tagged):
            yield from flat(item.items)
        else:
            yield item


def texts(page: Page) -> list[Text]:
    return [item for item in flat(page.items) if isinstance(item, Text)]


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("design", ["hand", "wall"])
def test_all_ink_of_text_keeps_within_the_margin_and_no_paragraph_touches_another(
    printed: Printed, design: str, large: bool
) -> None:
    for page in printed(design, large=large).pages:
        for text in texts(page):
            top, bottom = text.y - text.line.ink_top, text.y - text.line.ink_bottom
            assert text.x >= mm(6) and text.x + text.line.width <= page.width - mm(6) + 0.1, (
                text.line.text
            )
            assert top >= mm(6) - 0.1 and bottom <= page.height - mm(6) + 0.1, text.line.text
        boxes = list(inked(page.items))
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                apart = (
                    one[2] <= other[0]
                    or other[2] <= one[0]
                    or one[3] <= other[1]
                    or other[3] <= one[1]
                )
                assert apart or one[4] == other[4], (one, other)


def inked(items: tuple[Item, ...]) -> Iterator[tuple[float, float, float, float, int, str]]:
    """Left, top, right, bottom, paragraph and words of every line; those within one are
    typesetting's own concern.
    """
    for paragraph, lines in enumerate(paragraphs(items)):
        for text in lines:
            top, bottom = text.y - text.line.ink_top + 0.05, text.y - text.line.ink_bottom - 0.05
            yield text.x, top, text.x + text.line.width, bottom, paragraph, text.line.text


@pytest.mark.parametrize("design", ["hand", "wall"])
def test_sizes_are_never_below_what_old_eyes_read(printed: Printed, design: str) -> None:
    body = {"hand": 10.5, "wall": 12.0}[design]
    for page in printed(design).pages:
        for paragraph in paragraphs(page.items):
            first = paragraph[0]
            small = first.line.text.startswith("依据：") or first.y > page.height - mm(30)
            for run in (run for text in paragraph for run in text.line.runs):
                assert run.size >= (8.0 if small else body), first.line.text


def paragraphs(items: tuple[Item, ...]) -> Iterator[list[Text]]:
    if lines := [item for item in items if isinstance(item, Text)]:
        yield lines
    for item in items:
        if isinstance(item, Tagged):
            yield from paragraphs(item.items)


def test_every_drawn_line_is_read_back_exactly_from_the_whole_catalogues_card(
    printed: Printed, fonts: Fonts, tmp_path: Path
) -> None:
    piece = printed("wall")
    file = tmp_path / "card.pdf"
    pdf.write(piece, fonts, file, tagged=True)
    for reader, read in READERS.items():
        for number, (page, told) in enumerate(zip(piece.pages, read(file), strict=True), 1):
            for text in texts(page):
                assert text.line.text in told, (reader, number, text.line.text)


def test_the_qr_code_of_a_printed_card_survives_printer_copier_and_camera(
    catalogue: Catalogue, printed: Printed, fonts: Fonts
) -> None:
    for design in ("hand", "wall"):
        piece = printed(design)
        (number,) = (
            at
            for at, page in enumerate(piece.pages)
            for item in flat(page.items)
            if isinstance(item, Squares)
        )
        with pypdfium2.PdfDocument(pdf.render(piece, fonts, tagged=False)) as document:
            picture = document[number].render(scale=scans.DPI / 72).to_pil()
        assert scans.unread(picture, address(catalogue).decode("ascii")) == []


def test_a_card_for_the_screen_is_pdf_a_2a_and_ua_1_and_one_for_paper_pdf_a_2u(
    printed: Printed, fonts: Fonts, tmp_path: Path
) -> None:
    claims = []
    for design in ("hand", "wall"):
        for tagged, profiles in ((True, verapdf.ON_SCREEN), (False, verapdf.ON_PAPER)):
            file = tmp_path / f"{design}-{tagged}.pdf"
            pdf.write(printed(design, theme="colour"), fonts, file, tagged=tagged)
            claims += [(file, profile) for profile in profiles]
    assert verapdf.broken_rules(claims) == [[] for _ in claims]


def test_bookmarks_lead_to_every_category(
    catalogue: Catalogue, printed: Printed, fonts: Fonts
) -> None:
    with (
        pikepdf.open(BytesIO(pdf.render(printed("wall"), fonts, tagged=True))) as file,
        file.open_outline() as outline,
    ):
        titles = [str(item.title) for item in outline.root]
    assert titles == [f"{each.name.bo} {each.name.zh}" for each in catalogue.settings.categories]


def test_pictograms_and_qr_code_have_an_alternate_text(printed: Printed) -> None:
    def figures(items: tuple[Item, ...]) -> Iterator[Tagged]:
        for item in items:
            if isinstance(item, Tagged):
                yield from [item] if item.role == "Figure" else figures(item.items)

    found = [figure for page in printed("wall").pages for figure in figures(page.items)]
    assert len(found) > 45
    assert all(figure.alt for figure in found)


def test_a_draft_carries_its_marks_on_every_page(printed: Printed) -> None:
    for page in printed("hand").pages:
        lines = " ".join(text.line.text for text in texts(page))
        for mark in ("样稿", "示例数据", "试印", "不得发放"):
            assert mark in lines


def test_marks_go_only_with_their_reasons(catalogue: Catalogue) -> None:
    policies = catalogue.policies[:3]
    words = [mark.zh for mark in marks(catalogue, policies, imprint(catalogue, published=True))]
    assert words == ["样稿·不得发放", "示例数据·不得发放"]
    read = replace(
        catalogue, reviewed=frozenset(text_digest(text.text) for text in catalogue.texts)
    )
    assert [mark.zh for mark in marks(read, policies, imprint(read, published=True))] == [
        "示例数据·不得发放"
    ]
    sure = replace(read, settings=read.settings.model_copy(update={"data": "confirmed"}))
    assert [mark.zh for mark in marks(sure, policies, imprint(sure, published=True))] == [
        "示例数据·不得发放"
    ]
    assert marks(sure, (), imprint(sure, published=True)) == ()


def test_unreviewed_rows_can_be_printed_in_chinese_alone(
    catalogue: Catalogue, printed: Printed
) -> None:
    def has_tibetan_name(piece: Piece) -> bool:
        name = next(policy.name.bo for policy in catalogue.policies if policy.id == "barley-seed")
        return any(text.line.text == name for page in piece.pages for text in texts(page))

    assert has_tibetan_name(printed("wall"))
    alone = printed("wall", choices=CardChoices(chinese_only=True))
    assert not has_tibetan_name(alone)
    assert len(alone.pages) < len(printed("wall").pages)


def test_the_last_page_says_whom_to_ring_and_warns_of_fraud_in_both_languages(
    catalogue: Catalogue, printed: Printed
) -> None:
    village = printed("wall", area="549901102201")
    ending = "".join(text.line.text for page in village.pages[-2:] for text in texts(page))
    for phone in ("0000-0000204", "0000-0000102", "0000-0000002"):
        assert phone in ending
    for key in ("no_fee", "no_secrets", "newest_card"):
        assert catalogue.words[key].zh in ending
        assert catalogue.words[key].bo in ending


def test_every_page_has_its_number_in_both_languages_the_date_the_edition_and_the_digest(
    catalogue: Catalogue, printed: Printed
) -> None:
    piece = printed("hand")
    for number, page in enumerate(piece.pages, 1):
        lines = [text.line.text for text in texts(page)]
        assert f"第{number}页，共{len(piece.pages)}页" in lines
        assert f"ཤོག་ངོས་{number}པ། ཁྱོན་ཤོག་ངོས་{len(piece.pages)}" in lines
        assert any(
            "2026年11月23日" in line and EDITION in line and catalogue.digest[:8] in line
            for line in lines
        )


def test_a_text_that_is_too_long_is_told_with_its_place_and_how_much(
    catalogue: Catalogue, fonts: Fonts
) -> None:
    theme, _problems = read_theme("plain")
    assert theme is not None
    policy = catalogue.policies[0]
    long = policy.model_copy(
        update={
            "who": policy.who.model_copy(update={"zh": "农户" * 90, "bo": "ཞིང་པ་" * 8 + "ཀ" * 90})
        }
    )
    found = problems(replace(catalogue, policies=(long,)), theme, fonts, DAY)
    messages = [str(each) for each in found]
    assert any(
        "E312: this text takes" in message and f"{policy.id}.yaml" in message
        for message in messages
    )
    assert any(
        "E310: this text is" in message and "mm wider than its column" in message
        for message in messages
    )


def test_a_row_that_no_page_holds_is_an_error_and_not_cut(
    catalogue: Catalogue, fonts: Fonts
) -> None:
    policy = catalogue.policies[0]
    long = policy.model_copy(update={"who": policy.who.model_copy(update={"zh": "农户有地" * 400})})
    spoilt = replace(catalogue, policies=(long,))
    _piece, found = general_card(
        spoilt, (long,), imprint(spoilt), look("hand"), fonts, CardChoices()
    )
    assert [each.code for each in found] == ["E311"]
    assert found[0].place.file.endswith(f"{policy.id}.yaml")


def test_a_character_that_no_font_has_is_told_with_its_place_and_nothing_is_printed(
    catalogue: Catalogue, fonts: Fonts
) -> None:
    policy = catalogue.policies[0]
    odd = policy.model_copy(
        update={"name": policy.name.model_copy(update={"zh": "补助\U0001f004"})}
    )
    spoilt = replace(catalogue, policies=(odd,))
    _piece, found = general_card(spoilt, (odd,), imprint(spoilt), look("wall"), fonts, AS_IS)
    assert {each.code for each in found} == {"E301"}
    assert found[0].place.file.endswith(f"{policy.id}.yaml")
    assert "U+1F004" in found[0].message()


def test_a_pictogram_that_does_not_exist_is_told_with_those_that_do(
    catalogue: Catalogue, fonts: Fonts
) -> None:
    theme, _problems = read_theme("plain")
    assert theme is not None
    first, *rest = catalogue.settings.categories
    settings = catalogue.settings.model_copy(
        update={"categories": (first.model_copy(update={"pictogram": "unicorn"}), *rest)}
    )
    (found,) = problems(replace(catalogue, settings=settings), theme, fonts, DAY)
    assert str(found).endswith("error E320: there is no pictogram 'unicorn'")
    assert "pasture" in found.hint()


def test_crop_marks_are_only_there_on_request(printed: Printed, fonts: Fonts) -> None:
    for choices, larger in ((CardChoices(), False), (CardChoices(crop_marks=True), True)):
        with pikepdf.open(
            BytesIO(pdf.render(printed("hand", choices=choices), fonts, tagged=False))
        ) as file:
            page = file.pages[0]
            trim = [float(side) for side in page.TrimBox]
            assert [round((trim[2] - trim[0]) / mm(1)), round((trim[3] - trim[1]) / mm(1))] == [
                148,
                210,
            ]
            assert (page.MediaBox[2] > trim[2]) == larger
