"""People, each bound to a role and an area, their devices, and the slips by which village teams
join.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from policycards.core.areas import LONGEST
from policycards.ledger.models.areas import Placed

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
    area = models.CharField(max_length=LONGEST, blank=True, db_index=True)
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
    area = models.CharField(max_length=LONGEST, db_index=True)
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
    area = models.CharField(max_length=LONGEST, db_index=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True)
    made = models.DateTimeField()
    expires = models.DateTimeField()
    device = models.ForeignKey(Device, models.PROTECT, null=True)
    used = models.DateTimeField(null=True)

    objects = Placed.as_manager()

    def __str__(self) -> str:
        return f"{self.area} {self.expires:%Y-%m-%d}"
