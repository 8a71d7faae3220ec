"""Calls (诉求): somebody rang because of a card, and somebody owes an answer."""

from __future__ import annotations

from django.db import models

from policycards.core.codes import N_
from policycards.ledger.models.areas import Area, Placed
from policycards.ledger.models.people import User
from policycards.ledger.models.runs import Household

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
