"""What makes a card known: its code, the county's key, and the QR code that leads to it."""

from policycards.qr.key import (
    DEMO_KEY,
    KEY_BYTES,
    Key,
    card_code,
    format_code,
    parse_code,
    parse_key,
    read_key,
    recovery_lines,
    spare_code,
    write_key,
)
from policycards.qr.matrix import Encoder
from policycards.qr.payload import Link, Payload, base_url_problems, link_of, problems, read_payload

__all__ = [
    "DEMO_KEY",
    "KEY_BYTES",
    "Encoder",
    "Key",
    "Link",
    "Payload",
    "base_url_problems",
    "card_code",
    "format_code",
    "link_of",
    "parse_code",
    "parse_key",
    "problems",
    "read_key",
    "read_payload",
    "recovery_lines",
    "spare_code",
    "write_key",
]
