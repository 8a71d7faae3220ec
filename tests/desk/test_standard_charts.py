"""Charts of standards: what held, what is announced, where it ended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from policycards.catalogue import Standard, Value, When
from policycards.desk.standards.standard_rows import LARGE, SMALL, Chart, chart, values_of

TODAY = date(2026, 6, 1)


def value(since: str, amount: str = "", **more: object) -> Value:
    facts = {"recorded": date(2020, 1, 1), "amount": Decimal(amount) if amount else None, **more}
    return Value.model_construct(since=When.parse(since), **facts)


def drawn(*values: Value) -> Chart:
    found = chart(values, TODAY, LARGE)
    assert found
    return found


def test_what_is_announced_is_told_apart_from_what_holds() -> None:
    found = drawn(value("2020", "100"), value("2027", "200"))
    assert [point.kind for point in found.points] == ["held", "coming"]
    assert len(found.held) == len(found.coming) == 1
    assert found.points[0].x < found.today < found.points[1].x


def test_a_line_stops_where_a_standard_ends() -> None:
    found = drawn(value("2020", "100"), value("2023", status="ended"))
    assert found.points[1].kind == "ended"
    assert found.held == (f"M{found.points[0].x} {LARGE.top}V{LARGE.top}H{found.points[1].x}",)


def test_what_is_only_expected_does_not_end_what_holds() -> None:
    found = drawn(value("2020", "100"), value("2027", status="expected"))
    assert found.points[1].kind == "expected"
    assert found.held[-1].endswith(f"H{LARGE.width - LARGE.right}")


def test_a_small_chart_has_no_labels_and_nothing_known_is_no_chart() -> None:
    small = chart([value("2020", "100"), value("2024", "150")], TODAY, SMALL)
    assert small and not small.labels
    assert chart([value("2020", status="expected")], TODAY, LARGE) is None


def test_of_one_day_the_last_recorded_holds_and_other_areas_stay_out() -> None:
    first, again = value("2020", "100"), value("2020", "120", recorded=date(2021, 1, 1))
    other = value("2020", "999", area="5499")
    standard = Standard.model_construct(id="x", values=(first, again, other))
    assert [each.amount for each in values_of(standard, "")] == [Decimal("120")]
    assert [each.amount for each in values_of(standard, "5499")] == [Decimal("999")]
