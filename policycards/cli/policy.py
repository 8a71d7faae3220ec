"""Commands about policies: word a field anew, several at once, a new policy from a form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from policycards.cli import options, standards
from policycards.cli.messages import _, in_language
from policycards.cli.options import CHANGED, Commands
from policycards.cli.output import Answer
from policycards.core.codes.kind import N_
from policycards.services import policies as policy_texts
from policycards.services.policies import PolicyChange

commands = Commands(refused=CHANGED)

Id = Annotated[str, typer.Argument(metavar="ID", help=N_("The policy."))]
NOTHING_WRITTEN = N_("Nothing was written: this was a trial.")


@commands.add("set", N_("Word a field anew in both languages, and write it at once."))
def set_(
    policy_id: Id,
    field: Annotated[
        str,
        typer.Argument(metavar="FIELD", help=N_("Such as name, who, paid.when, label.STANDARD.")),
    ],
    bo: Annotated[
        str,
        typer.Option("--bo", metavar="TEXT", help=N_("The Tibetan; empty to leave the field out.")),
    ] = "",
    zh: Annotated[
        str,
        typer.Option("--zh", metavar="TEXT", help=N_("The Chinese; empty to leave the field out.")),
    ] = "",
    dry_run: options.DryRun = False,
    policies: options.Policies = Path("policies"),
) -> Answer:
    return _answer(policy_texts.set_field(policies, policy_id, field, bo, zh, dry_run=dry_run))


@commands.add("edit", N_("Change fields as a JSON file says, and show the lines that differ."))
def edit(
    policy_id: Id,
    file: Annotated[
        Path, typer.Argument(help=N_("The changes: what each field said, and what it shall say."))
    ],
    back: Annotated[
        bool, typer.Option("--back", help=N_("Bring back what the fields said before."))
    ] = False,
    dry_run: options.DryRun = False,
    policies: options.Policies = Path("policies"),
) -> Answer:
    return _answer(policy_texts.edit_policy(policies, policy_id, file, back=back, dry_run=dry_run))


@commands.add("new", N_("Make a new policy from a form in JSON."))
def new(
    file: Annotated[Path, typer.Argument(help=N_("The form: its fields with what is in them."))],
    dry_run: options.DryRun = False,
    policies: options.Policies = Path("policies"),
) -> Answer:
    change = policy_texts.new_policy(policies, file, in_language, dry_run=dry_run)
    return standards.answer_change(change, dry_run=dry_run)


def _answer(change: PolicyChange) -> Answer:
    return Answer(change, _lines(change))


def _lines(change: PolicyChange) -> Iterator[str]:
    for name, lines in change.lines.items():
        yield name
        yield from (f"  {line}" for line in lines)
    if not change.is_ok:
        yield _(CHANGED)
    elif not change.new_files:
        yield _("Nothing to change: the policy says all of this already.")
    elif not change.written:
        yield _(NOTHING_WRITTEN)
    for file in change.files:
        yield _("{file}: written.").format(file=file)
