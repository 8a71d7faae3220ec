"""Nobody sees or changes anything beyond the own area: each role, own and foreign, for each
action.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from counties import (
    EAST,
    NOW,
    VILLAGES,
    area,
    areas,
    contacts,
    county,
    later,
    person,
    print_run,
    reported,
)
from databases import PostgreSQL, SQLite
from django.contrib.auth.models import AnonymousUser
from django.db import transaction

from policycards.ledger import permissions
from policycards.ledger.actions.area_changes import assign_households, load_areas
from policycards.ledger.actions.closing import close_pack, close_run, draw_sample, record_check
from policycards.ledger.actions.exporting import export_corrections, export_reissues
from policycards.ledger.actions.households import (
    add_household,
    answer_call,
    hand_over,
    load_stale,
    open_call,
)
from policycards.ledger.actions.loading import load_run
from policycards.ledger.actions.people_changes import (
    NewUser,
    add_users,
    change_user,
    make_slips,
    revoke,
)
from policycards.ledger.actions.recording import record
from policycards.ledger.models import (
    Area,
    Call,
    Card,
    Contact,
    Count,
    DayCount,
    Device,
    Event,
    Household,
    LogEntry,
    Pack,
    Refusal,
    Run,
    Sample,
    Slip,
    Spare,
    Stale,
    Stock,
    User,
)
from policycards.ledger.permissions import OPERATOR, PERMISSIONS, RANKS, Refused, has_permission

Ledger = SQLite | PostgreSQL
HERE = VILLAGES[0]
AREAS = {
    "region": ("99", "98"),
    "county": (HERE[:6], VILLAGES[3][:6]),
    "township": (HERE[:9], VILLAGES[2][:9]),
    "team": (HERE, VILLAGES[1]),
    "viewer": (HERE[:6], VILLAGES[3][:6]),
}
"""For each role, the area around the village of these tests, and a foreign one."""


@pytest.mark.parametrize("verb", PERMISSIONS)
def test_a_right_holds_in_the_own_area_and_ends_at_its_border(verb: str) -> None:
    for role, (own, foreign) in AREAS.items():
        has = role in PERMISSIONS[verb]
        assert has_permission(User(role=role, area=own), verb, HERE) == has
        assert has_permission(User(role=role, area=own), verb, own) == has
        assert not has_permission(User(role=role, area=foreign), verb, HERE)
        assert not has_permission(
            User(role=role, area=HERE), verb, HERE[:9]
        )  # what is above the own area is foreign too
        assert not has_permission(User(role=role, area=own, is_active=False), verb, HERE)
        assert not has_permission(User(role=role, area=""), verb, HERE)
    assert has_permission(OPERATOR, verb, HERE)
    assert not has_permission(AnonymousUser(), verb, HERE)


def test_nobody_gives_a_role_higher_than_the_own() -> None:
    order = list(RANKS)
    for giver, given in RANKS.items():
        if giver != "operator":
            assert not set(given) & set(order[: order.index(giver) + 1])


def record_one(kind: str, **more: object) -> Callable[[User, Scene], object]:
    def act(user: User, scene: Scene) -> object:
        code = {"spare": scene.spare, "pack": ""}.get(str(more.get("on")), scene.card)
        facts = {name: value for name, value in more.items() if name != "on"}
        pack = scene.pack if more.get("on") == "pack" else 0
        household = scene.number if kind == "bound" else ""
        one = reported(kind, code, pack=pack, household=household, **facts)
        (outcome,) = record(user, [one], now=later())
        if outcome.problem:
            raise Refused(outcome.problem)
        return outcome

    return act


class Scene:
    """A village in which everything there is has an example."""

    def __init__(self, folder: Path) -> None:
        printed = county(folder, households=2, spares=2)
        self.card, self.spare, self.number = printed.code(), printed.spare(), f"H-{HERE[-6:]}-0001"
        self.pack = Pack.objects.get(village=HERE).pk
        self.run = Run.objects.get().pk
        self.household = Household.objects.get(area=HERE, number=self.number).pk
        self.next = print_run(folder, edition="2026b", villages=[HERE])
        author = person("county", EAST, "author")
        record(author, [reported("delivered", self.card, detail="self")], now=later())
        record(author, [reported("delivered", printed.code(0, 2), detail="self")], now=later())
        call = open_call(
            author, self.household, policy="p", kind="unpaid", due=date(2026, 4, 1), now=later()
        )
        self.call = call.pk
        self.closed = Pack.objects.get(village=VILLAGES[1]).pk
        close_pack(OPERATOR, self.closed, now=later())
        self.sampled = printed.code(0, 2)
        Sample.objects.create(card_id=self.sampled, area_id=HERE, recorded="delivered", drawn=NOW)
        self.folder = folder
        self.device = uuid4()
        Device.objects.create(
            id=self.device, user=person("team", HERE, "phone"), area=HERE, joined=NOW, seen=NOW
        )
        self.clerk = person("township", HERE[:9], "clerk").username


ACTIONS: dict[str, tuple[str, Callable[[User, Scene], object]]] = {
    "delivered": ("card.record", record_one("delivered", detail="self")),
    "absent": ("card.record", record_one("absent")),
    "register": ("card.bulk", record_one("absent", evidence="register")),
    "spoilt": ("card.bulk", record_one("spoilt")),
    "voided": ("card.void", record_one("voided")),
    "bound": ("spare.bind", record_one("bound", on="spare", detail="lost")),
    "confirmed": ("spare.confirm", record_one("confirmed", on="spare")),
    "received": (
        "pack.record",
        record_one("received", on="pack", goods="leaflets", hop="village", count=3),
    ),
    "load run": ("run.load", lambda user, scene: load_run(user, scene.next.folder, now=later())),
    "close run": ("run.close", lambda user, scene: close_run(user, scene.run, now=later())),
    "close pack": ("pack.close", lambda user, scene: close_pack(user, scene.pack, now=later())),
    "open call": (
        "call.open",
        lambda user, scene: open_call(
            user, scene.household, policy="p", kind="less", due=date(2026, 4, 1), now=later()
        ),
    ),
    "answer call": (
        "call.answer",
        lambda user, scene: answer_call(user, scene.call, "paid in May", now=later()),
    ),
    "hand call over": (
        "call.open",
        lambda user, scene: hand_over(
            user, scene.call, User.objects.get(username="clerk"), now=later()
        ),
    ),
    "assign": (
        "area.assign",
        lambda user, scene: assign_households(user, [scene.household], HERE, now=later()),
    ),
    "slips": ("slip.make", lambda user, scene: make_slips(user, [HERE], now=later())),
    "revoke": ("device.revoke", lambda user, scene: revoke(user, scene.device, now=later())),
    "add household": (
        "household.add",
        lambda user, scene: add_household(user, HERE, "H-new", now=later()),
    ),
    "load stale": (
        "stale.load",
        lambda user, scene: load_stale(user, HERE, {scene.card: "amount"}, now=later()),
    ),
    "export corrections": (
        "correction.export",
        lambda user, scene: export_corrections(
            user, HERE, scene.folder / "c.xlsx", str, now=later()
        ),
    ),
    "export reissues": (
        "reissue.export",
        lambda user, scene: export_reissues(user, HERE, scene.folder / "r.csv", now=later()),
    ),
    "draw sample": ("check.draw", lambda user, scene: draw_sample(user, scene.closed, now=later())),
    "record check": (
        "check.record",
        lambda user, scene: record_check(user, scene.sampled, "has", now=later()),
    ),
    "add user": (
        "user.add",
        lambda user, scene: add_users(
            user, [NewUser("new", "viewer", HERE, "long enough, really")], now=later()
        ),
    ),
    "change user": (
        "user.change",
        lambda user, scene: change_user(user, "clerk", now=later(), is_active=False),
    ),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_each_role_does_what_it_may_in_its_own_area_and_nothing_in_a_foreign_one(
    ledger: Ledger, tmp_path: Path, name: str
) -> None:
    verb, act = ACTIONS[name]
    scene = Scene(tmp_path)
    before = LogEntry.objects.count(), Event.objects.count(), Area.objects.count()
    for role, (own, foreign) in AREAS.items():
        for place in (own, foreign):
            user = person(role, place, f"{role} {place}")
            needs_whole_run = (
                name == "close run" and role != "region"
            )  # the run has villages of both counties
            allowed = role in PERMISSIONS[verb] and place == own and not needs_whole_run
            try:
                with transaction.atomic():
                    act(user, scene)
                    happened = True
                    assert LogEntry.objects.count() > before[0]
                    transaction.set_rollback(True)
            except Refused as refused:
                happened = False
                assert refused.problems[0].code in ("E640", "E675"), (role, place)
            assert happened == allowed, (role, place)
    assert (LogEntry.objects.count(), Event.objects.count(), Area.objects.count()) == before


def test_an_office_loads_only_its_own_areas(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    user = person("county", EAST)
    renamed = areas(area(VILLAGES[3], valid_to=None))
    foreign = renamed[VILLAGES[3]]
    load_areas(
        user,
        {**renamed, VILLAGES[3]: area(VILLAGES[3], successors=("x",))},
        contacts(),
        now=later(),
    )
    assert Area.objects.get(code=VILLAGES[3]).successors == " ".join(foreign.successors)


TABLES = (Area, Contact, User, Device, Slip, Run, Pack, Household, Card, Spare, Event, Refusal)
COUNTS = (Count, DayCount, Stock, Call, Sample, Stale, LogEntry)


def test_nobody_sees_a_row_of_a_foreign_area(ledger: Ledger, tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    make_slips(OPERATOR, list(VILLAGES), now=NOW)
    stranger = person("team", VILLAGES[3])
    record(stranger, [reported("delivered", scene.card, detail="self")], now=later())
    close_pack(OPERATOR, scene.pack, now=later())
    record_check(OPERATOR, scene.sampled, "has", now=later())
    load_stale(OPERATOR, "99", {scene.card: "amount"}, now=later())
    for role, (own, foreign) in AREAS.items():
        for place in (own, foreign):
            user = person(role, place, f"{role} {place}")
            for table in (*TABLES, *COUNTS):
                seen = table.objects.within(user)
                assert all(_place(row).startswith(place) for row in seen), table
                beyond = {_place(row) for row in table.objects.all()} - {
                    _place(row) for row in seen
                }
                assert not any(code.startswith(place) for code in beyond), table
    for nobody in (
        AnonymousUser(),
        User(role="county", area=EAST, is_active=False),
        User(role="region", area=""),
    ):
        assert not any(table.objects.within(nobody).exists() for table in (*TABLES, *COUNTS))
    assert all(table.objects.within(OPERATOR).exists() for table in (*TABLES, *COUNTS))


def _place(row: object) -> str:
    if isinstance(row, Area):
        return row.code
    if isinstance(row, Event | Stock):
        return row.pack.area_id
    return str(getattr(row, "area_id", None) or row.area)  # type: ignore[attr-defined]


def test_a_bounded_office_does_not_act_where_its_area_only_begins_alike() -> None:
    assert not has_permission(User(role="county", area="990101"), "run.load", "99010")
    assert permissions.OPERATOR.pk is None


def test_who_is_refused_is_written_down_without_a_name(ledger: Ledger, tmp_path: Path) -> None:
    printed = county(tmp_path)
    stranger = person("team", VILLAGES[3])
    one = reported("delivered", printed.code(), detail="self")
    (outcome,) = record(stranger, [one], now=later())
    assert outcome.problem is not None
    assert str(outcome.problem) == (
        f"ledger: error E640: team-{VILLAGES[3]} may not do this (card.record) there"
    )
    kept = Refusal.objects.get()
    assert (kept.id, kept.problem, kept.code, kept.area) == (
        one.id,
        "E640",
        printed.code(),
        VILLAGES[3],
    )
    assert kept.at - NOW == timedelta(days=1)
