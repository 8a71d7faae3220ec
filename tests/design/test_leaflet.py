"""The leaflet: two sides of an A4 sheet, folded in three, for whoever a topic concerns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import scans
import verapdf
from pieces_of_office import VILLAGES, Office, sound
from readers import READERS
from village_packs import MARKS, collisions, ink, lines, paragraphs, texts

from policycards import pdf
from policycards.catalogue.model.catalogue import policies_on
from policycards.catalogue.model.policy import Text as Words
from policycards.core.units import MM, mm
from policycards.design.layout.frames import Piece, Text

TOPICS = ("pasture", "farming", "old-age", "schooling", "birth", "disability", "border")
FOLDS = ((97.0, 197.0), (100.0, 200.0))
"""mm from the left of each side: the panel folded in is the narrowest, at the left outside and at
the right inside.
"""


REFERENCES = (
    "依据：",
    "年起",
    "日起",
    "月起",
    "ནས་བཟུང",
    "བྱས་ཟིན",
    "时已执行",
    "示例县人民政府",
    "སྲིད་གཞུང",
    " · ",
    "card.example",
)
"""In what is not for reading, but to tell since when, by whom and by which notice."""


@pytest.fixture(scope="module")
def office(root: Path) -> Office:
    return Office.shipped(root)


@pytest.fixture(scope="module")
def leaflets(office: Office) -> dict[str, Piece]:
    return {topic: sound(office.leaflet(topic)) for topic in TOPICS}


@pytest.fixture(scope="module")
def files(
    office: Office, leaflets: dict[str, Piece], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("leaflets")
    for topic, piece in leaflets.items():
        pdf.write(piece, office.fonts, folder / f"{topic}.pdf", tagged=True)
    return {topic: folder / f"{topic}.pdf" for topic in leaflets}


def panel(piece: Piece, side: int, number: int) -> list[Text]:
    """The lines of a panel, counted from the left of a side."""
    edges = (0.0, *FOLDS[side], 297.0)
    return [
        text
        for text in texts(piece.pages[side])
        if edges[number] <= text.x / MM < edges[number + 1]
    ]


def test_all_shipped_topics_are_here(office: Office) -> None:
    assert tuple(topic.id for topic in office.catalogue.topics) == TOPICS


def test_it_is_one_sheet_of_two_sides(leaflets: dict[str, Piece]) -> None:
    for piece in leaflets.values():
        assert [(page.width, page.height) for page in piece.pages] == [(mm(297), mm(210))] * 2


def test_folded_it_shows_the_topic_in_front_and_whom_to_ring_behind(
    office: Office, leaflets: dict[str, Piece]
) -> None:
    for topic in office.catalogue.topics:
        _flap, back, cover = (
            [text.line.text for text in panel(leaflets[topic.id], 0, at)] for at in range(3)
        )
        assert {topic.name.zh, topic.who.zh, "示例县人民政府"} <= set(cover)
        assert "0000-0000001" in back and "0000-0000002" in back
        assert "不会索要密码、验证码、银行卡号" in back


def test_every_policy_of_the_topic_is_told_with_who_can_have_it(
    office: Office, leaflets: dict[str, Piece]
) -> None:
    for topic in office.catalogue.topics:
        told = "".join(line for page in leaflets[topic.id].pages for line in lines(page))
        for policy in policies_on(office.catalogue, topic):
            assert policy.name.zh in told and policy.who.zh in told, (topic.id, policy.id)
            assert policy.who.bo.replace(" ", "") in told.replace(" ", "")


def test_policies_are_read_from_left_to_right_inside_then_on_the_panel_folded_in(
    office: Office, leaflets: dict[str, Piece]
) -> None:
    topic = next(topic for topic in office.catalogue.topics if topic.id == "old-age")
    names = [policy.name.zh for policy in policies_on(office.catalogue, topic)]
    piece = leaflets["old-age"]
    order = [text.line.text for at in range(3) for text in panel(piece, 1, at)]
    order += [text.line.text for text in panel(piece, 0, 0)]
    assert [line for line in order if line in names] == names


def test_no_text_crosses_a_fold_or_comes_near_the_edge(leaflets: dict[str, Piece]) -> None:
    for topic, piece in leaflets.items():
        for side, page in enumerate(piece.pages):
            assert collisions(page) == [], topic
            for paragraph in paragraphs(page.items):
                left, top, right, bottom = ink(paragraph)
                assert left >= mm(6) and right <= page.width - mm(6)
                assert top >= mm(6) and bottom <= page.height - mm(6), (
                    topic,
                    paragraph[0].line.text,
                )
                for fold in FOLDS[side]:
                    assert right <= mm(fold - 5) or left >= mm(fold + 5), (
                        topic,
                        paragraph[0].line.text,
                    )


def test_every_side_has_all_marks(leaflets: dict[str, Piece]) -> None:
    for piece in leaflets.values():
        for page in piece.pages:
            assert all(mark in lines(page) for mark in MARKS)
        assert "样稿" in [text.line.text for text in panel(piece, 0, 2)]


def test_sizes_are_never_below_what_old_eyes_read(leaflets: dict[str, Piece]) -> None:
    for piece in leaflets.values():
        for page in piece.pages:
            for paragraph in paragraphs(page.items):
                first = paragraph[0].line.text
                is_small = first in MARKS or any(sign in first for sign in REFERENCES)
                for run in (run for text in paragraph for run in text.line.runs):
                    assert run.size >= (8.0 if is_small else 10.5), first


def test_few_policies_are_told_in_large_type_and_many_in_short(leaflets: dict[str, Piece]) -> None:
    def largest(topic: str) -> float:
        return max(run.size for text in texts(leaflets[topic].pages[1]) for run in text.line.runs)

    assert largest("birth") > largest("old-age") == largest("schooling")
    told = {
        topic: "".join(line for page in leaflets[topic].pages for line in lines(page))
        for topic in TOPICS
    }
    assert "怎么办：" in told["birth"] and "怎么办：" not in told["schooling"]
    assert "不发现金" in told["schooling"]


def test_every_drawn_line_is_read_back_exactly(
    leaflets: dict[str, Piece], files: dict[str, Path]
) -> None:
    for topic, piece in leaflets.items():
        for reader, read in READERS.items():
            for number, (page, told) in enumerate(
                zip(piece.pages, read(files[topic]), strict=True), 1
            ):
                for line in lines(page):
                    assert line in told, (topic, reader, number, line)


def test_all_are_pdf_a_2a_and_ua_1(files: dict[str, Path]) -> None:
    claims = [(file, profile) for file in files.values() for profile in verapdf.ON_SCREEN]
    assert verapdf.broken_rules(claims) == [[] for _ in claims]


def test_whoever_has_it_read_out_hears_cover_inside_flap_and_back(files: dict[str, Path]) -> None:
    with pikepdf.open(files["birth"]) as file:
        sections = [kid for kid in file.Root.StructTreeRoot.K.K if str(kid.S) == "/Sect"]
        pages = [file.pages[0].obj.objgen, file.pages[1].obj.objgen]
        first = [pages.index(next(page_of(section)).objgen) for section in sections]
    assert first == [0, 1, 0, 0]


def page_of(element: pikepdf.Object):  # type: ignore[no-untyped-def]
    """The pages of what is in an element."""
    if "/Pg" in element:
        yield element.Pg
    for kid in element.K:
        if isinstance(kid, pikepdf.Dictionary):
            yield from page_of(kid)


def test_its_code_is_read_from_print(office: Office, files: dict[str, Path]) -> None:
    with pypdfium2.PdfDocument(files["birth"]) as document:
        picture = document[0].render(scale=scans.DPI / 72).to_pil()
    assert scans.unread(picture, office.address().decode("ascii")) == []


def test_a_topic_with_too_many_policies_is_told_with_its_place(office: Office) -> None:
    first, *rest = office.catalogue.topics
    many = first.model_copy(
        update={"policies": tuple(policy.id for policy in office.catalogue.policies)}
    )
    crowded = replace(office, catalogue=replace(office.catalogue, topics=(many, *rest)))
    piece, (found,) = crowded.leaflet("pasture")
    assert piece is None
    assert found.place.file.endswith("topics.yaml") and found.place.line == 4
    assert (
        str(found)
        .partition("error ")[2]
        .startswith("E362: the policies of the topic 'pasture' need ")
    )


def test_a_village_has_leaflets_of_its_own_with_its_phones(office: Office) -> None:
    for topic in TOPICS:
        for area in VILLAGES:
            piece = sound(office.leaflet(topic, imprint=office.imprint(area)))
            assert all(collisions(page) == [] for page in piece.pages)
            assert {"0000-0000002"} < {text.line.text for text in panel(piece, 0, 1)}


def test_a_back_that_is_too_high_is_told_and_not_overprinted(office: Office) -> None:
    words = {**office.catalogue.words, "no_secrets": Words(bo="གསང་གྲངས་" * 60, zh="密码" * 120)}
    crowded = replace(office, catalogue=replace(office.catalogue, words=words))
    _piece, found = crowded.leaflet("birth")
    assert [each.code for each in found] == ["E352"]


def test_nothing_is_printed_where_nobody_can_be_asked(office: Office) -> None:
    mute = replace(office, catalogue=replace(office.catalogue, contacts=()))
    piece, found = mute.leaflet("birth")
    assert piece is None
    assert [each.code for each in found] == ["E340"]
