"""A policy's row of a card alone, as large as the row: what an editor looks at while typing."""

from __future__ import annotations

from datetime import date

from policycards.catalogue.model import Catalogue, Policy
from policycards.design.blocks import placed
from policycards.design.frames import Page, Piece
from policycards.design.row import RowSetter
from policycards.design.setting import Setter
from policycards.design.statement import statement
from policycards.design.theme import Look
from policycards.typeset import Fonts


def row_sheet(catalogue: Catalogue, policy: Policy, day: date, look: Look, fonts: Fonts) -> Piece:
    """The row as the card of a look has it on a day in the office's area."""
    rows = RowSetter(catalogue, Setter(look, fonts), look.inner_width)
    block = rows.block(statement(catalogue, policy, catalogue.settings.area, day))
    return Piece(
        title=f"{policy.name.bo} {policy.name.zh}",
        lang="zh",
        author=catalogue.settings.issuer.zh,
        date=day,
        identity=f"row {policy.id} {catalogue.digest}",
        pages=(Page(block.width, max(block.height, 1.0), placed(block, 0, 0)),),
    )
