"""Words of the command line that have another name now; the old ones work in this version."""

from __future__ import annotations

from collections.abc import Sequence

COMMANDS = {
    ("codes",): ("explain-code",),
    ("standards", "checked"): ("standards", "verify"),
    ("ledger", "set-up"): ("ledger", "init"),
    ("roster", "add"): ("roster", "merge"),
}
OPTIONS = {
    "--on": "--ages-as-of",
    "--only": "--reissue-list",
    "--accept-old-checks": "--allow-unverified",
    "--with": "--proposed",
}


def present_words(arguments: Sequence[str]) -> list[str]:
    """Arguments with the names of today.

    >>> present_words(["codes", "E100"])
    ['explain-code', 'E100']
    >>> present_words(["print", "list.xlsx", "--only=stale.csv"])
    ['print', 'list.xlsx', '--reissue-list=stale.csv']
    """
    words = list(arguments)
    for old, new in COMMANDS.items():
        if tuple(words[: len(old)]) == old:
            words[: len(old)] = new
    named = (word.partition("=") for word in words)
    return [OPTIONS.get(name, name) + equals + value for name, equals, value in named]
