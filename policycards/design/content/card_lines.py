"""What a household's card says of each standard that the household has: a form that many cards
share, and the figures that are the household's own.

Layout is decided by forms and by the shapes of figures alone, so that a row is set once for all
cards that have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from policycards.catalogue.model.policy import Pays, Policy, Standard, Text
from policycards.design.content.benefit_lines import kind_of, quantity_unit
from policycards.design.content.policy_text import PolicyText, derived
from policycards.households.entitlements.sums import is_single, times_a_year
from policycards.households.model import Entitlement
from policycards.typeset import numbers

Section = Literal["yearly", "once", "apart", "approved", "quiet", "other"]
"""Where a line stands: in the table with the sum of the year, with what is paid once, in the table
without a sum, under the band of approved amounts, in the table without an amount; or among the
policies without an amount of the household's own, by kind of money.
"""
KINDS: tuple[Pays, ...] = (
    "cash",
    "approved",
    "limit",
    "event",
    "loan",
    "percent",
    "in_kind",
    "you_pay",
    "by_notice",
    "paid_for_you",
)
"""Kinds of money without an amount of the household's own, in the order of the card."""


@dataclass(frozen=True, slots=True, eq=False)
class LineForm:
    """A standard in words, equal only to itself.

    ``value`` is the standard's figure, "" where there is none; ``unit`` what it is per, in short,
    or None; ``phrase`` the value in full words. ``counted`` is the unit of the quantity. ``times``
    is how often a year the amount is paid. ``change`` is the old and the new value of what changed
    lately.
    """

    policy: str
    standard: str
    category: str
    section: Section
    pays: Pays
    is_discreet: bool
    name: Text
    short: Text | None
    label: Text | None
    value: str
    unit: Text | None
    phrase: Text | None
    counted: Text | None
    every: str
    times: int
    limit: str
    change: tuple[str, str] | None
    month: int | None
    via: str | None
    paid: tuple[Text, ...]
    how: tuple[Text, ...]
    needs: tuple[Text, ...]
    claim: str | None


@dataclass(frozen=True, slots=True)
class CardLine:
    """A line of a card. ``amount`` is what the household gets in a year or in all, as printed;
    ``shares`` are its instalments. ``old`` is the amount on the card that this one replaces.
    """

    form: LineForm
    amount: str = ""
    quantity: str = ""
    shares: tuple[str, ...] = ()
    figure: Decimal | None = None
    each: Decimal | None = None

    @property
    def is_own(self) -> bool:
        """Whether it stands in the table of the household's own money."""
        return self.form.section != "other"


def general_line(speaker: PolicyText, policy: Policy, standard: Standard) -> CardLine:
    """A standard as it is for everybody, on a card that is nobody's yet."""
    return CardLine(line_form(speaker, policy, standard, "other"))


def line_form(
    speaker: PolicyText, policy: Policy, standard: Standard, section: Section
) -> LineForm:
    """What cards say of a standard to households for which it means the same kind of thing."""
    value = speaker.in_force[standard].value
    figure = value.amount if value and standard.unit else None
    unit = speaker.catalogue.unit(standard.unit) if standard.unit else None
    former = standard.before(value) if value else None
    recent = value and any(speaker.is_recent(day) for day in (value.since, value.published) if day)
    change = None
    if recent and former and former.amount is not None and figure not in (None, former.amount):
        change = numbers.plain(former.amount), numbers.plain(figure or Decimal(0))
    several = len(policy.standards) > 1
    label = (standard.short or standard.label) if several else None
    phrase = None
    if figure is not None and unit is not None:
        sides = speaker.phrases(figure, unit.label)
        phrase = Text(
            **{lang: each.before + each.number + each.after for lang, each in sides.items()}
        )
    pays: Pays = standard.pays
    if (
        figure is None
        and (section == "other" or pays not in ("cash", "approved"))
        and (pays != "in_kind")
    ):
        pays = "by_notice"
    period = unit.period if unit else None
    return LineForm(
        policy=policy.id,
        standard=standard.id,
        category=policy.category,
        section=section,
        pays=pays,
        is_discreet=policy.discreet,
        name=speaker.filled(policy.name, policy),
        short=speaker.filled(policy.short, policy) if policy.short else None,
        label=label,
        value="" if figure is None else numbers.plain(figure),
        unit=unit.short if unit else None,
        phrase=phrase,
        counted=quantity_unit(speaker.catalogue, standard),
        every=period.every if period else "",
        times=times_a_year(period) if period else 0,
        limit=standard.limit or "",
        change=change,
        month=policy.paid.month if policy.paid else None,
        via=policy.paid.via if policy.paid else None,
        paid=tuple(speaker.paid(policy)),
        how=speaker.how(policy),
        needs=tuple(speaker.needs(policy)),
        claim=policy.claim,
    )


def section_of(
    speaker: PolicyText, policy: Policy, standard: Standard, entitled: Entitlement
) -> Section:
    """Where a standard stands on a household's card."""
    if standard.pays == "cash" and standard.unit:
        period = speaker.catalogue.unit(standard.unit).period
        if times_a_year(period):
            return "yearly"
        return "once" if is_single(period) else "apart"
    if standard.pays == "approved":
        return "approved" if entitled.amount is not None else "quiet"
    if entitled.amount is not None:
        return "apart"
    return "quiet" if policy.discreet or standard.pays == "cash" else "other"


def card_line(
    speaker: PolicyText, form: LineForm, standard: Standard, own: Entitlement
) -> CardLine:
    """The line of a household; an amount by the month or day is given for the whole year."""
    if own.amount is None:
        return CardLine(form)
    is_yearly = form.section == "yearly"
    figure = own.amount * form.times if is_yearly else own.amount
    kind = kind_of(standard, own)
    if not kind.product or own.quantity is None:
        return CardLine(form, numbers.plain(figure), figure=figure, each=own.amount)
    period = speaker.catalogue.unit(standard.unit or "").period
    shares = derived(period, own.amount, own.quantity)[: len(period.shares)]
    return CardLine(
        form,
        numbers.plain(figure),
        numbers.plain(own.quantity.normalize()),
        tuple(map(numbers.plain, shares)),
        figure,
        own.amount,
    )


def total(lines: Sequence[CardLine]) -> Decimal:
    """What some lines come to."""
    return sum((line.figure for line in lines if line.figure is not None), Decimal(0))
