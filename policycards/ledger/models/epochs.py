"""The epochs of a ledger: what phones ask to learn that a backup was restored."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Epoch(models.Model):
    """The time from one restore of the database to the next. Events that phones sent in an earlier
    one may be missing.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    begun = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
