"""One line a standard: what a policy pays, its figure once between Tibetan and Chinese words, and
whether it rose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from policycards.catalogue.model.policy import Pays, Policy, Standard, Text, Value
from policycards.design.content.policy_selection import offered
from policycards.design.content.policy_text import PolicyText
from policycards.typeset import numbers

SIGNS: Mapping[Pays, tuple[str, str]] = {
    "cash": ("money", "sign_cash"),
    "approved": ("document", "sign_approved"),
    "limit": ("document", "sign_approved"),
    "percent": ("document", "sign_approved"),
    "loan": ("document", "sign_approved"),
    "event": ("calendar", "sign_event"),
    "paid_for_you": ("hospital", "sign_not_cash"),
    "in_kind": ("hospital", "sign_not_cash"),
    "you_pay": ("insurance", "sign_you_pay"),
    "by_notice": ("information", "sign_by_notice"),
}
"""The pictogram of each kind of money, and the word that the legend has for it."""
_PER = re.compile(r"((?:每[^每共平最一]{1,3})+)(共|平均|最高|最低|一次性)?")
_TOTAL = {"共": "合计"}


@dataclass(frozen=True, slots=True)
class StandardLine:
    """A standard, or a lowest and a highest as one: its ``name`` only on the first line of its
    policy; without ``figure``, ``before`` and ``after`` are all that is printed.
    """

    policy: str
    category: str
    pays: Pays
    name: Text | None
    label: Text | None
    before: str
    figure: str
    after: str
    is_raised: bool = False


def short_name(policy: Policy) -> Text:
    """The policy's short name, or its name where it has none."""
    return policy.short or policy.name


def standard_lines(speaker: PolicyText, policy: Policy) -> list[StandardLine]:
    """The lines of a policy on the speaker's day in its area, in the order of its standards."""
    standards = offered(speaker.catalogue, policy, speaker.area, speaker.day)
    lines = list(_lines(speaker, policy, [each for each in standards if speaker.offer(each)]))
    if not lines:
        lines = [_worded(policy, policy.standards[0], speaker.catalogue.words["card_notice"])]
    first, *rest = lines
    name = speaker.filled(short_name(policy), policy)
    return [replace(first, name=name, label=first.label if rest else None), *rest]


def _lines(
    speaker: PolicyText, policy: Policy, standards: Sequence[Standard]
) -> Iterator[StandardLine]:
    words, waiting = speaker.catalogue.words, list(standards)
    while waiting:
        standard = waiting.pop(0)
        held = speaker.in_force[standard]
        value = held.value
        if held.ended:
            since = speaker.date(held.ended.since)
            yield _worded(policy, standard, speaker.word("ended", date=since))
        elif value is None or value.amount is None or standard.unit is None:
            key = "sign_not_cash" if standard.pays == "in_kind" else "card_notice"
            yield _worded(policy, standard, words[key])
        else:
            most = waiting[0] if waiting and _is_range(standard, waiting[0]) else None
            highest = speaker.in_force[most].value if most else None
            if highest is not None and highest.amount is not None:
                waiting.pop(0)
            yield _figured(speaker, policy, standard, value, highest)


def _is_range(low: Standard, high: Standard) -> bool:
    return (low.limit, high.limit, low.unit) == ("at_least", "at_most", high.unit)


def _worded(policy: Policy, standard: Standard, words: Text) -> StandardLine:
    label = standard.short or standard.label
    return StandardLine(
        policy.id, policy.category, standard.pays, None, label, words.bo, "", words.zh
    )


def _figured(
    speaker: PolicyText, policy: Policy, standard: Standard, value: Value, highest: Value | None
) -> StandardLine:
    figure = numbers.plain(value.amount) if value.amount is not None else ""
    if highest is not None and highest.amount is not None:
        figure += "–" + numbers.plain(highest.amount)
    unit = unit_words(speaker, standard, is_range=highest is not None)
    former = standard.before(value)
    rose = (
        former is not None
        and None not in (former.amount, value.amount)
        and former.amount < value.amount  # type: ignore[operator]
        and any(speaker.is_recent(day) for day in (value.since, value.published) if day)
    )
    return StandardLine(
        policy.id,
        policy.category,
        standard.pays,
        None,
        standard.short or standard.label,
        unit.bo,
        figure,
        unit.zh,
        rose,
    )


def unit_words(speaker: PolicyText, standard: Standard, *, is_range: bool = False) -> Text:
    """What an amount is per and of what kind its limit is: in Tibetan before its number, in Chinese
    behind it.
    """
    label = speaker.catalogue.unit(standard.unit or "").label
    limit = None
    if standard.limit and not is_range:
        limit = speaker.catalogue.words[f"limit_{standard.limit}"]
    return words_around(label, limit)


def words_around(label: Text, limit: Text | None = None) -> Text:
    """What stands around a number that is printed once: the Tibetan of a label with ``{n}`` before
    it, its Chinese behind it.
    """
    return Text(
        bo=_tibetan(label.bo, limit.bo if limit else ""),
        zh=_chinese(label.zh, limit.zh if limit else ""),
    )


def _tibetan(label: str, limit: str) -> str:
    """The words of a unit before its number, with the kind of limit before the currency.

    >>> _tibetan("མི་རེར་སྒོར་{n}", "ཆ་སྙོམས")
    'མི་རེར་ཆ་སྙོམས་སྒོར'
    """
    before, _, after = label.partition("{n}")
    words = (before + after).rstrip("་")
    if not limit or limit in words:
        return words
    stem, currency, rest = words.rpartition("སྒོར")
    return f"{stem}{limit}་{currency}{rest}" if currency else f"{limit}་{words}"


def _chinese(label: str, limit: str) -> str:
    """The words of a unit as they follow its number; what cannot be turned is put in brackets.

    >>> _chinese("每亩每年{n}元", ""), _chinese("每人一次性{n}元", "")
    ('元/亩·年', '元/人，一次性')
    >>> _chinese("报销{n}%", "最高")
    '%（报销），最高'
    """
    before, _, after = label.partition("{n}")
    found = _PER.fullmatch(before)
    if found:
        content = f"{after}/{'·'.join(found[1].split('每')[1:])}"
        kind = _TOTAL.get(found[2], found[2]) if found[2] else ""
    else:
        content, kind = f"{after}（{before}）" if before else after, ""
    return "，".join(part for part in (content, kind, limit if limit != kind else "") if part)
