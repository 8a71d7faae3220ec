from pathlib import Path

import pytest
from command import policycards
from readers import pdfium

DAY = ("--as-of", "2026-11-23")
ROSTER = """户编号,区划代码,组,与户主关系,姓名,藏文姓名,出生日期,身份证号码,禁牧面积,户口性质
h1,549901101201,二组,户主,扎西次仁,བཀྲ་ཤིས་ཚེ་རིང,1944-03-02,549901194403020018,120,农牧
h1,549901101201,二组,妻,卓玛,,1950-07-09,,,
h2,549901101201,一组,户主,次仁,,1980-01-05,,0,农牧
h3,549901101201,一组,户主,多吉,,1980-12-05,,十二亩,农牧
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, encoding="utf-8")
    return file


def packs(out: Path) -> dict[str, bytes]:
    """All files of the villages' packs, by their names below the edition's folder."""
    (edition,) = out.iterdir()
    return {
        file.relative_to(edition).as_posix(): file.read_bytes()
        for file in sorted((edition / "549901").rglob("*.pdf"))
    }


def sent(out: Path) -> list[Path]:
    return sorted(out.glob("*/send/*.pdf"))


def test_each_household_that_is_named_gets_its_own_file_without_its_name(
    roster: Path, tmp_path: Path
) -> None:
    said = policycards(
        "print", roster, "--household", "h1", "--household", "h2", *DAY, "--out", tmp_path / "out"
    )
    assert said.code == 0, said.out + said.err
    names = [file.name for file in sent(tmp_path / "out")]
    assert len(names) == 2
    assert all(
        len(name) == len("card-7F3K-9Q2M-8ZT1.pdf") and name.startswith("card-") for name in names
    )
    assert "household h1" in said.out and "household h2" in said.out


def test_a_card_has_its_amounts_and_nothing_that_must_never_be_printed(
    roster: Path, tmp_path: Path
) -> None:
    said = policycards("print", roster, "--household", "h1", *DAY, "--out", tmp_path / "out")
    (file,) = sent(tmp_path / "out")
    assert str(file) in said.out
    pages = pdfium(file)
    told = "\n".join(pages)
    for words in (
        "扎西次仁",
        "家庭人口2人",
        "7.50/亩",
        "×120亩",
        "900",
        "高龄80–89岁",
    ):
        assert words in "".join(told.split()), words
    for never in ("549901194403020018", "1944", "1950", "卓玛", "h1"):
        assert never not in told
    assert "样稿" in pages[0]
    assert "2" in pages[0].split()


def test_a_village_gets_a_pack_of_every_sound_household_and_the_faulty_row_is_told(
    roster: Path, tmp_path: Path
) -> None:
    said = policycards(
        "print", roster, *DAY, "--verify", "all", "--workers", "2", "--out", tmp_path / "out"
    )
    assert said.code == 1
    files = packs(tmp_path / "out")
    assert sorted(files) == [
        f"549901/549901101201/{name}.pdf" for name in ("cards", "cover", "register")
    ]
    assert "E530" in said.out and "2 cards were read back" in said.out
    (run,) = (tmp_path / "out").glob("*/run")
    kept = {file.name for file in run.iterdir()}
    assert {
        "run.json",
        "readback.json",
        "errors.xlsx",
        "manifest-cards.parquet",
        "manifest-lines.parquet",
    } <= kept
    assert not (run / "plan").exists() or not list((run / "plan").iterdir())
    for file in run.rglob("*"):
        if file.is_file() and file.suffix != ".xlsx":
            assert "扎西次仁".encode() not in file.read_bytes(), file.name


def test_the_pack_says_what_the_households_own_file_says(roster: Path, tmp_path: Path) -> None:
    options = ("--design", "a4", "--out", tmp_path / "out")
    said = policycards("print", roster, "--household", "h1", *DAY, *options)
    assert said.code == 0, said.out + said.err
    (cards,) = (tmp_path / "out").rglob("cards.pdf")
    told = "".join("\n".join(pdfium(cards)[2:]).split())
    for words in ("扎西次仁", "7.50", "120", "900", "2,700"):
        assert "".join(words.split()) in told, words


def test_rows_of_faults_stop_everything_where_that_is_asked_and_a_trial_writes_nothing(
    roster: Path, tmp_path: Path
) -> None:
    strict = policycards("print", roster, *DAY, "--strict", "--out", tmp_path / "out")
    assert (strict.code, (tmp_path / "out").exists()) == (1, False)
    trial = policycards("print", roster, *DAY, "--dry-run", "--out", tmp_path / "out")
    assert "2 cards, " in trial.out and "trial" in trial.out
    assert not (tmp_path / "out").exists()


def test_a_household_that_there_is_not_and_one_with_a_faulty_row_are_told_apart(
    roster: Path, tmp_path: Path
) -> None:
    unknown = policycards("print", roster, "--household", "h9", "--out", tmp_path / "out")
    assert (unknown.code, "E610" in unknown.err) == (2, True)
    faulty = policycards("print", roster, "--household", "h3", "--out", tmp_path / "out")
    assert faulty.code == 1
    assert "E530" in faulty.out and "E915" in faulty.out
    assert not (tmp_path / "out").exists()


def test_another_key_makes_another_code_and_the_same_command_the_same_bytes(
    roster: Path, tmp_path: Path
) -> None:
    key = tmp_path / "county.key"
    from policycards.qr import Key, write_key

    write_key(key, Key(bytes(range(32))))
    runs = {"demo": (), "again": ("--workers", "2"), "own": ("--key-file", key)}
    for run, options in runs.items():
        said = policycards(
            "print", roster, "--household", "h1", *DAY, *options, "--out", tmp_path / run
        )
        assert said.code == 0, said.out + said.err
    (demo,), (again,), (own,) = (sent(tmp_path / run) for run in runs)
    assert demo.name == again.name != own.name
    assert demo.read_bytes() == again.read_bytes()
    assert packs(tmp_path / "demo") == packs(tmp_path / "again") != packs(tmp_path / "own")
