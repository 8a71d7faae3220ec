"""What a household's card says of each standard that the household has: a form that many cards
share, and the figures that are the household's own.

Layout is decided by forms and by the shapes of figures alone, so that a row is set once for all
cards that have it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from policycards.catalogue.model.policy import Claim, Pays, Policy, Standard, Text
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
SUMS: dict[Section, str] = {"yearly": "subtotal_year", "once": "card_once"}
"""The sections with a sum, and its word."""
SUMMED: tuple[Section, ...] = ("yearly", "once", "apart")
KINDS: dict[Pays, str] = {
    "cash": "pays_cash",
    "approved": "card_approved",
    "limit": "",
    "event": "pays_event",
    "loan": "pays_loan",
    "percent": "pays_percent",
    "in_kind": "pays_in_kind",
    "you_pay": "pays_you_pay",
    "by_notice": "pays_by_notice",
    "paid_for_you": "card_paid_for_you",
}
"""Kinds of money without an amount of the household's own, in the order of the card, and the word
of each; those of a limit say which.
"""


@dataclass(frozen=True, slots=True, eq=False)
class LineForm:
    """A standard in words, equal only to itself.

    ``value`` is the standard's figure, "" where there is none; ``unit`` what it is per, in short;
    ``phrase`` the value in full words, where there is no short unit. ``counted`` is the unit of the
    quantity. ``times`` is how often a year the amount is paid. ``change`` is the old and the new
    value of what changed lately, which is news and no part of what the household has.
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
    claim: Claim | None


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

    @property
    def has_value(self) -> bool:
        """Whether the standard's figure is printed with what it is per."""
        return bool(self.form.value and self.form.unit) and not self.is_unreckoned

    @property
    def is_unreckoned(self) -> bool:
        """Whether it is an amount that no quantity explains."""
        return self.form.section != "approved" and bool(self.amount) and not self.quantity

    @property
    def instead(self) -> str:
        """The word for a standard of which nothing is multiplied; "" where something is."""
        form = self.form
        if self.is_unreckoned:
            return "amount_approved"
        if form.section == "approved":
            return "card_line" if self.has_value else "amount_approved"
        if form.section != "quiet":
            return ""
        if form.limit:
            return f"pays_limit_{form.limit}"
        if form.pays in ("event", "you_pay"):
            return f"sign_{form.pays}"
        if form.pays in ("loan", "percent", "in_kind"):
            return f"pays_{form.pays}"
        if form.pays == "approved":
            return "card_line" if self.has_value else "sign_approved"
        return "sign_not_cash" if self.has_value else "card_notice"

    def texts(self, *, labelled: bool) -> Iterator[str]:
        """All that a card says of the standard without the household's figures, ``labelled`` where
        the list has several lines of its policy.

        The full name, where there is a short one, is not among them: ``full_names`` has it.
        """
        form = self.form
        yield from (form.section, form.pays, form.limit, form.value, self.instead)
        texts = [form.short or form.name, form.unit, form.phrase]
        if self.is_own:
            yield from (form.category, form.every, str(form.times), str(form.month), str(form.via))
            texts += [form.label, None if self.instead else form.counted, *form.paid]
        elif labelled:
            texts.append(form.label)
        if not form.is_discreet:
            texts += [*form.how, *form.needs]
            yield str(form.claim)
        for text in texts:
            yield from (text.bo, text.zh) if text else ("", "")


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
    if figure is not None and unit is not None and not unit.short:
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


def full_names(lines: Iterable[CardLine]) -> Iterator[str]:
    """The names that only a card with many lines prints in full."""
    for line in lines:
        if line.is_own and line.form.short:
            yield from (line.form.name.bo, line.form.name.zh)


def printed_words(lines: Sequence[CardLine]) -> Iterator[str]:
    """Keys of the fixed words that a card's lines need, some of them several times."""
    if not lines:
        yield "nothing_found"
        return
    own = [line for line in lines if line.is_own]
    if own:
        yield from ("card_policy", "card_standard", "card_quantity", "card_amount", "card_yuan")
        yield "card_decides"
        if not all(line.form.month for line in own):
            yield "card_ring"
    sums = [key for section, key in SUMS.items() if is_summed(own, section)]
    yield from sums
    if any(line.form.section == "approved" for line in own):
        yield "card_approved"
        yield from ["card_not_summed"][: len(sums)]
    for line in own:
        yield from line_words(line)
    others = [line.form for line in lines if not line.is_own]
    if others:
        yield "other_policies"
    for form in others:
        yield f"pays_limit_{form.limit}" if form.pays == "limit" else KINDS[form.pays]
    if any((line.form.how or line.form.needs) and not line.form.is_discreet for line in lines):
        yield "how"
    claims = {line.form.claim for line in lines if not line.form.is_discreet}
    yield from sorted(f"claim_{claim}" for claim in claims if claim)


def is_summed(lines: Sequence[CardLine], section: Section) -> bool:
    """Whether there is something to add up in a section."""
    paid = [line.figure for line in lines if line.form.section == section]
    return section in SUMS and len(paid) > 1 and any(figure is not None for figure in paid)


def line_words(line: CardLine) -> Iterator[str]:
    """Keys of the words in a row of the household's own money."""
    form = line.form
    if line.instead:
        yield line.instead
    elif line.quantity and form.times > 1:
        yield "card_month" if form.every == "month" else "card_day"
    if line.shares:
        yield "card_shares"
    if form.section in SUMMED and not line.amount:
        yield "card_open"
    if form.month:
        yield "card_paid_month"
        if form.via:
            yield f"via_{form.via}"
