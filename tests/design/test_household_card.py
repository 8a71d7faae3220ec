"""The household's card: always one sheet, whatever the household has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import product
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import scans
from household_cards import CODE, HOME, PLACE, flat, said, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from readers import pdfium, pdftotext, type_sizes
from verapdf import ON_PAPER, ON_SCREEN, broken_rules
from wild_households import Household, entitlements, everything, homes, own, sample

from policycards import pdf
from policycards.core.units import MM, mm
from policycards.design import read_theme
from policycards.design.card.card_fit import CardModel
from policycards.design.card.household_card import CardChoice, CardIssue, Cards, HouseholdCard
from policycards.design.content.card_content import CardContent
from policycards.design.layout.block_cache import whole
from policycards.design.layout.frames import Box, Page, Piece, Shape, Squares, Tagged
from policycards.qr import format_code
from policycards.typeset import numbers

MARGIN = mm(6.9)
WARNINGS = ("领卡、领补贴不收费", "不会索要密码、验证码、银行卡号", "以日期最新的卡为准")


@cache
def cards(choice: CardChoice) -> Cards:
    theme, _problems = read_theme("plain")
    assert theme is not None
    return Cards(sample().catalogue, theme, sample().fonts, choice)


def made(household: Household, choice: CardChoice, **facts: object) -> HouseholdCard:
    home, entitled = household
    issue = CardIssue(CODE, home.pile, sample().imprint(entitled), **facts)  # type: ignore[arg-type]
    return cards(choice).card(sample().substance(entitled, home), issue, PLACE)


def sheet(household: Household, choice: CardChoice, **facts: object) -> Piece:
    found = made(household, choice, **facts)
    assert found.piece is not None, found.problems
    return whole(found.piece, sample().fonts)


A4, A5 = CardChoice(), CardChoice("a5")
many = st.lists(st.integers(0, 200), max_size=70, unique=True).flatmap(
    lambda picks: st.tuples(
        *(
            st.builds(
                own,
                st.just(everything()[pick]),
                st.sampled_from(("0.5", "120", "1350.25", "99999.99")),
                st.sampled_from(("5060", "10119.96", "1000000")),
            )
            for pick in dict.fromkeys(pick % len(everything()) for pick in picks)
        )
    )
)
"""Households with up to everything there is."""


def flowed(page: Page) -> str:
    """The words of a page without spaces and line ends."""
    return re.sub(r"\s+", "", said(page))


def must_be_there(household: Household, pages: tuple[Page, ...]) -> None:
    """What is never left out stands on the card."""
    home, entitled = household
    content = sample().substance(entitled, home)
    text = "".join(map(flowed, pages))
    for line in content.lines:
        names = (line.form.name.zh, line.form.short.zh if line.form.short else line.form.name.zh)
        label = line.form.label.zh if line.form.label else names[0]
        assert any("".join(each.split()) in text for each in (*names, label)), line.form.policy
        if line.form.section != "other" and line.amount:
            assert line.amount in text
    for each in content.subtotals:
        assert numbers.plain(each.total) in text
    for words in WARNINGS:
        assert words in flowed(pages[-1])
    supervise = next(phone for phone in content.phones if phone.role == "supervise")
    assert supervise.number in text
    assert all("样稿" in flowed(page) and "不得发放" in flowed(page) for page in pages)
    assert format_code(CODE) in flowed(pages[0])


def inside(page: Page) -> None:
    """All ink keeps within the margins; lines do not leave the page."""
    for text in texts(page):
        assert text.x >= MARGIN and text.x + text.line.width <= page.width - MARGIN + 0.2, (
            text.line.text
        )
        assert text.y - text.line.ink_top + 0.5 >= MARGIN
        assert text.y - text.line.ink_bottom <= page.height - MARGIN + 0.5, text.line.text


@settings(max_examples=40, deadline=None)
@given(homes, many)
def test_every_household_gets_exactly_one_sheet_with_all_that_must_be_there(
    home: object, entitled: tuple[object, ...]
) -> None:
    household: Household = (home, entitled)  # type: ignore[assignment]
    piece = sheet(household, A4)
    assert len(piece.pages) == 2
    must_be_there(household, piece.pages)
    for page in piece.pages:
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        inside(page)


@settings(max_examples=25, deadline=None)
@given(homes, entitlements)
def test_a_card_of_half_a_sheet_is_whole_or_there_is_none(
    home: object, entitled: tuple[object, ...]
) -> None:
    household: Household = (home, entitled)  # type: ignore[assignment]
    found = made(household, A5)
    if found.piece is None:
        assert found.fit is None and not found.problems
        return
    piece = whole(found.piece, sample().fonts)
    assert len(piece.pages) == 2
    must_be_there(household, piece.pages)
    for page in piece.pages:
        inside(page)


def test_the_household_that_has_everything_there_is_gets_one_sheet() -> None:
    household = HOME, everything()
    piece = sheet(household, A4)
    must_be_there(household, piece.pages)
    assert len(piece.pages) == 2


@pytest.mark.parametrize("choice", [A4, A5], ids=["a4", "a5"])
def test_no_ink_crosses_a_rule_in_any_row_of_any_policy(choice: CardChoice) -> None:
    for at in range(0, len(everything()), 4):
        found = made((HOME, everything()[at : at + 4]), choice)
        assert found.problems == ()
        for page in whole(found.piece, sample().fonts).pages if found.piece else ():
            rules = [
                each
                for each in flat(page.items)
                if isinstance(each, Box) and each.width > mm(90) and each.height < 2
            ]
            for text in texts(page):
                top, low = text.y - text.line.ink_top, text.y - text.line.ink_bottom
                crossed = [
                    rule
                    for rule in rules
                    if top < rule.y < low - 0.1 and rule.x <= text.x <= rule.x + rule.width
                ]
                assert not crossed, (text.line.text, [rule.y - text.y for rule in crossed])


@pytest.mark.parametrize("quantity", ["1234.56", "12345.6", "123456.8"])
def test_a_large_quantity_has_room_in_every_format(quantity: str) -> None:
    household = HOME, (sample().entitled("grassland-grazing-ban", quantity),)
    for choice in (A5, A4):
        found = made(household, choice)
        assert found.problems == () and found.piece is not None
        assert numbers.plain(Decimal(quantity)) in said(whole(found.piece, sample().fonts).pages[0])


def sizes(page: Page) -> Iterator[tuple[str, float, str]]:
    for text in texts(page):
        for run in text.line.runs:
            yield run.face, run.size, run.text


@pytest.mark.parametrize("choice", [A4, A5, CardChoice(large=True)], ids=["a4", "a5", "large"])
def test_nothing_that_is_read_is_smaller_than_old_eyes_need(choice: CardChoice) -> None:
    piece = sheet((HOME, tuple(sample().eight())), choice)
    for page in piece.pages:
        for face, size, text in sizes(page):
            if face.startswith("bo") and re.search("[\u0f40-\u0fbc]", text):
                assert size >= 9.9, text
            elif re.search("[\u4e00-\u9fff]", text):
                assert size >= 7.9, text
    (front, _back) = piece.pages
    amounts = [size for _face, size, text in sizes(front) if text in ("900", "876.25", "12,000")]
    assert amounts and min(amounts) >= 16


def test_a_discreet_policy_is_on_the_front_alone() -> None:
    discreet = {each.id for each in sample().catalogue.policies if each.discreet}
    kept = tuple(each for each in everything() if each.policy in discreet)
    others = tuple(each for each in everything() if each.policy not in discreet)
    for at in range(0, len(kept), 4):
        entitled = (*kept[at : at + 4], *others[:20])
        piece = sheet((HOME, entitled), A4)
        back = flowed(piece.pages[1])
        for each in sample().substance(entitled).lines:
            if each.form.is_discreet:
                names = (each.form.name.zh, (each.form.short or each.form.name).zh)
                assert not any(name in back for name in names), each.form.policy


def test_every_figure_stands_once_between_its_units() -> None:
    entitled = (
        sample().entitled("grassland-balance-reward", "502.1"),
        sample().entitled("farm-inputs", "6.3"),
    )
    front = sheet((HOME, entitled), A5).pages[0]
    told = [text.line.text for text in texts(front)]
    assert [told.count(each) for each in ("2.50", "502.1", "1,255.25", "1,430.83")] == [1, 1, 1, 1]
    assert told.count("27.87") == told.count("6.3") == told.count("175.58") == 1


def test_instalments_are_in_fen_and_add_up_to_the_amount() -> None:
    entitled = (sample().entitled("cropland-to-grass", "2.3333", "1983.31"),)
    (line,) = sample().substance(entitled).lines
    assert line.amount == "1,983.31"
    shares = [Decimal(share.replace(",", "")) for share in line.shares]
    assert sum(shares) == Decimal("1983.31")
    assert all(share == share.quantize(Decimal("0.01")) for share in shares)
    assert " + ".join(line.shares) in said(sheet((HOME, entitled), A4).pages[0])


def test_the_amount_of_the_card_that_is_replaced_stands_beside_the_new_one() -> None:
    entitled = (sample().entitled("grassland-grazing-ban", "120"),)
    former = {("grassland-grazing-ban", entitled[0].standard): Decimal("840")}
    front = sheet((HOME, entitled), A4, former=former).pages[0]
    assert "旧卡840 → 900" in said(front).replace("\n", "")


def test_a_sum_says_what_it_was_unless_nobody_can_tell() -> None:
    entitled = tuple(sample().eight())
    changed = {"grassland-grazing-ban": Decimal("840"), "longevity-80": None}
    former = {
        (each.policy, each.standard): changed[each.policy]
        for each in entitled
        if each.policy in changed
    }
    front = sheet((HOME, entitled), A4, former=former).pages[0]
    told = said(front).replace("\n", "")
    assert "旧卡8,916.25" in told and "10,276.25" in told  # less 60, and without what is new
    lost = {**former, ("barley-seed", "gone"): Decimal("50")}
    assert "旧卡8,9" not in said(sheet((HOME, entitled), A4, former=lost).pages[0])


def test_steps_stand_below_how_their_policies_are_claimed() -> None:
    back = flowed(sheet((HOME, tuple(sample().eight())), A4).pages[1])
    assert "要申请47" in back
    assert back.index("先问村委会") < back.index("要申请47") < back.index("按当地要求提出申请")
    assert "按当地要求提出申请47" not in back  # the numbers stand above


def dated(entitled: tuple[object, ...]) -> CardContent:
    """A card's content in which everything is paid in June, to a bank card."""
    content = sample().substance(entitled)  # type: ignore[arg-type]
    lines = (replace(line, form=replace(line.form, month=6, via="card")) for line in content.lines)
    return replace(content, lines=tuple(lines))


@pytest.mark.parametrize("count", [2, 14], ids=["few lines", "many lines"])
def test_the_month_of_payment_stands_in_every_row(count: int) -> None:
    cash = [each for each in everything() if each.amount and each.quantity][:count]
    content = dated(tuple(cash))
    issue = CardIssue(CODE, 1, sample().imprint(cash))
    found = cards(A4).card(content, issue, PLACE)
    assert found.piece is not None and found.fit is not None
    pages = whole(found.piece, sample().fonts).pages
    told = "".join(map(flowed, pages))
    assert told.count("6月·卡") == len(content.lines)
    assert "发放时间和方式" not in told
    assert ("发放" in [text.line.text for text in texts(pages[0])]) is found.fit.front.is_dense
    for page in pages:
        inside(page)


def test_there_is_a_place_for_the_seal_on_one_side() -> None:
    few = sheet((HOME, tuple(sample().eight()[:2])), A4)
    assert ["盖章处" in flowed(page) for page in few.pages] == [False, True]


def test_the_warning_sign_stands_in_every_frame() -> None:
    for entitled in (tuple(sample().eight()), everything()):
        back = sheet((HOME, entitled), A4).pages[1]
        frame = max(
            (each for each in flat(back.items) if isinstance(each, Box) and each.stroke == 0.0),
            key=lambda box: box.y,
        )
        starts = [each.segments[0] for each in flat(back.items) if isinstance(each, Shape)]
        assert any(frame.y < float(y) < frame.y + frame.height for _move, _x, y, *_rest in starts)


def test_fronts_alone_have_the_names_of_all_policies_and_who_supervises() -> None:
    entitled = tuple(sample().eight())
    piece = sheet((HOME, entitled), CardChoice(fronts_only=True))
    (front,) = piece.pages
    told = flowed(front)
    assert "0000-0000002" in told and WARNINGS[0] in told
    for line in sample().substance(entitled).lines:
        assert (line.form.short or line.form.name).zh in told or line.form.name.zh in told


@pytest.mark.parametrize(
    ("bo", "zh"),
    [
        (None, "扎西次仁"),
        ("བཀྲ་ཤིས་ཚེ་རིང", None),
        ("ཨོ་རྒྱན་ཆོས་འཕེལ་བསྟན་འཛིན་རྒྱ་མཚོ་དཔལ་བཟང་པོ་དོན་གྲུབ", "乌坚曲培丹增嘉措白桑布顿珠"),
    ],
    ids=["no Tibetan", "no Chinese", "long"],
)
def test_names_in_one_script_and_names_over_two_lines(bo: str | None, zh: str | None) -> None:
    home = replace(HOME, name_bo=bo, name_zh=zh)
    for choice, entitled in ((A4, sample().eight()), (A5, sample().eight()[:2])):
        found = made((home, tuple(entitled)), choice)
        assert found.piece is not None and not found.problems
        told = flowed(whole(found.piece, sample().fonts).pages[0])
        for name in filter(None, (bo, zh)):
            assert name in told


def test_a_variation_selector_is_left_out_of_a_name_without_a_blank() -> None:
    home = replace(HOME, name_zh="扎\ufe00西\U000e0100次仁")
    found = made((home, tuple(sample().eight())), A4)
    assert found.problems == () and found.piece is not None
    assert "扎西次仁" in said(found.piece.pages[0])


def test_a_name_that_no_font_draws_leaves_a_rule_and_is_told() -> None:
    home = replace(HOME, name_bo=None, name_zh="扎\U0001f004")
    found = made((home, tuple(sample().eight())), A4)
    assert {each.code for each in found.problems} == {"W341"}
    assert found.piece is not None and "户主" in said(found.piece.pages[0])


def test_a_household_without_any_policy_is_told_whom_to_ring() -> None:
    piece = sheet((HOME, ()), A4)
    told = flowed(piece.pages[0])
    assert "没有查到您家享受的补贴" in told and "0000-0000201" in told


def test_pile_number_and_name_stand_on_both_sides_and_amounts_add_up() -> None:
    entitled = tuple(sample().eight())
    front, back = sheet((HOME, entitled), A5).pages
    for page in (front, back):
        assert "17" in [text.line.text for text in texts(page)]
        assert "扎西次仁" in flowed(page)
    model = CardModel.of(sample().substance(entitled).lines, {})
    yearly = model.sections["yearly"]
    total = sum(Decimal(each.line.amount.replace(",", "")) for each in yearly)
    assert numbers.plain(total) in flowed(front)


def test_the_code_keeps_its_quiet_zone_and_its_modules_when_the_page_is_shrunk() -> None:
    for choice in (A4, A5):
        front = sheet((HOME, tuple(sample().eight())), choice).pages[0]
        (squares,) = [each for each in flat(front.items) if isinstance(each, Squares)]
        assert squares.module * 0.94 >= mm(0.5) - 1e-6
        side, quiet = len(squares.rows) * squares.module, 4 * squares.module
        assert squares.x >= quiet - 1e-6
        zone = (squares.x - quiet, squares.y - quiet, side + 2 * quiet, side + 2 * quiet)
        for text in texts(front):
            apart = (
                text.x >= zone[0] + zone[2] - 0.1
                or text.x + text.line.width <= zone[0]
                or text.y - text.line.ink_top >= zone[1] + zone[3] - 0.6
                or text.y - text.line.ink_bottom <= zone[1]
            )
            assert apart, text.line.text


@pytest.mark.parametrize("choice", [A4, A5], ids=["a4", "a5"])
def test_the_code_survives_printer_copier_and_camera(choice: CardChoice) -> None:
    piece = sheet((HOME, tuple(sample().eight())), choice)
    with pypdfium2.PdfDocument(pdf.render(piece, sample().fonts, tagged=False)) as document:
        picture = document[0].render(scale=scans.DPI / 72).to_pil()
    address = scans.decode(picture)
    assert address is not None and CODE in address
    assert scans.unread(picture, address) == []


@pytest.mark.parametrize("choice", [A4, A5], ids=["a4", "a5"])
def test_the_file_has_no_type_below_the_smallest(choice: CardChoice) -> None:
    piece = sheet((HOME, tuple(sample().eight())), choice)
    with pikepdf.open(BytesIO(pdf.render(piece, sample().fonts, tagged=True))) as file:
        assert min(size for page in file.pages for size in type_sizes(page)) >= 7.9


def test_single_cards_are_pdf_a_2a_and_ua_1_and_cards_of_packs_pdf_a_2u(tmp_path: Path) -> None:
    households = ((HOME, tuple(sample().eight())), (HOME, ()), (HOME, everything()))
    claims = []
    for number, (household, choice) in enumerate(product(households, (A4, A5))):
        card = made(household, choice)
        if card.piece is None:  # half a sheet cannot hold it
            continue
        for tagged, profiles in ((True, ON_SCREEN), (False, ON_PAPER)):
            file = tmp_path / f"{number}-{tagged}.pdf"
            pdf.write(whole(card.piece, sample().fonts), sample().fonts, file, tagged=tagged)
            claims += [(file, profile) for profile in profiles]
    assert len(claims) >= 15
    assert dict(zip(claims, broken_rules(claims), strict=True)) == {claim: [] for claim in claims}


def tables(page: Page) -> list[list[list[str]]]:
    """The roles of the cells of each row of each table."""

    def found(items: Iterable[object], role: str) -> Iterator[Tagged]:
        for item in items:
            if isinstance(item, Tagged):
                if item.role == role:
                    yield item
                yield from found(item.items, role)

    return [
        [
            [cell.role for cell in row.items if isinstance(cell, Tagged) and cell.role[0] == "T"]
            for row in found((table,), "TR")
        ]
        for table in found(page.items, "Table")
    ]


def test_tables_are_tagged_with_heads_and_rows_of_equal_length() -> None:
    eight, all_ = tuple(sample().eight()), everything()
    cash = tuple(each for each in all_ if each.amount and each.quantity)
    pieces = [sheet((HOME, eight), A4), sheet((HOME, eight), A5), sheet((HOME, all_), A4)]
    issue = CardIssue(CODE, 1, sample().imprint(cash))
    for count in (2, 6, len(cash)):
        found = cards(A4).card(dated(cash[:count]), issue, PLACE)
        assert found.piece is not None
        pieces.append(whole(found.piece, sample().fonts))
    for piece in pieces:
        for page in piece.pages:
            for table in tables(page):
                assert len({len(row) for row in table}) == 1, table
    assert tables(pieces[0].pages[0])[0][0] == ["TH"] * 4
    assert ["TH"] * 5 in (tables(piece.pages[0])[0][0] for piece in pieces)


def test_all_words_are_read_back_from_the_file(tmp_path: Path) -> None:
    household = HOME, tuple(sample().eight())
    piece = sheet(household, A5)
    file = tmp_path / "card.pdf"
    pdf.write(piece, sample().fonts, file, tagged=True)
    for read in (pdftotext, pdfium):
        for page, told in zip(piece.pages, read(file), strict=True):
            flat_text = re.sub(r"\s+", "", told)
            for text in texts(page):
                assert re.sub(r"\s+", "", text.line.text) in flat_text, (read, text.line.text)


def test_the_same_card_is_the_same_bytes() -> None:
    household = HOME, tuple(sample().eight())
    one, two = (pdf.render(sheet(household, A4), sample().fonts, tagged=True) for _ in range(2))
    assert one == two


def test_without_a_contact_there_is_no_card() -> None:
    theme, _problems = read_theme("plain")
    assert theme is not None
    content = replace(sample().substance(sample().eight()), phones=())
    issue = CardIssue(CODE, 1, sample().imprint(sample().eight()))
    found = cards(A4).card(content, issue, PLACE)
    assert found.piece is None
    assert [each.code for each in found.problems] == ["E340"]
