"""What a household that asks is told: every reason in words of both languages, and pages that hold
them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from policycards.catalogue import Catalogue, Text, read_catalogue, text_digest
from policycards.catalogue.checks.catalogue_checks import text_faults
from policycards.catalogue.model.policy import Confirmed, Policy
from policycards.design import Look, PrintContext, read_theme
from policycards.design.content.reasons_text import Explained, Reasoner
from policycards.design.office.explanation import explanation
from policycards.households.entitlements.reasons import household_of, ids_of, reasons
from policycards.households.model import Roster
from policycards.households.roster.read_roster import read_roster
from policycards.typeset import Fonts

DAY = date(2026, 6, 1)
HEADINGS = (
    "户编号,区划代码,姓名,藏文姓名,与户主关系,出生日期,户口性质,禁牧面积,草畜平衡面积,牧草良种面积,就读阶段,"
    "是否享受农村最低生活保障,是否享受生态岗位补助,是否享受城镇最低生活保障"
)
ROWS = (
    "A1,549901102201,扎西,བཀྲ་ཤིས,户主,1960-03-02,农牧,1500,0,,,2400,是,否",
    "A1,,卓玛,,妻,1940-03-02,,,,,,,否,",
    "A1,,尼玛,,孙,2015-03-02,,,,,小学,,否,",
    "A1,,达瓦,,孙,,,,,,,,否,",
    "A2,549901101201,次仁,,户主,1990-01-01,城镇,,,,,,,",
)


@pytest.fixture(scope="module")
def catalogue(root: Path) -> Catalogue:
    found, _problems = read_catalogue(root / "policies")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def roster(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Roster:
    file = tmp_path_factory.mktemp("roster") / "list.csv"
    file.write_text("\n".join([HEADINGS, *ROWS]) + "\n", encoding="utf-8")
    found, _problems, _notes = read_roster(file, catalogue, today=DAY)
    assert found is not None
    return found


def told(
    catalogue: Catalogue, roster: Roster, household: str, short: bool = False
) -> list[Explained]:
    own = household_of(roster, household)
    reasoner = Reasoner.of(catalogue, own.households["area"][0], DAY)
    found = reasons(roster, household, catalogue, DAY)
    return reasoner.in_short(found) if short else reasoner.in_full(found)


def of_policy(catalogue: Catalogue, roster: Roster, policy: str) -> list[str]:
    """The Chinese of what is said of a policy to the first household."""
    (found,) = (each for each in told(catalogue, roster, "A1") if each.policy == policy)
    return [found.title.zh, *(line.zh for line in found.lines)]


def test_a_yes_says_condition_figure_and_reckoning(catalogue: Catalogue, roster: Roster) -> None:
    title, *lines = of_policy(catalogue, roster, "grassland-grazing-ban")
    assert title == "草原禁牧补助：可以享受"
    assert lines[:2] == ["条件：禁牧面积 > 0", "本户：禁牧面积 1,500"]
    assert lines[2].startswith("每亩每年7.50元 × 1,500") and lines[2].endswith("每年11,250元")
    assert lines[3] == "依据：新一轮草原生态保护补助奖励政策（2016—2020年）"


def test_a_no_says_which_condition_failed_and_by_what(catalogue: Catalogue, roster: Roster) -> None:
    assert of_policy(catalogue, roster, "grassland-balance-reward") == [
        "草畜平衡奖励：不享受",
        "没有达到的条件：草畜平衡面积 > 0",
        "本户：草畜平衡面积 0",
    ]
    assert of_policy(catalogue, roster, "border-second-line") == [
        "边民补助（二线）：不享受",
        "没有达到的条件：边境线别 = 二线，并且周岁年龄 ≥ 16",
        "本户：边境线别 一线",
        "不符合的人：扎西；卓玛；尼玛（周岁年龄 11）；达瓦",
    ]


def test_a_cannot_tell_says_which_column_to_fill(catalogue: Catalogue, roster: Roster) -> None:
    assert of_policy(catalogue, roster, "forage-seed-subsidy") == [
        "牧草良种补贴：不能确定",
        "不能确定的条件：牧草良种面积 > 0",
        "本户：牧草良种面积 空着",
        "请补填：牧草良种面积",
    ]
    assert of_policy(catalogue, roster, "longevity-90") == [
        "高龄健康补贴（90–99岁）：不能确定",
        "不能确定的条件：周岁年龄 ≥ 90，并且周岁年龄 ≤ 99",
        "不能确定的人：达瓦（周岁年龄 空着）",
        "请补填：出生日期",
    ]


def test_a_yes_of_which_the_number_is_open_says_so(catalogue: Catalogue, roster: Roster) -> None:
    lines = of_policy(catalogue, roster, "longevity-80")
    assert "符合的人：卓玛（周岁年龄 86）" in lines
    assert "不能确定的人：达瓦（周岁年龄 空着）" in lines
    assert "每人每年1,300元" in lines
    assert lines[-1] == "请补填：出生日期"


def test_what_the_list_says_is_said(catalogue: Catalogue, roster: Roster) -> None:
    assert of_policy(catalogue, roster, "rural-dibao")[:3] == [
        "农村最低生活保障：可以享受",
        "名册上写明享受",
        "审批金额 每年2,400元",
    ]
    assert of_policy(catalogue, roster, "eco-post")[1:4] == [
        "名册上写明享受",
        "符合的人：扎西",
        "每人每年4,000元 × 1人 = 每年4,000元",
    ]


def test_what_one_cause_decides_for_many_is_said_once(catalogue: Catalogue, roster: Roster) -> None:
    alike = {
        each.title.zh: [line.zh for line in each.lines]
        for each in told(catalogue, roster, "A1")
        if not each.policy
    }
    assert alike["不享受：名册上写明不享受"] == ["城镇最低生活保障"]
    assert alike["不享受：当天没有执行的标准"] == ["农牧民安居工程补助"]
    assert "是否享受“三老”人员生活补助" in "".join(alike["不能确定：名册没有这些列，请补填"])
    assert "是否享受农村最低生活保障" not in "".join(alike["不能确定：名册没有这些列，请补填"])


def test_every_standard_is_spoken_of(catalogue: Catalogue, roster: Roster) -> None:
    for household in ("A1", "A2"):
        said = "".join(
            each.title.zh + "".join(line.zh for line in each.lines)
            for each in told(catalogue, roster, household)
        )
        assert [policy.id for policy in catalogue.policies if policy.name.zh not in said] == []


def test_the_tibetan_says_the_same_in_sound_spelling(catalogue: Catalogue, roster: Roster) -> None:
    (found,) = (each for each in told(catalogue, roster, "A1") if each.policy == "longevity-80")
    assert [line.bo for line in found.lines[:3]] == [
        "ཆ་རྐྱེན། ལོ་ཚད ≥ 80། དེ་མ་ཟད་ལོ་ཚད ≤ 89",
        "ཆ་རྐྱེན་ཚང་བའི་མི། 卓玛（ལོ་ཚད 86）",
        "གཏན་འཁེལ་མ་བྱུང་བའི་མི། 达瓦（ལོ་ཚད མ་བྲིས）",
    ]
    words = [catalogue.words[key] for key in catalogue.words if key.startswith("explain_")]
    assert [fault for word in words for fault in text_faults(word.bo, "bo")] == []


def test_the_short_form_has_own_amounts_what_is_open_what_was_narrowly_missed_and_counts_the_rest(
    catalogue: Catalogue, roster: Roster
) -> None:
    said = [each.title.zh for each in told(catalogue, roster, "A1", short=True)]
    assert said[:4] == [
        "草原禁牧补助：1,500亩 × 7.50 = 每年11,250元",
        "牧民生产资料综合补贴：每年500元",
        "农村最低生活保障：每年2,400元",
        "生态岗位补助：每年4,000元",
    ]
    assert said[4].startswith(
        "可以享受：高龄健康补贴（80–89岁）（请补填：出生日期）、城乡居民基础养老金"
    )
    (open_,) = [line for line in said if line.startswith("不能确定：")]
    assert "；农资综合补贴、粮食直补（请补填：粮食播种面积）；" in open_
    assert said[-1] == "其余：当地都实行6项，不享受4项，不能确定16项"


def test_a_figure_that_nearly_fulfils_its_condition_is_told(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    rows = ("B1,549901101201,扎西,,户主,1947-03-02,农牧,,,,,,", "B1,,卓玛,,女,2023-03-02,,,,,,,")
    file.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8")
    roster, _problems, _notes = read_roster(file, catalogue, today=DAY)
    assert roster is not None
    (missed,) = [
        each
        for each in told(catalogue, roster, "B1", short=True)
        if each.title.zh.startswith("不享受")
    ]
    assert (
        missed.title.zh
        == "不享受：没有达到条件：高龄健康补贴（80–89岁）（周岁年龄 79）；育儿补贴（周岁年龄 3）"
    )


def test_the_short_form_names_or_counts_every_policy_once(catalogue: Catalogue, root: Path) -> None:
    roster, _problems, _notes = read_roster(
        root / "rosters" / "sample-village.xlsx", catalogue, today=DAY
    )
    assert roster is not None
    for household in roster.households["household_id"]:
        *named, rest = told(catalogue, roster, household, short=True)
        counted = [int(number) for number in re.findall(r"\d+", rest.title.zh)]
        words = "".join(each.title.zh + "".join(line.zh for line in each.lines) for each in named)
        spoken = {policy.id for policy in catalogue.policies if policy.name.zh in words}
        assert len(counted) == 3
        assert len(spoken) + sum(counted) == len(catalogue.policies), household


def with_confirmed(policy: Policy, by: Confirmed) -> Policy:
    """The policy with all its values confirmed."""
    standards = tuple(
        each.model_copy(
            update={
                "values": tuple(value.model_copy(update={"confirmed": by}) for value in each.values)
            }
        )
        for each in policy.standards
    )
    return policy.model_copy(update={"standards": standards})


def test_half_a_page_is_enough_for_every_household(
    catalogue: Catalogue, root: Path, font_folder: Path
) -> None:
    """On a page that is no sample, which has no marks."""
    roster, _problems, _notes = read_roster(
        root / "rosters" / "sample-village.xlsx", catalogue, today=DAY
    )
    theme, _problems_of_theme = read_theme("plain")
    assert roster is not None
    assert theme is not None
    vouched = Confirmed(by="示例县", on=DAY)
    sure = replace(
        catalogue,
        reviewed=frozenset(text_digest(text.text) for text in catalogue.texts),
        policies=tuple(with_confirmed(policy, vouched) for policy in catalogue.policies),
        settings=catalogue.settings.model_copy(update={"data": "confirmed"}),
    )
    fonts = Fonts.open(font_folder, theme.fonts)
    pages = []
    for household, bo, zh, area in roster.households.select(
        "household_id", "name_bo", "name_zh", "area"
    ).iter_rows():
        imprint = PrintContext(area, DAY, "2026a", True, (), "")
        names = [
            Text(bo=f"{bo or zh} {household}", zh=f"{zh or bo} {household}"),
            catalogue.areas[area].name,
        ]
        piece, problems = explanation(
            sure,
            told(sure, roster, household, short=True),
            names,
            imprint,
            Look(theme, "hand"),
            fonts,
        )
        assert problems == []
        assert piece is not None
        pages.append(len(piece.pages))
    assert set(pages) == {1}


@pytest.mark.parametrize("household", ["A1", "A2"])
def test_the_pages_to_print_hold_everything(
    household: str, catalogue: Catalogue, roster: Roster, font_folder: Path
) -> None:
    theme, _problems = read_theme("plain")
    assert theme is not None
    own = household_of(roster, household)
    imprint = PrintContext(own.households["area"][0], DAY, "p0000000", False, (), "")
    short = told(catalogue, roster, household, short=True)
    fonts = Fonts.open(font_folder, theme.fonts)
    piece, problems = explanation(
        catalogue, short, [catalogue.settings.issuer], imprint, Look(theme, "hand"), fonts
    )
    assert problems == []
    assert piece is not None
    assert {(round(page.width), round(page.height)) for page in piece.pages} == {(420, 595)}
    assert "本户政策逐项说明" in piece.title


def test_without_any_telephone_nothing_is_printed(
    catalogue: Catalogue, roster: Roster, font_folder: Path
) -> None:
    theme, _problems = read_theme("plain")
    assert theme is not None
    mute = replace(catalogue, contacts=())
    imprint = PrintContext("549901101201", DAY, "p0000000", False, (), "")
    fonts = Fonts.open(font_folder, theme.fonts)
    piece, problems = explanation(mute, [], [], imprint, Look(theme, "hand"), fonts)
    assert piece is None
    assert [problem.code for problem in problems] == ["E340"]


def test_a_household_is_found_by_its_id_or_by_the_name_of_its_head(roster: Roster) -> None:
    assert [ids_of(roster, name) for name in ("A1", "次仁", "བཀྲ་ཤིས", "卓玛")] == [
        ["A1"],
        ["A2"],
        ["A1"],
        [],
    ]
