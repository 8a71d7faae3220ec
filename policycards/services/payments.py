"""What cards promise beside what a department's list pays, for one policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from policycards import pdf
from policycards.core.problems import Place
from policycards.design import Look, PrintContext, proof_edition
from policycards.design.office.payment_sheet import payment_sheet
from policycards.households.exchange.compare import Compared, Comparison, compare_payments
from policycards.households.exchange.compare_workbook import write_comparison
from policycards.services.result import Result, ServiceError, plain, sound
from policycards.services.rosters import answered
from policycards.services.sources import (
    known_value,
    open_catalogue,
    open_fonts,
    open_key,
    open_theme,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPayments(Result):
    """A list of payments beside the cards. ``book`` has every household, ``sheet`` is to print."""

    policy: str
    day: date
    comparison: Comparison = field(repr=False)
    book: Path
    sheet: Path

    @property
    def promised(self) -> Decimal:
        return sum((each.promised for each in self.comparison.villages()), Decimal(0))

    @property
    def paid(self) -> Decimal:
        return sum((each.paid for each in self.comparison.villages()), Decimal(0))

    def to_dict(self) -> dict[str, Any]:
        found = self.comparison
        return {
            "policy": self.policy,
            "day": self.day.isoformat(),
            "rows": found.rows,
            "fitting": found.fitting,
            "households": len(found.lines),
            "differing": len(found.differing),
            "promised": plain(self.promised),
            "paid": plain(self.paid) if found.has_amounts else None,
            "reasons": [
                {
                    "reason": reason,
                    "households": count,
                    "difference": plain(found.difference_of(reason)),
                }
                for reason, count in found.counts().items()
            ],
            "villages": [plain(each) for each in found.villages()],
            "differences": [_line(each) for each in found.differing],
            "questions": [plain(each) for each in found.questions],
        }


def _line(each: Compared) -> Mapping[str, Any]:
    """A household without its name: what is kept of a task names nobody."""
    return {
        "household": each.household_id,
        "area": each.area,
        "rows": list(each.rows),
        "promised": plain(each.promised),
        "paid": plain(each.paid),
        "difference": plain(each.difference),
        "reasons": list(each.reasons),
    }


def compare(
    roster: Path,
    payments: Path,
    policy: str,
    policies: Path,
    fonts: Path,
    out: Path,
    *,
    day: date,
    mapping: Sequence[str] = (),
    answers: Sequence[str] = (),
    key_file: Path | None = None,
) -> ComparedPayments:
    """Compare what cards of a day promise with what a list pays; ``answers`` are kept for the next
    lists.
    """
    catalogue, warnings = open_catalogue(policies)
    known_value(
        Place("policycards compare"), "--policy", policy, sorted(p.id for p in catalogue.policies)
    )
    said = answered(mapping, answers)
    digest = open_key(key_file).digest if key_file else None
    found, problems = compare_payments(
        roster, payments, policy, catalogue, day, date.today(), said, digest
    )
    if found is None:
        raise ServiceError(*problems)
    look = Look(open_theme(), "hand")
    opened = open_fonts(fonts, look.theme)
    paid_for = next(each for each in catalogue.policies if each.id == policy)
    edition = proof_edition(catalogue.digest, day)
    context = PrintContext(catalogue.settings.area, day, edition, False, (), "")
    piece, faults = payment_sheet(catalogue, paid_for, found, context, look, opened)
    sound(faults)
    out.mkdir(parents=True, exist_ok=True)
    book, sheet = out / f"compare-{policy}.xlsx", out / f"compare-{policy}.pdf"
    write_comparison(found, catalogue, f"{paid_for.name.zh} {day.isoformat()}", book)
    pdf.write(piece, opened, sheet, tagged=True)
    return ComparedPayments(
        problems=tuple(problems),
        files=(book, sheet),
        hidden_warnings=len(warnings),
        policy=policy,
        day=day,
        comparison=found,
        book=book,
        sheet=sheet,
    )
