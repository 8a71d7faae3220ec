"""Publishing, listing, showing and comparing editions as a person would."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from catalogue_folders import POLICY
from command import Said, policycards
from readers import pdfium
from ready_folder import change, county_key, ready_folder

from policycards.qr import DEMO_KEY, write_key

FACTS = ("--as-of", "2024-07-01", "--prepared", "示例经办人", "--approved", "示例负责人")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return ready_folder(tmp_path / "policies")


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return county_key(tmp_path / "county.key")


def publish(folder: Path, *more: object, name: str = "2024b") -> Said:
    out = folder.parent / "out"
    return policycards(
        "edition", "publish", name, *FACTS, "--policies", folder, "--out", out, *more
    )


def codes(said: Said) -> list[str]:
    return [line.split("error ")[1][:4] for line in said.out.splitlines() if ": error " in line]


def test_an_edition_is_published_with_the_sheet_to_be_signed(folder: Path, key: Path) -> None:
    said = publish(
        folder, "--key-file", key, "--number", "示例审〔2024〕7号", "--dated", "2024-06-28"
    )
    assert said.code == 0, said.out + said.err
    digest = said.out.split("digest ")[1][:64]
    assert said.out.splitlines() == [
        f"{folder / 'editions' / '2024b'}: edition 2024b, digest {digest}.",
        f"{folder.parent / 'out' / 'approval-2024b.pdf'}: to be signed and sealed.",
    ]
    sheet = "".join(pdfium(folder.parent / "out" / "approval-2024b.pdf"))
    for told in (
        "示例经办人",
        "示例负责人",
        "示例审〔2024〕7号",
        digest[:32],
        digest[32:],
        "7.50",
        "禁牧补助",
        "新一轮草原",
    ):
        assert told in sheet
    assert "字" in sheet
    listed = policycards("edition", "list", "--policies", folder)
    assert listed.out == f"2024b     2024-07-01  approved  {digest[:8]}  示例经办人 → 示例负责人\n"
    shown = policycards("edition", "show", "2024b", "--policies", folder).out
    assert f"digest    {digest}" in shown
    assert "grazing-ban  area  –  7.50  2016" in shown


def test_everything_that_keeps_an_edition_from_being_published_is_told_at_once(
    folder: Path,
) -> None:
    change(
        folder / "catalogue.yaml",
        ("data: confirmed", "data: sample"),
        ("card.example.cn", "card.example"),
    )
    change(
        folder / POLICY,
        ("草场划入禁牧区的牧户", "草场划入禁牧区的户"),
        ("confirmed:", "# "),
        ("confirmed:", "# "),
    )
    change(folder / "contacts.csv", ("0999-5550101", "0000-0000001"))
    (folder / "tests").mkdir()
    (folder / "tests" / "grazing-ban.yaml").write_text(
        "policy: grazing-ban\ncases:\n  - name: 十亩\n    day: 2024-07-01\n"
        '    household: {area: "549901101", mu: "10", poor: "no"}\n    amount: "76"\n',
        encoding="utf-8",
    )
    said = publish(folder, name="2024B")
    assert said.code == 1
    assert sorted(codes(said)) == ["E423", "E603", "E850", "E854", "E855", "E856", "E857", "E858"]
    assert said.out.endswith(
        "Nothing was published: correct the errors above first, or make a draft with --draft.\n"
    )
    assert not (folder / "editions").exists()
    assert not (folder.parent / "out").exists()


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://card.example.cn", "E421"),
        ("https://10.1.2.3", "E422"),
        ("https://example.org", "E423"),
    ],
)
def test_an_address_that_no_household_can_trust_is_not_published(
    folder: Path, key: Path, url: str, code: str
) -> None:
    change(folder / "catalogue.yaml", ("https://card.example.cn", url))
    assert codes(publish(folder, "--key-file", key)) == [code]


def test_the_key_that_everybody_has_is_not_published_with(folder: Path, tmp_path: Path) -> None:
    write_key(tmp_path / "demo.key", DEMO_KEY)
    assert codes(publish(folder, "--key-file", tmp_path / "demo.key")) == ["E858"]
    assert codes(publish(folder, "--key-file", tmp_path / "none.key")) == ["E400"]


def test_a_draft_may_be_unread_and_unconfirmed_and_is_marked(folder: Path) -> None:
    change(folder / POLICY, ("草场划入禁牧区的牧户", "草场划入禁牧区的户"))
    said = publish(folder, "--draft")
    assert said.code == 0, said.out
    assert "draft" in policycards("edition", "list", "--policies", folder).out
    (folder.parent / "out" / "approval-2024b.pdf").unlink()
    shown = policycards(
        "edition", "show", "2024b", "--policies", folder, "--print", folder.parent / "again.pdf"
    )
    assert shown.code == 0, shown.out
    assert "draft     yes" in shown.out
    assert (folder.parent / "again.pdf").exists()


def test_a_draft_with_an_error_is_refused_too(folder: Path) -> None:
    change(folder / POLICY, ("unit: mu-year", "unit: mu-yaer"))
    assert codes(publish(folder, "--draft")) == ["E154"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--approved", "示例 经办人"], "E852"),
        (["--approved", " "], "E853"),
        (["--prepared", ""], "E853"),
    ],
)
def test_two_persons_answer_for_an_edition(
    folder: Path, key: Path, more: list[str], code: str
) -> None:
    assert codes(publish(folder, "--key-file", key, *more)) == [code]


def test_a_name_is_given_once(folder: Path, key: Path) -> None:
    assert publish(folder, "--key-file", key).code == 0
    assert codes(publish(folder, "--key-file", key)) == ["E851"]


def test_an_edition_that_was_changed_is_listed_as_such(folder: Path, key: Path) -> None:
    publish(folder, "--key-file", key)
    frozen = folder / "editions" / "2024b" / POLICY
    frozen.chmod(0o644)
    change(frozen, ('"7.50"', '"70"'))
    for arguments in (["list"], ["show", "2024b"], ["diff", "2024b", "now"]):
        said = policycards("edition", *arguments, "--policies", folder)
        assert said.code == 1
        assert codes(said) == ["E861"]


def test_two_editions_are_compared_as_text_as_json_and_on_paper(
    folder: Path, key: Path, tmp_path: Path
) -> None:
    publish(folder, "--key-file", key)
    with (folder / POLICY).open("a", encoding="utf-8") as file:
        file.write(
            '      - {from: "2024-06-01", amount: "9.25", recorded: 2024-06-02, published:'
            " 2024-05-20,\n         source: {title: 示例文件, number: 示例〔2024〕5号, url:"
            " https://example.cn/5}}\n"
        )
    change(folder / POLICY, ("草场划入禁牧区的牧户", "草场划入禁牧区的户"), ("mu > 0", "mu > 1"))
    sides = ("edition", "diff", "2024b", "now", "--policies", folder)
    said = policycards(*sides, "--print", tmp_path / "notice.pdf")
    assert said.code == 0, said.out + said.err
    assert said.out.splitlines() == [
        "Values:",
        "  grazing-ban area: 7.50 → 9.25, 2024-06-01, 示例〔2024〕5号",
        "Texts:",
        "  grazing-ban who",
        "    - 草场划入禁牧区的牧户",
        "    - རྩྭ་ཐང་བཀག་སྡོམ་བྱེད་མཁན་གྱི་དུད་ཚང",
        "    + 草场划入禁牧区的户",
        "    + རྩྭ་ཐང་བཀག་སྡོམ་བྱེད་མཁན་གྱི་དུད་ཚང",
        "Rules:",
        "  grazing-ban standards.area.when: mu > 0 AND NOT poor → mu > 1 AND NOT poor",
        f"{tmp_path / 'notice.pdf'}: a notice for the board.",
    ]
    (page,) = pdfium(tmp_path / "notice.pdf")
    assert "7.50 → 9.25" in page.replace("\u00a0", " ").replace("\n", " ")
    assert "示例〔2024〕5号" in page
    told = json.loads(policycards(*sides, "--format", "json").out)["result"]
    assert told["values"][0]["old"]["amount"] == "7.50"
    assert told["values"][0]["new"]["amount"] == "9.25"
    assert told["rules"][0]["path"] == ["standards", "area", "when"]
    assert (
        policycards("edition", "diff", "2024b", "2024b", "--policies", folder).out
        == "Nothing differs.\n"
    )


@pytest.mark.parametrize(
    ("old", "paper"), [("2025-06-01", (595, 842)), ("2024-06-01", (1191, 842))]
)
def test_the_raises_of_the_shipped_policies_fit_on_one_page(
    old: str, paper: tuple[int, int], tmp_path: Path
) -> None:
    import pypdfium2

    file = tmp_path / "notice.pdf"
    said = policycards("edition", "diff", old, "2026-11-01", "--print", file)
    assert said.code == 0, said.out
    with pypdfium2.PdfDocument(file) as document:
        assert len(document) == 1
        assert tuple(map(round, document[0].get_size())) == paper


def test_more_changes_than_a_page_holds_are_told_before_printing(tmp_path: Path) -> None:
    said = policycards(
        "edition", "diff", "2011-06-01", "2026-11-01", "--print", tmp_path / "notice.pdf"
    )
    assert said.code == 1
    assert codes(said) == ["E863"]
    assert not list(tmp_path.iterdir())
