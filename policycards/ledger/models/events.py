"""What happened: events, which the database lets nobody change, and what of them may be
forgotten.
"""

from __future__ import annotations

from django.db import models

from policycards.core.areas import LONGEST
from policycards.ledger.models.areas import OfPack, Placed
from policycards.ledger.models.people import Device, User
from policycards.ledger.models.runs import CODE, Card, Household, Pack, Spare


class Event(models.Model):
    """One thing that happened to a card, a spare or, where both are empty, to some goods of a pack.

    ``id`` is made where it happened (UUIDv7). ``device_time`` is what the device's clock said,
    ``happened`` the same corrected by how wrong that clock was when the event was sent, never later
    than ``server_time``. ``doubtful`` says that neither can be trusted: the clock gave a time before
    the phone joined, or one that has not come yet, and ``happened`` is then the time of arrival.
    Rights follow the pack, card or spare, which may move to another area.
    """

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=10)
    detail = models.CharField(max_length=9, blank=True)
    evidence = models.CharField(max_length=8)
    pack = models.ForeignKey(Pack, models.PROTECT, db_index=False)
    card = models.ForeignKey(Card, models.PROTECT, null=True, related_name="events", db_index=False)
    spare = models.ForeignKey(
        Spare, models.PROTECT, null=True, related_name="events", db_index=False
    )
    household = models.ForeignKey(Household, models.PROTECT, null=True, db_index=False)
    goods = models.CharField(max_length=8, blank=True)
    hop = models.CharField(max_length=8, blank=True)
    count = models.PositiveIntegerField(default=0)
    other = models.CharField(max_length=CODE, blank=True)
    corrects = models.UUIDField(null=True)
    device_time = models.DateTimeField()
    happened = models.DateTimeField()
    server_time = models.DateTimeField()
    doubtful = models.BooleanField(default=False, db_default=False)
    user = models.ForeignKey(User, models.PROTECT, null=True, db_index=False)
    device = models.ForeignKey(Device, models.PROTECT, null=True, db_index=False)

    objects = OfPack.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("pack",), condition=models.Q(card=None, spare=None), name="events_of_packs"
            ),
            models.Index(
                fields=("card",), condition=models.Q(card__isnull=False), name="events_of_cards"
            ),
            models.Index(
                fields=("spare",), condition=models.Q(spare__isnull=False), name="events_of_spares"
            ),
            models.Index(
                fields=("card",),
                condition=models.Q(kind__in=("lost", "wrong")),
                name="events_that_ask_for_a_new_card",
            ),
            models.Index(fields=("server_time",), name="events_by_arrival"),
            models.Index(
                fields=("happened",), condition=models.Q(doubtful=True), name="doubtful_events"
            ),
            # SQLite uses a part of a table only where its condition has no value in it.
            models.Index(
                fields=("pack", "kind", "server_time"),
                condition=models.Q(card__isnull=False),
                name="events_of_cards_by_pack",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Note(models.Model):
    """What somebody wrote about an event in words: may be emptied without touching the event."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True)
    text = models.CharField(max_length=500)

    def __str__(self) -> str:
        return str(self.event_id)


class Refusal(models.Model):
    """An event that was sent and not accepted, and why: the code of a problem. Kept so that a
    person can ask.
    """

    id = models.UUIDField(primary_key=True)
    area = models.CharField(max_length=LONGEST, blank=True, db_index=True)
    problem = models.CharField(max_length=4)
    code = models.CharField(max_length=CODE, blank=True)
    at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, null=True)
    device = models.ForeignKey(Device, models.PROTECT, null=True)

    objects = Placed.as_manager()

    def __str__(self) -> str:
        return f"{self.problem} {self.id}"
