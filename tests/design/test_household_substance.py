from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from household_cards import DAY, HOME, VILLAGE, Sample

from policycards.catalogue import read_catalogue
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Standard, Text
from policycards.design.content.benefit_lines import claimed, is_product, quantity_unit
from policycards.design.content.card_content import Teller
from policycards.design.content.policy_text import Offer, PolicyText
from policycards.households.model import Entitlement
from policycards.typeset import Fonts


@pytest.fixture(scope="module")
def sample(root: Path, font_folder: Path) -> Sample:
    read, _problems = read_catalogue(root / "policies")
    assert read is not None
    return Sample(read, Fonts.open(font_folder))


def offer(sample: Sample, *entitled: Entitlement) -> Offer:
    """The one offer of a household that has nothing else, as it is explained."""
    speaker = PolicyText(sample.catalogue, VILLAGE, DAY)
    policy = next(each for each in sample.catalogue.policies if each.id == entitled[0].policy)
    (found,) = claimed(speaker, policy, entitled, {}).row.offers
    return found


def figure(found: Offer, lang: str = "zh") -> str:
    assert found.phrases
    told = found.phrases[lang]  # type: ignore[index]
    return told.before + told.number + told.after


def test_cash_is_told_as_value_times_quantity_is_amount(sample: Sample) -> None:
    found = offer(sample, sample.entitled("grassland-balance-reward", "350.5"))
    assert found.reckoning == Text(
        bo="མུའུ་རེར་ལོ་རེར་སྒོར་2.50 × མུའུ་350.5", zh="每亩每年2.50元 × 350.5亩"
    )
    assert figure(found) == "= 每年876.25元"
    assert figure(found, "bo") == "= ལོ་རེར་སྒོར་876.25"


def test_people_and_households_are_counted_as_such(sample: Sample) -> None:
    assert offer(sample, sample.entitled("childcare-subsidy", "2")).reckoning == Text(
        bo="བྱིས་པ་རེར་ལོ་རེར་སྒོར་3,600 × མི་2", zh="每孩每年3,600元 × 2人"
    )
    home = offer(sample, sample.entitled("herder-production-materials", "1"))
    assert home.reckoning and home.reckoning.zh == "每户每年500元 × 1户"


def test_instalments_are_the_households_own(sample: Sample) -> None:
    found = offer(sample, sample.entitled("cropland-to-forest", "2.5"))
    assert figure(found) == "= 共3,000元"
    assert [note.zh for note in found.notes] == ["分次发：1,250 + 750 + 1,000元"]


def test_an_approved_amount_is_the_rosters_and_the_value_only_its_line(sample: Sample) -> None:
    found = offer(sample, sample.entitled("rural-dibao", amount="9600"))
    assert (found.lead and found.lead.zh, figure(found)) == ("审批金额", "每年9,600元")
    assert [note.zh for note in found.notes] == ["保障线：每人每年5,060元"]
    assert found.reckoning is None


def test_an_amount_that_is_no_product_is_never_told_as_one(sample: Sample) -> None:
    listed = sample.entitled("longevity-80", "1", "2000")
    found = offer(sample, listed)
    assert found.reckoning is None
    assert (found.lead and found.lead.zh, figure(found)) == ("审批金额", "每年2,000元")


def test_a_product_is_rounded_once_and_half_away_from_zero() -> None:
    standard = Standard(id="a", unit="mu-year", pays="cash", rounding="1")

    def entitled(amount: str) -> Entitlement:
        return Entitlement("h", "p", "a", "yes", Decimal("2.50"), Decimal("1.8"), Decimal(amount))

    assert is_product(standard, entitled("5"))
    assert not is_product(standard, entitled("4"))
    assert not is_product(standard, entitled("4.50"))


def test_cash_of_an_unknown_quantity_shows_its_value_and_says_that_it_is_in_no_sum(
    sample: Sample,
) -> None:
    open_ = sample.entitled("childcare-subsidy")
    found = offer(sample, open_)
    assert figure(found) == "每孩每年3,600元"
    assert [note.zh for note in found.notes] == [sample.catalogue.words["quantity_open"].zh]
    assert sample.substance([open_]).subtotals == ()


def test_all_other_kinds_of_money_are_told_as_on_a_general_card_and_without_quantity(
    sample: Sample,
) -> None:
    told = {
        "three-guarantees": ("每生每年平均5,940元", ["不发现金，直接付给学校、医院或基金"]),
        "hospital-delivery": ("每次1,000元", ["发生时申领"]),
        "student-loan": ("每生每年最高8,000元", ["贷款，需要归还"]),
    }
    for policy, (words, notes) in told.items():
        found = offer(sample, sample.entitled(policy))
        assert (figure(found), [note.zh for note in found.notes]) == (words, notes)
        assert found.reckoning is None
    by_notice = offer(sample, sample.entitled("farm-machinery"))
    assert (by_notice.phrases, [note.zh for note in by_notice.notes]) == (None, ["标准按当年通知"])


def test_what_a_quantity_counts_is_the_unit_of_its_attribute(sample: Sample) -> None:
    def unit(quantity: str | None, per: str = "household") -> str | None:
        told = quantity_unit(
            sample.catalogue, Standard(id="a", pays="cash", quantity=quantity, **{"for": per})
        )
        return told and told.zh

    assert (unit("barley_mu"), unit("LEAST(barley_mu, 30)"), unit(None), unit(None, "member")) == (
        "亩",
        "亩",
        "户",
        "人",
    )


def test_subtotals_are_of_cash_alone_where_there_are_two_amounts(sample: Sample) -> None:
    entitled = sample.eight()
    (year,) = sample.substance(entitled).subtotals
    assert (year.key, year.total) == ("subtotal_year", Decimal("10276.25"))
    twice = [*entitled, sample.entitled("cropland-to-grass", "2")]
    _year, once = sample.substance(twice).subtotals
    assert (once.key, once.total) == ("card_once", Decimal("13700"))


def test_a_monthly_amount_counts_twelve_times(sample: Sample) -> None:
    changed = with_unit(sample.catalogue, "longevity-80", "person-month")
    entitled = [
        sample.entitled("grassland-grazing-ban", "120"),
        sample.entitled("longevity-80", "1"),
    ]
    told = Sample(changed, sample.fonts).substance(entitled)
    assert [line.amount for line in told.lines] == ["900", "15,600"]
    assert [each.total for each in told.subtotals] == [Decimal("16500.00")]


def with_unit(catalogue: Catalogue, policy_id: str, unit: str) -> Catalogue:
    """The catalogue with another unit of a policy's first standard."""

    def changed(policy):  # type: ignore[no-untyped-def]
        standard = policy.standards[0].model_copy(update={"unit": unit})
        return policy.model_copy(update={"standards": (standard,)})

    policies = tuple(changed(each) if each.id == policy_id else each for each in catalogue.policies)
    return replace(catalogue, policies=policies)


def test_each_policy_says_how_it_is_claimed(sample: Sample) -> None:
    (line,) = sample.substance([sample.entitled("grassland-grazing-ban", "10")]).lines
    assert [step.zh for step in line.form.how] == ["先问村委会", "核对自家登记的面积"]
    (line,) = sample.substance([sample.entitled("disability-care", amount="500")]).lines
    assert [text.zh for text in line.form.needs] == ["所需材料：残疾人证", "办理单位：民政部门"]


def test_what_nobody_can_tell_is_asked_about_but_never_what_is_discreet(sample: Sample) -> None:
    told = sample.substance(sample.eight())
    assert [name.zh for name in told.ask_about] == ["免费教育专业补助"]
    assert "free-majors" not in told.policies


def test_a_policy_of_which_one_standard_is_certain_is_not_asked_about(sample: Sample) -> None:
    tuition = sample.entitled("free-majors", standard_id="tuition")
    living = sample.entitled("free-majors", standard_id="living", answer="cannot_tell")
    told = sample.substance([tuition, living])
    assert (told.policies, told.ask_about) == (("free-majors",), ())


def test_a_no_leaves_no_trace(sample: Sample) -> None:
    refused = sample.entitled("border-first-line", answer="no")
    told = [sample.substance(each) for each in ([*sample.eight(), refused], sample.eight())]
    assert told[0].policies == told[1].policies and told[0].texts == told[1].texts


def test_substance_is_the_same_on_a_later_day_unless_what_it_says_changes(sample: Sample) -> None:
    later = sample.substance(sample.eight(), day=date(2029, 1, 1))
    now = sample.substance(sample.eight())
    assert later.texts == now.texts
    for one, other in zip(later.lines, now.lines, strict=True):
        assert list(one.texts(labelled=False)) == list(other.texts(labelled=False))


def test_substance_knows_neither_place_in_the_pile_nor_row_but_name_people_and_group(
    sample: Sample,
) -> None:
    teller, entitled = Teller(sample.catalogue, DAY), sample.eight()
    told = teller.substance(HOME, entitled)
    assert teller.substance(replace(HOME, pile=99, row=1), entitled) == told
    for change in ({"name_zh": "次仁"}, {"members": 4}, {"group": "三组"}):
        assert teller.substance(replace(HOME, **change), entitled) != told  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["no_fee", "how", "card_ring", "subtotal_year", "card_decides"])
def test_another_word_on_the_card_is_another_content(sample: Sample, key: str) -> None:
    word = sample.catalogue.words[key]
    words = {**sample.catalogue.words, key: Text(bo=word.bo + "་", zh=word.zh + "！")}
    changed = Sample(replace(sample.catalogue, words=words), sample.fonts)
    assert said(changed) != said(sample)


def said(sample: Sample) -> list[object]:
    """What the card of a household says, line by line."""
    content = sample.substance(sample.eight())
    return [content.texts, *(tuple(line.texts(labelled=True)) for line in content.lines)]
