"""Packs: files of very many cards. A plate is a form that is drawn once and placed on every page
that has it.

Untagged PDF/A-2u for paper. What a plate has without slots is in its form; lines with figures are
written whole on each page, so that they are read back whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from weakref import WeakKeyDictionary

from reportlab.pdfgen.canvas import Canvas

from policycards.design.layout.frames import (
    BlockRef,
    Bookmark,
    Box,
    Colour,
    Item,
    Page,
    Piece,
    Plate,
    Shape,
    Squares,
    Tagged,
    Text,
    Turned,
)
from policycards.pdf import drawing
from policycards.pdf.drawing import extent
from policycards.pdf.font_embedding import FontEncoder, mixes_sizes
from policycards.pdf.metadata import information, xmp
from policycards.pdf.pack_objects import FontFile, Objects, PlateFonts, deflated, drawn
from policycards.typeset.fonts import Fonts
from policycards.typeset.slots import slot_of
from policycards.typeset.text_model import Line, Run

_TURNS = {0: "1 0 0 1", 90: "0 -1 1 0", 180: "-1 0 0 -1", 270: "0 1 -1 0"}
"""Matrices of a page turned clockwise."""
_KIDS = 100
"""Pages in one node of the page tree."""
_AROUND = 2.0
"""pt that a form's box is larger than its ink."""
_DIGITS = {digit: f"{ord(digit):04x}" for digit in "0123456789"}


@dataclass(frozen=True, slots=True)
class _Open:
    """A digit left open in a template: which of which figure, and the code of each digit."""

    figure: int
    place: int
    codes: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Form:
    """A plate as it is drawn: its compressed form, if it has ink of its own, and the operators of
    its open lines.
    """

    box: str
    data: bytes
    template: tuple[str | _Open, ...]

    def filled(self, figures: Sequence[str]) -> str:
        return "".join(
            part if isinstance(part, str) else part.codes[figures[part.figure][part.place]]
            for part in self.template
        )


class Packer:
    """Writes packs, one after the other; forms that need no more than the run's plate fonts are
    drawn once for all.
    """

    def __init__(self, fonts: Fonts, plate_fonts: PlateFonts) -> None:
        self.fonts, self.plate_fonts = fonts, plate_fonts
        self.faces = {
            face: f"F{number}" for number, face in enumerate(sorted(plate_fonts.codes), 1)
        }
        self._forms: WeakKeyDictionary[Plate, _Form] = WeakKeyDictionary()
        self._ink: dict[Item, str] = {}

    def pack(self, piece: Piece) -> bytes:
        """A piece whose pages hold stamps, as a file. Equal input gives equal bytes, whatever was
        packed before.
        """
        return _Pack(self).written(piece)

    def form(self, plate: Plate, pack: _Pack) -> _Form:
        """A plate as it is drawn, kept if every file draws it alike."""
        form = self._forms.get(plate)
        if form is None:
            before = pack.own_letters
            form = _compiled(plate, pack)
            if pack.own_letters == before:
                self._forms[plate] = form
        return form

    def ink(self, item: Box | Shape) -> str:
        """Operators of what is no text, drawn with its page's top left corner at the origin."""
        if item not in self._ink:
            self._ink[item] = _drawn(item)
        return self._ink[item]


class _Pack:
    """One file while it is put together."""

    def __init__(self, packer: Packer) -> None:
        self.packer = packer
        self.objects = Objects()
        self.lettering = FontEncoder(packer.fonts)
        self.own_letters = 0
        self._placed: dict[Plate, tuple[str, _Form]] = {}
        self._forms: list[int] = []

    def written(self, piece: Piece) -> bytes:
        objects = self.objects
        catalog, pages, fonts, resources = (objects.reserve() for _ in range(4))
        forms = f"/Resources<</Font {fonts} 0 R>>"
        kids = []
        for page in piece.pages:
            content = objects.add_stream("\n".join(self.page(page, forms)).encode("latin-1"))
            kids.append((content, f"{drawing.numbers(page.width)} {drawing.numbers(page.height)}"))
        numbers = self.tree(pages, kids, resources)
        objects.put(fonts, f"<<{''.join(self.embedded())}>>")
        named = "".join(f"/P{place} {number} 0 R" for place, number in enumerate(self._forms, 1))
        objects.put(resources, f"<</Font {fonts} 0 R/XObject<<{named}>>>>")
        identity = blake2b(piece.identity.encode("utf-8"), digest_size=16)
        outline = self.outline(piece.bookmarks, numbers, [page.height for page in piece.pages])
        metadata = objects.add_stream(
            xmp(piece, identity.hexdigest(), tagged=False).encode("utf-8"),
            "/Type/Metadata/Subtype/XML",
        )
        profile = objects.add_stream(Path(__file__).with_name("srgb.icc").read_bytes(), "/N 3")
        objects.put(
            catalog,
            f"<</Type/Catalog/Pages {pages} 0 R/Lang({piece.lang})/Metadata {metadata} 0 R{outline}"
            "/ViewerPreferences<</DisplayDocTitle true/PrintScaling/None>>"
            "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
            f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {profile} 0 R>>]>>",
        )
        info = objects.add(information(piece).unparse().decode("latin-1"))
        return objects.written(catalog, info, identity.digest())

    def tree(self, root: int, kids: Sequence[tuple[int, str]], resources: int) -> list[int]:
        """Pages as nodes of a tree of two levels; the numbers of the pages."""
        nodes, numbers = [], []
        for start in range(0, len(kids), _KIDS):
            node = self.objects.reserve()
            own = [
                self.objects.add(
                    f"<</Type/Page/Parent {node} 0 R/MediaBox[0 0 {size}]/Contents {content} 0 R"
                    f"/Resources {resources} 0 R>>"
                )
                for content, size in kids[start : start + _KIDS]
            ]
            listed = "".join(f"{number} 0 R " for number in own)
            self.objects.put(
                node, f"<</Type/Pages/Parent {root} 0 R/Count {len(own)}/Kids[{listed}]>>"
            )
            nodes.append(node)
            numbers += own
        listed = "".join(f"{node} 0 R " for node in nodes)
        self.objects.put(root, f"<</Type/Pages/Count {len(numbers)}/Kids[{listed}]>>")
        return numbers

    def outline(
        self, bookmarks: Sequence[Bookmark], pages: Sequence[int], heights: Sequence[float]
    ) -> str:
        """The outline's entry in the catalog; its entries are of one level."""
        if not bookmarks:
            return ""
        root = self.objects.reserve()
        numbers = [self.objects.reserve() for _ in bookmarks]
        for at, (number, each) in enumerate(zip(numbers, bookmarks, strict=True)):
            title = f"\ufeff{each.title}".encode("utf-16-be").hex()
            beside = f"/Prev {numbers[at - 1]} 0 R" * (at > 0)
            beside += f"/Next {numbers[(at + 1) % len(numbers)]} 0 R" * (at + 1 < len(numbers))
            top = drawing.numbers(heights[each.page] - each.y)
            self.objects.put(
                number,
                f"<</Title<{title}>/Parent {root} 0 R{beside}/Dest[{pages[each.page]} 0 R/XYZ 0"
                f" {top} null]>>",
            )
        self.objects.put(
            root,
            f"<</Type/Outlines/First {numbers[0]} 0 R/Last {numbers[-1]} 0 R/Count"
            f" {len(numbers)}>>",
        )
        return f"/Outlines {root} 0 R"

    def embedded(self) -> Iterator[str]:
        """The fonts of the file under their names: the run's plate fonts, then those of what is
        this file's own.
        """
        names = self.packer.faces
        for face, name in names.items():
            yield f"/{name} {self.packer.plate_fonts.files[face].embed(self.objects)} 0 R"
        for name, font in self.lettering.fonts():
            yield f"/R{name} {FontFile.of(font).embed(self.objects)} 0 R"

    def page(self, page: Page, forms: str) -> Iterator[str]:
        """The operators of a page."""
        yield from self.operators(page.items, page.height, forms)

    def operators(self, items: Iterable[Item], height: float, forms: str) -> Iterator[str]:
        for item in items:
            match item:
                case Tagged():
                    yield from self.operators(item.items, height, forms)
                case BlockRef():
                    yield self.stamped(item, height, forms)
                case Text():
                    yield _coloured(item.colour)
                    codes = self.text(item, height)
                    yield "".join(codes)  # type: ignore[arg-type]  # slots are only in plates
                case Squares():
                    yield drawing.stencil(item, item.x, height - item.y)
                case Box():
                    ink = self.packer.ink(replace(item, x=0.0, y=0.0))
                    yield f"q 1 0 0 1 {drawing.numbers(item.x, height - item.y)} cm\n{ink}\nQ"
                case Turned():
                    yield f"q {_TURNS[item.angle]} {drawing.numbers(item.x, height - item.y)} cm"
                    yield from self.operators(item.items, 0.0, forms)
                    yield "Q"
                case Shape():
                    yield f"q 1 0 0 1 0 {drawing.numbers(height)} cm\n{self.packer.ink(item)}\nQ"

    def stamped(self, stamp: BlockRef, height: float, forms: str) -> str:
        known = self._placed.get(stamp.plate)
        if known is None:
            form = self.packer.form(stamp.plate, self)
            name = ""
            if form.data:
                entries = f"/Type/XObject/Subtype/Form/BBox[{form.box}]{forms}"
                self._forms.append(self.objects.add_stream(form.data, entries, compressed=True))
                name = f"/P{len(self._forms)} Do\n"
            known = self._placed[stamp.plate] = name, form
        name, form = known
        figures = form.filled(stamp.figures) if form.template else ""
        return f"q 1 0 0 1 {drawing.numbers(stamp.x, height - stamp.y)} cm\n{name}{figures}Q"

    def text(self, text: Text, height: float) -> Iterator[str | _Open]:
        """The operators of a line, and the digits in it that are open."""
        is_mixed = mixes_sizes(text.line)
        if is_mixed:
            yield from ("/Span<</ActualText<feff", *_actual_text(text.line), ">>>BDC\n")
        yield "BT"
        for run in text.line.runs:
            name, codes = self.codes(run)
            at = drawing.numbers(text.x + run.x, height - text.y + run.rise)
            yield f"\n/{name} {drawing.numbers(run.size)} Tf 1 0 0 1 {at} Tm <"
            yield from codes
            yield "> Tj"
        yield "\nET\nEMC\n" if is_mixed else "\nET\n"

    def codes(self, run: Run) -> tuple[str, Sequence[str | _Open]]:
        """The resource name of a run's font, and its codes: the plate font's where it has them
        all.
        """
        packer, face = self.packer, self.packer.fonts[run.face]
        known = packer.plate_fonts.codes.get(run.face, {})
        try:
            return packer.faces[run.face], [known[cluster] for cluster in run.clusters]
        except KeyError:  # a letter that plates do not have, or a slot
            pass
        slots = [slot_of(cluster) for cluster in run.clusters]
        if not any(slots):
            self.own_letters += 1
            return f"R{self.lettering.resource(run.face)}", self.lettering.codes(run)
        coded = [
            (slot, drawn(cluster, face)) for slot, cluster in zip(slots, run.clusters, strict=True)
        ]
        if all(each in known for _slot, choices in coded for each in choices.values()):
            name, code = packer.faces[run.face], known.__getitem__
        else:
            self.own_letters += 1
            name, code = (
                f"R{self.lettering.resource(run.face)}",
                partial(self.lettering.code, run.face),
            )
        codes = [
            (slot, {digit: code(each) for digit, each in choices.items()})
            for slot, choices in coded
        ]
        return name, [
            _Open(*slot, choices) if slot else "".join(choices.values()) for slot, choices in codes
        ]


def _compiled(plate: Plate, pack: _Pack) -> _Form:
    """A plate's form and template, both with the plate's top left corner at the origin."""
    static: list[str] = []
    template: list[str | _Open] = []
    edges = [(0.0, 0.0, 0.0, 0.0), *(extent(item) for item in plate.items)]

    def draw(items: Iterable[Item]) -> None:
        for item in items:
            match item:
                case Tagged():
                    draw(item.items)
                case Text():
                    parts = list(pack.text(item, 0.0))
                    is_open = any(isinstance(part, _Open) for part in parts)
                    parts.insert(0, _coloured(item.colour) + "\n")
                    if is_open:
                        template.extend(parts)
                    else:
                        static.extend(part for part in parts if isinstance(part, str))
                case Box() | Shape() | Squares():
                    static.append(_drawn(item) + "\n")

    draw(plate.items)
    lefts, tops, rights, bottoms = zip(*edges, strict=True)
    box = drawing.numbers(
        min(lefts) - _AROUND, -max(bottoms) - _AROUND, max(rights) + _AROUND, -min(tops) + _AROUND
    )
    data = deflated("".join(static).encode("latin-1")) if static else b""
    return _Form(box, data, tuple(_merged(template)))


def _actual_text(line: Line) -> Iterator[str | _Open]:
    """A line's text in hexadecimal UTF-16, digits that are open among it."""
    for run in line.runs:
        for cluster in run.clusters:
            slot = slot_of(cluster)
            yield _Open(*slot, _DIGITS) if slot else cluster.text.encode("utf-16-be").hex()


def _merged(template: Iterable[str | _Open]) -> Iterator[str | _Open]:
    """The template with neighbouring strings as one."""
    held = ""
    for part in template:
        if isinstance(part, str):
            held += part
        else:
            yield from ((held, part) if held else (part,))
            held = ""
    if held:
        yield held


def _coloured(colour: Colour) -> str:
    return (
        f"{drawing.numbers(*colour)} rg"
        if isinstance(colour, tuple)
        else f"{drawing.numbers(colour)} g"
    )


def _drawn(item: Box | Shape | Squares) -> str:
    """What reportlab draws for a figure."""
    if isinstance(item, Squares):
        return drawing.stencil(item, item.x, -item.y)
    canvas = Canvas(BytesIO(), pageCompression=0, invariant=1)
    canvas._code = []
    match item:
        case Box():
            drawing.box(canvas, (0.0, 0.0), item)
        case Shape():
            drawing.shape(canvas, (0.0, 0.0), item)
    return "\n".join(canvas._code)
