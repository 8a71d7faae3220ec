"""How a module registers its commands: each returns an `Answer` and gets ``--format``."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from policycards.cli import output
from policycards.cli.messages import translate_help
from policycards.cli.output import Answer, Format
from policycards.core.codes.kind import N_

PRINTED = N_("Nothing was printed: correct the errors above first.")
CHANGED = N_("Nothing was changed: correct the errors above first.")

Form = Annotated[Format, typer.Option("--format", help=N_("text, json or github (annotations)."))]


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
