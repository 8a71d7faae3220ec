import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from policycards.catalogue import Catalogue, Policy, read_catalogue
from policycards.catalogue.model.in_force import in_force
from policycards.catalogue.model.policy import Standard, Text, Value
from policycards.design.content.policy_selection import chosen, months_before, offered
from policycards.design.content.policy_text import Row, closed, joined, statement

DAY = date(2026, 11, 23)
ASKED = Text(bo="དྲི", zh="问")
_TWICE = re.compile(r"།[ \u00a0]?།")
COUNTY = "549901"


@pytest.fixture(scope="module")
def catalogue(root: Path) -> Catalogue:
    read, problems = read_catalogue(root / "policies")
    assert read is not None and not problems
    return read


@pytest.fixture(scope="module")
def says(catalogue: Catalogue) -> Callable[..., Row]:
    """The statement of a shipped policy."""

    def say(
        policy_id: str, area: str = COUNTY, day: date = DAY, tibetan_digits: bool = False
    ) -> Row:
        policy = next(each for each in catalogue.policies if each.id == policy_id)
        return statement(catalogue, policy, area, day, tibetan_digits)

    return say


def figures(row: Row, lang: str = "zh") -> list[str]:
    return [
        "".join((p.before, p.number, p.after))
        for o in row.offers
        if o.phrases
        for p in [o.phrases[lang]]
    ]  # type: ignore[index]


def test_a_standard_is_told_in_both_languages_with_its_unit_around_its_number(
    says: Callable[..., Row],
) -> None:
    row = says("grassland-grazing-ban")
    assert figures(row) == ["每亩每年7.50元"]
    assert figures(row, "bo") == ["མུའུ་རེར་ལོ་རེར་སྒོར་7.50"]
    assert row.offers[0].since == Text(bo="2016ལོ་ནས་བཟུང", zh="2016年起")


def test_a_date_is_told_only_as_precisely_as_it_is_known(says: Callable[..., Row]) -> None:
    assert says("farm-inputs").offers[0].since.zh == "2016年时已执行"  # type: ignore[union-attr]
    assert says("student-loan").offers[0].since.zh == "2021年7月起"  # type: ignore[union-attr]
    assert says("longevity-80").offers[0].since.zh == "2025年1月1日起"  # type: ignore[union-attr]


def test_money_that_is_no_cash_says_what_it_is(says: Callable[..., Row]) -> None:
    told = {
        "rural-dibao": "按审批金额发放，以上为保障线",
        "three-guarantees": "不发现金，直接付给学校、医院或基金",
        "student-loan": "贷款，需要归还",
        "hospital-delivery": "发生时申领",
    }
    for policy, words in told.items():
        row = says(policy)
        notes = [
            note.zh
            for note in (*row.notes, *(note for offer in row.offers for note in offer.notes))
        ]
        assert words in notes, policy


def test_a_limit_says_whether_it_is_the_most_the_least_or_an_average(
    says: Callable[..., Row],
) -> None:
    assert [offer.lead.zh for offer in says("resident-basic-pension").offers if offer.lead] == [
        "不低于"
    ]


def test_a_policy_without_a_usable_level_prints_its_words_and_no_figure(
    says: Callable[..., Row],
) -> None:
    row = says("disability-care")
    assert figures(row) == []
    assert row.offers[0].notes[0].zh == "标准按当年通知"


def test_instalments_and_days_are_told_with_their_sum(says: Callable[..., Row]) -> None:
    assert "分次发：500 + 300 + 400元" in [
        note.zh for note in says("cropland-to-forest").offers[0].notes
    ]
    assert "全年按200天计，共1,000元" in [
        note.zh for note in says("nutrition-meal").offers[0].notes
    ]


def test_a_raise_of_the_last_18_months_is_told_with_old_new_and_notice(
    says: Callable[..., Row],
) -> None:
    changed = says("eco-post").offers[0].changed
    assert changed is not None
    assert changed.zh.startswith("原3,500 → 现4,000，提高了。依据：")
    assert "3,500 → " in changed.bo and "4,000" in changed.bo


def test_a_raise_older_than_18_months_is_no_news(says: Callable[..., Row]) -> None:
    assert says("eco-post", day=date(2027, 6, 30)).offers[0].changed is not None
    assert says("eco-post", day=date(2027, 7, 2)).offers[0].changed is None
    assert says("longevity-80").offers[0].changed is None


def test_where_the_level_before_is_not_known_no_old_amount_is_told(
    says: Callable[..., Row],
) -> None:
    changed = says("public-health-service").offers[0].changed
    assert changed is not None
    assert changed.zh.startswith("标准有调整。")
    assert "65" not in changed.zh


def test_the_day_decides_which_value_is_told(says: Callable[..., Row]) -> None:
    assert figures(says("eco-post", day=date(2017, 12, 31))) == ["每人每年3,000元"]
    assert figures(says("eco-post", day=date(2018, 1, 1))) == ["每人每年3,500元"]


def test_an_expected_value_is_never_told(catalogue: Catalogue) -> None:
    policy = next(each for each in catalogue.policies if each.id == "eco-post")
    (standard,) = policy.standards
    coming = Value.model_validate(
        {"from": "2026-10", "status": "expected", "recorded": "2026-11-23"}
    )
    waiting = policy.model_copy(
        update={"standards": (standard.model_copy(update={"values": (*standard.values, coming)}),)}
    )
    assert statement(catalogue, waiting, COUNTY, DAY) == statement(catalogue, policy, COUNTY, DAY)


def ending(policy: Policy, since: str) -> Policy:
    end = Value.model_validate({"from": since, "status": "ended", "recorded": "2026-11-23"})
    standards = tuple(
        each.model_copy(update={"values": (*each.values, end)}) for each in policy.standards
    )
    return policy.model_copy(update={"standards": standards})


def test_a_standard_that_ended_lately_says_so_and_later_is_left_out(catalogue: Catalogue) -> None:
    policy = next(each for each in catalogue.policies if each.id == "eco-post")
    row = statement(catalogue, ending(policy, "2026-09"), COUNTY, DAY)
    assert row.offers[0].phrases is None
    assert row.offers[0].notes[0].zh == "2026年9月起已停止"
    assert offered(catalogue, ending(policy, "2026-09"), COUNTY, date(2028, 4, 1)) == ()


def test_tibetan_digits_are_for_tibetan_only(says: Callable[..., Row]) -> None:
    row = says("grassland-grazing-ban", tibetan_digits=True)
    assert figures(row, "bo") == ["མུའུ་རེར་ལོ་རེར་སྒོར་༧.༥༠"]
    assert figures(row) == ["每亩每年7.50元"]


def test_placeholders_take_the_value_unit_and_date_of_the_standard_they_name(
    catalogue: Catalogue,
) -> None:
    policy = next(each for each in catalogue.policies if each.id == "eco-post")
    who = Text(bo="{value}", zh="{value.post}，{unit}，{effective}")
    row = statement(catalogue, policy.model_copy(update={"who": who}), COUNTY, DAY)
    assert row.who.zh == "4,000，每人每年4,000元，2026年"


def test_what_all_offers_share_is_told_once(says: Callable[..., Row]) -> None:
    row = says("free-majors")
    assert len(row.offers) == 3
    assert [note.zh for note in row.notes] == ["不发现金，直接付给学校、医院或基金"]
    assert row.since is not None
    assert all(offer.notes == () and offer.since is None for offer in row.offers)


def test_a_border_policy_is_chosen_where_a_border_village_lies(catalogue: Catalogue) -> None:
    def ids(area: str) -> set[str]:
        return {policy.id for policy in chosen(catalogue, area, DAY, frozenset(), frozenset())}

    assert {"border-first-line", "border-second-line"} <= ids(COUNTY)
    assert "border-first-line" in ids("549901102201")
    assert not {"border-first-line", "border-second-line"} & ids("549901101201")


def test_a_policy_of_another_province_is_not_chosen(catalogue: Catalogue) -> None:
    here = chosen(catalogue, "620623", DAY, frozenset(), frozenset())
    assert "grassland-grazing-ban" not in {policy.id for policy in here}
    assert "childcare-subsidy" in {policy.id for policy in here}


def test_the_value_of_the_nearest_area_is_told(says: Callable[..., Row]) -> None:
    assert any("每头牦牛" in figure for figure in figures(says("yak-insurance", area="620623")))
    assert figures(says("yak-insurance")) == []


def test_at_least_45_policies_are_printed_for_the_sample_county(catalogue: Catalogue) -> None:
    assert len(chosen(catalogue, COUNTY, DAY, frozenset(), frozenset())) >= 45


def test_months_before_keeps_to_the_calendar() -> None:
    assert months_before(date(2026, 11, 23), 18) == date(2025, 5, 23)
    assert months_before(date(2024, 2, 29), 12) == date(2023, 2, 28)


def test_of_one_date_the_last_recorded_value_holds() -> None:
    def value(amount: str, recorded: str) -> Value:
        return Value.model_validate({"from": "2020", "amount": amount, "recorded": recorded})

    standard = Standard.model_validate({"id": "a", "pays": "cash", "values": []})
    standard = standard.model_copy(
        update={"values": (value("1", "2020-05-01"), value("2", "2020-06-01"))}
    )
    assert str(in_force(standard, DAY).value.amount) == "2"  # type: ignore[union-attr]


def test_a_row_does_not_depend_on_other_policies(
    catalogue: Catalogue, says: Callable[..., Row]
) -> None:
    fewer = replace(catalogue, policies=catalogue.policies[:1])
    policy = catalogue.policies[0]
    assert statement(fewer, policy, COUNTY, DAY) == says(policy.id)


def test_no_sentence_of_a_text_ends_in_a_shad_twice(catalogue: Catalogue) -> None:
    texts = [*catalogue.texts, *(each for each in catalogue.words.values())]
    assert [each for each in texts if _TWICE.search(getattr(each, "text", each).bo)] == []
    said = [closed("བདག"), closed("མི"), closed("མི།"), joined(Text(bo="མི།", zh="人"), ASKED).bo]
    assert said == ["བདག", "མི།", "མི།", "མི། དྲི"]
