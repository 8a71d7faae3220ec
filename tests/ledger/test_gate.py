"""One gate for every address: nothing opens before a person has wholly signed in."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
from browsers import browser
from counties import EAST, load_counties, person
from databases import PostgreSQL, SQLite
from django.contrib.sessions.models import Session
from django.test import override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from policycards.ledger.actions.people_changes import reset_user, set_password
from policycards.ledger.models import Device, LogEntry, User
from policycards.ledger.office.authentication import PUBLIC
from policycards.ledger.permissions import OPERATOR, Refused

Ledger = SQLite | PostgreSQL
SECRET = "ten yaks cross a river"
SAMPLES = {
    "<int:number>": "1",
    "<uuid:number>": "0190a8a0-0000-7000-8000-000000000000",
    "<uuid:device>": "0190a8a0-0000-7000-8000-000000000000",
    "<str:number>": "run",
    "<str:code>": "7F3K9Q2M8ZT1",
}


def addresses(
    resolver: URLResolver, before: str = "/", space: str = ""
) -> Iterator[tuple[str, str]]:
    """Every address of the site with the name of its view, whatever application it is of."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern).lstrip("^").rstrip("$")
        if isinstance(each, URLPattern):
            for sign, value in SAMPLES.items():
                route = route.replace(sign, value)
            yield route, f"{space}{each.name}"
        else:
            yield from addresses(each, route, f"{each.namespace}:" if each.namespace else space)


def everything() -> list[tuple[str, str]]:
    return list(addresses(get_resolver()))


def opened(client, path: str, method: str) -> bool:  # type: ignore[no-untyped-def]  # Django's client has no public name
    """Whether anything but the gate answered."""
    answer = getattr(client, method)(path)
    if path.startswith("/api/"):
        return answer.status_code not in (401, 404, 405)
    return answer.status_code != 302 or answer.headers["Location"].partition("?")[0] not in (
        "/login/",
        "/password/",
        "/second/",
    )


def test_nothing_opens_to_nobody_but_what_is_named(ledger: Ledger) -> None:
    assert len(everything()) > 45
    for path, name in everything():
        if name not in PUBLIC:
            assert not opened(browser(), path, "get"), name
            assert not opened(browser(), path, "post"), name
    assert browser().get("/admin/login/").status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_first_password_opens_nothing_but_its_own_change(ledger: Ledger, method: str) -> None:
    load_counties()
    user = person("county", EAST, "clerk")
    User.objects.update(must_change=True)
    for path, name in everything():
        if name not in PUBLIC | {"password", "logout"}:
            assert not opened(browser(user), path, method), name


def test_a_session_without_the_factor_that_its_person_has_is_ended(ledger: Ledger) -> None:
    load_counties()
    user = person("county", EAST, "clerk")
    TOTPDevice.objects.create(user=user, confirmed=True)
    client = browser(user)  # a session that came to be without the number, however it did
    assert client.get("/api/devices").status_code == 401
    answer = client.get("/cards/?area=99")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/login/?next=/cards/%3Farea%3D99",
    )
    assert Session.objects.count() == 0
    assert client.get("/login/").status_code == 200


@override_settings(SECOND_FACTOR_FROM="county")
def test_a_factor_may_be_asked_of_the_county_and_all_above_it(ledger: Ledger) -> None:
    load_counties()
    people = [person(role, EAST, role) for role in ("region", "county", "township", "viewer")]
    found = [browser(each).get("/") for each in people]
    assert [(each.status_code, each.headers.get("Location")) for each in found] == [
        (302, "/second/"),
        (302, "/second/"),
        (200, None),
        (200, None),
    ]
    client = browser(people[1])
    assert client.get("/second/").status_code == 200
    device = TOTPDevice.objects.get()
    number = f"{totp(device.bin_key, t0=device.t0):06}"
    assert client.post("/second/", {"token": number}).headers["Location"] == "/"
    assert client.get("/").status_code == 200  # this session has shown it
    TOTPDevice.objects.update(last_t=-1)
    answer = client.post("/second/", {"token": number})
    assert answer.status_code == 403  # and may not end it
    assert TOTPDevice.objects.filter(confirmed=True).count() == 1


def test_a_reset_lets_a_person_in_by_a_new_first_password_alone(ledger: Ledger) -> None:
    load_counties()
    user = person("township", EAST + "001", "clerk")
    set_password(user, SECRET, now=user.joined)
    TOTPDevice.objects.create(user=user, confirmed=True)
    old = browser(user)
    for _time in range(8):
        browser().post("/login/", {"username": "clerk", "password": "wrong"})
    above, beside = person("county", EAST, "above"), person("township", EAST + "001", "beside")
    with pytest.raises(Refused, match="E640"):
        reset_user(beside, "clerk", now=user.joined)
    answer = browser(above).post("/people/reset/", {"username": "clerk", "factor": "1"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="passwords.xlsx"'
    password = reset_user(OPERATOR, "clerk", now=user.joined)
    assert old.get("/").status_code == 302
    client = browser()
    answer = client.post("/login/", {"username": "clerk", "password": password})
    assert answer.status_code == 302
    assert client.get("/").headers["Location"] == "/password/"
    assert not TOTPDevice.objects.exists()
    assert LogEntry.objects.filter(verb="user.reset").count() == 2


def test_the_reset_of_a_village_team_revokes_its_phones(ledger: Ledger) -> None:
    load_counties()
    team = person("team", EAST + "001201", "team")
    device = Device.objects.create(
        id="0190a8a0-0000-7000-8000-000000000000",
        user=team,
        area=team.area,
        joined=team.joined,
        seen=team.joined,
    )
    assert reset_user(OPERATOR, "team", now=team.joined) == ""
    device.refresh_from_db()
    assert device.revoked == team.joined


def test_passwords_are_kept_by_argon2() -> None:
    """The tests use a faster hasher."""
    kept = importlib.import_module("policycards.ledger.settings").PASSWORD_HASHERS
    assert kept == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
