"""Serving the desk: one for each office's folder, on this PC alone."""

from __future__ import annotations

import json
import os
import secrets
import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from policycards.core.files import atomic_write
from policycards.desk.core.office_folder import Office
from policycards.desk.core.tasks import tidy

HOST = "127.0.0.1"
THREADS = 8


def serve(office: Office, port: int, *, opens: bool, tell: Callable[[str], None]) -> None:
    """Serve until interrupted. Where a desk of this folder is open already, only show it."""
    if address := _open_already(office):
        tell(address)
        _show(address, opens)
        return
    listening = _listen(port)
    port = listening.getsockname()[1]
    secret = secrets.token_urlsafe(24)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "policycards.desk.settings",
        "POLICYCARDS_OFFICE": str(office.folder),
        "POLICYCARDS_DESK_SECRET": secret,
    }
    from django.core.wsgi import get_wsgi_application
    from waitress.server import create_server

    server = create_server(
        get_wsgi_application(), sockets=[listening], threads=THREADS, ident="policycards"
    )
    address = f"http://{HOST}:{port}/enter/{secret}/"
    file = _remember(office, address)
    tidy(office)
    tell(address)
    _show(address, opens)
    try:
        server.run()
    finally:
        file.unlink(missing_ok=True)


def _listen(port: int) -> socket.socket:
    """The port that was asked for, or any that is free."""
    for each in (port, 0):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            listening.bind((HOST, each))
        except OSError:
            listening.close()
            if not each:
                raise
        else:
            return listening
    raise AssertionError


def _remember(office: Office, address: str) -> Path:
    """Where the desk is open; only its owner may read it."""
    office.memory.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = office.memory / "open.json"
    atomic_write(file, json.dumps({"address": address}), private=True)
    return file


def _open_already(office: Office) -> str | None:
    try:
        address = str(
            json.loads((office.memory / "open.json").read_text(encoding="utf-8"))["address"]
        )
        where = urlsplit(address)
        asked = HTTPConnection(HOST, where.port, timeout=2)
        asked.request("HEAD", where.path)
        return address if asked.getresponse().status == 302 else None
    except (OSError, HTTPException, ValueError, KeyError):  # none, or one that was killed
        return None


def _show(address: str, opens: bool) -> None:
    if opens:
        with suppress(webbrowser.Error):
            webbrowser.open(address)
