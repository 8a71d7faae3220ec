"""The log: every change and every export, by whom and when; like events it is only added to."""

from __future__ import annotations

from django.db import models

from policycards.core.areas import LONGEST
from policycards.ledger.models.areas import Placed
from policycards.ledger.models.people import User


class LogEntry(models.Model):
    """Somebody did something (``verb`` of ``permissions.PERMISSIONS``) in an area; ``facts`` are ids and
    counts, no names.
    """

    at = models.DateTimeField(db_index=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="log")
    verb = models.CharField(max_length=30)
    area = models.CharField(max_length=LONGEST, blank=True, db_index=True)
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
