"""The search index: what is compared with a reader's words, on the phone itself."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable

from policycards.catalogue.model.catalogue import Catalogue, topics_with
from policycards.catalogue.model.policy import Policy, Text
from policycards.design.content.policy_text import PolicyText


def search_index(policies: Iterable[Policy], speaker: PolicyText) -> str:
    """A script that holds the index: no browser lets a page of a folder fetch its neighbour.

    An entry is a policy's id, its names, other words about it in both scripts, and its name in
    pinyin, whole and by initials.
    """
    entries = [_entry(policy, speaker) for policy in policies]
    lines = ",\n".join(
        json.dumps(entry, ensure_ascii=False, separators=(",", ":")) for entry in entries
    )
    return f'"use strict";\nconst INDEX = [\n{lines}\n];\n'


def _entry(policy: Policy, speaker: PolicyText) -> list[str]:
    name, summary, who = (
        speaker.filled(text, policy) for text in (policy.name, policy.summary, policy.who)
    )
    others = [summary, who, *_subjects(speaker.catalogue, policy)]
    words = " ".join(dict.fromkeys([*(text.bo for text in others), *(text.zh for text in others)]))
    return [policy.id, name.bo, name.zh, words, " ".join(pinyin(name.zh))]


def _subjects(catalogue: Catalogue, policy: Policy) -> list[Text]:
    category = next(
        each.name for each in catalogue.settings.categories if each.id == policy.category
    )
    topics = topics_with(catalogue, policy.id)
    return [category, *(topic.name for topic in topics), *(topic.who for topic in topics)]


def pinyin(text: str) -> tuple[str, str]:
    """A Chinese text in pinyin without tones, and the initials of its characters; what is not
    Chinese is left out.

    >>> pinyin("草原禁牧补助（2024）")
    ('caoyuanjinmubuzhu', 'cyjmbz')
    """
    from pypinyin import lazy_pinyin  # not before a site is built: its dictionary is large

    han = "".join(
        character for character in text if unicodedata.name(character, "").startswith("CJK UNIFIED")
    )
    syllables = lazy_pinyin(han)
    return "".join(syllables), "".join(syllable[0] for syllable in syllables)
