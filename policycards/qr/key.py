"""The secret key of a county: from it come the codes of all its cards, and nobody without it can
make one up.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """Thirty-two secret bytes; what is shown of them is never more than the fingerprint.

    >>> DEMO_KEY
    Key(fingerprint='d50c3463')
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes, not {len(self.secret)}")

    def __repr__(self) -> str:
        return f"Key(fingerprint={self.fingerprint!r})"

    @property
    def fingerprint(self) -> str:
        """Eight hex digits that tell keys apart and give nothing away."""
        return self.digest(b"fingerprint", 4).hex()

    @property
    def is_demo(self) -> bool:
        """Whether this is the key that is published with the program: what it prints is a
        sample.
        """
        return self == DEMO_KEY

    def digest(self, message: bytes, size: int) -> bytes:
        """Keyed BLAKE2b (RFC 7693) of a message, ``size`` bytes; every use starts its message with
        a tag of its own.
        """
        return blake2b(message, digest_size=size, key=self.secret, person=b"policycards").digest()


DEMO_KEY = Key(b"policycards demo key, not secret")
"""The key that everybody has: its cards are marked 样稿, and ``publish`` refuses it."""
