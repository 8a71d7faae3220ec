"""Everything that changes a ledger: each action is one change, asks for permission, and is logged,
all or nothing.

An action takes who acts and, as ``now``, the moment; it raises ``Refused`` with what is wrong and
then changed nothing.
"""

from policycards.ledger.permissions import Refused

__all__ = ["Refused"]
