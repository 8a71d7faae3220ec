"""README, ARCHITECTURE and benchmarks say what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from command import policycards


def rooms(root: Path) -> set[str]:
    """Every folder of code below policycards/, such as ``design/card``."""
    package = root / "policycards"
    folders = {file.parent for file in package.rglob("*.py")} - {package}
    return {
        folder.relative_to(package).as_posix()
        for folder in folders
        if folder.name not in ("migrations", "templatetags")
    }


def test_the_architecture_names_every_room_and_none_that_is_gone(root: Path) -> None:
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z_/]+)/`", text.partition("## The rooms")[2]))
    assert named == rooms(root)


def test_the_architecture_is_a_walk_that_can_be_read_in_one_sitting(root: Path) -> None:
    lines = (root / "ARCHITECTURE.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 150
    assert max(map(len, lines)) <= 100


def test_no_folder_holds_more_than_twenty_modules(root: Path) -> None:
    for room in sorted(rooms(root)):
        assert len(list((root / "policycards" / room).glob("*.py"))) <= 21, room


def test_every_room_has_a_page_of_its_own(root: Path) -> None:
    for room in sorted(rooms(root)):
        assert (root / "policycards" / room / "README.md").is_file(), room


def readme_commands(root: Path) -> list[str]:
    blocks = re.findall(
        r"```sh\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("policycards ")]


def test_every_option_that_the_readme_shows_is_one_of_its_command(root: Path) -> None:
    commands = readme_commands(root)
    assert len(commands) > 8
    for line in commands:
        words = line.split()[1:]
        name = (
            words[:2]
            if words[0] in ("edition", "ledger", "policy", "review", "roster", "standards")
            else words[:1]
        )
        told = policycards(*name, "--help").out
        for option in re.findall(r"--[a-z-]+", line):
            assert option in told, line


@pytest.mark.parametrize("target", ["cards", "test"])
def test_the_two_commands_of_the_readme_are_targets_of_the_makefile(
    root: Path, target: str
) -> None:
    assert f"make {target}" in (root / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_benchmark_has_its_figures_in_the_readme(root: Path) -> None:
    text = (root / "benchmarks" / "README.md").read_text(encoding="utf-8")
    for script in sorted((root / "benchmarks").glob("*.py")):
        assert script.name in text


def test_the_version_is_told_once_and_has_an_entry_in_the_changelog(root: Path) -> None:
    (version,) = re.findall(
        r'^version = "(.+)"', (root / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert f"## {version}" in (root / "CHANGELOG.md").read_text(encoding="utf-8")
