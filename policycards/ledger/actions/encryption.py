"""Encrypted backups: age files, which any age program opens; those of earlier versions still open.

The key in the environment is an age identity (``AGE-SECRET-KEY-1…``), which makes and opens
backups, or an age recipient (``age1…``), which only makes them. A key of earlier versions, 32 bytes
as base64, is taken as the identity of the same bytes.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pyrage import DecryptError, IdentityError, RecipientError, decrypt_io, encrypt_io, x25519

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
