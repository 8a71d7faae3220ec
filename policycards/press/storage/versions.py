"""Versions: everything installed that decides the bytes of a run. Cards of one run are made with
one set of them.
"""

from __future__ import annotations

import hashlib
import platform
import zlib
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

OWN = Path(__file__).resolve().parents[2]
_DECIDING = ("*.py", "*.yaml", "*.svg", "*.csv", "*.icc")


def versions(packages: Iterable[str]) -> dict[str, str]:
    """The versions, on this machine, of packages, Python, zlib and policycards itself with a digest
    of its files.
    """
    own = {"policycards": f"{_version('policycards')}+{OWN_DIGEST}"}
    runtime = {"python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    return {name: _version(name) for name in sorted(packages)} | own | runtime


def differences(one: Mapping[str, str], other: Mapping[str, str]) -> str:
    """What two mappings do not share, for a person.

    >>> differences({"polars": "2.1.0", "zlib": "1.3"}, {"polars": "2.2.0", "zlib": "1.3", "python": "3.12.1"})
    'polars (2.1.0, now 2.2.0), python (none, now 3.12.1)'
    """
    pairs = {
        name: (one.get(name, "none"), other.get(name, "none")) for name in sorted({*one, *other})
    }
    return ", ".join(f"{name} ({a[:40]}, now {b[:40]})" for name, (a, b) in pairs.items() if a != b)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


def _own_digest() -> str:
    """The digest of our own files, in 12 digits, because an office may correct its copy without a
    new version.
    """
    digest = hashlib.sha256()
    for file in sorted(each for pattern in _DECIDING for each in OWN.rglob(pattern)):
        digest.update(
            file.relative_to(OWN).as_posix().encode()
            + b"\0"
            + file.read_bytes().replace(b"\r\n", b"\n")
        )
    return digest.hexdigest()[:12]


OWN_DIGEST = _own_digest()
"""Taken when this process started, as its code was: a worker that has run since before an update is
found out.
"""
