"""Change slips instead of new cards: for each village a file of slips and a notice for its
board.
"""

from __future__ import annotations

from collections.abc import Sequence

from policycards.catalogue.model.catalogue import Catalogue
from policycards.core.problems import Place, Problem, Severity, problem
from policycards.design import Theme
from policycards.design.layout.blocks import Block
from policycards.design.layout.frames import Bookmark
from policycards.design.layout.theme import A4, look_on
from policycards.design.notices.amount_changes import PrintedAmount, steps
from policycards.design.notices.slip import ON_SHEET, ON_SHEET_LARGE, Slip, Slips, sheet_of, sheets
from policycards.design.notices.village_notice import village_notice
from policycards.households.model import Entitlement
from policycards.press.execution.jobs import Job, Pack
from policycards.press.pack.reissue_list import parse_former
from policycards.press.pack.run_plan import Card, read_shared
from policycards.press.pack.village_pack import Order, VillagePress
from policycards.press.storage.store import Store


def open_slip_press(order: Order, store: Store) -> SlipPress:
    """The maker of a run's slips, opened in a worker."""
    return SlipPress(order, store, read_shared(store, "catalogue"), read_shared(store, "theme"))


class SlipPress:
    """Makes the slips of one run, village after village, with the plan and the fonts of a press for
    cards.
    """

    def __init__(self, order: Order, store: Store, catalogue: Catalogue, theme: Theme) -> None:
        self.order, self.theme = order, theme
        self.press = VillagePress(order, store, catalogue, theme)
        self.look = look_on(theme, "hand", A4, order.large)
        self.on_sheet = ON_SHEET_LARGE if order.large else ON_SHEET
        self.setter = Slips(catalogue, self.look, self.press.fonts, self.on_sheet)
        self.standards = [
            (policy.id, each.id) for policy in catalogue.policies for each in policy.standards
        ]

    def __call__(self, job: Job) -> Pack:
        """The slips of a village in walking order, and its notice."""
        problems: list[Problem] = []
        blocks: list[Block] = []
        piles: list[tuple[int, int]] = []
        failed: list[str] = []
        slips: list[Slip] = []
        for card, entitled in zip(*self.press.plan.cards(job), strict=True):
            slip = self.slip(card, entitled)
            own = self.typeset(slip, card, problems)
            if own is None:
                failed.append(card.home.household_id)
                continue
            if own:
                piles.append((card.home.pile, len(blocks)))
                blocks += own
                slips.append(slip)
        pages = tuple(sheets(blocks, self.look, self.on_sheet))
        marks = tuple(
            Bookmark(str(pile), sheet_of(at, len(blocks), self.on_sheet), 0.0) for pile, at in piles
        )
        notice = self.notice(job, slips, problems)
        files = [("slips.pdf", self.press.pack(job.area, "slips", pages, marks))] if pages else []
        files += [("notice.pdf", notice)] if notice else []
        return Pack(
            files=() if self.order.is_trial else tuple(files),
            parts=(),
            cards=len(slips),
            pages=len(pages),
            problems=tuple(dict.fromkeys(problems)),
            failed=tuple(failed),
        )

    def slip(self, card: Card, entitled: Sequence[Entitlement]) -> Slip:
        now = {
            (each.policy, each.standard): PrintedAmount(
                each.value if each.amount is None else each.amount, each.amount is None
            )
            for each in entitled
            if each.answer == "yes"
        }
        return Slip(card.home, card.replaces, steps(parse_former(card.former), now, self.standards))

    def typeset(self, slip: Slip, card: Card, problems: list[Problem]) -> list[Block] | None:
        """The slips of a household; None where something is wrong with it."""
        place = Place(self.order.roster, card.home.row)
        if not slip.steps:
            problems.append(problem("W783", place, household=card.home.household_id))
            return []
        imprint = self.press.imprint(card.home.area, self.press.link.payload(None, ()))
        blocks, found = self.setter.slips(slip, imprint, place)
        problems += found
        return None if any(each.severity is Severity.ERROR for each in found) else blocks

    def notice(self, job: Job, slips: Sequence[Slip], problems: list[Problem]) -> bytes | None:
        """The notice of what changed in the village; none where nothing did but what is registered
        of households.
        """
        imprint = self.press.imprint(job.area, self.press.link.payload(None, ()))
        changed = {(step.policy, step.standard) for slip in slips for step in slip.steps}
        piece, found = village_notice(
            self.press.catalogue, changed, imprint, self.theme, self.press.fonts
        )
        problems += found
        return self.press.pack(job.area, "notice", piece.pages) if piece else None
