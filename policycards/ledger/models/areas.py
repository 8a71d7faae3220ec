"""Areas with their contacts, the people, devices and slips bound to an area, and the rows in it."""

from __future__ import annotations

from typing import ClassVar, Protocol, Self, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from policycards.core.units import AREA_DIGITS


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
    return prefix, prefix.ljust(AREA_DIGITS, "9")


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

    code = models.CharField(primary_key=True, max_length=AREA_DIGITS)
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


ROLES = ("operator", "region", "county", "township", "team", "viewer")


class People(BaseUserManager["User"].from_queryset(Placed)):  # type: ignore[misc]  # made by Django at run time
    """Finds users; an action makes them."""


class User(AbstractBaseUser):
    """A person or a village team. ``area`` is the code whose whole reach the person may see; empty:
    everywhere.

    There is no superuser: what a person may do follows from ``role`` and ``area`` alone
    (``permissions``).
    """

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=10, choices=[(role, role) for role in ROLES])
    area = models.CharField(max_length=AREA_DIGITS, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    must_change = models.BooleanField(default=False)
    joined = models.DateTimeField(auto_now_add=True)

    objects = People()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["role", "area"]

    def __str__(self) -> str:
        return self.username


class Device(models.Model):
    """A phone that joined, by the id that it made itself; a revoked one sends nothing more."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="devices")
    area = models.CharField(max_length=AREA_DIGITS, db_index=True)
    label = models.CharField(max_length=60, blank=True)
    joined = models.DateTimeField()
    seen = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    objects = Placed.as_manager()

    def __str__(self) -> str:
        return self.label or str(self.id)


class Slip(models.Model):
    """A slip of paper by which one village team joins once, until it expires. Only a digest of its
    code is kept.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    area = models.CharField(max_length=AREA_DIGITS, db_index=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    device = models.ForeignKey(Device, models.PROTECT, null=True)
    used = models.DateTimeField(null=True)

    objects = Placed.as_manager()

    def __str__(self) -> str:
        return f"{self.area} {self.expires:%Y-%m-%d}"
