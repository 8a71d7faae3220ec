"""The examples in the docstrings of this room hold."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from policycards import catalogue

MODULES = sorted(module.name for module in pkgutil.iter_modules(catalogue.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"policycards.catalogue.{name}")).failed == 0
