"""A village to print for: its households, and what every piece of its pack is made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policycards.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy
from policycards.design import Look, PrintContext, chosen, read_theme
from policycards.design.layout.frames import Item, Page, Tagged, Text, Turned
from policycards.design.layout.theme import DesignName
from policycards.design.pack.register import Handed
from policycards.households.roster.homes import HouseholdFacts
from policycards.qr import DEMO_KEY, Encoder, card_code, link_of
from policycards.typeset import Fonts

DAY = date(2026, 11, 23)
VILLAGE = "549901101201"
EDITION = "p0test00"
ROSTER = "list.xlsx"
NAMES = (
    ("བཀྲ་ཤིས་ཚེ་རིང", "扎西次仁"),
    (None, "卓玛"),
    ("པ་སངས་བཀྲ་ཤིས", None),
    ("ཨོ་རྒྱན་ཆོས་འཕེལ་བསྟན་འཛིན་རྒྱ་མཚོ་དཔལ་བཟང་པོ", "乌坚曲培丹增嘉措白桑布·仁青旺杰"),
)
GROUPS = ("二组", "1", "རང་བྱུང་གྲོང་ཚོ", None)
MARKS = ("样稿", "示例数据", "试印", "不得发放")


def home(
    pile: int, bo: str | None = None, zh: str | None = None, group: str | None = None
) -> HouseholdFacts:
    return HouseholdFacts(f"h-{pile}", VILLAGE, group, pile, bo, zh, 5, pile + 1)


def homes(number: int) -> list[HouseholdFacts]:
    """So many households with names in both scripts, in one, and long ones, and groups of all
    kinds.
    """
    return [
        home(pile, *NAMES[pile % len(NAMES)], GROUPS[pile % len(GROUPS)])
        for pile in range(1, number + 1)
    ]


def handed(among: Sequence[HouseholdFacts]) -> list[Handed]:
    return [(each, card_code(DEMO_KEY, VILLAGE, each.household_id, EDITION)) for each in among]


@dataclass(frozen=True)
class Village:
    """What every piece of a village's pack is made from."""

    catalogue: Catalogue
    fonts: Fonts

    @property
    def policies(self) -> tuple[Policy, ...]:
        return chosen(self.catalogue, VILLAGE, DAY, frozenset(), frozenset())

    @property
    def address(self) -> bytes:
        return link_of(self.catalogue, EDITION).payload(None, ())

    def imprint(self, payload: bytes | None = None, *, published: bool = False) -> PrintContext:
        link = link_of(self.catalogue, EDITION)
        squares = Encoder(link.length).encode(payload or self.address)
        return PrintContext(VILLAGE, DAY, EDITION, published, squares, link.domain, demo=True)


def look(design: DesignName, *, large: bool = False) -> Look:
    theme, _problems = read_theme("plain")
    assert theme is not None
    return Look(theme, design, large)


def flat(items: tuple[Item, ...]) -> Iterator[Item]:
    """All that is drawn, as it lies in its own element."""
    for item in items:
        if isinstance(item, Tagged | Turned):
            yield from flat(item.items)
        else:
            yield item


def texts(page: Page) -> list[Text]:
    return [item for item in flat(page.items) if isinstance(item, Text)]


def lines(page: Page) -> list[str]:
    return [text.line.text for text in texts(page)]


def paragraphs(items: tuple[Item, ...]) -> Iterator[list[Text]]:
    if own := [item for item in items if isinstance(item, Text)]:
        yield own
    for item in items:
        if isinstance(item, Tagged | Turned):
            yield from paragraphs(item.items)


def ink(paragraph: list[Text]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a paragraph's ink."""
    return (
        min(text.x for text in paragraph),
        min(text.y - text.line.ink_top for text in paragraph) + 0.05,
        max(text.x + text.line.width for text in paragraph),
        max(text.y - text.line.ink_bottom for text in paragraph) - 0.05,
    )


def collisions(page: Page) -> list[tuple[str, str]]:
    """Lines of paragraphs whose ink meets another paragraph's."""
    found = []
    inked = [
        (ink([text]), at, text.line.text)
        for at, each in enumerate(paragraphs(page.items))
        for text in each
    ]
    for number, (one, paragraph, name) in enumerate(inked):
        for other, other_paragraph, other_name in inked[number + 1 :]:
            met = (
                one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
            )
            if met and paragraph != other_paragraph:
                found.append((name, other_name))
    return found
