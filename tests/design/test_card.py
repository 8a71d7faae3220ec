"""The general card: every standard on one leaf, in a table that is read aloud and read back."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import scans
import verapdf
from pieces_of_office import COUNTY, Office, sound
from readers import READERS, type_sizes
from village_packs import DAY, MARKS, collisions, ink, lines, paragraphs, texts

from policycards import pdf
from policycards.catalogue import Catalogue, text_digest
from policycards.core.units import MM, mm
from policycards.design import PrintContext, marks, problems, read_theme
from policycards.design.content.policy_text import PolicyText
from policycards.design.content.standard_lines import StandardLine, standard_lines
from policycards.design.layout.frames import Box, Item, Page, Piece, Squares, Tagged
from policycards.typeset import Fonts

NAMES = ("a4", "a3", "large")


@pytest.fixture(scope="module")
def office(root: Path) -> Office:
    return Office.shipped(root)


@pytest.fixture(scope="module")
def catalogue(office: Office) -> Catalogue:
    return office.catalogue


@pytest.fixture(scope="module")
def fonts(office: Office) -> Fonts:
    return office.fonts


@pytest.fixture(scope="module")
def cards(office: Office) -> dict[str, Piece]:
    return {
        "a4": sound(office.card("a4")),
        "a3": sound(office.card("a3")),
        "large": sound(office.card("a4", large=True)),
    }


def imprint(catalogue: Catalogue, published: bool = False) -> PrintContext:
    return PrintContext(COUNTY, DAY, "p0test00", published, (), "card.example")


def told(office: Office, policies: tuple[object, ...] = ()) -> list[StandardLine]:
    speaker = PolicyText(office.catalogue, COUNTY, DAY)
    return [line for policy in office.policies for line in standard_lines(speaker, policy)]


def many(office: Office, count: int) -> Office:
    """An office with so many policies: the shipped ones, and their like under other names."""
    shipped = office.catalogue.policies
    policies = [
        shipped[at % len(shipped)].model_copy(
            update={"id": f"{shipped[at % len(shipped)].id}-{at}"}
        )
        for at in range(count)
    ]
    return replace(office, catalogue=replace(office.catalogue, policies=tuple(policies)))


def test_all_policies_are_on_one_leaf_of_a4_and_on_one_side_of_a3(
    office: Office, cards: dict[str, Piece]
) -> None:
    assert len(office.policies) == 48
    sizes = {
        name: [(round(page.width / MM), round(page.height / MM)) for page in piece.pages]
        for name, piece in cards.items()
    }
    assert sizes == {"a4": [(210, 297)] * 2, "a3": [(420, 297)], "large": [(297, 420)] * 2}


def test_eighty_policies_are_on_two_leaves_of_a4_or_two_sides_of_a3(office: Office) -> None:
    larger = many(office, 80)
    assert 90 <= len(told(larger)) <= 110
    assert len(sound(larger.card("a4")).pages) <= 4
    assert len(sound(larger.card("a3")).pages) == 2


def test_a_category_alone_is_on_one_side_and_named_in_the_title(office: Office) -> None:
    own = tuple(each for each in office.catalogue.policies if each.category == "education")
    piece = sound(replace(office, catalogue=replace(office.catalogue, policies=own)).card("a4"))
    (page,) = piece.pages
    assert "教育" in lines(page) and "通用卡" not in lines(page)


def test_every_standard_is_told_once_with_its_figure_and_unit(
    office: Office, cards: dict[str, Piece]
) -> None:
    for piece in cards.values():
        found = Counter(line for page in piece.pages for line in lines(page))
        for line in told(office):
            if line.figure:
                assert found[line.figure] == sum(
                    each.figure == line.figure for each in told(office)
                )
            assert line.before in found and line.after in found, line
            assert not line.name or f"{line.name.zh}" in " ".join(found), line


def test_a_lowest_and_a_highest_are_one_line_and_what_rose_has_an_arrow(office: Office) -> None:
    found = told(office)
    (span,) = (line for line in found if "–" in line.figure)
    assert (span.policy, span.figure, span.after) == ("poverty-housing", "12,000–15,000", "元/户")
    assert {line.policy for line in found if line.is_raised} == {
        "eco-post",
        "startup-grant",
        "delivery-escort",
        "resident-medical-insurance",
        "preschool-free",
        "three-guarantees",
    }


def test_ink_keeps_within_the_margin_and_no_line_touches_another(cards: dict[str, Piece]) -> None:
    for name, piece in cards.items():
        for page in piece.pages:
            assert collisions(page) == [], name
            for paragraph in paragraphs(page.items):
                left, top, right, bottom = ink(paragraph)
                assert left >= mm(6.9) and right <= page.width - mm(6.9), paragraph[0].line.text
                assert top >= mm(6.9) and bottom <= page.height - mm(6.9), paragraph[0].line.text


def test_no_ink_touches_a_rule_of_the_table(cards: dict[str, Piece]) -> None:
    """Neither the foot of a Tibetan stack nor the vowel above one, over all rows of all policies."""
    for name, piece in cards.items():
        for page in piece.pages:
            rules = [box for box in thin(page.items) if box.width > mm(60)]
            assert len(rules) > 20
            for text in table_texts(page.items):
                top, bottom = text.y - text.line.ink_top, text.y - text.line.ink_bottom
                for box in rules:
                    beside = text.x + text.line.width <= box.x or box.x + box.width <= text.x
                    apart = bottom <= box.y or top >= box.y + box.height
                    assert beside or apart, (name, text.line.text)


def thin(items: tuple[Item, ...]) -> Iterator[Box]:
    for item in items:
        if isinstance(item, Tagged):
            yield from thin(item.items)
        elif isinstance(item, Box) and item.fill == 0.0 and item.height < 1.0:
            yield item


def table_texts(items: tuple[Item, ...]) -> Iterator:  # type: ignore[type-arg]
    for item in items:
        if isinstance(item, Tagged):
            if item.role == "Table":
                yield from texts(Page(0, 0, item.items))
            else:
                yield from table_texts(item.items)


def test_sizes_in_the_file_are_never_below_what_old_eyes_read(
    office: Office, cards: dict[str, Piece], tmp_path: Path
) -> None:
    """As drawn: 13 pt of Tibetan and 10.5 of Chinese, but for the marks, what is typed of the code,
    and the line at the foot.
    """
    for name, piece in cards.items():
        file = tmp_path / f"{name}.pdf"
        pdf.write(piece, office.fonts, file, tagged=True)
        drawn = [size for page in pikepdf.open(file).pages for size in type_sizes(page)]
        assert min(drawn) >= 8.0
        for page in piece.pages:
            for text in texts(page):
                first = text.line.runs[0]
                is_foot = text.y > page.height - mm(14)
                is_reference = text.line.text in (*MARKS, "card.example", "◀")
                least = 13.0 if first.face.startswith("bo") else 10.5
                is_mark = first.size == pytest.approx(11.6)
                assert first.size >= least - 0.01 or is_foot or is_reference or is_mark, (
                    text.line.text
                )
        assert {
            round(text.line.runs[0].size, 3) for page in piece.pages for text in texts(page)
        } <= {round(size, 3) for size in drawn}


def test_every_drawn_line_is_read_back_exactly(
    office: Office, cards: dict[str, Piece], tmp_path: Path
) -> None:
    for name, piece in cards.items():
        file = tmp_path / f"{name}.pdf"
        pdf.write(piece, office.fonts, file, tagged=True)
        for reader, read in READERS.items():
            for number, (page, found) in enumerate(zip(piece.pages, read(file), strict=True), 1):
                for line in lines(page):
                    assert line in found, (reader, name, number, line)


def test_the_table_has_a_row_for_each_standard_with_a_heading_cell(
    office: Office, cards: dict[str, Piece], tmp_path: Path
) -> None:
    for piece in cards.values():
        with pikepdf.open(BytesIO(pdf.render(piece, office.fonts, tagged=True))) as file:
            (document,) = elements(file.Root.StructTreeRoot)
            tables = [each for each in elements(document) if each.S == "/Table"]
            assert len(tables) == 1
            rows = [[str(cell.S) for cell in elements(row)] for row in elements(tables[0])]
        assert rows == [["/TD", "/TH", "/TD"]] * len(told(office))


def elements(parent: pikepdf.Object) -> list[pikepdf.Object]:
    kids = parent.K if isinstance(parent.K, pikepdf.Array) else [parent.K]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def test_signs_and_tiles_say_in_words_what_they_show(cards: dict[str, Piece]) -> None:
    def figures(items: tuple[Item, ...]) -> Iterator[str]:
        for item in items:
            if isinstance(item, Tagged) and item.role == "Figure":
                yield item.alt or ""
            elif isinstance(item, Tagged):
                yield from figures(item.items)

    found = Counter(alt for page in cards["a4"].pages for alt in figures(page.items))
    assert found["现金"] == 20 and found["审批"] == 12 and found["不发现金"] > 5
    assert found["教育图标"] == 1 and sum(found[alt] for alt in found if "图标" in alt) == 11
    assert "" not in found


def test_the_qr_code_of_a_printed_card_survives_printer_copier_and_camera(
    office: Office, cards: dict[str, Piece]
) -> None:
    for name in ("a4", "a3"):
        piece = cards[name]
        assert any(isinstance(item, Squares) for item in flat(piece.pages[-1].items))
        with pypdfium2.PdfDocument(pdf.render(piece, office.fonts, tagged=False)) as document:
            picture = document[len(piece.pages) - 1].render(scale=scans.DPI / 72).to_pil()
        assert scans.unread(picture, office.address().decode("ascii")) == []


def flat(items: tuple[Item, ...]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Tagged):
            yield from flat(item.items)
        else:
            yield item


def test_a_card_for_the_screen_is_pdf_a_2a_and_ua_1(
    office: Office, cards: dict[str, Piece], tmp_path: Path
) -> None:
    claims = []
    for name, piece in cards.items():
        pdf.write(piece, office.fonts, tmp_path / f"{name}.pdf", tagged=True)
        claims += [(tmp_path / f"{name}.pdf", profile) for profile in verapdf.ON_SCREEN]
    assert verapdf.broken_rules(claims) == [[] for _ in claims]


def test_the_same_card_has_the_same_bytes(office: Office, cards: dict[str, Piece]) -> None:
    again = pdf.render(sound(office.card("a4")), office.fonts, tagged=True)
    assert again == pdf.render(cards["a4"], office.fonts, tagged=True)


def test_in_gray_every_figure_stands_out_from_what_is_behind_it(office: Office, root: Path) -> None:
    """The colour theme as a black and white printer draws it: bars dark, tints light."""
    piece = sound(Office.shipped(root, "colour").card("a3"))
    with pypdfium2.PdfDocument(pdf.render(piece, office.fonts, tagged=False)) as document:
        gray = document[0].render(scale=1, grayscale=True).to_pil()
    shades = sorted(gray.getpixel((int(mm(10.2)), int(mm(at)))) for at in range(40, 250))
    assert shades[-1] == 255 and sum(shade < 120 for shade in shades) > 150


def test_bookmarks_lead_to_every_category(office: Office, cards: dict[str, Piece]) -> None:
    rendered = BytesIO(pdf.render(cards["a4"], office.fonts, tagged=True))
    with pikepdf.open(rendered) as file, file.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
    categories = office.catalogue.settings.categories
    assert titles == [f"{each.name.bo} {each.name.zh}" for each in categories]


def test_a_draft_carries_its_marks_on_every_page(cards: dict[str, Piece]) -> None:
    for piece in cards.values():
        for page in piece.pages:
            assert all(lines(page).count(mark) == 1 for mark in MARKS)


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


def test_unreviewed_lines_can_be_printed_in_chinese_alone(
    catalogue: Catalogue, office: Office
) -> None:
    name = next(policy.name.bo for policy in catalogue.policies if policy.id == "barley-seed")
    alone = sound(office.card("a4", chinese_only=True))
    assert not any(name in line for page in alone.pages for line in lines(page))
    assert any("青稞良种补贴" in line for page in alone.pages for line in lines(page))


def test_the_last_side_says_whom_to_ring_and_warns_of_fraud_in_both_languages(
    catalogue: Catalogue, office: Office, cards: dict[str, Piece]
) -> None:
    village = lines(sound(office.card("a4", area="549901102201")).pages[-1])
    assert [line for line in village if line.startswith("0000-")] == [
        "0000-0000204",
        "0000-0000102",
        "0000-0000002",
    ]
    county = lines(cards["a4"].pages[-1])
    assert "村委会" in county  # with a rule to write its number on
    assert [line for line in county if line.startswith("0000-")] == ["0000-0000001", "0000-0000002"]
    for key in ("no_fee", "no_secrets", "newest_card", "qr_opens"):
        assert catalogue.words[key].bo in county


def test_every_page_has_its_number_the_date_the_edition_and_the_digest(
    catalogue: Catalogue, cards: dict[str, Piece]
) -> None:
    for piece in cards.values():
        for number, page in enumerate(piece.pages, 1):
            shown = f"{number}/{len(piece.pages)} · p0test00 · {catalogue.digest[:8]}"
            assert shown in lines(page)
            assert any("2026年11月23日" in line for line in lines(page))


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


def test_a_policy_without_short_names_takes_more_lines_and_is_whole(office: Office) -> None:
    plain = tuple(
        policy.model_copy(
            update={
                "short": None,
                "standards": tuple(
                    each.model_copy(update={"short": None}) for each in policy.standards
                ),
            }
        )
        for policy in office.catalogue.policies
    )
    piece = sound(replace(office, catalogue=replace(office.catalogue, policies=plain)).card("a4"))
    assert len(piece.pages) <= 4
    found = "".join(line for page in piece.pages for line in lines(page))
    for policy in office.policies:
        assert policy.name.zh in found and policy.name.bo in found


def test_a_policy_that_no_side_holds_is_an_error_and_not_cut(office: Office) -> None:
    policy = office.catalogue.policies[0]
    standards = tuple(policy.standards[0].model_copy(update={"id": f"s-{at}"}) for at in range(40))
    long = policy.model_copy(update={"standards": standards})
    _piece, found = replace(office, catalogue=replace(office.catalogue, policies=(long,))).card()
    assert [each.code for each in found] == ["E311"]
    assert found[0].place.file.endswith(f"{policy.id}.yaml")


def test_a_character_that_no_font_has_is_told_with_its_place_and_nothing_is_printed(
    office: Office,
) -> None:
    policy = office.catalogue.policies[0]
    name = policy.name.model_copy(update={"zh": "补助\U0001f004"})
    odd = policy.model_copy(update={"name": name, "short": None})
    _piece, found = replace(office, catalogue=replace(office.catalogue, policies=(odd,))).card()
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


def test_crop_marks_are_only_there_on_request(office: Office) -> None:
    for crop_marks in (False, True):
        rendered = pdf.render(sound(office.card(crop_marks=crop_marks)), office.fonts, tagged=False)
        with pikepdf.open(BytesIO(rendered)) as file:
            page = file.pages[0]
            trim = [float(side) for side in page.TrimBox]
            size = [round((trim[2] - trim[0]) / MM), round((trim[3] - trim[1]) / MM)]
            assert size == [210, 297]
            assert (page.MediaBox[2] > trim[2]) == crop_marks
