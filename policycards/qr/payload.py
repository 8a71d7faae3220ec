"""What a QR code holds: an address with the card's code and a bit for each policy, and nothing
about a person.

``<base-url>/c/<edition>/#<code><mask>``. What follows # stays in the phone: a browser does not send
it to the host.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from policycards.core.problems import Place, Problem, problem
from policycards.qr import crockford
from policycards.qr.key import LENGTH, parse_code
from policycards.qr.matrix import MOST_BYTES

if TYPE_CHECKING:
    from policycards.catalogue.model.catalogue import Catalogue

NO_CODE = "U" * LENGTH
"""Stands for the code on a general card. U is not in the alphabet, so this is never a code, and no
reader of addresses stumbles over it.
"""

LONGEST_EDITION = 8

_PAYLOAD = re.compile(
    rf"(?P<base_url>https?://[!-~]+)/c/(?P<edition>[0-9a-z]{{1,{LONGEST_EDITION}}})/"
    rf"#(?P<code>[0-9A-Z]{{{LENGTH}}})(?P<mask>[{crockford.ALPHABET}]*)"
)
# RFC 2606, RFC 6761, RFC 6762: names that are never registered, so no phone can open them.
_NEVER_REGISTERED = re.compile(
    r"(.*\.)?(test|example|invalid|localhost|local|example\.(com|net|org))|[^.]*"
)
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)
_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")


@dataclass(frozen=True, slots=True)
class Link:
    """The addresses of one edition's cards; all have the same length.

    ``policies`` are the ids that have a bit: those that are not discreet, in order. Whatever else a
    card lists leaves no trace in its address.
    """

    base_url: str
    edition: str
    policies: tuple[str, ...]

    @property
    def domain(self) -> str:
        """What is printed under the QR code."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def length(self) -> int:
        """Bytes of every payload."""
        return len(self.payload(None, ()))

    def payload(self, code: str | None, listed: Collection[str]) -> bytes:
        """The address of the card with a code, or without one of a general card, that lists some
        policies.

        >>> link = Link("https://card.example", "2024b", ("barley-seed", "eco-post"))
        >>> link.payload(None, {"eco-post"})
        b'https://card.example/c/2024b/#UUUUUUUUUUUU8'
        """
        fragment = (code or NO_CODE) + self._mask(listed)
        return f"{self.base_url.rstrip('/')}/c/{self.edition}/#{fragment}".encode("ascii")

    def listed(self, mask: str) -> frozenset[str]:
        """The policies whose bit is set in a mask of this edition.

        >>> sorted(Link("https://card.example", "2024b", ("barley-seed", "eco-post")).listed("8"))
        ['eco-post']
        """
        bits = crockford.decode(mask)
        return frozenset(
            policy for policy, bit in zip(self.policies, self._bits, strict=True) if bits & bit
        )

    def _mask(self, listed: Collection[str]) -> str:
        bits = sum(
            bit for policy, bit in zip(self.policies, self._bits, strict=True) if policy in listed
        )
        return crockford.encode(bits, self._width)

    @property
    def _width(self) -> int:
        return -(-len(self.policies) // 5)

    @property
    def _bits(self) -> list[int]:
        # The first policy is the highest bit of the first character; what the last character has to
        # spare is zero.
        return [1 << 5 * self._width - 1 - index for index in range(len(self.policies))]


def link_of(catalogue: Catalogue, edition: str) -> Link:
    """The link of a catalogue's cards."""
    open_ids = sorted(policy.id for policy in catalogue.policies if not policy.discreet)
    return Link(catalogue.settings.base_url, edition, tuple(open_ids))


@dataclass(frozen=True, slots=True)
class Payload:
    """A QR code as it was read; ``code`` is None on a general card, ``Link.listed`` explains the
    mask.
    """

    base_url: str
    edition: str
    code: str | None
    mask: str


def read_payload(text: str, place: Place) -> tuple[Payload | None, list[Problem]]:
    """What a scanned QR code says, or why it is none of a card (E413, or what is wrong with the
    code).
    """
    match = _PAYLOAD.fullmatch(text)
    if not match:
        return None, [problem("E413", place, text=text)]
    base_url, edition, code, mask = match.groups()
    if code == NO_CODE:
        return Payload(base_url, edition, None, mask), []
    read, problems = parse_code(code, place)
    return (None if problems else Payload(base_url, edition, read, mask)), problems


def problems(catalogue: Catalogue, publish: bool = False) -> list[Problem]:
    """What keeps the cards of a catalogue from having a QR code that a phone can open."""
    place = catalogue.place("catalogue", "base_url")
    return base_url_problems(catalogue.settings.base_url, place, publish) + length_problems(
        link_of(catalogue, "0" * LONGEST_EDITION), place
    )


def length_problems(link: Link, place: Place) -> list[Problem]:
    """E424 where the payload passes version 6 at level M, beyond which the modules are too small
    for the card.
    """
    over = link.length - MOST_BYTES
    return (
        [problem("E424", place, length=link.length, most=MOST_BYTES, over=over)] if over > 0 else []
    )


def base_url_problems(url: str, place: Place, publish: bool = False) -> list[Problem]:
    """Why an address must not be published: http, an IP address, a domain that nobody can have.

    While cards are drafts these are warnings; what is no address of the web at all is always an
    error (E420).
    """
    if not _is_web_address(url):
        return [problem("E420", place, url=url)]
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    gravity = "E" if publish else "W"
    found = []
    if parts.scheme == "http":
        found.append(problem(f"{gravity}421", place, url=url))
    if _is_ip(host):
        found.append(problem(f"{gravity}422", place, host=host))
    elif _NEVER_REGISTERED.fullmatch(host):
        found.append(problem(f"{gravity}423", place, host=host))
    return found


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme in ("http", "https")
        and "@" not in parts.netloc
        and (_HOST.fullmatch(host) is not None or _is_ip(host))
        and _PATH.fullmatch(parts.path) is not None
        and not set("?#") & set(url)
    )


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
