"""Sample checks: another unit asks some households whether they really have their card."""

from __future__ import annotations

from django.db import models

from policycards.core.codes import N_
from policycards.ledger.models.areas import Area, Placed
from policycards.ledger.models.people import User
from policycards.ledger.models.runs import Card

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
