"""What templates say: texts in the language of the screen, names of areas, labels of what happened."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import translation
from django.utils.timezone import localtime

from policycards.ledger.kinds import CARDS, EVIDENCE, GOODS, HOPS, PACKS, SPARES
from policycards.ledger.languages import _
from policycards.ledger.models import Event
from policycards.ledger.models.calls import CALL_KINDS
from policycards.ledger.models.samples import RESULTS
from policycards.ledger.office.labels import LABELS, ROLES, STATUSES, VALIDITIES, VERB_LABELS, name_of
from policycards.ledger.registerlines import Mark, word_of
from policycards.problems import Problem
from policycards.qr import format_code

register = template.Library()
register.filter("named", name_of)
_LABELS = {
    "status": STATUSES,
    "validity": VALIDITIES,
    "evidence": EVIDENCE,
    "goods": GOODS,
    "hop": HOPS,
    "call": CALL_KINDS,
    "result": RESULTS,
    "role": ROLES,
    "verb": VERB_LABELS,
    "other": LABELS,
}


@register.simple_tag
def t(text: str, **facts: object) -> str:
    """A text in the language of the screen, its braces filled."""
    return _(text).format(**facts) if facts else _(text)


@register.filter
def label(value: str, of: str = "status") -> str:
    """What people call a status, a role, a kind …"""
    return _(_LABELS[of].get(value, value))


@register.filter
def code(value: str) -> str:
    """A card code as it is printed."""
    return format_code(value) if value else ""


@register.filter
def day(value: datetime | date | None) -> str:
    """A day."""
    if isinstance(value, datetime):
        value = localtime(value)
    return f"{value:%Y-%m-%d}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A moment, to the minute."""
    return f"{localtime(value):%Y-%m-%d %H:%M}" if value else ""


@register.filter
def happening(event: Event) -> str:
    """What happened, with its detail."""
    kinds = CARDS if event.card_id else SPARES if event.spare_id else PACKS
    kind = kinds[event.kind]
    detail = kind.details.get(event.detail, "")
    return f"{_(kind.label)} – {_(detail)}" if detail else _(kind.label)


@register.filter
def message(found: Problem) -> str:
    """A problem as people see it."""
    return found.message(_)


@register.filter
def hint(found: Problem) -> str:
    """What to do about a problem."""
    return found.hint(_)


@register.filter
def severity(found: Problem) -> str:
    """``error`` or ``warning``."""
    return found.severity.value


@register.filter
def item(values: dict[str, object], key: str) -> object:
    """The value of a key, None where there is none."""
    return values.get(key)


@register.filter
def word(mark: Mark) -> str:
    """The word of a mark of a register."""
    return word_of(mark, translation.get_language() or "zh-hans")
