"""What people call statuses, roles, verbs and events, in views and, as filters, in templates."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils import translation
from django.utils.translation import gettext as _

from policycards.core.codes import N_
from policycards.ledger.domain.card_states import BLANK, WAITING
from policycards.ledger.domain.event_kinds import CARDS, EVIDENCE, ITEM_TYPES, PACKS, SPARES, STAGES
from policycards.ledger.domain.registers import Mark, word_of
from policycards.ledger.models import Area, Event, LogEntry
from policycards.ledger.models.events import CALL_KINDS, RESULTS
from policycards.qr import format_code

STATUSES: Mapping[str, str] = {
    **{name: kind.label for name, kind in SPARES.items()},
    **{name: kind.label for name, kind in CARDS.items()},
    WAITING: N_("nothing reported yet"),
    BLANK: N_("blank"),
}
VALIDITIES: Mapping[str, str] = {
    "valid": N_("valid"),
    "replaced": N_("replaced"),
    "voided": N_("voided"),
}
ROLES: Mapping[str, str] = {
    "operator": N_("operator"),
    "region": N_("region"),
    "county": N_("county"),
    "township": N_("township"),
    "team": N_("village team"),
    "viewer": N_("viewer"),
}
VERB_LABELS: Mapping[str, str] = {
    "area.load": N_("areas loaded"),
    "area.assign": N_("households given to an area"),
    "run.load": N_("run loaded"),
    "run.close": N_("run closed"),
    "pack.close": N_("handing over closed"),
    "card.record": N_("events recorded"),
    "card.carry": N_("file of a phone brought in"),
    "village.open": N_("village opened on a phone"),
    "call.open": N_("call opened or given on"),
    "call.answer": N_("call answered"),
    "check.draw": N_("sample drawn"),
    "check.record": N_("sample checked"),
    "user.add": N_("user added"),
    "user.change": N_("user changed"),
    "user.password": N_("password changed"),
    "user.second": N_("second factor changed"),
    "user.reset": N_("password or phone reset"),
    "slip.make": N_("slips made"),
    "device.join": N_("device joined"),
    "device.revoke": N_("device revoked"),
    "list.export": N_("list exported"),
    "report.export": N_("report exported"),
    "correction.export": N_("corrections exported"),
    "reissue.export": N_("reissue list exported"),
    "stale.load": N_("stale cards marked"),
    "household.add": N_("household added"),
    "ledger.backup": N_("backup made"),
    "ledger.restore": N_("backup restored"),
    "ledger.purge": N_("old data forgotten"),
}
LABELS: Mapping[str, str] = {
    "cards": N_("cards"),
    "delivered": N_("delivered"),
    "outstanding": N_("outstanding"),
    "problems": N_("problems"),
    "in store": N_("in store"),
    "on the way": N_("on the way"),
    "still there": N_("still there"),
}


FACTS: Mapping[str, str] = {
    "accepted": N_("accepted"),
    "answered": N_("answered"),
    "areas": N_("areas"),
    "call": N_("call"),
    "card": N_("card"),
    "cards": N_("cards"),
    "contacts": N_("telephones"),
    "days": N_("days"),
    "device": N_("phone"),
    "encrypted": N_("encrypted"),
    "events": N_("records"),
    "household": N_("household"),
    "households": N_("households"),
    "kind": N_("what it is about"),
    "listed": N_("on the list"),
    "moved_from": N_("moved from"),
    "on": N_("in use"),
    "owner": N_("owner"),
    "pack": N_("pack"),
    "packs": N_("packs"),
    "policy": N_("policy"),
    "result": N_("result"),
    "role": N_("role"),
    "rows": N_("rows"),
    "run": N_("run"),
    "spares": N_("spare cards"),
    "username": N_("user name"),
    "what": N_("what"),
}
_VALUES: Mapping[str, Mapping[str, str]] = {"role": ROLES, "kind": CALL_KINDS, "result": RESULTS}


def facts_of(entry: LogEntry) -> str:
    """The facts of an entry of the log in words; what says nothing is left out."""
    return "; ".join(
        f"{_(FACTS.get(name, name)).rstrip('།')} {_fact(name, value)}"
        for name, value in entry.facts.items()
        if value not in ("", [], None)
    )


def _fact(name: str, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value[:5])) + (" …" if len(value) > 5 else "")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    text = str(value)
    return _(_VALUES.get(name, {}).get(text, text))[:80]


def name_of(area: Area | None) -> str:
    """The name of an area in the language of the screen."""
    if area is None or not area.code:
        return _("All areas")
    return area.bo if translation.get_language() == "bo" and area.bo else area.zh or area.code


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
