"""A ledger as it is served: the real server in a process of its own, which may be killed and
started again.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from time import sleep
from urllib.error import URLError


class Server:
    """Serves the database of a URL on a free port of this machine, without HTTPS: for a browser
    localhost is safe.
    """

    def __init__(self, url: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://localhost:{self.port}"
        self._environment = {**os.environ, "DATABASE_URL": url, "POLICYCARDS_PLAIN_HTTP": "1"}
        self._process: subprocess.Popen[bytes] | None = None

    def use(self, url: str) -> None:
        """Serve another database from the next start on."""
        self._environment["DATABASE_URL"] = url

    def start(self) -> None:
        program = "from policycards.cli import main; main()"
        command = [sys.executable, "-c", program, "ledger", "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL)
        while not self._answers():
            assert self._process.poll() is None, "the server did not start"
            sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/health/") as answer:
                return bool(answer.status == 200)
        except URLError:
            return False

    @property
    def pid(self) -> int:
        """The process that serves."""
        assert self._process
        return self._process.pid

    def kill(self) -> None:
        """End it without a warning, in the middle of whatever it is doing."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()
