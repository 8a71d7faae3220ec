"""Whatever a browser sends to whatever page: an answer, never a failure of the server."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsers import browser
from counties import EAST, VILLAGES, person
from databases import PostgreSQL, SQLite
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from test_office_rights import visits
from test_rights import Scene

Ledger = SQLite | PostgreSQL
STRANGE = (
    *("\0", "a\0b", "x", "-1", "9" * 30, "9" * 5000, "१२", "²", "0x1f", "9999-12-31", "0000-00-00"),
    *(
        "'",
        '"><script>',
        "%",
        "../../etc/passwd",
        "//elsewhere.example",
        "字" * 3000,
        "\ud7ff",
        "٣",
    ),
)
QUERY = (
    "area",
    "within",
    "after",
    "status",
    "edition",
    "validity",
    "from",
    "to",
    "q",
    "state",
    "format",
)
FORM = (
    *("kind", "detail", "corrects", "household", "note", "number", "name_zh", "name_bo", "group"),
    *(
        "policy",
        "due",
        "owner",
        "answer",
        "goods",
        "hop",
        "step",
        "count",
        "check",
        "result",
        "area",
    ),
    *("username", "name", "role", "active", "factor", "days", "entry", "day", "form", "typed", "q"),
    *("token", "old", "password", "again", "next", "language"),
)


def places(scene: Scene) -> list[str]:
    known = {"card": scene.card, "spare": scene.spare, "pack": scene.pack, "run": scene.run}
    more = {"household": scene.household, "call": scene.call, "device": scene.device}
    pages = {
        reverse(name, args=[{**known, **more}[visit.of]] if visit.of else [])
        for name, some in visits().items()
        for visit in some
    }
    return sorted({*pages, "/login/", "/password/", "/second/", "/language/", "/field/slips/"})


@pytest.mark.parametrize("strange", STRANGE, ids=range(len(STRANGE)))
def test_no_parameter_makes_any_page_fail(ledger: Ledger, tmp_path: Path, strange: str) -> None:
    scene = Scene(tmp_path)
    client = browser(person("county", EAST, "clerk of the county"))
    client.raise_request_exception = False
    everything = places(scene)
    for page in everything:
        assert client.get(page, dict.fromkeys(QUERY, strange)).status_code < 500, page
        for name in QUERY[:3]:
            assert client.get(page, {name: strange}).status_code < 500, (page, name)
    for page in everything:
        if page != "/password/":
            sent = dict.fromkeys(FORM, strange)
            assert client.post(page, sent).status_code < 500, page
    for page, sent in (
        (reverse("card", args=[scene.card]), {"kind": "withdrawn", "corrects": strange}),
        (reverse("new-household"), {"area": VILLAGES[0], "number": strange}),
        (reverse("users"), {"username": strange, "role": "township", "area": VILLAGES[0][:9]}),
        (
            reverse("open-call", args=[scene.household]),
            {"policy": strange, "kind": "less", "due": "2026-04-01"},
        ),
        (
            reverse("pack", args=[scene.pack]),
            {"goods": "posters", "step": "received:village", "count": strange},
        ),
    ):
        assert client.post(page, sent).status_code < 500, page
    for page in ("/household/{}/", "/pack/{}/", "/call/{}/", "/card/{}/", "/run/{}/"):
        assert (
            client.get(page.format(strange.replace("/", "%2F").replace("\0", "%00"))).status_code
            < 500
        )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"{}",
        b"[" * 100_000,
        b'{"id": ' + b"9" * 5000 + b"}",
        b'{"inputs": 1}',
        b"\xff\xfe",
    ],
    ids=range(7),
)
def test_no_file_of_a_run_makes_its_loading_fail(
    ledger: Ledger, tmp_path: Path, content: bytes
) -> None:
    Scene(tmp_path)
    client = browser(person("county", EAST, "clerk of the county"))
    files = [SimpleUploadedFile(name, content) for name in ("run.json", "manifest-cards.parquet")]
    assert client.post(reverse("runs"), {"files": files, "load": "1"}).status_code == 422
