import json
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from command import ROOT, policycards

DAY = ("--as-of", "2026-11-23")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the shipped catalogue, to be spoilt."""
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    return tmp_path / "policies"


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_card_is_printed_and_the_command_says_what_it_made(tmp_path: Path) -> None:
    said = policycards("card", *DAY, "--category", "education", "--out", tmp_path)
    assert said.code == 0
    assert f"{tmp_path / 'card-549901-a4.pdf'}: 6 policies on " in said.out
    assert "Marked: 样稿·不得发放" in said.out
    assert (tmp_path / "card-549901-a4.pdf").read_bytes().startswith(b"%PDF-")


def test_a_topic_alone_is_one_side(tmp_path: Path) -> None:
    said = policycards("card", *DAY, "--topic", "schooling", "--out", tmp_path)
    assert "card-549901-a4.pdf: 6 policies on 1 pages" in said.out, said.out


def test_the_same_command_makes_the_same_bytes(tmp_path: Path) -> None:
    for run in ("one", "two"):
        assert policycards("card", *DAY, "--design", "a3", "--out", tmp_path / run).code == 0
    one, two = (tmp_path / run / "card-549901-a3.pdf" for run in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_a_catalogue_with_an_error_prints_nothing_and_says_where(own: Path, tmp_path: Path) -> None:
    spoil(own / "education" / "preschool-free.yaml", "unit: student-year", "unit: student-yaer")
    said = policycards("card", *DAY, "--policies", own, "--out", tmp_path / "out")
    assert said.code == 1
    assert f"{own / 'education' / 'preschool-free.yaml'}:" in said.out
    assert "student-yaer" in said.out
    assert "Nothing was printed: correct the errors above first." in said.out
    assert not list(tmp_path.glob("out/*.pdf"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--area", "99"], "E903: --area: there is no '99'"),
        (["--category", "educaton"], "E903: --category: there is no 'educaton'"),
        (["--topic", "school"], "E903: --topic: there is no 'school'"),
        (["--policy", "nothing"], "E903: --policy: there is no 'nothing'"),
        (["--design", "poster"], "E903: --design: there is no 'poster'"),
        (["--unreviewed", "never"], "E903: --unreviewed: there is no 'never'"),
        (
            ["--as-of", "1990-01-01"],
            "E904: no policy of this choice holds in area 549901 on 1990-01-01",
        ),
        (["--fonts", "nowhere"], "E905: this font cannot be read"),
        (["--as-of", "2026-02-30"], "2026-02-30"),
    ],
)
def test_a_wrong_option_exits_2_and_says_what_is_known(
    arguments: list[str], words: str, tmp_path: Path
) -> None:
    said = policycards("card", "--out", tmp_path, *arguments)
    assert said.code == 2
    assert words in said.err
    assert not list(tmp_path.iterdir())


def test_a_theme_of_ones_own_changes_the_card(tmp_path: Path) -> None:
    theme = tmp_path / "own.yaml"
    shutil.copy(ROOT / "policycards" / "design" / "themes" / "plain.yaml", theme)
    spoil(theme, "body: 10.5", "body: 11")
    for name in ("plain", theme):
        said = policycards(
            "card",
            *DAY,
            "--category",
            "border",
            "--theme",
            name,
            "--out",
            tmp_path / Path(name).stem,
        )
        assert said.code == 0
    plain, own = (tmp_path / name / "card-549901-a4.pdf" for name in ("plain", "own"))
    assert plain.read_bytes() != own.read_bytes()


def test_check_of_the_shipped_catalogue_finds_no_error() -> None:
    said = policycards("check")
    assert said.code == 0
    assert "Errors: 0, warnings: 1, files: 1." in said.out
    assert "W423" in said.out


def test_check_tells_problems_as_json_for_programs_and_as_annotations_for_ci(own: Path) -> None:
    file = own / "education" / "preschool-free.yaml"
    spoil(file, "unit: student-year", "unit: student-yaer")
    said = policycards("check", own, "--format", "json")
    assert said.code == 1
    (found,) = [each for each in json.loads(said.out)["problems"] if each["severity"] == "error"]
    assert found["file"] == str(file)
    assert found["line"] == 1 + file.read_text(encoding="utf-8").splitlines().index(
        "    unit: student-yaer"
    )
    annotated = policycards("check", own, "--format", "github").out
    assert (
        f"::error file={file},line={found['line']},col={found['column']},title={found['code']}::"
        in annotated
    )


def test_check_of_a_folder_that_does_not_exist_is_told_without_a_traceback(tmp_path: Path) -> None:
    said = policycards("check", tmp_path / "nowhere")
    assert said.code == 1
    assert "Traceback" not in said.out + said.err
    assert "error E" in said.out


@pytest.mark.parametrize(("lang", "words"), [("zh", "政策"), ("bo", "སྲིད་ཇུས"), ("en", "policy")])
def test_help_comes_in_the_chosen_language(lang: str, words: str) -> None:
    assert words in policycards("--help", lang=lang).out
    assert words in policycards("--lang", lang, "--help", lang="zh").out
    assert words in policycards("card", "--help", "--lang", lang, lang="zh").out


def test_an_unknown_language_is_wrong_use() -> None:
    assert policycards("--lang", "fr", "check").code == 2


def test_a_gbk_console_prints_everything_it_can_and_stops_nothing(own: Path) -> None:
    spoil(own / "education" / "preschool-free.yaml", "name:\n  bo: ", "name:\n  bo: ་་")
    for lang in ("zh", "bo"):
        said = policycards("check", own, lang=lang, encoding="gbk")
        assert said.code == 1
        assert "preschool-free.yaml" in said.out
        assert "Traceback" not in said.err
    assert "此窗口不能显示藏文，改用中文。" in said.err


def test_preview_makes_a_picture_of_every_page(tmp_path: Path) -> None:
    policycards("card", *DAY, "--category", "border", "--design", "a3", "--out", tmp_path)
    said = policycards("preview", tmp_path / "card-549901-a3.pdf", "--dpi", "40", "--out", tmp_path)
    pictures = sorted(tmp_path.glob("*.png"))
    assert said.out.split() == [str(picture) for picture in pictures]
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_preview_of_what_is_no_pdf_is_wrong_use(tmp_path: Path) -> None:
    (tmp_path / "text.pdf").write_text("not a PDF", encoding="utf-8")
    assert "E902" in policycards("preview", tmp_path / "text.pdf", "--out", tmp_path).err
    assert "E901" in policycards("preview", tmp_path / "nothing.pdf", "--out", tmp_path).err


def test_codes_explains_one_code_and_refuses_an_unknown_one() -> None:
    assert policycards("codes", "E311").out.startswith(
        "E311  this policy needs … mm more height than a page has\n      Shorten its texts"
    )
    assert policycards("codes", "E000").code == 2


def test_info_tells_versions_fonts_and_coverage() -> None:
    out = policycards("info").out
    assert "reportlab 5.1" in out
    assert "bo: NotoSerifTibetan-Regular.ttf" in out
    assert "49 policies" in out


def test_a_new_office_gets_a_folder_that_checks_clean_a_secret_key_and_a_recovery_sheet(
    tmp_path: Path,
) -> None:
    office = tmp_path / "office"
    said = policycards(
        "init", office, "--area", "540123", "--zh", "某县人民政府", "--bo", "རྫོང་མི་དམངས་སྲིད་གཞུང"
    )
    assert said.code == 0, said.err
    assert (office / "county.key").stat().st_mode & 0o777 == 0o600
    assert (office / "recovery-sheet.pdf").stat().st_mode & 0o777 == 0o600
    with pypdfium2.PdfDocument(office / "recovery-sheet.pdf") as sheet:
        told = sheet[0].get_textpage().get_text_range()
    key = [
        line
        for line in (office / "county.key").read_text(encoding="utf-8").splitlines()
        if line[0] != "#"
    ]
    assert len(key) == 5
    assert all(line in told for line in key)
    assert "某县人民政府" in (office / "policies" / "catalogue.yaml").read_text(encoding="utf-8")
    checked = policycards("check", office / "policies")
    assert checked.code == 0, checked.out
    again = policycards("init", office, "--area", "540123", "--zh", "某县人民政府", "--bo", "རྫོང")
    assert again.code == 2
    assert "E906" in again.err


def test_a_new_offices_key_is_never_the_same_twice_and_never_told(tmp_path: Path) -> None:
    keys = []
    for name in ("one", "two"):
        said = policycards(
            "init", tmp_path / name, "--area", "540123", "--zh", "某县人民政府", "--bo", "རྫོང"
        )
        keys.append((tmp_path / name / "county.key").read_text(encoding="utf-8"))
        assert not any(
            line in said.out for line in keys[-1].splitlines() if not line.startswith("#")
        )
    assert keys[0] != keys[1]


def test_help_loads_nothing_that_only_work_needs() -> None:
    code = """
import sys
from policycards.cli import main
sys.argv = ["policycards", "--help"]
try:
    main()
finally:
    print(sorted({"pydantic", "reportlab", "pikepdf", "uharfbuzz", "babel", "polars", "qrcode"} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_folder_that_cannot_be_written_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = policycards("card", *DAY, "--category", "border", "--out", tmp_path / "file" / "inside")
    assert said.code == 1
    assert "error E908: this file or folder cannot be used: Not a directory" in said.out
    assert "Traceback" not in said.out + said.err


def test_an_area_without_a_telephone_prints_no_card(tmp_path: Path) -> None:
    said = policycards("card", *DAY, "--area", "620623", "--out", tmp_path)
    assert said.code == 1
    assert "E340: nobody can be asked about the cards of area 620623" in said.out
    assert not list(tmp_path.iterdir())


def test_a_font_that_a_card_cannot_hold_is_refused(tmp_path: Path) -> None:
    for file in sorted((ROOT / "fonts").glob("*.ttf")):
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "NotoSansSC-Bold.ttf").unlink()
    (tmp_path / "NotoSansSC-Bold.ttf").write_bytes(b"OTTO" + bytes(100))
    said = policycards("card", *DAY, "--fonts", tmp_path, "--out", tmp_path / "out")
    assert said.code == 2
    assert "E909: this font has PostScript outlines" in said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["card", "--bogus"], "policycards card: error E911: there is no option --bogus"),
        (["preview"], "policycards preview: error E910: 'file' is missing"),
        (["nocmd"], "policycards: error E913: this is not understood: No such command 'nocmd'."),
        (
            ["preview", "x.pdf", "--dpi", "5"],
            "policycards preview: error E912: the value of '--dpi' does not fit:",
        ),
    ],
)
def test_wrong_arguments_are_told_like_every_other_problem(
    arguments: list[str], words: str
) -> None:
    said = policycards(*arguments)
    assert said.code == 2
    assert said.err.startswith(words)
    assert "--help' to see" in said.err


def test_without_arguments_the_help_is_shown() -> None:
    assert policycards().out == policycards("--help").out
