"""The booklet: its pages, what leads to them, and the sheets that it is folded of."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
import verapdf
from pieces_of_office import VILLAGES, Office, sound
from readers import READERS
from village_packs import MARKS, collisions, ink, lines, paragraphs, texts

from policycards import pdf
from policycards.catalogue.model.catalogue import policies_on
from policycards.catalogue.model.policy import Text
from policycards.core.units import mm
from policycards.design.layout.frames import Item, Page, Piece, Tagged
from policycards.design.publications.booklet import saddle_stitched


@pytest.fixture(scope="module")
def office(root: Path) -> Office:
    return Office.shipped(root)


@pytest.fixture(scope="module")
def piece(office: Office) -> Piece:
    return sound(office.booklet())


@pytest.fixture(scope="module")
def written(office: Office, piece: Piece, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("booklet") / "booklet.pdf"
    pdf.write(piece, office.fonts, file, tagged=True)
    return file


def starts(piece: Piece) -> dict[str, int]:
    """The page on which each bookmark opens, from 1."""
    return {mark.key: mark.page + 1 for mark in piece.bookmarks}


def links(items: tuple[Item, ...]) -> list[Tagged]:
    found = []
    for item in items:
        if isinstance(item, Tagged):
            found += [item] if item.role == "Link" else links(item.items)
    return found


def test_the_pages_fill_whole_sheets(piece: Piece) -> None:
    assert len(piece.pages) % 4 == 0
    assert {(page.width, page.height) for page in piece.pages} == {(mm(148), mm(210))}


def test_there_is_at_most_a_page_a_policy_and_pages_are_full(office: Office, piece: Piece) -> None:
    opened = starts(piece)
    inner = piece.pages[opened["category-pasture-forest"] - 1 : opened["by_who"] - 1]
    assert len(inner) <= len(office.policies)
    assert [opened[policy.id] for policy in office.policies] == sorted(
        opened[policy.id] for policy in office.policies
    )
    fills = []
    for page in inner:
        bottom = max(text.y for text in texts(page) if text.y < page.height - mm(20))
        fills.append((bottom - mm(8)) / (page.height - mm(8) - mm(20)))
    assert sum(fills) / len(fills) >= 0.7


def test_a_policys_pages_say_what_who_how_much_how_when_and_why(
    office: Office, piece: Piece
) -> None:
    start = starts(piece)["wildlife-damage"]
    told = "".join(line for page in piece.pages[start - 1 : start + 1] for line in lines(page))
    policy = next(policy for policy in office.policies if policy.id == "wildlife-damage")
    assert policy.paid is not None and policy.paid.when is not None and policy.office is not None
    texts_told = [
        policy.name,
        policy.summary,
        policy.who,
        *policy.how,
        policy.office,
        policy.paid.when,
    ]
    for text in texts_told:
        assert text.zh in told
        assert text.bo.replace(" ", "") in told.replace(" ", "")
    assert "标准按当年通知" in told
    assert "依据：" in told


def test_every_number_in_contents_and_index_is_the_page_that_its_link_opens(
    piece: Piece,
) -> None:
    opened = starts(piece)
    found = [link for page in piece.pages for link in links(page.items)]
    assert len(found) > 80
    for link in found:
        (number,) = (text for text in own_lines(link.items) if text.isdigit())
        assert link.opens is not None and int(number) == opened[link.opens]
        assert link.alt is not None and link.alt.endswith(f" {number}")


def own_lines(items: tuple[Item, ...]) -> list[str]:
    return lines(Page(0, 0, items))


def test_contents_tell_of_every_policy_once_and_the_index_of_every_topic(
    office: Office, piece: Piece
) -> None:
    opened = starts(piece)
    contents = [
        link.opens
        for page in piece.pages[1 : opened["category-pasture-forest"] - 1]
        for link in links(page.items)
    ]
    assert sorted(contents) == sorted(policy.id for policy in office.policies)
    index = piece.pages[opened["by_who"] - 1 :]
    found = [link.opens for page in index for link in links(page.items)]
    assert found == [
        policy.id
        for topic in office.catalogue.topics
        for policy in policies_on(office.catalogue, topic)
    ]


def test_bookmarks_have_categories_with_their_policies_and_index(
    office: Office, written: Path
) -> None:
    with pikepdf.open(written) as file, file.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]
        below = [str(child.title) for item in outline.root for child in item.children]
    categories = [f"{each.name.bo} {each.name.zh}" for each in office.catalogue.settings.categories]
    words = [office.catalogue.words[key] for key in ("contents", "by_who")]
    first, *last = [f"{each.bo} {each.zh}" for each in words]
    assert titles == [first, *categories, *last]
    assert sorted(below) == sorted(
        f"{policy.name.bo} {policy.name.zh}" for policy in office.policies
    )


def test_links_are_areas_that_open_the_pages_of_their_policies(piece: Piece, written: Path) -> None:
    with pikepdf.open(written) as file:
        numbers = {page.obj.objgen: number for number, page in enumerate(file.pages, 1)}
        opened = [
            (str(each.Contents).rpartition(" ")[2], str(numbers[each.Dest[0].objgen]))
            for page in file.pages
            for each in page.obj.get("/Annots", [])
        ]
    assert len(opened) == sum(len(links(page.items)) for page in piece.pages)
    assert all(told == actual for told, actual in opened)


def test_every_page_but_the_cover_has_its_number_and_all_have_the_marks(
    office: Office, piece: Piece
) -> None:
    for number, page in enumerate(piece.pages, 1):
        told = lines(page)
        assert all(mark in told for mark in MARKS)
        assert number == 1 or str(number) in told
        assert any(office.catalogue.digest[:8] in line for line in told) == (number > 1)


def test_ink_keeps_within_the_margins_and_paragraphs_apart(piece: Piece) -> None:
    for page in piece.pages:
        assert collisions(page) == []
        for paragraph in paragraphs(page.items):
            left, top, right, bottom = ink(paragraph)
            assert left >= mm(7) and right <= page.width - mm(7), paragraph[0].line.text
            assert top >= mm(7) and bottom <= page.height - mm(7), paragraph[0].line.text


def test_sizes_are_never_below_what_old_eyes_read(piece: Piece) -> None:
    small = 0
    for page in piece.pages:
        for text in texts(page):
            least = 10.5 if text.line.text in MARKS else min(run.size for run in text.line.runs)
            assert least >= 8.0
            small += least < 10.5 and text.y < page.height - mm(24) and "依据" not in text.line.text
    assert small < 160  # since when, in the table, and the ends of long notices


def test_every_drawn_line_is_read_back_exactly(piece: Piece, written: Path) -> None:
    for reader, read in READERS.items():
        for number, (page, told) in enumerate(zip(piece.pages, read(written), strict=True), 1):
            for line in lines(page):
                assert line in told, (reader, number, line)


def test_it_is_pdf_a_2a_and_ua_1_and_its_sheets_are_pdf_a_2u(
    office: Office, piece: Piece, written: Path, tmp_path: Path
) -> None:
    sheets = tmp_path / "booklet-imposed.pdf"
    pdf.write(saddle_stitched(piece, "long-edge"), office.fonts, sheets, tagged=False)
    claims = [(written, profile) for profile in verapdf.ON_SCREEN] + [(sheets, "2u")]
    assert verapdf.broken_rules(claims) == [[] for _ in claims]


def test_the_sheets_hold_all_pages_the_outermost_the_first_and_the_last(piece: Piece) -> None:
    sheets = saddle_stitched(piece, "long-edge")
    assert len(sheets.pages) == len(piece.pages) / 2
    assert {(page.width, page.height) for page in sheets.pages} == {(mm(297), mm(210))}
    front = lines(sheets.pages[0])
    assert set(lines(piece.pages[0])) | set(lines(piece.pages[-1])) == set(front)


@pytest.mark.parametrize("area", VILLAGES)
def test_a_village_has_a_booklet_of_its_own_with_its_phones(office: Office, area: str) -> None:
    own = sound(office.booklet(imprint=office.imprint(area)))
    assert all(collisions(page) == [] for page in own.pages)
    for contact in office.catalogue.contacts:
        assert (contact.phone in lines(own.pages[-1])) == area.startswith(
            contact.area
        ) or contact.role == "ask"


def test_an_office_with_one_telephone_has_all_pieces(office: Office) -> None:
    (first, *_others) = office.catalogue.contacts
    small = replace(office, catalogue=replace(office.catalogue, contacts=(first,)))
    for made in (small.booklet(), small.poster(), small.leaflet("birth")):
        assert "0000-0000001" in "".join(line for page in sound(made).pages for line in lines(page))


def test_a_cover_or_back_that_is_too_high_is_told_and_not_overprinted(office: Office) -> None:
    words = {**office.catalogue.words, "no_secrets": Text(bo="གསང་གྲངས་" * 90, zh="密码" * 200)}
    crowded = replace(office, catalogue=replace(office.catalogue, words=words))
    _piece, found = crowded.booklet()
    assert [each.code for each in found] == ["E352"]


def test_equal_input_gives_equal_bytes(office: Office, piece: Piece, written: Path) -> None:
    again = pdf.render(sound(office.booklet()), office.fonts, tagged=True)
    assert again == written.read_bytes()


def test_a_text_that_no_page_holds_is_told_with_its_place(office: Office) -> None:
    policy = office.policies[0]
    long = policy.model_copy(update={"who": policy.who.model_copy(update={"zh": "农户有地" * 600})})
    _piece, found = office.booklet(policies=(long,))
    assert [each.code for each in found] == ["E311"]
    assert found[0].place.file.endswith(f"{policy.id}.yaml")


def test_nothing_is_printed_where_nobody_can_be_asked(office: Office) -> None:
    mute = replace(office, catalogue=replace(office.catalogue, contacts=()))
    piece, found = mute.booklet()
    assert piece is None
    assert [each.code for each in found] == ["E340"]


def test_a_screen_reader_hears_contents_as_contents_and_headings_in_order(
    office: Office, piece: Piece
) -> None:
    with pikepdf.open(BytesIO(pdf.render(piece, office.fonts, tagged=True))) as file:
        roles = list(walk(file.Root.StructTreeRoot.K))
    assert {"TOC", "TOCI", "Reference", "Link"} <= set(roles)
    levels = [int(role[1]) for role in roles if role in ("H1", "H2", "H3")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def walk(element: pikepdf.Object) -> list[str]:
    found = [str(element.S)[1:]]
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            found += walk(kid)
    return found
