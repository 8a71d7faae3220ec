"""Standards and their changes as lines for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from policycards.catalogue.checks.value_checks import last_day
from policycards.catalogue.editing.amendments import Amendment, Verified, standard_id
from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.in_force import StandardInForce, holds
from policycards.catalogue.model.policy import Policy, Standard, Value
from policycards.cli.messages import _, told
from policycards.core.codes import N_


def in_force(catalogue: Catalogue, day: date) -> Iterator[str]:
    """A line for each standard, and for each area in which it has values of its own; below it what
    is still to come.
    """
    for policy, held in catalogue.on(day):
        standard, area = held.standard, f" ({held.area})" if held.area else ""
        name = f"{standard_id(policy, standard)}{area} {_name(policy, standard)}"
        yield f"{name}: {_holds(catalogue, held)}"
        for value in standard.values:
            if (value.area or "") == held.area and value.since.first_day > day:
                yield "    " + _("from {since}: {figure}").format(
                    since=value.since, figure=figure(catalogue, standard, value)
                )


def _name(policy: Policy, standard: Standard) -> str:
    label = f" · {told(standard.label.bo, standard.label.zh)}" if standard.label else ""
    return told(policy.name.bo, policy.name.zh) + label


def _holds(catalogue: Catalogue, held: StandardInForce) -> str:
    if held.entry is None:
        return _("no value in force")
    return _("{figure}, since {since}").format(
        figure=figure(catalogue, held.standard, held.entry), since=held.entry.since
    )


def figure(catalogue: Catalogue, standard: Standard, value: Value | None) -> str:
    """A value in words: with its unit, or why there is no amount."""
    if value is None:
        return _("nothing")
    if value.amount is None:
        return _(_WITHOUT[value.status])
    if standard.unit is None:
        return f"{value.amount:f}"
    label = catalogue.unit(standard.unit).label
    return told(label.bo, label.zh).format(n=f"{value.amount:f}")


_WITHOUT = {
    "ended": N_("ended"),
    "expected": N_("expected, amount not known yet"),
    None: N_("without an amount"),
}


def history(catalogue: Catalogue, policy: Policy, index: int, today: date) -> Iterator[str]:
    """Every entry in the order in which it was recorded, with its notice and what is to be known
    about it.
    """
    standard = policy.standards[index]
    yield f"{standard_id(policy, standard)} {_name(policy, standard)}"
    for value in standard.values:
        area = f" ({value.area})" if value.area else ""
        marks = "".join(f" [{mark}]" for mark in _marks(standard, value, today))
        yield f"{value.since}{area}: {figure(catalogue, standard, value)}{marks}"
        yield "    " + _("recorded {recorded}, published {published}: {notice}").format(
            recorded=value.recorded, published=value.published or "–", notice=_notice(value)
        )
        if value.corrects:
            yield "    " + _("corrects {what}").format(what=value.corrects)


def _marks(standard: Standard, value: Value, today: date) -> Iterator[str]:
    if holds(standard, value, today):
        yield _("in force")
    if value.status is None and not holds(standard, value, value.since.first_day):
        yield _("corrected later")
    if value.published and value.published.first_day > last_day(value.since):
        yield _("late")


def _notice(value: Value) -> str:
    source = value.source
    return (
        " ".join(filter(None, (source.title, source.number, source.issuer, source.url)))
        if source
        else "–"
    )


def changes(
    catalogue: Catalogue, amendments: Sequence[Amendment], draft: tuple[str, bytes] | None
) -> Iterator[str]:
    """Old to new, one line a standard, then the new policy, then how many there are."""
    for each in amendments:
        yield _("{id} {name}: {old} → {new}, from {since}").format(
            id=each.id + (f" ({each.value.area})" if each.value.area else ""),
            name=_name(each.policy, each.standard),
            old=figure(catalogue, each.standard, each.before),
            new=figure(catalogue, each.standard, each.value),
            since=each.value.since,
        )
        if each.value.corrects:
            yield "    " + _("corrects {what}").format(what=each.value.corrects)
    if draft:
        yield _("{file}: a new policy; its texts are drafts until they are reviewed").format(
            file=draft[0]
        )
    yield _("Changes: {count}, new policies: {new}.").format(
        count=len(amendments), new=1 if draft else 0
    )


def checks(found: Sequence[Verified], today: date) -> Iterator[str]:
    """What was looked up, one line a standard."""
    for each in found:
        standard = each.policy.standards[each.index]
        yield _("{id} {name}: holds unchanged, looked up on {day}").format(
            id=standard_id(each.policy, standard), name=_name(each.policy, standard), day=today
        )
