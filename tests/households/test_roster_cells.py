"""Single cells: every form that Excel makes, and whatever else may stand there; columns agree with
cells.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from roster_lists import TODAY, VILLAGE, catalogue

from policycards.core.codes import KINDS
from policycards.households.roster import cells
from policycards.households.roster.area_codes import AreaCodes
from policycards.households.roster.cells import CellFault, Reading, by_script, read_name
from policycards.households.roster.date_cells import read_date
from policycards.households.roster.fields import fields_of
from policycards.households.roster.heading_match import key_of
from policycards.households.roster.homes import natural_key
from policycards.households.roster.roster_columns import convert, trimmed

FIELDS = fields_of(catalogue())
AREAS = AreaCodes.of(catalogue(), TODAY)
KINDS_OF_CELL = [
    "household_id",
    "area",
    "group",
    "walk_order",
    "name_bo",
    "name_zh",
    "birth_date",
    "grazing_ban_mu",
    "school_stage",
    "is_rural-dibao",
]
READERS = {
    "household_id": cells.read_id,
    "area": AREAS.read,
    "group": cells.read_text,
    "walk_order": cells.read_order,
    "name_bo": lambda text: read_name(text, tibetan=True),
    "name_zh": lambda text: read_name(text, tibetan=False),
    "birth_date": lambda text: read_date(text, TODAY, birth=True),
    "grazing_ban_mu": cells.read_number,
    "school_stage": lambda text: cells.read_choice(text, FIELDS["school_stage"].choices),
    "is_rural-dibao": cells.read_override,
}
BORN = date(1950, 3, 2)


@pytest.mark.parametrize(
    "text",
    [
        "1950-03-02",
        "1950-3-2",
        "1950-03-02 00:00:00",
        "1950.3.2",
        "1950/03/02",
        "19500302",
        "1950年3月2日",
        "1950 年 3 月 2 日",
        "１９５０．３．２",
        "༡༩༥༠.༣.༢",
        "18324",
        "1950-03-02T00:00:00",
        " 1950-03-02\u200b",
    ],
)
def test_a_birth_date_is_known_in_every_form_that_excel_and_clerks_make(text: str) -> None:
    assert read_date(text, TODAY, birth=True) == Reading(BORN)


@pytest.mark.parametrize("text", ["1950", "1950年", "1950-03", "1950.3", "195003", "1950年3月"])
def test_no_day_is_invented(text: str) -> None:
    assert read_date(text, TODAY, birth=True) == Reading(None, "W528")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1950-02-30", "E526"),
        ("1950-13-01", "E526"),
        ("19501301", "E526"),
        ("50-3-2", "E525"),
        ("3/2/1950", "E525"),
        ("02-03-50", "E525"),
        ("属虎", "E580"),
        ("2024-09-02", "E527"),
        ("2025", "E527"),
        ("1898-12-31", "E529"),
        ("1900-01-00", "E526"),
        ("#N/A", "E521"),
        ("99999", "E527"),
    ],
)
def test_an_impossible_birth_date_is_no_date(text: str, code: str) -> None:
    with pytest.raises(CellFault) as fault:
        read_date(text, TODAY, birth=True)
    assert fault.value.code == code


def test_somebody_born_today_and_somebody_of_125_are_possible() -> None:
    assert read_date("2024-09-01", TODAY, birth=True).value == TODAY
    assert read_date("1899-01-01", TODAY, birth=True).value == date(1899, 1, 1)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", "12"),
        ("12.50", "12.5"),
        ("1,200", "1200"),
        ("１２", "12"),
        ("༡༢", "12"),
        ("+3", "3"),
        ("0", "0"),
        ("12.", "12"),
        ("1000000", "1000000"),
    ],
)
def test_a_number_is_exact(text: str, number: str) -> None:
    assert cells.read_number(text) == Reading(Decimal(number).quantize(cells.PLACES))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12亩", "E530"),
        ("1,2", "E530"),
        ("十二", "E530"),
        ("-1", "E531"),
        ("1000001", "E532"),
        ("1.2E+5", "E517"),
        ("12?", "E530"),
        ("??", "E518"),
        ("#REF!", "E521"),
        ("=A1", "E522"),
        ("1 2", "E530"),
    ],
)
def test_what_is_no_number_is_not_guessed(text: str, code: str) -> None:
    with pytest.raises(CellFault) as fault:
        cells.read_number(text)
    assert fault.value.code == code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("是", "yes"),
        ("√", "yes"),
        ("ཡིན་", "yes"),
        ("0", "no"),
        ("否", "no"),
        ("མེད", "no"),
        ("2400", "2400"),
        ("2,400.50元", "2400.5"),
        ("Y", "yes"),
    ],
)
def test_an_approval_is_yes_no_or_an_amount(text: str, said: str) -> None:
    assert cells.read_override(text).value == said


@pytest.mark.parametrize(
    ("bo", "zh", "names"),
    [
        (None, "扎西 བཀྲ་ཤིས་", ("བཀྲ་ཤིས", "扎西")),
        ("扎西", "བཀྲ་ཤིས", ("བཀྲ་ཤིས", "扎西")),
        ("བཀྲ་ཤིས", "扎西", ("བཀྲ་ཤིས", "扎西")),
        (None, "扎西（བཀྲ་ཤིས）", ("བཀྲ་ཤིས", "扎西")),
        ("འབྲོག་མི། ཚེ་རིང", None, ("འབྲོག་མི། ཚེ་རིང", None)),
    ],
)
def test_names_go_where_their_script_belongs(
    bo: str | None, zh: str | None, names: tuple[str, str]
) -> None:
    assert by_script(bo, zh) == names


def test_an_area_is_found_by_code_padded_code_and_name() -> None:
    for text in (VILLAGE, f" {VILLAGE}.0", "示例一村", "དཔེ་མཚོན་གྲོང་ཚོ་དང་པོ"):
        assert AREAS.read(text) == Reading(VILLAGE)
    with pytest.raises(CellFault) as fault:
        AREAS.read("549901101000")
    assert fault.value.code == "E516"


odd_text = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "0123456789.-/,eE+年月日?？#=། ་扎西བཀྲ一二\u200b\u3000\uf300\ufffd\x07༡４是否"
        ),
    ),
    max_size=14,
)
likely = st.sampled_from(
    [
        "1950-03-02",
        "1950.3.2",
        "2042-01-01",
        "12",
        "12.5",
        "-1",
        "扎西",
        "བཀྲ་ཤིས",
        VILLAGE,
        "5.4E+11",
        "是",
        "小学",
        "H1",
        "/",
        "",
    ]
)


@given(st.lists(st.one_of(st.none(), odd_text, likely), max_size=8), st.sampled_from(KINDS_OF_CELL))
def test_a_column_says_of_each_cell_what_the_reader_of_cells_says(
    texts: list[str | None], name: str
) -> None:
    column = convert(pl.Series(texts, dtype=pl.String), FIELDS[name], AREAS, TODAY)
    for text, value, number in zip(texts, column.values, column.found, strict=True):
        stripped = trimmed(pl.Series([text], dtype=pl.String)).item()
        if stripped is None:
            assert value is None and number is None
            continue
        try:
            reading = READERS[name](stripped)
        except CellFault as fault:
            assert value is None and column.findings[number].code == fault.code
        else:
            assert value == reading.value
            assert (column.findings[number].code if number is not None else "") == reading.warning


@given(odd_text, st.sampled_from(KINDS_OF_CELL))
def test_a_wild_cell_has_a_value_or_a_fault_that_can_be_told(text: str, name: str) -> None:
    try:
        READERS[name](text)
    except CellFault as fault:
        KINDS[fault.code].message.format(row=1, heading="x", **fault.facts)


@given(
    st.dates(date(1900, 1, 1), TODAY),
    st.sampled_from(["%Y-%m-%d", "%Y.%m.%d", "%Y%m%d", "%Y/%m/%d", "%Y年%m月%d日"]),
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert read_date(day.strftime(form), TODAY, birth=True).value == day


@given(st.dates(date(1927, 5, 19), TODAY))
def test_excels_day_numbers_are_days(day: date) -> None:
    assert (
        read_date(str((day - date(1899, 12, 30)) // timedelta(days=1)), TODAY, birth=True).value
        == day
    )


@given(odd_text)
def test_a_wild_heading_and_a_wild_group_are_compared_without_error(text: str) -> None:
    assert key_of(f" {text}：") == key_of(text)
    assert sorted([natural_key(text), natural_key("十组")])
