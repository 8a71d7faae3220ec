"""The command line: the only place that prints, asks and exits."""

from __future__ import annotations

import os
import sys

from policycards.cli import messages

__all__ = ["main"]


def main() -> None:
    """Run ``policycards``; exit 0 done, 1 problems found, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a GBK console must not stop the work
    language = messages.chosen_language(sys.argv[1:], os.environ)
    if language == "bo" and not messages.can_print("བོད"):
        language = "zh"
        print("此窗口不能显示藏文，改用中文。", file=sys.stderr)
    messages.use(language)
    from policycards.cli.app import app  # its help texts are in the language chosen above

    try:
        app(["--lang", language, *messages.without_language(sys.argv[1:])], prog_name="policycards")
    except OSError as error:  # a full disk, a file that a viewer holds open, a folder that may not be written
        from policycards.cli import report

        report.unusable(error)
