from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
import scans
import verapdf
from household_cards import CODE, HOME, PLACE, VILLAGE, Sample, flat, paragraphs, said, texts
from readers import READERS
from village_packs import MARKS

from policycards import pdf
from policycards.catalogue import read_catalogue, text_digest
from policycards.catalogue.model.policy import Text
from policycards.core.units import mm
from policycards.design import Look, marks, read_theme
from policycards.design.card.household_card import CardIssue, Cards, household_card
from policycards.design.layout.block_cache import whole
from policycards.design.layout.frames import Box, Piece, Squares
from policycards.households.model import Entitlement
from policycards.households.roster.homes import HouseholdFacts
from policycards.qr import format_code, read_payload
from policycards.typeset import Fonts

COUNTS = [0, 1, 8, 30]
NO_GLYPH = "\U0001f004"


@pytest.fixture(scope="module")
def sample(root: Path, font_folder: Path) -> Sample:
    read, _problems = read_catalogue(root / "policies")
    assert read is not None
    return Sample(read, Fonts.open(font_folder))


def entitled(sample: Sample, count: int) -> list[Entitlement]:
    return sample.eight() if count == 8 else sample.many(count)


def printed(sample: Sample, count: int, home: HouseholdFacts = HOME, **look: object) -> Piece:
    """The card of a household with so many policies, without problems."""
    piece, found = sample.card(entitled(sample, count), home, **look)  # type: ignore[arg-type]
    assert found == []
    return piece


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("count", COUNTS)
def test_all_ink_of_text_keeps_within_the_margin_and_no_paragraph_touches_another(
    sample: Sample, count: int, large: bool
) -> None:
    piece = printed(sample, count, large=large)
    assert len(piece.pages) >= 2
    assert_clear(piece)


def assert_clear(piece: Piece) -> None:
    for page in piece.pages:
        for text in texts(page):
            top, bottom = text.y - text.line.ink_top, text.y - text.line.ink_bottom
            assert text.x >= mm(6) and text.x + text.line.width <= page.width - mm(6) + 0.1, (
                text.line.text
            )
            assert top >= mm(6) - 0.1 and bottom <= page.height - mm(6) + 0.1, text.line.text
        boxes = [
            (
                text.x,
                text.y - text.line.ink_top + 0.05,
                text.x + text.line.width,
                text.y - text.line.ink_bottom - 0.05,
                paragraph,
                text.line.text,
            )
            for paragraph, lines in enumerate(paragraphs(page.items))
            for text in lines
        ]
        for number, one in enumerate(boxes):
            for other in boxes[number + 1 :]:
                apart = (
                    one[2] <= other[0]
                    or other[2] <= one[0]
                    or one[3] <= other[1]
                    or other[3] <= one[1]
                )
                assert apart or one[4] == other[4], (one, other)


def test_sizes_are_never_below_what_old_eyes_read(sample: Sample) -> None:
    for page in printed(sample, 30).pages:
        for lines in paragraphs(page.items):
            in_foot = lines[0].y > page.height - mm(26) or lines[0].line.text in MARKS
            for run in (run for text in lines for run in text.line.runs):
                assert run.size >= (8.0 if in_foot else 10.5), lines[0].line.text


def test_the_outside_tells_whose_card_it_is_and_whom_to_ring_and_warns(sample: Sample) -> None:
    told = said(printed(sample, 8).pages[0])
    for words in (
        "བཀྲ་ཤིས་ཚེ་རིང",
        "扎西次仁",
        "示例一村 二组",
        "家庭人口5人",
        "ཁྱིམ་མི་5",
        "17",
        format_code(CODE),
    ):
        assert words in told
    for phone in ("0000-0000201", "0000-0000101", "0000-0000002"):
        assert phone in told
    flow = told.replace("\n", "")
    for key in ("title", "pile", "no_fee", "no_secrets", "newest_card", "qr_opens", "qr_network"):
        word = sample.catalogue.words[key]
        assert word.zh in flow and word.bo in flow, key
    assert sample.catalogue.settings.issuer.zh in told
    assert "card.example" in told


def test_the_pile_number_is_found_from_afar(sample: Sample) -> None:
    sizes = {text.line.text: text.line.runs[0].size for text in texts(printed(sample, 8).pages[0])}
    assert sizes["17"] == pytest.approx(60)


@pytest.mark.parametrize("large", [False, True])
def test_the_outside_tells_nothing_of_what_the_household_is_entitled_to(
    sample: Sample, large: bool
) -> None:
    everything = sample.many(99)
    piece, found = sample.card(everything, large=large)
    assert found == []
    outside, inside = said(piece.pages[0]), said(*piece.pages[1:])
    names = {policy.name.zh: policy for policy in sample.catalogue.policies}
    listed = sample.substance(everything)
    for row in (*listed.rows, *listed.others):
        assert row.name.zh in inside.replace("\n", "")
        assert row.name.zh not in outside and row.name.bo not in outside
    assert any(names[row.name.zh].discreet for row in listed.rows)
    figures = {
        each.phrases["zh"].number for row in listed.rows for each in row.offers if each.phrases
    }
    assert not figures & set(outside.split())


def test_discreet_policies_are_neither_in_the_code_nor_in_the_outline_nor_in_the_title(
    sample: Sample,
) -> None:
    answers = sample.eight()
    payload, _problems = read_payload(sample.address(answers).decode("ascii"), PLACE)
    without = [each for each in answers if each.policy != "rural-dibao"]
    assert payload is not None and payload.code == CODE
    assert sample.address(answers) == sample.address(without)
    piece = printed(sample, 8)
    outline = " ".join([piece.title, piece.author, *(each.title for each in piece.bookmarks)])
    names = [policy.name.zh for policy in sample.catalogue.policies]
    assert not [name for name in [*names, "扎西", HOME.household_id] if name in outline]
    assert [each.page for each in piece.bookmarks] == sorted(each.page for each in piece.bookmarks)
    assert len(piece.bookmarks) == 2


def test_every_amount_is_traced_in_the_printed_text(sample: Sample) -> None:
    told = said(*printed(sample, 8).pages[1:])
    for reckoning, amount in (
        ("每亩每年7.50元 × 120亩", "= 每年900元"),
        ("每亩每年2.50元 × 350.5亩", "= 每年876.25元"),
        ("每亩共1,200元 × 10亩", "= 共12,000元"),
        ("每人每年1,300元 × 1人", "= 每年1,300元"),
        ("每孩每年3,600元 × 2人", "= 每年7,200元"),
        ("876.25 + 900 + 1,300 + 7,200", "每年10,276.25元"),
    ):
        assert reckoning in told and amount in told
    assert "每年9,600元" in told
    assert sample.catalogue.words["approval_decides"].zh in told


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("area", ["300", "662.5", "9999.9", "100000", "1234567.8"])
def test_amounts_and_instalments_of_any_area_have_room(
    sample: Sample, area: str, large: bool
) -> None:
    policies = (
        "cropland-to-forest",
        "cropland-to-grass",
        "grassland-grazing-ban",
        "public-welfare-forest",
    )
    piece, found = sample.card([sample.entitled(policy, area) for policy in policies], large=large)
    assert found == []
    assert_clear(piece)


def test_the_households_amount_is_large(sample: Sample) -> None:
    sizes = [
        max(run.size for run in text.line.runs)
        for page in printed(sample, 8).pages[1:]
        for text in texts(page)
        if text.line.text.startswith("= 每年")
    ]
    assert sizes and min(sizes) >= 16


def test_what_changed_lately_is_told_inside(sample: Sample) -> None:
    told = said(*printed(sample, 8).pages[1:]).replace("\n", "")
    assert "原5,700 → 现5,940，提高了" in told
    assert "5,700" not in str(sample.substance(sample.eight()).others)


def test_a_reissued_card_tells_what_the_card_that_it_replaces_said(sample: Sample) -> None:
    had = {
        ("grassland-grazing-ban", "grazing-ban"): Decimal("840"),
        ("grassland-balance-reward", "balance"): Decimal("876.25"),
        ("longevity-80", "allowance"): Decimal("1200"),
        ("three-guarantees", "average"): Decimal("5700"),
    }
    read, _problems = read_theme("plain")
    assert read is not None
    cards, told = (
        Cards(sample.catalogue, Look(read, "hand"), sample.fonts),
        sample.substance(sample.eight()),
    )
    pages = []
    for former in (had, {}, had | {("grassland-grazing-ban", "grazing-ban"): Decimal("1040.50")}):
        imprint = replace(sample.imprint(sample.eight()), day=date(2025, 6, 1))
        dress = CardIssue(CODE, 17, imprint, former)
        piece, found = cards.card(told, dress, PLACE)
        assert piece is not None and found == []
        pages.append(said(*whole(piece, sample.fonts).pages[1:]).replace("\n", ""))
    first, plain, other = pages
    assert "旧卡840元 → 本卡900元" in first and "བྱང་རྙིང་སྒོར་840 → བྱང་གསར་སྒོར་900" in first
    assert "旧卡1,200元 → 本卡1,300元。原1,200 → 现1,300，提高了。依据：" in first
    assert first.count("旧卡") == 2 and "旧卡" not in plain
    assert "旧卡1,040.50元 → 本卡900元" in other and other.count("旧卡") == 2


def test_steps_papers_and_office_are_told_for_each_policy(sample: Sample) -> None:
    piece, found = sample.card([*sample.eight(), sample.entitled("disability-care")])
    assert found == []
    told = said(*piece.pages[1:]).replace("\n", "")
    words = sample.catalogue.words
    for word in (
        "先问村委会",
        "核对自家登记的面积",
        "按当地要求提出申请",
        "问医院或村委会",
        "问学校",
    ):
        assert word in told
    assert "办理单位：林业和草原部门" in told
    assert f"{words['papers'].zh}：" in told


def test_a_household_without_any_policy_is_told_so_and_whom_to_ask(sample: Sample) -> None:
    piece = printed(sample, 0)
    told = said(piece.pages[1])
    assert sample.catalogue.words["nothing_found"].zh in told.replace("\n", "")
    for phone in ("0000-0000201", "0000-0000101", "0000-0000002"):
        assert phone in told
    assert sample.catalogue.words["approval_decides"].zh not in told


def test_nothing_is_lost_where_the_outside_has_no_room_for_all(sample: Sample) -> None:
    everything = said(*printed(sample, 30, large=True).pages).replace("\n", "")
    for words in (
        "0000-0000101",
        *(sample.catalogue.words[key].zh for key in ("no_fee", "no_secrets", "newest_card")),
    ):
        assert words in everything


@pytest.mark.parametrize("theme", ["plain", "colour"])
@pytest.mark.parametrize("count", [0, 8, 30])
def test_every_drawn_line_is_read_back_exactly(
    sample: Sample, count: int, theme: str, tmp_path: Path
) -> None:
    piece = printed(sample, count, theme=theme)
    file = tmp_path / "card.pdf"
    pdf.write(piece, sample.fonts, file, tagged=True)
    for reader, read in READERS.items():
        for number, (page, told) in enumerate(zip(piece.pages, read(file), strict=True), 1):
            for text in texts(page):
                assert text.line.text in told, (reader, number, text.line.text)


@pytest.mark.parametrize("large", [False, True])
def test_the_qr_code_survives_printer_copier_and_camera(sample: Sample, large: bool) -> None:
    piece = printed(sample, 8, large=large)
    pages = [
        at
        for at, page in enumerate(piece.pages)
        for item in flat(page.items)
        if isinstance(item, Squares)
    ]
    assert pages == [0]
    with pypdfium2.PdfDocument(pdf.render(piece, sample.fonts, tagged=True)) as document:
        picture = document[0].render(scale=scans.DPI / 72).to_pil()
    assert scans.unread(picture, sample.address(sample.eight()).decode("ascii")) == []


def test_a_card_is_pdf_a_2a_and_ua_1(sample: Sample, tmp_path: Path) -> None:
    claims = []
    for count in (0, 8):
        file = tmp_path / f"{count}.pdf"
        pdf.write(printed(sample, count, theme="colour"), sample.fonts, file, tagged=True)
        claims += [(file, profile) for profile in verapdf.ON_SCREEN]
    blank, _found = sample.card(sample.eight(), replace(HOME, name_zh=NO_GLYPH))
    file = tmp_path / "blank.pdf"
    pdf.write(blank, sample.fonts, file, tagged=True)
    claims += [(file, profile) for profile in verapdf.ON_SCREEN]
    assert verapdf.broken_rules(claims) == [[] for _ in claims]


def test_the_same_household_gets_the_same_bytes(sample: Sample) -> None:
    one, two = (pdf.render(printed(sample, 8), sample.fonts, tagged=True) for _ in range(2))
    assert one == two


def test_marks_are_on_every_page_and_the_demo_key_alone_makes_a_sample(sample: Sample) -> None:
    for page in printed(sample, 8).pages:
        for mark in ("样稿", "示例数据", "试印", "不得发放"):
            assert mark in said(page)
    read = frozenset(text_digest(text.text) for text in sample.catalogue.texts)
    settings = sample.catalogue.settings.model_copy(update={"data": "confirmed"})
    sure = Sample(replace(sample.catalogue, reviewed=read, settings=settings), sample.fonts)
    demo, own = (sure.imprint([], demo=demo, published=True) for demo in (True, False))
    assert [mark.zh for mark in marks(sure.catalogue, (), demo)] == ["样稿·不得发放"]
    assert marks(sure.catalogue, (), own) == ()


LONG_BO = "བསྟན་འཛིན་རྒྱ་མཚོ་" * 6 + "དཔལ་བཟང་པོ"
NAMES: Sequence[tuple[str | None, str | None]] = (
    ("བཀྲ་ཤིས", None),
    (None, "扎西"),
    ("ཚེ", "才"),
    (LONG_BO, "阿旺洛桑丹增" * 8),
    (None, "Muhammad Abdurrahman-Tursun"),
    ("རྡོ་རྗེ（多杰）", "龘㛃璟·才让"),
)


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(("bo", "zh"), NAMES)
def test_names_of_one_script_and_of_any_length_are_printed_whole(
    sample: Sample, bo: str | None, zh: str | None, large: bool
) -> None:
    piece = printed(sample, 1, replace(HOME, name_bo=bo, name_zh=zh), large=large)
    assert_clear(piece)
    told = said(piece.pages[0]).replace("\n", "").replace(" ", "")
    for name in (bo, zh):
        assert name is None or name.replace(" ", "") in told


def blanks(piece: Piece) -> list[Box]:
    """Ruled blanks of the outside: short black rules."""
    boxes = [item for item in flat(piece.pages[0].items) if isinstance(item, Box)]
    return [
        box
        for box in boxes
        if box.fill == 0.0 and box.height == pytest.approx(0.8) and box.width < mm(130)
    ]


def test_a_name_that_no_font_draws_leaves_a_ruled_blank_and_a_warning_and_the_card_prints(
    sample: Sample,
) -> None:
    piece, found = sample.card(sample.eight(), replace(HOME, name_zh=f"扎西{NO_GLYPH}"))
    assert [str(each) for each in found] == [
        "roster.xlsx:7: warning W341: no font can draw U+1F004 in the name or group of household"
        " h-17; its card leaves a blank there"
    ]
    assert len(blanks(piece)) == 1
    assert "བཀྲ་ཤིས་ཚེ་རིང" in said(piece.pages[0])
    assert "户主" in said(piece.pages[0])
    assert_clear(piece)
    assert blanks(printed(sample, 8)) == []


def test_a_name_whose_signs_do_not_fit_each_other_leaves_a_blank_too(sample: Sample) -> None:
    piece, found = sample.card([], replace(HOME, name_bo="ཀ \u0f72", name_zh=None))
    assert [each.code for each in found] == ["W341"]
    assert len(blanks(piece)) == 1


def test_a_name_without_any_place_to_break_it_leaves_a_blank(sample: Sample) -> None:
    piece, found = sample.card([], replace(HOME, name_zh="A" * 60))
    assert [str(each) for each in found] == [
        "roster.xlsx:7: warning W342: the head's name of household h-17 is too long for its card, "
        "which leaves a ruled blank there"
    ]
    assert len(blanks(piece)) == 1
    assert_clear(piece)


@pytest.mark.parametrize(
    ("group", "lines"),
    [
        ("3", ["དཔེ་མཚོན་གྲོང་ཚོ་དང་པོ ཚོ་ཆུང་3", "示例一村 3组"]),
        ("二组", ["དཔེ་མཚོན་གྲོང་ཚོ་དང་པོ", "示例一村 二组"]),
        ("རྩྭ་ཁ", ["དཔེ་མཚོན་གྲོང་ཚོ་དང་པོ རྩྭ་ཁ", "示例一村"]),
        (None, ["དཔེ་མཚོན་གྲོང་ཚོ་དང་པོ", "示例一村"]),
    ],
)
def test_a_group_is_told_in_the_languages_that_it_has(
    sample: Sample, group: str | None, lines: list[str]
) -> None:
    told = said(printed(sample, 0, replace(HOME, group=group)).pages[0]).split("\n")
    assert [line for line in lines if line not in told] == []


def test_a_village_of_thousands_and_a_household_without_number_of_people_are_printed(
    sample: Sample,
) -> None:
    piece = printed(sample, 1, replace(HOME, pile=1234, members=None), large=True)
    assert "1234" in said(piece.pages[0])
    assert "家庭人口" not in said(piece.pages[0])
    assert_clear(piece)


def test_a_village_whose_name_fills_the_outside_is_an_error_and_nothing_moves_inside_unsaid(
    sample: Sample,
) -> None:
    area = sample.catalogue.areas[VILLAGE]
    long = replace(area, name=Text(bo=area.name.bo + "་" + "གྲོང་ཚོ་" * 60, zh="村" * 400))
    crowded = Sample(
        replace(sample.catalogue, areas={**sample.catalogue.areas, VILLAGE: long}), sample.fonts
    )
    _piece, found = crowded.card([], large=True)
    assert [str(each) for each in found if each.code == "E343"] == [
        "roster.xlsx:7: error E343: name, village and code of household h-17 need more height than"
        " the outside of a card has"
    ]


def test_where_nobody_can_be_rung_nothing_is_printed(sample: Sample) -> None:
    catalogue = replace(sample.catalogue, contacts=())
    silent = Sample(catalogue, sample.fonts)
    theme, _problems = read_theme("plain")
    assert theme is not None
    dress = CardIssue(CODE, HOME.pile, silent.imprint([]))
    piece, found = household_card(
        catalogue, silent.substance([]), dress, Look(theme, "hand"), sample.fonts, PLACE
    )
    assert piece is None
    assert [each.code for each in found] == ["E340"]
