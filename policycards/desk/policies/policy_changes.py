"""Changes of policies that were typed and not yet written: kept as the files that ``policycards
policy`` reads.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeAlias

from policycards.catalogue.editing.editable_texts import Change, Wording, as_json, read_changes
from policycards.catalogue.model.policy import Policy
from policycards.desk.core.office_folder import Office
from policycards.desk.core.tasks import KEPT

Fields: TypeAlias = Mapping[str, Wording]


def keep(office: Office, policy: str, changes: Sequence[Change]) -> str:
    """Keep changes until they are written or forgotten; the stamp by which they are found."""
    return keep_file(office, as_json(policy, changes))


def keep_file(office: Office, content: str) -> str:
    """Keep what was typed, and forget what was long ago; the stamp by which it is found."""
    folder = office.memory / "changes"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    oldest = (datetime.now() - KEPT).timestamp()
    for file in sorted(folder.glob("*.json")):
        if file.stat().st_mtime < oldest:
            file.unlink(missing_ok=True)
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
    (folder / f"{stamp}.json").write_text(content, encoding="utf-8")
    return stamp


def content_of(office: Office, stamp: str) -> str:
    """What was kept; empty where there is nothing of this stamp."""
    file = office.memory / "changes" / f"{stamp}.json"
    named = bool(stamp) and stamp.replace("-", "").isalnum()
    return file.read_text(encoding="utf-8") if named and file.is_file() else ""


def read(office: Office, policy: Policy, stamp: str) -> list[Change]:
    """Kept changes of a policy; none where there are none of this stamp."""
    content = content_of(office, stamp)
    return read_changes(content, policy, stamp)[0] if content else []


def file_of(office: Office, stamp: str) -> str:
    """The file of a stamp by its path from the office's folder, for the command."""
    return office.relative(office.memory / "changes" / f"{stamp}.json")
