"""What a screen reader is told: elements in reading order, their language, and nothing of what is
mere decoration.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pieces
import pikepdf

from policycards import pdf
from policycards.design.layout.frames import Bookmark, Box, Page, Piece, Tagged, Text


def tagged(piece: Piece) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf.render(piece, pieces.fonts(), tagged=True)))


def tree(file: pikepdf.Pdf) -> list[str]:
    """The structure tree, an element a line: role, language, alternate text, and its content as
    page.mark.
    """
    numbers = {page.objgen: number for number, page in enumerate(file.pages)}
    lines: list[str] = []

    def show(element: Any, depth: int) -> None:
        facts = [str(element.S)[1:]]
        facts += [str(element[key]) for key in ("/Lang", "/Alt") if key in element]
        below = []
        for kid in element.K:
            if isinstance(kid, int):
                facts.append(f"{numbers[element.Pg.objgen]}.{kid}")
            elif kid.get("/Type") == "/MCR":
                facts.append(f"{numbers[kid.Pg.objgen]}.{kid.MCID}")
            elif kid.get("/Type") == "/OBJR":
                assert kid.Obj.objgen in {annotation.objgen for annotation in kid.Pg.Annots}
            else:
                below.append(kid)
        lines.append("  " * depth + " ".join(facts))
        for kid in below:
            assert kid.P.objgen == element.objgen
            show(kid, depth + 1)

    show(file.Root.StructTreeRoot.K, 0)
    return lines


def marks(file: pikepdf.Pdf, page: int) -> list[str]:
    """The marked content of a page in the order of drawing: role and number, or Artifact."""
    found = []
    for operands, operator in pikepdf.parse_content_stream(file.pages[page]):
        if str(operator) == "BDC":
            found.append(f"{str(operands[0])[1:]} {operands[1].MCID}")
        elif str(operator) == "BMC":
            found.append(str(operands[0])[1:])
    return found


def page(*items: Any) -> Page:
    return Page(400, 300, items)


def test_elements_stand_in_the_order_of_the_page_each_in_its_language() -> None:
    row = Tagged("Sect", (pieces.element("H2", "草原补奖", 60), pieces.element("P", "རྩྭ་ཐང་།", 90)))
    file = tagged(pieces.piece(page(pieces.element("H1", "ཤེས་གསལ་བྱང་བུ།", 30), row)))
    assert tree(file) == ["Document", "  H1 bo 0.0", "  Sect", "    H2 zh 0.1", "    P bo 0.2"]
    assert file.Root.Lang == "bo"


def test_lines_of_one_element_are_one_piece_of_content() -> None:
    lines = tuple(
        Text(20, y, pieces.set_line(text)) for y, text in ((30, "第一行"), (50, "第二行"))
    )
    file = tagged(pieces.piece(page(Tagged("P", lines, "zh"))))
    assert tree(file) == ["Document", "  P zh 0.0"]


def test_an_element_with_a_key_goes_on_over_pages() -> None:
    def part(text: str) -> Tagged:
        return Tagged("Sect", (pieces.element("P", text, 30, key="paragraph"),), key="section")

    file = tagged(
        pieces.piece(page(part("上半")), page(part("下半"), pieces.element("P", "别的", 90)))
    )
    assert tree(file) == ["Document", "  Sect", "    P zh 0.0 1.0", "  P zh 1.1"]


def test_decoration_is_an_artifact_and_so_is_all_that_is_in_it() -> None:
    rule = Box(0, 0, 10, 1, fill=0.0)
    head = Tagged("Artifact", (pieces.element("P", "重复的页眉", 30), rule))
    file = tagged(pieces.piece(page(rule, head, pieces.element("P", "正文", 60), rule)))
    assert tree(file) == ["Document", "  P zh 0.0"]
    assert marks(file, 0) == ["Artifact", "P 0", "Artifact"]


def test_a_document_tag_is_the_document_itself() -> None:
    file = tagged(pieces.piece(page(Tagged("Document", (pieces.element("P", "正文", 60),)))))
    assert tree(file) == ["Document", "  P zh 0.0"]


def test_a_link_is_read_with_its_text_and_opens_the_place_of_a_bookmark() -> None:
    entry = Tagged(
        "Link", (pieces.element("Span", "草原补奖", 60),), alt="草原补奖 2", opens="grass"
    )
    contents = Tagged("TOC", (Tagged("TOCI", (Tagged("Reference", (entry,)),)),))
    file = tagged(
        pieces.piece(
            page(contents),
            page(pieces.element("P", "正文", 60)),
            bookmarks=(Bookmark("草原", 1, 40, key="grass"),),
        )
    )
    assert tree(file)[:5] == ["Document", "  TOC", "    TOCI", "      Reference", "        Link"]
    (annotation,) = file.pages[0].Annots
    assert (str(annotation.Subtype), str(annotation.Contents)) == ("/Link", "草原补奖 2")
    assert annotation.Dest[0].objgen == file.pages[1].objgen
    assert [float(place) for place in annotation.Dest[2:4]] == [0, 260]
    left, bottom, right, top = (float(edge) for edge in annotation.Rect)
    assert left == 20 and right > 60 and 230 < bottom < 240 < top < 255
    numbers = file.Root.StructTreeRoot.ParentTree.Nums
    assert {int(numbers[n]): numbers[n + 1] for n in range(0, len(numbers), 2)}[
        int(annotation.StructParent)
    ].S == "/Link"


def test_a_figure_says_what_it_is_and_where() -> None:
    file = tagged(
        pieces.piece(page(Tagged("Figure", (pieces.checkered(),), "zh", "二维码：查询本户待遇")))
    )
    assert tree(file) == ["Document", "  Figure zh 二维码：查询本户待遇 0.0"]
    figure = file.Root.StructTreeRoot.K.K[0]
    assert [float(edge) for edge in figure.A.BBox] == [300, 232.5, 337.5, 270]


def test_heading_cells_say_whether_they_head_a_column_or_a_row() -> None:
    heads = Tagged("TR", (pieces.element("TH", "政策", 30), pieces.element("TH", "标准", 30, 120)))
    row = Tagged(
        "TR", (pieces.element("TH", "草原补奖", 60), pieces.element("TD", "7.50元", 60, 120))
    )
    file = tagged(pieces.piece(page(Tagged("Table", (heads, row)))))
    scopes = [
        str(cell.A.Scope)
        for line in file.Root.StructTreeRoot.K.K[0].K
        for cell in line.K
        if "/A" in cell
    ]
    assert scopes == ["/Column", "/Column", "/Row"]


def test_content_leads_back_to_its_element() -> None:
    file = tagged(pieces.piece(pieces.stacked(["一", "二"]), pieces.stacked(["三"])))
    numbers = file.Root.StructTreeRoot.ParentTree.Nums
    owners = {
        int(numbers[n]): [str(owner.S) for owner in numbers[n + 1]]
        for n in range(0, len(numbers), 2)
    }
    assert owners == {0: ["/P", "/P"], 1: ["/P"]}
    assert [int(page.StructParents) for page in file.pages] == [0, 1]


def test_a_file_for_paper_has_no_structure() -> None:
    piece = pieces.piece(pieces.stacked(["一"]))
    file = pikepdf.open(BytesIO(pdf.render(piece, pieces.fonts(), tagged=False)))
    assert "/StructTreeRoot" not in file.Root
    assert marks(file, 0) == []
