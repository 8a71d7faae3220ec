"""What the ledger's templates say: names of areas, labels of what happened, marks of a register."""

from __future__ import annotations

from django import template
from django.utils import translation
from django.utils.translation import gettext as _

from policycards.ledger.domain.event_kinds import CARDS, EVIDENCE, ITEM_TYPES, PACKS, SPARES, STAGES
from policycards.ledger.domain.registers import Mark, word_of
from policycards.ledger.labels import LABELS, ROLES, STATUSES, VALIDITIES, VERB_LABELS, name_of
from policycards.ledger.models import Event
from policycards.ledger.models.events import CALL_KINDS, RESULTS
from policycards.qr import format_code

register = template.Library()
register.filter("named", name_of)
_LABELS = {
    "status": STATUSES,
    "validity": VALIDITIES,
    "evidence": EVIDENCE,
    "goods": ITEM_TYPES,
    "hop": STAGES,
    "call": CALL_KINDS,
    "result": RESULTS,
    "role": ROLES,
    "verb": VERB_LABELS,
    "other": LABELS,
}


@register.filter
def label(value: str, of: str = "status") -> str:
    """What people call a status, a role, a kind …"""
    return _(_LABELS[of].get(value, value))


@register.filter
def code(value: str) -> str:
    """A card code as it is printed."""
    return format_code(value) if value else ""


@register.filter
def happening(event: Event) -> str:
    """What happened, with its detail."""
    kinds = CARDS if event.card_id else SPARES if event.spare_id else PACKS
    kind = kinds[event.kind]
    detail = kind.details.get(event.detail, "")
    return f"{_(kind.label)} – {_(detail)}" if detail else _(kind.label)


@register.filter
def word(mark: Mark) -> str:
    """The word of a mark of a register."""
    return word_of(mark, translation.get_language() or "zh-hans")
