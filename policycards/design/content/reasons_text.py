"""Why a household has a standard or not, said in both languages: in full, and as short as half a
page needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Text
from policycards.design.content.benefit_lines import OF_HOUSEHOLD, claimed
from policycards.design.content.policy_text import Offer, joined
from policycards.design.content.rule_text import Wording
from policycards.households.entitlements.reasons import Part, Reason, Subject

_ORDER = {"yes": 0, "cannot_tell": 1, "no": 2}
_KEYS = {"yes": ("rule", True), "no": ("failed", False), "cannot_tell": ("open", None)}
TOGETHER = ("no_list", "refused", "unlisted", "elsewhere", "not_in_force", "ended")
"""Causes that are said once for all the policies that they decide."""
ABREAST = 6
"""Names of policies in one paragraph."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What is said of one standard, or of all that one cause decides: the answer, then why and how
    much.
    """

    policy: str
    title: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Reasoner:
    """Turns reasons into words."""

    wording: Wording

    @classmethod
    def of(cls, catalogue: Catalogue, area: str, day: date) -> Reasoner:
        return cls(Wording.of(catalogue, area, day))

    def in_full(self, reasons: Iterable[Reason]) -> list[Explained]:
        """All there is to say: first what is had, then what is undecided, then what is not
        had.
        """
        content = list(reasons)
        single = sorted(
            (each for each in content if not shared_cause(each)),
            key=lambda each: _ORDER[_answer(each)],
        )
        return [*map(self.one, single), *self.together(content)]

    def in_short(self, reasons: Iterable[Reason]) -> list[Explained]:
        """What half a page holds: own amounts as they were reckoned, what else is had under a
        condition, what to fill in, what was narrowly missed; all the rest only counted.
        """
        content = list(reasons)
        single = [each for each in content if not shared_cause(each)]
        had = [each for each in single if _answer(each) == "yes"]
        counted = [self.counted(each) for each in had]
        own = [each for each, line in zip(had, counted, strict=True) if line]
        granted = [each for each in had if each not in own and not _is_everyones(each)]
        missed = [each for each in single if is_near(each)]
        open_ = [each for each in single if _answer(each) == "cannot_tell"]
        named = {each.clause.policy.id for each in (*own, *granted, *missed, *open_)}
        return [
            *(
                Explained(each.clause.policy.id, line, ())
                for each, line in zip(had, counted, strict=True)
                if line
            ),
            *self.row_of("explain_yes", granted),
            *self.to_fill(single),
            *self.not_had(missed),
            self.rest([each for each in content if each.clause.policy.id not in named]),
        ]

    def counted(self, reason: Reason) -> Text | None:
        """A policy with the household's own amount, and quantity times value where it is that; None
        without one.
        """
        clause, speaker, entitled = reason.clause, self.wording.speaker, reason.entitlement
        if clause.standard.pays not in OF_HOUSEHOLD or entitled.amount is None:
            return None
        (offer, *_others) = claimed(speaker, clause.policy, [entitled], {}).row.offers
        assert offer.phrases is not None
        name, sides = self.name(reason), {}
        for lang in LANGS:
            phrase = offer.phrases[lang]
            amount = phrase.before + phrase.number + phrase.after
            if offer.reckoning and entitled.value is not None and entitled.quantity != 1:
                quantity = offer.reckoning[lang].rpartition(" × ")[2]
                amount = f"{quantity} × {speaker.number(entitled.value, lang)} {amount}"
            sides[lang] = amount.removeprefix("= ")
        return joined(name, Text(**sides))

    def row_of(self, word: str, reasons: Sequence[Reason]) -> Iterator[Explained]:
        """The names of policies in one row behind a word."""
        if reasons:
            names = self.wording.row([self.with_wanting(each) for each in reasons], "、")
            yield Explained("", joined(self.wording.word(word), names), ())

    def with_wanting(self, reason: Reason) -> Text:
        """A policy, in brackets what to fill in where its amount hangs on it."""
        missing = reason.entitlement.missing
        return self.wording.with_figures(
            self.policy(reason), [self.filling(missing)] if missing else []
        )

    def rest(self, reasons: Sequence[Reason]) -> Explained:
        """How many policies everybody has here, how many the household has not, of how many nobody
        can tell.
        """
        found: dict[str, set[str]] = {"yes": set(), "no": set(), "cannot_tell": set()}
        for reason in reasons:
            found[_answer(reason)].add(reason.clause.policy.id)
        everyones = found["yes"]
        open_ = found["cannot_tell"] - everyones
        numbers = {"all": everyones, "open": open_, "no": found["no"] - everyones - open_}
        content = self.wording.speaker.word(
            "explain_rest",
            **{name: lambda lang, ids=ids: str(len(ids)) for name, ids in numbers.items()},
        )
        return Explained("", content, ())

    def one(self, reason: Reason) -> Explained:
        lines = (*self.why(reason), *self.money(reason), *self.wanting(reason))
        title = joined(self.name(reason), self.wording.word(f"explain_{_answer(reason)}"))
        return Explained(reason.clause.policy.id, title, lines)

    def name(self, reason: Reason) -> Text:
        """The policy, and which of its standards."""
        label, name = reason.clause.standard.label, self.policy(reason)
        return (
            joined(name, self.wording.speaker.filled(label, reason.clause.policy))
            if label
            else name
        )

    def policy(self, reason: Reason) -> Text:
        return self.wording.speaker.filled(reason.clause.policy.name, reason.clause.policy)

    def to_fill(self, reasons: Iterable[Reason]) -> Iterator[Explained]:
        """For each set of columns in want the policies that hang on it, in one row."""
        found: dict[tuple[str, ...], list[Text]] = {}
        for reason in reasons:
            if _answer(reason) == "cannot_tell":
                found.setdefault(reason.entitlement.missing, []).append(self.policy(reason))
        if found:
            each = [
                self.wording.with_figures(self.wording.row(names, "、"), [self.filling(missing)])
                for missing, names in found.items()
            ]
            yield Explained(
                "",
                joined(self.wording.word("explain_cannot_tell"), self.wording.row(each, "；")),
                (),
            )

    def not_had(self, reasons: Iterable[Reason]) -> Iterator[Explained]:
        """The policies whose conditions are not met, each with the household's figures that fail
        it.
        """
        names = []
        for reason in reasons:
            parts = [
                part for each in reason.subjects for part in each.parts if part.answer is False
            ]
            figures = [
                *self.wording.figures(parts, of_member=False),
                *self.wording.figures(
                    [part for part in parts if misses_narrowly(part)], of_member=True
                ),
            ]
            names.append(self.wording.with_figures(self.name(reason), figures))
        if names:
            title = joined(self.wording.word("explain_no"), self.wording.word("explain_unmet"))
            yield Explained("", joined(title, self.wording.row(names, "；")), ())

    def together(self, reasons: Iterable[Reason]) -> Iterator[Explained]:
        """The policies of which all that is to be said is one cause, by that cause."""
        content = list(reasons)
        apart = {each.clause.policy.id for each in content if not shared_cause(each)}
        found: dict[str, dict[str, Text]] = {}
        for reason in content:
            policy, cause = reason.clause.policy, shared_cause(reason)
            if policy.id not in apart:
                name = (
                    self.wording.labels[reason.clause.override]
                    if cause == "no_list"
                    else policy.name
                )
                found.setdefault("not_in_force" if cause == "ended" else cause, {})[policy.id] = (
                    name
                )
        for cause in TOGETHER:
            if names := list(found.get(cause, {}).values()):
                answer = self.wording.word(
                    "explain_cannot_tell" if cause == "no_list" else "explain_no"
                )
                title = joined(answer, self.wording.word(f"explain_{cause}"))
                yield Explained("", title, tuple(self.rows(names, "、")))

    def rows(self, names: Sequence[Text], comma: str) -> Iterator[Text]:
        """Names as paragraphs that a page can hold."""
        for at in range(0, len(names), ABREAST):
            yield self.wording.row(names[at : at + ABREAST], comma)

    def why(self, reason: Reason) -> Iterator[Text]:
        causes = {subject.cause for subject in reason.subjects}
        for cause in ("everyone", "granted", "partly_elsewhere"):
            if cause in causes:
                yield self.wording.word(f"explain_{cause}")
        if not reason.subjects:
            yield self.wording.word("explain_no_persons")
        if _ruled(reason):
            yield from self.by_rule(reason)
        elif reason.clause.of_members and "granted" in causes:
            listed = [
                self.wording.person(each.person)
                for each in reason.subjects
                if each.cause == "granted"
            ]
            yield self.wording.named("explain_matching", "persons", listed, "；")

    def by_rule(self, reason: Reason) -> Iterator[Text]:
        """The conditions that decided, and the figures of the household and of its persons; nothing
        without any.
        """
        subjects = _ruled(reason)
        if not subjects:
            return
        wording = self.wording
        key, held = _KEYS[_answer(reason)]
        decisive = {part.term for each in subjects for part in each.parts if part.answer is held}
        parts = [part for part in subjects[0].parts if part.term in decisive or not decisive]
        terms = [part.term for part in parts]
        yield wording.speaker.word(f"explain_{key}", rule=lambda lang: wording.all_of(terms, lang))
        if shared := wording.figures(parts, of_member=False):
            yield wording.named("explain_household", "figures", shared, "，")
        if reason.clause.of_members:
            yield from self.by_person(subjects, _answer(reason))

    def by_person(self, subjects: Sequence[Subject], answer: str) -> Iterator[Text]:
        """Who fulfils the conditions, who is undecided, and where there is nobody else,
        who does not.
        """
        for word, held in (("matching", True), ("undecided", None), ("failing", False)):
            persons = [self.person(each, held) for each in subjects if _holds(each) is held]
            if persons and (held is not False or answer == "no"):
                yield self.wording.named(f"explain_{word}", "persons", persons, "；")

    def person(self, subject: Subject, held: bool | None) -> Text:
        """A person with the figures that decided."""
        parts = [part for part in subject.parts if part.answer is held]
        return self.wording.with_figures(
            self.wording.person(subject.person), self.wording.figures(parts, of_member=True)
        )

    def money(self, reason: Reason) -> Iterator[Text]:
        """How the amount came about, as a card says it, and the document behind it."""
        if _answer(reason) != "yes":
            return
        clause, speaker = reason.clause, self.wording.speaker
        claim = claimed(speaker, clause.policy, [reason.entitlement], {})
        for offer in claim.row.offers:
            yield from _figure(offer)
            yield from offer.notes
        for source in speaker.sources((clause.standard,)):
            yield joined(self.wording.word("source"), Text(bo=source, zh=source))

    def wanting(self, reason: Reason) -> Iterator[Text]:
        if reason.entitlement.missing:
            yield self.filling(reason.entitlement.missing)

    def filling(self, missing: Sequence[str]) -> Text:
        return self.wording.named(
            "explain_fill", "columns", [self.wording.labels[name] for name in missing]
        )


def _figure(offer: Offer) -> Iterator[Text]:
    """An offer's figure on one line, with how it was reckoned."""
    if offer.phrases is None:
        return
    sides = {}
    for lang in LANGS:
        phrase = offer.phrases[lang]
        parts = [part[lang].strip("་") for part in (offer.lead, offer.reckoning) if part]
        sides[lang] = " ".join([*parts, phrase.before + phrase.number + phrase.after])
    yield Text(**sides)


def shared_cause(reason: Reason) -> str:
    """The cause that alone decides a reason and is said once for many; nothing where there is more
    to say.
    """
    causes = {subject.cause for subject in reason.subjects}
    if _answer(reason) == "yes" or not causes or not causes <= set(TOGETHER):
        return ""
    return next(cause for cause in TOGETHER if cause in causes)


def is_near(reason: Reason) -> bool:
    """Whether a *no* hangs on one figure that nearly fulfils its condition, of the household or one
    of its persons.
    """
    return _answer(reason) == "no" and any(
        failing and all(misses_narrowly(part) for part in failing)
        for subject in reason.subjects
        if (failing := [part for part in subject.parts if part.answer is False])
    )


def misses_narrowly(part: Part) -> bool:
    """Whether a figure, where there is any at all, misses the number of its condition by a
    twentieth of it at most.

    >>> from policycards.catalogue.rules.parser import parse_rule
    >>> from policycards.catalogue.rules.language import Column
    >>> term = parse_rule("age >= 80", {"age": Column("number", "member")})
    >>> [misses_narrowly(Part(term, False, (("age", Decimal(age)),))) for age in (79, 76, 75)]
    [True, True, False]
    """
    limits = [
        arg.value
        for arg in part.term.args
        if arg.op == "literal" and isinstance(arg.value, Decimal)
    ]
    figures = [value for _name, value in part.figures if isinstance(value, Decimal)]
    return bool(figures and figures[0]) and any(
        abs(figures[0] - limit) <= limit / 20 for limit in limits
    )


def _is_everyones(reason: Reason) -> bool:
    """Whether all here have it, so that there is nothing to explain."""
    return {subject.cause for subject in reason.subjects} == {"everyone"}


def _answer(reason: Reason) -> str:
    return reason.entitlement.answer


def _ruled(reason: Reason) -> list[Subject]:
    """The household or persons of whom the rule was asked."""
    return [each for each in reason.subjects if each.parts and each.cause != "refused"]


def _holds(subject: Subject) -> bool | None:
    """Whether all parts hold for a person, where one part that does not decides."""
    if subject.cause == "granted":
        return True
    answers = [part.answer for part in subject.parts]
    return (
        False
        if False in answers
        else None
        if None in answers or subject.cause == "no_list"
        else True
    )
