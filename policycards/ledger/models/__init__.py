"""The tables of the ledger."""

from policycards.ledger.models.areas import Area, Contact, Device, Placed, Slip, User, reach
from policycards.ledger.models.events import (
    Call,
    Epoch,
    Event,
    LogEntry,
    Note,
    Refusal,
    Sample,
    Submission,
)
from policycards.ledger.models.runs import (
    Card,
    Count,
    DayCount,
    Household,
    Pack,
    Run,
    Spare,
    Stale,
    Stock,
)

__all__ = [
    "Area",
    "Call",
    "Card",
    "Contact",
    "Count",
    "DayCount",
    "Device",
    "Epoch",
    "Event",
    "Household",
    "LogEntry",
    "Note",
    "Pack",
    "Placed",
    "Refusal",
    "Run",
    "Sample",
    "Slip",
    "Spare",
    "Stale",
    "Stock",
    "Submission",
    "User",
    "reach",
]
