"""What booklet, poster and leaflet of the shipped catalogue are made from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from village_packs import DAY, EDITION

from policycards.catalogue import Catalogue, read_catalogue
from policycards.catalogue.model.catalogue import policies_on
from policycards.catalogue.model.policy import Policy
from policycards.core.problems import Problem
from policycards.design import (
    CardChoices,
    Look,
    PrintContext,
    Theme,
    chosen,
    general_card,
    general_look,
    read_theme,
)
from policycards.design.card.general_card import Design
from policycards.design.layout.frames import Piece
from policycards.design.layout.theme import DesignName
from policycards.design.publications.booklet import booklet
from policycards.design.publications.leaflet import leaflet
from policycards.design.publications.poster import poster
from policycards.qr import Encoder, link_of
from policycards.typeset import Fonts

COUNTY = "549901"
VILLAGES = ("549901101201", "549901102203")


@dataclass(frozen=True)
class Office:
    """An office that prints for its county."""

    catalogue: Catalogue
    fonts: Fonts
    theme: Theme

    @classmethod
    def shipped(cls, root: Path, theme: str = "plain") -> Office:
        catalogue, _problems = read_catalogue(root / "policies")
        read, _problems = read_theme(theme)
        assert catalogue is not None and read is not None
        return cls(catalogue, Fonts.open(root / "fonts", read.fonts), read)

    @cached_property
    def policies(self) -> tuple[Policy, ...]:
        return chosen(self.catalogue, COUNTY, DAY, frozenset(), frozenset())

    def address(self) -> bytes:
        return link_of(self.catalogue, EDITION).payload(
            None, {policy.id for policy in self.policies}
        )

    def imprint(self, area: str = COUNTY, *, published: bool = False) -> PrintContext:
        link = link_of(self.catalogue, EDITION)
        return PrintContext(
            area, DAY, EDITION, published, Encoder(link.length).encode(self.address()), link.domain
        )

    def look(self, design: DesignName) -> Look:
        return Look(self.theme, design)

    def booklet(self, **changes: object) -> tuple[Piece | None, list[Problem]]:
        given = {"policies": self.policies, "imprint": self.imprint(), **changes}
        return booklet(self.catalogue, look=self.look("booklet"), fonts=self.fonts, **given)  # type: ignore[arg-type]

    def poster(self, *, imprint: PrintContext | None = None) -> tuple[Piece | None, list[Problem]]:
        look = self.look("poster")
        return poster(self.catalogue, self.policies, imprint or self.imprint(), look, self.fonts)

    def card(
        self, design: Design = "a4", *, large: bool = False, area: str = COUNTY, **choices: bool
    ) -> tuple[Piece | None, list[Problem]]:
        policies = chosen(self.catalogue, area, DAY, frozenset(), frozenset())
        look = general_look(self.theme, design, large=large)
        told = CardChoices(**choices)
        return general_card(self.catalogue, policies, self.imprint(area), look, self.fonts, told)

    def leaflet(
        self, topic_id: str, *, imprint: PrintContext | None = None
    ) -> tuple[Piece | None, list[Problem]]:
        topic = next(topic for topic in self.catalogue.topics if topic.id == topic_id)
        told, imprint = policies_on(self.catalogue, topic), imprint or self.imprint()
        return leaflet(self.catalogue, topic, told, imprint, self.theme, self.fonts)


def sound(made: tuple[Piece | None, list[Problem]]) -> Piece:
    """A piece with which nothing is wrong."""
    piece, problems = made
    assert problems == []
    assert piece is not None
    return piece
