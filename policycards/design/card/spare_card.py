"""Spare cards: with a code of their own and the policies of a village, and room to write by hand
whose they become.
"""

from __future__ import annotations

from policycards.catalogue.model.policy import Policy
from policycards.core.problems import problem
from policycards.design.card.household_card import CardIssue, Cards, HouseholdCard
from policycards.design.content.card_content import CardContent
from policycards.design.content.card_lines import general_line
from policycards.design.content.policy_selection import offered
from policycards.design.content.policy_text import PolicyText
from policycards.design.content.print_context import PrintContext, phones


def spare_card(
    cards: Cards, policies: tuple[Policy, ...], imprint: PrintContext, code: str
) -> HouseholdCard:
    """The sides of one spare card; the squares of ``imprint`` are those of its ``code``.

    Discreet policies are left out: whose the card becomes, nobody knows yet, and the back may be
    seen.
    """
    catalogue, area, day = cards.catalogue, imprint.area, imprint.day
    found = phones(catalogue, area)
    place = catalogue.place("contacts")
    if not found:
        return HouseholdCard(None, (problem("E340", place, area=area),), None)
    speaker = PolicyText(catalogue, area, day)
    open_ = [policy for policy in policies if not policy.discreet]
    lines = [
        general_line(speaker, policy, standard)
        for policy in open_
        for standard in offered(catalogue, policy, area, day) or policy.standards[:1]
    ]
    content = CardContent(
        household="",
        name_bo=None,
        name_zh=None,
        village=catalogue.areas[area].name,
        group=None,
        members=None,
        lines=tuple(lines),
        subtotals=(),
        ask_about=(),
        phones=found,
        texts=(),
    )
    issue = CardIssue(code, 0, imprint)
    made = cards.laid_out(content, issue, place, [policy.id for policy in open_])
    if made.fit is None and not made.problems and cards.choice.design == "a4":
        return HouseholdCard(None, (problem("E343", place, household=code),), None)
    return made
