"""The ledger's Django is set up once, also for the examples in its docstrings; its tests bring their own databases."""

from __future__ import annotations

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "policycards.ledger.settings"
os.environ["DATABASE_URL"] = "sqlite://:memory:"
os.environ["POLICYCARDS_SECRET_KEY"] = "only for tests, nothing is secret here: 0123456789abcdefghijklmnop"
os.environ["POLICYCARDS_HOSTS"] = "testserver,localhost"

import django  # noqa: E402 - it reads the settings

django.setup()
