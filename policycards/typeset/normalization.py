"""One spelling for every text before it is shaped: NFC, and what NFC leaves."""

from __future__ import annotations

import re
from unicodedata import normalize

# U+0F77 and U+0F79 have only a compatibility mapping, U+0F00 has none and takes no subjoined
# letters.
_SPELLED_OUT = str.maketrans(
    {"\u0f77": "\u0fb2\u0f71\u0f80", "\u0f79": "\u0fb3\u0f71\u0f80", "\u0f00": "\u0f68\u0f7c\u0f7e"}
)
_TIBETAN_DIGITS = str.maketrans("0123456789", "༠༡༢༣༤༥༦༧༨༩")
_LATIN_OR_NUMBER = re.compile(r"[!-~]*[A-Za-z][!-~]*|[0-9]+")


def normal(text: str) -> str:
    """The text in NFC, with the Tibetan letters written out that NFC leaves. Never NFKC: it makes
    U+0F0C a U+0F0B.

    >>> ascii(normal("\\u0f00"))
    "'\\\\u0f68\\\\u0f7c\\\\u0f7e'"
    >>> ascii(normal("\\u0f44\\u0f0c\\u0f0d"))
    "'\\\\u0f44\\\\u0f0c\\\\u0f0d'"
    """
    return normalize("NFC", text.translate(_SPELLED_OUT))


def tibetan_digits(text: str) -> str:
    """European digits made Tibetan ones, except in Latin words and addresses. Never the half digits
    U+0F2A…0F33.

    >>> tibetan_digits("སྒོར་7.50 A4 example.cn/7")
    'སྒོར་༧.༥༠ A4 example.cn/7'
    """
    return _LATIN_OR_NUMBER.sub(lambda found: _in_tibetan(found[0]), text)


def _in_tibetan(found: str) -> str:
    return found.translate(_TIBETAN_DIGITS) if found.isdigit() else found
