"""The objects of a PDF file, numbered and written (ISO 32000-1, 7.5): streams alone, all others in
object streams.

For files of thousands of pages, on which a general library spends more time than all the rest of
the press.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from itertools import accumulate

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_TOGETHER = 200
"""Objects in one object stream: a reader opens all of them to see one."""
_LEVEL = 6
_FREE, _PLAIN, _PACKED = 0, 1, 2


class Objects:
    """The objects of one file, in the order of their numbers, which start at 1."""

    def __init__(self) -> None:
        self._bodies: list[bytes | None] = []
        self._streams: dict[int, bytes] = {}

    def reserve(self) -> int:
        """A number whose object comes later by ``put``."""
        self._bodies.append(None)
        return len(self._bodies)

    def put(self, number: int, body: str) -> None:
        self._bodies[number - 1] = body.encode("latin-1")

    def add(self, body: str) -> int:
        """The number of an object; ``body`` is what stands between ``obj`` and ``endobj``."""
        self._bodies.append(body.encode("latin-1"))
        return len(self._bodies)

    def add_stream(self, data: bytes, entries: str = "", *, compressed: bool = False) -> int:
        """The number of a stream with some entries in its dictionary; ``compressed`` by
        ``deflated`` or not yet.
        """
        data = data if compressed else deflated(data)
        number = self.reserve()
        head = f"<<{entries}/Filter/FlateDecode/Length {len(data)}>>\nstream\n".encode("latin-1")
        self._streams[number] = head + data + b"\nendstream"
        return number

    def written(self, root: int, info: int, identity: bytes) -> bytes:
        """The whole file, with the numbers of its catalog and its information and the 16 bytes of
        its identity.
        """
        file, size = [_HEADER], len(_HEADER)
        entries: dict[int, tuple[int, int, int]] = {}

        def write(number: int, body: bytes) -> None:
            nonlocal size
            entries[number] = _PLAIN, size, 0
            file.append(b"%d 0 obj\n%b\nendobj\n" % (number, body))
            size += len(file[-1])

        for number, body in self._streams.items():
            write(number, body)
        last = len(self._bodies)
        for numbers, head, packed in self._packed():
            last += 1
            data = deflated(head + packed)
            head = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>" % (
                len(numbers),
                len(head),
                len(data),
            )
            write(last, head + b"\nstream\n" + data + b"\nendstream")
            entries |= {number: (_PACKED, last, at) for at, number in enumerate(numbers)}
        last += 1
        entries[last] = _PLAIN, size, 0
        rows = [(_FREE, 0, 65535), *(entries[number] for number in range(1, last + 1))]
        table = deflated(b"".join(struct.pack(">BIH", *row) for row in rows))
        key = identity.hex()
        head = (
            f"<</Type/XRef/Size {last + 1}/W[1 4 2]/Root {root} 0 R/Info {info} 0"
            f" R/ID[<{key}><{key}>]/Filter/FlateDecode/Length {len(table)}>>\nstream\n"
        ).encode("ascii")
        file.append(
            b"%d 0 obj\n%b%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
            % (last, head, table, size)
        )
        return b"".join(file)

    def _packed(self) -> Iterator[tuple[list[int], bytes, bytes]]:
        """Numbers, table and bodies of each object stream (7.5.7)."""
        plain = [(number, body) for number, body in enumerate(self._bodies, 1) if body is not None]
        for start in range(0, len(plain), _TOGETHER):
            numbers, bodies = zip(*plain[start : start + _TOGETHER], strict=True)
            places = accumulate((len(body) + 1 for body in bodies), initial=0)
            table = b" ".join(b"%d %d" % pair for pair in zip(numbers, places, strict=False))
            yield list(numbers), table + b"\n", b"\n".join(bodies)


def deflated(data: bytes) -> bytes:
    """Data as FlateDecode has it."""
    return zlib.compress(data, _LEVEL)
