"""Backups of a whole ledger, and restoring one into an empty database, which begins an epoch.

Backups are age files, which any age program opens; those of earlier versions still open. The key in
the environment is an age identity (``AGE-SECRET-KEY-1…``), which makes and opens backups, or an age
recipient (``age1…``), which only makes them. A key of earlier versions, 32 bytes as base64, is
taken as the identity of the same bytes. After a restore phones send again all that they keep, since
the ledger may lack some of it.
"""

from __future__ import annotations

import base64
import binascii
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from pyrage import DecryptError, IdentityError, RecipientError, decrypt_io, encrypt_io, x25519

from policycards.core.files import draft
from policycards.core.problems import Place, problem
from policycards.ledger.actions.maintenance import upgrade
from policycards.ledger.models import Epoch, LogEntry, Run, User
from policycards.ledger.permissions import Refused, ask, log

MAGIC = b"policycards ledger backup 1\n"
"""How files of earlier versions begin: AES-256-GCM in chunks, the STREAM construction."""
_CHUNK = (1 << 20) + 16
_PREFIX = 7
"""Random bytes of a file's nonces; four more count chunks and one marks the last."""
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


class Unreadable(ValueError):
    """Why an encrypted file cannot be opened."""


@dataclass(frozen=True, slots=True)
class BackupKey:
    """What makes backups and, with an identity, opens them; ``old`` opens earlier ones."""

    recipient: x25519.Recipient
    identity: x25519.Identity | None
    old: bytes | None


def new_key() -> str:
    """A new key, as text for the environment."""
    return str(x25519.Identity.generate())


def key_of(text: str) -> BackupKey:
    """The key that a text means; raises Unreadable."""
    text = text.strip()
    try:
        if text.startswith("age1"):
            return BackupKey(x25519.Recipient.from_str(text), None, None)
        old = None
        if not text.startswith("AGE-SECRET-KEY-1"):
            old = base64.urlsafe_b64decode(text)
            if len(old) != 32:
                raise Unreadable("the key has not 32 bytes")
            text = _identity(old)
        identity = x25519.Identity.from_str(text)
        return BackupKey(identity.to_public(), identity, old)
    except (binascii.Error, UnicodeError, IdentityError, RecipientError, ValueError):
        raise Unreadable("the key is none that 'policycards ledger backup-key' makes") from None


def encrypt(source: BinaryIO, target: BinaryIO, key: BackupKey) -> None:
    """Write everything of a stream encrypted."""
    encrypt_io(source, target, [key.recipient])


def decrypt(source: BinaryIO, target: BinaryIO, key: BackupKey) -> None:
    """Write everything of an encrypted file in the clear; raises Unreadable if one bit of it is not
    as it was.
    """
    head = source.read(len(MAGIC))
    source.seek(0)
    if head == MAGIC:
        _decrypt_old(source, target, key)
        return
    if not head.startswith(b"age-encryption.org/"):
        raise Unreadable("it is no backup of a ledger")
    if key.identity is None:
        raise Unreadable("this key only makes backups; the secret one opens them")
    try:
        decrypt_io(source, target, [key.identity])
    except (DecryptError, OSError):
        raise Unreadable("it was made with another key, or is damaged or cut off") from None


def _decrypt_old(source: BinaryIO, target: BinaryIO, key: BackupKey) -> None:
    if key.old is None:
        raise Unreadable("it was made with another key, or is damaged or cut off")
    prefix = source.read(len(MAGIC) + _PREFIX)[len(MAGIC) :]
    cipher = AESGCM(key.old)
    for number, (chunk, is_last) in enumerate(_chunks(source)):
        nonce = prefix + number.to_bytes(4, "big") + bytes([is_last])
        try:
            target.write(cipher.decrypt(nonce, chunk, MAGIC))
        except (InvalidTag, ValueError):
            raise Unreadable("it was made with another key, or is damaged or cut off") from None


def _chunks(source: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    chunk = source.read(_CHUNK)
    while True:
        following = source.read(_CHUNK)
        yield chunk, not following
        if not following:
            return
        chunk = following


def _identity(secret: bytes) -> str:
    """The age identity of 32 bytes, in Bech32 (BIP 173) as age writes it."""
    prefix = "age-secret-key-"
    bits = "".join(f"{byte:08b}" for byte in secret) + "0000"
    values = [int(bits[at : at + 5], 2) for at in range(0, 260, 5)]
    spread = [ord(sign) >> 5 for sign in prefix] + [0] + [ord(sign) & 31 for sign in prefix]
    check = _polymod([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [check >> 5 * (5 - at) & 31 for at in range(6)]
    return f"{prefix}1{''.join(_BECH32[value] for value in values)}".upper()


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for at, generator in enumerate(
            (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
        ):
            check ^= generator if top >> at & 1 else 0
    return check


MARGIN = timedelta(minutes=10)
"""An event that came shortly before a backup may have been written after it was read."""


def current_epoch(now: datetime) -> UUID:
    """The id of the epoch; the first one begins when somebody first asks."""
    known = Epoch.objects.order_by("-begun").first()
    return (known or begin_epoch(now)).pk


def begin_epoch(now: datetime) -> Epoch:
    """Say that the database was restored: from now on phones send again what they keep."""
    return Epoch.objects.create(begun=now)


def safe_before(now: datetime) -> datetime | None:
    """The moment before which all that came is in a backup of this epoch; None where there is
    none.
    """
    epoch = Epoch.objects.order_by("-begun").first()
    made = LogEntry.objects.filter(verb="ledger.backup")
    if epoch is not None:
        made = made.filter(at__gte=epoch.begun)
    last = made.order_by("-at").values_list("at", flat=True).first()
    return last - MARGIN if last else None


_FOLDER = ".policycards-backup-"


def backup(user: User, target: Path, *, now: datetime, key: str | None) -> int:
    """Write the whole ledger, as it is at one moment, to a file; its bytes. Without a key it is not
    encrypted.

    Nothing readable is written beside the target: the copy of an SQLite database lies on the
    ledger's own disk while it is encrypted, PostgreSQL's passes from program to program. The file
    is read back before the backup counts as made.
    """
    ask(user, "ledger.backup", "")
    secret = _key(key, target)
    try:
        with draft(target, private=True) as unfinished:
            with _dump() as source, unfinished.open("wb") as opened:
                if secret is None:
                    shutil.copyfileobj(source, opened)
                else:
                    encrypt(source, opened, secret)
            if secret is not None and secret.identity is not None:
                _prove(unfinished, secret)
    except OSError as error:
        raise Refused(
            problem("E659", Place(str(target)), why=error.strerror or type(error).__name__)
        ) from None
    log(user, "ledger.backup", "", now, encrypted=secret is not None)
    return target.stat().st_size


def restore(user: User, source: Path, *, now: datetime, key: str | None) -> None:
    """Fill an empty database from a backup, bring it to this version, and prove its triggers.

    A new epoch begins: phones send again what they keep, for the backup may be older than that.
    """
    ask(user, "ledger.restore", "")
    secret, place = _key(key, source), Place(str(source))
    if not source.is_file():
        raise Refused(problem("E686", place, why="there is no such file"))
    if not _is_empty():
        raise Refused(problem("E687", place))
    if secret is not None:
        _prove(source, secret)  # nothing is filled from a file that is damaged further on
    with _own_folder() as folder:
        dump = folder / "dump"
        with source.open("rb") as opened, _private(dump) as clear:
            if secret is None:
                shutil.copyfileobj(opened, clear)
            else:
                decrypt(opened, clear, secret)
        _fill(dump, place)
    upgrade()
    begin_epoch(now)
    log(user, "ledger.restore", "", now)


def _prove(file: Path, key: BackupKey) -> None:
    """Raises Refused (E686) unless the whole file can be opened."""
    with file.open("rb") as source, Path(os.devnull).open("wb") as nowhere:
        try:
            decrypt(source, nowhere, key)
        except Unreadable as error:
            raise Refused(problem("E686", Place(str(file)), why=error)) from None


def _private(file: Path) -> BinaryIO:
    """A new file that only its owner may read."""
    file.unlink(missing_ok=True)
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


@contextmanager
def _own_folder() -> Iterator[Path]:
    """A folder that only its owner may read, on the ledger's own disk; what one that was killed has
    left there goes first.
    """
    home = Path(tempfile.gettempdir())
    if connection.vendor == "sqlite":
        home = Path(str(connection.settings_dict["NAME"])).resolve().parent
        for left in home.glob(f"{_FOLDER}*"):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_FOLDER, dir=home) as folder:
        yield Path(folder)


def last_backup() -> datetime | None:
    """When the last backup was made."""
    return (
        LogEntry.objects.filter(verb="ledger.backup")
        .order_by("-at")
        .values_list("at", flat=True)
        .first()
    )


def _key(text: str | None, file: Path) -> BackupKey | None:
    if text is None:
        return None
    if not text:
        raise Refused(problem("E685", Place(str(file))))
    try:
        return key_of(text)
    except Unreadable as error:
        raise Refused(problem("E686", Place(str(file)), why=error)) from None


def _is_empty() -> bool:
    tables = connection.introspection.table_names()
    return Run._meta.db_table not in tables or not (Run.objects.exists() or User.objects.exists())


@contextmanager
def _dump() -> Iterator[BinaryIO]:
    """The ledger as it is at this moment."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with _own_folder() as folder:
            _private(folder / "dump").close()
            with closing(sqlite3.connect(folder / "dump")) as copy:
                connection.connection.backup(copy)
            with (folder / "dump").open("rb") as source:
                yield source
        return
    command = ["pg_dump", "--format=custom", "--no-owner", *_server()]
    with _started(command, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        yield running.stdout  # type: ignore[misc]  # bytes, as Popen is asked for
        _end(running, "pg_dump")


def _fill(dump: Path, place: Place) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        try:
            with closing(sqlite3.connect(dump)) as copy:
                copy.execute("SELECT 1 FROM ledger_event LIMIT 1")
                copy.backup(connection.connection)
        except sqlite3.DatabaseError as error:
            raise Refused(problem("E686", place, why=error)) from None
        connection.close()
    else:
        connection.close()
        _run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            *_server(),
            str(dump),
        )


def _server() -> list[str]:
    facts: dict[str, Any] = connection.get_connection_params()
    names = {"--host": "host", "--port": "port", "--username": "user", "--dbname": "dbname"}
    return [f"{option}={facts[name]}" for option, name in names.items() if facts.get(name)]


def _run(program: str, *arguments: str) -> None:
    with _started([program, *arguments], stdout=subprocess.DEVNULL) as running:
        _end(running, program)


def _started(command: list[str], *, stdout: int) -> subprocess.Popen[bytes]:
    password = connection.get_connection_params().get("password")
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    try:
        return subprocess.Popen(command, env=environment, stdout=stdout, stderr=subprocess.PIPE)
    except OSError as error:
        raise Refused(
            problem("E688", Place("ledger"), program=command[0], why=error.strerror)
        ) from None


def _end(running: subprocess.Popen[bytes], program: str) -> None:
    """Wait for a program; raises Refused (E688) where it failed."""
    _output, errors = running.communicate()
    if running.returncode:
        why = (errors.decode("utf-8", "replace").strip().splitlines() or ["?"])[-1]
        raise Refused(problem("E688", Place("ledger"), program=program, why=why))
