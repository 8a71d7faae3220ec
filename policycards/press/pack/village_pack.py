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
from policycards.core.problems import Place, Problem, has_errors, problem
from policycards.core.units import mm
from policycards.design import PrintContext, Theme
from policycards.design.card.card_fit import CardFit
from policycards.design.card.card_format import PAPERS, CardDesign
from policycards.design.card.household_card import CardChoice, CardIssue, Cards
from policycards.design.card.spare_card import spare_card
from policycards.design.content.card_content import CardContent, Teller
from policycards.design.layout.frames import Bookmark, Page, Piece
from policycards.design.layout.sheet_plan import Sheet, Side, Spot, sides, spots, without_backs
from policycards.design.layout.theme import desk_look, look_on
from policycards.design.layout.tiling import imposed
from policycards.design.layout.typesetter import Typesetter
from policycards.design.pack.cover import PackFacts, cover_sheet
from policycards.design.pack.register import register
from policycards.design.pack.testpage import test_pages
from policycards.manifest import frame, part
from policycards.pdf.pack_objects import PlateFonts
from policycards.pdf.pack_writer import Packer
from policycards.press.execution.jobs import Job, Pack
from policycards.press.pack.manifest_lines import Fingerprints
from policycards.press.pack.reissue_list import parse_former
from policycards.press.pack.run_plan import Card, PlanReader, read_shared
from policycards.press.storage.store import Store
from policycards.press.verification import Expected, expected_card, sample, where_pages_lie
from policycards.qr import Encoder, Key, Link, link_of, spare_code
from policycards.typeset import Fonts

TEST_PAGES = 2
"""Front and back of the test sheet, with which every file of cards begins."""
SPARE_BATCH = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a run, beside catalogue and roster; it travels to every worker.

    ``slips`` are printed instead of cards. ``fronts_only`` leaves the backs of cards away. ``on``
    is the day of people's ages, where it is not that of the standards. ``reads_all`` reads every
    card back, not a sample; a trial makes cards and writes none.
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
    design: CardDesign = "a4"
    fronts_only: bool = False
    reads_all: bool = False
    is_trial: bool = False
    on: date | None = None


@dataclass(frozen=True, slots=True)
class TypesetCard:
    """A typeset card: its content and its pages; whether its names could be printed."""

    card: Card
    content: CardContent
    pages: tuple[Page, ...]
    has_names: bool
    fit: CardFit


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
        self.theme = theme
        self.papered = Typesetter(desk_look(theme), self.fonts)
        self.makers: dict[CardDesign, Cards] = {}
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
        contents = [
            (card, self.teller.substance(card.home, entitled))
            for card, entitled in zip(*self.plan.cards(job), strict=True)
        ]
        design: CardDesign = self.order.design
        cards, failed, problems = self.typeset_all(contents, design)
        too_small = [card for card, one in zip(contents, cards, strict=True) if one is None]
        if design == "a5" and any(card[0].home.household_id not in failed for card in too_small):
            design = "a4"  # one format a village: an odd card would tell on its household
            first = next(card for card, _c in too_small if card.home.household_id not in failed)
            cards, failed, problems = self.typeset_all(contents, design)
            place = Place(self.order.roster, first.home.row)
            area = self.catalogue.areas[job.area].name.zh
            problems.append(problem("W344", place, village=area, household=first.home.household_id))
        whole = [one for one in cards if one]
        problems += self.fit_problems(job, whole)
        return self.packed(job, whole, tuple(failed), problems, design)

    def typeset_all(
        self, contents: Sequence[tuple[Card, CardContent]], design: CardDesign
    ) -> tuple[list[TypesetCard | None], list[str], list[Problem]]:
        """All cards of a village in one design, the households with which something is wrong, and
        what; a card that does not fit half a sheet is None without a problem.
        """
        problems: list[Problem] = []
        cards, failed = list[TypesetCard | None](), list[str]()
        for card, content in contents:
            before = len(problems)
            one = self.typeset(card, content, problems, design)
            cards.append(one)
            if one is None and (design == "a4" or has_errors(problems[before:])):
                failed.append(card.home.household_id)
        return cards, failed, problems

    def fit_problems(self, job: Job, cards: Sequence[TypesetCard]) -> Iterator[Problem]:
        """What was moved to the backs of a village's cards, and what was left to the QR code."""
        moved = sum(bool(one.fit.spilled) for one in cards)
        dropped = sum(bool(one.fit.dropped) for one in cards)
        if moved or dropped:
            place = self.catalogue.place("areas", job.area)
            yield problem("W345", place, moved=moved, dropped=dropped, cards=len(cards))

    def maker(self, design: CardDesign) -> Cards:
        """Sets cards of a design."""
        if design not in self.makers:
            choice = CardChoice(design, self.order.fronts_only, self.order.large)
            self.makers[design] = Cards(self.catalogue, self.theme, self.fonts, choice)
        return self.makers[design]

    def sheet(self, design: CardDesign) -> Sheet:
        """How cards of a design lie on paper."""
        return replace(self.order.sheet, form="cut-and-stack" if design == "a5" else "single")

    def printed(self, pages: Sequence[int], design: CardDesign) -> list[Side]:
        """The sides of the sheets of cards with so many pages."""
        width, height = map(mm, PAPERS[design])
        found = sides(pages, self.sheet(design), (width, height))
        return without_backs(found) if self.order.fronts_only else found

    def typeset(
        self,
        card: Card,
        content: CardContent,
        problems: list[Problem],
        design: CardDesign | None = None,
    ) -> TypesetCard | None:
        """One card; None where something is wrong with it, which ``problems`` then tell, or where
        half a sheet cannot hold it.
        """
        home = card.home
        imprint = self.imprint(home.area, self.link.payload(card.code, content.policies))
        former = {
            key: each.figure if each and not each.is_value else None
            for key, each in parse_former(card.former).items()
        }
        design = design or self.order.design
        place = Place(self.order.roster, home.row)
        issue = CardIssue(card.code, home.pile, imprint, former)
        laid = self.maker(design).card(content, issue, place)
        found = list(laid.problems)
        if laid.fit is None and not found and design == "a4":
            found = [problem("E343", place, household=home.household_id)]
        problems += found
        if laid.piece is None or laid.fit is None or has_errors(found):
            return None
        return TypesetCard(card, content, laid.piece.pages, not found, laid.fit)

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
        self,
        job: Job,
        cards: Sequence[TypesetCard],
        failed: tuple[str, ...],
        problems: list[Problem],
        design: CardDesign,
    ) -> Pack:
        """All files of the pack from its cards."""
        printed = self.printed([len(one.pages) for one in cards], design)
        ids = {policy for one in cards for policy in one.content.policies}
        policies = tuple(policy for policy in self.catalogue.policies if policy.id in ids)
        general = self.imprint(job.area, self.link.payload(None, ()))
        places = spots(printed)
        facts = PackFacts(
            cards=len(cards),
            pages=sum(len(one.pages) for one in cards),
            sheets=len({side.sheet for side in printed}) + 1,
            spares=self.order.spares,
            typed=job.area,
            sha256="",
            households=Counter(policy for one in cards for policy in one.content.policies),
        )
        files: list[tuple[str, bytes]] = []
        spare_rows: list[tuple[object, ...]] = []
        if not self.order.is_trial:
            data = self.file_of_cards(cards, printed, places, policies, general, problems, design)
            spares, spare_rows = self.spares(job, policies, problems, design)
            facts = replace(facts, sha256=sha256(data).hexdigest())
            papers = self.papers(job, cards, policies, facts, problems)
            files = [("cards.pdf", data), *papers, *([("spares.pdf", spares)] if spares else [])]
        return Pack(
            files=tuple(files),
            expected=tuple(self.expected(job, cards, printed)) if files else (),
            parts=(
                ("cards", part(frame("cards", self.card_rows(job, cards, places)))),
                (
                    "lines",
                    part(
                        self.fingerprints.lines(
                            self.plan.lines(job),
                            [(one.card, one.content) for one in cards],
                            {one.card.code for one in cards if one.fit.is_long},
                        )
                    ),
                ),
                ("spares", part(frame("spares", spare_rows))),
            ),
            cards=len(cards),
            pages=facts.pages,
            problems=tuple(dict.fromkeys(problems)),
            failed=failed,
        )

    def file_of_cards(
        self,
        cards: Sequence[TypesetCard],
        printed: Sequence[Side],
        places: Sequence[Spot],
        policies: tuple[Policy, ...],
        general: PrintContext,
        problems: list[Problem],
        design: CardDesign,
    ) -> bytes:
        """The test sheet, then the sides of the cards' sheets; bookmarks by pile number."""
        tester = Typesetter(look_on(self.theme, "hand", PAPERS[design]), self.fonts)
        test, found = test_pages(self.catalogue, policies, general, self.sheet(design), tester)
        problems += found
        pages = (*(test.pages if test else ()), *imposed([one.pages for one in cards], printed))
        marks = (
            Bookmark(str(one.card.home.pile), TEST_PAGES + spot.page, 0.0)
            for one, spot in zip(cards, places, strict=True)
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
        cards: Sequence[TypesetCard],
        policies: tuple[Policy, ...],
        facts: PackFacts,
        problems: list[Problem],
    ) -> Iterator[tuple[str, bytes]]:
        """Cover sheet and register."""
        order, homes = self.order, [one.card.home for one in cards]
        shown = self.imprint(job.area, self.link.payload(None, ()))
        cover = partial(cover_sheet, self.catalogue, policies, shown, facts, homes, order.roster)
        handed = [(one.card.home, one.card.code) for one in cards]
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
        self,
        job: Job,
        policies: tuple[Policy, ...],
        problems: list[Problem],
        design: CardDesign,
    ) -> tuple[bytes, list[tuple[object, ...]]]:
        """The spare cards on sheets as cards are, and their rows of the manifest; nothing where
        none are asked for.
        """
        area, edition = job.area, self.order.edition
        pages_by_code: dict[str, tuple[Page, ...]] = {}
        codes = [
            spare_code(self.order.key, area, edition, SPARE_BATCH, number)
            for number in range(1, self.order.spares + 1)
        ]
        ids = {policy.id for policy in policies}
        for paper in dict.fromkeys((design, "a4")):  # all policies of a village may need whole ones
            laid = [
                spare_card(
                    self.maker(paper),
                    policies,
                    self.imprint(area, self.link.payload(code, ids)),
                    code,
                )
                for code in codes
            ]
            if all(each.piece for each in laid):
                design = paper
                break
        for code, each in zip(codes, laid if codes else [], strict=True):
            problems += each.problems
            if each.piece:
                pages_by_code[code] = each.piece.pages
        printed = self.printed([len(pages) for pages in pages_by_code.values()], design)
        rows: list[tuple[object, ...]] = [
            (
                *(code, area, edition, SPARE_BATCH, number, f"{job.folder}/spares.pdf"),
                *(spot.page, len(pages), spot.slot, spot.side),
            )
            for number, ((code, pages), spot) in enumerate(
                zip(pages_by_code.items(), spots(printed), strict=True), 1
            )
        ]
        sheets = tuple(imposed(list(pages_by_code.values()), printed))
        return (self.pack(area, "spares", sheets) if sheets else b""), rows

    def expected(
        self, job: Job, cards: Sequence[TypesetCard], printed: Sequence[Side]
    ) -> Iterator[Expected]:
        """What is to be read back: a sample of the cards, or all."""
        codes = [one.card.code for one in cards]
        chosen = (
            codes if self.order.reads_all else sample(codes, f"{self.order.edition} {job.area}")
        )
        places = where_pages_lie(printed, TEST_PAGES)
        for number, one in enumerate(cards):
            if one.card.code in chosen:
                payload = self.link.payload(one.card.code, one.content.policies)
                file = f"{job.folder}/cards.pdf"
                yield expected_card(
                    one.card.code,
                    payload,
                    one.content,
                    one.pages,
                    places[number],
                    file,
                    has_names=one.has_names,
                )

    def card_rows(
        self, job: Job, cards: Sequence[TypesetCard], places: Sequence[Spot]
    ) -> Iterator[tuple[object, ...]]:
        for one, spot in zip(cards, places, strict=True):
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
