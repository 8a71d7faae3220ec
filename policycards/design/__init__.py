"""What printed pieces look like: from a catalogue and a day to frames that only need drawing."""

from policycards.design.card import CardChoices, general_card
from policycards.design.fitting import problems
from policycards.design.imprint import Imprint, marks, proof_edition
from policycards.design.recovery import recovery_sheet
from policycards.design.selection import chosen
from policycards.design.theme import Look, Theme, read_theme

__all__ = [
    "CardChoices",
    "Imprint",
    "Look",
    "Theme",
    "chosen",
    "general_card",
    "marks",
    "problems",
    "proof_edition",
    "read_theme",
    "recovery_sheet",
]
