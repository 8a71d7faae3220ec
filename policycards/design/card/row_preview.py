"""A policy's row of a card alone, as large as the row: what an editor looks at while typing."""

from __future__ import annotations

from datetime import date

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy
from policycards.design.content.policy_text import statement
from policycards.design.layout.blocks import placed
from policycards.design.layout.frames import Page, Piece
from policycards.design.layout.theme import Look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.parts.policy_row import RowTypesetter
from policycards.typeset import Fonts

EDGE = 2.0
"""pt around the row: what it frames is drawn whole."""


def row_sheet(catalogue: Catalogue, policy: Policy, day: date, look: Look, fonts: Fonts) -> Piece:
    """The row as the card of a look has it on a day in the office's area."""
    rows = RowTypesetter(catalogue, Typesetter(look, fonts), look.inner_width)
    block = rows.block(statement(catalogue, policy, catalogue.settings.area, day))
    return Piece(
        title=f"{policy.name.bo} {policy.name.zh}",
        lang="zh",
        author=catalogue.settings.issuer.zh,
        date=day,
        identity=f"row {policy.id} {catalogue.digest}",
        pages=(Page(block.width + 2 * EDGE, block.height + 2 * EDGE, placed(block, EDGE, EDGE)),),
    )
