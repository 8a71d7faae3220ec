"""What lets a phone in after it has joined, and the seal on the file that it saves where there is
never a network.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.core import signing
from django.utils.crypto import salted_hmac

from policycards.ledger.actions.permission import refuse
from policycards.ledger.models import Device

LASTS = timedelta(days=30)
"""How long a phone stays in without having sent anything; each sending begins it anew."""
_SALT = "policycards.ledger.field"


def token(device: Device) -> str:
    """What a device shows with everything it asks. It names the device and whose it is, so joining
    again ends it.
    """
    return signing.dumps([device.pk.hex, device.user_id], salt=_SALT)


def device_of(text: str) -> Device:
    """The device that shows a token. Raises Refused: E655 where it must join again, E648 where it
    was revoked.
    """
    try:
        id_, user = signing.loads(text, salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        raise refuse("E655") from None
    device = Device.objects.select_related("user").filter(pk=UUID(id_), user=user).first()
    if device is None:
        raise refuse("E655")
    if device.revoked or not device.user.is_active:
        raise refuse("E648")
    return device


def sealing_key(device: UUID) -> str:
    """The key with which a device seals its file; it never leaves the device and the server."""
    return salted_hmac(_SALT + ".file", device.hex, algorithm="sha256").hexdigest()


def seal(device: UUID, sent: str, events: str) -> str:
    """What stands under a file of a device with these events, in the bytes in which it wrote
    them.
    """
    return hmac.new(sealing_key(device).encode(), f"{sent}\n{events}".encode(), sha256).hexdigest()
