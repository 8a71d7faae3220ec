"""What all tests share: fixed random input, the fonts that are shipped, and the settings of the
ledger's Django.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import django
import pytest
from django.conf import settings as django_settings
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("quick", settings.get_profile("steady"), max_examples=10)
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
collect_ignore = ["press/counted/sitecustomize.py"]  # other processes run it at their start


OUTSIDE = re.compile(
    r"^(?:from|import) (?:command|subprocess|playwright|verapdf|readers|browser|browsers|servers"
    r"|databases|desks|sample_run|sites|village_packs|light|cli_runs)\b",
    re.MULTILINE,
)
"""What a test module imports that starts another program: a process, a browser, a database."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark ``outside`` what ``make quick`` leaves out: tests that start another program."""
    sources: dict[Path, bool] = {}
    for item in items:
        if item.path not in sources:
            sources[item.path] = bool(OUTSIDE.search(item.path.read_text(encoding="utf-8")))
        if sources[item.path] or "ledger" in getattr(item, "fixturenames", ()):
            item.add_marker("outside")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def font_folder() -> Path:
    """The shipped fonts."""
    return ROOT / "fonts"
