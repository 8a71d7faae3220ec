"""Steps: how the lines of a household's card are others now, in the words and type of a change
slip.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from policycards.catalogue.model.policy import LANGS, Policy, Standard, Text
from policycards.core.units import mm
from policycards.design.content.benefit_lines import amount_word
from policycards.design.content.policy_text import ARROW, joined, notice_of
from policycards.design.layout.block_cache import BlockCache
from policycards.design.layout.blocks import Block
from policycards.design.layout.pagination import Kept, Section
from policycards.design.parts.notice_parts import named_row
from policycards.design.parts.page_furniture import PageFurniture
from policycards.typeset import numbers
from policycards.typeset.slots import mark

GAP = mm(1.2)


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
class StepTypesetter:
    """Sets the steps of a household, those of one cause below it."""

    surround: PageFurniture
    plates: BlockCache
    policies: Mapping[str, Policy]

    def sections(self, steps: Iterable[Step]) -> Iterator[Section]:
        """Lines that changed on one day by one notice, below that day and notice; discreet ones
        without it.

        What the notice of the village tells is not said again, but that it is there. Nothing where
        there is no more.
        """
        groups: dict[Text, list[Step]] = {}
        content = list(steps)
        own = [step for step in content if not self.is_on_notice(step)]
        for step in own:
            groups.setdefault(self.cause(step), []).append(step)
        for cause, alike in groups.items():
            head = self.words(cause)
            yield Section("cause", head, replace(head), tuple(self.lines(alike)))
        if own and len(own) < len(content):
            rest = self.words(self.surround.catalogue.words["slip_others"])
            yield Section("others", Block(0, 0), Block(0, 0), (Kept("words", rest),))

    def words(self, content: Text) -> Block:
        """What holds for the lines below or above, on a line of its own."""
        setter, place = self.surround.setter, self.surround.catalogue.place("words", "since")
        width = setter.look.inner_width
        set_once = self.plates.block(
            ("stated", content.bo, content.zh),
            partial(setter.inline, content, "body", width, place),
        )
        return Block(width, set_once.height + mm(0.5), parts=((set_once, 0, 0),))

    def is_on_notice(self, step: Step) -> bool:
        """Whether the village's notice tells of it: a standard's own value is another now, for
        everybody alike.
        """
        policy, _standard = self.known(step)
        both = all(amount is not None and amount.is_value for amount in (step.old, step.new))
        return (
            both
            and not policy.discreet
            and self.cause(step) != self.surround.catalogue.words["slip_counted"]
        )

    def cause(self, step: Step) -> Text:
        """From when and by which notice a standard is another; else that what is registered of the
        household is.
        """
        (policy, standard), speaker = self.known(step), self.surround.speaker
        held = speaker.in_force[standard] if standard else None
        value, ended = held and held.value, held and held.ended
        if standard and ended:
            value, since = ended, speaker.word("ended", date=speaker.date(ended.since))
        elif standard and value and speaker.change(standard, value):
            since = speaker.since(value)
        else:
            return self.surround.catalogue.words["slip_counted"]
        notice = notice_of(value)
        if policy.discreet or not notice:
            return since
        return Text(
            bo=since.bo, zh=f"{since.zh}，{self.surround.catalogue.words['source'].zh}：{notice}"
        )

    def lines(self, steps: Iterable[Step]) -> Iterator[Kept]:
        for step in steps:
            figures = tuple(
                numbers.plain(amount.figure)
                for amount in (step.old, step.new)
                if amount and amount.figure is not None
            )
            shapes = self.plates.shapes(figures)
            kinds = tuple(
                (amount.is_value, amount.figure is not None) if amount else None
                for amount in (step.old, step.new)
            )
            key = ("line", step.policy, step.standard, kinds, self.surround.imprint.area, shapes)
            yield Kept(
                step.policy, self.plates.block(key, partial(self.line, step, shapes), figures)
            )

    def line(self, step: Step, shapes: Sequence[str]) -> Block:
        """A policy's name, and beside it its old and new figure, in as few lines as they need."""
        setter, place = (
            self.surround.setter,
            self.surround.catalogue.place(step.policy, "standards"),
        )
        width = setter.look.inner_width
        policy, standard = self.known(step)
        name, content = self.name(policy, standard), self.content(step, standard)
        figures = Text(**{lang: self.plates.spell(content[lang], shapes) for lang in LANGS})
        return named_row(setter, name, figures, width, place)

    def known(self, step: Step) -> tuple[Policy, Standard | None]:
        policy = self.policies[step.policy]
        return policy, next((each for each in policy.standards if each.id == step.standard), None)

    def name(self, policy: Policy, standard: Standard | None) -> Text:
        """A discreet policy is not named: what is on the table at a meeting is read by
        neighbours.
        """
        if policy.discreet:
            return self.surround.catalogue.words["slip_inside"]
        name = self.surround.speaker.filled(policy.name, policy)
        return (
            joined(name, standard.label)
            if standard and standard.label and policy.standards[1:]
            else name
        )

    def content(self, step: Step, standard: Standard | None) -> Text:
        """Old and new figure in the words of their unit; marks stand for the figures."""
        places = iter(range(2))
        old, new = (
            (amount, mark(next(places)) if amount.figure is not None else None) if amount else None
            for amount in (step.old, step.new)
        )
        if old and new and old[1] and new[1] and old[0].is_value == new[0].is_value:
            return self.worded(old[0], ARROW.join((old[1], new[1])), standard)
        sides = {
            name: self.worded(*side, standard)
            for name, side in (("old", old), ("new", new))
            if side
        }
        key = "slip_step" if len(sides) == 2 else "slip_gained" if new else "slip_lost"
        return self.surround.speaker.word(
            key, **{name: text.__getitem__ for name, text in sides.items()}
        )

    def worded(self, amount: PrintedAmount, figure: str | None, standard: Standard | None) -> Text:
        """A figure in the words of its unit; what a standard without a figure gives."""
        if standard is None or standard.unit is None or figure is None:
            kind = (
                standard.pays
                if standard and f"pays_{standard.pays}" in self.surround.catalogue.words
                else "by_notice"
            )
            return self.surround.catalogue.words[f"pays_{kind}"]
        unit = self.surround.catalogue.unit(standard.unit)
        label = (
            unit.label
            if amount.is_value
            else self.surround.catalogue.words[amount_word(unit.period)]
        )
        return Text(**{lang: label[lang].format(n=figure) for lang in LANGS})
