"""Cards that tell every household, in Tibetan and Chinese, which subsidies it can have.

From Python: read a catalogue, and learn what is wrong with it.

>>> from pathlib import Path
>>> import policycards
>>> catalogue, problems = policycards.read_catalogue(Path("no-such-folder"))
>>> print(problems[1])
no-such-folder: error E114: the file catalogue.yaml is missing here; without it no card can be made
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from policycards.catalogue import Catalogue, check, read_catalogue

__all__ = ["Catalogue", "check", "read_catalogue"]


def __getattr__(name: str) -> Any:
    # Only when asked for: reading a catalogue needs libraries that ``policycards --help`` must not
    # wait for.
    if name in __all__:
        from policycards import catalogue

        return getattr(catalogue, name)
    raise AttributeError(f"module 'policycards' has no attribute {name!r}")
