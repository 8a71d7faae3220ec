"""The command line: the only place that prints, asks and exits."""

from __future__ import annotations

import atexit
import gc
import os
import sys

from policycards.cli import messages

__all__ = ["main"]

_COLLECTED_AFTER = 500_000
"""Objects made before garbage is looked for: a card makes 150,000, nearly all of them still in
use.
"""


def main() -> None:
    """Run ``policycards``; exit 0 done, 1 problems found, 2 wrong use."""
    _start_fast()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a GBK console must not stop the work
    language = messages.chosen_language(sys.argv[1:], os.environ)
    if language == "bo" and not messages.can_print("བོད"):
        language = "zh"
        print("此窗口不能显示藏文，改用中文。", file=sys.stderr)
    messages.use(language)
    from policycards.cli import report
    from policycards.cli.app import app  # its help texts are in the language chosen above

    arguments = messages.without_language(sys.argv[1:]) or ["--help"]
    try:
        sys.exit(
            app(["--lang", language, *arguments], prog_name="policycards", standalone_mode=False)
        )
    except (
        OSError
    ) as error:  # a full disk, a file that a viewer holds open, a folder that may not be written
        report.unusable(error)
    except report.UsageError as error:
        report.misused(error)


def _start_fast() -> None:
    """Leave out what costs a short command a sixth of its time and gives it nothing."""
    gc.set_threshold(_COLLECTED_AFTER)
    atexit.register(
        gc.freeze
    )  # the memory goes back to the system as a whole, not object by object
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = (
        "__all__"  # pydantic would look for them in every installed package
    )
