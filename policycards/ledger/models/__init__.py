"""The tables of the ledger."""

from policycards.ledger.models.areas import Area, Contact, Placed, reach
from policycards.ledger.models.calls import Call
from policycards.ledger.models.counts import Count, DayCount, Stock
from policycards.ledger.models.epochs import Epoch
from policycards.ledger.models.events import Event, Note, Refusal
from policycards.ledger.models.journal import LogEntry
from policycards.ledger.models.people import Device, Slip, User
from policycards.ledger.models.runs import Card, Household, Pack, Run, Spare, Stale
from policycards.ledger.models.samples import Sample
from policycards.ledger.models.submissions import Submission

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
