"""Commands about policies: word a field anew, several at once from a file, take that back, a new
policy from a form.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policycards.cli import report
from policycards.cli.messages import _
from policycards.core.problems import Place, has_errors, problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policycards.catalogue.editing.catalogue_edit import Opened
    from policycards.catalogue.editing.editable_texts import Change
    from policycards.catalogue.model.policy import Policy
    from policycards.core.journal import NewFile

policy = typer.Typer(
    name="policy",
    help=_("Policies: change their texts where they stand, and make a new policy from a form."),
    no_args_is_help=True,
    rich_markup_mode=None,
)

Policies = Annotated[
    Path, typer.Option("--policies", metavar="DIR", help=_("Folder of the catalogue."))
]
Id = Annotated[str, typer.Argument(metavar="ID", help=_("The policy."))]
Apply = Annotated[bool, typer.Option("--apply", help=_("Write the changes: all of them, or none."))]


@policy.command("set", help=_("Word a field anew in both languages, and write it at once."))
def set_(
    policy_id: Id,
    field: Annotated[
        str,
        typer.Argument(metavar="FIELD", help=_("Such as name, who, paid.when, label.STANDARD.")),
    ],
    bo: Annotated[
        str,
        typer.Option("--bo", metavar="TEXT", help=_("The Tibetan; empty to leave the field out.")),
    ] = "",
    zh: Annotated[
        str,
        typer.Option("--zh", metavar="TEXT", help=_("The Chinese; empty to leave the field out.")),
    ] = "",
    policies: Policies = Path("policies"),
) -> None:
    import json

    from policycards.catalogue.editing.editable_texts import read_changes

    opened, found = _open(policies, policy_id)
    new = {"bo": bo, "zh": zh} if bo or zh else None
    changes, problems = read_changes(
        json.dumps({"fields": {field: {"new": new}}}), found, "policycards policy set"
    )
    if problems:
        report.wrong_use(problems[0])
    _change(opened, found, changes, apply=True)


@policy.command(
    help=_(
        "Change fields as a JSON file says, and show the lines that differ; with --apply, write"
        " them."
    )
)
def edit(
    policy_id: Id,
    file: Annotated[
        Path, typer.Argument(help=_("The changes: what each field said, and what it shall say."))
    ],
    apply: Apply = False,
    back: Annotated[
        bool, typer.Option("--back", help=_("Bring back what the fields said before."))
    ] = False,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.catalogue.editing.editable_texts import read_changes

    opened, found = _open(policies, policy_id)
    changes, problems = read_changes(_content(file), found, str(file))
    if problems:
        report.wrong_use(problems[0])
    _change(opened, found, [each.reverse for each in changes] if back else changes, apply=apply)


@policy.command(
    help=_("Make a new policy from a form in JSON and show it; with --apply, write it.")
)
def new(
    file: Annotated[Path, typer.Argument(help=_("The form: its fields with what is in them."))],
    apply: Apply = False,
    policies: Policies = Path("policies"),
) -> None:
    from policycards.catalogue.editing.drafting import read_draft_form
    from policycards.cli.messages import told
    from policycards.cli.report import Told
    from policycards.cli.standardchanges import change, open_policies
    from policycards.cli.standardresults import ChangeOptions
    from policycards.workbooks.standards_columns import form_names

    names = {name: told(text.bo, text.zh) for name, text in form_names().items()}
    form, problems = read_draft_form(_content(file), names, str(file))
    if form is None:
        report.wrong_use(problems[0])
    change(open_policies(policies), [], form, [], frozenset(), ChangeOptions(apply, Told.TEXT))
    if not apply:
        report.say(_("Nothing was written. To do it, give the same command with --apply."))


def _open(policies: Path, policy_id: str) -> tuple[Opened, Policy]:
    """The catalogue and the policy to be changed; exits 2 where there is none of this id."""
    from policycards.catalogue.model.form import nearest
    from policycards.cli.standardchanges import open_policies

    opened = open_policies(policies)
    known = {each.id: each for each in opened.catalogue.policies}
    if policy_id not in known:
        place, near = Place("policycards policy"), nearest(policy_id, known)
        report.wrong_use(problem("E903", place, option="ID", value=policy_id, known=near))
    return opened, known[policy_id]


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        report.wrong_use(problem("E946", Place(str(file)), why="UTF-8"))


def _change(opened: Opened, found: Policy, changes: Sequence[Change], *, apply: bool) -> None:
    """Shows the lines that differ, and writes them if told to; exits 1 where anything is wrong."""
    from policycards.catalogue.editing.catalogue_edit import apply as written
    from policycards.catalogue.editing.catalogue_edit import retold

    files, problems = retold(opened, found, changes, date.today())
    if not has_errors(problems):
        _show(files)
        problems += written(opened, files) if apply else []
    report.tell(problems)
    if has_errors(problems):
        report.say(_("Nothing was changed: correct the errors above first."))
        raise SystemExit(1)
    if not files:
        report.say(_("Nothing to change: the policy says all of this already."))
    elif apply:
        report.say(_("{file}: written.").format(file=opened.folder / files[0].name))
    else:
        report.say(_("Nothing was written. To do it, give the same command with --apply."))


def _show(files: Sequence[NewFile]) -> None:
    from policycards.catalogue.editing.line_diff import differences

    for file in files:
        report.say(file.name)
        for line in differences(file):
            report.say(f"  {line.sign} {line.text}".rstrip())
