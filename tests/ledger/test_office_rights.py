"""Every page, for each role, in its own area and by guessing what lies in a foreign one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from browsers import browser
from counties import person
from databases import PostgreSQL, SQLite
from django.urls import reverse
from test_rights import AREAS, HERE, Scene

from policycards.ledger.models import Event, LogEntry, User
from policycards.ledger.permissions import PERMISSIONS
from policycards.ledger.urls import OFFICES

Ledger = SQLite | PostgreSQL


@dataclass(frozen=True)
class Visit:
    """A request to a page: the verb that opens it, what is in its address, what a form would send.

    ``changes`` is the verb that the form needs besides. A page without a place of its own lists the
    own area.
    """

    verb: str = "ledger.see"
    of: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, object] | None = None
    changes: str = ""


def visits() -> dict[str, list[Visit]]:
    """For each page its visits; in forms ``{card}`` and the like stand for things in the village of
    these tests.
    """
    area = {"area": HERE}
    return {
        "home": [Visit(query=area)],
        "stock": [Visit(query=area)],
        "find": [
            Visit("household.see", query=area),
            Visit("household.see", form={"q": "1", "within": HERE}),
        ],
        "cards": [
            Visit("household.see", query=area),
            Visit("list.export", query={**area, "format": "xlsx"}),
            Visit("list.export", query={**area, "format": "csv"}),
        ],
        "card": [
            Visit("household.see", of="card"),
            Visit("household.see", of="spare"),
            Visit("household.see", of="card", form={"kind": "absent"}, changes="card.record"),
            Visit("household.see", of="card", form={"kind": "voided"}, changes="card.void"),
        ],
        "spares": [Visit("household.see", query=area)],
        "household": [Visit("household.see", of="household")],
        "new-household": [
            Visit("household.add", form={"area": HERE, "number": "H-new"}, changes="household.add")
        ],
        "open-call": [
            Visit(
                "call.open",
                of="household",
                form={"policy": "p", "kind": "less", "due": "2026-04-01"},
                changes="call.open",
            )
        ],
        "calls": [
            Visit("household.see", query=area),
            Visit("list.export", query={**area, "format": "csv"}),
        ],
        "call": [
            Visit("household.see", of="call"),
            Visit("household.see", of="call", form={"answer": "paid"}, changes="call.answer"),
            Visit(
                "household.see",
                of="call",
                form={"owner": "", "due": "2026-05-01"},
                changes="call.open",
            ),
        ],
        "packs": [Visit(query=area)],
        "pack": [
            Visit("household.see", of="pack"),
            Visit("household.see", of="pack", form={"close": "1"}, changes="pack.close"),
            Visit(
                "household.see",
                of="pack",
                form={"goods": "cards", "hop": "village", "kind": "received", "count": "2"},
                changes="pack.record",
            ),
        ],
        "register": [
            Visit("card.bulk", of="pack"),
            Visit(
                "card.bulk",
                of="pack",
                form={"entry": "1 absent", "day": "2026-02-01", "save": "1"},
                changes="card.bulk",
            ),
        ],
        "register-list": [Visit("card.bulk", of="pack")],
        "run": [Visit(of="run")],
        "next": [
            Visit("household.see", query=area),
            Visit("list.export", query={**area, "format": "xlsx"}),
        ],
        "report": [
            Visit("report.export", query=area),
            Visit("report.export", query={**area, "format": "xlsx"}),
        ],
        "corrections": [Visit("correction.export", query=area)],
        "reissues": [Visit("reissue.export", query=area)],
        "log": [Visit("log.see", query=area)],
        "scan": [Visit("card.record")],
        "runs": [Visit("run.load")],
        "stale": [Visit("stale.load", query=area, form={})],
        "people": [Visit("people.see")],
        "users": [
            Visit(
                "user.add",
                form={"username": "new", "role": "viewer", "area": HERE},
                changes="user.add",
            )
        ],
        "user": [
            Visit("user.change", form={"username": "clerk", "active": "off"}, changes="user.change")
        ],
        "reset": [Visit("user.reset", form={"username": "clerk"}, changes="user.reset")],
        "slips": [Visit("slip.make", form={"area": [HERE]}, changes="slip.make")],
        "device": [Visit("device.revoke", of="device", form={}, changes="device.revoke")],
        "areas": [Visit("area.load")],
        "assign": [
            Visit(
                "area.assign",
                form={"household": "{household}", "area": HERE},
                changes="area.assign",
            )
        ],
    }


OPEN = {"login", "logout", "password", "second", "language"}
"""Pages of the person itself, tested where signing in is."""
NO_PLACE = {
    "scan",
    "runs",
    "people",
    "areas",
    "users",
    "user",
    "reset",
    "slips",
    "assign",
    "new-household",
}
"""Pages whose address names nothing: from a foreign area they are the person's own, or refuse the
form.
"""


def test_every_page_is_visited() -> None:
    assert {str(route.name) for route in OFFICES} == set(visits()) | OPEN


@pytest.mark.parametrize("name", visits())
def test_a_page_opens_for_whom_it_may_and_for_nobody_from_elsewhere(
    ledger: Ledger, tmp_path: Path, name: str
) -> None:
    scene = Scene(tmp_path)
    for visit in visits()[name]:
        anonymous = answer(None, scene, name, visit)
        assert (anonymous.status_code, anonymous.headers["Location"].partition("?")[0]) == (
            302,
            "/login/",
        )
        for role, (own, foreign) in AREAS.items():
            for place in (own, foreign):
                before = Event.objects.count(), LogEntry.objects.count()
                user = person(role, place, f"{role} {place} {visits()[name].index(visit)}")
                status = answer(user, scene, name, visit).status_code
                if is_open(name, visit, role, is_own=place == own):
                    assert status in (200, 302, 422), (visit, role, place)
                else:
                    assert status in (403, 404), (visit, role, place)
                    assert (Event.objects.count(), LogEntry.objects.count()) == before


def is_open(name: str, visit: Visit, role: str, *, is_own: bool) -> bool:
    """Whether a page opens, and takes the form, for a role in its own or a foreign area."""
    if name == "run" and role != "region":
        return False  # the run has villages of both counties
    has_right = role in PERMISSIONS[visit.verb] and (
        not visit.changes or role in PERMISSIONS[visit.changes]
    )
    return has_right and (is_own or (name in NO_PLACE and not visit.changes))


def answer(user: User | None, scene: Scene, name: str, visit: Visit):  # type: ignore[no-untyped-def]  # Django's client has no public name for it
    known = {
        "card": scene.card,
        "spare": scene.spare,
        "household": scene.household,
        "call": scene.call,
        "pack": scene.pack,
        "run": scene.run,
        "device": scene.device,
    }
    path = reverse(name, args=[known[visit.of]] if visit.of else [])
    client = browser(user)
    if visit.form is None:
        return client.get(path, visit.query)
    form = {
        key: str(value).format(**known) if isinstance(value, str) else value
        for key, value in visit.form.items()
    }
    return client.post(
        f"{path}?{'&'.join(f'{key}={value}' for key, value in visit.query.items())}", form
    )


SECRETS = ("扎西", "བཀྲ་ཤིས", "H-001201", "author", "clerk")
"""What no page may show to somebody who sees numbers only: names, households, users; codes besides."""


def test_a_viewer_sees_numbers_only_on_every_page_that_opens(
    ledger: Ledger, tmp_path: Path
) -> None:
    scene = Scene(tmp_path)
    opened = set()
    viewer = person("viewer", HERE[:6], "an onlooker")
    for name, some in visits().items():
        for visit in some:
            status = answer(viewer, scene, name, visit)
            if status.status_code == 200:
                opened.add(name)
                text = status.content.decode("utf-8", "replace")
                found = [each for each in (*SECRETS, scene.card, scene.spare) if each in text]
                assert not found, (name, visit)
    assert opened == {"home", "stock", "packs", "report"}
