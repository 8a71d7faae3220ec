"""QR matrices, one after the other, fast.

Among payloads of one length, in one byte segment, with one mask pattern, everything that makes a QR
code (ISO/IEC 18004: bit stream, Reed-Solomon, interleaving, placing, masking) is linear over GF(2):
the matrix of a ⊕ b ⊕ c is the exclusive or of the three matrices. So ``qrcode`` encodes the first
payload and, once, each bit in which a later one differs; every other matrix is put together from
those.
"""

from __future__ import annotations

from struct import iter_unpack

CAPACITIES = (14, 26, 42, 62, 84, 106)
"""Bytes that versions 1 to 6 hold at error correction level M (ISO/IEC 18004, table 7)."""

MOST_BYTES = CAPACITIES[-1]

Rows = tuple[tuple[bool, ...], ...]
"""Dark modules, row by row, without the quiet zone."""


MASK_PATTERN = 2
"""Of the eight, the one with the fewest penalty points (ISO/IEC 18004, 7.8.3) on average over our
payloads.
"""

_DARK = bytes.maketrans(b"01", b"\0\1")


class Encoder:
    """Matrices of payloads of one length; bit for bit what ``qrcode`` makes with the same mask
    pattern.

    Raises ValueError for a payload of another length, and for a length that version 6 does not
    hold.
    """

    def __init__(self, payload_length: int, mask_pattern: int = MASK_PATTERN) -> None:
        if payload_length > MOST_BYTES:
            raise ValueError(f"{payload_length} bytes are more than the {MOST_BYTES} of version 6")
        self.payload_length = payload_length
        self.version = 1 + sum(capacity < payload_length for capacity in CAPACITIES)
        self.size = 17 + 4 * self.version
        self.mask_pattern = mask_pattern
        self._first: tuple[bytes, int] | None = None
        self._differences: dict[tuple[int, int], int] = {}

    def encode(self, payload: bytes) -> Rows:
        """The matrix of a payload."""
        if len(payload) != self.payload_length:
            raise ValueError(
                f"a payload of {len(payload)} bytes among those of {self.payload_length}"
            )
        modules = format(self._modules(payload), f"0{self.size**2}b").encode().translate(_DARK)
        return tuple(iter_unpack(f"{self.size}?", modules))

    def _modules(self, payload: bytes) -> int:
        if self._first is None:
            self._first = payload, self._encoded(payload)
        first, modules = self._first
        for position, (ours, theirs) in enumerate(zip(payload, first, strict=True)):
            if ours != theirs:
                modules ^= self._difference(position, ours ^ theirs)
        return modules

    def _difference(self, position: int, bits: int) -> int:
        """The modules that change when some bits of the byte at a position change."""
        known = self._differences.get((position, bits))
        if known is None:
            lowest = bits & -bits
            if bits == lowest:
                known = self._learn(position, bits)
            else:
                known = self._difference(position, lowest) ^ self._difference(
                    position, bits ^ lowest
                )
            self._differences[position, bits] = known
        return known

    def _learn(self, position: int, bit: int) -> int:
        assert self._first is not None
        first, modules = self._first
        changed = bytearray(first)
        changed[position] ^= bit
        return modules ^ self._encoded(bytes(changed))

    def _encoded(self, payload: bytes) -> int:
        # qrcode loads an imaging library, which nobody needs who only wants help or a check.
        from qrcode.constants import ERROR_CORRECT_M
        from qrcode.main import QRCode
        from qrcode.util import MODE_8BIT_BYTE, QRData

        code = QRCode(self.version, ERROR_CORRECT_M, border=0, mask_pattern=self.mask_pattern)
        # The stubs want a literal for the mode.
        code.add_data(QRData(payload, mode=MODE_8BIT_BYTE))  # type: ignore[call-overload]
        code.make(fit=False)
        return int("".join("1" if module else "0" for row in code.modules for module in row), 2)
