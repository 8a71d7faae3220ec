"""What of a card stands on which side and how large, so that it is always one sheet: the largest
type at which all is there, then what is moved to the back, then what is left to the QR code.

What a household is paid, every sum, the names of all its policies, the telephone that supervises,
the warnings and the marks are never left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from policycards.catalogue.model.policy import Pays
from policycards.core.units import mm
from policycards.design.card.card_format import (
    DENSE,
    FORMATS,
    LARGE,
    MOST_SPILLED,
    CardDesign,
    Format,
)
from policycards.design.card.card_list import NumberedLine
from policycards.design.card.card_sides import CardSides, Step
from policycards.design.card.card_table import CardTable
from policycards.design.content.card_lines import KINDS, SUMS, CardLine, Section, is_summed
from policycards.design.layout.blocks import Block
from policycards.typeset import numbers

SECTIONS: tuple[Section, ...] = ("yearly", "once", "apart", "approved", "quiet")
MOST_PADDING, MOST_LIST_PADDING = 3.2, 1.4
"""mm by which rows grow where there is room."""
Former = Mapping[tuple[str, str], Decimal | None]
"""Amounts on the card that is replaced, by policy and standard."""


@dataclass(frozen=True, slots=True)
class CardModel:
    """The lines of a card by where they stand, numbered through."""

    sections: Mapping[str, tuple[NumberedLine, ...]]
    kinds: Mapping[Pays, tuple[NumberedLine, ...]]
    former_sums: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Sequence[CardLine], former: Former) -> CardModel:
        ordered = [line for section in SECTIONS for line in lines if line.form.section == section]
        others = [
            line
            for pays in KINDS
            for line in lines
            if line.form.section == "other" and line.form.pays == pays
        ]
        numbers_: dict[str, int] = {}
        sections: dict[str, list[NumberedLine]] = {}
        kinds: dict[Pays, list[NumberedLine]] = {}
        for line in [*ordered, *others]:
            policy = line.form.policy
            number = 0 if policy in numbers_ else len(numbers_) + 1
            numbers_.setdefault(policy, number)
            each = NumberedLine(number, line, _old(line, former))
            if line.form.section == "other":
                kinds.setdefault(line.form.pays, []).append(each)
            else:
                sections.setdefault(line.form.section, []).append(each)
        return cls(
            {key: tuple(entries) for key, entries in sections.items()},
            {key: tuple(entries) for key, entries in kinds.items()},
            {section: _former_sum(lines, section, former) for section in SUMS},
        )

    @property
    def own(self) -> list[NumberedLine]:
        return [each for section in SECTIONS for each in self.sections.get(section, ())]

    @property
    def all(self) -> list[NumberedLine]:
        return [*self.own, *(each for entries in self.kinds.values() for each in entries)]


def _old(line: CardLine, former: Former) -> str:
    """The amount on the card that is replaced, where it was another."""
    old = former.get((line.form.policy, line.form.standard))
    if old is None or line.each is None or old == line.each:
        return ""
    return numbers.plain(old * line.form.times if line.form.section == "yearly" else old)


def _former_sum(lines: Sequence[CardLine], section: Section, former: Former) -> str:
    """The sum on the card that is replaced, where it was another; nothing where that card had an
    amount that this one has not, of which nobody knows any more whether it was in the sum.
    """
    keys = {(line.form.policy, line.form.standard): line for line in lines}
    if any(amount is not None for key, amount in former.items() if key not in keys):
        return ""
    now = old = Decimal(0)
    for key, line in keys.items():
        if line.form.section == section and line.each is not None:
            times = line.form.times if section == "yearly" else 1
            now += line.each * times
            old += (former.get(key, line.each) or Decimal(0)) * times
    return "" if old in (now, 0) else numbers.plain(old)


@dataclass(frozen=True, slots=True)
class Way:
    """How much of the back is printed. ``steps`` is the number of steps that are kept, None for
    all; ``running`` are kinds of money of which only names stand there.
    """

    steps: int | None = None
    has_asked: bool = True
    has_changes: bool = True
    running: frozenset[Pays] = frozenset()
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class CardFit:
    """How a card fits. ``spilled`` lines stand on the back; ``groups`` kinds of money stand on the
    front; ``dropped`` counts what is only behind the QR code.
    """

    front: Format
    back: Format
    spilled: tuple[NumberedLine, ...] = ()
    groups: int = 0
    way: Way = field(default_factory=Way)
    is_short: bool = False
    dropped: int = 0

    @property
    def is_long(self) -> bool:
        """Whether a side has the grid for many lines, where names and hours stand in full."""
        return self.front.is_dense or self.back.is_dense


@dataclass(frozen=True, slots=True)
class Row:
    """A block of a side. ``grows`` is whether it may take more height, ``is_own`` whether the
    column of amounts is tinted; ``ruled`` is the thickness of the rule above it.
    """

    block: Block
    table: str = ""
    grows: bool = False
    is_own: bool = False
    ruled: float = 0.0


Part = Callable[[Format], tuple[CardSides, CardTable]]


@dataclass(frozen=True, slots=True)
class Fitter:
    """Fits one card. ``part`` gives what sets its parts in a format."""

    model: CardModel
    part: Part
    is_single: bool
    is_large: bool
    asked: bool

    def fit(self, design: CardDesign) -> CardFit | None:
        """None where no leaf of the design holds the card."""
        for fit in self.fronts(design):
            if self.is_single:
                return fit
            if whole := self.with_back(design, fit):
                return whole
        return None

    def fronts(self, design: CardDesign) -> Iterator[CardFit]:
        """The ways in which the front fits, the best first."""
        formats = FORMATS[design]
        if self.is_large and design == "a4":
            yield from self._fronts(LARGE, most=len(self.model.own))
            formats = DENSE
        yield from self._fronts(formats, most=MOST_SPILLED if design == "a5" else 99)
        if design == "a4":
            last = CardFit(formats[-1], formats[-1], is_short=True)
            if self.front_fits(last):
                yield last
            yield from self._spilling(last, 99)

    def _fronts(self, formats: Sequence[Format], most: int) -> Iterator[CardFit]:
        for form in formats:
            fit = CardFit(form, form)
            if self.front_fits(fit):
                yield self.filled(fit)
                if form.is_dense or form.design == "a5":
                    yield fit
        yield from self._spilling(CardFit(formats[-1], formats[-1]), most)

    def _spilling(self, fit: CardFit, most: int) -> Iterator[CardFit]:
        """Ever more of the smallest amounts on the back, never a discreet one."""
        if self.is_single:
            return
        small = sorted(
            (each for each in self.model.own if not each.line.form.is_discreet),
            key=lambda each: each.line.figure or Decimal(0),
        )
        for count in range(1, min(len(small), most) + 1):
            spilled = replace(fit, spilled=tuple(small[:count]))
            if self.front_fits(spilled):
                yield spilled
                return

    def filled(self, fit: CardFit) -> CardFit:
        """As many whole kinds of money as the front has room for; all of them where there is no
        back.
        """
        if self.is_single:
            return replace(fit, groups=len(self.model.kinds))
        for groups in range(1, len(self.model.kinds) + 1):
            more = replace(fit, groups=groups)
            if not self.front_fits(more):
                break
            fit = more
        return fit

    def front_fits(self, fit: CardFit) -> bool:
        if self.is_single:
            fit = replace(fit, groups=len(self.model.kinds))
        return self.height(self.front_rows(fit)) <= self.front_room(fit) + 0.05

    def with_back(self, design: CardDesign, fit: CardFit) -> CardFit | None:
        """The card with the largest back that holds all that is not on the front."""
        scale = max(fit.front.scale, LARGE[-1].scale)
        if design == "a5":
            formats: Sequence[Format] = FORMATS["a5"]
        else:
            formats = [form for form in FORMATS["a4"] if form.scale <= scale]
        for form in formats:
            for way in self.ways(form):
                whole = replace(fit, back=form, way=way)
                rows = self.back_rows(whole)
                if self.height(rows) <= self.back_room(whole) + 0.05:
                    return replace(whole, dropped=self.dropped(whole))
        return None

    def ways(self, form: Format) -> Iterator[Way]:
        """What is left out on the back, ever more of it."""
        specific = sum(not step.is_asking for step in self.steps(form))
        yield Way()
        yield (way := Way(steps=specific))
        if form.scale > 1.0:
            return
        yield (way := replace(way, has_asked=False))
        yield (way := replace(way, running=frozenset({"paid_for_you"})))
        for steps in range(specific - 1, 0, -1):
            yield replace(way, steps=steps)
        yield (way := replace(way, steps=min(1, specific), has_changes=False))
        yield (way := replace(way, steps=0))
        yield (way := replace(way, running=frozenset({"paid_for_you", "by_notice"})))
        yield (way := replace(way, running=way.running | {"event"}))
        yield (way := replace(way, is_short=True))
        yield replace(way, running=frozenset(KINDS))

    def dropped(self, fit: CardFit) -> int:
        """How many steps, names and values are only behind the QR code."""
        steps = len(self.steps(fit.back))
        kept = steps if fit.way.steps is None else fit.way.steps
        values = sum(
            bool(each.line.form.value)
            for kind, entries in self.model.kinds.items()
            if kind in fit.way.running
            for each in entries
        )
        return steps - kept + (not fit.way.has_asked and self.asked) + values

    def steps(self, form: Format) -> list[Step]:
        return self.part(form)[0].steps(self.model.all)

    def kept_steps(self, fit: CardFit) -> list[Step]:
        """The steps that are printed: of events first, then those of most policies."""
        steps = self.steps(fit.back)
        if fit.way.steps is None:
            return steps
        events = {each.number for each in self.model.kinds.get("event", ())}
        ranked = sorted(
            (step for step in steps if not step.is_asking),
            key=lambda step: (not events & set(step.numbers), -len(step.numbers)),
        )[: fit.way.steps]
        return [step for step in steps if step in ranked]

    # The two sides, from top to bottom, without what is at the head and foot of each.

    def front_room(self, fit: CardFit) -> float:
        sides, _table = self.part(fit.front)
        fixed = [sides.strip(), sides.title(), sides.household(), *self.front_foot(fit)]
        return sides.made.height - sum(block.height for block in fixed)

    def front_foot(self, fit: CardFit) -> list[Block]:
        """What stands at the foot of the front."""
        sides, _table = self.part(fit.front)
        entries = [sides.foot(alone=self.is_single), sides.source(dated=self.is_single)]
        if self.model.all and not all(each.line.form.month for each in self.model.own):
            entries.insert(0, sides.line("card_ring", ruled=True))
        return entries

    def front_rows(self, fit: CardFit) -> list[Row]:
        """The table, what decides, and the kinds of money that have room."""
        sides, table = self.part(fit.front)
        if not self.model.all:
            return [Row(sides.line("nothing_found"))]
        rows = list(self.own_rows(fit, table))
        if rows:
            head = [] if fit.is_short else [Row(table.head(), "own")]
            rows = [*head, *rows, Row(sides.line("card_decides", ruled=True))]
        shown = list(self.model.kinds)[: fit.groups]
        if self.is_single and shown:
            rows += self.all_kinds(fit, table, rows)
            return rows
        return [*rows, *self.kind_rows(shown, table, frozenset())]

    def all_kinds(self, fit: CardFit, table: CardTable, rows: Sequence[Row]) -> list[Row]:
        """All kinds of money on a front that stands alone, with as few figures as it has room
        for.
        """
        room = self.front_room(fit) - self.height(rows)
        kinds = list(self.model.kinds)
        running: frozenset[Pays] = frozenset()
        for pays in (None, *reversed(kinds)):
            running |= {pays} if pays else frozenset()
            entries = list(self.kind_rows(kinds, table, running))
            if self.height(entries) <= room:
                break
        return entries

    def own_rows(self, fit: CardFit, table: CardTable) -> Iterator[Row]:
        spilled = {id(each) for each in fit.spilled}
        for section in SECTIONS:
            lines = self.model.sections.get(section, ())
            here = [each for each in lines if id(each) not in spilled]
            gone = [each for each in lines if id(each) in spilled]
            if section == "approved" and lines:
                more = ["card_not_summed"] if self.has_sum else []
                band = table.band("card_approved", *more, is_short=fit.is_short)
                yield Row(band, "own", ruled=mm(0.18))
            if fit.is_short and section == "quiet":  # a policy once, whatever its standards
                here = [each for each in here if each.number]
            for each in here:
                yield self.own_row(each, table, fit.is_short)
            if gone:
                figure = numbers.plain(_total(gone))
                block = table.moved(gone, figure, is_short=fit.is_short)
                yield Row(block, "own", ruled=mm(0.18))
            if is_summed([each.line for each in lines], section):
                old = self.model.former_sums.get(section, "")
                total = numbers.plain(_total(lines))
                block = table.total(SUMS[section], total, old, is_short=fit.is_short)
                yield Row(block, "own")

    @property
    def has_sum(self) -> bool:
        lines = [each.line for each in self.model.own]
        return any(is_summed(lines, section) for section in SUMS)

    def own_row(self, each: NumberedLine, table: CardTable, is_short: bool) -> Row:
        if is_short:
            return Row(table.short_row(each), "own", grows=True, ruled=mm(0.12))
        return Row(table.row(each), "own", grows=True, is_own=True, ruled=mm(0.18))

    def kind_rows(
        self, kinds: Sequence[Pays], table: CardTable, running: frozenset[Pays]
    ) -> Iterator[Row]:
        for pays in kinds:
            lines = self.model.kinds[pays]
            limits = tuple(dict.fromkeys(each.line.form.limit for each in lines))
            yield Row(table.kind(pays, limits if pays == "limit" else ()))
            if pays in running:
                if any(each.number for each in lines):
                    yield Row(table.running(lines))
                continue
            seen: set[str] = set()
            for at, each in enumerate(lines):
                policy = each.line.form.policy
                several = sum(other.line.form.policy == policy for other in lines) > 1
                block = table.other(each, policy not in seen, several)
                seen.add(policy)
                yield Row(block, pays, grows=True, ruled=mm(0.12) if at else 0.0)

    def back_room(self, fit: CardFit) -> float:
        sides, _table = self.part(fit.back)
        fixed = [sides.strip(), sides.back_head(), sides.back_foot(), sides.source(dated=True)]
        return sides.made.height - sum(block.height for block in fixed)

    def back_rows(self, fit: CardFit) -> list[Row]:
        sides, table = self.part(fit.back)
        rows: list[Row] = []
        if fit.spilled:
            ordered = [each for each in self.model.own if each in fit.spilled]
            if not fit.way.is_short:
                rows.append(Row(table.head(), "moved"))
            rows += [
                replace(self.own_row(each, table, fit.way.is_short), table="moved")
                for each in ordered
            ]
        kinds = list(self.model.kinds)[fit.groups :]
        if kinds:
            rows.append(Row(sides.bar("other_policies")))
            rows += self.kind_rows(kinds, table, fit.way.running)
        if fit.way.has_changes and (changed := self.changed()):
            rows.append(Row(sides.changes(changed)))
        if steps := self.kept_steps(fit):
            rows.append(Row(sides.bar("how")))
            rows += [Row(block) for block in sides.how(steps, self.model.all)]
        if fit.way.has_asked and self.asked:
            rows.append(Row(sides.asked()))
        return rows

    def changed(self) -> list[tuple[int, tuple[str, str], bool]]:
        found = []
        for entries in self.model.kinds.values():
            for each in entries:
                if each.line.form.change and each.number:
                    old, new = each.line.form.change
                    rises = Decimal(new.replace(",", "")) > Decimal(old.replace(",", ""))
                    found.append((each.number, (old, new), rises))
        return found

    @staticmethod
    def height(rows: Sequence[Row]) -> float:
        return sum(row.block.height for row in rows)


def _total(lines: Sequence[NumberedLine]) -> Decimal:
    return sum((each.line.figure for each in lines if each.line.figure is not None), Decimal(0))
