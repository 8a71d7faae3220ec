"""An event as somebody tells it, before anybody has looked whether it can be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EventInput:
    """What a phone, a page or a list says that happened.

    ``code`` is a card's or spare's; without one it is about ``goods`` of ``pack`` at a ``hop``.
    ``household`` is the number of the one that a spare is bound to, ``other`` the code that
    replaces a card, ``corrects`` the event that is withdrawn. ``note`` may be forgotten later.
    ``is_doubtful`` where the phone itself does not trust its clock.
    """

    id: UUID
    kind: str
    device_time: datetime
    code: str = ""
    detail: str = ""
    evidence: str = "typed"
    pack: int = 0
    goods: str = ""
    hop: str = ""
    count: int = 0
    other: str = ""
    household: str = ""
    corrects: UUID | None = None
    note: str = ""
    is_doubtful: bool = False
