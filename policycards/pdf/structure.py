"""The structure tree of a tagged file: which element each piece of content belongs to (ISO 32000-1,
14.7 and 14.8).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from policycards.design.layout.frames import Role, Tagged


class Content(NamedTuple):
    """A marked piece of a page: page number from 0, and its number on that page."""

    page: int
    mark: int


Corners = tuple[float, float, float, float]
"""Left, bottom, right, top, pt from the bottom left corner of the sheet."""


class Area(NamedTuple):
    """Where on a page, from 0, a click opens the place known as ``opens``; ``words`` tell what it
    opens.
    """

    page: int
    corners: Corners
    opens: str
    words: str


@dataclass(eq=False, slots=True)
class Element:
    """A structure element and what is in it, in reading order; ``box`` is where a figure is on its
    page.
    """

    role: Role
    lang: str | None = None
    alt: str | None = None
    parent: Element | None = None
    kids: list[Element | Content | Area] = field(default_factory=list)
    box: Corners | None = None

    @property
    def heads_column(self) -> bool:
        """Whether a heading cell stands in a row of nothing but headings."""
        row = self.parent.kids if self.parent is not None else []
        return all(cell.role == "TH" for cell in row if isinstance(cell, Element))


_PRINTED = 4
"""The flag that PDF/A asks of annotations (ISO 19005-2, 6.3.2)."""

ARTIFACT = Element("Artifact")
"""What belongs to no element: whoever has the page read out does not want to hear it."""


class Structure:
    """The elements of a file as they are met, page after page."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._keyed: dict[str, Element] = {}
        self._owners: list[list[Element]] = []
        self.places: dict[str, tuple[int, float, float]] = {}
        """What links may open: page from 0, pt from the left and from the bottom of the sheet."""

    def element(self, tagged: Tagged, parent: Element) -> Element:
        """The element of a frame's tag: a new one in its parent, or the one that has its key
        already.
        """
        if parent is ARTIFACT or tagged.role == "Artifact":
            return ARTIFACT
        if tagged.role == "Document":
            return self.root
        if tagged.key is not None and tagged.key in self._keyed:
            return self._keyed[tagged.key]
        element = Element(tagged.role, tagged.lang, None if tagged.opens else tagged.alt, parent)
        parent.kids.append(element)
        if tagged.key is not None:
            self._keyed[tagged.key] = element
        return element

    def begin_page(self) -> None:
        self._owners.append([])

    def mark(self, element: Element) -> int:
        """The number of the next piece of content on the current page, which belongs to the
        element.
        """
        owners = self._owners[-1]
        owners.append(element)
        element.kids.append(Content(len(self._owners) - 1, len(owners) - 1))
        return len(owners) - 1

    def link(self, element: Element, corners: Corners, opens: str, words: str) -> None:
        """Make an area of the current page open the place known as ``opens``."""
        element.kids.append(Area(len(self._owners) - 1, corners, opens, words))

    def write(self, pdf: Pdf) -> None:
        """Put the tree into the file, and into its pages the links and what leads back from content
        to elements.
        """
        tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        writer = _Writer(pdf, self.places)
        tree.K = writer.entry(self.root, tree)
        numbers: list[int | Object] = []
        for number, (page, owners) in enumerate(zip(writer.pages, self._owners, strict=True)):
            page.StructParents = number
            page.Tabs = Name.S
            numbers += [
                number,
                pdf.make_indirect(Array([writer.written[owner] for owner in owners])),
            ]
        for number, link in enumerate(writer.links, len(writer.pages)):
            numbers += [number, link]
        tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        tree.ParentTreeNextKey = len(writer.pages) + len(writer.links)
        pdf.Root.StructTreeRoot = tree
        pdf.Root.MarkInfo = Dictionary(Marked=True)


class _Writer:
    def __init__(self, pdf: Pdf, places: Mapping[str, tuple[int, float, float]]) -> None:
        self._pdf, self._places = pdf, places
        self.pages = [page.obj for page in pdf.pages]
        self.written: dict[Element, Object] = {}
        self.links: list[Object] = []
        """The elements of links, in the order of their numbers in the parent tree, which follow
        those of the pages.
        """

    def entry(self, element: Element, parent: Object) -> Object:
        """The element as an object of the file, with all that is in it."""
        entry = self.written[element] = self._pdf.make_indirect(
            Dictionary({"/S": Name(f"/{element.role}"), "/P": parent, **_attributes(element)})
        )
        home = next((kid.page for kid in element.kids if isinstance(kid, Content)), None)
        if home is not None:
            entry.Pg = self.pages[home]
        entry.K = Array([self._kid(kid, entry, home) for kid in element.kids])
        return entry

    def _kid(self, kid: Element | Content | Area, parent: Object, home: int | None) -> int | Object:
        if isinstance(kid, Element):
            return self.entry(kid, parent)
        if isinstance(kid, Area):
            return Dictionary(
                Type=Name.OBJR, Obj=self._annotation(kid, parent), Pg=self.pages[kid.page]
            )
        if kid.page == home:
            return kid.mark
        return Dictionary(Type=Name.MCR, Pg=self.pages[kid.page], MCID=kid.mark)

    def _annotation(self, area: Area, link: Object) -> Object:
        """The area that opens a place, on its page (ISO 32000-1, 12.5.6.5; ISO 14289-1, 7.18.5)."""
        page, left, top = self._places[area.opens]
        annotation = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array(area.corners),
                Border=Array([0, 0, 0]),
                F=_PRINTED,
                Contents=String(area.words),
                Dest=Array([self.pages[page], Name.XYZ, round(left, 2), round(top, 2), 0]),
                StructParent=len(self.pages) + len(self.links),
            )
        )
        self.links.append(link)
        on = self.pages[area.page]
        on.Annots = Array([*on.get("/Annots", []), annotation])
        return annotation


def _attributes(element: Element) -> dict[str, Object]:
    """Language, alternate text, a figure's place, and whether a heading cell of a table heads its
    column or its row.
    """
    found: dict[str, Object] = {"/Type": Name.StructElem}
    if element.lang is not None:
        found["/Lang"] = String(element.lang)
    if element.alt is not None:
        found["/Alt"] = String(element.alt)
    if element.box is not None:
        found["/A"] = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(element.box))
    if element.role == "TH":
        found["/A"] = Dictionary(
            O=Name.Table, Scope=Name.Column if element.heads_column else Name.Row
        )
    return found
