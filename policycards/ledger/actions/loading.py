"""Loading a run: what its manifest tells becomes packs, cards, spares and households, all or
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl
from django.db import transaction

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.actions.area_changes import home_of
from policycards.ledger.actions.event_validation import Pieces
from policycards.ledger.actions.recording import append
from policycards.ledger.domain.card_states import BLANK, WAITING
from policycards.ledger.domain.event_kinds import uuid7
from policycards.ledger.models import Area, Count, Event, Household, Pack, Run, Spare, User
from policycards.ledger.permissions import Refused, ask, log, refuse
from policycards.ledger.projections import Counts
from policycards.ledger.runs.printed_run import RunFolder, read_run
from policycards.ledger.runs.staging import drop, replace_cards, run_sql, stage

_STAGE = "staged_cards"
_SPARES = "staged_spares"
_CHUNK = 1000

Tell = Callable[[int, int], None]
"""Hears how many cards are loaded, and of how many."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A run that is in the ledger, and what a person should know about it."""

    run: Run
    problems: list[Problem]


def load_run(
    user: User,
    folder: Path,
    *,
    now: datetime,
    names: pl.DataFrame | None = None,
    is_demo: bool = False,
    tell: Tell = lambda done, of: None,
) -> Loaded:
    """Load the run in a folder of an edition.

    ``names`` has ``household_id, name_bo, name_zh`` of the roster from which it was printed:
    manifests have no names.
    """
    read, problems = read_run(folder, is_demo=is_demo)
    if read is None:
        raise Refused(*problems)
    place = Place(str(folder))
    with transaction.atomic():
        homes = _homes(user, read, now.date(), place)
        run = _run(user, read, now)
        packs = _packs(run, read, homes)
        tell(0, read.cards.height)
        stage(_STAGE, _staged(read.cards, names, packs, homes, now))
        _refuse_known(place, read)
        _insert_households()
        _insert_cards(run)
        tell(read.cards.height, read.cards.height)
        _insert_spares(run, read, packs)
        _count(run, packs)
        _printed(user, packs, now)
        problems += replace_cards(_STAGE, user, now, place)
        problems += _nameless(run, place)
        drop(_STAGE)
        log(
            user,
            "run.load",
            run.area,
            now,
            run=run.pk,
            cards=run.cards,
            spares=run.spares,
            packs=len(packs),
        )
    return Loaded(run, problems)


def _homes(user: User, read: RunFolder, today: date, place: Place) -> dict[str, str]:
    """Where the packs of each village belong today; asks for permission in every one."""
    villages = sorted({*read.cards["area"].unique(), *read.spares["area"].unique()})
    known = Area.objects.in_bulk()
    if unknown := [village for village in villages if village not in known]:
        raise Refused(problem("E664", place, count=len(unknown), area=unknown[0]))
    homes = {village: home_of(village, known, today) for village in villages}
    ask(user, "run.load", *villages, *homes.values())
    return homes


def _run(user: User, read: RunFolder, now: datetime) -> Run:
    if known := Run.objects.filter(pk=read.id).first():
        raise refuse("E662", loaded=f"{known.loaded:%Y-%m-%d}")
    villages = read.cards["area"].unique().to_list()
    return Run.objects.create(
        id=read.id,
        edition=read.edition,
        area=_common(villages),
        cards=read.cards.height,
        spares=read.spares.height,
        loaded=now,
        loaded_by=user if user.pk else None,
    )


def _common(villages: list[str]) -> str:
    """The smallest area that holds some villages, by the lengths that codes of areas have.

    >>> _common(["549901101201", "549901102201"]), _common(["549901101201"])
    ('549901', '549901101201')
    """
    shared = [
        length
        for length in (2, 4, 6, 9, 12)
        if len({village[:length] for village in villages}) == 1
    ]
    return villages[0][: max(shared, default=0)]


def _packs(run: Run, read: RunFolder, homes: dict[str, str]) -> dict[str, Pack]:
    cards, spares = (
        dict(table["area"].value_counts().iter_rows()) for table in (read.cards, read.spares)
    )
    Pack.objects.bulk_create(
        Pack(
            run=run,
            village=village,
            area_id=home,
            cards=cards.get(village, 0),
            spares=spares.get(village, 0),
        )
        for village, home in sorted(homes.items())
    )
    return {pack.village: pack for pack in Pack.objects.filter(run=run)}


def _staged(
    cards: pl.DataFrame,
    names: pl.DataFrame | None,
    packs: dict[str, Pack],
    homes: dict[str, str],
    now: datetime,
) -> pl.DataFrame:
    """The cards with what the ledger knows besides: pack, home, names; ``leads`` marks each
    household's last card, ``event`` is the id of the event that tells a replaced card so.
    """
    if names is None:
        names = pl.DataFrame(
            schema={"household_id": pl.String, "name_bo": pl.String, "name_zh": pl.String}
        )
    villages = pl.DataFrame(
        {
            "area": list(homes),
            "home": list(homes.values()),
            "pack": [packs[village].pk for village in homes],
        },
        schema={"area": pl.String, "home": pl.String, "pack": pl.Int32},
    )
    named = names.select(household="household_id", name_bo="name_bo", name_zh="name_zh").unique(
        "household"
    )
    return (
        cards.select(
            "code",
            "household",
            "area",
            "pile",
            "copy",
            "replaces",
            grp="group",
            county=pl.col("area").str.head(6),
        )
        .join(villages, on="area", how="left")
        .join(named, on="household", how="left")
        .with_columns(
            leads=pl.struct("county", "household").is_last_distinct(),
            event=pl.Series(
                [uuid7(now).hex if old else None for old in cards["replaces"]], dtype=pl.String
            ),
        )
    )


def _refuse_known(place: Place, read: RunFolder) -> None:
    """Refuse a run that has a code which the ledger has already, on a card or a spare."""
    stage(_SPARES, read.spares.select("code"))
    ((count, first),) = run_sql(f"""
        SELECT COUNT(*), MIN(code) FROM (SELECT code FROM {_STAGE} UNION ALL SELECT code FROM {_SPARES}) s
        WHERE EXISTS (SELECT 1 FROM ledger_card c WHERE c.code = s.code)
        OR EXISTS (SELECT 1 FROM ledger_spare c WHERE c.code = s.code)
        """)
    drop(_SPARES)
    if count:
        raise Refused(problem("E663", place, count=count, card=first))


def _insert_households() -> None:
    """New households, and of known ones where they live and what they are called now."""
    run_sql(f"""
        INSERT INTO ledger_household (county, number, area_id, name_bo, name_zh, "group", pile)
        SELECT county, household, home, name_bo, name_zh, grp, pile FROM {_STAGE} WHERE leads
        ON CONFLICT (county, number) DO UPDATE SET
          area_id = excluded.area_id, "group" = excluded."group", pile = excluded.pile,
          name_bo = CASE WHEN excluded.name_bo || excluded.name_zh = '' THEN ledger_household.name_bo
                    ELSE excluded.name_bo END,
          name_zh = CASE WHEN excluded.name_bo || excluded.name_zh = '' THEN ledger_household.name_zh
                    ELSE excluded.name_zh END
        """)


def _insert_cards(run: Run) -> None:
    run_sql(
        f"""
        INSERT INTO ledger_card (code, pack_id, area_id, edition, status, conflict, evidence, detail,
          household_id, pile, copy, validity, replaced_by, collected)
        SELECT s.code, s.pack, s.home, %s, %s, %s, '', '', h.id, s.pile, s.copy, 'valid', '', %s
        FROM {_STAGE} s JOIN ledger_household h ON h.county = s.county AND h.number = s.household
        """,
        run.edition,
        WAITING,
        False,
        False,
    )


def _insert_spares(run: Run, read: RunFolder, packs: dict[str, Pack]) -> None:
    Spare.objects.bulk_create(
        (
            Spare(
                code=code,
                pack=packs[area],
                area_id=packs[area].area_id,
                edition=run.edition,
                batch=batch,
                number=number,
            )
            for code, area, batch, number in read.spares.select(
                "code", "area", "batch", "number"
            ).iter_rows()
        ),
        batch_size=_CHUNK,
    )


def _count(run: Run, packs: dict[str, Pack]) -> None:
    """The first counts: everything waits."""
    counts = Counts()
    for pack in packs.values():
        place = (pack.pk, pack.area_id)
        counts.shift(Count, (*place, False, WAITING, "valid", "", run.edition), pack.cards)
        counts.shift(Count, (*place, True, BLANK, "", "", run.edition), pack.spares)
    counts.write()


def _printed(user: User, packs: dict[str, Pack], now: datetime) -> None:
    events = []
    for _village, pack in sorted(packs.items()):
        for goods, count in (("cards", pack.cards), ("spares", pack.spares)):
            if count:
                event = _own("printed", pack, user, now)
                event.goods, event.hop, event.count = goods, "press", count
                events.append(event)
    append(events, Pieces({}, {}, {}, {}, {}))


def _own(kind: str, pack: Pack, user: User, now: datetime) -> Event:
    """An event that the program itself knows from a manifest."""
    return Event(
        id=uuid7(now),
        kind=kind,
        evidence="manifest",
        pack=pack,
        device_time=now,
        happened=now,
        server_time=now,
        user=user if user.pk else None,
    )


def _nameless(run: Run, place: Place) -> list[Problem]:
    count = Household.objects.filter(card__pack__run=run, name_bo="", name_zh="").distinct().count()
    return [problem("W666", place, count=count)] if count else []
