"""Change slips and the notice of a village: what they tell, what they never tell, and how they lie
on the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from household_cards import CODE, HOME, PLACE, VILLAGE, said, texts
from hypothesis import given
from hypothesis import strategies as st
from village_packs import collisions

from policycards.catalogue import Catalogue, read_catalogue
from policycards.catalogue.model.policy import Policy, Text, Value
from policycards.core.units import mm
from policycards.design import PrintContext, Theme, read_theme
from policycards.design.layout.block_cache import whole
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Box, Page, Piece
from policycards.design.layout.theme import A4, look_on
from policycards.design.notices.amount_changes import PrintedAmount, Step, steps
from policycards.design.notices.slip import (
    EDGE,
    ON_SHEET,
    ON_SHEET_LARGE,
    Slip,
    Slips,
    sheet_of,
    sheets,
)
from policycards.design.notices.village_notice import village_notice
from policycards.qr import format_code
from policycards.typeset import Fonts

DAY = date(2026, 11, 1)
IMPRINT = PrintContext(VILLAGE, DAY, "p0test00", False, (), "cards.example.org")
NUMBER = "示例财〔2026〕18号"
RAISED = {
    "longevity-80": "1430",
    "grassland-grazing-ban": "8.25",
    "rural-dibao": "6000",
    "hospital-delivery": "1100",
}


@pytest.fixture(scope="module")
def catalogue(root: Path) -> Catalogue:
    """The shipped policies after a notice that raised some."""
    found, _problems = read_catalogue(root / "policies")
    assert found is not None
    return replace(found, policies=tuple(map(raised, found.policies)))


def raised(policy: Policy) -> Policy:
    if policy.id not in RAISED:
        return policy
    value = Value.model_validate(
        {
            "from": "2026-07",
            "amount": RAISED[policy.id],
            "published": "2026-06",
            "recorded": "2026-06-30",
            "source": {"title": "关于提高部分补贴标准的通知", "number": NUMBER},
        }
    )
    first, *others = policy.standards
    first = first.model_copy(update={"values": (*first.values, value)})
    return policy.model_copy(update={"standards": (first, *others)})


@pytest.fixture(scope="module")
def theme() -> Theme:
    read, _problems = read_theme("plain")
    assert read is not None
    return read


@pytest.fixture(scope="module")
def fonts(font_folder: Path) -> Fonts:
    return Fonts.open(font_folder)


@pytest.fixture(scope="module")
def setter(catalogue: Catalogue, theme: Theme, fonts: Fonts) -> Slips:
    return Slips(catalogue, look_on(theme, "hand", A4), fonts)


def own(figure: str) -> PrintedAmount:
    return PrintedAmount(Decimal(figure))


def value(figure: str) -> PrintedAmount:
    return PrintedAmount(Decimal(figure), is_value=True)


LONGEVITY = Step("longevity-80", "allowance", own("1300"), own("1430"))
GRAZING = Step("grassland-grazing-ban", "grazing-ban", own("4968.75"), own("5465.63"))
DIBAO = Step("rural-dibao", "line", own("3580"), own("4000"))
DELIVERY = Step("hospital-delivery", "grant", value("1000"), value("1100"))
GAINED = Step("childcare-subsidy", "subsidy", None, own("7200"))
LOST = Step("grassland-balance-reward", "balance", own("900"), None)
COUNTED = Step("forage-seed-subsidy", "forage-seed", own("190"), own("200.50"))


def paged(setter: Slips, *told: Step, code: str | None = CODE) -> list[Page]:
    made, problems = setter.slips(Slip(HOME, code, told), IMPRINT, PLACE)
    assert problems == []
    piece = Piece("t", "zh", "a", DAY, "x", tuple(sheets(made, setter.look)))
    return list(whole(piece, setter.setter.fonts).pages)


def told(setter: Slips, *steps: Step) -> str:
    return said(*paged(setter, *steps)).replace("\u00a0", " ")


def test_a_slip_tells_whose_it_is_from_what_to_what_from_when_and_by_which_notice(
    setter: Slips,
) -> None:
    text = told(setter, LONGEVITY, GRAZING)
    for part in (HOME.name_bo, HOME.name_zh, "示例一村 二组", "17", format_code(CODE)):
        assert part and part in text
    assert "ལོ་རེར་སྒོར\n1,300 →\n1,430\n元/年" in text
    assert "ལོ་རེར་སྒོར\n4,968.75 →\n5,465.63\n元/年" in text
    assert f"2026年7月起，依据：{NUMBER}" in text and "2026ལོའི་ཟླ་7པ་ནས་བཟུང" in text
    words = setter.catalogue.words
    for key in (
        "slip_title",
        "no_fee",
        "no_secrets",
        "strip_draft",
        "strip_sample",
        "strip_stop",
        "mark_proof",
        "card_village",
    ):
        assert all(side in text.replace("\n", "") for side in (words[key].bo, words[key].zh)), key
    assert "0000-0000201" in text and "p0test00" in text


def test_a_name_that_no_font_draws_leaves_a_blank_and_a_warning(setter: Slips) -> None:
    home = replace(HOME, name_zh="扎西\U0001f004")
    made, (problem,) = setter.slips(Slip(home, CODE, (LONGEVITY,)), IMPRINT, PLACE)
    assert len(made) == 1
    assert (
        str(problem)
        == "roster.xlsx:7: warning W341: no font can draw U+1F004 in the name or group of household"
        " h-17; its card leaves a blank there"
    )


def test_what_is_new_or_gone_or_counted_otherwise_is_told_as_such(setter: Slips) -> None:
    text = told(setter, GAINED, LOST, COUNTED)
    assert "新享受，每年7,200元" in text and "གསར་དུ་ཐོབ་པ། ལོ་རེར་སྒོར་7,200" in text
    assert "不再享受，原每年900元" in text and "190 →\n200.50\n元/年" in text
    assert "登记的情况有变化" in text and NUMBER not in text


def test_a_figure_of_another_kind_is_told_with_the_words_of_each(setter: Slips) -> None:
    step = Step("grassland-grazing-ban", "grazing-ban", own("900"), value("8.25"))
    assert "原每年900元 → 现每亩每年8.25元" in told(setter, step)


def test_a_discreet_policy_is_not_named_nor_its_notice(setter: Slips) -> None:
    text = told(setter, DIBAO)
    assert "卡内的一项政策" in text and "3,580 →\n4,000\n元/年" in text
    assert "低保" not in text and "最低生活保障" not in text and NUMBER not in text


def test_what_is_alike_for_everybody_is_left_to_the_notice_of_the_village(setter: Slips) -> None:
    assert paged(setter, DELIVERY) == []
    text = told(setter, LONGEVITY, DELIVERY)
    assert "其他标准的变动，请看本村通知" in text and "1,100" not in text


def test_a_household_with_many_changes_gets_several_numbered_slips(setter: Slips) -> None:
    text = told(setter, LONGEVITY, GRAZING, DIBAO, GAINED, LOST, COUNTED)
    assert "1/3" in text and "3/3" in text
    assert text.count(HOME.name_zh or "") == 3
    assert "1/" not in told(setter, LONGEVITY).replace("11", "")


def test_all_ink_of_a_slip_stays_in_its_third_of_the_sheet(setter: Slips) -> None:
    third, width = setter.look.height / ON_SHEET, setter.look.width
    for page in paged(setter, LONGEVITY, GRAZING, DIBAO, GAINED, LOST, COUNTED):
        for text in texts(page):
            y0, y1 = text.y - 0.9 * text.line.runs[0].size, text.y + 0.45 * text.line.runs[0].size
            assert y0 // third == y1 // third
            assert y0 % third >= EDGE / 2 and y1 % third <= third - EDGE / 2
            assert mm(6) <= text.x and text.x + text.line.width <= width - mm(6)


def test_a_change_that_no_slip_holds_is_told_with_its_place(
    catalogue: Catalogue, theme: Theme, fonts: Fonts
) -> None:
    long = Text(bo=" ".join(["རྒན་པའི་བདེ་ཐང་ཁ་གསབ།"] * 20), zh="高龄健康补贴" * 40)
    policies = tuple(
        policy.model_copy(update={"short": long}) if policy.id == "longevity-80" else policy
        for policy in catalogue.policies
    )
    setter = Slips(replace(catalogue, policies=policies), look_on(theme, "hand", A4), fonts)
    _made, (problem,) = setter.slips(Slip(HOME, CODE, (LONGEVITY,)), IMPRINT, PLACE)
    assert str(problem).startswith(str(catalogue.place("longevity-80")))
    assert "error E354: what changed in this policy needs " in str(problem)
    assert str(problem).endswith(" mm more height than a change slip has")
    assert (
        problem.hint()
        == "Shorten the policy's name or the labels of its standards, or print new cards instead of"
        " slips."
    )


def test_steps_are_what_is_another_now_in_the_catalogues_order() -> None:
    former = {("b", "x"): own("1"), ("a", "y"): None, ("a", "x"): own("2"), ("c", "z"): value("5")}
    now = {("a", "x"): own("2"), ("a", "y"): own("3"), ("b", "x"): own("4")}
    order = [("a", "x"), ("a", "y"), ("b", "x"), ("c", "z")]
    assert steps(former, now, order) == (
        Step("a", "y", None, own("3")),
        Step("b", "x", own("1"), own("4")),
        Step("c", "z", value("5"), None),
    )


def test_large_type_takes_half_a_sheet(catalogue: Catalogue, theme: Theme, fonts: Fonts) -> None:
    large = Slips(catalogue, look_on(theme, "hand", A4, large=True), fonts, ON_SHEET_LARGE)
    made, problems = large.slips(Slip(HOME, CODE, (LONGEVITY, GRAZING)), IMPRINT, PLACE)
    assert problems == [] and len(made) == 1
    (page,) = whole(
        Piece("t", "zh", "a", DAY, "x", tuple(sheets(made, large.look, ON_SHEET_LARGE))), fonts
    ).pages
    bodies = [
        run.size for text in texts(page) for run in text.line.runs if "1,430" in text.line.text
    ]
    assert min(bodies) >= 13 and all(text.y < page.height / 2 - EDGE for text in texts(page))


@given(st.integers(1, 700), st.sampled_from([ON_SHEET, ON_SHEET_LARGE]))
def test_a_pile_that_is_cut_is_in_walking_order(count: int, on_sheet: int) -> None:
    look = _Paper()
    blocks = [Block(1.0, 1.0, (Box(float(number), 0, 1, 1, fill=0.0),)) for number in range(count)]
    pages = sheets(blocks, look, on_sheet)  # type: ignore[arg-type]
    where = [[_number(item.x) for item in page.items if isinstance(item, Box)] for page in pages]
    assert [next(at for at, page in enumerate(where) if slip in page) for slip in range(count)] == [
        sheet_of(slip, count, on_sheet) for slip in range(count)
    ]
    cut: list[int] = []
    for first in range(0, len(where), 50):
        part = where[first : first + 50]
        for third in range(on_sheet):
            cut += [page[third] for page in part if third < len(page)]
    assert cut == list(range(count))


class _Paper:
    width, height, margin = 595.0, 842.0, 20.0


def _number(x: float) -> int:
    return round(x - _Paper.margin)


def notice(
    catalogue: Catalogue, theme: Theme, fonts: Fonts, changed: Sequence[tuple[str, str]]
) -> Piece | None:
    piece, problems = village_notice(catalogue, changed, IMPRINT, theme, fonts)
    assert problems == []
    return piece


ALL = [("longevity-80", "allowance"), ("hospital-delivery", "grant"), ("rural-dibao", "line")]


def test_the_notice_tells_standards_and_nobodys_amount_and_no_discreet_policy(
    catalogue: Catalogue, theme: Theme, fonts: Fonts
) -> None:
    piece = notice(catalogue, theme, fonts, ALL)
    assert piece is not None and len(piece.pages) == 1
    text = said(*piece.pages).replace("\u00a0", " ")
    assert (piece.pages[0].width, piece.pages[0].height) == pytest.approx((mm(210), mm(297)))
    assert (
        "示例一村" in text
        and "1,300 →\n1,430\n元/人·年" in text
        and "1,000 →\n1,100\n元/次" in text
    )
    assert "另有政策也有变动" in text and "低保" not in text and "最低生活保障" not in text
    words = catalogue.words
    for key in (
        "village_notice_title",
        "village_notice_own",
        "no_fee",
        "no_secrets",
        "strip_draft",
    ):
        assert all(side in text.replace("\n", "") for side in (words[key].bo, words[key].zh)), key


def test_no_ink_meets_even_where_the_title_of_a_notice_needs_two_lines(
    catalogue: Catalogue, theme: Theme, fonts: Fonts, setter: Slips
) -> None:
    long = Text(bo="དཔེ་མཚོན་གྲོང་ཚོ་དང་པོ་" * 2, zh="示例村民委员会第一村")
    village = replace(catalogue.areas[VILLAGE], name=long)
    named = replace(catalogue, areas={**catalogue.areas, VILLAGE: village})
    for each in (catalogue, named):
        piece = notice(each, theme, fonts, ALL)
        assert piece is not None and [collisions(page) for page in piece.pages] == [[]]
    every = (LONGEVITY, GRAZING, DIBAO, GAINED, LOST, COUNTED)
    assert all(collisions(page) == [] for page in paged(setter, *every))


def test_where_no_standard_changed_there_is_no_notice(
    catalogue: Catalogue, theme: Theme, fonts: Fonts
) -> None:
    assert notice(catalogue, theme, fonts, [("forage-seed-subsidy", "forage-seed")]) is None


def test_a_notice_of_very_many_changes_goes_on_on_marked_pages(
    catalogue: Catalogue, theme: Theme, fonts: Fonts
) -> None:
    many = replace(catalogue, policies=tuple(_renewed(policy) for policy in catalogue.policies))
    every = [(policy.id, each.id) for policy in many.policies for each in policy.standards]
    piece = notice(many, theme, fonts, every)
    assert piece is not None and len(piece.pages) > 1
    for page in piece.pages:
        assert catalogue.words["strip_draft"].zh in said(page)
        assert all(text.y < page.height - mm(6) for text in texts(page))


def _renewed(policy: Policy) -> Policy:
    """The policy with a value of each standard that is new since July."""
    standards = []
    for each in policy.standards:
        values = [value for value in each.values if value.amount is not None and value.area is None]
        newer = [
            last.model_copy(
                update={"since": type(last.since)(2026, 7), "amount": (last.amount or 0) + 1}
            )
            for last in values[-1:]
        ]
        standards.append(each.model_copy(update={"values": (*each.values, *newer)}))
    return policy.model_copy(update={"standards": tuple(standards)})
