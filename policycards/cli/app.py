"""The command line as a whole: its words, old words, the language, and what is not understood.

A module of commands is imported only when one of its words is called; this one imports little, so
that ``--help`` comes at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from policycards.cli.messages import LANGUAGES, N_, _, translate_help

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


USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]
"""What every error in the arguments is; typer names only the most special one."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the command line: the module that has its `Commands`, and what it is for."""

    module: str
    help: str


WORDS = {
    "check": Word(
        "catalogue",
        N_("Check a catalogue: every problem of every file, with its place and what to do."),
    ),
    "card": Word(
        "publications", N_("Print the general card: every policy that may concern an area.")
    ),
    "explain": Word(
        "explain", N_("Explain to one household, policy by policy, what it is entitled to and why.")
    ),
    "compare": Word(
        "explain",
        N_(
            "Compare what cards promise for a policy with what a department's list pays: a workbook"
            " and half a page to print."
        ),
    ),
    "preview": Word("publications", N_("Show a PDF as PNG pictures, one a page.")),
    "site": Word(
        "office",
        N_(
            "Build the site that the QR codes open: static pages for any host, or to open from the"
            " folder."
        ),
    ),
    "schema": Word(
        "catalogue",
        N_("Write the JSON Schemas with which an editor completes and checks policy files."),
    ),
    "info": Word(
        "catalogue", N_("Say which versions, fonts and characters this program works with.")
    ),
    "explain-code": Word(
        "catalogue", N_("Explain the problem codes: what each means and what to do.")
    ),
    "init": Word(
        "office",
        N_(
            "Make the folder of a new office: catalogue, areas, contacts, key and its recovery"
            " sheet."
        ),
    ),
    "print": Word(
        "print",
        N_(
            "Print a pack for each village: every household's own card, cover sheet, register, test"
            " page."
        ),
    ),
    "slips": Word(
        "print",
        N_("Print a slip of what changed for each household of a reissue list, and a notice."),
    ),
    "reprint": Word(
        "print",
        N_(
            "Print spoilt cards or sheets of a run again, by the same bytes, and list what is to be"
            " destroyed."
        ),
    ),
    "impact": Word(
        "updates",
        N_(
            "Tell what a change means before printing: households, money, cards, paper; with a"
            " chart and a workbook."
        ),
    ),
    "stale": Word(
        "updates",
        N_(
            "Find the printed cards that are wrong now, and why: a list, counts by village, and"
            " what to print again."
        ),
    ),
    "desk": Word(
        "office",
        N_(
            "Open the desk in the browser: everything by dragging files and pressing buttons, on"
            " this computer alone."
        ),
    ),
    "booklet": Word(
        "publications",
        N_(
            "Print the booklet (A5) of all policies, and the same on A4 sheets to be folded and"
            " stapled."
        ),
    ),
    "poster": Word(
        "publications",
        N_("Print the poster (A3) of the standards raised this year, and the same over A4 sheets."),
    ),
    "leaflet": Word(
        "publications", N_("Print the leaflet of a topic: one A4 sheet, folded in three.")
    ),
    "roster": Word(
        "roster",
        N_("Rosters: check a list, make an empty one, add a department's list, make one up."),
    ),
    "standards": Word(
        "standards",
        N_("Standards: what holds, what held, and new values, one by one or from a workbook."),
    ),
    "policy": Word(
        "policy",
        N_("Policies: change their texts where they stand, and make a new policy from a form."),
    ),
    "edition": Word(
        "edition", N_("Editions: freeze the catalogue for printing, list editions, compare two.")
    ),
    "review": Word("review", N_("Reviews: have every text read by someone who knows Tibetan.")),
    "ledger": Word(
        "ledger", N_("The ledger: account for every card from the press to the household's hand.")
    ),
}


class LazyGroup(TyperGroup):
    """The words of ``policycards``; a module is imported when its word is called."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return list(WORDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        word = WORDS.get(cmd_name)
        if word is None:
            return None
        commands = import_module(f"policycards.cli.{word.module}").commands
        found = typer.main.get_group(commands)
        if only := found.commands.get(cmd_name):
            return only
        found.name, found.help = cmd_name, _(word.help)
        return found

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        rows = [(name, _(word.help)) for name, word in WORDS.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


app = typer.Typer(
    name="policycards",
    cls=LazyGroup,
    help=N_(
        "Print cards that tell every household, in Tibetan and Chinese, which subsidies it is"
        " entitled to."
    ),
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def everywhere(
    lang: Annotated[
        str,
        typer.Option(
            "--lang",
            metavar="LANG",
            help=N_("Language of messages: zh, bo or en."),
            envvar="POLICYCARDS_LANG",
        ),
    ] = "zh",
) -> None:
    """The language was read before anything else; here it is only checked."""
    if lang[:2] not in LANGUAGES:
        raise typer.BadParameter(_("the languages are zh, bo and en"), param_hint="--lang")


def run(language: str, arguments: Sequence[str]) -> int:
    """Run a command: its exit code."""
    group = typer.main.get_group(app)
    translate_help(group)
    words = ["--lang", language, *present_words(arguments)]
    try:
        code = group.main(words, prog_name="policycards", standalone_mode=False)
    except USAGE_ERROR as error:
        return _misused(error)
    return code if isinstance(code, int) else 0


def _misused(error: Exception) -> int:
    """Tell in the chosen language what is wrong with the arguments: 2."""
    from policycards.cli import output  # reads every code of a problem, which --help need not
    from policycards.core.problems import Place, problem

    context = getattr(error, "ctx", None)
    command = context.command_path if context else "policycards"
    kind, parameter = type(error).__name__, getattr(error, "param", None)
    name = parameter.get_error_hint() if parameter else getattr(error, "param_hint", None) or ""
    place, why = Place(command), getattr(error, "message", error)
    if kind == "MissingParameter":
        found = problem("E910", place, name=name, command=command)
    elif kind == "NoSuchOption":
        option = getattr(error, "option_name", "")
        found = problem("E911", place, name=option, command=command)
    else:
        code = "E912" if name else "E913"
        found = problem(code, place, name=name, why=why, command=command)
    return output.refuse(found, command)
