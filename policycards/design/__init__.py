"""What printed pieces look like: from a catalogue and a day to frames that only need drawing."""

from policycards.design.card.general_card import CardChoices, general_card, general_look
from policycards.design.card.text_fit import problems
from policycards.design.content.policy_selection import chosen
from policycards.design.content.print_context import PrintContext, marks, proof_edition
from policycards.design.layout.theme import Look, Theme, read_theme
from policycards.design.office.recovery import recovery_sheet

__all__ = [
    "CardChoices",
    "Look",
    "PrintContext",
    "Theme",
    "chosen",
    "general_card",
    "general_look",
    "marks",
    "problems",
    "proof_edition",
    "read_theme",
    "recovery_sheet",
]
