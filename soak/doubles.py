"""The strict stand-ins for Slack and a mail server, and how to talk to them."""

from __future__ import annotations

import re
from typing import Any

from soak.played import Played

TRIES = 10
"""The mail double's control page has the port after its own, which may be somebody else's."""


class Double(Played):
    """`slack.py` or `smtp.py` of the shared doubles, on a free port."""

    def __init__(self, script: str, *options: str) -> None:
        for _ in range(TRIES):
            super().__init__(f"doubles/{script}", *options)
            if listening := re.search(r"127\.0\.0\.1:(\d+)", self.said):
                break
            self.stop()
        assert listening is not None
        self.port = int(listening[1])
        self.address = f"http://127.0.0.1:{self.port + (script == 'smtp.py')}"

    def fault(self, kind: str, **more: Any) -> None:
        """Switch a fault on, beside those that are."""
        self.control(fault={"kind": kind, **more})

    def reset(self) -> None:
        """Back to the start: nothing accepted, no faults, no settings."""
        self.text("/_reset", b"")


class SlackDouble(Double):
    """Plays Slack's Web API and incoming webhooks; refuses what Slack refuses and keeps what it takes."""

    def __init__(self) -> None:
        super().__init__("slack.py")
        self.api_url = f"{self.address}/api"
        self.hook = f"{self.address}/services/T000/B000/XXXX"

    def messages(self) -> list[dict[str, Any]]:
        """Every message that was taken."""
        found: list[dict[str, Any]] = self.get("/_messages")
        return found
