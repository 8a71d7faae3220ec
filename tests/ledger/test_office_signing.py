"""Signing in: who is let in, who is locked out, in which language."""

from __future__ import annotations

from browsers import browser
from counties import EAST, load_counties, person
from databases import PostgreSQL, SQLite
from django.urls import reverse
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from policycards.ledger.models import LogEntry, User

Ledger = SQLite | PostgreSQL
SECRET = "ten yaks cross a river"


def clerk(must_change: bool = False) -> User:
    load_counties()
    user = person("county", EAST, "clerk")
    user.set_password(SECRET)
    user.must_change = must_change
    user.save()
    return user


def sign_in(client, password: str, name: str = "clerk", **more: str):  # type: ignore[no-untyped-def]  # Django's client has no public name for its answers
    return client.post(reverse("login"), {"username": name, "password": password, **more})


def test_a_person_signs_in_with_a_password_and_out_again(ledger: Ledger) -> None:
    clerk()
    client = browser()
    assert sign_in(client, "wrong").status_code == 200
    answer = sign_in(client, SECRET, next="/packs/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/packs/")
    assert client.get("/").status_code == 200
    assert client.post(reverse("logout")).headers["Location"] == "/login/"
    assert client.get("/").status_code == 302


def test_nobody_is_sent_to_another_site_after_signing_in(ledger: Ledger) -> None:
    clerk()
    assert sign_in(browser(), SECRET, next="https://elsewhere.example/").headers["Location"] == "/"
    answer = browser().post(reverse("language"), {"language": "bo", "next": "//elsewhere.example/"})
    assert answer.headers["Location"] == "/"


def test_eight_wrong_passwords_lock_the_name_and_nobody_else(ledger: Ledger) -> None:
    clerk()
    other = person("county", EAST, "other")
    other.set_password(SECRET)
    other.save()
    client = browser()
    for _time in range(8):
        sign_in(client, "wrong")
    answer = sign_in(client, SECRET)
    assert answer.status_code == 429
    assert "It opens again after 15 minutes." in answer.content.decode()
    assert sign_in(browser(), SECRET).status_code == 429  # from another computer too
    assert sign_in(client, SECRET, "other").status_code == 302


def test_a_first_password_is_changed_before_anything_else_opens(ledger: Ledger) -> None:
    clerk(must_change=True)
    client = browser()
    sign_in(client, SECRET)
    for name in ("home", "cards", "people"):
        assert client.get(reverse(name)).headers["Location"] == "/password/"
    new = "another long password"
    for old, one, two in (
        (SECRET, new, "different"),
        ("wrong", new, new),
        (SECRET, "short", "short"),
    ):
        answer = client.post("/password/", {"old": old, "password": one, "again": two})
        assert answer.status_code == 422
    answer = client.post("/password/", {"old": SECRET, "password": new, "again": new})
    assert answer.headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert LogEntry.objects.filter(verb="user.password").count() == 1
    assert sign_in(browser(), new).status_code == 302


def test_the_screen_speaks_the_language_that_was_chosen_else_that_of_the_browser(
    ledger: Ledger,
) -> None:
    user = clerk()
    for header, language, word in (
        ("bo", "bo", "སྤྱིའི་གནས་ཚུལ།"),
        ("zh-CN", "zh-hans", "总览"),
        ("fr", "zh-hans", "总览"),
    ):
        answer = browser(user, header).get("/")
        assert (answer.headers["Content-Language"], word in answer.content.decode()) == (
            language,
            True,
        )
    client = browser(user, "zh-CN")
    answer = client.post(reverse("language"), {"language": "bo", "next": "/cards/"})
    assert (answer.headers["Location"], answer.cookies["policycards_language"].value) == (
        "/cards/",
        "bo",
    )
    assert client.get("/cards/").headers["Content-Language"] == "bo"
    client.post(reverse("language"), {"language": "xx"})
    assert client.get("/").headers["Content-Language"] == "bo"


def test_pages_allow_no_script_or_style_but_their_own(ledger: Ledger) -> None:
    answer = browser(clerk()).get("/")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    page = answer.content.decode()
    assert "style=" not in page and "<style" not in page and "onclick" not in page


def numbers(user: User, drift: int = 0) -> str:
    """What the phone's program shows."""
    device = TOTPDevice.objects.get(user=user)
    return f"{totp(device.bin_key, t0=device.t0 - drift * device.step):06}"


def test_who_has_a_second_factor_needs_it_and_nobody_else_does(ledger: Ledger) -> None:
    user = clerk()
    client = browser(user)
    assert client.get("/second/").context["key"].replace(" ", "").isalnum()
    assert sign_in(browser(), SECRET).status_code == 302  # shown, not begun
    assert client.post("/second/", {"token": "abc"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert client.post("/second/", {"token": numbers(user)}).status_code == 302
    assert "key" in client.get("/second/").context
    assert sign_in(browser(), SECRET).status_code == 200
    assert sign_in(browser(), SECRET, token=numbers(user)).status_code == 200  # each number once
    TOTPDevice.objects.update(throttling_failure_timestamp=None, throttling_failure_count=0)
    assert sign_in(browser(), SECRET, token=numbers(user, drift=1)).status_code == 302
    TOTPDevice.objects.update(last_t=-1)
    assert client.post("/second/", {"token": numbers(user)}).status_code == 302
    assert sign_in(browser(), SECRET).status_code == 302
    assert LogEntry.objects.filter(verb="user.second").count() == 2
