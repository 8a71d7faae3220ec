"""Parts of notices and slips: the band of what changed on one day by one notice, and what a notice
for a board ends with.
"""

from __future__ import annotations

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.core.units import mm
from policycards.design.layout.blocks import Block, beside, stacked
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.bands import SUM_RULE, bar, rule
from policycards.design.parts.contact_blocks import phone_rows, rungs
from policycards.design.parts.page_furniture import GAP, PageFurniture


def cause_band(
    setter: Typesetter, catalogue: Catalogue, since: Text, notice: str, width: float
) -> Block:
    """Since when the values below it hold and by which notice, whose titles are Chinese alone."""
    source = f"，{catalogue.words['source'].zh}：{notice}" if notice else ""
    words, place = Text(bo=since.bo, zh=since.zh + source), catalogue.place("words", "since")
    return bar(
        setter, words, width, place, fill=setter.look.tint, icon="calendar", tag="H3", height=7.0
    )


def ending(surround: PageFurniture, width: float) -> Block:
    """Whom to ring, beside the box for the seal."""
    setter, seal = surround.setter, surround.seal()
    entries, place = rungs(surround, short=True), surround.catalogue.place("contacts")
    left = width - seal.width - 2 * GAP
    size = (
        setter.look.tibetan("body") / setter.look.scale,
        setter.look.size("body") / setter.look.scale,
    )
    phones = phone_rows(
        setter, entries, left, place, digits=size[1] * 1.62, pitch=size[1] * 0.8, size=size
    )
    return stacked([rule(width, SUM_RULE), beside([phones, seal], 2 * GAP)], mm(1))
