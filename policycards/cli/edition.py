"""Commands about editions: publish one, list and show them, compare two."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from policycards.catalogue import Value
from policycards.catalogue.editions.catalogue_changes import Changes, ValueChange
from policycards.catalogue.editions.edition import Edition
from policycards.catalogue.yaml.source import Path_
from policycards.cli import options, output
from policycards.cli.messages import _
from policycards.cli.options import Commands
from policycards.cli.output import Answer
from policycards.core.codes.kind import N_
from policycards.services import editions

commands = Commands()

Side = Annotated[str, typer.Argument(help=N_("An edition, a day such as 2024-07-01, or now."))]


@commands.add(
    "publish",
    N_("Freeze everything that prints, and make the sheet for signature and seal."),
    refused=N_(
        "Nothing was published: correct the errors above first, or make a draft with --draft."
    ),
)
def publish(
    name: Annotated[
        str,
        typer.Argument(help=N_("Name of the edition, up to eight of 0-9 and a-z, such as 2024b.")),
    ],
    as_of: Annotated[
        datetime, typer.Option(formats=options.DAY, help=N_("Standards in force on this day."))
    ],
    prepared: Annotated[str, typer.Option(metavar="PERSON", help=N_("Who prepared the edition."))],
    approved: Annotated[
        str, typer.Option(metavar="PERSON", help=N_("Who approves it; another person."))
    ],
    number: Annotated[
        str, typer.Option(help=N_("Number of the approval sheet; default: the edition's name."))
    ] = "",
    dated: Annotated[
        datetime | None,
        typer.Option(formats=options.DAY, help=N_("Date of the approval sheet; default: today.")),
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help=N_("An edition for trial: all it prints is marked."))
    ] = False,
    key_file: options.CountyKey = None,
    out: options.Out = Path("output"),
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    facts = Edition.model_construct(
        name=name,
        as_of=as_of.date(),
        draft=draft,
        prepared=" ".join(prepared.split()),
        approved=" ".join(approved.split()),
        number=" ".join(number.split()) or name,
        dated=dated.date() if dated else date.today(),
        digest="",
    )
    with output.progress() as listener:
        found = editions.publish(facts, policies, fonts, out, key_file, listener)
    frozen = _("{folder}: edition {name}, digest {digest}.").format(
        folder=found.folder, name=name, digest=found.digest
    )
    return Answer(found, [frozen, _("{file}: to be signed and sealed.").format(file=found.sheet)])


@commands.add(
    "list", N_("List the editions: day of the standards, digest, who prepared and approved.")
)
def list_(policies: options.Policies = Path("policies")) -> Answer:
    found = editions.list_editions(policies)
    lines = (
        f"{facts.name:8}  {facts.as_of}  {_('draft') if facts.draft else _('approved')}"
        f"  {facts.digest[:8]}  {facts.prepared} → {facts.approved}"
        for facts in found.editions
    )
    return Answer(found, lines, code=1 if found.problems else 0)


@commands.add("show", N_("Show an edition: its facts, and every value in force."))
def show(
    name: Annotated[str, typer.Argument(help=N_("Name of the edition."))],
    out: options.Print = None,
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    return Answer(found := editions.show_edition(policies, name, fonts, out), _edition_lines(found))


def _edition_lines(found: editions.ShownEdition) -> Iterator[str]:
    for key, fact in found.facts.model_dump().items():
        yield f"{key:10}{('yes' if fact else 'no') if key == 'draft' else fact}"
    for each in found.values:
        amount = "–" if each.amount is None else each.amount
        yield f"{each.policy}  {each.standard}  {each.area or '–'}  {amount}  {each.since}"
    yield from map(str, found.files)


@commands.add(
    "diff", N_("Compare two editions or days: values, texts, rules, policies added and ended.")
)
def diff(
    old: Side,
    new: Side,
    out: options.Print = None,
    policies: options.Policies = Path("policies"),
    fonts: options.Fonts = Path("fonts"),
) -> Answer:
    found = editions.compare(policies, old, new, fonts, out)
    notices = [_("{file}: a notice for the board.").format(file=each) for each in found.files]
    return Answer(found, [*_compared(found.changes), *notices])


def _compared(changes: Changes) -> Iterator[str]:
    if not changes:
        yield _("Nothing differs.")
    for title, ids in ((_("New policies"), changes.added), (_("Ended policies"), changes.ended)):
        if ids:
            yield f"{title}: {', '.join(ids)}"
    if changes.values:
        yield _("Values:")
        yield from (f"  {_value_line(change)}" for change in changes.values)
    if changes.texts:
        yield _("Texts:")
    for text in changes.texts:
        yield f"  {text.owner} {_path(text.path)}"
        for sign, side in (("-", text.old), ("+", text.new)):
            if side:
                yield from (f"    {sign} {words}" for words in dict.fromkeys((side.zh, side.bo)))
    if changes.rules:
        yield _("Rules:")
        yield from (
            f"  {rule.owner} {_path(rule.path)}: {rule.old or '–'} → {rule.new or '–'}"
            for rule in changes.rules
        )


def _value_line(change: ValueChange) -> str:
    amounts = " → ".join(_amount(side) for side in (change.old, change.new))
    source = change.new.source if change.new else None
    notice = (source.number or source.title) if source else ""
    since = str(change.new.since) if change.new else ""
    place = " ".join(part for part in (change.policy, change.standard, change.area) if part)
    return f"{place}: {amounts}" + "".join(f", {each}" for each in (since, notice) if each)


def _amount(value: Value | None) -> str:
    return "–" if value is None or value.amount is None else str(value.amount)


def _path(path: Path_) -> str:
    return ".".join(map(str, path))
