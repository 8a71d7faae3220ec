"""Commands about a catalogue as a whole: check it, its schemas, what the program works with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import options
from policycards.cli.messages import _
from policycards.cli.options import Commands
from policycards.cli.output import Answer, summary
from policycards.core.codes import KINDS
from policycards.core.codes.kind import N_
from policycards.core.problems import Place
from policycards.services import catalogues
from policycards.services.result import Result
from policycards.services.sources import known_value

commands = Commands()


@commands.add(
    "check", N_("Check a catalogue: every problem of every file, with its place and what to do.")
)
def check(
    path: Annotated[Path, typer.Argument(help=N_("Folder of the catalogue."))] = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    result = catalogues.check_catalogue(path, fonts, date.today())
    return Answer(result, [summary(result.problems)])


@commands.add(
    "schema",
    N_("Write the JSON Schemas with which an editor completes and checks policy files."),
)
def schema(policies: options.Policies = Path("policies")) -> Answer:
    result = catalogues.write_schemas(policies)
    return Answer(result, map(str, result.files))


@commands.add("info", N_("Say which versions, fonts and characters this program works with."))
def info(
    policies: options.Policies = Path("policies"), fonts: options.Fonts = Path("fonts")
) -> Answer:
    found = catalogues.describe(policies, fonts)
    return Answer(found, _info_lines(found, policies))


def _info_lines(found: catalogues.Info, policies: Path) -> Iterator[str]:
    own, *libraries = found.versions.items()
    yield f"{' '.join(own)}, Python {found.python}, {found.system}"
    yield ", ".join(f"{name} {version}" for name, version in libraries)
    for each in found.fonts:
        yield _("{key}: {file}, {all} characters, {tibetan} Tibetan, {han} Han").format(
            key=each.key, file=each.file, all=each.characters, tibetan=each.tibetan, han=each.han
        )
    if found.is_readable:
        yield _(
            "{folder}: {policies} policies, {areas} areas, {texts} texts, {unreviewed} of them"
            " unreviewed"
        ).format(
            folder=policies,
            policies=found.policies,
            areas=found.areas,
            texts=found.texts,
            unreviewed=found.unreviewed,
        )
    yield summary(found.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained(Result):
    """Problem codes with what each means and what to do."""

    codes: tuple[dict[str, str], ...]


@commands.add("explain-code", N_("Explain the problem codes: what each means and what to do."))
def explain_code(
    code: Annotated[
        list[str] | None, typer.Argument(help=N_("Codes to explain; default: all."))
    ] = None,
) -> Answer:
    place = Place("policycards explain-code")
    asked = [known_value(place, "CODE", each, KINDS) for each in code or KINDS]
    found = [
        {
            "code": each,
            "message": _(KINDS[each].message).format_map(defaultdict(lambda: "…")),
            "hint": _(KINDS[each].hint).format_map(defaultdict(lambda: "…")),
        }
        for each in asked
    ]
    lines = (f"{each['code']}  {each['message']}\n      {each['hint']}" for each in found)
    return Answer(Explained(codes=tuple(found)), lines)
