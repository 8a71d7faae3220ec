"""Counts that events keep up to date, so that no page counts a million cards; ``recount`` proves
them.
"""

from __future__ import annotations

from django.db import models

from policycards.ledger.models.areas import Area, OfPack, Placed
from policycards.ledger.models.runs import Pack


class Count(models.Model):
    """How many cards or spares of a pack, in an area, are in a state; spares have no validity."""

    pack = models.ForeignKey(Pack, models.PROTECT, db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, db_index=False)
    edition = models.CharField(max_length=8)
    is_spare = models.BooleanField(default=False)
    status = models.CharField(max_length=9)
    validity = models.CharField(max_length=8, blank=True)
    evidence = models.CharField(max_length=8, blank=True)
    number = models.IntegerField(default=0)

    objects = Placed.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("pack", "area", "is_spare", "status", "validity", "evidence"),
                name="a_count_for_each_state",
            ),
        )
        indexes = (models.Index(fields=("area", "edition")),)


class DayCount(models.Model):
    """How many cards of an area and edition came into their status on a day."""

    area = models.ForeignKey(Area, models.PROTECT, db_index=False)
    edition = models.CharField(max_length=8)
    day = models.DateField()
    status = models.CharField(max_length=9)
    number = models.IntegerField(default=0)

    objects = Placed.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("area", "edition", "day", "status"), name="a_count_for_each_day"
            ),
        )


class Stock(models.Model):
    """How many pieces of a pack's goods were printed, sent, received … at a hop, as the pack's
    events say.
    """

    pack = models.ForeignKey(Pack, models.PROTECT, db_index=False)
    goods = models.CharField(max_length=8)
    hop = models.CharField(max_length=8)
    kind = models.CharField(max_length=10)
    number = models.IntegerField(default=0)

    objects = OfPack.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("pack", "goods", "hop", "kind"), name="a_stock_for_each_kind"
            ),
        )
