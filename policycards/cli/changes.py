"""Telling what changed between two editions: as text, as JSON, as a notice for the board."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policycards import pdf
from policycards.catalogue import Value
from policycards.catalogue.editions.catalogue_changes import Changes, ValueChange
from policycards.catalogue.editions.edition import Version
from policycards.catalogue.yaml.source import Path_
from policycards.cli import report
from policycards.cli.messages import _
from policycards.cli.printing import open_fonts
from policycards.cli.sources import open_theme
from policycards.design import PrintContext, proof_edition
from policycards.design.notices.edition_notice import Compared, change_notice


def tell_changes(changes: Changes, form: report.Told) -> None:
    """All that changed, on standard output."""
    if form is report.Told.JSON:
        report.say(json.dumps(_as_dict(changes), ensure_ascii=False, indent=2))
        return
    for line in _lines(changes):
        report.say(line)


def _lines(changes: Changes) -> Iterator[str]:
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
                yield from (f"    {sign} {told}" for told in dict.fromkeys((side.zh, side.bo)))
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
    return f"{place}: {amounts}" + "".join(f", {told}" for told in (since, notice) if told)


def _amount(value: Value | None) -> str:
    return "–" if value is None or value.amount is None else str(value.amount)


def _path(path: Path_) -> str:
    return ".".join(map(str, path))


def _as_dict(changes: Changes) -> dict[str, Any]:
    """Values as they are in the catalogue's files."""
    return {
        "added": changes.added,
        "ended": changes.ended,
        "values": [
            {
                "policy": change.policy,
                "standard": change.standard,
                "area": change.area,
                "old": change.old
                and change.old.model_dump(mode="json", by_alias=True, exclude_none=True),
                "new": change.new
                and change.new.model_dump(mode="json", by_alias=True, exclude_none=True),
            }
            for change in changes.values
        ],
        "texts": [
            {
                "owner": text.owner,
                "path": text.path,
                "old": text.old and text.old.model_dump(),
                "new": text.new and text.new.model_dump(),
            }
            for text in changes.texts
        ],
        "rules": [
            {"owner": rule.owner, "path": rule.path, "old": rule.old, "new": rule.new}
            for rule in changes.rules
        ],
    }


def print_notice(
    before: Version, after: Version, changes: Changes, font_folder: Path, out: Path
) -> None:
    """The notice for the board as a PDF file."""
    theme = open_theme()
    fonts = open_fonts(font_folder, theme)
    name = after.edition.name if after.edition else proof_edition(after.catalogue.digest, after.day)
    published = after.edition is not None and not after.edition.draft
    sides = before.catalogue, after.catalogue, before.day, after.day
    imprint = PrintContext(after.catalogue.settings.area, after.day, name, published, (), "")
    piece, problems = change_notice(Compared(*sides, changes, imprint), theme, fonts)
    report.stop_on_errors(problems)
    assert piece is not None
    out.parent.mkdir(parents=True, exist_ok=True)
    pdf.write(piece, fonts, out, tagged=True)
    report.say(_("{file}: a notice for the board.").format(file=out))
