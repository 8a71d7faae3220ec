"""People: offices get users, village teams join by slips, devices can be revoked."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from axes.utils import reset as unlock
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from policycards.core.problems import Place, Problem, problem
from policycards.ledger.models import Area, Device, Slip, User
from policycards.ledger.permissions import (
    RANKS,
    Refused,
    ask,
    locked_row,
    log,
    name_for_messages,
    needs_second_factor,
    refuse,
)
from policycards.qr import crockford

LENGTHS: Mapping[str, tuple[int, ...]] = {
    "operator": (0,),
    "region": (2, 4),
    "county": (6,),
    "township": (9,),
    "team": (12,),
    "viewer": (2, 4, 6, 9, 12),
}
"""Digits of the areas to which each role can be bound."""
SLIP = 16
"""Characters of a slip's code, the check character included: 75 random bits."""


@dataclass(frozen=True, slots=True)
class NewUser:
    """A user to be, as a row of a list says; ``password`` is the first one, to be changed."""

    username: str
    role: str
    area: str
    password: str
    name: str = ""


def first_password() -> str:
    """A password for the first log-in: fourteen characters that nobody confuses."""
    return crockford.encode(secrets.randbits(70), 14)


@transaction.atomic
def add_users(
    user: User, rows: Sequence[NewUser], *, now: datetime, dry_run: bool = False
) -> list[User]:
    """Make users, all or none; every row that cannot be is reported with its number."""
    known = set(
        Area.objects.filter(code__in={row.area for row in rows}).values_list("code", flat=True)
    )
    usernames = set(
        User.objects.filter(username__in={row.username for row in rows}).values_list(
            "username", flat=True
        )
    )
    problems: list[Problem] = []
    for number, row in enumerate(rows, 2):
        problems += _row_problems(user, row, known, usernames, Place("users", number))
        usernames.add(row.username)
    if problems:
        raise Refused(*problems)
    made = [_user(row) for row in rows]
    if not dry_run:
        User.objects.bulk_create(made)
        for each in made:
            log(user, "user.add", each.area, now, username=each.username, role=each.role)
    return made


def _row_problems(
    user: User, row: NewUser, known: set[str], usernames: set[str], place: Place
) -> list[Problem]:
    given = RANKS.get(user.role, ())
    if row.role not in LENGTHS or len(row.area) not in LENGTHS[row.role]:
        return [
            problem("E678", place, role=row.role, area=row.area or "–", known=", ".join(LENGTHS))
        ]
    if row.role not in given or not row.area.startswith(user.area):
        return [
            problem(
                "E675",
                place,
                person=name_for_messages(user),
                role=row.role,
                known=", ".join(given) or "–",
            )
        ]
    if row.area and row.area not in known:
        return [problem("E673", place, area=row.area)]
    is_long = len(row.username) > 60 or len(row.name) > 100
    if not row.username or is_long or row.username in usernames:
        return [problem("E676", place, person=row.username)]
    return _password_problems(row, place)


def _user(row: NewUser) -> User:
    made = User(
        username=row.username, name=row.name, role=row.role, area=row.area, must_change=True
    )
    made.set_password(row.password)
    return made


def _password_problems(row: NewUser, place: Place) -> list[Problem]:
    try:
        validate_password(row.password, User(username=row.username, name=row.name))
    except ValidationError as error:
        return [problem("E681", place, why=" ".join(error.messages))]
    return []


@transaction.atomic
def change_user(
    user: User,
    username: str,
    *,
    now: datetime,
    role: str = "",
    area: str = "",
    is_active: bool | None = None,
) -> User:
    """Give somebody another role or area, or let the person in no more (or again)."""
    found: User | None = (
        User.objects.within(user).select_for_update().filter(username=username).first()
    )
    given = RANKS.get(user.role, ())
    if found is None or found.role not in given:
        raise refuse("E640", person=name_for_messages(user), verb="user.change")
    new_role, new_area = role or found.role, area or found.area
    ask(user, "user.change", found.area, new_area)
    if new_role not in given:
        raise refuse("E675", person=name_for_messages(user), role=new_role, known=", ".join(given))
    if len(new_area) not in LENGTHS[new_role]:
        raise refuse("E678", role=new_role, area=new_area or "–", known=", ".join(LENGTHS))
    if new_area and not Area.objects.filter(code=new_area).exists():
        raise refuse("E673", area=new_area)
    found.role, found.area = new_role, new_area
    found.is_active = found.is_active if is_active is None else is_active
    found.save(update_fields=["role", "area", "is_active"])
    facts = {"username": username, "role": found.role, "active": found.is_active}
    log(user, "user.change", found.area, now, **facts)
    return found


@transaction.atomic
def reset_user(user: User, username: str, *, now: datetime, factor: bool = False) -> str:
    """A new first password for somebody who forgot it, who is let out everywhere and let in again
    after failures; with ``factor`` the phone that made the numbers is forgotten. Of a village team,
    which has no password, all phones are revoked; the text is empty then.
    """
    found: User | None = (
        User.objects.within(user).select_for_update().filter(username=username).first()
    )
    if found is None or found.role not in RANKS.get(user.role, ()):
        raise refuse("E640", person=name_for_messages(user), verb="user.reset")
    ask(user, "user.reset" if found.role != "team" else "device.revoke", found.area)
    if found.role == "team":
        for device in found.devices.filter(revoked=None):
            revoke(user, device.pk, now=now)
        return ""
    password = first_password()
    found.set_password(password)
    found.must_change = True
    found.save(update_fields=["password", "must_change"])
    if factor:
        TOTPDevice.objects.filter(user=found).delete()
    unlock(username=username)
    log(user, "user.reset", found.area, now, username=username, on=not factor)
    return password


@transaction.atomic
def set_password(user: User, password: str, *, now: datetime) -> None:
    """A person's own new password."""
    if problems := _password_problems(
        NewUser(user.username, "", "", password, user.name), Place("password")
    ):
        raise Refused(*problems)
    user.set_password(password)
    user.must_change = False
    user.save(update_fields=["password", "must_change"])
    log(user, "user.password", user.area, now, username=user.username)


@transaction.atomic
def keep_second_factor(user: User, device: TOTPDevice, *, now: datetime, is_on: bool) -> None:
    """Ask a person for the numbers of a phone's program from now on, or no more."""
    if not is_on and needs_second_factor(user):
        raise refuse("E640", person=name_for_messages(user), verb="user.second")
    if is_on:
        device.confirmed = True
        device.save(update_fields=["confirmed"])
    else:
        device.delete()
    log(user, "user.second", user.area, now, username=user.username, on=is_on)


@transaction.atomic
def make_slips(
    user: User, areas: Sequence[str], *, now: datetime, days: int = 14
) -> list[tuple[str, str]]:
    """A slip for each of some villages: the area and the code to be printed, which is kept
    nowhere.
    """
    ask(user, "slip.make", *areas)
    if unknown := set(areas) - set(
        Area.objects.filter(code__in=areas).values_list("code", flat=True)
    ):
        raise Refused(*(problem("E673", Place("slips"), area=area) for area in sorted(unknown)))
    if wrong := [area for area in areas if len(area) not in LENGTHS["team"]]:
        raise refuse("E678", role="team", area=wrong[0], known=", ".join(LENGTHS))
    made = [(area, _slip_code()) for area in areas]
    author = user if user.pk else None
    expires = now + timedelta(days=days)
    Slip.objects.bulk_create(
        Slip(digest=_digest(code), area=area, made_by=author, made=now, expires=expires)
        for area, code in made
    )
    log(user, "slip.make", user.area, now, areas=list(areas), days=days)
    return made


def _slip_code() -> str:
    text = crockford.encode(secrets.randbits(5 * (SLIP - 1)), SLIP - 1)
    return text + crockford.check_character(text)


def _digest(code: str) -> str:
    return sha256(b"policycards slip " + code.encode()).hexdigest()


@transaction.atomic
def join(
    code: str, device: UUID, *, now: datetime, label: str = "", since: datetime | None = None
) -> Device:
    """Let a device in by a slip: its user is a new one of the slip's village, and what it has not
    sent is kept.

    A device belongs to one village. One that joins again keeps its id, so that it can withdraw what
    it reported before; a revoked one does so too: somebody gave it the new slip. ``since`` is when
    the phone joined first, as the ledger then said: a restored ledger may not know it.
    """
    folded = crockford.fold(code)[:40]
    slip = (
        Slip.objects.select_for_update()
        .filter(digest=_digest(folded), used=None, expires__gt=now)
        .first()
    )
    if slip is None:
        raise refuse("E679", "slip")
    known = Device.objects.select_for_update().filter(pk=device).first()
    if known is not None and known.area != slip.area:
        raise refuse("E680", "slip")
    member = User.objects.create(
        username=f"{slip.area}-{slip.digest[:8]}", role="team", area=slip.area
    )
    member.set_unusable_password()
    member.save(update_fields=["password"])
    if known is not None:
        User.objects.filter(pk=known.user_id).update(is_active=False)
    first = known.joined if known else min(since or now, now)
    joined = Device(
        pk=device, user=member, area=slip.area, label=label[:60], joined=first, seen=now
    )
    joined.save()
    slip.used, slip.device = now, joined
    slip.save(update_fields=["used", "device"])
    log(member, "device.join", slip.area, now, device=str(device))
    return joined


@transaction.atomic
def revoke(user: User, device: UUID, *, now: datetime) -> None:
    """Let a device send and see nothing more, at once."""
    found: Device = locked_row(user, "device.revoke", Device.objects.within(user), device)
    found.revoked = now
    found.save(update_fields=["revoked"])
    User.objects.filter(pk=found.user_id).update(is_active=False)
    log(user, "device.revoke", found.area, now, device=str(device))
