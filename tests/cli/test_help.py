"""The help of every command is pinned, so that nothing of it changes unseen.

After a change that is meant: ``python tests/cli/test_help.py`` writes the file anew.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import typer
from command import ROOT, policycards

from policycards.cli.app import WORDS

PINNED = Path(__file__).parent / "help.txt"


def words() -> Iterator[tuple[str, ...]]:
    """Every command, and the words of those that are groups."""
    yield ()
    for word in WORDS:
        yield (word,)
        commands = __import__(
            f"policycards.cli.{WORDS[word].module}", fromlist=["commands"]
        ).commands
        names = list(typer.main.get_group(commands).commands)
        if word not in names:
            yield from ((word, name) for name in names)


def help_texts() -> str:
    texts = []
    for each in words():
        said = policycards(*each, "--help", in_process=True)
        assert (said.code, said.err) == (0, ""), each
        texts.append(f"$ policycards {' '.join([*each, '--help'])}\n{said.out}")
    return "\n".join(texts)


def test_the_help_of_every_command_is_as_it_is_pinned() -> None:
    assert help_texts() == PINNED.read_text(encoding="utf-8"), "python tests/cli/test_help.py"


def test_every_command_can_answer_as_data() -> None:
    for text in help_texts().split("\n$ ")[1:]:
        if "Commands:" not in text:
            assert "--format <text|json|github>" in text, text


def test_the_help_imports_no_command() -> None:
    """What it reads in decides how long everybody waits."""
    loaded = (
        "import sys; from policycards.cli import app; app.run('en', ['--help']);"
        " print(*(name for name in sys.modules if name.startswith('policycards')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    rooms = {name.split(".")[1] for name in done.stdout.splitlines()[-1].split() if "." in name}
    assert rooms == {"cli"}
    modules = {word.module for word in WORDS.values()}
    assert not modules & {
        name.removeprefix("policycards.cli.") for name in done.stdout.splitlines()[-1].split()
    }


if __name__ == "__main__":
    PINNED.write_text(help_texts(), encoding="utf-8", newline="\n")
