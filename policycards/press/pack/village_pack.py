"""A village's pack: its cards on sheets, its cover sheet, register and spare cards, and its part of
the manifest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import Policy
from policycards.core.problems import Place, Problem, Severity
from policycards.design import CardChoices, Look, PrintContext, Theme
from policycards.design.card.household_card import CardIssue, Cards
from policycards.design.card.spare_card import spare_card
from policycards.design.content.card_content import CardContent, Teller
from policycards.design.layout.frames import Bookmark, Page, Piece
from policycards.design.layout.imposition import imposed
from policycards.design.layout.sheet_plan import Sheet, Side, Spot, sides, spots
from policycards.design.layout.theme import desk_look
from policycards.design.layout.typesetter import Typesetter
from policycards.design.pack.cover import PackFacts, cover_sheet
from policycards.design.pack.register import register
from policycards.design.pack.test_page import test_pages
from policycards.manifest import frame, part
from policycards.pdf.pack_writer import Packer
from policycards.pdf.run_fonts import PlateFonts
from policycards.press.execution.jobs import Job, Pack
from policycards.press.pack.manifest_lines import Fingerprints
from policycards.press.pack.reissue_list import parse_former
from policycards.press.pack.run_plan import Card, PlanReader, read_shared
from policycards.press.storage.store import Store
from policycards.press.verify.expected_content import expected_card, where_pages_lie
from policycards.press.verify.verification import Expected, sample
from policycards.qr import Encoder, Key, Link, link_of, spare_code
from policycards.typeset import Fonts

TEST_PAGES = 2
"""Front and back of the test sheet, with which every file of cards begins."""
SPARE_BATCH = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a run, beside catalogue and roster; it travels to every worker.

    ``slips`` are printed instead of cards. ``on`` is the day of people's ages, where it is not that
    of the standards. ``reads_all`` reads every card back, not a sample; a trial makes cards and
    writes none.
    """

    key: Key
    day: date
    edition: str
    is_published: bool
    roster: str
    fonts: Path
    sheet: Sheet
    large: bool = False
    spares: int = 0
    takes_old: bool = False
    slips: bool = False
    reads_all: bool = False
    is_trial: bool = False
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A card that was made: what it says, and its pages; whether its names could be printed."""

    card: Card
    substance: CardContent
    pages: tuple[Page, ...]
    has_names: bool


def open_press(order: Order, store: Store) -> VillagePress:
    """The maker of a run's packs, opened in a worker."""
    return VillagePress(order, store, read_shared(store, "catalogue"), read_shared(store, "theme"))


class VillagePress:
    """Makes the packs of one run, village after village; what many cards share is set and drawn
    once.
    """

    def __init__(self, order: Order, store: Store, catalogue: Catalogue, theme: Theme) -> None:
        self.order, self.catalogue = order, catalogue
        self.plan = PlanReader(store)
        self.fonts = Fonts.open(order.fonts, theme.fonts)
        self.hand = Look(theme, "hand", order.large)
        self.tester = Typesetter(
            Look(theme, "hand"), self.fonts
        )  # larger type for old eyes is not for the clerk
        self.papered = Typesetter(desk_look(theme), self.fonts)
        self.cards = Cards(catalogue, self.hand, self.fonts, folded=order.sheet.form == "folded")
        self.teller = Teller(catalogue, order.day)
        self.link: Link = link_of(catalogue, order.edition)
        self.encoder = Encoder(self.link.length)
        self.packer = Packer(self.fonts, read_shared(store, "fonts"))
        self.bookbinder = Packer(
            self.fonts, PlateFonts()
        )  # little of cover sheet and register is on the cards
        self.fingerprints = Fingerprints(order.key.digest)

    def __call__(self, job: Job) -> Pack:
        """The pack of a village."""
        cards, answers = self.plan.cards(job)
        problems: list[Problem] = []
        made: list[Made] = []
        failed: list[str] = []
        for card, entitled in zip(cards, answers, strict=True):
            one = self.made(card, self.teller.substance(card.home, entitled), problems)
            if one is None:
                failed.append(card.home.household_id)
            else:
                made.append(one)
        return self.packed(job, made, tuple(failed), problems)

    def made(self, card: Card, told: CardContent, problems: list[Problem]) -> Made | None:
        """One card; None where something is wrong with it, which ``problems`` then tell."""
        home = card.home
        imprint = self.imprint(home.area, self.link.payload(card.code, told.policies))
        said = parse_former(card.former)
        former = {
            key: each.figure
            for key, each in said.items()
            if each and each.figure is not None and not each.is_value
        }
        dress = CardIssue(card.code, home.pile, imprint, former)
        piece, found = self.cards.card(told, dress, Place(self.order.roster, home.row))
        problems += found
        if piece is None or any(each.severity is Severity.ERROR for each in found):
            return None
        return Made(card, told, piece.pages, not found)

    def imprint(self, area: str, payload: bytes) -> PrintContext:
        order = self.order
        return PrintContext(
            area=area,
            day=order.day,
            edition=order.edition,
            published=order.is_published,
            squares=self.encoder.encode(payload),
            domain=self.link.domain,
            demo=order.key.is_demo,
        )

    def packed(
        self, job: Job, made: Sequence[Made], failed: tuple[str, ...], problems: list[Problem]
    ) -> Pack:
        """All files of the pack from its cards."""
        printed = sides(
            [len(one.pages) for one in made], self.order.sheet, (self.hand.width, self.hand.height)
        )
        ids = {policy for one in made for policy in one.substance.policies}
        policies = tuple(policy for policy in self.catalogue.policies if policy.id in ids)
        general = self.imprint(job.area, self.link.payload(None, ()))
        places = spots(printed)
        facts = PackFacts(
            cards=len(made),
            pages=sum(len(one.pages) for one in made),
            sheets=len({side.sheet for side in printed}) + 1,
            spares=self.order.spares,
            typed=job.area,
            sha256="",
            households=Counter(policy for one in made for policy in one.substance.policies),
        )
        files: list[tuple[str, bytes]] = []
        spare_rows: list[tuple[object, ...]] = []
        if not self.order.is_trial:
            data = self.file_of_cards(made, printed, places, policies, general, problems)
            spares, spare_rows = self.spares(job, policies, problems)
            facts = replace(facts, sha256=sha256(data).hexdigest())
            papers = self.papers(job, made, policies, facts, problems)
            files = [("cards.pdf", data), *papers, *([("spares.pdf", spares)] if spares else [])]
        return Pack(
            files=tuple(files),
            expected=tuple(self.expected(job, made, printed)) if files else (),
            parts=(
                ("cards", part(frame("cards", self.card_rows(job, made, places)))),
                (
                    "lines",
                    part(
                        self.fingerprints.lines(
                            self.plan.lines(job), [(m.card, m.substance) for m in made]
                        )
                    ),
                ),
                ("spares", part(frame("spares", spare_rows))),
            ),
            cards=len(made),
            pages=facts.pages,
            problems=tuple(dict.fromkeys(problems)),
            failed=failed,
        )

    def file_of_cards(
        self,
        made: Sequence[Made],
        printed: Sequence[Side],
        places: Sequence[Spot],
        policies: tuple[Policy, ...],
        general: PrintContext,
        problems: list[Problem],
    ) -> bytes:
        """The test sheet, then the sides of the cards' sheets; bookmarks by pile number."""
        test, found = test_pages(self.catalogue, policies, general, self.order.sheet, self.tester)
        problems += found
        pages = (*(test.pages if test else ()), *imposed([one.pages for one in made], printed))
        marks = (
            Bookmark(str(one.card.home.pile), TEST_PAGES + spot.page, 0.0)
            for one, spot in zip(made, places, strict=True)
        )
        return self.pack(general.area, "cards", pages, tuple(marks))

    def pack(
        self, area: str, name: str, pages: tuple[Page, ...], bookmarks: tuple[Bookmark, ...] = ()
    ) -> bytes:
        village, order = self.catalogue.areas[area].name, self.order
        packer = self.bookbinder if name in ("cover", "register") else self.packer
        return packer.pack(
            Piece(
                title=f"{village.bo} {village.zh}",
                lang="zh",
                author=self.catalogue.settings.issuer.zh,
                date=order.day,
                identity=" ".join((self.catalogue.digest, order.edition, area, name)),
                pages=pages,
                bookmarks=bookmarks,
            )
        )

    def papers(
        self,
        job: Job,
        made: Sequence[Made],
        policies: tuple[Policy, ...],
        facts: PackFacts,
        problems: list[Problem],
    ) -> Iterator[tuple[str, bytes]]:
        """Cover sheet and register."""
        order, homes = self.order, [one.card.home for one in made]
        shown = self.imprint(job.area, self.link.payload(None, ()))
        cover = partial(cover_sheet, self.catalogue, policies, shown, facts, homes, order.roster)
        handed = [(one.card.home, one.card.code) for one in made]
        signed = partial(
            register,
            self.catalogue,
            policies,
            shown,
            handed,
            order.roster,
            takes_old=order.takes_old,
        )
        makers: list[tuple[str, Callable[..., tuple[Piece | None, list[Problem]]]]]
        makers = [("cover", cover), ("register", signed)]
        for name, make in makers:
            piece, found = make(setter=self.papered)
            problems += found
            if piece:
                yield f"{name}.pdf", self.pack(job.area, name, piece.pages)

    def spares(
        self, job: Job, policies: tuple[Policy, ...], problems: list[Problem]
    ) -> tuple[bytes, list[tuple[object, ...]]]:
        """The spare cards on sheets as cards are, and their rows of the manifest; nothing where
        none are asked for.
        """
        area, edition, made = job.area, self.order.edition, dict[str, tuple[Page, ...]]()
        for number in range(1, self.order.spares + 1):
            code = spare_code(self.order.key, area, edition, SPARE_BATCH, number)
            imprint = self.imprint(
                area, self.link.payload(code, {policy.id for policy in policies})
            )
            piece, found = spare_card(
                self.catalogue, policies, imprint, code, self.hand, self.fonts, CardChoices()
            )
            problems += found
            if piece:
                made[code] = piece.pages
        printed = sides(
            [len(pages) for pages in made.values()],
            self.order.sheet,
            (self.hand.width, self.hand.height),
        )
        rows: list[tuple[object, ...]] = [
            (
                *(code, area, edition, SPARE_BATCH, number, f"{job.folder}/spares.pdf"),
                *(spot.page, len(pages), spot.slot, spot.side),
            )
            for number, ((code, pages), spot) in enumerate(
                zip(made.items(), spots(printed), strict=True), 1
            )
        ]
        sheets = tuple(imposed(list(made.values()), printed))
        return (self.pack(area, "spares", sheets) if sheets else b""), rows

    def expected(
        self, job: Job, made: Sequence[Made], printed: Sequence[Side]
    ) -> Iterator[Expected]:
        """What is to be read back: a sample of the cards, or all."""
        codes = [one.card.code for one in made]
        chosen = (
            codes if self.order.reads_all else sample(codes, f"{self.order.edition} {job.area}")
        )
        places = where_pages_lie(printed, TEST_PAGES)
        for number, one in enumerate(made):
            if one.card.code in chosen:
                payload = self.link.payload(one.card.code, one.substance.policies)
                file = f"{job.folder}/cards.pdf"
                yield expected_card(
                    one.card.code,
                    payload,
                    one.substance,
                    one.pages,
                    places[number],
                    file,
                    has_names=one.has_names,
                )

    def card_rows(
        self, job: Job, made: Sequence[Made], places: Sequence[Spot]
    ) -> Iterator[tuple[object, ...]]:
        for one, spot in zip(made, places, strict=True):
            card, home = one.card, one.card.home
            yield (
                *(
                    card.code,
                    home.household_id,
                    home.area,
                    home.group,
                    home.pile,
                    self.order.edition,
                ),
                *(
                    card.copy,
                    card.replaces,
                    f"{job.folder}/cards.pdf",
                    TEST_PAGES + spot.page,
                    len(one.pages),
                ),
                *(spot.slot, spot.side),
            )
