"""What a policy says on a card on a day in an area, in both languages: the words, before any
layout.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from policycards.catalogue.model.catalogue import Catalogue, Period
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.in_force import CatalogueInForce
from policycards.catalogue.model.policy import LANGS, Lang, Policy, Standard, Text, Value
from policycards.design.content.policy_selection import CHANGE_MONTHS, months_before, offered
from policycards.typeset import numbers


@dataclass(frozen=True, slots=True)
class Phrase:
    """A standard's words around its number, such as 每亩每年 · 7.50 · 元."""

    before: str
    number: str
    after: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One standard of a policy: its label, its phrase in both languages, and what must be said with
    it.

    ``reckoning`` is how the phrase's amount of a household came about, such as
    每亩每年7.50元 × 120亩.
    """

    standard: str
    label: Text | None
    lead: Text | None
    phrases: Mapping[Lang, Phrase] | None
    notes: tuple[Text, ...]
    since: Text | None = None
    changed: Text | None = None
    reckoning: Text | None = None


FEN = Decimal("0.01")
Figure = Decimal | str
"""A number, or a mark that stands for one which is a household's own."""

DATED = ("date_year", "date_month", "date_day", "since", "since_at_latest")
ARROW = "\u00a0→\u00a0"
"""No line ends between the old and the new amount."""

_PLACEHOLDER = re.compile(r"\{(value|unit|effective)(?:\.([a-z0-9-]+))?\}")


@dataclass(frozen=True, slots=True)
class Row:
    """All that a card says of one policy; ``notes`` are what would stand under each of several
    offers.

    A household's own card does not say ``who`` may have what it has, but ``how`` to claim it, step
    by step, and the papers and office that a claim ``needs``.
    """

    policy: str
    category: str
    name: Text
    who: Text | None
    offers: tuple[Offer, ...]
    notes: tuple[Text, ...]
    since: Text | None
    paid: tuple[Text, ...]
    source: str
    how: tuple[Text, ...] = ()
    needs: tuple[Text, ...] = ()


def statement(
    catalogue: Catalogue, policy: Policy, area: str, day: date, tibetan_digits: bool = False
) -> Row:
    """A policy's row on a card."""
    speaker = PolicyText(catalogue, area, day, tibetan_digits)
    standards = offered(catalogue, policy, area, day)
    offers = [offer for standard in standards if (offer := speaker.offer(standard))]
    return speaker.row(policy, standards, offers, speaker.filled(policy.who, policy))


def notice_of(value: Value) -> str:
    """The number or title of the document behind a value."""
    return (value.source and (value.source.number or value.source.title)) or ""


def derived(period: Period, amount: Decimal, quantity: Decimal) -> list[Decimal]:
    """The further figures of an amount for a quantity: its instalments in whole fen, which add up
    to it, and its total where it is paid by the day.

    >>> from policycards.catalogue.model.catalogue import Period
    >>> twice = Period(every="year", times=None, shares=(Decimal(450), Decimal(400)))
    >>> list(map(str, derived(twice, Decimal("1983.31"), Decimal("2.3333"))))
    ['1049.99', '933.32']
    """
    shares = [(share * quantity).quantize(FEN, ROUND_HALF_UP) for share in period.shares]
    remainder = amount - sum(shares)
    if shares and abs(remainder) < 1:  # of rounding, not of shares that are another value's
        shares[-1] += remainder
    return [*shares, amount * period.times] if period.every == "day" and period.times else shares


def closed(text: str) -> str:
    """A Tibetan phrase with the shad that ends it: after nga with a tsheg, and none after ka, ga
    and another shad.

    >>> closed("ཁང"), closed("བདག"), closed("མི")
    ('ཁང་།', 'བདག', 'མི།')
    """
    return (
        text
        if text.endswith(("ཀ", "ག", "།"))
        else f"{text}་།"
        if text.endswith("ང")
        else f"{text}།"
    )


def joined(first: Text, second: Text) -> Text:
    """Two texts as one, with the stop of each language between them."""
    return Text(bo=f"{closed(first.bo)} {second.bo}", zh=f"{first.zh}：{second.zh}")


def listed(texts: Sequence[Text], stop: str) -> Text:
    """Texts one behind the other, with the stop of each language between them; in Chinese the given
    one.
    """
    bo = " ".join([*(closed(text.bo) for text in texts[:-1]), texts[-1].bo])
    return Text(bo=bo, zh=stop.join(text.zh for text in texts))


def _common(offers: list[Offer]) -> tuple[tuple[Text, ...], Text | None]:
    """The notes and the start that all offers share."""
    notes = tuple(note for note in offers[0].notes if all(note in offer.notes for offer in offers))
    return notes, offers[0].since if all(
        offer.since == offers[0].since for offer in offers
    ) else None


def _without(offer: Offer, notes: tuple[Text, ...], since: Text | None) -> Offer:
    rest = tuple(note for note in offer.notes if note not in notes)
    return replace(offer, notes=rest, since=None if since else offer.since)


@dataclass(frozen=True, slots=True)
class PolicyText:
    """Turns standards into words for one area and day."""

    catalogue: Catalogue
    area: str
    day: date
    tibetan_digits: bool = False
    in_force: CatalogueInForce = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "in_force", self.catalogue.at(self.day, self.area))

    def row(
        self, policy: Policy, standards: tuple[Standard, ...], offers: list[Offer], who: Text | None
    ) -> Row:
        """A policy's row of offers of these standards; what all of them share is said once."""
        shared, since = _common(offers) if offers[1:] else ((), None)
        by_notice = Offer("", None, None, None, (self.catalogue.words["pays_by_notice"],))
        return Row(
            policy=policy.id,
            category=policy.category,
            name=self.filled(policy.name, policy),
            who=who,
            offers=tuple(_without(offer, shared, since) for offer in offers) or (by_notice,),
            notes=shared,
            since=since,
            paid=tuple(self.paid(policy)),
            source="；".join(dict.fromkeys(self.sources(standards))),
        )

    def word(self, key: str, **parts: Callable[[Lang], str] | str) -> Text:
        """A fixed word in both languages, its placeholders filled by texts or by functions of the
        language.
        """
        pattern = self.catalogue.words[key]

        def side(lang: Lang) -> str:
            fields = {
                name: part if isinstance(part, str) else part(lang) for name, part in parts.items()
            }
            return pattern[lang].format(**fields)

        return Text(bo=side("bo"), zh=side("zh"))

    def number(self, value: Figure, lang: Lang) -> str:
        if isinstance(value, str):
            return value
        return numbers.amount(value, lang, tibetan_digits=self.tibetan_digits and lang == "bo")

    def offer(self, standard: Standard) -> Offer | None:
        """None for a standard whose amount is not known here: nothing is said rather than
        guessed.
        """
        value = self.in_force[standard].value
        if ended := self.in_force[standard].ended:
            return Offer(
                standard.id,
                standard.label,
                None,
                None,
                (self.word("ended", date=self.date(ended.since)),),
            )
        if value is None or value.amount is None or standard.unit is None:
            words = {"by_notice": "pays_by_notice", "in_kind": "pays_in_kind"}.get(standard.pays)
            if not words:
                return None
            return Offer(standard.id, standard.label, None, None, (self.catalogue.words[words],))
        return Offer(
            standard=standard.id,
            label=standard.label,
            lead=self.catalogue.words[f"pays_limit_{standard.limit}"] if standard.limit else None,
            phrases=self.phrases(value.amount, self.catalogue.unit(standard.unit).label),
            notes=tuple(
                self.notes(standard, derived(self.period(standard), value.amount, Decimal(1)))
            ),
            since=self.since(value),
            changed=self.change(standard, value),
        )

    def period(self, standard: Standard) -> Period:
        return self.catalogue.unit(standard.unit or "").period

    def phrases(self, amount: Figure, label: Text) -> dict[Lang, Phrase]:
        """An amount in the words of a label with ``{n}``."""
        sides: dict[Lang, Phrase] = {}
        for lang in LANGS:
            before, _, after = label[lang].partition("{n}")
            sides[lang] = Phrase(before, self.number(amount, lang), after)
        return sides

    def notes(self, standard: Standard, figures: Sequence[Figure]) -> Iterator[Text]:
        """What must be said with an amount: the numbers ``derived`` from it, and what kind of money
        it is.
        """
        period = self.period(standard)
        shares, totals = figures[: len(period.shares)], figures[len(period.shares) :]
        if shares:
            yield self.word(
                "instalments",
                shares=lambda lang: " + ".join(self.number(part, lang) for part in shares),
            )
        if totals:
            days, total = Decimal(period.times or 0), totals[0]
            yield self.word(
                "days_total",
                n=lambda lang: self.number(days, lang),
                total=lambda lang: self.number(total, lang),
            )
        if standard.pays not in ("cash", "limit"):
            yield self.catalogue.words[f"pays_{standard.pays}"]

    def date(self, when: When) -> Callable[[Lang], str]:
        return lambda lang: numbers.date(when, self.patterns(lang), lang)

    def since(self, value: Value) -> Text:
        return Text(
            **{lang: numbers.since(value.since, self.patterns(lang), lang) for lang in LANGS}
        )

    def patterns(self, lang: Lang) -> dict[str, str]:
        """The words in which dates are written."""
        return {key: self.catalogue.words[key][lang] for key in DATED}

    def change(self, standard: Standard, value: Value) -> Text | None:
        """原 old → new, by which notice: for a value that began or was published in the last 18
        months.
        """
        if not any(self.is_recent(day) for day in (value.since, value.published) if day):
            return None
        notice, former = notice_of(value), standard.before(value)
        if former is None:
            return self.word("changed_new", notice=notice)
        if former.amount is None or value.amount is None or former.amount == value.amount:
            return (
                self.word("changed_other", notice=notice) if former.amount != value.amount else None
            )
        key, old, new = (
            "changed_up" if value.amount > former.amount else "changed_down",
            former.amount,
            value.amount,
        )
        return self.word(
            key,
            old=lambda lang: self.number(old, lang),
            new=lambda lang: self.number(new, lang),
            notice=notice,
        )

    def moved(
        self, standard: Standard | None, old: Value | None, new: Value | None, area: str
    ) -> Text:
        """The old and the new amount in the words of their unit, or what holds instead."""
        words = self.catalogue.words
        if new is None:
            ended = self.catalogue.at(self.day, area)[standard].ended if standard else None
            return (
                self.word("ended", date=self.date(ended.since))
                if ended
                else words["explain_not_in_force"]
            )
        if new.amount is None or standard is None or standard.unit is None:
            return words["pays_by_notice"]
        label = self.catalogue.unit(standard.unit).label
        steps = list(
            dict.fromkeys(side.amount for side in (old, new) if side and side.amount is not None)
        )
        return Text(
            **{
                lang: label[lang].format(n=ARROW.join(self.number(each, lang) for each in steps))
                for lang in LANGS
            }
        )

    def is_recent(self, when: When) -> bool:
        return months_before(self.day, CHANGE_MONTHS) <= when.first_day <= self.day

    def paid(self, policy: Policy) -> Iterator[Text]:
        for key, text in (
            ("paid_when", policy.paid and policy.paid.when),
            ("paid_by", policy.paid and policy.paid.by),
        ):
            if text:
                yield joined(self.catalogue.words[key], self.filled(text, policy))
        if policy.deadline:
            yield joined(self.catalogue.words["deadline"], self.filled(policy.deadline, policy))

    def how(self, policy: Policy) -> tuple[Text, ...]:
        """The steps by which a policy is claimed."""
        return tuple(self.filled(text, policy) for text in policy.how)

    def needs(self, policy: Policy) -> Iterator[Text]:
        """The papers that a claim needs, and the office it goes to."""
        papers = [self.filled(text, policy) for text in policy.papers]
        if papers:
            yield joined(self.catalogue.words["papers"], listed(papers, "、"))
        if policy.office:
            yield joined(self.catalogue.words["office"], self.filled(policy.office, policy))

    def sources(self, standards: tuple[Standard, ...]) -> Iterator[str]:
        for standard in standards:
            value = self.in_force[standard].value
            if value and value.source:
                yield " ".join(part for part in (value.source.title, value.source.number) if part)

    def filled(self, text: Text, policy: Policy) -> Text:
        """A policy's text with ``{value}``, ``{unit}`` and ``{effective}`` of its first, or of a
        named, standard.
        """
        return Text(
            **{lang: _PLACEHOLDER.sub(self._filler(policy, lang), text[lang]) for lang in LANGS}
        )

    def _filler(self, policy: Policy, lang: Lang) -> Callable[[re.Match[str]], str]:
        def fill(match: re.Match[str]) -> str:
            name, standard_id = match.groups()
            named = (each for each in policy.standards if standard_id in (None, each.id))
            standard = next(named, None)  # none for a mistyped name, which the check reports
            value = self.in_force[standard].value if standard else None
            if standard is None or value is None or value.amount is None or standard.unit is None:
                return "—"
            phrase = self.phrases(value.amount, self.catalogue.unit(standard.unit).label)[lang]
            fields = {
                "value": phrase.number,
                "unit": phrase.before + phrase.number + phrase.after,
                "effective": numbers.date(value.since, self.patterns(lang), lang),
            }
            return fields[name]

        return fill
