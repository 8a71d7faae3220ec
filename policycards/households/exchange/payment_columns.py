"""Which columns of a department's list are the area, the standard and the amount of one policy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import SequenceMatcher

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy
from policycards.households.roster.fields import OVERRIDE, Field
from policycards.households.roster.heading_match import Matching, Meaning
from policycards.households.roster.quantities import factor_of
from policycards.tables.headings import JOIN, key_of

_BRACKETS = re.compile(r"\(([^()]*)\)")
_AMOUNT = re.compile(
    r"(?P<period>本?月|每月|年|每年|全年|年度|季度?|每季度?)?(?P<kind>[^\d]{0,8}?)"
    r"(?:金额|补助款|补贴款|补助金|保障金|低保金|资金|补助费|amount)"
)
_TOTAL = re.compile(r"合计|总|小计|累计")
_QUANTITY = re.compile(r".{0,6}(?:面积|亩数|数量|头数|只数)")
_STANDARD = re.compile(r".{0,6}标准")
_APPROVALS = frozenset({"是否享受", "是否发放", "享受"})
_ASKS = re.compile(r"是否|享受(?!金额)")
_PERIODS = {"月": "月", "年": "年", "季": "季"}


@dataclass(frozen=True, slots=True)
class PaymentColumns:
    """The columns from 0 and what their numbers are multiplied with; None where the list has
    none. ``approval`` is that of amounts, or one that only says yes and no.
    """

    quantity: int | None = None
    standard: int | None = None
    amount: int | None = None
    approval: int | None = None
    quantity_factor: Decimal = Decimal(1)
    amount_factor: Decimal = Decimal(1)


def quantity_field(policy: Policy, fields: dict[str, Field]) -> Field | None:
    """The column of the roster of which a policy pays so much for each unit, where there is one."""
    names = {
        word
        for standard in policy.standards
        for word in re.findall(r"[a-z_]+", str(standard.quantity or ""))
        if word in fields and fields[word].owner == "household" and fields[word].kind == "number"
    }
    return fields[names.pop()] if len(names) == 1 else None


def payment_columns(
    matching: Matching, policy: Policy, fields: dict[str, Field], catalogue: Catalogue
) -> PaymentColumns:
    """The columns of a list that are a policy's: those under a group of its name, else those of no
    other policy's; two that could both be it are none.
    """
    field = fields[OVERRIDE + policy.id]
    own = quantity_field(policy, fields)
    found = PaymentColumns()
    for at, heading in enumerate(matching.headings):
        if not _is_of(heading, policy, catalogue):
            continue
        plain = unicodedata.normalize("NFKC", heading)
        units = [each.strip() for each in _BRACKETS.findall(plain)]
        last = key_of(_BRACKETS.sub("", plain).split(JOIN)[-1])
        grouped = JOIN in heading
        if own and (_QUANTITY.fullmatch(last) or matching.columns.get(own.name) == at):
            factor = next((f for unit in units if (f := factor_of(unit, own))), Decimal(1))
            if grouped or found.quantity is None:
                found = replace(found, quantity=at, quantity_factor=factor)
        elif _STANDARD.fullmatch(last):
            found = replace(found, standard=at)
        elif (match := _AMOUNT.fullmatch(last)) and not _TOTAL.search(match["kind"] or ""):
            period = (match["period"] or "").strip("本每度全")
            unit = next((each for each in units if each), "元")
            if period and period not in unit:
                unit = f"{unit}/{_PERIODS.get(period, period)}"
            amount = factor_of(unit, field)
            if amount is not None and (grouped or found.amount is None):
                found = replace(found, amount=at, amount_factor=amount)
        elif last in _APPROVALS and found.approval is None:
            found = replace(found, approval=at)
    if field.name in matching.columns:
        meaning = matching.meanings.get(field.name) or Meaning(field.name, 1)
        at = matching.columns[field.name]
        found = replace(found, approval=at, amount_factor=meaning.factor)
        if not _ASKS.search(matching.headings[at]):
            found = replace(found, amount=at)
    return found if found.approval is not None else replace(found, approval=found.amount)


def _is_of(heading: str, policy: Policy, catalogue: Catalogue) -> bool:
    """Whether the group of a heading names this policy, more than any other; a heading without a
    group may be whichever's.
    """
    groups = heading.split(JOIN)[:-1]
    if not groups:
        return True
    likeness = {each.id: max(_likeness(groups, each)) for each in catalogue.policies}
    return likeness[policy.id] >= 0.5 and likeness[policy.id] >= max(likeness.values())


def _likeness(groups: list[str], policy: Policy) -> Iterator[float]:
    for group in groups:
        key, name = key_of(group), key_of(policy.name.zh)
        yield 1.0 if key in name else SequenceMatcher(None, key, name, autojunk=False).ratio()
