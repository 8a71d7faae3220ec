"""What the card of each household promises for a policy beside what a department's list pays, and
why they differ: the leak that cards exist against.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any, Literal, get_args

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Text
from policycards.core.problems import Place, Problem, problem
from policycards.households.entitlements.calculate import entitlements
from policycards.households.exchange.department import (
    AMOUNT,
    FEN,
    QUANTITY,
    STANDARD,
    Payments,
    agrees,
    read_department,
    standard_problems,
)
from policycards.households.exchange.merge import read_people
from policycards.households.exchange.persons import Fits, match_persons, persons_of
from policycards.households.model import Roster
from policycards.households.roster.fields import OVERRIDE
from policycards.households.roster.findings import Findings, Question
from policycards.households.roster.household_ids import HID
from policycards.households.roster.identity_numbers import Digest
from policycards.households.roster.lists import BAD, DOUBTED
from policycards.households.roster.read_roster import read_roster
from policycards.tables.csv_reader import ROW

Reason = Literal[
    "quantity",
    "standard",
    "amount",
    "product",
    "twice",
    "not_listed",
    "not_entitled",
    "not_known",
    "not_printed",
    "not_clear",
    "not_in_roster",
]
"""Why a card and a payment differ: another quantity, standard or amount; quantity x standard is not
the amount on the list; paid in two rows; on one of the two only; the card cannot tell; the
household has faults and no card; it is not clear which row is whose; nobody of the roster.
"""
REASONS: tuple[Reason, ...] = get_args(Reason)


def reason_text(catalogue: Catalogue, reason: Reason) -> Text:
    """A reason as the office reads it."""
    return catalogue.words[f"payment_by_{reason}"]


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says of a household: quantity in the column's unit, standard and amount in
    yuan for the policy's period; None where it does not say.
    """

    quantity: Decimal | None = None
    standard: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """A household, or a row of the list that is nobody's. ``rows`` are those of the list; ``paid``
    is None where it is not on the list, ``promised`` where the card promises nothing or cannot
    tell.
    """

    household_id: str
    area: str
    name: str
    rows: tuple[str, ...]
    promised: Side | None
    paid: Side | None
    reasons: tuple[Reason, ...]

    @property
    def difference(self) -> Decimal | None:
        """Yuan that are paid beyond the promise; None where either is not known."""
        if {"not_known", "not_printed", "not_clear"} & set(self.reasons):
            return None
        promised = self.promised.amount if self.promised else Decimal(0)
        paid = self.paid.amount if self.paid else Decimal(0)
        return None if promised is None or paid is None else paid - promised


@dataclass(frozen=True, slots=True)
class VillageSum:
    """The households of a village whose card promises something or who are paid, those that
    differ, and the yuan that are known. The rows that are nobody's have no village.
    """

    area: str
    households: int
    differing: int
    promised: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True)
class Comparison:
    """All households that are promised or paid something; how many rows the list has and how many
    of them found their household.
    """

    lines: tuple[Compared, ...]
    rows: int
    fitting: int
    has_amounts: bool
    questions: tuple[Question, ...]

    @property
    def differing(self) -> list[Compared]:
        return [each for each in self.lines if each.reasons]

    def counts(self) -> dict[Reason, int]:
        """How many households differ for each reason; one may for several."""
        found = Counter(reason for each in self.lines for reason in each.reasons)
        return {reason: found[reason] for reason in REASONS if found[reason]}

    def difference_of(self, reason: Reason) -> Decimal:
        """Yuan paid beyond the promises of those that differ for a reason, as far as known."""
        return sum(
            (each.difference or Decimal(0) for each in self.lines if reason in each.reasons),
            Decimal(0),
        )

    def villages(self) -> list[VillageSum]:
        """Sums by village, in the order of their codes."""
        found: dict[str, list[Compared]] = {}
        for each in self.lines:
            found.setdefault(each.area, []).append(each)
        return [
            VillageSum(
                area,
                len(lines),
                sum(bool(each.reasons) for each in lines),
                _total(each.promised for each in lines),
                _total(each.paid for each in lines),
            )
            for area, lines in sorted(found.items())
        ]


def _total(sides: Iterator[Side | None]) -> Decimal:
    return sum((each.amount for each in sides if each and each.amount is not None), Decimal(0))


def compare_payments(
    roster: Path,
    listed: Path,
    policy: str,
    catalogue: Catalogue,
    day: date,
    today: date,
    mapping: Mapping[str, str],
    digest: Digest | None = None,
) -> tuple[Comparison | None, list[Problem]]:
    """What cards of a day promise for a policy beside what a list pays; None where either cannot be
    read. Of the roster only errors are reported: its warnings are those of its own check.
    """
    findings = Findings()
    asked: dict[str, Question] = {}
    policy_ = next(each for each in catalogue.policies if each.id == policy)
    payments = read_department(
        listed, policy_, catalogue, today, mapping, findings, asked, approvals=False
    )
    if payments and not any(payments.has(name) for name in (QUANTITY, STANDARD, AMOUNT)):
        place = Place(payments.people.file, payments.people.matching.row)
        field = OVERRIDE + policy
        findings.extend([problem("E596", place, policy=policy, field=field)])
    read = read_people(roster, catalogue, today, mapping, findings)
    sound, problems, _notes = read_roster(
        roster, catalogue, today=today, digest=digest, mapping=mapping
    )
    if payments is None or read is None or sound is None:
        return None, [*problems, *findings.all()]
    chosen, people = read
    fits = match_persons(
        payments.people, people, chosen.apart, findings, mapping, asked, with_faulty=True
    )
    findings.extend(standard_problems(payments, policy_, catalogue, listed, day))
    homes = _homes(sound, people, chosen.apart)
    paid = _paid(payments, fits, homes, findings)
    lines = _lines(sound, _promised(sound, catalogue, policy, day), paid, fits, homes)
    comparison = Comparison(
        (*lines, *_nobodys(payments, fits, findings)),
        payments.people.frame.height,
        len(fits.persons),
        payments.has(AMOUNT),
        tuple(asked.values()),
    )
    return comparison, findings.all()


def _homes(roster: Roster, people: list[Any], apart: bool) -> dict[object, str]:
    """The household id of each household of the rows; without those that have no card."""
    ids = dict(roster.members.select(ROW, HID).iter_rows())
    homes: dict[object, str] = {}
    for person in persons_of(people, apart):
        if person.row in ids:
            homes[person.household] = ids[person.row]
    return homes


@dataclass(slots=True)
class _Paid:
    """What the rows of a household come to, and what is odd about them."""

    rows: list[str]
    sides: list[Side]
    unreadable: bool = False

    @property
    def side(self) -> Side:
        standards = {each.standard for each in self.sides}
        return Side(
            _sum([each.quantity for each in self.sides]),
            standards.pop() if len(standards) == 1 else None,
            _sum([each.amount for each in self.sides]),
        )


def _sum(values: list[Decimal | None]) -> Decimal | None:
    known = [each for each in values if each is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def _paid(
    payments: Payments, fits: Fits, homes: Mapping[object, str], findings: Findings
) -> dict[object, _Paid]:
    """What the list pays each household that it names, by id, or as the rows know it."""
    paid: dict[object, _Paid] = {}
    for row, faulty, side in _sides(payments):
        person = fits.persons.get(row)
        if person is None:
            continue
        key = homes.get(person.household, person.household)
        own = paid.setdefault(key, _Paid([], []))
        own.rows.append(findings.shown(row))
        own.sides.append(side)
        own.unreadable |= faulty
    return paid


def _sides(payments: Payments) -> Iterator[tuple[int, bool, Side]]:
    frame = payments.people.frame
    columns = [
        pl.col(name) if name in frame.columns else pl.lit(None).alias(name)
        for name in (QUANTITY, STANDARD, AMOUNT)
    ]
    faulty = (pl.col(BAD) | pl.col(DOUBTED)).alias("faulty")
    for row, bad, quantity, standard, amount in frame.select(ROW, faulty, *columns).iter_rows():
        paid = amount if amount is None else amount.quantize(FEN, ROUND_HALF_UP)
        yield row, bad, Side(quantity, standard, paid)


def _promised(
    roster: Roster, catalogue: Catalogue, policy: str, day: date
) -> dict[str, Side | Literal["cannot_tell"]]:
    """What the card of each household says; those that get nothing are not there."""
    alone = replace(
        catalogue, policies=tuple(each for each in catalogue.policies if each.id == policy)
    )
    rows = entitlements(roster, alone, day)
    promised: dict[str, Side | Literal["cannot_tell"]] = {}
    for household, answer, missing, *figures in rows.select(
        HID, "answer", "missing", "quantity", "value", "amount"
    ).iter_rows():
        before = promised.get(household)
        if answer == "cannot_tell" or missing or before == "cannot_tell":
            promised[household] = "cannot_tell"
        elif before is None:
            promised[household] = Side(*figures)
        else:  # several standards of one policy: only their sum compares
            promised[household] = Side(amount=_sum([before.amount, figures[2]]))
    return promised


def _lines(
    roster: Roster,
    promised: Mapping[str, Side | Literal["cannot_tell"]],
    paid: Mapping[object, _Paid],
    fits: Fits,
    homes: Mapping[object, str],
) -> Iterator[Compared]:
    unclear = {homes.get(each) for each in fits.unclear}
    seen: set[object] = set()
    columns = (HID, "area", "name_zh", "name_bo")
    for household, area, zh, bo in roster.households.select(columns).iter_rows():
        seen.add(household)
        card, own = promised.get(household), paid.get(household)
        if card is None and own is None:
            continue
        yield Compared(
            household,
            area,
            zh or bo or "",
            tuple(own.rows) if own else (),
            card if isinstance(card, Side) else None,
            own.side if own else None,
            tuple(_reasons(card, own, household in unclear)),
        )
    for key, own in paid.items():
        if key not in seen:
            yield Compared("", "", "", tuple(own.rows), None, own.side, ("not_printed",))


def _reasons(
    card: Side | Literal["cannot_tell"] | None, own: _Paid | None, unclear: bool
) -> Iterator[Reason]:
    if own is None:
        if unclear:
            yield "not_clear"
        elif card == "cannot_tell":
            yield "not_known"
        else:
            yield "not_listed"
        return
    if own.unreadable:
        yield "not_clear"
        return
    if len(own.rows) > 1:
        yield "twice"
    if any(not _is_consistent(each) for each in own.sides):
        yield "product"
    if card is None:
        yield "not_entitled"
    elif card == "cannot_tell":
        yield "not_known"
    else:
        yield from _differences(card, own.side)


def _differences(card: Side, paid: Side) -> Iterator[Reason]:
    """Why the amounts of both sides differ; nothing where nothing does."""
    standard, amount = paid.standard, paid.amount
    if (
        standard is None
        and paid.quantity
        and card.standard is not None
        and amount is not None
        and not agrees(paid.quantity, card.standard, amount)
    ):
        standard = (amount / paid.quantity).quantize(FEN, ROUND_HALF_UP)
    found = False
    if None not in (card.quantity, paid.quantity) and card.quantity != paid.quantity:
        found = True
        yield "quantity"
    if None not in (card.standard, standard) and card.standard != standard:
        found = True
        yield "standard"
    if not found and None not in (card.amount, amount) and card.amount != amount:
        yield "amount"


def _is_consistent(side: Side) -> bool:
    quantity, standard, amount = side.quantity, side.standard, side.amount
    if quantity is None or standard is None or amount is None:
        return True
    return agrees(quantity, standard, amount)


def _nobodys(payments: Payments, fits: Fits, findings: Findings) -> Iterator[Compared]:
    """The rows of the list that are nobody's in the roster, with the village that they name."""
    unmatched = {each.row: each for each in fits.unmatched}
    names = dict(payments.people.frame.select(ROW, pl.coalesce("name_zh", "name_bo")).iter_rows())
    for row, _faulty, side in _sides(payments):
        if row in unmatched:
            area = str(unmatched[row].area or "")
            reasons: tuple[Reason, ...] = ("not_in_roster",)
            yield Compared("", area, names[row] or "", (findings.shown(row),), None, side, reasons)
