"""A browser without a screen: Django's client, signed in as somebody."""

from __future__ import annotations

from django.test import Client

from policycards.ledger.models import User


def browser(user: User | None = None, language: str = "en") -> Client:
    client = Client(headers={"X-Forwarded-Proto": "https", "Accept-Language": language})
    if user:
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client
