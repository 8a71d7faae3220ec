"""Recordings of policies read aloud: whether a phone can play them, and as what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policycards.catalogue.model import LANGS, Catalogue, Lang, Policy
from policycards.problems import Problem, problem

PLAYED = {
    "audio/mp3": ".mp3",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "audio/x-m4a": ".m4a",
    "audio/ogg": ".ogg",
    "audio/opus": ".ogg",
    "audio/wav": ".wav",
}
"""What phones play, as mutagen tells it, and the ending by which a host knows it."""


def recording(catalogue: Catalogue, policy: Policy, lang: Lang) -> Path | None:
    """The file of a policy's recording in a language, beside the policy; None where it has none."""
    name = policy.audio and getattr(policy.audio, lang)
    return Path(catalogue.place(policy.id, "id").file).parent / name if name else None


def ending(file: Path) -> str | None:
    """The ending that fits what is in a file; None where there is no sound in it that phones play."""
    from mutagen import File, MutagenError

    try:
        found = File(file)
    except MutagenError:
        return None
    if found is None or not found.info.length > 0:
        return None
    return next((PLAYED[kind] for kind in found.mime if kind in PLAYED), None)


def problems(catalogue: Catalogue) -> Iterator[Problem]:
    """Recordings that are there and that no phone plays (E621)."""
    for policy in catalogue.policies:
        for lang in LANGS:
            file = recording(catalogue, policy, lang)
            if file and file.is_file() and ending(file) is None:
                yield problem("E621", catalogue.place(policy.id, "audio", lang), file=file.name)
