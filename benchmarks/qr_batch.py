"""The batch encoder against ``qrcode`` one code after the other: ``python benchmarks/qr_batch.py
[CODES]``.
"""

from __future__ import annotations

import sys
import time

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import MODE_8BIT_BYTE, QRData

from policycards.qr.key import DEMO_KEY, card_code
from policycards.qr.matrix import MASK_PATTERN, Encoder
from policycards.qr.payload import Link

ONE_BY_ONE = 200


def payloads(count: int) -> list[bytes]:
    """Addresses of cards that list some of 45 policies."""
    link = Link(
        "https://card.example.com", "2024b", tuple(f"policy-{number:02}" for number in range(45))
    )
    return [
        link.payload(
            card_code(DEMO_KEY, "990101001001", f"H-{number}", "2024b"),
            link.policies[number % 7 :: 5],
        )
        for number in range(count)
    ]


def by_qrcode(payload: bytes) -> list[list[bool]]:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=MASK_PATTERN)
    code.add_data(QRData(payload, mode=MODE_8BIT_BYTE))
    code.make()
    return code.modules


def main(count: int) -> None:
    run = payloads(count)
    start = time.perf_counter()
    encoder = Encoder(len(run[0]))
    for payload in run:
        encoder.encode(payload)
    ours = (time.perf_counter() - start) / count
    start = time.perf_counter()
    single = [by_qrcode(payload) for payload in run[:ONE_BY_ONE]]
    theirs = (time.perf_counter() - start) / len(single)
    assert [list(map(list, encoder.encode(payload))) for payload in run[:ONE_BY_ONE]] == single
    print(
        f"qr: {ours * 1e6:.1f} µs a code, qrcode {theirs * 1e6:.0f} µs, ratio {theirs / ours:.0f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
