"""What offices do for phones: slips that are printed, files that are brought in; and the API
against its own schema.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
import schemathesis
import zxingcpp
from counties import VILLAGES, county
from databases import PostgreSQL, SQLite
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection
from test_field_api import Phone, codes, file_of, joined, office

from policycards.ledger.models import Event, LogEntry, Slip
from policycards.ledger.wsgi import application

Ledger = SQLite | PostgreSQL
HERE = VILLAGES[0]


def drawn(path: str, size: int) -> Image.Image:
    """The picture of a QR code's path, eight points for each module."""
    picture = Image.new("L", (8 * size, 8 * size), 255)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path):
        ImageDraw.Draw(picture).rectangle(
            (8 * int(x), 8 * int(y), 8 * int(x) + 7, 8 * int(y) + 7), fill=0
        )
    return picture


def test_a_printed_slip_is_scanned_and_lets_a_phone_in(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    township = office("township", HERE[:9])
    shown = township.get("/field/slips/").content.decode()
    assert [each in shown for each in VILLAGES] == [True, True, False, False]
    answer = township.post(
        "/field/slips/", {"area": [HERE, VILLAGES[1]], "days": "3"}, headers={"host": "testserver"}
    )
    text = unescape(answer.content.decode())
    paths = re.findall(r'viewBox="0 0 (\d+) \d+".*?<path d="([^"]+)"', text, re.DOTALL)
    read = [zxingcpp.read_barcodes(drawn(path, int(size)))[0].text for size, path in paths]
    region = office("region", HERE[:2])
    assert [each.code for each in region.get("/field/slips/").context["below"]] == [
        HERE[:6],
        VILLAGES[3][:6],
    ]
    assert len(region.get("/field/slips/", {"area": HERE[:6]}).context["townships"]) == 2
    printed = [code.replace("-", "") for code in re.findall(r'class="code">([0-9A-Z-]+)<', text)]
    assert read == [f"https://testserver/field/#join={code}" for code in printed]
    assert len(printed) == len(set(printed)) == 2
    phone = Phone(HERE)
    assert phone.join(printed[0]).status_code == 200
    assert Slip.objects.filter(used=None).get().expires - datetime.now(UTC) < timedelta(
        days=3, minutes=1
    )
    assert LogEntry.objects.get(verb="slip.make").facts == {"areas": [HERE, VILLAGES[1]], "days": 3}


@pytest.mark.parametrize("role", ["region", "county", "township", "team", "viewer"])
def test_every_role_makes_slips_only_for_its_own_area(
    ledger: Ledger, tmp_path: Path, role: str
) -> None:
    county(tmp_path)
    place = HERE[: {"region": 2, "county": 6, "township": 9, "team": 12, "viewer": 6}[role]]
    client = office(role, place)
    may = role in ("region", "county", "township")
    assert client.get("/field/slips/").status_code == (200 if may else 403)
    for village in VILLAGES:
        answer = client.post("/field/slips/", {"area": village})
        assert answer.status_code == (200 if may and village.startswith(place) else 403)
    assert client.post("/field/slips/", {"area": place[:2] + "x"}).status_code in (403, 422)
    assert client.get("/field/carried/").status_code == (200 if may else 403)


def test_nobody_who_is_not_logged_in_meets_the_pages_of_offices(ledger: Ledger) -> None:
    client = Client(HTTP_X_FORWARDED_PROTO="https")
    for page in ("/field/slips/", "/field/carried/"):
        answer = client.get(page)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/login/?next={page}")


def test_a_carried_file_is_brought_in_through_the_page(ledger: Ledger, tmp_path: Path) -> None:
    county(tmp_path)
    phone = joined()
    events = [phone.event("delivered", code, detail="self") for code in codes()]
    wrong = phone.event("delivered", "0" * 12, detail="self")
    township = office("township", HERE[:9])

    def bring(content: object) -> tuple[int, str]:
        file = SimpleUploadedFile("policycards.json", _json(content))
        answer = township.post("/field/carried/", {"file": file})
        return answer.status_code, answer.content.decode()

    status, text = bring(file_of(phone, *events, wrong))
    assert status == 200
    assert "Accepted: 4. Known already: 0. Refused: 1." in text
    assert "this ledger has no card with the code 000000000000" in text
    assert Event.objects.filter(kind="delivered", device=phone.device).count() == 4
    status, text = bring({"device": "x"})
    assert status == 422
    assert "this is no file of a phone of this ledger, or somebody has changed it" in text
    stranger = office("township", VILLAGES[2][:9])
    file = SimpleUploadedFile("policycards.json", _json(file_of(phone)))
    assert stranger.post("/field/carried/", {"file": file}).status_code == 403


def _json(content: object) -> bytes:
    return json.dumps(content).encode()


def test_the_page_and_nothing_else_may_compile_its_reader_of_codes(ledger: Ledger) -> None:
    client = Client(HTTP_X_FORWARDED_PROTO="https")
    policies = {
        path: client.get(path).headers["Content-Security-Policy"]
        for path in ("/field/", "/health/")
    }
    assert "script-src 'self' 'wasm-unsafe-eval'" in policies["/field/"]
    assert "wasm-unsafe-eval" not in policies["/health/"]
    assert not any("unsafe-inline" in policy for policy in policies.values())


def test_the_phone_keeps_exactly_the_files_that_are_served(ledger: Ledger) -> None:
    client = Client(HTTP_X_FORWARDED_PROTO="https")
    worker = client.get("/field/worker.js")
    assert worker.headers["Content-Type"] == "text/javascript; charset=utf-8"
    (line,) = re.findall(r"const SHELL = (\[.*\]);", worker.content.decode())
    shell = re.findall(r'"([^"]+)"', line)
    assert {"/field/", "/static/site/code.js", "/static/site/letters.js"} <= set(shell)
    assert "/static/mobile/vendor/zxing_reader.wasm" in shell
    for path in shell:
        answer = client.get(path)
        assert answer.status_code == 200, path
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert content
        imported = re.findall(
            r'(?:from|import) "(\./[^"]+|/[^"]+)"', content.decode("utf-8", "replace")
        )
        for name in imported if path.endswith(".js") and "vendor" not in path else ():
            assert (name if name[0] == "/" else f"/static/mobile/{name[2:]}") in shell


def test_the_api_answers_only_what_its_schema_says(ledger: Ledger, tmp_path: Path) -> None:
    """Whatever is asked, as a phone, as an office and as nobody: never a 5xx, never an answer that
    is not described.
    """
    county(tmp_path)
    phone = joined()
    client = office("township", HERE[:9])
    session = f"sessionid={client.cookies['sessionid'].value}"
    https = {"X-Forwarded-Proto": "https", "Host": "testserver"}
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application, headers=https)
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) == 6
    for reported in ({"Authorization": f"Bearer {phone.token}"}, {"Cookie": session}, {}):
        for operation in operations:
            asked(operation, {**https, **reported})
    assert phone.village().status_code == 200 or phone.join().status_code == 200


def asked(operation: schemathesis.APIOperation, headers: dict[str, str]) -> None:
    """Ask an operation for what its schema allows, and for what it does not."""

    @given(
        case=st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))
    )
    @settings(max_examples=20)
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(
            headers=headers, excluded_checks=[ignored_auth, negative_data_rejection]
        )

    ask()
