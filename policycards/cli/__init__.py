"""The command line: the only place that prints, asks and exits."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from policycards.cli import messages

__all__ = ["main"]

_COLLECTED_AFTER = 500_000
"""Objects made before garbage is looked for: a card makes 150,000, nearly all of them still in
use.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run ``policycards``; exit 0 done, 1 problems found, 2 wrong use."""
    _start_fast()
    typed = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a GBK console must not stop the work
    language = messages.chosen_language(typed, os.environ)
    if language == "bo" and not messages.can_print("བོད"):
        language = "zh"
        sys.stderr.write("此窗口不能显示藏文，改用中文。\n")
    messages.use(language)
    from policycards.cli import app  # typer is read in only now: a wrong console is named sooner

    sys.exit(app.run(language, messages.without_language(typed) or ["--help"]))


def _start_fast() -> None:
    """Leave out what costs a short command a sixth of its time and gives it nothing."""
    gc.set_threshold(_COLLECTED_AFTER)
    atexit.register(gc.freeze)  # the memory goes back as a whole, not object by object
    # pydantic would look for plugins in every installed package
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
