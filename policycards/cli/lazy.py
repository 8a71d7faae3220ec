"""Commands that are read in only when they are called: ``--help`` imports none of them."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from policycards.cli import output
from policycards.cli.messages import _
from policycards.cli.output import Answer, Format
from policycards.core.codes.kind import N_

PRINTED = N_("Nothing was printed: correct the errors above first.")
CHANGED = N_("Nothing was changed: correct the errors above first.")

Form = Annotated[Format, typer.Option("--format", help=N_("text, json or github (annotations)."))]


def translate_help(command: Any) -> None:
    """Bring the help of a command or group and of its options into the chosen language."""
    for each in (command, *command.params):
        if text := getattr(each, "help", None):
            each.help = _(text)


class Command(TyperCommand):
    """A command whose texts are translated when it is built, not when its module is read."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        translate_help(self)


class Commands(typer.Typer):
    """The commands of a module. Each returns an `Answer` and gets ``--format`` beside its own
    options.
    """

    def __init__(self, *, refused: str = PRINTED, **options: Any) -> None:
        super().__init__(rich_markup_mode=None, no_args_is_help=True, **options)
        self._refused = refused

    def add(
        self, name: str, text: str, *, refused: str = "", hidden: bool = False
    ) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
        """Register a command; ``refused`` is the last line where errors kept it from working."""

        def register(function: Callable[..., Answer]) -> Callable[..., Answer]:
            run = _answering(function, refused or self._refused)
            self.command(name, help=text, hidden=hidden, cls=Command)(run)
            return function

        return register


def _is_input(value: object) -> bool:
    return isinstance(value, Path) and value.exists()


def _answering(function: Callable[..., Answer], refused: str) -> Callable[..., None]:
    """A command as typer calls it: with the context and the form, and an exit code at the end."""

    @functools.wraps(function)
    def run(*, context: typer.Context, form: Format, **options: Any) -> None:
        path = context.command_path
        subject = next((str(each) for each in options.values() if _is_input(each)), "")
        code = output.present_call(lambda: function(**options), path, form, refused, subject)
        raise typer.Exit(code)

    own = inspect.signature(function, eval_str=True).parameters.values()
    added = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
        for name, kind, default in (
            ("context", typer.Context, inspect.Parameter.empty),
            ("form", Form, Format.TEXT),
        )
    ]
    parameters = [*(each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own), *added]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in parameters}
    return run


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the command line: the module that has its `Commands`, and what it is for."""

    module: str
    help: str


class LazyGroup(TyperGroup):
    """The words of ``policycards``; a module is imported when its word is called."""

    words: dict[str, Word]

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        return list(self.words)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        word = self.words.get(cmd_name)
        if word is None:
            return None
        commands = import_module(f"policycards.cli.{word.module}").commands
        found = typer.main.get_group(commands)
        if only := found.commands.get(cmd_name):
            return only
        found.name, found.help = cmd_name, _(word.help)
        return found

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]
        rows = [(name, _(word.help)) for name, word in self.words.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
