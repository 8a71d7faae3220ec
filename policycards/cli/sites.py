"""Building the detail site: catalogue, editions, fonts, files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from policycards import site
from policycards.catalogue import check
from policycards.catalogue.editions.edition import Version, editions
from policycards.cli import report
from policycards.cli.messages import _
from policycards.cli.printing import open_fonts
from policycards.cli.sources import open_theme, open_version


def build_site(policies: Path, day: date, font_folder: Path, out: Path) -> None:
    """The site in ``out``; exits 1 where something is wrong with the catalogue, an edition or the
    folder.
    """
    catalogue, problems = check(policies, date.today())
    report.stop_on_errors(problems)
    assert catalogue is not None
    report.stop_on_errors(site.problems(catalogue))
    published = _published(policies)
    files = site.build(
        Version(catalogue, day, None), published, open_fonts(font_folder, open_theme())
    )
    try:
        written, problems = site.write(files, out)
    except OSError as error:
        report.unusable(error)
    report.stop_on_errors(problems)
    assert written is not None
    report.say(
        _(
            "{folder}: {files} files, {written} of them written, {removed} removed; editions:"
            " {editions}."
        ).format(
            folder=out,
            files=written.files,
            written=written.written,
            removed=written.removed,
            editions=", ".join(version.edition.name for version in published if version.edition)
            or "–",
        )
    )
    report.say(
        _("Open {file} in a browser, or put the folder on a host: docs/hosting.md.").format(
            file=out / "index.html"
        )
    )


def _published(policies: Path) -> list[Version]:
    """Every published edition; exits 1 where one is no longer as it was published."""
    return [open_version(policies, name) for name in editions(policies)]
