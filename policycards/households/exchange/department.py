"""A department's list of payments: its rows, and the columns of one policy on every sheet; whether
its own figures agree with each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import polars as pl

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy, Text
from policycards.core.files import shown_path
from policycards.core.problems import Place, Problem, problem
from policycards.households.exchange.payment_columns import (
    PaymentColumns,
    payment_columns,
    quantity_field,
)
from policycards.households.roster.answers import headings_of
from policycards.households.roster.area_codes import AreaCodes
from policycards.households.roster.fields import OVERRIDE, Field, fields_of
from policycards.households.roster.findings import ROW_BITS, Findings, Question
from policycards.households.roster.forms import read_sources, village_of
from policycards.households.roster.heading_match import Matching, Meaning, match
from policycards.households.roster.household_ids import HID
from policycards.households.roster.lists import IDENTITY, PersonList, joined, read_list
from policycards.households.roster.members import NAMES
from policycards.households.roster.roster_columns import NUMBER
from policycards.tables.csv_reader import ROW

QUANTITY, STANDARD, AMOUNT = "paid_quantity", "paid_standard", "paid_amount"
_TELLING = frozenset(
    {*NAMES, HID, IDENTITY, "head_identity", "birth_date", "area", "township", "sex"}
)
"""Columns that tell who is meant."""
FEN, YUAN = Decimal("0.01"), Decimal(1)

_AMOUNTS = (
    "金额",
    "补助金额",
    "审批金额",
    "发放金额",
    "补贴金额",
    "享受金额",
    "是否享受",
    "amount",
)


@dataclass(frozen=True, slots=True)
class Payments:
    """A department's list. The rows have ``paid_quantity``, ``paid_standard`` and ``paid_amount``
    where it has such columns, and the policy's own columns of the roster.
    """

    people: PersonList
    columns: PaymentColumns

    def has(self, name: str) -> bool:
        return name in self.people.frame.columns


def read_department(
    path: Path,
    policy: Policy,
    catalogue: Catalogue,
    today: date,
    mapping: Mapping[str, str],
    findings: Findings,
    asked: dict[str, Question],
    *,
    approvals: bool,
) -> Payments | None:
    """A department's list, all its sheets and files; none where nothing in it tells who is meant.

    ``approvals`` reads amounts as a roster's approvals, with ``is_<policy>``; else as numbers.
    """
    fields = fields_of(catalogue)
    tables, problems = read_sources(path)
    findings.extend(problems)
    name = OVERRIDE + policy.id
    own = {**fields, name: replace(fields[name], also=_AMOUNTS)}
    found = [match(table, own, headings_of(mapping)) for table in tables]
    usable = [each for each in found if each[0] and _tells_who(each[0])]
    for _matching, more in usable or found[:1]:
        findings.extend(more)
    if not usable:
        if found and (matching := found[0][0]):
            findings.extend([problem("E553", Place(matching.table.file, matching.row))])
        return None
    areas = AreaCodes.of(catalogue, today, mapping)
    read, columns = [], []
    for matching, _problems in usable:
        assert matching is not None
        columns.append(payment_columns(matching, policy, fields, catalogue))
        village = village_of(matching, areas, {})
        read.append(
            _read(
                matching,
                columns[-1],
                policy,
                fields,
                areas,
                today,
                findings,
                village,
                asked,
                approvals
                and not (columns[-1].quantity is not None and quantity_field(policy, fields)),
            )
        )
    return Payments(joined(read), columns[0])


def _tells_who(matching: Matching) -> bool:
    return bool({*NAMES, HID, IDENTITY} & set(matching.columns))


def _read(
    matching: Matching,
    columns: PaymentColumns,
    policy: Policy,
    fields: Mapping[str, Field],
    areas: AreaCodes,
    today: date,
    findings: Findings,
    village: str,
    asked: dict[str, Question] | None,
    approvals: bool,
) -> PersonList:
    """The rows of one table, and whether its figures agree. It has a row a person or a household,
    whatever its relation column says; what it has of other policies is not read.
    """
    raw = matching.table.frame
    approval = OVERRIDE + policy.id
    given = [
        (QUANTITY, columns.quantity, columns.quantity_factor),
        (STANDARD, columns.standard, Decimal(1)),
        (approval, columns.approval, columns.amount_factor)
        if approvals
        else (AMOUNT, columns.amount, columns.amount_factor),
    ]
    placed = {name: at for name, at in matching.columns.items() if name in _TELLING}
    meanings = dict(matching.meanings)
    for name, at, factor in given:
        if at is not None:
            codes = meanings[name].codes if name in meanings else {}
            placed[name], meanings[name] = at, Meaning(name, 2, factor, codes)
    matching = replace(matching, columns=placed, meanings=meanings)
    index = len(findings.files)
    known = {**fields, **_paid_fields(quantity_field(policy, dict(fields)))}
    people = read_list(matching, known, areas, today, findings, village=village, questions=asked)
    if approvals and approval in people.frame.columns:
        number = pl.col(approval).cast(NUMBER, strict=False).alias(AMOUNT)
        people = replace(people, frame=people.frame.with_columns(number))
    _check_products(people, approval if approvals else AMOUNT, findings)
    _check_sums(people, raw, index, findings)
    return people


def _paid_fields(own: Field | None) -> dict[str, Field]:
    """What a list pays, as columns of numbers."""
    yuan = Text(zh="元", bo="སྒོར")
    units = {QUANTITY: own.unit if own else None, STANDARD: yuan, AMOUNT: yuan}
    return {
        name: Field(name, "member", "number", Text(zh=name, bo=name), unit=unit)
        for name, unit in units.items()
    }


def agrees(quantity: Decimal, standard: Decimal, amount: Decimal) -> bool:
    """Whether an amount is what a quantity comes to at a standard, rounded to fen or to yuan.

    >>> agrees(Decimal("12.5"), Decimal("7.5"), Decimal("93.75")), agrees(Decimal(2), Decimal(3),
    ... Decimal(7))
    (True, False)
    """
    product = quantity * standard
    return any(product.quantize(step, ROUND_HALF_UP) == amount for step in (FEN, YUAN))


def _check_products(people: PersonList, column: str, findings: Findings) -> None:
    """Reports the rows of a list whose area at its standard is not its amount."""
    frame = people.frame
    if not {QUANTITY, STANDARD, AMOUNT} <= set(frame.columns):
        return
    for row, *figures in frame.select(ROW, QUANTITY, STANDARD, AMOUNT).drop_nulls().iter_rows():
        if not agrees(*figures):
            findings.add("W593", row, people.column(row, column), None)


def _check_sums(people: PersonList, raw: pl.DataFrame, index: int, findings: Findings) -> None:
    """Reports the sums of a list, in whatever column, that are not those of the rows above, down
    from the beginning or from any sum before.
    """
    sums = sorted(row - (index << ROW_BITS) for row in people.aside.get("sum", ()))
    if not sums:
        return
    own = (people.frame[ROW] - (index << ROW_BITS)).implode()
    for at, heading in enumerate(people.matching.headings):
        stated = raw.filter(pl.col(ROW).is_in(sums)).select(ROW, _number(at)).drop_nulls()
        if not heading or stated.is_empty():
            continue
        rows = raw.filter(pl.col(ROW).is_in(own)).select(ROW, _number(at), str(at))
        unread = rows.filter(pl.col("number").is_null() & pl.col(str(at)).is_not_null())
        if unread.height:
            continue
        begins = [Decimal(0)]
        for mark, value in stated.iter_rows():
            above = rows.filter(pl.col(ROW) < mark)["number"].drop_nulls()
            total = sum(above, Decimal(0))
            if not any(abs(total - begin - value) < FEN for begin in begins):
                findings.add("W594", mark + (index << ROW_BITS), at + 1, None, heading=heading)
            begins.append(total)


def _number(at: int) -> pl.Expr:
    """A column of texts as plain numbers."""
    text = pl.col(str(at)).str.strip_chars().str.replace_all(",", "")
    return (
        text.str.strip_suffix("元")
        .str.strip_suffix("亩")
        .cast(NUMBER, strict=False)
        .alias("number")
    )


def standard_problems(
    payments: Payments, policy: Policy, catalogue: Catalogue, path: Path, day: date
) -> list[Problem]:
    """A warning where the standards of a list are none of the catalogue's on a day."""
    if not payments.has(STANDARD):
        return []
    held = [each for holder, each in catalogue.on(day) if holder.id == policy.id]
    known = sorted({each.value.amount for each in held if each.value and each.value.amount})
    stated = payments.people.frame[STANDARD].drop_nulls().unique().sort()
    other = [each for each in stated if each not in known]
    if not known or not other:
        return []
    count = payments.people.frame[STANDARD].is_in(other).sum()
    return [
        problem(
            "W595",
            Place(shown_path(path)),
            count=count,
            listed=" / ".join(f"{each.normalize():f}" for each in other[:6]),
            known=" / ".join(f"{each:f}" for each in known),
        )
    ]
