"""CSV as offices save it: UTF-8 with or without BOM, UTF-16 with BOM, else GB18030, each strictly,
nothing guessed.
"""

from __future__ import annotations

import codecs

from policycards.core.problems import Place, Problem, problem

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def utf8_of(content: bytes, file: str) -> tuple[bytes | None, list[Problem]]:
    """The content as UTF-8 without BOM and with line feeds; None where it is of no encoding that is
    read.
    """
    problems: list[Problem] = []
    encoding = next((encoding for bom, encoding in _BOMS if content.startswith(bom)), "utf-8")
    try:
        if encoding == "utf-16":
            content = content.decode("utf-16").encode("utf-8")
        elif not _is_utf8(content):
            content = content.decode("gb18030").encode("utf-8")
            problems.append(problem("W103", Place(file)))
    except UnicodeDecodeError:
        return None, [problem("E503", Place(file))]
    content = content.removeprefix(codecs.BOM_UTF8)
    return content if b"\n" in content else content.replace(b"\r", b"\n"), problems


def _is_utf8(content: bytes) -> bool:
    """Decoded in pieces: a file of a whole region would otherwise stand in memory three times."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), 1 << 24):
            decoder.decode(content[start : start + (1 << 24)])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
