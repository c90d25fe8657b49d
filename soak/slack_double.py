"""The strict stand-in for Slack as a process of its own, and how to talk to it."""

from __future__ import annotations

import json
import subprocess
import sys
from types import TracebackType
from typing import Any
from urllib.request import urlopen

from soak.replica import SHARED


class SlackDouble:
    """Plays Slack's Web API and incoming webhooks; refuses what Slack refuses and keeps what it takes."""

    def __init__(self) -> None:
        command = [sys.executable, str(SHARED / "doubles" / "slack.py"), "--port", "0"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.api_url = self._process.stdout.readline().split()[-1]
        self.address = self.api_url.removesuffix("/api/")
        self.hook = f"{self.address}/services/T000/B000/XXXX"

    def __enter__(self) -> SlackDouble:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def control(self, **order: Any) -> None:
        """Set faults, settings or scopes."""
        with urlopen(f"{self.address}/_control", json.dumps(order).encode()) as answer:
            assert json.load(answer)["ok"]

    def messages(self) -> list[dict[str, Any]]:
        """Every message that was taken."""
        with urlopen(f"{self.address}/_messages") as answer:
            found: list[dict[str, Any]] = json.load(answer)
            return found
