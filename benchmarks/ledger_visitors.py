"""People and phones that ask a served ledger for pages and send what happened, for
``ledger_load.py``.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode

from ledger_region import SECRET, Region

from policycards.ledger.domain.event_kinds import uuid7
from policycards.ledger.mobile.village_data import digest, token
from policycards.ledger.models import Device, Household, Pack, Run, User
from policycards.ledger.permissions import may

EVERYBODY = (
    "",
    "packs/",
    "cards/",
    "cards/?status=outstanding",
    "cards/?status=problems",
    "cards/?stale=1",
    "spares/",
    "calls/",
    "calls/?state=overdue",
    "stock/",
    "next/",
    "report/",
)
OFFICES = {
    "slip.make": ("people/", "field/slips/"),
    "run.load": ("runs/", "areas/"),
    "user.change": ("log/",),
}


class Visitor:
    """Somebody who is signed in, in a browser that keeps its connection."""

    def __init__(self, port: int, username: str) -> None:
        self._line = HTTPConnection("127.0.0.1", port)
        self._cookies: dict[str, str] = {}
        self._ask("GET", "login/")
        form = {
            "username": username,
            "password": SECRET,
            "csrfmiddlewaretoken": self._cookies["csrftoken"],
        }
        status, _body = self._ask("POST", "login/", urlencode(form))
        assert status == 302, status

    def seconds(self, path: str) -> float:
        """How long a page takes; the sign-in is asked for as a stranger."""
        form = ""
        if path.startswith("find/"):
            form = f"{path.partition('?')[2]}&csrfmiddlewaretoken={self._cookies['csrftoken']}"
        start = time.perf_counter()
        status, _body = self._ask(
            "POST" if form else "GET", path, form, is_stranger=path == "login/"
        )
        assert status == 200 or (status == 302 and path.startswith("find/")), (status, path)
        return time.perf_counter() - start

    def _ask(
        self, method: str, path: str, body: str = "", *, is_stranger: bool = False
    ) -> tuple[int, bytes]:
        headers = {"Host": "localhost", "Accept-Language": "zh-CN"}
        if self._cookies and not is_stranger:
            headers["Cookie"] = "; ".join(
                f"{name}={value}" for name, value in self._cookies.items()
            )
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._line.request(method, f"/{path}", body or None, headers)
        answer = self._line.getresponse()
        for line in answer.headers.get_all("Set-Cookie") or ():
            if not is_stranger:
                self._cookies |= {name: told.value for name, told in SimpleCookie(line).items()}
        return answer.status, answer.read()


def pages_of(user: User, region: Region, lots: random.Random) -> Iterator[tuple[str, str]]:
    """Names and addresses of the pages that a person may open, with rows of the own area, in any
    order.
    """
    village = lots.choice([code for code in region.villages if code.startswith(user.area)])
    code = lots.choice(region.cards[village])
    home = Household.objects.filter(area=village, pile=lots.randint(1, 180)).values_list(
        "pk", flat=True
    )[0]
    pack = Pack.objects.filter(village=village).values_list("pk", flat=True)[0]
    found = [(path or "/", path) for path in EVERYBODY]
    found += [
        (f"{verb_page}", verb_page)
        for verb, some in OFFICES.items()
        if may(user, verb, user.area)
        for verb_page in some
    ]
    found += [
        ("sign-in (peer)", "login/"),
        ("/ of a township", f"?area={village[: max(9, len(user.area))]}"),
        ("next/ of a village", f"next/?area={village}"),
        ("card", f"card/{code}/"),
        ("household", f"household/{home}/"),
        ("pack", f"pack/{pack}/"),
        ("find a name", f"find/?q={quote('扎西77')}"),
        ("find a code", f"find/?q={code[:4]}-{code[4:8]}-{code[8:]}"),
    ]
    if may(user, "card.bulk", village):
        found += [("register", f"pack/{pack}/register/"), ("scan/", "scan/")]
    found += [
        ("run", f"run/{run}/") for run in Run.objects.within(user).values_list("pk", flat=True)
    ]
    lots.shuffle(found)
    return iter(found)


class Phone:
    """A village team's phone."""

    def __init__(self, port: int, device: Device) -> None:
        self._line = HTTPConnection("127.0.0.1", port)
        self._area, self._token = device.area, token(device)
        self.bytes = 0

    def opened(self) -> float:
        """How long the village's data takes."""
        start = time.perf_counter()
        body = self._ask("GET", "village")
        self.bytes = len(body)
        return time.perf_counter() - start

    def send(
        self, kind: str, detail: str, codes: Sequence[str], at: datetime, *, as_digests: bool
    ) -> None:
        events = [
            {
                "id": str(uuid7(at)),
                "kind": kind,
                "at": at.isoformat(),
                "detail": detail,
                "evidence": "typed",
                "card": digest(self._area, code) if as_digests else code,
            }
            for code in codes
        ]
        told = json.loads(
            self._ask("POST", "events", {"sent": datetime.now(UTC).isoformat(), "events": events})
        )
        assert all(each["status"] == "accepted" for each in told["outcomes"]), told["outcomes"][0]

    def _ask(self, method: str, path: str, told: object = None) -> bytes:
        headers = {
            "Host": "localhost",
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
        }
        self._line.request(method, f"/api/{path}", json.dumps(told) if told else None, headers)
        answer = self._line.getresponse()
        body = answer.read()
        assert answer.status == 200, (answer.status, body[:200])
        return body
