"""Changes of a catalogue and a roster, each as likely to matter to a card as not, and the pages
that come of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
from household_cards import said
from hypothesis import strategies as st
from sample_run import DAY

from policycards.catalogue import Catalogue
from policycards.catalogue.model.dates import When
from policycards.catalogue.model.policy import Policy, Standard, Text, Value
from policycards.catalogue.model.words import WORDS
from policycards.core.problems import Place
from policycards.design import PrintContext, Theme
from policycards.design.card.household_card import CardChoice, CardIssue, Cards
from policycards.design.content.card_content import CardContent, Teller
from policycards.design.layout.block_cache import whole
from policycards.households.entitlements.calculate import entitlements, grouped
from policycards.households.model import Roster
from policycards.households.roster.homes import HouseholdFacts
from policycards.typeset import Fonts

POLICIES = (
    "grassland-grazing-ban",
    "grassland-balance-reward",
    "cropland-to-forest",
    "rural-dibao",
    "eco-post",
    "longevity-80",
    "three-guarantees",
    "hospital-delivery",
    "free-majors",
    "farm-machinery",
    "childcare-subsidy",
)
"""All kinds of money, by area and by person, with instalments, with and without a list."""
LAID_OUT = (
    *("other_policies", "how", "card_ask", "card_back", "card_paid"),
    *("claim_automatic", "claim_apply", "claim_report"),
)
"""Words over what layout may move to the front or leave to the QR code."""
DRESS = (
    "as_of",
    "edition",
    "page",
    "date_year",
    "date_month",
    "date_day",
    "mark_draft",
    "mark_sample",
    "mark_proof",
    "strip_draft",
    "strip_sample",
    "strip_stop",
    "seal",
)
"""Words of what is no content: dates, marks."""
LATER = date(2099, 1, 1)


@dataclass(frozen=True, repr=False)
class World:
    """What is printed from: a catalogue, a roster, the day of standards and that of ages."""

    catalogue: Catalogue
    roster: Roster
    day: date = DAY
    on: date = DAY


Change = Callable[[World], World]


def few(catalogue: Catalogue) -> Catalogue:
    """A catalogue of few policies."""
    gone = {each.id for each in catalogue.policies} - set(POLICIES)
    policies = tuple(each for each in catalogue.policies if each.id not in gone)
    return replace(
        catalogue,
        policies=policies,
        texts=tuple(text for text in catalogue.texts if text.owner not in gone),
    )


def pages(world: World, theme: Theme, fonts: Fonts) -> dict[str, str]:
    """The text of every household's pages, all in one dress."""
    cards, teller = (
        Cards(world.catalogue, theme, fonts, CardChoice()),
        Teller(world.catalogue, world.day),
    )
    answers = grouped(entitlements(world.roster, world.catalogue, world.day, on=world.on))
    found = {}
    for home in household_facts(world.roster):
        dress = CardIssue(
            "7F3K9Q2M8ZT1",
            7,
            PrintContext(home.area, LATER, "dress", False, ((True,) * 33,) * 33, "c.cn", True),
        )
        told = without_news(teller.substance(home, answers.get(home.household_id, [])))
        made = cards.card(told, dress, Place("roster.xlsx", home.row))
        piece = made.piece
        assert piece is not None, made.problems
        found[home.household_id] = said(*whole(piece, fonts).pages)
    return found


def household_facts(roster: Roster) -> Iterator[HouseholdFacts]:
    """The households of a roster, all with one pile number."""
    columns = ("household_id", "area", "group", "row", "name_bo", "name_zh", "members", "row")
    for row in roster.households.select(
        pl.col(name).alias(f"{at}") for at, name in enumerate(columns)
    ).rows():
        yield HouseholdFacts(*row[:3], 7, *row[4:])


def without_news(content: CardContent) -> CardContent:
    """What a card says but for what changed lately."""
    lines = tuple(
        replace(line, form=replace(line.form, change=None)) if line.form.change else line
        for line in content.lines
    )
    return replace(content, lines=lines)


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, Change]:
    """One change, with a name to tell it by."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    change = draw(KINDS[kind])
    return kind, change


def _policy(catalogue: Catalogue, name: str, change: Callable[[Policy], Policy]) -> Catalogue:
    return replace(
        catalogue,
        policies=tuple(change(each) if each.id == name else each for each in catalogue.policies),
    )


def _standard(policy: Policy, at: int, **facts: Any) -> Policy:
    at %= len(policy.standards)
    told = [
        each.model_copy(update=facts) if n == at else each
        for n, each in enumerate(policy.standards)
    ]
    return policy.model_copy(update={"standards": tuple(told)})


def _longer(text: Text | None) -> Text | None:
    return text and Text(bo=f"{text.bo}་ཡོད", zh=f"{text.zh}甲")


def _value(
    name: str, at: int, amount: str, since: str, status: str | None, area: str | None
) -> Change:
    def change(world: World) -> World:
        def valued(policy: Policy) -> Policy:
            standard: Standard = policy.standards[at % len(policy.standards)]
            if not standard.values:
                return policy
            former = standard.values[-1]
            told = None if status == "ended" else Decimal(amount)
            added = Value.model_validate(
                {
                    "from": When.parse(since),
                    "amount": told,
                    "area": area,
                    "recorded": DAY,
                    "status": status,
                }
            ).model_copy(update={"source": former.source, "confirmed": former.confirmed})
            return _standard(policy, at, values=(*standard.values, added))

        return replace(world, catalogue=_policy(world.catalogue, name, valued))

    return change


def _wording(name: str, part: str) -> Change:
    def worded(policy: Policy) -> Policy:
        if part in ("label", "short label"):
            name = part.removesuffix(" label")
            label = _longer(getattr(policy.standards[0], name)) or Text(bo="གསར", zh="新")
            return _standard(policy, 0, **{name: label})
        told = getattr(policy, part)
        if part == "paid":
            return policy.model_copy(
                update={part: told and told.model_copy(update={"when": _longer(told.when)})}
            )
        longer = tuple(map(_longer, told)) if isinstance(told, tuple) else _longer(told)
        return policy.model_copy(update={part: longer})

    return lambda world: replace(world, catalogue=_policy(world.catalogue, name, worded))


def _word(key: str) -> Change:
    def change(world: World) -> World:
        words = world.catalogue.words
        return replace(
            world,
            catalogue=replace(
                world.catalogue, words={**words, key: _longer(words[key]) or words[key]}
            ),
        )

    return change


def _rule(name: str, at: int, facts: dict[str, Any]) -> Change:
    return lambda world: replace(
        world, catalogue=_policy(world.catalogue, name, lambda each: _standard(each, at, **facts))
    )


def _settings(part: str) -> Change:
    def change(world: World) -> World:
        settings = world.catalogue.settings
        if part in ("label", "short"):  # of units
            units = tuple(
                each.model_copy(update={part: _longer(getattr(each, part))})
                for each in settings.units
            )
            told: dict[str, Any] = {"units": units}
        elif part == "shares":
            units = tuple(
                each.model_copy(
                    update={
                        "period": each.period.model_copy(
                            update={"shares": each.period.shares[::-1]}
                        )
                    }
                )
                for each in settings.units
            )
            told = {"units": units}
        else:
            told = {"issuer": _longer(settings.issuer)}
        return replace(
            world, catalogue=replace(world.catalogue, settings=settings.model_copy(update=told))
        )

    return change


def _contact(at: int, part: str) -> Change:
    def change(world: World) -> World:
        contacts = list(world.catalogue.contacts)
        one = contacts[at % len(contacts)]
        new = {
            "phone": one.phone[:-1] + ("1" if one.phone[-1] != "1" else "2"),
            "office": _longer(one.office),
            "hours": Text(bo="ཉིན་རེར", zh="每天"),
            "speaks_tibetan": not one.speaks_tibetan,
            "placeholder": not one.placeholder,
        }
        contacts[at % len(contacts)] = replace(one, **{part: new[part]})
        return replace(world, catalogue=replace(world.catalogue, contacts=tuple(contacts)))

    return change


def _home(at: int, facts: dict[str, Any]) -> Change:
    def change(world: World) -> World:
        homes = world.roster.households.with_row_index("_at")
        there = pl.col("_at") == at % homes.height
        told = [
            pl.when(there).then(pl.lit(new, homes.schema[name])).otherwise(name).alias(name)
            for name, new in facts.items()
        ]
        homes = homes.with_columns(told).drop("_at").sort("area", maintain_order=True)
        return replace(world, roster=replace(world.roster, households=homes))

    return change


def only_home(at: int) -> Change:
    """A world of one household."""

    def change(world: World) -> World:
        homes = world.roster.households.slice(at, 1)
        members = world.roster.members.filter(
            pl.col("household_id").is_in(homes["household_id"].implode())
        )
        return replace(world, roster=Roster(homes, members))

    return change


def _without_home(at: int) -> Change:
    def change(world: World) -> World:
        homes = world.roster.households
        gone = homes["household_id"][at % homes.height]
        kept = homes.filter(pl.col("household_id") != gone)
        members = world.roster.members.filter(pl.col("household_id") != gone)
        return replace(world, roster=Roster(kept, members))

    return change


def _born(at: int, day: date) -> Change:
    def change(world: World) -> World:
        members = world.roster.members.with_row_index("_at")
        there = pl.col("_at") == at % members.height
        born = pl.when(there).then(pl.lit(day)).otherwise("birth_date").alias("birth_date")
        return replace(
            world, roster=replace(world.roster, members=members.with_columns(born).drop("_at"))
        )

    return change


_names, _places = st.sampled_from(POLICIES), st.integers(0, 7)
_TEXTS = (
    *("name", "short", "summary", "who", "how", "papers", "office", "paid", "deadline"),
    *("label", "short label"),
)
_RULES: tuple[dict[str, Any], ...] = (
    {"when": None},
    {"when": "grazing_ban_mu > 100"},
    {"when": "members > 3"},
    {"quantity": "balance_mu"},
    {"quantity": "LEAST(grain_mu, 10)"},
    {"rounding": Decimal(100)},
    {"rounding": Decimal("0.01")},
    {"unit": "household-year"},
    {"pays": "event", "quantity": None},
)
_HOMES: tuple[dict[str, Any], ...] = (
    {"name_zh": "次仁"},
    {"name_bo": "ཚེ་རིང"},
    {"name_zh": "卓玛", "members": 8},
    {"members": 9},
    {"members": None},
    {"group": "九组"},
    {"group": "3"},
    {"group": None},
    {"area": "549901101202"},
    {"grazing_ban_mu": Decimal("321.5")},
    {"balance_mu": None},
    {"is_rural-dibao": "2460"},
    {"is_rural-dibao": None},
    {"row": 99, "walk_order": 99},
)
KINDS: dict[str, st.SearchStrategy[Change]] = {
    "value": st.builds(
        _value,
        _names,
        _places,
        st.sampled_from(["8", "7.50", "1234"]),
        st.sampled_from(["2026-01", "2027-01"]),
        st.sampled_from([None, None, "ended"]),
        st.sampled_from([None, "549901101201"]),
    ),
    "text": st.builds(_wording, _names, st.sampled_from(_TEXTS)),
    "word": st.builds(
        _word, st.sampled_from([key for key in sorted(WORDS) if key not in (*DRESS, *LAID_OUT)])
    ),
    "rule": st.builds(_rule, _names, _places, st.sampled_from(_RULES)),
    "settings": st.builds(_settings, st.sampled_from(["label", "short", "shares", "issuer"])),
    "contact": st.builds(
        _contact,
        _places,
        st.sampled_from(["phone", "office", "hours", "speaks_tibetan", "placeholder"]),
    ),
    "home": st.builds(_home, _places, st.sampled_from(_HOMES)),
    "gone": st.builds(_without_home, _places),
    "born": st.builds(
        _born, st.integers(0, 99), st.sampled_from([date(1945, 5, 5), date(2026, 11, 1)])
    ),
    "day": st.sampled_from(
        [
            lambda world: replace(world, on=date(2031, 1, 1)),
            lambda world: replace(world, day=date(2023, 6, 1)),
        ]
    ),
}
