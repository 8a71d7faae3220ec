"""Every text of the catalogue with its place, and the digest by which a review knows it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator

from policycards.catalogue.model.catalogue import LocatedText
from policycards.catalogue.model.policy import Text
from policycards.catalogue.yaml.source import Document, Path_


def text_digest(text: Text) -> str:
    """Sixteen hexadecimal digits that change whenever either language changes; spaces around it do
    not count.

    >>> text_digest(Text(bo="མིང་", zh="姓名")) == text_digest(Text(bo=" མིང་", zh="姓名"))
    True
    """
    sides = (unicodedata.normalize("NFC", side).strip() for side in (text.zh, text.bo))
    return hashlib.sha256("\0".join(sides).encode("utf-8")).hexdigest()[:16]


def texts_of(document: Document, owner: str) -> Iterator[LocatedText]:
    """The texts of a document in the order of the file, also of one that has faults elsewhere."""
    for path in document.keys:
        if path[-1] != "bo" or "audio" in path:
            continue
        found = _text_at(document, path[:-1])
        if found is not None:
            bo, zh = document.place(path), document.place((*path[:-1], "zh"))
            yield LocatedText(found, owner, path[:-1], bo, zh)


def _text_at(document: Document, path: Path_) -> Text | None:
    data = document.value(path)
    sides = [data.get("bo"), data.get("zh")] if isinstance(data, dict) else []
    if len(sides) == 2 and all(isinstance(side, str) and side for side in sides):
        return Text.model_construct(bo=sides[0], zh=sides[1])
    return None
