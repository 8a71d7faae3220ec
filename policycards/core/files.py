"""Files: read within bounds, written whole or not at all, locked, and known by a digest.

A file that is written is first a draft beside it, a hidden file that ends in ``.part``. The draft
is brought to the disk and only then takes the name, so that neither ``kill -9`` nor a power cut
leaves half a file. Whoever writes a draft holds a lock on it: a draft that nobody holds was left by
a process that died, and the next writer of that file removes it.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO

LARGEST = 1 << 30
"""Bytes of the largest file that is read at once, unless the reader knows a lower bound."""
FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""Error numbers of a disk that takes no more."""

_DRAFT = re.compile(r"\.(.+)\.[0-9a-f]{8}\.part")
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]", re.IGNORECASE)
_LOCKED = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class HeldOpen(PermissionError):
    """A file cannot be replaced, because another program (on Windows, any viewer) has it open or it
    is protected.
    """


def is_reserved(name: str) -> bool:
    """Whether Windows keeps a name for a device, with whatever ending: no file can have it.

    >>> is_reserved("con"), is_reserved("COM1.yaml"), is_reserved("console")
    (True, True, False)
    """
    return _RESERVED.fullmatch(name.partition(".")[0]) is not None


def shown_path(path: Path) -> str:
    """A path as messages name it, with slashes; bytes that are not UTF-8 become question marks."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")


def open_regular(path: Path) -> BufferedReader:
    """Open a file to read its bytes. OSError for a folder, a pipe or a device, which may never
    end.
    """
    # A pipe without a writer would keep a plain open() waiting for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    number = os.open(path, flags)
    mode = os.fstat(number).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(number, "rb")
    os.close(number)
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise OSError(errno.EINVAL, "not a regular file", str(path))


def read_file(path: Path, largest: int = LARGEST) -> bytes:
    """The bytes of a regular file; OSError (EFBIG) where it has more than ``largest``."""
    with open_regular(path) as opened:
        if os.fstat(opened.fileno()).st_size > largest:
            raise OSError(errno.EFBIG, f"larger than {largest:,} bytes", str(path))
        return opened.read()


def parse_json(content: bytes | str) -> Any:
    """The value of a JSON text; ValueError also where it is nested too deep."""
    try:
        return json.loads(content)
    except RecursionError:
        raise ValueError("nested too deep") from None


def atomic_write(path: Path, content: bytes | str, *, private: bool = False) -> None:
    """Write a whole file, text as UTF-8. A ``private`` file is for its owner only."""
    with draft(path, private=private) as unfinished:
        unfinished.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


@contextmanager
def draft(path: Path, *, private: bool = False) -> Iterator[Path]:
    """An empty file to fill; it takes the name of ``path`` when the block ends without an error.

    It has the permissions of the file that it replaces, unless it is ``private``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(each for each in path.parent.iterdir() if drafted_name(each) == path.name)
    with _drafts([path], private) as (unfinished,):
        yield unfinished


def write_files(files: Iterable[tuple[Path, bytes]], *, private: bool = False) -> None:
    """Write whole files. All are on the disk before the first takes its name, which lets the disk
    gather them. Drafts of processes that died stay: see ``sweep``.
    """
    files = list(files)
    with _drafts([path for path, _ in files], private) as drafts:
        for unfinished, (_, content) in zip(drafts, files, strict=True):
            unfinished.write_bytes(content)


@contextmanager
def draft_folder(folder: Path, *, private: bool = False) -> Iterator[Path]:
    """A new folder to fill; it takes the name of ``folder`` when the block ends without an error.

    OSError where there is a folder of that name. One process at a time may do so.
    """
    unfinished = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700 if private else 0o777)
    try:
        yield unfinished
        for each in sorted(unfinished.rglob("*"), reverse=True):
            _sync(each)
        _sync(unfinished)
        unfinished.rename(folder)
        _sync(folder.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def replace_file(source: Path, path: Path) -> None:
    """Give a file that is on the disk another name, in the place of what had it; HeldOpen."""
    try:
        source.replace(path)
    except OSError as error:
        if isinstance(error, PermissionError) or error.errno == errno.EBUSY:
            raise HeldOpen(error.errno, error.strerror, str(path)) from error
        raise
    _sync(path.parent)


def drafted_name(path: Path) -> str | None:
    """The name of the file whose draft this is, None for any other file."""
    found = _DRAFT.fullmatch(path.name)
    return found[1] if found else None


def sweep(folder: Path) -> None:
    """Remove the drafts in a folder, and in those below it, whose writers died."""
    _remove_abandoned(sorted(each for each in folder.rglob(".*.part") if drafted_name(each)))


@contextmanager
def locked(file: Path) -> Iterator[bool]:
    """Hold the lock of an existing file; False if another process does.

    A lock belongs to the process, so that it ends with it, even by ``kill -9``. A share without
    locks counts as not locked.
    """
    with file.open("r+b") as opened:
        yield _lock(opened)


def digest_files(files: Iterable[Path]) -> str:
    """One digest of some files, with their names; of a folder, of the files in it."""
    digest = hashlib.sha256()
    for path in sorted(set(files)):
        for file in sorted(path.glob("*")) if path.is_dir() else [path]:
            digest.update(file.name.encode() + bytes.fromhex(digest_file(file)))
    return digest.hexdigest()


def digest_file(file: Path) -> str:
    """The SHA-256 of a regular file."""
    with open_regular(file) as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@contextmanager
def _drafts(paths: Iterable[Path], private: bool) -> Iterator[list[Path]]:
    """Drafts of files, which take their names when the block ends without an error."""
    drafts: dict[Path, Path] = {}
    with ExitStack() as held:
        try:
            for path in paths:
                path.parent.mkdir(parents=True, exist_ok=True)
                unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
                mode = 0o600 if private else 0o666
                number = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode)
                drafts[path] = unfinished
                _lock(held.enter_context(os.fdopen(number, "r+b")))
            yield list(drafts.values())
            for unfinished in drafts.values():
                _sync(unfinished)
            for path, unfinished in drafts.items():
                if not private and path.exists():
                    shutil.copymode(path, unfinished)
            if os.name != "posix":
                held.close()  # Windows gives an open file no other name
            for path, unfinished in drafts.items():
                replace_file(unfinished, path)
        finally:
            held.close()
            for unfinished in drafts.values():
                unfinished.unlink(missing_ok=True)


def _remove_abandoned(drafts: Iterable[Path]) -> None:
    for each in drafts:
        try:
            with locked(each) as is_abandoned:
                if is_abandoned and os.name == "posix":
                    each.unlink(missing_ok=True)
            if is_abandoned:
                each.unlink(missing_ok=True)
        except OSError:
            continue  # its writer has just given it its name, or it is not ours to remove


def _sync(path: Path) -> None:
    """Bring a file, or what stands in a folder, to the disk; Windows has no call for folders."""
    is_folder = path.is_dir()
    if is_folder and os.name != "posix":
        return
    number = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _lock(file: BinaryIO) -> bool:
    """Whether this process alone holds an open file from now until it is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(1 << 30)  # beyond its end, because nobody can read what is locked
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in _LOCKED
    return True
