"""What a policy comes to for one household, in both languages: value x quantity = amount, where its
kind has one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import count

from policycards.catalogue.model.catalogue import Catalogue, Period
from policycards.catalogue.model.policy import LANGS, Policy, Standard, Text
from policycards.catalogue.rules.language import columns_of
from policycards.catalogue.rules.parser import parse_rule
from policycards.catalogue.rules.rule_columns import rule_columns
from policycards.design.content.policy_text import (
    Figure,
    Offer,
    Phrase,
    PolicyText,
    Row,
    derived,
)
from policycards.households.model import Entitlement
from policycards.typeset import numbers
from policycards.typeset.slots import mark, spelled

OF_HOUSEHOLD = frozenset({"cash", "approved"})
"""Kinds of money that have an amount of the household's own; all others read as on a general
card.
"""


KINDS = (
    "pays_event",
    "pays_paid_for_you",
    "pays_by_notice",
    "pays_in_kind",
    "pays_you_pay",
    "pays_loan",
)
"""Words for kinds of money that are said once above all rows of the kind."""


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """A policy's row for one household: a form that many households share, and the figures that are
    its own.

    In the form a mark stands for each figure. ``figures`` are numbers as they are printed, in the
    order of the marks.
    """

    form: Row
    figures: tuple[str, ...]

    @property
    def policy(self) -> str:
        return self.form.policy

    @property
    def row(self) -> Row:
        """The row with its figures in place."""
        return spelled_row(self.form, self.figures) if self.figures else self.form


@dataclass(frozen=True, slots=True)
class Kind:
    """What decides the words about a standard: whether it has an amount of the household's own, and
    its reckoning.
    """

    standard: str
    amount: bool
    product: bool


def kind_of(standard: Standard, entitled: Entitlement) -> Kind:
    own = (
        standard.pays in OF_HOUSEHOLD and entitled.amount is not None and standard.unit is not None
    )
    return Kind(
        standard.id, own, own and entitled.quantity is not None and is_product(standard, entitled)
    )


def own_figures(
    catalogue: Catalogue, standard: Standard, entitled: Entitlement, kind: Kind
) -> list[Decimal]:
    """The numbers that are the household's own: amount, quantity, and what is derived from them."""
    if not kind.amount or entitled.amount is None:
        return []
    if not kind.product or entitled.quantity is None:
        return [entitled.amount]
    period = catalogue.unit(standard.unit or "").period
    return [
        entitled.amount,
        entitled.quantity,
        *derived(period, entitled.amount, entitled.quantity),
    ]


def claimed(
    speaker: PolicyText,
    policy: Policy,
    entitled: Sequence[Entitlement],
    forms: dict[tuple[str, tuple[Kind, ...]], Row],
) -> BenefitLine:
    """A policy's row for a household that is entitled to some of its standards; ``forms`` keeps
    the rows by kind.
    """
    known = {standard.id: standard for standard in policy.standards}
    standards = [known[each.standard] for each in entitled]
    kinds = tuple(map(kind_of, standards, entitled))
    form = forms.get((policy.id, kinds))
    if form is None:
        form = forms[policy.id, kinds] = claim_form(speaker, policy, kinds)
    figures = [
        numbers.plain(number)
        for standard, each, kind in zip(standards, entitled, kinds, strict=True)
        for number in own_figures(speaker.catalogue, standard, each, kind)
    ]
    return BenefitLine(form, tuple(figures))


def claim_form(speaker: PolicyText, policy: Policy, kinds: Sequence[Kind]) -> Row:
    """A policy's row for households that are entitled to some of its standards, their own figures
    left open.
    """
    standards = {standard.id: standard for standard in policy.standards}
    marks = map(mark, count())
    offers = [_offer(speaker, standards[kind.standard], kind, marks) for kind in kinds]
    claimable = tuple(standards[kind.standard] for kind in kinds)
    row = speaker.row(policy, claimable, [offer for offer in offers if offer], None)
    return replace(row, source="", how=speaker.how(policy), needs=tuple(speaker.needs(policy)))


def spelled_row(
    row: Row, figures: Sequence[str], spell: Callable[[str, Sequence[str]], str] = spelled
) -> Row:
    """A form with figures in place of its marks, or with whatever else ``spell`` puts there."""

    def text(each: Text) -> Text:
        return Text(bo=spell(each.bo, figures), zh=spell(each.zh, figures))

    def phrase(each: Phrase) -> Phrase:
        return Phrase(
            spell(each.before, figures), spell(each.number, figures), spell(each.after, figures)
        )

    def offer(each: Offer) -> Offer:
        return replace(
            each,
            phrases={lang: phrase(side) for lang, side in each.phrases.items()}
            if each.phrases
            else None,
            notes=tuple(map(text, each.notes)),
            reckoning=text(each.reckoning) if each.reckoning else None,
            changed=text(each.changed) if each.changed else None,
        )

    return replace(row, offers=tuple(map(offer, row.offers)), notes=tuple(map(text, row.notes)))


def _offer(
    speaker: PolicyText, standard: Standard, kind: Kind, marks: Iterator[str]
) -> Offer | None:
    """None for a standard of which nothing is known here."""
    general = speaker.offer(standard)
    if kind.amount:
        return _amount(speaker, standard, kind, general, marks)
    if general is None:
        return None
    open_ = (
        (speaker.catalogue.words["quantity_open"],)
        if standard.pays == "cash" and general.phrases
        else ()
    )
    return replace(general, since=None, changed=None, notes=(*general.notes, *open_))


def _amount(
    speaker: PolicyText, standard: Standard, kind: Kind, general: Offer | None, marks: Iterator[str]
) -> Offer:
    """The household's own amount, large; above it how it was reckoned, or that it was approved."""
    words, period = speaker.catalogue.words, speaker.period(standard)
    offer = Offer(
        standard=standard.id,
        label=standard.label,
        lead=None,
        phrases=speaker.phrases(next(marks), words[amount_word(period)]),
        notes=(),
    )
    if kind.product:
        phrases = {
            lang: replace(side, before=f"= {side.before}")
            for lang, side in (offer.phrases or {}).items()
        }
        reckoning = _reckoning(speaker, standard, next(marks), general)
        derived_marks = [next(marks) for _number in derived(period, Decimal(1), Decimal(1))]
        return replace(
            offer,
            phrases=phrases,
            notes=tuple(speaker.notes(standard, derived_marks)),
            reckoning=reckoning,
        )
    approved = replace(offer, lead=words["amount_approved"])
    if standard.pays != "approved" or general is None or general.phrases is None:
        return approved
    lines = general.phrases
    return replace(
        approved, notes=(speaker.word("approved_line", line=lambda lang: _whole(lines[lang])),)
    )


def is_product(standard: Standard, entitled: Entitlement) -> bool:
    """Whether value x quantity, rounded once to the standard's step, half away from zero, is the
    amount.
    """
    if entitled.value is None or entitled.quantity is None:
        return False
    steps = (entitled.value * entitled.quantity / standard.rounding).quantize(
        Decimal(1), ROUND_HALF_UP
    )
    return steps * standard.rounding == entitled.amount


def amount_word(period: Period) -> str:
    """The fixed word for a household's amount that is paid so often."""
    return "amount_shares" if period.shares else f"amount_{period.every}"


def _reckoning(
    speaker: PolicyText, standard: Standard, quantity: Figure, general: Offer | None
) -> Text:
    assert general is not None and general.phrases is not None
    unit, phrases = quantity_unit(speaker.catalogue, standard), general.phrases
    counted = speaker.word(
        "quantity",
        unit=lambda lang: unit[lang] if unit else "",
        n=lambda lang: speaker.number(quantity, lang),
    )
    return Text(
        **{lang: f"{_whole(phrases[lang])} × {counted[lang].removeprefix('་')}" for lang in LANGS}
    )


def _whole(phrase: Phrase) -> str:
    return phrase.before + phrase.number + phrase.after


def quantity_unit(catalogue: Catalogue, standard: Standard) -> Text | None:
    """What a standard's quantity counts: the unit of the one attribute it names, else people or
    households.

    None where an expression names attributes of several units.
    """
    if standard.quantity is None:
        return catalogue.words["unit_person" if standard.per == "member" else "unit_household"]
    named = set(columns_of(parse_rule(standard.quantity, rule_columns(catalogue.settings))))
    units = {
        attribute.unit for attribute in catalogue.settings.attributes if attribute.name in named
    }
    return next(iter(units)) if len(units) == 1 else None


def kind_of_money(row: Row, words: Mapping[str, Text]) -> tuple[str, ...]:
    """The kinds that all offers of a row are of, as keys of the catalogue's words."""
    return tuple(
        key
        for key in KINDS
        if words[key] in row.notes or all(words[key] in offer.notes for offer in row.offers)
    )
