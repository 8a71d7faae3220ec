"""Cover sheet, register, test page and spare cards of a village pack."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import scans
import verapdf
from hypothesis import given, settings
from hypothesis import strategies as st
from readers import READERS
from village_packs import (
    EDITION,
    MARKS,
    ROSTER,
    VILLAGE,
    Village,
    collisions,
    flat,
    handed,
    home,
    homes,
    ink,
    lines,
    look,
    paragraphs,
    texts,
)

from policycards import pdf
from policycards.catalogue import Catalogue, read_catalogue
from policycards.core.problems import Problem
from policycards.core.units import MM, mm
from policycards.design import Look, read_theme
from policycards.design.card.household_card import CardChoice, Cards
from policycards.design.card.spare_card import spare_card
from policycards.design.content.standard_lines import short_name
from policycards.design.layout.block_cache import whole
from policycards.design.layout.frames import Box, Page, Piece, Turned
from policycards.design.layout.sheet_plan import Duplex, Sheet, sides
from policycards.design.layout.theme import desk_look
from policycards.design.layout.tiling import imposed
from policycards.design.layout.typesetter import Typesetter
from policycards.design.pack.cover import FEWEST, PackFacts, cover_sheet
from policycards.design.pack.register import register
from policycards.design.pack.testpage import CROSS, RULER
from policycards.design.pack.testpage import test_pages as trial_pages
from policycards.households.roster.homes import HouseholdFacts
from policycards.qr import DEMO_KEY, format_code, link_of, spare_code
from policycards.typeset import Fonts

SHA = hashlib.sha256(b"cards").hexdigest()
CODE = spare_code(DEMO_KEY, VILLAGE, EDITION, 1, 1)
EDGES: tuple[Duplex, ...] = ("long-edge", "short-edge", "two-passes")


@pytest.fixture(scope="module")
def village(root: Path, font_folder: Path) -> Village:
    catalogue, _problems = read_catalogue(root / "policies")
    assert catalogue is not None
    return Village(catalogue, Fonts.open(font_folder))


def office_look() -> Look:
    theme, _problems = read_theme("plain")
    assert theme is not None
    return desk_look(theme)


def registered(
    village: Village, among: list[HouseholdFacts], *, takes_old: bool = False
) -> tuple[Piece, list[Problem]]:
    piece, problems = register(
        village.catalogue,
        village.policies,
        village.imprint(),
        handed(among),
        ROSTER,
        Typesetter(office_look(), village.fonts),
        takes_old=takes_old,
    )
    assert piece is not None
    return whole(piece, village.fonts), problems


def covered(
    village: Village, among: list[HouseholdFacts], households: dict[str, int] | None = None
) -> tuple[Piece, list[Problem]]:
    facts = PackFacts(
        cards=len(among),
        pages=9 * len(among),
        sheets=3 * len(among),
        spares=4,
        typed=village.address.decode("ascii"),
        sha256=SHA,
        households=households or {},
    )
    setter = Typesetter(office_look(), village.fonts)
    piece, problems = cover_sheet(
        village.catalogue, village.policies, village.imprint(), facts, among, ROSTER, setter
    )
    assert piece is not None
    return whole(piece, village.fonts), problems


def trial(village: Village, sheet: Sheet) -> tuple[Piece, list[Problem]]:
    piece, problems = trial_pages(
        village.catalogue,
        village.policies,
        village.imprint(),
        sheet,
        Typesetter(look("hand"), village.fonts),
    )
    assert piece is not None
    return piece, problems


def spare(
    village: Village, catalogue: Catalogue | None = None, policies: int = 3
) -> tuple[Piece, list[Problem]]:
    chosen = village.policies[:policies]
    payload = link_of(village.catalogue, EDITION).payload(CODE, {policy.id for policy in chosen})
    theme = look("hand").theme
    cards = Cards(catalogue or village.catalogue, theme, village.fonts, CardChoice())
    made = spare_card(cards, chosen, village.imprint(payload), CODE)
    assert made.piece is not None
    return whole(made.piece, village.fonts), list(made.problems)


@pytest.fixture(scope="module")
def pieces(village: Village) -> dict[str, Piece]:
    """One of each piece."""
    counts = {policy.id: number for number, policy in enumerate(village.policies)}
    made = {
        "cover": covered(village, homes(41), counts),
        "register": registered(village, homes(41)),
        "register-old": registered(village, homes(9), takes_old=True),
        "test": trial(village, Sheet()),
        "test-folded": trial(village, Sheet("cut-and-stack", "long-edge")),
        "spare": spare(village),
    }
    assert {name: problems for name, (_piece, problems) in made.items()} == {
        name: [] for name in made
    }
    return {name: piece for name, (piece, _problems) in made.items()}


def test_every_page_of_every_piece_carries_the_marks_and_its_number(
    pieces: dict[str, Piece],
) -> None:
    for name, piece in pieces.items():
        for number, page in enumerate(piece.pages, 1):
            told = lines(page)
            assert all(mark in told for mark in MARKS)
            if name != "spare":  # one sheet, front and back
                assert any(line.startswith(f"{number}/{len(piece.pages)} · ") for line in told)


def test_ink_keeps_within_the_margins_and_paragraphs_apart(pieces: dict[str, Piece]) -> None:
    for name, piece in pieces.items():
        for page in piece.pages:
            assert collisions(page) == [], name
            for paragraph in paragraphs(page.items):
                left, top, right, bottom = ink(paragraph)
                assert left >= mm(6) and right <= page.width - mm(6) + 0.1, (
                    name,
                    paragraph[0].line.text,
                )
                assert top >= mm(6) and bottom <= page.height - mm(6), (
                    name,
                    paragraph[0].line.text,
                )


def test_sizes_are_never_below_what_old_eyes_read(pieces: dict[str, Piece]) -> None:
    for name, piece in pieces.items():
        for page in piece.pages:
            for text in texts(page):
                is_small = (
                    text.y > page.height - mm(32)
                    or name.startswith("test")
                    or "依据" in text.line.text
                    or text.line.text in (*MARKS, "签名 / 日期")
                )
                for run in text.line.runs:
                    assert run.size >= (
                        8.0 if is_small or text.line.text.startswith("（20") else 10.5
                    ), (
                        name,
                        text.line.text,
                    )


def booklet(piece: Piece) -> Piece:
    """A piece on folded sheets, with its backs upside down."""
    printed = sides([len(piece.pages)], Sheet("cut-and-stack", "long-edge"))
    return replace(piece, bookmarks=(), pages=tuple(imposed([piece.pages], printed)))


def test_every_drawn_line_is_read_back_from_the_printed_pieces(
    pieces: dict[str, Piece], village: Village, tmp_path: Path
) -> None:
    for name, piece in pieces.items():
        file = tmp_path / f"{name}.pdf"
        pdf.write(piece, village.fonts, file, tagged=False)
        for reader, read in READERS.items():
            for number, (page, told) in enumerate(zip(piece.pages, read(file), strict=True), 1):
                for line in lines(page):
                    assert line in told, (name, reader, number, line)


def test_backs_that_are_upside_down_are_read_back_once_they_are_turned(
    pieces: dict[str, Piece], village: Village
) -> None:
    piece = booklet(pieces["spare"])
    with pypdfium2.PdfDocument(pdf.render(piece, village.fonts, tagged=False)) as document:
        for number, page in enumerate(piece.pages):
            read = document[number]
            read.set_rotation(180 if number % 2 else 0)
            told = read.get_textpage().get_text_range()
            assert [line for line in lines(page) if line not in told] == []


def test_every_piece_and_its_imposed_pages_are_pdf_a_2u(
    pieces: dict[str, Piece], village: Village, tmp_path: Path
) -> None:
    claims = []
    for name, piece in {**pieces, "booklet": booklet(pieces["spare"])}.items():
        file = tmp_path / f"{name}.pdf"
        pdf.write(piece, village.fonts, file, tagged=False)
        claims += [(file, profile) for profile in verapdf.ON_PAPER]
    assert verapdf.broken_rules(claims) == [[] for _ in claims]


def test_the_codes_are_read_from_print(pieces: dict[str, Piece], village: Village) -> None:
    link = link_of(village.catalogue, EDITION)
    address = village.address.decode("ascii")
    own = link.payload(CODE, {policy.id for policy in village.policies[:3]}).decode("ascii")
    for name, text in (
        ("cover", address),
        ("test", address),
        ("test-folded", address),
        ("spare", own),
    ):
        with pypdfium2.PdfDocument(
            pdf.render(pieces[name], village.fonts, tagged=False)
        ) as document:
            picture = document[0].render(scale=scans.DPI / 72).to_pil()
        assert scans.unread(picture, text) == []


def test_equal_input_gives_equal_bytes(village: Village) -> None:
    one, two = (
        pdf.render(registered(village, homes(5))[0], village.fonts, tagged=False) for _ in range(2)
    )
    assert one == two


# The register


@pytest.mark.parametrize("number", [0, 1, 17, 400])
def test_the_register_has_each_household_once_in_order(village: Village, number: int) -> None:
    piece, problems = registered(village, homes(number))
    assert problems == []
    codes = [format_code(code) for _home, code in handed(homes(number))]
    told = [line for page in piece.pages for line in lines(page)]
    assert [line for line in told if line in set(codes)] == codes
    assert ("本册没有农户" in told) == (number == 0)


def test_a_village_of_three_thousand_households_has_a_register(village: Village) -> None:
    piece, problems = registered(village, homes(3000))
    assert problems == []
    assert len(piece.pages) < 220
    assert lines(piece.pages[-1])[-1].startswith(f"{len(piece.pages)}/{len(piece.pages)} · ")


def test_every_page_says_what_the_register_proves_and_repeats_its_heading(
    pieces: dict[str, Piece],
) -> None:
    assert len(pieces["register"].pages) == 3
    for page in pieces["register"].pages:
        told = lines(page)
        assert "仅证明收到明白卡，不是领款凭证" in told
        assert "ཤེས་གསལ་བྱང་བུ་འབྱོར་བ་ཁོ་ནའི་ར་སྤྲོད་ཡིན། དངུལ་ལེན་པའི་བྱང་འཛིན་མིན" in told
        assert told.count("签名或按手印") == 1
        assert told.count("顺序号") == 1


def test_the_register_tells_nothing_of_policies_or_money(
    pieces: dict[str, Piece], village: Village
) -> None:
    told = "\n".join(line for page in pieces["register"].pages for line in lines(page))
    assert [
        policy.id for policy in village.policies if policy.name.zh in told or policy.name.bo in told
    ] == []
    assert "元" not in told
    assert "སྒོར" not in told


@pytest.mark.parametrize("name", ["register", "register-old"])
def test_there_is_room_for_a_signature_or_a_fingerprint(
    pieces: dict[str, Piece], name: str
) -> None:
    for page in pieces[name].pages:
        cells = [
            item for item in flat(page.items) if isinstance(item, Box) and item.stroke is not None
        ]
        (title,) = (text for text in texts(page) if text.line.text == "签名或按手印")
        column = [
            cell
            for cell in cells
            if cell.x < title.x < cell.x + cell.width < page.width - mm(20) and cell.y > title.y
        ]
        assert column
        assert all(cell.width >= mm(25) and cell.height >= mm(12) for cell in column)


def test_old_cards_are_taken_back_where_that_is_wished(pieces: dict[str, Piece]) -> None:
    assert "旧卡收回" in lines(pieces["register-old"].pages[0])
    assert "旧卡收回" not in lines(pieces["register"].pages[0])


def test_names_that_cannot_be_printed_leave_a_blank_beside_their_number(village: Village) -> None:
    odd = [
        home(1, "བཀྲ་ཤིས", "\U0001f004"),
        home(2, None, "A" * 60),
        home(3),
        home(4, None, "卓玛"),
    ]
    for made in (registered, covered):
        piece, problems = made(village, odd)
        assert [str(found) for found in problems] == [
            (
                "list.xlsx:2: warning W341: no font can draw U+1F004 in the name or group of"
                " household h-1; its card leaves a blank there"
            ),
            (
                "list.xlsx:3: warning W342: the head's name of household h-2 is too long for its"
                " card, which leaves a ruled blank there"
            ),
        ]
        told = [line for page in piece.pages for line in lines(page)]
        assert {"1", "2", "3", "4", "བཀྲ་ཤིས", "卓玛"} <= set(told)
        rules = [
            item
            for page in piece.pages
            for item in flat(page.items)
            if isinstance(item, Box) and item.fill == 0.0 and item.height == 0.8
        ]
        assert len(rules) == 3


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.none() | st.text("བཀྲཤིསཚེརངདཔལ་", min_size=1, max_size=90),
            st.none() | st.text("扎西次仁卓玛·达瓦AB ", min_size=1, max_size=60),
            st.none() | st.text("二组1མདའ་ ", min_size=1, max_size=30),
        ),
        max_size=12,
    )
)
def test_whatever_names_there_are_nothing_is_printed_over_anything(
    village: Village, named: list[tuple[str | None, str | None, str | None]]
) -> None:
    among = [home(pile, *each) for pile, each in enumerate(named, 1)]
    for made in (registered, covered):
        piece, problems = made(village, among)
        assert {found.code for found in problems} <= {"W341", "W342"}
        for page in piece.pages:
            for text in texts(page):
                assert text.x + text.line.width <= page.width - mm(6) + 0.1
                assert text.y - text.line.ink_bottom <= page.height - mm(6)


# The cover sheet


def test_the_cover_says_whose_the_pack_is_and_what_is_in_it(pieces: dict[str, Piece]) -> None:
    told = lines(pieces["cover"].pages[0])
    for line in (
        "示例一村",
        "དཔེ་མཚོན་གྲོང་ཚོ་དང་པོ",
        "示例县示例一乡",
        "41",
        "369",
        "123",
        "4",
        "已打印",
        "发卡人",
    ):
        assert line in told
    assert any("2026年11月23日" in line for line in told)
    assert any(EDITION in line for line in told)
    assert "".join(told).replace(" ", "").count(SHA) == 1


def test_small_numbers_of_discreet_policies_are_not_told_and_no_such_policy_is_missing(
    village: Village,
) -> None:
    discreet = [policy for policy in village.policies if policy.discreet]
    open_ = [policy for policy in village.policies if not policy.discreet]
    few, many, *absent = discreet
    assert absent
    counts = {few.id: FEWEST - 1, many.id: 83, open_[0].id: 1}
    piece, problems = covered(village, homes(3), counts)
    assert problems == []
    told = [line for page in piece.pages for line in lines(page)]
    assert any("不足5户不显示" in line for line in told)
    assert any("དུད་ཚང་5ལས་ཉུང་ན་མི་སྟོན" in line for line in told)
    assert told.count("<5") == len(discreet) - 1
    assert "83" in told
    assert all(short_name(policy).zh in told for policy in discreet)
    assert short_name(open_[0]).zh in told
    assert not any(short_name(policy).zh in told for policy in open_[1:])


def test_the_cover_and_its_index_are_two_pages_for_forty_policies(village: Village) -> None:
    """Of a village of forty households with names that are as long as most."""
    among = [home(pile, "བཀྲ་ཤིས་ཚེ་རིང", "扎西次仁", "2") for pile in range(1, 41)]
    counts = {policy.id: 7 for policy in village.policies[:40]}
    piece, problems = covered(village, among, counts)
    assert problems == [] and len(piece.pages) == 2
    assert "扎西次仁" not in lines(piece.pages[0])  # which is seen while the pack is carried


def test_a_page_of_the_register_has_at_least_eighteen_households(village: Village) -> None:
    among = [home(pile, "བཀྲ་ཤིས་ཚེ་རིང", "扎西次仁", "2") for pile in range(1, 55)]
    for takes_old in (False, True):
        piece, problems = registered(village, among, takes_old=takes_old)
        assert problems == [] and len(piece.pages) == 3


def test_the_index_is_on_pages_of_its_own_sorted_and_for_the_village_alone(
    village: Village,
) -> None:
    among = homes(60)
    piece, problems = covered(village, among[::-1])
    assert problems == []
    pages = [page for page in piece.pages if "仅限本村使用，不得外传" in lines(page)]
    assert len(pages) > 1
    assert not any("卓玛" in lines(page) for page in piece.pages if page not in pages)
    told = [line for page in pages for line in lines(page) if line.isdecimal()]
    groups = {each.pile: each.group for each in among}
    numbers = [str(pile) for each in among for pile in [each.pile]]
    seen = iter(told)
    assert all(number in seen for number in numbers), "every number, in order"
    assert groups[1] == "1"


def test_a_village_without_households_has_a_cover_and_no_index(village: Village) -> None:
    piece, problems = covered(village, [])
    assert problems == []
    assert "仅限本村使用，不得外传" not in [line for page in piece.pages for line in lines(page)]


# The test page


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("form", ["single", "cut-and-stack"])
def test_the_test_page_fits_every_paper(village: Village, form: str, edge: Duplex) -> None:
    piece, problems = trial(village, Sheet(form, edge))  # type: ignore[arg-type]
    assert problems == []
    assert len(piece.pages) == 2
    width = 148 if form == "single" else 297
    assert {(round(page.width / MM), round(page.height / MM)) for page in piece.pages} == {
        (width, 210)
    }
    assert [collisions(page) for page in piece.pages] == [[], []]


def test_the_test_page_says_what_to_choose_and_shows_the_smallest_type_at_its_size(
    pieces: dict[str, Piece],
) -> None:
    front, back = pieces["test"].pages
    assert {"实际大小，勿选适合页面", "正面", "双面打印：翻转长边"} <= set(lines(front))
    assert {"背面", "对着光看，两面十字应重合"} <= set(lines(back))
    (small,) = (text for text in texts(front) if text.line.text == "这是最小的字，应当清楚")
    (tibetan,) = (text for text in texts(front) if text.line.text == "ཡི་གེ་ཆུང་ཤོས་འདི་གསལ་པོ་ཡོད་དགོས")
    assert (small.line.runs[0].size, tibetan.line.runs[0].size) == pytest.approx((8, 9.92))


def test_the_rulers_are_as_long_as_they_say(pieces: dict[str, Piece]) -> None:
    boxes = [
        item
        for item in flat(pieces["test"].pages[0].items)
        if isinstance(item, Box) and item.fill == 0.0
    ]
    across = [box for box in boxes if box.height == mm(2) or box.height in (mm(3.5), mm(5))]
    down = [box for box in boxes if box.width == mm(2) or box.width in (mm(3.5), mm(5))]
    assert len(across) == len(down) == RULER + 1
    assert max(box.x for box in across) - min(box.x for box in across) == pytest.approx(mm(RULER))
    assert max(box.y for box in down) - min(box.y for box in down) == pytest.approx(mm(RULER))


def crosses(page: Page, paper: tuple[float, float]) -> set[tuple[float, float]]:
    """The middles of the four crosses on the paper, mm, as the side lies in the file."""
    (turned,) = page.items
    assert isinstance(turned, Turned)
    arms = [
        box
        for box in flat(turned.items)
        if isinstance(box, Box) and box.width == mm(8) and box.height < 1
    ]
    found = set()
    for arm in arms:
        x, y = arm.x + arm.width / 2, arm.y + arm.height / 2
        x, y = (turned.x - x, turned.y - y) if turned.angle else (turned.x + x, turned.y + y)
        found.add((round(x / MM, 3), round(y / MM, 3)))
    return found


@pytest.mark.parametrize("edge", EDGES)
def test_the_crosses_of_both_sides_lie_behind_each_other_and_move_with_the_calibration(
    village: Village, edge: Duplex
) -> None:
    sheet = Sheet("cut-and-stack", edge)
    width, height = (side / MM for side in sheet.paper())
    wanted = {(x, y) for x in (CROSS, width - CROSS) for y in (CROSS, height - CROSS)}
    wanted = {(round(x, 3), round(y, 3)) for x, y in wanted}
    for page in trial(village, sheet)[0].pages:
        assert crosses(page, sheet.paper()) == wanted
    front, back = trial(village, Sheet("cut-and-stack", edge, front=(1, 2), back=(-1, 0.5)))[
        0
    ].pages
    sign = -1 if edge == "long-edge" else 1
    assert crosses(front, sheet.paper()) == {(x + 1, y + 2) for x, y in wanted}
    assert crosses(back, sheet.paper()) == {(x - sign, y + sign * 0.5) for x, y in wanted}


def test_a_test_page_that_does_not_fit_says_by_how_much(village: Village) -> None:
    theme = look("hand").theme
    huge = theme.designs["hand"].model_copy(update={"heading": 30.0})
    huge_look = Look(theme.model_copy(update={"designs": {**theme.designs, "hand": huge}}), "hand")
    setter = Typesetter(huge_look, village.fonts)
    _piece, (found,) = trial_pages(
        village.catalogue, village.policies, village.imprint(), Sheet(), setter
    )
    assert "E350: the test page needs " in str(found)
    assert found.place.file.endswith("words.yaml")


# Spare cards


def test_a_spare_has_lines_to_write_on_and_its_own_code_on_every_page(
    pieces: dict[str, Piece],
) -> None:
    piece = pieces["spare"]
    first = piece.pages[0]
    assert {"备用卡", "户主", "组", "示例一村"} <= set(lines(first))
    rules = [
        box
        for box in flat(first.items)
        if isinstance(box, Box) and box.height == 0.8 and box.fill == 0.0
    ]
    assert len(rules) == 2
    assert all(rule.width > mm(20) for rule in rules)
    assert len(piece.pages) == 2
    assert all(format_code(CODE) in lines(page) for page in piece.pages)
    assert CODE in piece.identity
