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
    >>> present_words(["print", "list.xlsx", "--slips", "--only=stale.csv"])
    ['slips', 'list.xlsx', '--reissue-list=stale.csv']
    >>> present_words(["policy", "edit", "longevity-80", "changes.json", "--apply"])
    ['policy', 'edit', 'longevity-80', 'changes.json']
    >>> present_words(["booklet", "--duplex", "two-passes"])
    ['booklet', '--manual-duplex']
    """
    words = list(arguments)
    for old, new in COMMANDS.items():
        if tuple(words[: len(old)]) == old:
            words[: len(old)] = new
    if words[:2] in (["policy", "edit"], ["policy", "new"]):
        words = [each for each in words if each != "--apply"]
    if words[:1] == ["print"] and "--slips" in words:
        words[0] = "slips"
        words.remove("--slips")
    found: list[str] = []
    for word in words:
        name, equals, value = word.partition("=")
        if value == "two-passes":
            found.append("--manual-duplex")
        elif word == "two-passes" and found[-1:] == ["--duplex"]:
            found[-1] = "--manual-duplex"
        else:
            found.append(OPTIONS.get(name, name) + equals + value)
    return found
