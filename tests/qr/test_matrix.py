"""Matrices: the batch encoder gives what ``qrcode`` gives, and what is printed can be read."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from io import BytesIO

import pypdfium2
import pytest
import scans
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode
from qrcode.util import BIT_LIMIT_TABLE, MODE_8BIT_BYTE, QRData
from reportlab.pdfgen.canvas import Canvas

from policycards.core.units import mm
from policycards.qr.key import DEMO_KEY, card_code
from policycards.qr.matrix import CAPACITIES, MOST_BYTES, Encoder, Rows
from policycards.qr.payload import Link

MODULE = mm(0.5)
QUIET = 4 * MODULE


def by_qrcode(payload: bytes, mask_pattern: int) -> Rows:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=mask_pattern)
    code.add_data(QRData(payload, mode=MODE_8BIT_BYTE))
    code.make()
    return tuple(tuple(map(bool, row)) for row in code.modules)


def test_the_capacities_are_those_of_qrcode() -> None:
    # A byte segment of these versions has 4 bits of mode and 8 bits of length before it.
    limits = BIT_LIMIT_TABLE[ERROR_CORRECT_M][1:7]
    assert tuple((bits - 12) // 8 for bits in limits) == CAPACITIES


@cache
def encoder_of(length: int, mask_pattern: int) -> Encoder:
    return Encoder(length, mask_pattern)


@pytest.mark.parametrize(
    ("length", "mask_pattern"), [*zip(CAPACITIES, range(6), strict=True), (9, 6), (15, 7)]
)
@given(data=st.data())
def test_matrices_are_bit_for_bit_those_of_qrcode(
    length: int, mask_pattern: int, data: st.DataObject
) -> None:
    # Printable, as addresses are: qrcode itself fails on a block that is nothing but zeros.
    payload = bytes(data.draw(st.lists(st.integers(0x20, 0x7E), min_size=length, max_size=length)))
    assert encoder_of(length, mask_pattern).encode(payload) == by_qrcode(payload, mask_pattern)


@pytest.mark.parametrize(
    ("length", "version"), [(1, 1), (14, 1), (15, 2), (62, 4), (63, 5), (106, 6)]
)
def test_the_version_is_the_smallest_that_holds_the_payload(length: int, version: int) -> None:
    encoder = Encoder(length)
    rows = encoder.encode(b"0" * length)
    assert (encoder.version, len(rows), {len(row) for row in rows}) == (
        version,
        encoder.size,
        {17 + 4 * version},
    )


def test_the_order_of_payloads_makes_no_difference() -> None:
    link = Link("https://card.example.com", "2024b", tuple(f"p{number}" for number in range(9)))
    run = [link.payload(None, link.policies[:count]) for count in range(10)]
    forwards, backwards = Encoder(link.length), Encoder(link.length)
    assert [forwards.encode(payload) for payload in run] == [
        backwards.encode(payload) for payload in run[::-1]
    ][::-1]


def test_a_payload_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="a payload of 3 bytes among those of 2"):
        Encoder(2).encode(b"abc")


def test_a_payload_beyond_version_6_is_refused() -> None:
    with pytest.raises(ValueError, match="107 bytes are more than the 106 of version 6"):
        Encoder(MOST_BYTES + 1)


def test_loading_the_room_does_not_load_qrcode() -> None:
    program = (
        "import sys, policycards.qr.matrix, policycards.qr.payload; print('qrcode' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "False"


def printed(rows: Rows) -> Image.Image:
    """A picture at 150 dpi of a page with the code at its printed size, where pixels and modules do
    not align.
    """
    side = 2 * QUIET + len(rows) * MODULE
    file = BytesIO()
    canvas = Canvas(file, pagesize=(side + mm(10.3), side + mm(9.1)))
    path = canvas.beginPath()
    for down, row in enumerate(rows, 1):
        for across, dark in enumerate(row):
            if dark:
                path.rect(
                    mm(5.2) + QUIET + across * MODULE,
                    mm(4.6) + side - QUIET - down * MODULE,
                    MODULE,
                    MODULE,
                )
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.save()
    return pypdfium2.PdfDocument(file.getvalue())[0].render(scale=scans.DPI / 72).to_pil()


@pytest.mark.parametrize(
    ("version", "domain"), [(4, "card.example.com"), (5, "x" * 35 + ".cn"), (6, "x" * 50 + ".cn")]
)
def test_a_printed_code_is_read_from_bad_pictures(version: int, domain: str) -> None:
    link = Link(f"https://{domain}", "2024b", tuple(f"policy-{number:02}" for number in range(45)))
    encoder = Encoder(link.length)
    assert encoder.version == version
    for number in range(4):
        code = card_code(DEMO_KEY, "990101001001", f"H-{number}", "2024b") if number else None
        payload = link.payload(code, link.policies[number::3])
        assert scans.unread(printed(encoder.encode(payload)), payload.decode("ascii")) == []


def test_a_code_that_says_something_else_does_not_pass_as_read() -> None:
    page = printed(Encoder(5).encode(b"other"))
    assert len(scans.unread(page, "wrong")) == 6


def test_an_empty_page_is_not_read() -> None:
    assert len(scans.unread(Image.new("L", (200, 200), 255), "")) == 6
