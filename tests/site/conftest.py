"""The site that tests look at, built once."""

from __future__ import annotations

import pytest
from sites import Built, build_site


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build_site(tmp_path_factory.mktemp("site"))
