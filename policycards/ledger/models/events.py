"""What happened after printing: events, calls, sample checks, and the ledger's own log.

The database lets nobody change events and the log.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from policycards.core.codes import N_
from policycards.core.units import AREA_DIGITS
from policycards.ledger.models.areas import Area, Device, OfPack, Placed, User
from policycards.ledger.models.runs import CODE, Card, Household, Pack, Spare


class Event(models.Model):
    """One thing that happened to a card, a spare or, where both are empty, to some goods of a pack.

    ``id`` is made where it happened (UUIDv7). ``device_time`` is what the device's clock said,
    ``happened`` the same corrected by how wrong that clock was when the event was sent, never later
    than ``server_time``. ``doubtful`` says that neither can be trusted: the clock gave a time
    before the phone joined, or one that has not come yet, and ``happened`` is then the time of
    arrival. Rights follow the pack, card or spare, which may move to another area.
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
    area = models.CharField(max_length=AREA_DIGITS, blank=True, db_index=True)
    problem = models.CharField(max_length=4)
    code = models.CharField(max_length=CODE, blank=True)
    at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, null=True)
    device = models.ForeignKey(Device, models.PROTECT, null=True)

    objects = Placed.as_manager()

    def __str__(self) -> str:
        return f"{self.problem} {self.id}"


CALL_KINDS = {
    "unpaid": N_("not paid"),
    "less": N_("paid less"),
    "name": N_("wrong name"),
    "unlisted": N_("not listed"),
}


class Call(models.Model):
    """A household asks about a policy; ``area`` is the household's when it rang."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="calls")
    area = models.ForeignKey(Area, models.PROTECT, db_index=False)
    policy = models.CharField(max_length=80)
    kind = models.CharField(max_length=8)
    opened = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="calls")
    due = models.DateField()
    answered = models.DateTimeField(null=True)
    answer = models.CharField(max_length=1000, blank=True)

    objects = Placed.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("area", "answered", "due")),
            models.Index(
                fields=("due", "id"), condition=models.Q(answered=None), name="open_calls"
            ),
        )

    def __str__(self) -> str:
        return f"{self.policy} {self.kind}"


RESULTS = {
    "has": N_("has the card"),
    "has_not": N_("does not have the card"),
    "not_met": N_("was not met"),
}


class Sample(models.Model):
    """A card drawn by lot after its pack was closed; the result stands beside what was recorded
    first.
    """

    card = models.OneToOneField(Card, models.PROTECT, primary_key=True, related_name="sample")
    area = models.ForeignKey(Area, models.PROTECT)
    recorded = models.CharField(max_length=9)
    drawn = models.DateTimeField()
    drawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=7, blank=True)
    checked = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = Placed.as_manager()

    def __str__(self) -> str:
        return self.card_id


class LogEntry(models.Model):
    """Somebody did something (``verb`` of ``permissions.PERMISSIONS``) in an area; ``facts`` are
    ids and counts, no names.
    """

    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="log")
    verb = models.CharField(max_length=30)
    area = models.CharField(max_length=AREA_DIGITS, blank=True, db_index=True)
    facts = models.JSONField(default=dict)

    objects = Placed.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("at",), condition=models.Q(verb="ledger.backup"), name="backups_made"
            ),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"


class Epoch(models.Model):
    """The time from one restore of the database to the next. Events that phones sent in an earlier
    one may be missing.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    begun = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)


class Submission(models.Model):
    """A form that was carried out; ``location`` is where its answer sent the browser."""

    key = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField(db_index=True)
    location = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return self.key[:8]
