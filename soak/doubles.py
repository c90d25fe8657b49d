"""The strict stand-ins for Slack and a mail server as processes of their own, and how to talk to them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from types import TracebackType
from typing import Any
from urllib.request import urlopen

from soak.replica import SHARED


class Double:
    """`slack.py` or `smtp.py` of the shared doubles, on free ports."""

    def __init__(self, script: str, *options: str) -> None:
        self.port = _free_ports()
        self._control = self.port + (script == "smtp.py")
        command = [sys.executable, str(SHARED / "doubles" / script), "--port", str(self.port), *options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert "double on" in self._process.stdout.readline()

    def __enter__(self) -> Double:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def get(self, path: str) -> Any:
        """What it remembers: /_messages, /_mails, /_log."""
        with urlopen(f"http://127.0.0.1:{self._control}{path}") as answer:
            return json.load(answer)

    def reset(self) -> None:
        """Back to the start: nothing accepted, no faults, no settings."""
        with urlopen(f"http://127.0.0.1:{self._control}/_reset", b"") as answer:
            answer.read()

    def control(self, **order: Any) -> None:
        """Set faults, settings, channels."""
        with urlopen(f"http://127.0.0.1:{self._control}/_control", json.dumps(order).encode()) as answer:
            assert json.load(answer)["ok"]


def _free_ports() -> int:
    """A port that is free together with the next one."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
