"""The ledger of an office's folder: what this PC needs to keep it, or the address of the server
that keeps it.

``ledger/ledger.json`` has either. The folder is the owner's alone: it holds names, and the key that
signs sessions. Needs no Django, so that a desk can read it.
"""

from __future__ import annotations

import json
import secrets
import socket
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from policycards.core.files import atomic_write
from policycards.core.problems import Place, Problem, problem

FOLDER = "ledger"
FILE = "ledger.json"
DATABASE = "ledger.sqlite3"


@dataclass(frozen=True, slots=True)
class LedgerConfig:
    """``address`` of the server that keeps the ledger; empty where this PC does, with the secret
    and port that it has.

    A ledger for trying (``is_trial``) takes trial editions too.
    """

    address: str = ""
    secret: str = ""
    port: int = 0
    is_trial: bool = False


def new_config(*, is_trial: bool) -> LedgerConfig:
    """The settings of a new ledger on this PC: a secret, and a port that is free now."""
    return LedgerConfig(secret=secrets.token_urlsafe(50), port=free_port(), is_trial=is_trial)


def free_port() -> int:
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return int(asking.getsockname()[1])


def read_config(office: Path) -> tuple[LedgerConfig | None, list[Problem]]:
    """What an office's folder says of its ledger; None where it says nothing, or nothing that can
    be read.
    """
    file = office / FOLDER / FILE
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return (
            LedgerConfig(
                str(content["address"]),
                str(content["secret"]),
                int(content["port"]),
                bool(content["is_trial"]),
            ),
            [],
        )
    except FileNotFoundError:
        return None, []
    except (OSError, ValueError, KeyError, TypeError) as error:
        return None, [
            problem("E953", Place(str(file)), folder=office / FOLDER, why=type(error).__name__)
        ]


def write_config(office: Path, kept: LedgerConfig, folder: str = FOLDER) -> None:
    """Keep the settings, whole or not at all, for their owner only."""
    home = office / folder
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    atomic_write(home / FILE, json.dumps(asdict(kept)), private=True)


def environment(office: Path, kept: LedgerConfig, folder: str = FOLDER) -> dict[str, str]:
    """The environment in which ``policycards.ledger.settings`` opens a ledger that this PC
    keeps.
    """
    return {
        "DATABASE_URL": (
            f"sqlite:///{quote((office / folder / DATABASE).resolve().as_posix(), safe='/:')}"
        ),
        "POLICYCARDS_SECRET_KEY": kept.secret,
        "POLICYCARDS_HOSTS": "localhost,127.0.0.1",
        "POLICYCARDS_PLAIN_HTTP": "1",  # it is reached from this PC alone, which needs none
        "POLICYCARDS_DEMO": "1" if kept.is_trial else "",
    }


def loaded_runs(office: Path) -> dict[str, str]:
    """The runs in the ledger of this PC: id and day of loading. Empty where it cannot be read just
    now.
    """
    file = (office / FOLDER / DATABASE).resolve()
    if not file.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True, timeout=2)) as opened:
            return {
                str(run): str(when)[:10]
                for run, when in opened.execute("SELECT id, loaded FROM ledger_run")
            }
    except sqlite3.Error:
        return {}
