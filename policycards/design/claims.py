"""What a policy comes to for one household, in both languages: value x quantity = amount, where its kind has one."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from policycards.catalogue.model import LANGS, Catalogue, Period, Policy, Standard, Text
from policycards.catalogue.rule_columns import rule_columns
from policycards.catalogue.rule_parser import parse_rule
from policycards.catalogue.rules import columns_of
from policycards.design.statement import Offer, Phrase, Row, Speaker
from policycards.households.model import Entitlement

OF_HOUSEHOLD = frozenset({"cash", "approved"})
"""Kinds of money that have an amount of the household's own; all others are told as on a general card."""


def claimed(speaker: Speaker, policy: Policy, entitled: dict[str, Entitlement]) -> Row:
    """A policy's row on the card of a household that is entitled to some of its standards, by their ids.

    Since when a standard holds and which notice is behind it are for the general card and the page behind the QR code;
    ``with_changes`` adds what changed lately, which is news and no part of what the household has.
    """
    standards = tuple(standard for standard in policy.standards if standard.id in entitled)
    offers = [offer for each in standards if (offer := _offer(speaker, each, entitled[each.id]))]
    return replace(speaker.row(policy, standards, offers, None), source="")


def with_changes(speaker: Speaker, policy: Policy, row: Row) -> Row:
    """The row with what changed lately on the speaker's day."""
    standards = {standard.id: standard for standard in policy.standards}
    return replace(row, offers=tuple(_with_change(speaker, standards.get(each.standard), each) for each in row.offers))


def _with_change(speaker: Speaker, standard: Standard | None, offer: Offer) -> Offer:
    value = standard.value_on(speaker.day, speaker.area) if standard else None
    return replace(offer, changed=speaker.change(standard, value)) if standard and value else offer


def _offer(speaker: Speaker, standard: Standard, entitled: Entitlement) -> Offer | None:
    """None for a standard of which nothing is known here."""
    told = speaker.offer(standard)
    if standard.pays in OF_HOUSEHOLD and entitled.amount is not None and standard.unit:
        return _amount(speaker, standard, entitled, entitled.amount, told)
    if told is None:
        return None
    open_ = (speaker.catalogue.words["quantity_open"],) if standard.pays == "cash" and told.phrases else ()
    return replace(told, since=None, changed=None, notes=(*told.notes, *open_))


def _amount(speaker: Speaker, standard: Standard, entitled: Entitlement, amount: Decimal, told: Offer | None) -> Offer:
    """The household's own amount, large; above it how it was reckoned, or that it was approved."""
    words = speaker.catalogue.words
    period = speaker.catalogue.unit(standard.unit or "").period
    offer = Offer(
        standard=standard.id,
        label=standard.label,
        lead=None,
        phrases=speaker.phrases(amount, words[amount_word(period)]),
        notes=(),
    )
    if entitled.quantity is not None and is_product(standard, entitled):
        phrases = {lang: replace(side, before=f"= {side.before}") for lang, side in (offer.phrases or {}).items()}
        notes = tuple(speaker.notes(standard, amount, entitled.quantity))
        reckoning = _reckoning(speaker, standard, entitled.quantity, told)
        return replace(offer, phrases=phrases, notes=notes, reckoning=reckoning)
    approved = replace(offer, lead=words["amount_approved"])
    if standard.pays != "approved" or told is None or told.phrases is None:
        return approved
    lines = told.phrases
    return replace(approved, notes=(speaker.word("approved_line", line=lambda lang: _said(lines[lang])),))


def is_product(standard: Standard, entitled: Entitlement) -> bool:
    """Whether value x quantity, rounded once to the standard's step, half away from zero, is the amount."""
    if entitled.value is None or entitled.quantity is None:
        return False
    steps = (entitled.value * entitled.quantity / standard.rounding).quantize(Decimal(1), ROUND_HALF_UP)
    return steps * standard.rounding == entitled.amount


def amount_word(period: Period) -> str:
    """The fixed word for a household's amount that is paid so often."""
    return "amount_shares" if period.shares else f"amount_{period.every}"


def _reckoning(speaker: Speaker, standard: Standard, quantity: Decimal, told: Offer | None) -> Text:
    assert told is not None and told.phrases is not None
    unit, phrases = quantity_unit(speaker.catalogue, standard), told.phrases
    counted = speaker.word(
        "quantity", unit=lambda lang: unit[lang] if unit else "", n=lambda lang: speaker.number(quantity, lang)
    )
    both = {lang: f"{_said(phrases[lang])} × {counted[lang].removeprefix('་')}" for lang in LANGS}
    return Text(**both)


def _said(phrase: Phrase) -> str:
    return phrase.before + phrase.number + phrase.after


def quantity_unit(catalogue: Catalogue, standard: Standard) -> Text | None:
    """What a standard's quantity counts: the unit of the one attribute it names, else people or households.

    None where an expression names attributes of several units.
    """
    if standard.quantity is None:
        return catalogue.words["unit_person" if standard.per == "member" else "unit_household"]
    named = set(columns_of(parse_rule(standard.quantity, rule_columns(catalogue.settings))))
    units = {attribute.unit for attribute in catalogue.settings.attributes if attribute.name in named}
    return next(iter(units)) if len(units) == 1 else None
