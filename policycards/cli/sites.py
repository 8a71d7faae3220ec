"""Building the detail site: catalogue, editions, fonts, files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from policycards import site
from policycards.catalogue import check
from policycards.catalogue.editions import Version, editions, read_version
from policycards.cli import report
from policycards.cli.messages import _
from policycards.cli.printing import open_fonts
from policycards.design import read_theme


def build_site(policies: Path, day: date, font_folder: Path, out: Path) -> None:
    """The site in ``out``; exits 1 where something is wrong with the catalogue, an edition or the folder."""
    catalogue, problems = check(policies, date.today())
    report.stop_on_errors(problems)
    theme, problems = read_theme("plain")
    assert catalogue is not None and theme is not None
    report.stop_on_errors([*problems, *site.problems(catalogue)])
    published = _published(policies)
    files = site.build(Version(catalogue, day, None), published, open_fonts(font_folder, theme))
    try:
        written, problems = site.write(files, out)
    except OSError as error:
        report.unusable(error)
    report.stop_on_errors(problems)
    assert written is not None
    report.say(
        _("{folder}: {files} files, {written} of them written, {removed} removed; editions: {editions}.").format(
            folder=out,
            files=written.files,
            written=written.written,
            removed=written.removed,
            editions=", ".join(version.edition.name for version in published if version.edition) or "–",
        )
    )
    report.say(
        _("Open {file} in a browser, or put the folder on a host: docs/hosting.md.").format(file=out / "index.html")
    )


def _published(policies: Path) -> list[Version]:
    """Every published edition; exits 1 where one is no longer as it was published."""
    found = []
    for name in editions(policies):
        version, problems = read_version(policies, name, date.today())
        report.stop_on_errors(problems)
        assert version is not None
        found.append(version)
    return found
