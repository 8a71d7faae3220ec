"""What was printed: runs, packs, cards and spares, the households they are for, and their counts.

Events keep the counts up to date, so that no page counts a million cards; ``recount`` proves them.
"""

from __future__ import annotations

from django.db import models

from policycards.core.units import AREA_DIGITS
from policycards.ledger.domain.card_states import BLANK, WAITING
from policycards.ledger.models.areas import Area, OfPack, Placed, User

CODE = 12
"""Characters of a card code."""


class Run(models.Model):
    """One act of printing, as its manifest tells; ``area`` is the smallest that holds all its
    villages.
    """

    id = models.CharField(primary_key=True, max_length=32)
    edition = models.CharField(max_length=8, db_index=True)
    area = models.CharField(max_length=AREA_DIGITS, db_index=True)
    cards = models.PositiveIntegerField()
    spares = models.PositiveIntegerField()
    loaded = models.DateTimeField()
    loaded_by = models.ForeignKey(User, models.PROTECT, null=True)
    closed = models.DateTimeField(null=True)

    objects = Placed.as_manager()

    def __str__(self) -> str:
        return f"{self.edition} {self.id[:8]}"


class Pack(models.Model):
    """What went to one village in a run. ``village`` is what it was printed for, ``area`` where it
    belongs today.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="packs")
    village = models.CharField(max_length=AREA_DIGITS)
    area = models.ForeignKey(Area, models.PROTECT)
    cards = models.PositiveIntegerField()
    spares = models.PositiveIntegerField()
    closed = models.DateTimeField(null=True)

    objects = Placed.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("run", "village"), name="a_pack_for_each_village"),
        )

    def __str__(self) -> str:
        return f"{self.run_id[:8]} {self.village}"


class Household(models.Model):
    """A household: its number in the county's rosters, names, area, group, place in the pile, and
    nothing more.
    """

    county = models.CharField(max_length=6)
    number = models.CharField(max_length=64)
    area = models.ForeignKey(Area, models.PROTECT, db_index=False)
    name_bo = models.CharField(max_length=200, blank=True)
    name_zh = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=100, blank=True)
    pile = models.PositiveIntegerField()

    objects = Placed.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("county", "number"), name="a_household_for_each_number"
            ),
        )
        indexes = (models.Index(fields=("area", "pile")),)

    def __str__(self) -> str:
        return self.number


class Paper(models.Model):
    """A piece that has a code, and what became of it as its events say (``states``): never written
    by hand.
    """

    code = models.CharField(primary_key=True, max_length=CODE)
    pack = models.ForeignKey(Pack, models.PROTECT)
    area = models.ForeignKey(Area, models.PROTECT, db_index=False)
    edition = models.CharField(max_length=8)
    conflict = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)
    evidence = models.CharField(max_length=8, blank=True)
    detail = models.CharField(max_length=9, blank=True)

    objects = Placed.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code


class Card(Paper):
    """A household's card."""

    status = models.CharField(max_length=9, default=WAITING)
    household = models.ForeignKey(Household, models.PROTECT)
    pile = models.PositiveIntegerField()
    copy = models.PositiveSmallIntegerField(default=1)
    validity = models.CharField(max_length=8, default="valid")
    replaced_by = models.CharField(max_length=CODE, blank=True)
    collected = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=("area", "pile"), name="cards_in_walking_order"),
            models.Index(fields=("status", "area", "pile"), name="cards_by_status"),
            models.Index(
                fields=("area", "pile"),
                condition=~models.Q(validity="valid"),
                name="cards_that_do_not_hold",
            ),
            models.Index(
                fields=("replaced_by",),
                condition=models.Q(replaced_by__gt=""),
                name="replaced_cards",
            ),
            models.Index(fields=("area",), condition=models.Q(copy__gt=1), name="later_copies"),
            models.Index(
                fields=("area",), condition=models.Q(conflict=True), name="conflicting_cards"
            ),
        )


class Spare(Paper):
    """A spare card: blank until it is bound to a household."""

    status = models.CharField(max_length=9, default=BLANK)
    household = models.ForeignKey(Household, models.PROTECT, null=True)
    batch = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    confirmed = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(fields=("area", "status")),
            models.Index(
                fields=("area",), condition=models.Q(conflict=True), name="conflicting_spares"
            ),
        )


class Stale(models.Model):
    """A card that says what no longer holds, as 'policycards stale' found: what is to be printed
    again, and why.
    """

    card = models.OneToOneField(Card, models.PROTECT, primary_key=True, related_name="stale")
    area = models.ForeignKey(Area, models.PROTECT)
    listed = models.DateTimeField()
    reasons = models.CharField(max_length=200, blank=True)

    objects = Placed.as_manager()

    def __str__(self) -> str:
        return self.card_id


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
