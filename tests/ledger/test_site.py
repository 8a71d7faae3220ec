"""The site as a browser meets it: locked by default, in the person's own area, with headers that
browsers heed.
"""

from __future__ import annotations

import io
import json
import logging
import sys

from databases import PostgreSQL, SQLite
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory

from policycards.ledger import models
from policycards.ledger.logs import Line

Ledger = SQLite | PostgreSQL


def browser(user: models.User | None = None) -> Client:
    client = Client(HTTP_X_FORWARDED_PROTO="https")
    if user:
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def test_the_deployment_check_of_django_finds_nothing() -> None:
    reported = io.StringIO()
    call_command("check", deploy=True, fail_level="WARNING", stdout=reported, stderr=reported)
    assert reported.getvalue() == "System check identified no issues (1 silenced).\n"


def test_the_migrations_are_those_of_the_models(ledger: Ledger) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_health_page_says_whether_the_ledger_is_well_and_nothing_else(ledger: Ledger) -> None:
    answer = browser().get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    with connection.cursor() as cursor:
        name = "no_change ON ledger_event" if ledger.vendor == "postgresql" else "no_update"
        cursor.execute(f"DROP TRIGGER ledger_event_{name}")
    answer = browser().get("/health/")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})


def test_pages_are_served_with_headers_that_protect_them(ledger: Ledger) -> None:
    headers = browser().get("/health/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "object-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    plain = Client().get("/packs/")
    assert (plain.status_code, plain.headers["Location"]) == (301, "https://testserver/packs/")


def test_a_line_of_the_log_is_json_and_has_nothing_that_somebody_sent() -> None:
    try:
        raise ValueError("扎西 549901101201")
    except ValueError:
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 1, "Error: %s", ("/cards/X/",), sys.exc_info()
        )
    record.request = RequestFactory().get("/cards/7F3K9Q2M8ZT1/?name=扎西")
    record.status_code = 500
    line = json.loads(Line().format(record))
    assert (line["level"], line["method"], line["route"], line["status"]) == (
        "ERROR",
        "GET",
        "",
        500,
    )
    assert line["error"] == "ValueError"
    assert line["where"][-1].endswith(
        "test_a_line_of_the_log_is_json_and_has_nothing_that_somebody_sent"
    )
    for secret in ("扎西", "7F3K", "5499"):
        assert secret not in Line().format(record)
