"""The unit tests of the JavaScript run in Node; Chromium runs it on its pages elsewhere."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("module", sorted(each.name for each in HERE.glob("*.test.mjs")))
def test_the_tests_in_node_pass(module: str) -> None:
    if shutil.which("node") is None:
        pytest.skip("the JavaScript was not tried: there is no Node here (Debian: nodejs)")
    done = subprocess.run(
        ["node", "--test", HERE / module], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
