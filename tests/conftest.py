"""What all tests share: fixed random input, the fonts that are shipped, and the settings of the
ledger's Django.
"""

from __future__ import annotations

import os
from pathlib import Path

import django
import pytest
from django.conf import settings as django_settings
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

# Also for the examples in the ledger's docstrings; its tests bring databases of their own.
os.environ["DJANGO_SETTINGS_MODULE"] = "policycards.ledger.settings"
os.environ["DATABASE_URL"] = "sqlite://:memory:"
os.environ["POLICYCARDS_SECRET_KEY"] = (
    "only for tests, nothing is secret here: 0123456789abcdefghijklmnop"
)
os.environ["POLICYCARDS_HOSTS"] = "testserver,localhost,pc.lan"
django.setup()
# Argon2 takes a fifth of a second for each password; that the ledger uses it is tested by name.
django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
pytest_plugins = ("ledgers",)


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def font_folder() -> Path:
    """The shipped fonts."""
    return ROOT / "fonts"
