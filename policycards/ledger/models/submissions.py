"""Forms that were sent: by their keys the ledger knows one that is sent twice."""

from __future__ import annotations

from django.db import models


class Submission(models.Model):
    """A form that was carried out; ``location`` is where its answer sent the browser."""

    key = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField(db_index=True)
    location = models.CharField(max_length=400, blank=True)

    def __str__(self) -> str:
        return self.key[:8]
