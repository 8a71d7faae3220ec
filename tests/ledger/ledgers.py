"""Every test that takes ``ledger`` runs on SQLite and on PostgreSQL, each time in a database of its
own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from databases import PostgreSQL, SQLite, postgresql, programs, use
from django.test.utils import setup_test_environment, teardown_test_environment


@pytest.fixture(scope="session")
def environment() -> Iterator[None]:
    """Django's own set-up for tests, which may be made only once."""
    setup_test_environment()
    yield
    teardown_test_environment()


@pytest.fixture(scope="session")
def sqlite(tmp_path_factory: pytest.TempPathFactory, environment: None) -> SQLite:
    return SQLite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres(environment: None) -> Iterator[PostgreSQL]:
    bin_ = programs()
    assert bin_ is not None, "PostgreSQL is missing: 'make system' installs it"
    with postgresql(bin_) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def databases(request: pytest.FixtureRequest) -> SQLite | PostgreSQL:
    """Each kind in turn; a server is started once, whatever the order of the tests."""
    kind: SQLite | PostgreSQL = request.getfixturevalue(request.param)
    return kind


@pytest.fixture
def ledger(databases: SQLite | PostgreSQL) -> Iterator[SQLite | PostgreSQL]:
    """An empty ledger, migrated."""
    use(databases.fresh())
    yield databases
    databases.clear()
