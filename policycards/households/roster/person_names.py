"""Names of people and houses in both scripts: one script is normal, and one word is a whole
name.
"""

from __future__ import annotations

import re

from policycards.households.roster.cells import CellFault, Reading, no_damage, read_text

TIBETAN = re.compile(r"[\u0f00-\u0fff]")
_TIBETAN_PART = re.compile(r"[\u0f00-\u0fff]+(?:[ \u00a0]+[\u0f00-\u0fff]+)*")
_HAN = re.compile(r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z .'\u00b7-]*")
_QUESTION = re.compile(r"[?？]")
_ENDS = "་༌། \u00a0"


def read_name(text: str, *, tibetan: bool) -> Reading:
    """A name as it is, outer tshegs and shads off; raises CellFault where text was lost.

    In the column of Tibetan names a text that is neither Tibetan, Chinese nor a word of Latin
    letters comes from an old font or code, and nobody can read it any more.
    """
    no_damage(text)
    if _QUESTION.search(text):
        raise CellFault("E518")
    name = str(read_text(text).value or "")
    if (
        tibetan
        and name
        and not (TIBETAN.search(name) or _HAN.search(name) or _LATIN_WORD.fullmatch(name))
    ):
        raise CellFault("E520")
    return Reading(name.strip(_ENDS) if TIBETAN.search(name) else name or None)


def by_script(bo: str | None, zh: str | None) -> tuple[str | None, str | None]:
    """The two names, each where its script belongs: lists have both in one cell, or in each other's
    columns.

    >>> by_script(None, "扎西 བཀྲ་ཤིས")
    ('བཀྲ་ཤིས', '扎西')
    """
    texts = [text for text in (bo, zh) if text]
    tibetan = [part.strip(_ENDS) for text in texts for part in _TIBETAN_PART.findall(text)]
    others = [" ".join(_TIBETAN_PART.sub(" ", text).split()).strip("()（）/ ") for text in texts]
    return next(filter(None, tibetan), None), next(filter(None, reversed(others)), None)
