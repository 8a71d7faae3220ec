"""Placeholders in texts: which there are, that both languages agree, and that no number is typed in
their stead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from policycards.catalogue.model.catalogue import Catalogue, LocatedText
from policycards.catalogue.model.form import nearest
from policycards.catalogue.model.policy import LANGS, Lang, Policy, Standard
from policycards.catalogue.model.words import WORDS
from policycards.catalogue.yaml.source import place_at
from policycards.core.problems import Problem, problem

PARTS = ("value", "unit", "effective")
"""What a text may take from a standard: ``{value}`` of the first, ``{value.<standard id>}`` of a
named one.
"""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
_ANY_DIGIT = "0-9０-９༠-༩"
_NUMBER = re.compile(
    rf"[{_ANY_DIGIT}]{{1,3}}(?:[,，][{_ANY_DIGIT}]{{3}})+(?:\.[{_ANY_DIGIT}]+)?"
    rf"|[{_ANY_DIGIT}]+(?:\.[{_ANY_DIGIT}]+)?"
)
_PLAIN_DIGITS = str.maketrans("０１２３４５６７８９༠༡༢༣༤༥༦༧༨༩", "0123456789" * 2, ",，")
_HAN_TENS = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_TIBETAN_TENS = {"བརྒྱ": 100, "སྟོང": 1000, "ཁྲི": 10_000, "འབུམ": 100_000}
_MONEY = "元块%％"
_HAN_WORD = re.compile(r"\s*[\u4e00-\u9fff]")
_TIBETAN_LETTER = re.compile(r"[\u0f40-\u0fbc]")


def placeholder_problems(located: LocatedText, policy: Policy | None) -> Iterator[Problem]:
    """What is wrong with the placeholders of one text, which may be a policy's."""
    known = _known(located, policy)
    names = {
        lang: [match.group(1) for match in _PLACEHOLDER.finditer(located.text[lang])]
        for lang in LANGS
    }
    for lang in LANGS:
        side, place = located.text[lang], getattr(located, lang)
        for match in _PLACEHOLDER.finditer(side):
            name = match.group(1)
            if name not in known:
                near = nearest(name, known)
                listed = ", ".join(f"{{{each}}}" for each in known) or "–"
                yield problem(
                    "E200", place_at(place, match.start()), name=name, nearest=near, known=listed
                )
            elif name not in names["zh" if lang == "bo" else "bo"]:
                yield problem("E201", place_at(place, match.start()), name=name, lang=lang)
            elif policy is not None:
                yield from _empty(name, policy, located, lang, match.start())
        if brace := _BRACE.search(_PLACEHOLDER.sub(lambda match: " " * len(match.group()), side)):
            yield problem("E202", place_at(place, brace.start()))
    yield from _counts(located, names)


def _known(located: LocatedText, policy: Policy | None) -> list[str]:
    if policy is None:
        return sorted(_needed(located))
    return [*PARTS, *(f"{part}.{standard.id}" for standard in policy.standards for part in PARTS)]


def _needed(located: LocatedText) -> frozenset[str]:
    """The placeholders without which a text would hide a number, a date or a name."""
    if located.owner == "words":
        return WORDS.get(str(located.path[0]), frozenset())
    is_unit = located.owner == "catalogue" and (
        located.path[:1] == ("units",) and located.path[-1] == "label"
    )
    return frozenset({"n"}) if is_unit else frozenset()


def _counts(located: LocatedText, names: dict[Lang, list[str]]) -> Iterator[Problem]:
    """A needed placeholder that is there twice, or in neither language."""
    for name in sorted(_needed(located)):
        counts = {lang: names[lang].count(name) for lang in LANGS}
        for lang in LANGS:
            if counts[lang] > 1 or not any(counts.values()):
                yield problem("E205", getattr(located, lang), name=name, count=counts[lang])


def _empty(
    name: str, policy: Policy, located: LocatedText, lang: Lang, offset: int
) -> Iterator[Problem]:
    """A placeholder whose standard has nothing to put there."""
    part, _, standard_id = name.partition(".")
    standard = standard_of(policy, standard_id)
    missing = (
        "unit"
        if part == "unit" and standard.unit is None
        else "amount"
        if not _amounts(standard)
        else None
    )
    if missing:
        place = place_at(getattr(located, lang), offset)
        yield problem("E204", place, name=name, standard=standard.id, part=missing)


def standard_of(policy: Policy, standard_id: str) -> Standard:
    """The named standard of a policy; the first one for an empty name."""
    return next(standard for standard in policy.standards if standard_id in ("", standard.id))


def _amounts(standard: Standard) -> set[Decimal]:
    return {value.amount for value in standard.values if value.amount is not None}


def number_problems(
    located: LocatedText, policy: Policy, catalogue: Catalogue
) -> Iterator[Problem]:
    """Numbers in a policy's text that repeat one of its values, in force or past, in whatever
    digits.
    """
    amounts = [(standard, _amounts(standard)) for standard in policy.standards]
    for lang in LANGS:
        side = located.text[lang]
        for match in _NUMBER.finditer(side):
            before, after = side[: match.start()], side[match.end() :]
            number = Decimal(match.group().translate(_PLAIN_DIGITS))
            number, before, after = _scaled(number, before, after, lang)
            for i, (standard, its) in enumerate(amounts):
                if number in its and not _counts_something_else(
                    before, after, lang, standard, catalogue
                ):
                    placeholder = "{value}" if i == 0 else f"{{value.{standard.id}}}"
                    place = place_at(getattr(located, lang), match.start())
                    facts = {
                        "number": match.group(),
                        "standard": standard.id,
                        "placeholder": placeholder,
                    }
                    yield problem("E203", place, **facts)
                    break


def _scaled(number: Decimal, before: str, after: str, lang: Lang) -> tuple[Decimal, str, str]:
    """The number with the word for ten thousand and the like beside it, and what is left before and
    after.
    """
    if lang == "zh" and after[:1] in _HAN_TENS:
        return number * _HAN_TENS[after[0]], before, after[1:]
    for word, times in _TIBETAN_TENS.items() if lang == "bo" else ():
        start = before.rstrip("་༌ ")
        if ("་" + start).endswith("་" + word):
            return number * times, start.removesuffix(word), after
    return number, before, after


def _counts_something_else(
    before: str, after: str, lang: Lang, standard: Standard, catalogue: Catalogue
) -> bool:
    """Whether the words beside a number say that it is a date, an age or the like, and no money.

    >>> _counts_something_else("每年", "月底前", "zh", Standard(id="a", pays="cash"), None)
    True
    """
    label = catalogue.unit(standard.unit).label[lang] if standard.unit else ""
    front, _, back = label.partition("{n}")
    if lang == "zh":
        if after.lstrip()[:1] in tuple(_MONEY + back[:1]):
            return False
        return bool(_HAN_WORD.match(after))
    money = [word for word in (front.strip("་༌ ").split("་")[-1], "སྒོར") if word]
    touching = before.rstrip(" ་༌")
    if any(touching.endswith(word) for word in money) or after[:1] in tuple(_MONEY):
        return False
    beside = touching[-1:] + after.lstrip(" ་༌")[:1]
    return bool(_TIBETAN_LETTER.search(beside))
