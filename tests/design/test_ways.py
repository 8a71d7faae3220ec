from pathlib import Path

import pytest

from policycards.catalogue.model.policy import Text
from policycards.core.problems import Place
from policycards.design import Look, read_theme
from policycards.design.content.policy_text import Row
from policycards.design.layout.typesetter import Typesetter, texts_of
from policycards.design.parts.claim_steps import Step, step_block, steps
from policycards.typeset import Fonts

PLACE = Place("words.yaml")
ASK = Text(bo="ཐོག་མར་གྲོང་ཚོ་ཨུ་ཡོན་ལྷན་ཁང་ལ་འདྲི་རོགས", zh="先问村委会")
APPLY = Text(bo="ས་གནས་ཀྱི་བླང་བྱ་ལྟར་རེ་ཞུ་འབུལ་རོགས", zh="按当地要求提出申请")
SCHOOL = Text(bo="སློབ་གྲྭར་འདྲི་རོགས", zh="问学校")
OFFICE = Text(bo="སློབ་གསོའི་སྡེ་ཚན", zh="教育部门")


def row(*how: Text, needs: tuple[Text, ...] = ()) -> Row:
    return Row("p", "c", ASK, None, (), (), None, (), "", how, needs)


@pytest.fixture(scope="module")
def setter(font_folder: Path) -> Typesetter:
    theme, _problems = read_theme("plain")
    assert theme is not None
    return Typesetter(Look(theme, "hand"), Fonts.open(font_folder, theme.fonts))


def test_a_step_of_many_rows_is_said_once_first_steps_first_and_offices_last() -> None:
    told = steps([(1, row(ASK, APPLY)), (2, row(SCHOOL, needs=(OFFICE,))), (10, row(ASK))])
    assert told == [
        Step(ASK, ("1", "10")),
        Step(SCHOOL, ("2",)),
        Step(APPLY, ("1",)),
        Step(OFFICE, ("2",)),
    ]


def test_policies_without_steps_have_none() -> None:
    assert steps([(1, row()), (2, row())]) == []


@pytest.mark.parametrize("count", [1, 3, 15, 40])
def test_badges_and_words_keep_within_the_width_however_many_there_are(
    setter: Typesetter, count: int
) -> None:
    block = step_block(setter, ASK, [str(number) for number in range(1, count + 1)], 300, PLACE)
    told = list(texts_of(block.items))
    assert setter.problems == []
    assert [text.line.text for text in told if text.colour == 1.0] == [
        str(number) for number in range(1, count + 1)
    ]
    assert all(text.x + text.line.width <= 300 for text in told)
    assert all(text.y - text.line.ink_bottom <= block.height for text in told)
