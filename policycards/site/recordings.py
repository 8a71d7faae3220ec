"""Recordings of policies read aloud: whether a phone can play them, and as what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from policycards.catalogue.model.catalogue import Catalogue
from policycards.catalogue.model.policy import LANGS, Lang, Policy
from policycards.core.files import open_regular
from policycards.core.problems import Problem, problem

PLAYED = {
    ".mp3": rb"ID3|\xff[\xe0-\xff]",
    ".m4a": rb"....ftyp",
    ".ogg": rb"OggS",
    ".wav": rb"RIFF....WAVE",
}
"""What phones play: the ending by which a host knows it, and how such a file begins."""


def recording(catalogue: Catalogue, policy: Policy, lang: Lang) -> Path | None:
    """The file of a policy's recording in a language, beside the policy; None where it has none."""
    name = policy.audio and getattr(policy.audio, lang)
    return Path(catalogue.place(policy.id, "id").file).parent / name if name else None


def ending(file: Path) -> str | None:
    """The ending that fits what is in a file; None where there is no sound in it that phones
    play.
    """
    from tinytag import TinyTag, TinyTagException

    with open_regular(file) as opened:
        beginning = opened.read(12)
        opened.seek(0)
        try:
            seconds = TinyTag.get(file_obj=opened).duration
        except TinyTagException:
            return None
    fitting = (suffix for suffix, form in PLAYED.items() if re.match(form, beginning, re.DOTALL))
    return next(fitting, None) if seconds else None


def problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Recordings that are there and that no phone plays (E621)."""
    for policy in catalogue.policies:
        for lang in LANGS:
            file = recording(catalogue, policy, lang)
            if file and file.is_file() and ending(file) is None:
                yield problem("E621", catalogue.place(policy.id, "audio", lang), file=file.name)
