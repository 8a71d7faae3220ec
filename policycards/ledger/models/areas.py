"""Areas and whom to ask there, and the rows that lie in an area."""

from __future__ import annotations

from typing import Protocol, Self, TypeVar

from django.db import models

from policycards.core.areas import LONGEST


class Person(Protocol):
    """Whoever asks for rows; somebody who is not signed in has no ``area``."""

    @property
    def is_active(self) -> bool: ...


def reach(prefix: str) -> tuple[str, str]:
    """The first and last code of an area: what lies between is the area and all in it, also for an
    index.

    >>> reach("5499")
    ('5499', '549999999999')
    """
    return prefix, prefix.ljust(LONGEST, "9")


_Row = TypeVar("_Row", bound=models.Model, covariant=True)


class Placed(models.QuerySet[_Row]):
    """Rows that lie in an area."""

    place = "area"
    """The field with the code of the area."""

    def in_area(self, prefix: str) -> Self:
        """The rows of an area and all areas in it."""
        first, last = reach(prefix)  # not __range, which a foreign key does not know
        return (
            self.filter(**{f"{self.place}__gte": first, f"{self.place}__lte": last})
            if prefix
            else self
        )

    def within(self, user: Person) -> Self:
        """The rows that a person may see: those of the own area; none for somebody who is not
        logged in.
        """
        prefix = getattr(user, "area", None)
        everywhere = getattr(user, "role", "") == "operator"
        if not user.is_active or not (prefix or everywhere):
            return self.none()
        return self.in_area(prefix or "")


class ByCode(Placed[_Row]):
    """Areas themselves."""

    place = "code"


class OfPack(Placed[_Row]):
    """Rows that belong to a pack, and lie where it does."""

    place = "pack__area"


class Area(models.Model):
    """A division, by its code; ``parent`` is the nearest area whose code begins this one's.

    An area that has ended keeps its row. ``successors`` are codes with spaces between.
    """

    code = models.CharField(primary_key=True, max_length=LONGEST)
    bo = models.CharField(max_length=200)
    zh = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    successors = models.CharField(max_length=400, blank=True)

    objects = ByCode.as_manager()

    def __str__(self) -> str:
        return f"{self.code} {self.zh}"


class Contact(models.Model):
    """A telephone of an office; the nearest area's row of a role wins."""

    area = models.ForeignKey(Area, models.PROTECT)
    role = models.CharField(max_length=10)
    office_bo = models.CharField(max_length=200)
    office_zh = models.CharField(max_length=200)
    phone = models.CharField(max_length=30)
    hours_bo = models.CharField(max_length=200, blank=True)
    hours_zh = models.CharField(max_length=200, blank=True)
    speaks_tibetan = models.BooleanField(default=False)

    objects = Placed.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("area", "role"), name="a_contact_for_each_role"),
        )

    def __str__(self) -> str:
        return f"{self.area_id} {self.role}"
