"""Encrypted files: AES-256-GCM in chunks, so that a backup of any size passes through little
memory.

Each chunk is bound to its number and to whether it is the last, so that none can be left out, moved
or cut off.
"""

from __future__ import annotations

import base64
import binascii
import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"policycards ledger backup 1\n"
_CHUNK = 1 << 20
_TAG = 16
_PREFIX = 7
"""Random bytes of a file's nonces; four more count chunks and one marks the last (the STREAM
construction).
"""


class Unreadable(ValueError):
    """Why an encrypted file cannot be opened."""


def new_key() -> str:
    """A new key, as text for the environment."""
    return base64.urlsafe_b64encode(AESGCM.generate_key(256)).decode("ascii")


def key_of(text: str) -> bytes:
    """The key that a text means; raises Unreadable."""
    try:
        key = base64.urlsafe_b64decode(text.strip())
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32:
        raise Unreadable("the key has not 32 bytes")
    return key


def encrypt(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
    """Write everything of a file encrypted."""
    prefix, cipher = os.urandom(_PREFIX), AESGCM(key)
    target.write(MAGIC + prefix)
    for number, (chunk, is_last) in enumerate(_chunks(source, _CHUNK)):
        target.write(cipher.encrypt(_nonce(prefix, number, is_last), chunk, MAGIC))


def decrypt(source: BinaryIO, target: BinaryIO, key: bytes) -> None:
    """Write everything of an encrypted file in the clear; raises Unreadable if one bit of it is not
    as it was.
    """
    head = source.read(len(MAGIC) + _PREFIX)
    if not head.startswith(MAGIC) or len(head) != len(MAGIC) + _PREFIX:
        raise Unreadable("it is no backup of a ledger")
    prefix, cipher = head[len(MAGIC) :], AESGCM(key)
    for number, (chunk, is_last) in enumerate(_chunks(source, _CHUNK + _TAG)):
        try:
            target.write(cipher.decrypt(_nonce(prefix, number, is_last), chunk, MAGIC))
        except InvalidTag:
            raise Unreadable("it was made with another key, or is damaged or cut off") from None


def _nonce(prefix: bytes, number: int, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])


def _chunks(source: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    chunk = source.read(size)
    while True:
        following = source.read(size)
        yield chunk, not following
        if not following:
            return
        chunk = following
