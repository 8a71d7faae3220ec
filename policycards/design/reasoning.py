"""Why a household has a standard or not, said in both languages: in full, and as short as half a page needs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policycards.catalogue.model import LANGS, Catalogue, Text
from policycards.design.claims import claimed
from policycards.design.statement import Offer, joined
from policycards.design.wording import Wording
from policycards.households.reasons import Reason, Subject

_ORDER = {"yes": 0, "cannot_tell": 1, "no": 2}
_KEYS = {"yes": ("rule", True), "no": ("failed", False), "cannot_tell": ("open", None)}
TOGETHER = ("no_list", "refused", "unlisted", "elsewhere", "not_in_force", "ended")
"""Causes that are said once for all the policies that they decide."""
ABREAST = 6
"""Names of policies in one paragraph."""


@dataclass(frozen=True, slots=True)
class Explained:
    """What is said of one standard, or of all that one cause decides: the answer, then why and how much."""

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
        """All there is to say: first what is had, then what cannot be told, then what is not had."""
        told = list(reasons)
        single = sorted((each for each in told if not shared_cause(each)), key=lambda each: _ORDER[_answer(each)])
        return [*map(self.one, single), *self.together(told)]

    def in_short(self, reasons: Iterable[Reason]) -> list[Explained]:
        """What is had, with figures and money; then what to fill in, and what is not had, with why."""
        told = list(reasons)
        single = [each for each in told if not shared_cause(each)]
        had = [self.short(each) for each in single if _answer(each) == "yes"]
        return [*had, *self.to_fill(single), *self.not_had(single), *self.together(told)]

    def one(self, reason: Reason) -> Explained:
        lines = (*self.why(reason), *self.money(reason), *self.wanting(reason))
        title = joined(self.name(reason), self.wording.word(f"explain_{_answer(reason)}"))
        return Explained(reason.clause.policy.id, title, lines)

    def short(self, reason: Reason) -> Explained:
        figures = list(self.by_rule(reason))[1:]
        return Explained(reason.clause.policy.id, self.name(reason), (*figures, *list(self.money(reason))[:1]))

    def name(self, reason: Reason) -> Text:
        """The policy, and which of its standards."""
        policy, label = reason.clause.policy, reason.clause.standard.label
        name = self.wording.speaker.filled(policy.name, policy)
        return joined(name, self.wording.speaker.filled(label, policy)) if label else name

    def to_fill(self, reasons: Iterable[Reason]) -> Iterator[Explained]:
        """For each set of columns in want the policies that hang on it."""
        found: dict[tuple[str, ...], list[Text]] = {}
        for reason in reasons:
            if _answer(reason) == "cannot_tell":
                found.setdefault(reason.entitlement.missing, []).append(self.name(reason))
        for missing, names in found.items():
            title = joined(self.wording.word("explain_cannot_tell"), self.filling(missing))
            yield Explained("", title, tuple(self.rows(names, "、")))

    def not_had(self, reasons: Iterable[Reason]) -> Iterator[Explained]:
        """The policies whose conditions are not met, each with the household's figures that fail it."""
        names = []
        for reason in reasons:
            if _answer(reason) == "no":
                parts = [part for each in reason.subjects for part in each.parts if part.answer is False]
                names.append(self.wording.with_figures(self.name(reason), self.wording.figures(parts, of_member=False)))
        if names:
            title = joined(self.wording.word("explain_no"), self.wording.word("explain_unmet"))
            yield Explained("", title, tuple(self.rows(names, "；")))

    def together(self, reasons: Iterable[Reason]) -> Iterator[Explained]:
        """The policies of which all that is to be said is one cause, by that cause."""
        told = list(reasons)
        apart = {each.clause.policy.id for each in told if not shared_cause(each)}
        found: dict[str, dict[str, Text]] = {}
        for reason in told:
            policy, cause = reason.clause.policy, shared_cause(reason)
            if policy.id not in apart:
                name = self.wording.labels[reason.clause.override] if cause == "no_list" else policy.name
                found.setdefault("not_in_force" if cause == "ended" else cause, {})[policy.id] = name
        for cause in TOGETHER:
            if names := list(found.get(cause, {}).values()):
                answer = self.wording.word("explain_cannot_tell" if cause == "no_list" else "explain_no")
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
            listed = [self.wording.person(each.person) for each in reason.subjects if each.cause == "granted"]
            yield self.wording.named("explain_matching", "persons", listed, "；")

    def by_rule(self, reason: Reason) -> Iterator[Text]:
        """The conditions that decided, and the figures of the household and of its persons; nothing without any."""
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
        """Who fulfils the conditions, of whom it cannot be told, and where there is nobody else, who does not."""
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
        return self.wording.named("explain_fill", "columns", [self.wording.labels[name] for name in missing])


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
    """The cause that alone decides a reason and is said once for many; nothing where there is more to say."""
    causes = {subject.cause for subject in reason.subjects}
    if _answer(reason) == "yes" or not causes or not causes <= set(TOGETHER):
        return ""
    return next(cause for cause in TOGETHER if cause in causes)


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
    return False if False in answers else None if None in answers or subject.cause == "no_list" else True
