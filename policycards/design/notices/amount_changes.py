"""Steps: how the lines of a household's card are others now, and in which words a slip says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from policycards.catalogue.model.policy import Policy, Standard, Text
from policycards.design.content.benefit_lines import amount_word
from policycards.design.content.policy_text import PolicyText, joined, notice_of
from policycards.design.content.standard_lines import short_name, unit_words, words_around
from policycards.design.parts.figure_row import Figures


@dataclass(frozen=True, slots=True)
class PrintedAmount:
    """What a card says of a standard: the household's own amount, or where it has none the
    standard's own value.

    ``figure`` is None where there is no figure, as for what is given in kind.
    """

    figure: Decimal | None
    is_value: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """How a line of a household's card is another now; None where it was not there, or is there no
    longer.
    """

    policy: str
    standard: str
    old: PrintedAmount | None
    new: PrintedAmount | None


def steps(
    former: Mapping[tuple[str, str], PrintedAmount | None],
    now: Mapping[tuple[str, str], PrintedAmount],
    order: Sequence[tuple[str, str]],
) -> tuple[Step, ...]:
    """What is another now of what the former card said, in the given order of standards."""
    content = (Step(*key, former[key], now.get(key)) for key in order if key in former)
    return tuple(step for step in content if step.old != step.new)


@dataclass(frozen=True, slots=True)
class StepWords:
    """The words of steps in an area on a day."""

    speaker: PolicyText
    policies: Mapping[str, Policy]

    def word(self, key: str) -> Text:
        return self.speaker.catalogue.words[key]

    def policy(self, step: Step) -> Policy:
        return self.policies[step.policy]

    def standard(self, step: Step) -> Standard | None:
        standards = self.policy(step).standards
        return next((each for each in standards if each.id == step.standard), None)

    def is_on_notice(self, step: Step) -> bool:
        """Whether the village's notice tells of it: a standard's own value is another now, for
        everybody alike.
        """
        both = all(amount is not None and amount.is_value for amount in (step.old, step.new))
        is_discreet = self.policy(step).discreet
        return both and not is_discreet and self.cause(step)[0] != self.word("slip_counted")

    def cause(self, step: Step) -> tuple[Text, str]:
        """From when and by which notice a standard is another, no notice for a discreet policy;
        else that what is registered of the household is.
        """
        policy, standard, speaker = self.policy(step), self.standard(step), self.speaker
        held = speaker.in_force[standard] if standard else None
        value, ended = held and held.value, held and held.ended
        if standard and ended:
            value, since = ended, speaker.word("ended", date=speaker.date(ended.since))
        elif standard and value and speaker.change(standard, value):
            since = speaker.since(value)
        else:
            return self.word("slip_counted"), ""
        return since, "" if policy.discreet else notice_of(value)

    def name(self, step: Step) -> Text:
        """The name as the card has it; a discreet policy is not named: what is on the table at a
        meeting is read by neighbours.
        """
        policy, standard = self.policy(step), self.standard(step)
        if policy.discreet:
            return self.word("slip_inside")
        name = self.speaker.filled(short_name(policy), policy)
        label = standard and (standard.short or standard.label)
        if label and policy.standards[1:]:
            return joined(name, label)
        return name

    def value(self, step: Step, figures: Sequence[str]) -> Figures | Text:
        """The old and the new of ``figures`` in the words of their unit; what is new, gone or of
        another kind in words.
        """
        standard, printed = self.standard(step), iter(figures)
        old, new = (
            (amount, next(printed) if amount.figure is not None else "") if amount else None
            for amount in (step.old, step.new)
        )
        label = self._label(new[0], standard) if new else None
        if old and new and label and old[1] and new[1] and old[0].is_value == new[0].is_value:
            words = (
                unit_words(self.speaker, standard)
                if new[0].is_value and standard
                else words_around(label)
            )
            return Figures(words, new[1], old[1])
        sides = {
            name: self._worded(*side, standard)
            for name, side in (("old", old), ("new", new))
            if side
        }
        key = "slip_step" if len(sides) == 2 else "slip_gained" if new else "slip_lost"
        return self.speaker.word(key, **{name: text.__getitem__ for name, text in sides.items()})

    def _label(self, amount: PrintedAmount, standard: Standard | None) -> Text | None:
        """The words around an amount, None where it has no unit."""
        if standard is None or standard.unit is None:
            return None
        unit = self.speaker.catalogue.unit(standard.unit)
        return unit.label if amount.is_value else self.word(amount_word(unit.period))

    def _worded(self, amount: PrintedAmount, figure: str, standard: Standard | None) -> Text:
        """A figure in the words of its unit; what a standard without a figure gives."""
        label = self._label(amount, standard)
        if label and figure:
            return Text(bo=label.bo.format(n=figure), zh=label.zh.format(n=figure))
        key = f"pays_{standard.pays}" if standard else ""
        words = self.speaker.catalogue.words
        return words[key] if key in words else words["pays_by_notice"]
